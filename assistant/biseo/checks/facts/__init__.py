"""Every fact of a draft looked up in what it was made from: the sources and the filled-in form."""

from biseo.checks.facts.arithmetic import check_arithmetic
from biseo.checks.facts.base import FactBase
from biseo.checks.facts.conflicts import check_conflicts, draft_conflicts
from biseo.checks.facts.findings import check_facts, find_missing, findings_of, nearest
from biseo.checks.facts.sentences import Sentence, sentences_of
from biseo.checks.facts.source import COMPARED, GIVEN, SourceFact
from biseo.checks.facts.status import CheckedFact, FactStatus, StatusKind, fact_report

__all__ = [
    "COMPARED",
    "GIVEN",
    "CheckedFact",
    "FactBase",
    "FactStatus",
    "Sentence",
    "SourceFact",
    "StatusKind",
    "check_arithmetic",
    "check_conflicts",
    "check_facts",
    "draft_conflicts",
    "fact_report",
    "find_missing",
    "findings_of",
    "nearest",
    "sentences_of",
]

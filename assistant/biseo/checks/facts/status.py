"""What became of every fact of a draft: said by the sources, reckoned from them, given by the official, or neither."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from biseo.checks.facts.base import FactBase
from biseo.checks.facts.reckoning import Reckoner
from biseo.checks.facts.source import GIVEN
from biseo.document import Evidence
from biseo.text.facts import Fact, find_facts

StatusKind = Literal["supported", "computed", "given", "unsupported"]


@dataclass(frozen=True)
class FactStatus:
    """Where a fact comes from.

    Attributes:
        evidence: the passage that says it, or that it is reckoned from; None when unsupported. Of what the official
            filled in `source` is `GIVEN`.
        reckoning: of a computed fact how it comes about, in Korean (`5억 원 + 3억 원 = 8억 원`); else "".
    """

    kind: StatusKind
    evidence: Evidence | None = None
    reckoning: str = ""


@dataclass(frozen=True)
class CheckedFact:
    """A fact of a draft with its status; `fact`'s offsets refer to the draft's text."""

    fact: Fact
    status: FactStatus


def fact_report(text: str, base: FactBase) -> tuple[CheckedFact, ...]:
    """Every fact of a text with where it comes from, in order.

    Facts inside a quotation that the sources do not hold follow the quotation. Organisations and places are among them.
    """
    facts = _facts_of(text, base)
    reckoner = Reckoner(text, base, [fact for fact in facts if fact.kind != "quotation"])
    return tuple(CheckedFact(fact, _status(fact, base, reckoner)) for fact in facts)


def _facts_of(text: str, base: FactBase) -> list[Fact]:
    found = []
    for fact in find_facts(text, surnames=base.surnames, named=True):
        found.append(fact)
        if fact.kind == "quotation" and base.support(fact) is None:
            inner = find_facts(text[fact.start : fact.end], quotations=False, surnames=base.surnames)
            found += [
                Fact(part.kind, part.text, part.value, part.start + fact.start, part.end + fact.start) for part in inner
            ]
    return found


def _status(fact: Fact, base: FactBase, reckoner: Reckoner) -> FactStatus:
    evidence = base.support(fact)
    if evidence is not None:
        return FactStatus("given" if evidence.source == GIVEN else "supported", evidence)
    reckoned = reckoner.find(fact)
    if reckoned is not None:
        return FactStatus("computed", reckoned.evidence, reckoned.words)
    return FactStatus("unsupported")

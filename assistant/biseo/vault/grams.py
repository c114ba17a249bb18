"""Terms of the full-text index: pairs of syllables, so that any part of a Korean word is found without a dictionary."""

from __future__ import annotations

import re
import unicodedata

_RUN = re.compile(
    r"[가-힣]+|[\u3400-\u9fff\uf900-\ufaff]+|[ㄱ-ㆎ]+|[0-9]+|[^\W\d_가-힣\u3400-\u9fff\uf900-\ufaffㄱ-ㆎ]+"
)
LONGEST_RUN = 64
"""What is longer (a line of code, an endless number) is cut there: no word is."""


def grams(text: str) -> str:
    """The terms of a text in order, separated by blanks.

    Hangul and Han letters as overlapping pairs (a single one as it is), figures and other letters as whole runs.
    """
    terms: list[str] = []
    for run in _runs(text):
        terms.extend(_terms(run))
    return " ".join(terms)


def match(query: str) -> str:
    """The FTS5 expression for what somebody typed: every word must be there, as typed, in any order.

    The last run of a word may be the beginning of a longer one: `보도` finds 보도자료, `202` finds 2026. Empty when the
    query holds no letter or figure.
    """
    phrases = []
    for word in query.split():
        runs = _runs(word)
        if not runs:
            continue
        terms = [term for run in runs for term in _terms(run)]
        # a whole pair at the end needs no longer term; a single syllable or an unfinished number does
        open_end = len(runs[-1]) == 1 or not _paired(runs[-1])
        phrases.append('"' + " ".join(terms) + '"' + (" *" if open_end else ""))
    return " AND ".join(phrases)


def _runs(text: str) -> list[str]:
    return [run[:LONGEST_RUN] for run in _RUN.findall(unicodedata.normalize("NFKC", text).casefold())]


def _terms(run: str) -> list[str]:
    if len(run) == 1 or not _paired(run):
        return [run]
    return [run[place : place + 2] for place in range(len(run) - 1)]


def _paired(run: str) -> bool:
    return "가" <= run[0] <= "힣" or "\u3400" <= run[0] <= "\u9fff" or "\uf900" <= run[0] <= "\ufaff"

"""How much a line of a source matters for a draft, by rule: facts, what the task asks for, what the source is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from biseo.drafting.digest.lines import Line
from biseo.drafting.wording import breaks_off
from biseo.text.characters import words
from biseo.text.cleaning import is_order

FACT = 2.0
CUE, MOST_CUES = 0.7, 3
ABOUT = 1.0
FIRST = 0.5
WANTED = 3.0
"""For a word of what the official wants to know."""

SUM = 1.0
"""For the row of a table that adds it up, over any other row."""

ROW = -2.2
"""A row of figures says little without its table: sentences go first."""

POINTS = words("""
    해야 하여야 예정 계획 결정 의결 부족 우려 문제 개선 필요 늘 줄 증가 감소 확대 강화 도입 지원 목표 결과 성과
    지적 요구 당부 위험 처음 최초 전국 총""")
"""Words of sentences that say what was found, decided or planned, whatever the task."""

LEAST = 0.1
_SHORTEST, _SHORTEST_WITH_FIGURE = 12, 7
_FIGURE = re.compile(r"(?<![\d제])\d[\d,.]*")
_BEGIN = re.compile(r"^\s*(?:제\s?\d+(?:조|장|절|항)(?:의\s?\d+)?|\(?\d{1,2}[.)]|[①-⑳가-하][.)]?\s)")
_SUM = re.compile(r"^\s*(?:합\s?계|총\s?계|소\s?계|계)(?:\s|\||$)")
_CONTENTS = re.compile(r"(?:[·․.…]\s?){4,}\s*\d*\s*$")
_WORD = re.compile(r"[가-힣]{2,}")
_KEY = 3
"""Syllables of a word that stand for it, so that particles make no difference."""


def weigh(lines: Sequence[Line], cues: Collection[str] = (), wanted: Collection[str] = ()) -> list[float]:
    """A weight for every line; 0 for what is no statement (headings, a table of contents, orders to the reader).

    Args:
        lines: all lines of all sources.
        cues: words that the sections of the task look for.
        wanted: words of what the official asked about.
    """
    keys = [frozenset(word[:_KEY] for word in _WORD.findall(line.text)) for line in lines]
    common = Counter(key for own in keys for key in own)
    cues = [*POINTS, *cues]
    weights = []
    block = -1
    for line, own in zip(lines, keys, strict=True):
        first, block = line.block != block, line.block
        weights.append(_weight(line, own, common, first, cues, wanted))
    return weights


def _weight(
    line: Line,
    own: frozenset[str],
    common: Counter[str],
    first: bool,
    cues: Collection[str],
    wanted: Collection[str],
) -> float:
    text = line.text
    figure = bool(_FIGURE.search(_BEGIN.sub("", text)))
    shortest = _SHORTEST_WITH_FIGURE if figure else _SHORTEST
    if line.kind == "heading" or len(text) < shortest or _CONTENTS.search(text) or (is_order(text) and not wanted):
        return 0.0
    if line.kind == "sentence" and breaks_off(text):
        return LEAST  # the page ends in the middle of the sentence
    about = sum(common[key] > 1 for key in own) / len(own) if own else 0.0
    weight = (
        1.0 + FACT * figure + CUE * min(MOST_CUES, sum(cue in text for cue in cues)) + ABOUT * about + FIRST * first
    )
    weight += WANTED * sum(word in text or word in line.above for word in wanted)
    if line.kind == "row":
        weight += (SUM if _SUM.match(text) else 0.0) + ROW
        if not line.head:
            return 0.0  # the head of a table comes with its rows
    return max(weight, LEAST)

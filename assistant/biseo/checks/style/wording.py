"""Spelling, spacing, loanwords and turns of phrase: two tables of data, words and patterns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from biseo.checks.style.page import Page
from biseo.checks.style.rulebook import Hit
from biseo.checks.style.trie import trie_pattern
from biseo.document import Severity
from biseo.text.particles import last_sound, particle

_SEVERITIES: dict[str, Severity] = {"E": "error", "W": "warning", "S": "suggestion"}
_PARTICLE = re.compile(
    r"(?:이라고|라고|이라|라|이며|며|으로서|으로써|로서|로써|으로|로|은|는|이|가|을|를|과|와)(?=[^가-힣]|$)"
)
_CLASSES = {"<열린소리>": (0, 4), "<ㄹ받침>": (8,)}
_SLOT = re.compile(r"\{(을|이|으로)\}")


@dataclass(frozen=True)
class _Entry:
    rule: str
    severity: Severity
    right: str
    starts: bool
    ends: bool
    certain: bool


@dataclass(frozen=True)
class _Pattern:
    rule: str
    severity: Severity
    certain: bool
    pattern: re.Pattern[str]
    right: str
    needle: str


def _table(name: str) -> list[list[str]]:
    text = (files("biseo_resources") / "rules" / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line.strip() and not line.startswith("#")]


@cache
def _words() -> tuple[dict[str, _Entry], re.Pattern[str]]:
    entries = {}
    for row in _table("words.tsv"):
        rule, kind, wrong, right, flags = (*row, "")[:5]
        entries[wrong] = _Entry(rule, _SEVERITIES[kind], right, "^" in flags, "$" in flags, "?" not in flags)
    return entries, trie_pattern(entries)


@cache
def _patterns() -> tuple[_Pattern, ...]:
    found = []
    for row in _table("patterns.tsv"):
        rule, kind, sure, pattern, right, needle = (*row, "")[:6]
        for name, finals in _CLASSES.items():
            pattern = pattern.replace(name, _with_finals(*finals))
        found.append(_Pattern(rule, _SEVERITIES[kind], sure == "certain", re.compile(pattern), right, needle))
    return tuple(found)


def _with_finals(*finals: int) -> str:
    """A class of all syllables with one of these final consonants (by index, 0 for none)."""
    bases = range(ord("가"), ord("힣") + 1, 28)
    return "[" + "".join(chr(base + final) for base in bases for final in finals) + "]"


def _filled(words: str) -> str:
    """The words with the particles that fit in place of `{을}`."""
    while (slot := _SLOT.search(words)) is not None:
        words = words[: slot.start()] + particle(words[: slot.start()], slot[1]) + words[slot.end() :]
    return words


def find_wording(page: Page) -> Iterator[Hit]:
    """Findings of the two tables."""
    text = page.text
    entries, pattern = _words()
    for match in pattern.finditer(text):
        entry = entries[match[0]]
        start, end = match.span()
        if entry.starts and start and text[start - 1].isalnum():
            continue
        if entry.ends and end < len(text) and text[end].isalnum() and not _PARTICLE.match(text, end):
            continue
        end, right = with_particle(text, start, end, entry.right)
        yield Hit(entry.rule, start, end, right, entry.severity, entry.certain)
    for each in _patterns():
        if each.needle not in text:
            continue
        for match in each.pattern.finditer(text):
            start, end = match.span()
            end, right = with_particle(text, start, end, _filled(match.expand(each.right)))
            yield Hit(each.rule, start, end, right, each.severity, each.certain)


def with_particle(text: str, start: int, end: int, right: str) -> tuple[int, str]:
    """Where the correction ends and what it reads when the particle behind it must change with the word."""
    follows = _PARTICLE.match(text, end)
    if follows is None or not right:
        return end, right
    try:
        before, after = particle(text[start:end], follows[0]), particle(right, follows[0])
    except KeyError:
        return end, right
    if before != follows[0] or after == before or last_sound(right) is None:
        return end, right
    return follows.end(), right + after

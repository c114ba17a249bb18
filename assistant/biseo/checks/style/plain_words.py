"""Plainer words: offered, never taken by themselves (영 제7조제2항)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from biseo.checks.style.page import Page
from biseo.checks.style.rulebook import Hit
from biseo.checks.style.trie import trie_pattern
from biseo.checks.style.wording import with_particle
from biseo.text.characters import final_consonant, with_final

_AFTER_NOUN = re.compile(
    r"(?=[^가-힣]|$|[은는이가을를의에도로과와만](?=[^가-힣]|$)|으로|에서|에게|까지|부터|보다|이나|이며|이고|라고|이라|에는|에도|들[은이을]"
    r"|하[여고며는지기도]|한(?![가-힣])|할(?![가-힣])|함|합니다|해(?![가-힣])|됨|되[어고며는]|된(?![가-힣])|될(?![가-힣])|됩니다)"
)
_VERB = re.compile(r"(?:하[여고며는지게기면도였]|한|할|함|합|해|했)")


@dataclass(frozen=True)
class _Word:
    better: str
    level: str
    verb: bool


@cache
def _words() -> tuple[dict[str, _Word], re.Pattern[str]]:
    text = (files("biseo_resources") / "rules" / "plain_words.tsv").read_text(encoding="utf-8")
    found: dict[str, _Word] = {}
    for line in text.splitlines():
        word, better, level, _source = line.split("\t")
        if word.endswith("하"):
            found[word[:-1]] = _Word(better, level, True) if word[:-1] not in found else found[word[:-1]]
        else:
            found[word] = _Word(better, level, False)
    return found, trie_pattern(found)


def find_plain_words(page: Page) -> Iterator[Hit]:
    """PLAIN suggestions."""
    entries, pattern = _words()
    text = page.text
    for match in pattern.finditer(text):
        start, end = match.span()
        entry = entries[match[0]]
        if start and text[start - 1].isalnum():
            continue
        if entry.verb:
            ending = _VERB.match(text, end)
            if ending is None:
                continue
            end = ending.end()
            right = _conjugated(entry.better, ending[0])
        else:
            if not match[0].endswith(("기하", "기해", "있")) and not _AFTER_NOUN.match(text, end):
                continue
            end, right = with_particle(text, start, end, entry.better)
        shown = entry.better if not entry.verb else right or f"{entry.better}-"
        message = f"더 쉬운 말 '{shown}'{_to(shown)} 바꿀 수 있습니다."
        if entry.level == "B":
            message = (
                f"문맥에 따라 더 쉬운 말 '{shown}'{_to(shown)} 바꿀 수 있습니다. 뜻이 달라지지 않는지 확인해 주세요."
            )
        yield Hit("PLAIN", start, end, "" if "/" in right else right, message=message)


def _to(word: str) -> str:
    last = word.rstrip(")")[-1:]
    return "로" if final_consonant(last) in (0, 8) else "으로"


def _conjugated(stem: str, ending: str) -> str:
    """The better verb with the ending that 하다 has here; nothing where its form is not certain."""
    if "/" in stem:
        return ""
    open_stem = final_consonant(stem[-1]) == 0
    if ending.startswith("하") and len(ending) == 2:
        if ending[1] in "고며지게기면도는":
            if open_stem or ending[1] in "고지게기도는":
                return stem + ending[1]
            return stem + "으" + ending[1]
        return ""
    finals = {"한": 4, "할": 8, "함": 16, "합": 17}
    if ending in finals and open_stem:
        return stem[:-1] + with_final(stem[-1], finals[ending])
    return ""

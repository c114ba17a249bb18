"""Organisations and places of a draft that no source names: a small model writes 청연재단 for 청년재단."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cached_property

from biseo.checks.facts.source import COMPARED
from biseo.document import Finding
from biseo.text.named_bodies import CERTAIN, Named, find_bodies, spellings
from biseo.text.particles import particle

_SUGGESTIONS = 100
"""Unknown names of one text for which a known one is looked for."""
_COMPARED = 500
_LEAST_LIKENESS = 0.6
_WORDINGS = {
    "FACT_ORGANISATION": ("자료에 없는 기관 이름입니다.", "이름이 맞는지 확인해 주세요."),
    "FACT_PLACE": ("자료에 없는 장소 이름입니다.", "장소가 맞는지 확인해 주세요."),
}


def check_organisations(text: str, known: Iterable[str], section: str = "") -> tuple[Finding, ...]:
    """A finding for every organisation (FACT_ORGANISATION) and place (FACT_PLACE) that is not in the known texts.

    Severity is `error` for names whose last word makes them an organisation for certain, else `warning`.

    Args:
        known: texts of the sources and of the form; compared without spaces.
    """
    bodies = [body for body in find_bodies(text) if body.kind != "law"]
    if not bodies:
        return ()
    names = KnownNames(known)
    return tuple(
        _finding(text, body, names.nearest(body) if number < _SUGGESTIONS else "", section)
        for number, body in enumerate(body for body in bodies if not names.has(body.value))
    )


def _finding(text: str, body: Named, suggestion: str, section: str) -> Finding:
    rule = "FACT_ORGANISATION" if body.kind == "organisation" else "FACT_PLACE"
    certain = body.kind == "organisation" and body.value.endswith(CERTAIN)
    unknown, check = _WORDINGS[rule]
    there = f" 자료에는 '{suggestion}'{particle(suggestion, '이')} 있습니다." if suggestion else ""
    return Finding(
        rule,
        "error" if certain else "warning",
        body.start,
        body.end,
        text[body.start : body.end],
        f"{unknown}{there} {check}",
        suggestion,
        COMPARED,
        section,
    )


class KnownNames:
    """Texts in which names are looked up without spaces; what was asked once is remembered."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = tuple(texts)
        self._joined = "\n".join("".join(words.split()) for words in self._texts)
        self._asked: dict[str, bool] = {}

    def nearest(self, body: Named) -> str:
        """The name of the texts that was most likely meant, as written there; "" when none is alike."""
        best, best_likeness = "", _LEAST_LIKENESS
        for kind, value, written in self._bodies:
            if kind == body.kind:
                alike = SequenceMatcher(None, body.value, value, autojunk=False).ratio()
                if alike > best_likeness:
                    best, best_likeness = written, alike
        return best

    @cached_property
    def _bodies(self) -> list[tuple[str, str, str]]:
        found: dict[tuple[str, str], str] = {}
        for text in self._texts:
            for body in find_bodies(text):
                if len(found) < _COMPARED:
                    found.setdefault((body.kind, body.value), text[body.start : body.end])
        return [(kind, value, written) for (kind, value), written in found.items()]

    def has(self, name: str) -> bool:
        """Whether the name is said; a particle or another word may stand before it without a space."""
        if name not in self._asked:
            self._asked[name] = any(
                written[start:] in self._joined
                for written in spellings(name)
                for start in range(max(1, len(written) - 4))
            )
        return self._asked[name]

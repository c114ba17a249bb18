"""The stem of a plain sentence's predicate: 한다 → 하, 연다 → 열, 받는다 → 받, 높다 → 높, 했다 → 했."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from biseo.text.characters import final_consonant, with_final

N, L = 4, 8
"""Places of ㄴ and ㄹ among the final consonants."""

_CHANGING = (7, 17, 19)  # ㄷ ㅂ ㅅ
_SS = 20  # ㅆ

# Stems in ㄹ, which drop it before ㄴ and ㅂ: 연다 · 엽니다 come from 열다. The second ones only as whole words.
STEMS_IN_L = ("열", "들", "이끌", "돌", "풀", "머물", "저물", "내걸", "내밀", "매달")
WORDS_IN_L = ("알", "늘", "걸", "밀", "놀", "울", "불", "빌", "벌", "떨")

_PLAIN = re.compile(r"[가-힣]다$")
_COPULA = re.compile(r"(?<![보쓰모줄높들붙])이$")
_FIRM = "받입접잡뽑얻믿닫씻벗"
"""Stems whose ㄷ, ㅂ or ㅅ stays before a vowel; that of others changes or goes."""

_NO_PLAN = re.compile(r"(?:보이|않|모르)$")


@dataclass(frozen=True)
class Predicate:
    """The end of a plain sentence.

    Attributes:
        stem: the whole sentence up to and with the stem.
        kind: `verb` in the present (한다), `copula` (이다), else `other`: past, adjective, 있다.
    """

    stem: str
    kind: Literal["verb", "copula", "other"]


def in_l(stem: str) -> bool:
    """Whether a stem that seems to end in ㄹ (열, 늘) does."""
    return stem.endswith(STEMS_IN_L) or stem.split(" ")[-1] in WORDS_IN_L


def predicate(sentence: str) -> Predicate | None:
    """How a sentence ends; None when it is no plain one in …다."""
    bare = sentence.rstrip().rstrip(".").rstrip()
    if not _PLAIN.search(bare) or bare.endswith("니다") or len(bare) < 4:
        return None
    rest = bare[:-1]
    last = rest[-1]
    if last == "는" and final_consonant(rest[-2]):
        return Predicate(rest[:-1], "verb")
    if final_consonant(last) == N:
        with_l = rest[:-1] + with_final(last, L)
        return Predicate(with_l if in_l(with_l) else rest[:-1] + with_final(last, 0), "verb")
    if final_consonant(last):
        return Predicate(rest, "other")
    return Predicate(rest, "copula" if _COPULA.search(rest) else "other")


def is_past(sentence: str) -> bool:
    """Whether a plain sentence tells what has happened: …했다, …열었다."""
    end = predicate(sentence)
    return end is not None and final_consonant(end.stem[-1]) == _SS and not end.stem.endswith(("있", "겠"))


def connected(first: str, second: str) -> str:
    """Two plain sentences as one: …한다. …받는다. → …하고, …받는다.; empty when the first cannot go on."""
    end = predicate(first)
    if end is None or (end.kind == "other" and not final_consonant(end.stem[-1]) and not end.stem.endswith("하")):
        return ""
    return f"{end.stem}{'며' if end.kind == 'copula' else '고'}, {second}"


def planned(sentence: str) -> str:
    """What is done as what is going to be done: …연다. → …열 예정이다.; empty when the form is not certain."""
    end = predicate(sentence)
    if end is None or end.kind != "verb" or _NO_PLAN.search(end.stem):
        return ""
    last = end.stem[-1]
    if final_consonant(last) in _CHANGING and last not in _FIRM:
        return ""
    if final_consonant(last) == 0:
        return f"{end.stem[:-1]}{with_final(last, L)} 예정이다."
    return f"{end.stem} 예정이다." if final_consonant(last) == L else f"{end.stem}을 예정이다."

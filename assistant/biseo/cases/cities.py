"""Cities that a text names: those of Korea by a list, those abroad by their country or a list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from biseo.cases.words import abroad, members, provinces
from biseo.text.characters import words

_SUBJECT = re.compile(r"(?:시|군|구|도)?(?:청)?(?:은|는|이|가|도|에서는|에서도|에서|의 경우(?:는|에는)?)(?=[\s,])")
_LABEL_END = re.compile(r"\s*(?:$|[(（:：\-–—|,]|사례|편)")
_MAYOR = re.compile(r"(?:청장|시장|군수|장|지사)")
_HEAD_SPEAKS = re.compile(r"(?:청장|시장|군수)[은이]\s")
"""Who stands for the city: 한빛 서구청장이; no 시장은 of a market, which has no city before it."""


@dataclass(frozen=True)
class Mention:
    """A city in a text: `name` is its full name, `text` the words that stand at `start`.

    Attributes:
        subject: the sentence says what this city does (수원시는, 수원시가, 수원시에서는).
    """

    name: str
    text: str
    start: int
    end: int
    subject: bool


@cache
def _owners() -> dict[str, tuple[str, ...]]:
    """The provinces that have a member of each name: 중구 belongs to six."""
    found: dict[str, list[str]] = {}
    for province, inside in members().items():
        for member in inside:
            found.setdefault(member, []).append(province)
    return {name: tuple(owners) for name, owners in found.items()}


@cache
def _province_of() -> dict[str, str]:
    return {spelling: name for name, others in provinces().items() for spelling in (name, *others)}


@cache
def _pattern() -> re.Pattern[str]:
    spellings = sorted(_province_of(), key=len, reverse=True)
    inside = sorted(_owners(), key=len, reverse=True)
    special = [f"{name[:-1]}특례시" for name in inside if name.endswith("시")]
    whole = [*(spelling for spelling in spellings if spelling.endswith(("시", "도"))), *special]
    one = "|".join(map(re.escape, [*special, *inside]))
    return re.compile(
        rf"(?<![가-힣])(?:(?P<province>{'|'.join(spellings)})[\s·]?(?P<member>{one})|(?P<alone>{one})"
        rf"|(?P<whole>{'|'.join(map(re.escape, whole))}))(?!설[^립치])"
    )


@cache
def _abroad() -> re.Pattern[str]:
    countries, cities = "|".join(abroad("countries")), "|".join(abroad("cities"))
    return re.compile(
        rf"(?<![가-힣])(?:(?P<country>{countries})의?\s(?:[가-힣]{{1,8}}[주현성]\s)?)?"
        rf"(?:(?P<city>{cities})시?|(?P<named>[가-힣]{{2,8}})시)(?=은|는|이|가|의|에|도|와|과|로|청|장|[\s,.()·:]|$)"
    )


_COMMON_WORDS = frozenset(
    words("""
    예산 부여 강진 고령 장수 보은 영양 공주 구리 상주 고성 음성 인제 양구 화성 진도 안성 의성 정선 성주 동해 남해 보성
    """)
)


def countries_of(text: str) -> dict[str, str]:
    """The countries that a text gives to cities abroad."""
    return {match["city"]: match["country"] for match in _abroad().finditer(text) if match["city"] and match["country"]}


class Gazetteer:
    """Finds cities in the sentences of one document, whose whole text settles names that several cities share."""

    def __init__(self, text: str, countries: Mapping[str, str] | None = None) -> None:
        """`countries`: of cities abroad, for where they are named without theirs (`countries_of`)."""
        self._countries = countries or countries_of(text)
        named: dict[str, Counter[str]] = {}
        for match in _pattern().finditer(text):
            if match["province"]:
                member = _plain(match["member"])
                province = _province_of()[match["province"]]
                if province in _owners()[member]:
                    named.setdefault(member, Counter())[province] += 1
        self._named = named

    def find(self, text: str) -> tuple[Mention, ...]:
        """The cities of a sentence, in order."""
        found: list[Mention] = []
        for match in _pattern().finditer(text):
            name = self._name(match)
            if name:
                found.append(_mention(text, name, match.start(), match.end()))
        taken = bytearray(len(text))
        for one in found:
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
        for match in _abroad().finditer(text):
            if taken.find(1, match.start(), match.end()) >= 0:
                continue
            if match["city"] and (match["country"] or len(match["city"]) > 1):
                country = match["country"] or self._countries.get(match["city"], "")
                name = f"{country} {match['city']}"
            elif match["country"] and match["named"]:
                name = f"{match['country']} {match['named']}시"
            else:
                continue
            found.append(_mention(text, name.strip(), match.start(), match.end()))
        return tuple(sorted(found, key=lambda one: one.start))

    def in_cell(self, text: str, *, column: bool = True) -> tuple[Mention, ...]:
        """The cities of a cell or label that names nothing else; there a city may stand without its 시.

        Args:
            column: it stands in a column of cities; elsewhere names that are also words (예산, 고령) do not count.
        """
        found = self.find(text)
        if found:
            return found
        bare = re.sub(r"[(（].*?[)）]|사례|[\s\[\]<>〈〉【】·\-–:]", " ", text).split()
        if not bare or len(bare) > 2:
            return ()
        last = bare[-1]
        if not column and (last in _COMMON_WORDS or (len(bare) > 1 and bare[0] not in _province_of())):
            return ()
        owners = [name for name in _owners() if name[:-1] == last and len(last) >= 2 and not name.endswith("구")]
        if len(owners) == 1 or last in _province_of():
            name = f"{_owners()[owners[0]][0]} {owners[0]}" if len(owners) == 1 else _province_of()[last]
            start = text.index(last)
            return (Mention(name, last, start, start + len(last), False),)
        return ()

    def _name(self, match: re.Match[str]) -> str:
        if match["whole"]:
            whole = match["whole"]
            return _full(_plain(whole)) if whole.endswith("특례시") else _province_of()[whole]
        member = _plain(match["member"] or match["alone"])
        owners = _owners()[member]
        if match["province"]:
            province = _province_of()[match["province"]]
            # 경기 서구: a name that does not fit is told as it stands, or not at all
            return f"{province} {member}" if province in owners else ""
        if len(owners) == 1 and member != "광주시":
            return f"{owners[0]} {member}"
        told = self._named.get(member, Counter())
        if len(told) == 1:
            return f"{next(iter(told))} {member}"
        return member if member in ("광주시", "고성군") else ""


def _plain(name: str) -> str:
    return name.replace("특례시", "시")


def _full(name: str) -> str:
    owners = _owners().get(name, ())
    return f"{owners[0]} {name}" if len(owners) == 1 else name


def _mention(text: str, name: str, start: int, end: int) -> Mention:
    after = _SUBJECT.match(text, end)
    subject = (after is not None and not _MAYOR.match(text, end)) or bool(_HEAD_SPEAKS.match(text, end))
    return Mention(name, text[start:end], start, end, subject)


def is_label(text: str, mention: Mention) -> bool:
    """Whether a line is the name of a city with little around it."""
    return bool(_LABEL_END.match(text, mention.end)) and mention.start <= 12

"""What a sentence says, taken apart so that two can be compared: words, numbers with what they belong to, people."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from biseo.checks.evidence.clauses import clause_starts, denials
from biseo.checks.evidence.meanings import LIGHT, MEANING
from biseo.checks.evidence.words_of import Word, words_in
from biseo.checks.facts.keys import keys_of, keys_said, with_unit
from biseo.text.characters import fold_width, words
from biseo.text.facts import Fact, find_facts, letters
from biseo.text.noun_endings import split_clauses, to_outline
from biseo.text.similarity import pairs

# Words in 시, 군, 구 that are no place.
_NO_PLACES = frozenset(
    words("""
    연구 도구 요구 기구 인구 가구 욕구 입구 출구 지구 친구 창구 강구 복구 촉구 즉시 동시 전시 상시 수시 개시 제시
    지시 표시 일시 임시 명시 게시 공시 역시 다시 도시 감시 무시 고시 응시 중시 택시 접시 장군 해군 육군 공군 재도 제도
    정도 속도 온도 각도 태도 밀도 강도 습도 연도 년도 지도 인도 차도 보도 용도 한도 의도 시도 주도 빈도
    농도 당시 적시""")
)
_PLACE = re.compile(r"(?P<name>[가-힣]{1,5})(?:특별자치|특별|광역)?(?P<kind>[시군구도])(?:청|의회)?")
_TIMES = re.compile(r"(?<![가-힣])(한|두|세|네|다섯|여섯|일곱|여덟|아홉|열)[ ]?번(?![가-힣]{0,1}째)")
_COUNT = {word: number for number, word in enumerate(words("한 두 세 네 다섯 여섯 일곱 여덟 아홉 열"), 1)}
_FROM = re.compile(r"(?:에서|부터|보다)(?![가-힣]*는? )")
_TO = re.compile(r"(?:으로|로|까지)")
_UNIT_OF_HEAD = re.compile(
    r"[(（]\s*(?:단위\s*[:：]\s*)?((?:십|백|천|만|십만|백만|천만|억)?\s?원|명|건|곳|개|%)\s*[)）]"
)
_QUOTED = re.compile('[“"‘]')
_LABEL_REACH = 16


@dataclass(frozen=True, slots=True)
class Claim:
    """A number, date or article of a sentence.

    Attributes:
        asked: keys of which a passage must say one.
        said: keys that it says itself.
        sort: kind and unit: two of one sort can be taken for each other.
        label: stem of the word before it, as 국비 before 1억 원; of a cell the head of its column.
        role: `from` (4,500원에서), `to` (5,200원으로) or nothing.
    """

    asked: tuple[str, ...]
    said: frozenset[str]
    sort: str
    label: str
    role: str
    clause: int
    start: int


class Reading:
    """A sentence or table row. Everything is worked out when it is first asked for.

    Args:
        text: the sentence.
        head: the row that heads the table, when it is a row.
    """

    def __init__(self, text: str, head: str = "") -> None:
        self.text = " ".join(fold_width(text).split(" ")).casefold()
        self._head = fold_width(head).casefold()

    @cached_property
    def row(self) -> bool:
        return "\t" in self.text

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        found = [fact for fact in find_facts(self.text, quotations=False) if fact.kind != "quotation"]
        taken = [(fact.start, fact.end) for fact in found]
        for match in _TIMES.finditer(self.text):
            if not any(start < match.end() and match.start() < end for start, end in taken):
                found.append(Fact("count", match[0], f"{_COUNT[match[1]]} 회", match.start(), match.end()))
        return tuple(sorted(found, key=lambda fact: fact.start))

    @cached_property
    def starts(self) -> list[int]:
        if self.row:
            return [0]
        return clause_starts(self.text)

    @cached_property
    def denied(self) -> tuple[bool, ...]:
        return denials(self.text, self.starts)

    @cached_property
    def people(self) -> tuple[tuple[str, str], ...]:
        """Name (or surname) and post of everyone who is named."""
        found = (fact.value.partition(" ") for fact in self.facts if fact.kind == "name")
        return tuple((name, post) for name, _, post in found)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        blank = self.text
        for fact in self.facts:
            blank = blank[: fact.start] + " " * (fact.end - fact.start) + blank[fact.end :]
        return tuple(words_in(blank, self.starts, frozenset(fact.end for fact in self.facts)))

    @cached_property
    def said_words(self) -> tuple[Word, ...]:
        """The words that say something of their own."""
        return tuple(word for word in self.words if not word.light and not place_of(word.stem))

    @cached_property
    def places(self) -> frozenset[str]:
        """Names of cities, counties, districts and provinces, without 특별자치 and the like."""
        return frozenset(place for word in self.words if (place := place_of(word.stem)))

    @cached_property
    def predicates(self) -> frozenset[int]:
        """Where the last word of each clause begins that says something; what stands in brackets is none."""
        last = {
            word.clause: word.start
            for word in self.said_words
            if self.text.count("(", 0, word.start) <= self.text.count(")", 0, word.start)
        }
        return frozenset(last.values())

    @cached_property
    def by_stem(self) -> dict[str, set[int]]:
        """Clauses in which each stem stands."""
        return _clauses((word.stem, word.clause) for word in self.words)

    @cached_property
    def by_meaning(self) -> dict[str, set[int]]:
        return _clauses((word.meaning, word.clause) for word in self.words if word.meaning)

    @cached_property
    def by_key(self) -> dict[str, set[int]]:
        return _clauses((word.key, word.clause) for word in self.words if word.kind != "noun" or len(word.stem) < 3)

    @cached_property
    def tokens(self) -> tuple[tuple[str, int], ...]:
        return tuple((self.text[word.start : word.end], word.clause) for word in self.words)

    @cached_property
    def joined(self) -> str:
        return "".join(self.text.split())

    @cached_property
    def pairs(self) -> frozenset[str]:
        return pairs(self.text)

    @cached_property
    def letters(self) -> str:
        return letters(self.text)

    @cached_property
    def closed(self) -> frozenset[str]:
        """Letters of the sentence and of its clauses, as they stand and as an outline closes: 줄었다, 줄었음."""
        parts = (self.text, *split_clauses(self.text))
        return frozenset(letters(form) for part in parts for form in (part, to_outline(part)))

    @cached_property
    def quotations(self) -> tuple[str, ...]:
        """Letters of what is quoted."""
        if not _QUOTED.search(self.text):
            return ()
        return tuple(fact.value for fact in find_facts(self.text) if fact.kind == "quotation")

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        return tuple(
            self._claim(fact)
            for fact in self.facts
            if fact.kind != "name" and not (fact.kind == "number" and self.row and fact.start == 0)
        )

    @cached_property
    def said(self) -> frozenset[str]:
        return frozenset().union(*(claim.said for claim in self.claims))

    @cached_property
    def states(self) -> bool:
        """Whether it says enough to be looked up: two things, or a thing and a number."""
        things = {word.meaning or word.stem for word in self.said_words}
        return len(things) + len(self.claims) >= 2 and bool(things)

    def _claim(self, fact: Fact) -> Claim:
        said = set(keys_said(fact))
        label = self._label(fact)
        if self.row and fact.kind == "number":
            unit = _UNIT_OF_HEAD.search(self._column(fact))
            said.add(f"plain {fact.value}")
            if unit is not None and fact.value.replace(".", "").isdigit():
                said.add(with_unit(fact.value, unit[1].replace(" ", "")))
        after = self.text[fact.end : fact.end + 4]
        role = "from" if _FROM.match(after) else "to" if _TO.match(after) else ""
        clause = max((n for n, start in enumerate(self.starts) if start <= fact.start), default=0)
        unit_name = fact.value.partition(" ")[2] if fact.kind in ("count", "amount") else ""
        sort = f"{fact.kind} {unit_name}".strip()
        return Claim(tuple(keys_of(fact)), frozenset(said), sort, label, role, clause, fact.start)

    def _column(self, fact: Fact) -> str:
        """The head of the column that a fact of a row stands in."""
        heads = self._head.split("\t")
        number = self.text.count("\t", 0, fact.start)
        return heads[number] if self._head and number < len(heads) else ""

    def _label(self, fact: Fact) -> str:
        if self.row:
            return "".join(_UNIT_OF_HEAD.sub("", self._column(fact)).split())
        for word in reversed(self.words):
            if word.end <= fact.start:
                if fact.start - word.start > _LABEL_REACH or any(
                    word.end <= other.start < fact.start for other in self.facts
                ):
                    return ""
                if word.light or word.kind != "noun":
                    continue
                return word.stem
        return ""


def _clauses(found: Iterable[tuple[str, int]]) -> dict[str, set[int]]:
    table: dict[str, set[int]] = {}
    for name, clause in found:
        table.setdefault(name, set()).add(clause)
    return table


def place_of(stem: str) -> str:
    """The name of a city, county, district or province that the word is, or nothing."""
    if len(stem) < 2 or stem in _NO_PLACES or stem in MEANING or stem in LIGHT:
        return ""
    match = _PLACE.fullmatch(stem)
    if match is None or len(stem) > 9 or match["name"] + match["kind"] in _NO_PLACES:
        return ""
    return match["name"] + match["kind"]

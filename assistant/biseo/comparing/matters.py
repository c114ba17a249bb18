"""What documents say of the same matter, side by side: budget, period, place, number of people, and table rows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from biseo.comparing.figures import FIGURES, difference_of, quantity_of
from biseo.comparing.stopping import Stop
from biseo.comparing.units import Contents, Unit, letters_of
from biseo.text.characters import fold_width
from biseo.text.facts import Fact, find_facts
from biseo.writers.marks import find_mark

State = Literal["same", "differs", "one"]

_GROUPS = """
    예산=사업비=총사업비=소요예산=소요액=예산액=총예산=사업예산=예산규모=총소요예산=소요사업비=총예산액=사업예산액
    기간=사업기간=운영기간=추진기간=행사기간=공사기간=개최기간=교육기간=축제기간
    접수기간=신청기간=모집기간=공모기간
    일시=행사일시=개최일시=운영일시=일자=날짜=개최일=행사일
    장소=위치=행사장소=개최장소=사업위치=운영장소=교육장소=사업장소
    인원=모집인원=참여인원=참가인원=참석인원=참가자=참석자=정원=선발인원=참가규모=교육인원
    대상=지원대상=참여대상=참가대상=신청대상=모집대상=사업대상=교육대상=참석대상
    담당부서=담당=소관부서=추진부서=담당과=부서 문의=문의처=연락처=전화=전화번호=문의전화
    내용=주요내용=사업내용=행사내용 목적=사업목적=추진목적=행사목적 사업명=행사명=명칭=과제명
    방법=추진방법 주최=주최기관 주관=주관기관 신청방법=접수방법 시간=운영시간=행사시간 관람객=방문객=관람인원=방문객수
"""
_NAME_OF = {word: group.split("=")[0] for group in _GROUPS.split() for word in group.split("=")}
_LABEL = re.compile(r"[가-힣][가-힣A-Za-z·ㆍ/() ]{0,16}[가-힣)]")
_NAMED = re.compile(rf"(?P<label>{_LABEL.pattern})\s*[:：]\s*(?P<value>\S.*)$", re.DOTALL)
_BRACKETED = re.compile(rf"[(（【\[〔](?P<label>{_LABEL.pattern})[)）】\]〕]\s*(?P<value>\S.*)$", re.DOTALL)
_BEFORE = re.compile(
    r"(?P<label>(?:[가-힣]{1,4}\s)?[가-힣]{2,7}?)\s?(?:은|는|이|가|을|를|으로|로|:)?\s?(?:총|약|모두|전체)?\s?[(]?$"
)
_MEASURE = re.compile(r"단위\s*[:：]?\s*(천원|백만원|억원|만원|원|명|개소|개|건|%|회|대|㎡)")
_HEAD_MEASURE = re.compile(r"[(（\[]\s*(천원|백만원|억원|만원|원|명|개소|건|%|회|대|㎡)\s*[)）\]]")
_FACTORS = {"천원": 1_000, "만원": 10_000, "백만원": 1_000_000, "억원": 100_000_000}
_ORDER = re.compile(r"(?:연\s?번|순\s?번|번\s?호|순\s?위|no\.?|NO\.?|No\.?)")
_LONGEST_VALUE = 400
_MOST_VALUES = 6


@dataclass(frozen=True)
class Said:
    """What a document says of a matter.

    Attributes:
        text: the words of the value.
        facts: its figures.
        unit: the sentence or row that it stands in; `document` is the number of the document.
        label: as the document has it.
    """

    text: str
    facts: tuple[Fact, ...]
    document: int
    unit: Unit
    label: str

    @property
    def value(self) -> tuple[str, ...]:
        """Equal for values that mean the same: their figures, or else their letters."""
        return tuple(sorted({fact.value for fact in self.facts})) or (letters_of(self.text),)


@dataclass(frozen=True)
class Matter:
    """One row of the comparison; `said` has an entry for every document, empty where it says nothing.

    Attributes:
        state: `differs` where two documents say different things, `one` where only one says anything.
        differences: for each document what makes its one figure of the first one's; empty where nothing can be set off.
    """

    label: str
    said: tuple[tuple[Said, ...], ...]
    state: State
    differences: tuple[str, ...]
    figures: bool


def find_matters(texts: Sequence[Contents], stop: Stop | None = None) -> tuple[Matter, ...]:
    """The matters of several documents: what differs first, then what is the same, then what only one says.

    Raises:
        Cancelled: `stop` was asked to.
    """
    stop = stop or Stop()
    found: dict[str, list[list[Said]]] = {}
    labels: dict[str, str] = {}
    for number, contents in enumerate(texts):
        for name, said in _all_said(contents, number, stop):
            labels.setdefault(name, _NAME_OF.get(name, said.label))
            slots = found.setdefault(name, [[] for _ in texts])
            if len(slots[number]) < _MOST_VALUES and said.value not in (each.value for each in slots[number]):
                slots[number].append(said)
    matters = [_matter(labels[name], slots) for name, slots in found.items()]
    order = ("differs", "same", "one")
    return tuple(sorted(matters, key=lambda matter: (order.index(matter.state), not matter.figures)))


def label_of(unit: Unit) -> str:
    """The matter that a line such as `일시: 5. 8.(금)` is about; empty for any other."""
    named = _BRACKETED.match(unit.body) or _NAMED.match(unit.body)
    if named is None or len(unit.body) > _LONGEST_VALUE:
        return ""
    name = letters_of(named["label"])
    return _NAME_OF.get(name, name)


def _matter(label: str, slots: list[list[Said]]) -> Matter:
    said = tuple(tuple(each) for each in slots)
    spoken = [each for each in said if each]
    state: State = "one"
    if len(spoken) > 1:
        sets = [frozenset(one.value for one in each) for each in spoken]
        state = "same" if all(each == sets[0] for each in sets) else "differs"
    figures = any(one.facts for each in spoken for one in each)
    return Matter(label, said, state, tuple(_differences(said)), figures)


def _differences(said: tuple[tuple[Said, ...], ...]) -> Iterator[str]:
    first = next((_only(each) for each in said if each), None)
    for place, each in enumerate(said):
        fact = _only(each)
        is_first = not any(said[:place])
        yield difference_of(first, fact) if first is not None and fact is not None and not is_first else ""


def _only(said: tuple[Said, ...]) -> Fact | None:
    """The one figure of the one value, if it has just one that can be reckoned with."""
    if len(said) != 1:
        return None
    facts = [fact for fact in said[0].facts if quantity_of(fact) is not None or fact.kind == "date"]
    return facts[0] if len(facts) == 1 == len(said[0].facts) else None


def _all_said(contents: Contents, number: int, stop: Stop) -> Iterator[tuple[str, Said]]:
    tables: dict[int, list[Unit]] = defaultdict(list)
    for place, unit in enumerate(contents.units):
        if not place % 64:
            stop.look()
        if unit.kind == "row":
            tables[unit.table].append(unit)
        elif unit.kind == "sentence":
            yield from _in_sentence(unit, number)
    for table, rows in tables.items():
        stop.look()
        if table >= 0:
            yield from _in_table(rows, number, _measure(contents, rows))


def _in_sentence(unit: Unit, number: int) -> Iterator[tuple[str, Said]]:
    body = unit.body
    named = _BRACKETED.match(body) or _NAMED.match(body)
    if named is not None and len(body) <= _LONGEST_VALUE and "http" not in named["value"][:4]:
        yield _said(named["label"], named["value"], number, unit)
        return
    if not any(char.isdigit() for char in body):
        return
    for fact in find_facts(body, quotations=False):
        if fact.kind not in FIGURES or fact.kind in ("article", "number"):
            continue
        before = _BEFORE.search(body[max(0, fact.start - 18) : fact.start])
        if before is None:
            continue
        words = before["label"].split()
        for label in ("".join(words), words[-1]):
            if label in _NAME_OF:
                yield _NAME_OF[label], Said(fact.text, (fact,), number, unit, label)
                break


def _in_table(rows: list[Unit], number: int, measure: str) -> Iterator[tuple[str, Said]]:
    if _is_form(rows):
        for unit in rows:
            for label, value in zip(unit.cells[::2], unit.cells[1::2], strict=False):
                if letters_of(label) and value.strip() and len(value) <= _LONGEST_VALUE:
                    yield _said(label, value, number, unit)
        return
    if len(rows) < 2 or len(rows[0].cells) < 2:
        return
    head = rows[0].cells
    first = 1 if _ORDER.fullmatch(head[0].strip()) and len(head) > 2 else 0
    for unit in rows[1:]:
        name = " ".join(unit.cells[first].split()) if len(unit.cells) == len(head) else ""
        if not letters_of(name) or letters_of(name).isdigit() or len(name) > 30:
            continue
        for column, cell in enumerate(unit.cells):
            if column <= first or not any(char.isdigit() for char in cell) or len(cell) > _LONGEST_VALUE:
                continue
            own = _HEAD_MEASURE.search(head[column])
            title = " ".join(_HEAD_MEASURE.sub("", head[column]).split())
            if not letters_of(title):
                continue
            said = _said(f"{name} – {title}", cell, number, unit, own[1] if own else measure)
            yield f"{letters_of(name)}\t{letters_of(title)}", said[1]


def _is_form(rows: list[Unit]) -> bool:
    """Whether a table has names and values side by side (사업비 | 3억 원 | 기간 | …) rather than a head."""
    columns = max(len(unit.cells) for unit in rows)
    if columns % 2 or columns > 6:
        return False
    for unit in rows:
        for label in unit.cells[::2]:
            if len(letters_of(label)) > 12 or any(char.isdigit() for char in label):
                return False
        if not letters_of(unit.cells[0]):
            return False
    if columns == 2:
        names = [letters_of(unit.cells[0]) for unit in rows]
        heads = {"구분", "항목", "연번", "분야", "사업명", "내용", "과목", "단계"}
        return letters_of(rows[0].cells[0]) not in heads or len(names) == 1
    # Names stand in every other column: a head would have them in all.
    known = sum(letters_of(label) in _NAME_OF for unit in rows for label in unit.cells[::2])
    return known * 2 >= len(rows)


def _measure(contents: Contents, rows: list[Unit]) -> str:
    """The unit that is said above a table for its bare numbers (`(단위: 천원)`)."""
    first = rows[0].number
    for unit in (*contents.units[max(0, first - 2) : first], rows[0]):
        if found := _MEASURE.search(unit.text):
            return found[1]
    return ""


def _said(label: str, value: str, number: int, unit: Unit, measure: str = "") -> tuple[str, Said]:
    mark = find_mark(label)
    label = " ".join((mark.body if mark else label).split()).strip(" :：")
    words = " ".join(value.split())
    facts = tuple(fact for fact in find_facts(fold_width(words), quotations=False) if fact.kind in FIGURES)
    if measure:
        facts = tuple(_measured(facts, measure))
        if facts and words.replace(",", "").replace(".", "").lstrip("-△▲").isdigit():
            words = f"{words}{measure}"
    name = letters_of(label)
    return _NAME_OF.get(name, name), Said(words, facts, number, unit, label)


def _measured(facts: Iterable[Fact], measure: str) -> Iterator[Fact]:
    """Bare numbers with the unit of their table."""
    for fact in facts:
        quantity = quantity_of(fact)
        if fact.kind != "number" or quantity is None:
            yield fact
            continue
        value = quantity[0] * _FACTORS.get(measure, 1)
        unit = "원" if measure in _FACTORS else {"개": "개"}.get(measure, measure)
        kind: Literal["amount", "percent", "count"] = (
            "amount" if unit == "원" else "percent" if unit == "%" else "count"
        )
        shown = f"{value:f}"
        if "." in shown:
            shown = shown.rstrip("0").rstrip(".")
        yield Fact(kind, fact.text, f"{shown} {unit}", fact.start, fact.end)

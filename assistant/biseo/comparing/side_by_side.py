"""Different documents side by side, as a document: matters, what is common, what differs, what only one says."""

from __future__ import annotations

from collections.abc import Iterator

from biseo.comparing.comparison import Comparison
from biseo.comparing.matters import Matter, Said
from biseo.comparing.places import place_words, short_names
from biseo.comparing.shared import Statement
from biseo.document import MISSING, Draft, Grade, Section

STATES = {"same": "같음", "differs": "다름", "one": "한 문서만"}
_NONE = "–"


def side_by_side(comparison: Comparison, grade: Grade = "") -> Draft:
    """The comparison as a document of four tables; each value and sentence with its file and page."""
    names = short_names(comparison.texts)
    sections = [_list(comparison, names)]
    if comparison.matters:
        rows = (
            ("항목", *names, "비교"),
            *((matter.label, *cells_of(matter), told(matter)) for matter in comparison.matters),
        )
        sections.append(table_section("matters", "항목별 비교", rows))
    common = _rows(comparison, names, "common")
    if common:
        sections.append(table_section("common", "함께 적은 내용", (("내용", "자료"), *common)))
    conflict = _rows(comparison, names, "conflict")
    if conflict:
        sections.append(table_section("conflict", f"다르게 적은 내용 {MISSING}", (("자료", "내용"), *conflict)))
    own = _rows(comparison, names, "one")
    if own:
        sections.append(table_section("one", "한 문서에만 있는 내용", (("자료", "내용"), *own)))
    return Draft("compare", "plain", "문서 비교", tuple(sections), grade=grade, by_rule=True)


def told(matter: Matter) -> str:
    """What is said of a row: 같음, 다름 with the differences, 한 문서만."""
    steps = [step for step in matter.differences if step]
    if matter.state == "differs" and steps:
        return f"{STATES['differs']}: {', '.join(steps)}"
    return STATES[matter.state]


def value_words(said: Said) -> str:
    """`35,000천원 (2쪽)`."""
    return f"{said.text} ({said.unit.page}쪽)" if said.unit.page is not None else said.text


def cells_of(matter: Matter) -> Iterator[str]:
    """What each document says of it, with the page."""
    for each in matter.said:
        yield "\n".join(map(value_words, each)) or _NONE


def _list(comparison: Comparison, names: tuple[str, ...]) -> Section:
    lines = []
    for name, contents in zip(names, comparison.texts, strict=True):
        pages = f" ({contents.document.pages}쪽)" if contents.document.pages else ""
        full = "" if contents.name.startswith(name) else f": {contents.name}"
        lines.append(f"ㅇ {name if full else contents.name}{full}{pages}")
    return Section("documents", "견준 문서", "\n".join(lines), "rule")


def _rows(comparison: Comparison, names: tuple[str, ...], kind: str) -> tuple[tuple[str, str], ...]:
    rows: list[tuple[str, str]] = []
    for statement in comparison.statements:
        if statement.agreement != kind or is_blank(statement):
            continue
        places = [(place_words(names[place.document], place.unit.page), place.unit.shown) for place in statement.places]
        if kind == "common":
            rows.append((places[0][1], "\n".join(dict.fromkeys(where for where, _ in places))))
        elif kind == "conflict":
            rows.append(("\n".join(where for where, _ in places), "\n".join(words for _, words in places)))
        else:
            rows.append((places[0][0], places[0][1]))
    return tuple(rows)


def is_blank(statement: Statement) -> bool:
    """Whether it has next to no words: a lone mark, a rule of dashes."""
    return len(statement.places[0].unit.key.replace("\t", "")) < 2


def table_section(name: str, title: str, rows: tuple[tuple[str, ...], ...]) -> Section:
    """A section of a draft that is a table with a head."""
    text = "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in rows)
    return Section(name, title, text, "rule", rows=rows, header_rows=1)

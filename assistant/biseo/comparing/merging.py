"""One report of several documents: headings brought together, each statement with its file and page.

What several documents say alike is said once with all its places; what they say differently stands side by side and is
marked. Nothing is reworded and nothing is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from biseo.comparing.alike import Alike
from biseo.comparing.comparison import Comparison
from biseo.comparing.matters import Matter, find_matters
from biseo.comparing.places import place_words, short_names
from biseo.comparing.shared import Place, Statement, find_statements
from biseo.comparing.side_by_side import cells_of, is_blank, table_section, told
from biseo.comparing.stopping import Stop
from biseo.comparing.units import Contents, Part, Unit, letters_of
from biseo.document import MISSING, Draft, Evidence, Grade, Section
from biseo.text.similarity import pairs
from biseo.writers.marks import find_mark

_SAME_TITLE = 0.75
_SYNONYMS = """
    개요=사업개요=행사개요=추진개요=계획개요 배경=추진배경=사업배경 목적=추진목적=사업목적=추진배경및목적=배경및목적
    내용=주요내용=사업내용=추진내용=세부내용=세부추진내용 계획=추진계획=세부계획=세부추진계획
    예산=소요예산=사업비=예산계획 일정=추진일정=향후일정=세부일정=일정계획 현황=추진현황=일반현황 효과=기대효과
    문제점=문제점및한계 실적=추진실적 향후계획=향후추진계획 협조사항=행정사항 체계=추진체계
"""
_NAME_OF = {word: group.split("=")[0] for group in _SYNONYMS.split() for word in group.split("=")}
_FIRST = "문서 머리"
_MARKS = ("ㅇ", "-", "·")


@dataclass(eq=False)
class _Heading:
    title: str
    key: str
    lines: list[str] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    tables: list[tuple[str, list[Unit]]] = field(default_factory=list)


def merge(comparison: Comparison, grade: Grade = "", stop: Stop | None = None) -> Draft:
    """The report.

    Raises:
        Cancelled: `stop` was asked to.
    """
    texts = comparison.texts
    statements = comparison.statements or find_statements(texts, stop)
    matters = comparison.matters or find_matters(texts, stop)
    return _Merging(texts, statements, matters).draft(grade)


class _Merging:
    def __init__(
        self, texts: Sequence[Contents], statements: Sequence[Statement], matters: Sequence[Matter]
    ) -> None:  # fmt: skip
        self._matters = [matter for matter in matters if matter.state == "differs"]
        self._texts, self._names = texts, short_names(texts)
        self._of = {
            (place.document, place.unit.number): statement for statement in statements for place in statement.places
        }
        self._said: set[int] = set()
        self._headings: list[_Heading] = []
        self._by_key: dict[str, _Heading] = {}

    def draft(self, grade: Grade) -> Draft:
        for number, contents in enumerate(self._texts):
            self._take(number, contents)
        sections = [self._documents()]
        if self._matters:
            table = (
                ("항목", *self._names, "비교"),
                *((each.label, *cells_of(each), told(each)) for each in self._matters),
            )
            sections.append(table_section("matters", f"자료마다 다른 항목 {MISSING}", table))
        for place, heading in enumerate(self._headings):
            if heading.lines:
                evidence = tuple(dict.fromkeys(heading.evidence))
                sections.append(Section(f"part{place}", heading.title, "\n".join(heading.lines), "rule", evidence))
            for count, (caption, rows) in enumerate(heading.tables):
                bare = not heading.lines and not count
                sections += _table_sections(f"part{place}table{count}", heading.title if bare else "", caption, rows)
        return Draft("merge", "plain", "통합 정리", tuple(sections), grade=grade, by_rule=True)

    def _documents(self) -> Section:
        lines = [
            f"ㅇ {name}: {contents.name}" + (f" ({contents.document.pages}쪽)" if contents.document.pages else "")
            for name, contents in zip(self._names, self._texts, strict=True)
        ]
        return Section("documents", "모은 문서", "\n".join(lines), "rule")

    def _take(self, number: int, contents: Contents) -> None:
        """The parts of one document go to the headings that are there, or come behind the last one of its own."""
        last: _Heading | None = None
        # Headings of the documents before this one may be worded a little differently; its own are apart.
        self._known = list(self._headings)
        self._alike = Alike({place: pairs(heading.title) for place, heading in enumerate(self._known)})
        for part in contents.parts:
            units = contents.units_of(part)
            if not units:
                continue
            last = heading = self._heading(part, last)
            rows: list[Unit] = []
            for unit in units:
                if rows and (unit.kind != "row" or unit.table != rows[0].table):
                    self._table(heading, number, rows)
                    rows = []
                if unit.kind == "row" and unit.table >= 0:
                    rows.append(unit)
                elif unit.kind != "note":
                    self._line(heading, number, unit)
            if rows:
                self._table(heading, number, rows)

    def _heading(self, part: Part, last: _Heading | None) -> _Heading:
        title = _bare_title(part)
        key = _NAME_OF.get(letters_of(title), letters_of(title))
        heading = self._by_key.get(key)
        if heading is None and len(key) > 4:
            found = self._alike.to(pairs(title), _SAME_TITLE)
            heading = self._known[found[0][1]] if found else None
        if heading is None:
            heading = _Heading(title, key)
            self._headings.insert(self._headings.index(last) + 1 if last is not None else 0, heading)
        self._by_key[key] = heading
        return heading

    def _line(self, heading: _Heading, number: int, unit: Unit) -> None:
        statement = self._of.get((number, unit.number))
        if statement is None or is_blank(statement) or id(statement) in self._said:
            return
        self._said.add(id(statement))
        mark = _MARKS[min(max(unit.level - 1, 0), 2)] if unit.mark else _MARKS[0]
        if statement.agreement == "conflict":
            by_words: dict[str, list[Place]] = {}
            for place in statement.places:
                by_words.setdefault(place.unit.key, []).append(place)
            heading.lines.append(f"{mark} {MISSING} 자료마다 다르게 적혀 있습니다.")
            for places in by_words.values():
                heading.lines.append(f"{_MARKS[1]} {_bare(places[0].unit)} {self._where(places)}")
        else:
            heading.lines.append(f"{mark} {_bare(unit)} {self._where(statement.places)}")
        heading.evidence += [
            Evidence(self._texts[place.document].name, place.unit.page, place.unit.text) for place in statement.places
        ]

    def _where(self, places: Sequence[Place]) -> str:
        named = dict.fromkeys(place_words(self._names[place.document], place.unit.page) for place in places)
        return f"[{'; '.join(named)}]"

    def _table(self, heading: _Heading, number: int, rows: list[Unit]) -> None:
        caption = f"[{place_words(self._names[number], rows[0].page)}]"
        heading.tables.append((caption, rows))


def _bare(unit: Unit) -> str:
    return " ".join(unit.body.split()) if not unit.cells else unit.shown


def _bare_title(part: Part) -> str:
    if part.kind == "top":
        return _FIRST
    if part.kind in ("article", "chapter"):
        return part.label
    words = part.label
    mark = find_mark(words)
    return (mark.body if mark is not None else words.lstrip("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ. ")).strip()


def _table_sections(name: str, title: str, caption: str, rows: list[Unit]) -> list[Section]:
    cells = tuple(unit.cells for unit in rows)
    width = max(map(len, cells))
    full = tuple((*row, *[""] * (width - len(row))) for row in cells)
    text = "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in full)
    head = 1 if len(full) > 1 and rows[0].cells == rows[0].head else 0
    return [
        Section(f"{name}caption", title, f"※ 표 {caption}", "rule", heading=bool(title)),
        Section(name, "", text, "rule", rows=full, header_rows=head, heading=False),
    ]

"""Hangul documents (HWPX). The only module that knows python-hwpx, whose interface moves fast."""

from __future__ import annotations

import datetime as dt
from copy import deepcopy
from dataclasses import replace
from typing import Any

from biseo.document import Draft
from biseo.writers.grid import CELL_MARGIN_MM, LINES_KEPT_TOGETHER, Cell, Table, count_lines, lines_in
from biseo.writers.marks import typed_width
from biseo.writers.pieces import (
    KEPT_ROLES,
    Fixed,
    Heading,
    Item,
    Notice,
    Paragraph,
    Piece,
    Quadrants,
    Subtitle,
    Title,
    tight_face,
)
from biseo.writers.profiles import Face, Profile, find_profile
from biseo.writers.properties import AUTHOR, ai_mark, comment_of, grade_line, keywords_of, shorten, summary_of

_HP = "{http://www.hancom.co.kr/hwpml/2011/paragraph}"
_HH = "{http://www.hancom.co.kr/hwpml/2011/head}"
_OPF = "{http://www.idpf.org/2007/opf/}"
_UNITS_PER_MM = 7200 / 25.4
_MM_PER_POINT = 25.4 / 72
_GRID = "#8A94A6"
_PREVIEW_LENGTH = 1000
_AFTER_TABLE = 6.0
_TITLE = "제목"
_FOOT = ("foot",)
# What Hancom itself writes for 어절 and 글자 (bit 7 of the paragraph shape in the HWP of the same document).
_BY_WORD, _BY_LETTER = "BREAK_WORD", "KEEP_WORD"
# And for 나눔 and 셀 단위로 나눔 (bits 0 and 1 of the table).
_BREAK_IN_ROWS, _BREAK_BETWEEN_ROWS = "CELL", "TABLE"
_RULE_OFFSET_MM = 1


def write_hwpx(draft: Draft, pieces: tuple[Piece, ...]) -> bytes:
    """The file's bytes."""
    from hwpx import HwpxDocument

    document = HwpxDocument.new()
    builder = _Builder(document, find_profile(draft.profile))
    builder.set_page()
    for place, piece in enumerate(pieces):
        before, after = (pieces[n] if 0 <= n < len(pieces) else None for n in (place - 1, place + 1))
        builder.add(piece, before, after)
    builder.drop_first_line()
    if grade := grade_line(draft):
        builder.set_footer(grade)
    builder.finish_header()
    builder.set_properties(draft, pieces)
    content: bytes = document.to_bytes()
    return content


class _Builder:
    """Adds pieces to one document; keeps the paragraph and letter shapes it has made, by what they are for."""

    def __init__(self, document: Any, profile: Profile) -> None:
        self._document = document
        self._profile = profile
        self._letters: dict[tuple[Face, bool, bool], str] = {}
        self._shapes: dict[tuple[object, ...], str] = {}
        self._plain = document.styles.ensure_border_fill(border_color=_GRID)
        self._styles: dict[str, tuple[Any, Any]] = {}
        self._after_table = False
        self._below_rule = 0.0
        self._overlong: set[str] = set()
        self._shaded = document.styles.ensure_border_fill(border_color=_GRID, fill_color=f"#{profile.head_fill}")

    # Page and properties

    def set_page(self) -> None:
        """A4, margins, page number; outline levels without automatic numbers, as the draft has its own."""
        profile = self._profile
        edge = 10.0
        self._document.page.setup(
            paper_size="A4",
            margins_mm={
                # Hangul counts the head and foot apart from the margins of the text.
                "top": profile.margin_top - edge,
                "bottom": profile.margin_bottom - edge,
                "left": profile.margin_left,
                "right": profile.margin_right,
                "header": edge,
                "footer": edge,
            },
        )
        self._number_pages()
        header = self._document.oxml.headers[0]
        for head in header.element.iter(f"{_HH}paraHead"):
            head.text = None
            head.set("autoIndent", "0")
            head.set("textOffset", "0")
        header.mark_dirty()

    def _number_pages(self) -> None:
        """`- 1 -` at the foot of every page, by the control that Hancom itself writes for it."""
        settings = self._document.sections[0].element.find(f"{_HP}p")
        run = settings.find(f"{_HP}run")
        control = run.makeelement(f"{_HP}ctrl", {})
        number = {"pos": "BOTTOM_CENTER", "formatType": "DIGIT", "sideChar": "-"}
        control.append(control.makeelement(f"{_HP}pageNum", number))
        run.append(control)
        self._document.sections[0].mark_dirty()

    def set_footer(self, text: str) -> None:
        """A line at the right of every page's foot, beside the page number."""
        footer = self._document.page.set_footer(text=text)
        face = self._profile.notice
        self._after_table = False
        self._shape(footer.paragraphs[0], face, "right", 100, cell=True)
        # Kept, as python-hwpx carries it over to the control only sometimes.
        self._shapes[_FOOT] = footer.paragraphs[0].para_pr_id_ref
        # python-hwpx states it twice; Hancom's own files have it as a control only.
        section = self._document.sections[0]
        for settings in section.element.iter(f"{_HP}secPr"):
            for extra in settings.findall(f"{_HP}footer") + settings.findall(f"{_HP}footerApply"):
                settings.remove(extra)
        # Behind the words of its paragraph: unhwp loses words that follow it.
        first = section.element.find(f"{_HP}p")
        control = next(one for one in first.iter(f"{_HP}ctrl") if one.find(f"{_HP}footer") is not None)
        control.getparent().remove(control)
        first.findall(f"{_HP}run")[-1].append(control)
        for line in control.iter(f"{_HP}p"):
            line.set("paraPrIDRef", str(self._shapes[_FOOT]))
            for run in line.iter(f"{_HP}run"):
                run.set("charPrIDRef", str(self._letter(face, False)))
        section.mark_dirty()

    def finish_header(self) -> None:
        """Headings keep words whole like all other text; out goes what Hancom's own files never have.

        That is a diagonal of no line, and a mark of the skeleton's maker.
        """
        header = self._document.oxml.headers[0]
        for shape in header.element.iter(f"{_HH}paraPr"):
            for setting in shape.iter(f"{_HH}breakSetting"):
                setting.set("breakNonLatinWord", _BY_LETTER if shape.get("id") in self._overlong else _BY_WORD)
        for diagonal in header.element.iter(f"{_HH}diagonal"):
            if diagonal.get("type") == "NONE":
                diagonal.attrib.update({"type": "SOLID", "width": "0.1 mm", "color": "#000000"})
        for mark in header.element.findall(f"{_HH}metaTag"):
            header.element.remove(mark)
        header.mark_dirty()

    def set_properties(self, draft: Draft, pieces: tuple[Piece, ...]) -> None:
        """Title, summary, keywords and the mark of an AI draft; the skeleton's own author and picture go."""
        document = self._document
        now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        parts = document.parts
        parts.clear_document_metadata(keep=("language",), timestamp=now)
        parts.set_document_metadata(
            title=shorten(draft.title),
            creator=AUTHOR,
            subject=summary_of(draft),
            keyword=shorten(", ".join((*keywords_of(draft), ai_mark(draft)))),
            created_date=now,
            modified_date=now,
        )
        package = document.package
        manifest = package.manifest_tree()
        for meta in manifest.iter(f"{_OPF}meta"):
            if meta.get("name") == "description":
                meta.text = comment_of(draft)
            elif meta.get("name") == "lastsaveby":
                meta.text = AUTHOR
        package.set_xml(package.main_content.full_path, manifest)
        parts.clear_preview()
        preview = "\r\n".join(piece.text for piece in pieces if not isinstance(piece, Table | Quadrants))
        package.write("Preview/PrvText.txt", preview[:_PREVIEW_LENGTH].encode("utf-8"))

    def drop_first_line(self) -> None:
        """The skeleton's empty first line only carries the page settings: they move to the first real line."""
        section = self._document.sections[0]
        lines = section.element.findall(f"{_HP}p")
        settings, first = lines[0], lines[1]
        for place, run in enumerate(settings.findall(f"{_HP}run")):
            for text in run.findall(f"{_HP}t"):
                run.remove(text)
            if len(run):
                first.insert(place, run)
        section.element.remove(settings)
        section.mark_dirty()

    # Pieces

    def add(self, piece: Piece, before: Piece | None = None, after: Piece | None = None) -> None:
        """Append a piece that stands between those two."""
        profile = self._profile
        if self._after_table and isinstance(piece, Table | Quadrants):
            self._line("", replace(profile.table, size=_AFTER_TABLE))  # two tables would touch
        if isinstance(piece, Notice):
            self._line(piece.text, profile.notice)
        elif isinstance(piece, Title):
            self._line(piece.text, tight_face(profile.title, piece, before, after), keep=True, style=_TITLE)
        elif isinstance(piece, Subtitle):
            self._line(piece.text, tight_face(profile.subtitle, piece, before, after), keep=True)
        elif isinstance(piece, Heading):
            self._line(piece.text, profile.heading, outline=piece.level)
        elif isinstance(piece, Fixed):
            style = _TITLE if piece.role == "subject" else ""
            self._line(piece.text, piece.face(profile), keep=piece.role in KEPT_ROLES, style=style)
        elif isinstance(piece, Paragraph):
            self._line(piece.text, profile.body, indent=piece.indent)
        elif isinstance(piece, Item):
            self._line(piece.text, profile.body, item=piece)
        elif isinstance(piece, Table):
            self._table(piece)
        else:
            self._quadrants(piece)
        self._after_table = isinstance(piece, Table | Quadrants)

    def _line(
        self,
        text: str,
        face: Face,
        *,
        item: Item | None = None,
        indent: int = 0,
        outline: int = 0,
        keep: bool = False,
        style: str = "",
    ) -> None:
        style = style or (f"개요 {outline}" if outline else "바탕글")
        if style == _TITLE and style not in self._styles:
            self._add_title_style()
        if style not in self._styles:
            # Looked up once: python-hwpx reads its whole header again for every name.
            found = self._document.styles.resolve(style)
            self._styles[style] = (found.id, found.para_pr_id_ref)
        style_id, shape_id = self._styles[style]
        paragraph = self._document.add_paragraph(
            text,
            style_id_ref=style_id,
            para_pr_id_ref=shape_id,
            char_pr_id_ref=self._letter(face, face.bold),
            inherit_style=False,
        )
        spacing = self._profile.line_spacing
        self._shape(paragraph, face, face.align, spacing, item=item, indent=indent, outline=outline, keep=keep)

    def _add_title_style(self) -> None:
        """`제목`, which the skeleton does not have: by it other programs know the title from its size alone no more."""
        header = self._document.oxml.headers[0]
        styles = next(header.element.iter(f"{_HH}styles"))
        number = str(max(int(style.get("id")) for style in styles) + 1)
        plain = next(style for style in styles if style.get("name") == "바탕글")
        entry = styles.makeelement(f"{_HH}style", dict(plain.attrib))
        face = self._profile.title
        for key, value in (
            ("id", number),
            ("name", _TITLE),
            ("engName", "Title"),
            ("charPrIDRef", self._letter(face, face.bold)),
            ("nextStyleIDRef", "0"),
        ):
            entry.set(key, value)
        styles.append(entry)
        styles.set("itemCnt", str(len(styles)))
        header.mark_dirty()
        self._styles[_TITLE] = (number, plain.get("paraPrIDRef"))

    def _letter(self, face: Face, bold: bool, underlined: bool = False) -> str:
        key = (face, bold, underlined)
        if key not in self._letters:
            styles = self._document.styles
            styles.ensure_font(face.hwpx, subst_face=face.fallback, subst_type="TTF")
            self._letters[key] = styles.ensure_run(
                bold=bold, underline=underlined, font=face.hwpx, size=face.size, color=f"#{face.color}"
            )
        return self._letters[key]

    def _shape(
        self,
        paragraph: Any,
        face: Face,
        align: str,
        spacing: int,
        *,
        item: Item | None = None,
        indent: int = 0,
        outline: int = 0,
        keep: bool = False,
        cell: bool = False,
    ) -> None:
        unit = face.size / 2 * _MM_PER_POINT
        indent, hanging = (item.indent, item.hanging) if item else (indent, 0)
        before = (0.0 if cell else face.before) + self._below_rule
        if self._after_table:
            before = max(before, _AFTER_TABLE)
        # Viewers differ in whether the room below a paragraph is above or below its rule: it goes to the next one.
        ruled = face.rule and not cell
        self._below_rule = face.after + _RULE_OFFSET_MM / _MM_PER_POINT if ruled else 0.0
        # Some viewers let a word that is longer than a line run over the edge of the page.
        room = self._profile.text_width_mm / unit - indent - hanging if not cell else 0.0
        overlong = bool(room) and any(typed_width(word) > room for word in paragraph.text.split())
        key = (face, align, spacing, indent, hanging, outline, keep, cell, before, overlong)
        known = self._shapes.get(key)
        if known is not None:
            paragraph.para_pr_id_ref = known
            return
        self._document.styles.apply_paragraph_format(
            paragraphs=[paragraph],
            alignment=align.upper(),
            line_spacing_percent=spacing,
            # In a hanging indent of Hangul the first line begins at the left margin, the others further in.
            indent_left_mm=indent * unit,
            first_line_indent_mm=-hanging * unit,
            spacing_before_pt=before,
            spacing_after_pt=0 if cell or ruled else face.after,
            outline_level=outline,
            keep_with_next=bool(outline) or keep,
            border=_rule(face) if ruled else None,
        )
        self._shapes[key] = paragraph.para_pr_id_ref
        if overlong:
            self._shapes[key] = paragraph.para_pr_id_ref = self._by_letter(str(paragraph.para_pr_id_ref))

    def _by_letter(self, number: str) -> str:
        """A copy of that paragraph shape that breaks lines between any two letters."""
        header = self._document.oxml.headers[0]
        shapes = next(header.element.iter(f"{_HH}paraProperties"))
        copy = deepcopy(next(shape for shape in shapes if shape.get("id") == number))
        own = str(max(int(shape.get("id")) for shape in shapes) + 1)
        copy.set("id", own)
        for setting in copy.iter(f"{_HH}breakSetting"):
            setting.set("breakNonLatinWord", _BY_LETTER)
        shapes.append(copy)
        shapes.set("itemCnt", str(len(shapes)))
        header.mark_dirty()
        self._overlong.add(own)
        return own

    # Tables

    def _table(self, table: Table) -> None:
        widths = self._widths(table.widths)
        grid = self._grid(count_lines(table, self._profile), widths)
        if table.header_rows:
            grid.element.set("repeatHeader", "1")
        for place, (row, cells) in enumerate(zip(grid.rows, table.rows, strict=True)):
            for box, cell in zip(row.cells, cells, strict=True):
                if place < table.header_rows:
                    box.element.set("header", "1")
                self._fill(box, cell)

    def _fill(self, box: Any, cell: Cell) -> None:
        if cell.head:
            box.element.set("borderFillIDRef", self._shaded)
        for pieces in cell.runs():
            self._cell_line(box, pieces, bold=cell.head or cell.strong, align=cell.align)
        self._drop_blank(box)

    def _quadrants(self, quadrants: Quadrants) -> None:
        """Two by two: a row of titles above each row of lines."""
        widths = self._widths((0.5, 0.5))
        cells = quadrants.cells
        counts = [sum(lines_in(line.text, 0.5, self._profile) for line in cell.lines) for cell in cells]
        grid = self._grid([n for place in range(0, len(cells), 2) for n in (1, max(counts[place : place + 2]))], widths)
        boxes = [list(row.cells) for row in grid.rows]
        for row in boxes[::2]:
            for box in row:
                box.element.set("borderFillIDRef", self._shaded)
        for place, cell in enumerate(cells):
            above, below = boxes[place // 2 * 2][place % 2], boxes[place // 2 * 2 + 1][place % 2]
            self._cell_line(above, ((cell.title, False),), bold=True, align="center")
            self._drop_blank(above)
            for line in cell.lines:
                self._cell_line(below, ((line.text, False),), item=line if isinstance(line, Item) else None)
            # Empty lines, not vertAlign="TOP", keep the lines level: some viewers pile up the lines of such a cell.
            for _ in range(max(counts[place - place % 2 : place - place % 2 + 2]) - counts[place]):
                self._cell_line(below, ())
            self._drop_blank(below)

    def _grid(self, lines: list[int], widths: list[int]) -> Any:
        """An empty table of so many lines a row, each column of its width."""
        face = self._profile.table
        pitch = face.size * self._profile.table_line_spacing  # points times per cent: the unit is 1/100 point
        heights = [round(count * pitch + CELL_MARGIN_MM * _UNITS_PER_MM) for count in lines]
        grid = self._document.add_table(
            len(lines),
            len(widths),
            width=sum(widths),
            height=sum(heights),
            border_fill_id_ref=self._plain,
            char_pr_id_ref=self._letter(face, False),
        )
        grid.set_treat_as_char(sum(lines) <= LINES_KEPT_TOGETHER)
        grid.element.set("pageBreak", _BREAK_IN_ROWS if max(lines) > LINES_KEPT_TOGETHER else _BREAK_BETWEEN_ROWS)
        side, above = round(CELL_MARGIN_MM * _UNITS_PER_MM), round(CELL_MARGIN_MM / 2 * _UNITS_PER_MM)
        for row, height in zip(grid.rows, heights, strict=True):
            for box, width in zip(row.cells, widths, strict=True):
                box.set_size(width=width, height=height)
                margin = box.element.find(f"{_HP}cellMargin")
                for name, value in (("left", side), ("right", side), ("top", above), ("bottom", above)):
                    margin.set(name, str(value))
                box.element.set("hasMargin", "1")
        self._shape(grid.paragraph, face, "left", 100, cell=True)
        self._after_table = False  # what follows stands in its cells
        return grid

    def _cell_line(
        self,
        box: Any,
        pieces: tuple[tuple[str, bool], ...],
        *,
        bold: bool = False,
        align: str = "left",
        item: Item | None = None,
    ) -> None:
        face = self._profile.table
        first, underlined = pieces[0] if pieces else ("", False)
        paragraph = box.add_paragraph(first, char_pr_id_ref=self._letter(face, bold, underlined))
        for words, lined in pieces[1:]:
            paragraph.add_run(words, char_pr_id_ref=self._letter(face, bold, lined))
        self._shape(paragraph, face, align, self._profile.table_line_spacing, item=item, cell=True)

    @staticmethod
    def _drop_blank(box: Any) -> None:
        """The empty paragraph that a new cell comes with."""
        holder = box._ensure_sublist()
        holder.remove(holder.find(f"{_HP}p"))

    def _widths(self, shares: tuple[float, ...]) -> list[int]:
        whole = round(self._profile.text_width_mm * _UNITS_PER_MM)
        widths = [int(share * whole) for share in shares]
        widths[-1] += whole - sum(widths)
        return widths


def _rule(face: Face) -> dict[str, object] | None:
    """The line below a paragraph."""
    if not face.rule:
        return None
    return {"sides": ["bottom"], "color": "#33415C", "width": "0.4 mm", "offset_mm": (0, 0, 0, _RULE_OFFSET_MM)}

"""Word documents."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import TYPE_CHECKING, Any

from biseo.document import Draft
from biseo.writers.ending import place_ending
from biseo.writers.fonts import FontTable
from biseo.writers.grid import LINES_KEPT_TOGETHER, Cell, Table, count_lines, count_sums
from biseo.writers.malgun import indents_of, keys_of
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
from biseo.writers.profiles import PAGE_HEIGHT_MM, PAGE_WIDTH_MM, Face, Profile, find_profile
from biseo.writers.properties import (
    AUTHOR,
    ai_mark,
    comment_of,
    grade_line,
    keywords_of,
    shorten,
    status_of,
    summary_of,
)

if TYPE_CHECKING:
    from docx.document import Document

_LANGUAGE = "ko-KR"
_GRID = "8A94A6"
_TWIPS = 20
_AFTER_TABLE = 6
# Rows with fewer letters than this are not broken at the end of a page.
_LETTERS_KEPT_TOGETHER = 600
_FIXED = {
    "banner": "Biseo Banner",
    "agency": "Biseo Agency",
    "field": "Biseo Field",
    "subject": "Biseo Subject",
    "sender": "Biseo Sender",
    "foot": "Biseo Foot",
    "line": "Biseo Line",
}
_AFTER_COMPAT = (
    "w:docVars",
    "w:rsids",
    "m:mathPr",
    "w:attachedSchema",
    "w:themeFontLang",
    "w:clrSchemeMapping",
    "w:doNotIncludeSubdocsInStats",
    "w:shapeDefaults",
    "w:decimalSymbol",
    "w:listSeparator",
)


def write_docx(draft: Draft, pieces: tuple[Piece, ...]) -> bytes:
    """The file's bytes."""
    from docx import Document
    from docx.shared import Pt

    profile = find_profile(draft.profile)
    document = Document()
    if profile.id == "official":
        pieces = tuple(place_ending(pieces, keys_of, profile.text_width_mm / 25.4 * 72 / (profile.body.size / 2)))
    _set_styles(document, profile)
    _set_page(document, profile, draft)
    _set_properties(document, draft)
    after_table = False
    line: Any = None
    # python-docx searches all styles for every name.
    styles = {str(style.name): str(style.style_id) for style in document.styles}
    for place, piece in enumerate(pieces):
        if after_table and isinstance(piece, Table | Quadrants):
            # Two tables in a row would grow together without a paragraph between.
            _paragraph(document.add_paragraph(), "", size=_AFTER_TABLE)
        elif place and isinstance(piece, Table | Quadrants) and isinstance(pieces[place - 1], Paragraph | Item):
            line.paragraph_format.space_after = Pt(_AFTER_TABLE)
        if isinstance(piece, Table):
            _add_table(document, piece, profile)
        elif isinstance(piece, Quadrants):
            _add_quadrants(document, piece, profile)
        else:
            line = _add_line(document, piece, profile, styles, after_table)
            if isinstance(piece, Title | Subtitle):
                _join(line, profile, pieces, place)
        after_table = isinstance(piece, Table | Quadrants)
        if after_table and place + 1 == len(pieces):
            # Word wants a paragraph after the last table.
            _paragraph(document.add_paragraph(), "", size=4)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _add_line(document: Document, piece: Piece, profile: Profile, styles: dict[str, str], after_table: bool) -> Any:
    from docx.shared import Pt

    paragraph = document.add_paragraph(piece.text)  # type: ignore[union-attr]
    if isinstance(piece, Notice | Title | Subtitle | Heading | Fixed):
        paragraph._p.style = styles[_style(piece)]
        return paragraph
    if isinstance(piece, Item):
        paragraph._p.style = styles["List Paragraph"]
        _hang(paragraph, piece, profile.body.size)
    elif isinstance(piece, Paragraph) and piece.indent:
        paragraph.paragraph_format.left_indent = Pt(piece.indent * profile.body.size / 2)
    if after_table:
        paragraph.paragraph_format.space_before = Pt(_AFTER_TABLE)
    return paragraph


def _join(paragraph: Any, profile: Profile, pieces: tuple[Piece, ...], place: int) -> None:
    """Lines of one title stand close together. Word itself draws one rule below lines of the same borders."""
    from docx.shared import Pt

    face = profile.title if isinstance(pieces[place], Title) else profile.subtitle
    before, after = (pieces[n] if 0 <= n < len(pieces) else None for n in (place - 1, place + 1))
    tight = tight_face(face, pieces[place], before, after)
    if tight.before != face.before:
        paragraph.paragraph_format.space_before = Pt(tight.before)
    if tight.after != face.after:
        paragraph.paragraph_format.space_after = Pt(tight.after)


def _style(piece: Notice | Title | Subtitle | Heading | Fixed) -> str:
    if isinstance(piece, Heading):
        return f"Heading {piece.level}"
    if isinstance(piece, Fixed):
        return _FIXED[piece.role]
    return "Biseo Notice" if isinstance(piece, Notice) else type(piece).__name__


def _hang(paragraph: Any, item: Item, size: float) -> None:
    from docx.shared import Pt

    indent, hanging = indents_of(item, size)
    paragraph.paragraph_format.left_indent = Pt(indent + hanging)
    paragraph.paragraph_format.first_line_indent = Pt(-hanging)


# Page and styles


def _set_page(document: Document, profile: Profile, draft: Draft) -> None:
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(PAGE_WIDTH_MM), Mm(PAGE_HEIGHT_MM)
    section.top_margin, section.bottom_margin = Mm(profile.margin_top), Mm(profile.margin_bottom)
    section.left_margin, section.right_margin = Mm(profile.margin_left), Mm(profile.margin_right)
    _set_modern(document)
    section.header_distance = section.footer_distance = Mm(10)
    _page_number(section.footer.paragraphs[0])
    if grade := grade_line(draft):
        section.footer.add_paragraph(grade, style="Biseo Notice")


def _set_modern(document: Document) -> None:
    """Without it Word opens the file in its 2007 mode and says so in the title bar."""
    settings = document.settings.element
    for old in settings.findall(_name("w:compat")):
        settings.remove(old)
    compatibility = _element("w:compat")
    mode = {"w:name": "compatibilityMode", "w:uri": "http://schemas.microsoft.com/office/word", "w:val": "15"}
    compatibility.append(_element("w:compatSetting", mode))
    settings.insert_element_before(compatibility, *_AFTER_COMPAT)


def _page_number(paragraph: Any) -> None:
    paragraph.alignment = _alignment("center")
    paragraph.add_run("- ")
    field = _element("w:fldSimple", {"w:instr": " PAGE "})
    run = _element("w:r")
    text = _element("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)
    paragraph.add_run(" -")


def _set_styles(document: Document, profile: Profile) -> None:
    from docx.enum.style import WD_STYLE_TYPE

    styles = document.styles
    _drop_theme_fonts(styles.element)
    for name in ("Biseo Notice", *_FIXED.values()):
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    _no_automatic_blanks(styles["Normal"])
    fonts = FontTable()
    faces = {
        "Normal": profile.body,
        "List Paragraph": profile.body,
        "Biseo Notice": profile.notice,
        "Title": profile.title,
        "Subtitle": profile.subtitle,
        "Heading 1": profile.heading,
        "Heading 2": profile.heading,
        "Footer": profile.foot,
        **{style: profile.face_of(role) for role, style in _FIXED.items()},
    }
    for name, face in faces.items():
        _dress(styles[name], face, profile.line_spacing)
        fonts.add(face.docx, face.fallback)
    styles["List Paragraph"].paragraph_format.left_indent = None
    for role in KEPT_ROLES:
        styles[_FIXED[role]].paragraph_format.keep_with_next = True
    # The subject of an official document is its title.
    styles[_FIXED["subject"]].element.get_or_add_pPr().append(_element("w:outlineLvl", {"w:val": "0"}))
    for part in document.part.package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            part._blob = fonts.to_xml()


def _no_automatic_blanks(style: Any) -> None:
    """Word widens the gap between Hangul and figures by itself; `3월 5일` would then look like `3 월 5 일`."""
    properties = style.element.get_or_add_pPr()
    for name in ("w:autoSpaceDE", "w:autoSpaceDN"):
        off = _element(name, {"w:val": "0"})
        properties.insert_element_before(
            off, "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
        )


def _dress(style: Any, face: Face, line_spacing: int) -> None:
    from docx.enum.text import WD_LINE_SPACING
    from docx.shared import Pt, RGBColor

    font = style.font
    font.size, font.bold, font.italic = Pt(face.size), face.bold, False
    font.color.rgb = RGBColor.from_string(face.color)
    properties = style.element.get_or_add_rPr()
    _set_fonts(properties, face.docx)
    for name in ("w:spacing", "w:kern"):
        for old in properties.findall(_name(name)):
            properties.remove(old)
    paragraph = style.element.get_or_add_pPr()
    for old in paragraph.findall(_name("w:pBdr")) + paragraph.findall(_name("w:contextualSpacing")):
        paragraph.remove(old)
    if face.rule:
        border = _element("w:pBdr")
        line = {"w:val": "single", "w:sz": "12", "w:space": "6", "w:color": "33415C"}
        border.append(_element("w:bottom", line))
        paragraph.insert_element_before(
            border, "w:shd", "w:tabs", "w:autoSpaceDE", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
        )
    layout_ = style.paragraph_format
    # 160 % of the letters' height as Hangul counts it; Word's own "1.6 lines" would be over 2 letters high. "At
    # least", so that an emoji or a tall sign is not cut.
    layout_.line_spacing_rule = WD_LINE_SPACING.AT_LEAST
    layout_.line_spacing = Pt(round(face.size * line_spacing / 100, 1))
    layout_.space_before, layout_.space_after = Pt(face.before), Pt(face.after)
    layout_.alignment = _alignment(face.align)


def _drop_theme_fonts(styles: Any) -> None:
    """The template's styles name theme fonts, which win over names and are not Korean."""
    for fonts in styles.iter(_name("w:rFonts")):
        for key in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[key]
    for language in styles.iter(_name("w:lang")):
        language.set(_name("w:val"), _LANGUAGE)
        language.set(_name("w:eastAsia"), _LANGUAGE)


def _set_fonts(properties: Any, name: str) -> None:
    fonts = properties.get_or_add_rFonts()
    for slot in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(_name(slot), name)
    # Marks such as □ ㅇ ① are "ambiguous": without the hint Word sets them in the Latin font.
    fonts.set(_name("w:hint"), "eastAsia")


def _set_properties(document: Document, draft: Draft) -> None:
    properties = document.core_properties
    now = dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0)
    properties.title = shorten(draft.title)
    properties.subject = summary_of(draft)
    properties.keywords = shorten(", ".join(keywords_of(draft)))
    properties.category = ai_mark(draft)
    properties.content_status = status_of(draft)
    properties.comments = comment_of(draft)
    properties.author = properties.last_modified_by = AUTHOR
    properties.language = _LANGUAGE
    properties.created = properties.modified = now
    package = document.part.package
    for key, relation in list(package.rels.items()):
        # The template's own preview picture shows another document.
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[key]


# Tables


def _add_table(document: Document, table: Table, profile: Profile) -> None:
    columns = _column_widths(table.widths, profile)
    grid = _new_table(document, len(table.rows), columns)
    small = sum(count_lines(table, profile)) <= LINES_KEPT_TOGETHER
    sums = count_sums(table)
    first_kept = len(table.rows) - 1 - sums if sums else len(table.rows)
    for place, (row, cells) in enumerate(zip(grid._tbl.tr_lst, table.rows, strict=True)):
        if all(len(cell.text) < _LETTERS_KEPT_TOGETHER for cell in cells):
            row.get_or_add_trPr().append(_element("w:cantSplit"))
        if place < table.header_rows:
            row.get_or_add_trPr().append(_element("w:tblHeader"))
        # A head never stands alone at the foot of a page; a small table moves to the next one whole.
        # Nor do its sums stand alone at the top of one.
        kept = place + 1 < len(table.rows) and (small or place < table.header_rows or place >= first_kept)
        for box, cell, width in zip(row.tc_lst, cells, columns, strict=True):
            _set_box(box, width, profile.head_fill if cell.head else "")
            _fill_cell(box, grid, cell, profile, keep=kept)


def _fill_cell(box: Any, grid: Any, cell: Cell, profile: Profile, *, keep: bool) -> None:
    from docx.table import _Cell

    holder = _Cell(box, grid)
    for place, pieces in enumerate(cell.runs()):
        paragraph = holder.paragraphs[0] if place == 0 else holder.add_paragraph()
        _paragraph(paragraph, "", align=cell.align)
        for words, underlined in pieces:
            run = paragraph.add_run(words)
            run.bold, run.underline = (cell.head or cell.strong) or None, underlined or None
        _table_face(paragraph, profile)
        if keep:
            paragraph.paragraph_format.keep_with_next = True


def _add_quadrants(document: Document, quadrants: Quadrants, profile: Profile) -> None:
    """Two by two: a row of titles above each row of lines."""
    from docx.table import _Cell

    columns = _column_widths((0.5, 0.5), profile)
    cells = quadrants.cells
    grid = _new_table(document, 2 * ((len(cells) + 1) // 2), columns)
    rows = grid._tbl.tr_lst
    for place, row in enumerate(rows):
        row.get_or_add_trPr().append(_element("w:cantSplit"))
        for box, width in zip(row.tc_lst, columns, strict=True):
            _set_box(box, width, "" if place % 2 else profile.head_fill, top=bool(place % 2))
    for place, cell in enumerate(cells):
        above, below = (rows[place // 2 * 2 + n].tc_lst[place % 2] for n in (0, 1))
        title = _Cell(above, grid).paragraphs[0]
        _paragraph(title, cell.title, bold=True, align="center")
        _table_face(title, profile)
        title.paragraph_format.keep_with_next = True
        holder = _Cell(below, grid)
        for number, line in enumerate(cell.lines):
            paragraph = holder.add_paragraph() if number else holder.paragraphs[0]
            _paragraph(paragraph, line.text)
            _table_face(paragraph, profile)
            if isinstance(line, Item):
                _hang(paragraph, line, profile.table.size)


def _new_table(document: Document, rows: int, columns: list[int]) -> Any:
    grid = document.add_table(rows, len(columns), style="Table Grid")
    grid.autofit = False
    properties = grid._tbl.tblPr
    for old in properties.findall(_name("w:tblW")):
        properties.remove(old)
    width = _element("w:tblW", {"w:w": str(sum(columns)), "w:type": "dxa"})
    properties.insert_element_before(
        width,
        "w:jc",
        "w:tblCellSpacing",
        "w:tblInd",
        "w:tblBorders",
        "w:shd",
        "w:tblLayout",
        "w:tblCellMar",
        "w:tblLook",
    )
    borders = _element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(_element(f"w:{side}", {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": _GRID}))
    properties.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    margins = _element("w:tblCellMar")
    for side, width_ in (("top", "40"), ("left", "85"), ("bottom", "40"), ("right", "85")):
        margins.append(_element(f"w:{side}", {"w:w": width_, "w:type": "dxa"}))
    properties.insert_element_before(margins, "w:tblLook")
    for column, share in zip(grid._tbl.tblGrid.gridCol_lst, columns, strict=True):
        column.set(_name("w:w"), str(share))
    return grid


def _set_box(box: Any, width: int, fill: str, *, top: bool = False) -> None:
    properties = box.get_or_add_tcPr()
    for old in properties.findall(_name("w:tcW")):
        properties.remove(old)
    properties.insert(0, _element("w:tcW", {"w:w": str(width), "w:type": "dxa"}))
    if fill:
        properties.append(_element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": fill}))
    properties.append(_element("w:vAlign", {"w:val": "top" if top else "center"}))


def _table_face(paragraph: Any, profile: Profile) -> None:
    from docx.enum.text import WD_LINE_SPACING
    from docx.shared import Pt

    face = profile.table
    format_ = paragraph.paragraph_format
    format_.space_before = format_.space_after = Pt(0)
    format_.line_spacing_rule = WD_LINE_SPACING.AT_LEAST
    format_.line_spacing = Pt(round(face.size * profile.table_line_spacing / 100, 1))
    # The size of the paragraph mark, which alone sets the height of an empty cell.
    mark = _element("w:rPr")
    mark.append(_element("w:sz", {"w:val": str(round(face.size * 2))}))
    paragraph._p.get_or_add_pPr().append(mark)
    for run in paragraph.runs:
        run.font.size = Pt(face.size)
        _set_fonts(run._r.get_or_add_rPr(), face.docx)


def _paragraph(paragraph: Any, text: str, *, bold: bool = False, align: str = "left", size: float = 0) -> None:
    from docx.shared import Pt

    paragraph.alignment = _alignment(align)
    if text:
        run = paragraph.add_run(text)
        run.bold = bold or None
    if size:
        paragraph.paragraph_format.line_spacing = Pt(size)


def _alignment(align: str) -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    return getattr(WD_ALIGN_PARAGRAPH, align.upper())


def _column_widths(shares: tuple[float, ...], profile: Profile) -> list[int]:
    """Widths in twentieths of a point that add up to the width of the text."""
    whole = round(profile.text_width_mm / 25.4 * 72 * _TWIPS)
    widths = [int(share * whole) for share in shares]
    widths[-1] += whole - sum(widths)
    return widths


def _element(name: str, attributes: dict[str, str] | None = None) -> Any:
    from docx.oxml import OxmlElement

    element = OxmlElement(name)
    for key, value in (attributes or {}).items():
        element.set(_name(key), value)
    return element


def _name(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(name))

"""What a Word and a Hangul file of each look hold, paragraph by paragraph: style, letters, indents, words."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph
from lxml import etree

from biseo.document import Draft
from biseo.writers import write_document

GOLDEN = Path(__file__).parent / "golden"
NAMES = ("official", "letter", "report", "press", "swot", "plain")
_HP = "{http://www.hancom.co.kr/hwpml/2011/paragraph}"
_HH = "{http://www.hancom.co.kr/hwpml/2011/head}"
_HC = "{http://www.hancom.co.kr/hwpml/2011/core}"


def _compare(name: str, lines: list[str]) -> None:
    """Against the stored picture; `BISEO_UPDATE_GOLDEN=1` stores a new one, to be read before it is committed."""
    content, path = "\n".join(lines) + "\n", GOLDEN / name
    if os.environ.get("BISEO_UPDATE_GOLDEN"):
        path.write_text(content, encoding="utf-8", newline="\n")
    assert content == path.read_text(encoding="utf-8")


# Word


def _word_line(paragraph: WordParagraph) -> str:
    shape = paragraph.paragraph_format
    left = f"{shape.left_indent.pt:.1f}" if shape.left_indent is not None else "-"
    first = f"{shape.first_line_indent.pt:.1f}" if shape.first_line_indent is not None else "-"
    sizes = "/".join(sorted({f"{run.font.size.pt:g}" for run in paragraph.runs if run.font.size}))
    bold = "b" if any(run.bold for run in paragraph.runs) else ""
    align = str(paragraph.alignment).split(" ")[0].lower() if paragraph.alignment is not None else ""
    words = f"{paragraph.style.name} {left} {first} {sizes}{bold} {align}"
    return f"{' '.join(words.split())} | {paragraph.text}".rstrip()


def _word(path: Path) -> Iterator[str]:
    document = docx.Document(str(path))
    section = document.sections[0]
    yield "page " + " ".join(
        f"{value.mm:.0f}"
        for value in (
            section.page_width,
            section.page_height,
            section.top_margin,
            section.bottom_margin,
            section.left_margin,
            section.right_margin,
        )
    )
    for paragraph in section.footer.paragraphs:
        yield f"foot {''.join(node.text or '' for node in paragraph._p.iter(qn('w:t')))}"
    used: dict[str, None] = {}
    for block in document.iter_inner_content():
        if isinstance(block, WordTable):
            yield "table " + " ".join(column.get(qn("w:w")) for column in block._tbl.tblGrid.gridCol_lst)
            for row in block._tbl.tr_lst:
                kind = "head" if row.trPr is not None and row.trPr.find(qn("w:tblHeader")) is not None else "row"
                yield f"  {kind}"
                for box in row.tc_lst:
                    shade = "#" if box.tcPr.find(qn("w:shd")) is not None else " "
                    yield from (f"  {shade} {_word_line(WordParagraph(p, block))}" for p in box.p_lst)
        else:
            used[block.style.name] = None
            yield _word_line(block)
    for name in used:
        style = document.styles[name]
        font, shape = style.font, style.paragraph_format
        yield (
            f"style {name}: {style.element.rPr.rFonts.get(qn('w:eastAsia'))} {font.size.pt:g}{'b' if font.bold else ''}"
            f" line {shape.line_spacing.pt:g} before {shape.space_before.pt:g} after {shape.space_after.pt:g}"
        )


# Hangul


class _Hangul:
    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as package:
            self._header = etree.fromstring(package.read("Contents/header.xml"))
            self.section = etree.fromstring(package.read("Contents/section0.xml"))
        self._styles = {one.get("id"): one.get("name") for one in self._header.iter(f"{_HH}style")}
        self._shapes = {one.get("id"): one for one in self._header.iter(f"{_HH}paraPr")}
        self._letters = {one.get("id"): one for one in self._header.iter(f"{_HH}charPr")}
        hangul = next(one for one in self._header.iter(f"{_HH}fontface") if one.get("lang") == "HANGUL")
        self._fonts = {one.get("id"): one.get("face") for one in hangul}

    def lines(self) -> Iterator[str]:
        page = self.section.find(f".//{_HP}pagePr")
        margin = page.find(f"{_HP}margin")
        values = [page.get("width"), page.get("height"), *(margin.get(side) for side in ("top", "bottom", "left"))]
        yield "page " + " ".join(f"{int(value) * 25.4 / 7200:.0f}" for value in values)
        for paragraph in self.section.iter(f"{_HP}footer"):
            yield "foot " + "".join(paragraph.itertext())
        for paragraph in self.section.findall(f"{_HP}p"):
            yield from self._paragraph(paragraph, "")

    def _paragraph(self, paragraph: Any, before: str) -> Iterator[str]:
        words = "".join(
            "".join(text.itertext()) for run in paragraph.findall(f"{_HP}run") for text in run.findall(f"{_HP}t")
        )
        tables = paragraph.findall(f"{_HP}run/{_HP}tbl")
        if not tables:
            yield f"{before}{self._look(paragraph)} | {words}".rstrip()
        for table in tables:
            yield f"table head={table.get('repeatHeader')} inline={table.find(f'{_HP}pos').get('treatAsChar')}"
            for row in table.findall(f"{_HP}tr"):
                yield "  row"
                for box in row.findall(f"{_HP}tc"):
                    size = box.find(f"{_HP}cellSz")
                    yield f"    cell {size.get('width')} fill {box.get('borderFillIDRef')} head {box.get('header')}"
                    for line in box.findall(f"{_HP}subList/{_HP}p"):
                        yield from self._paragraph(line, "      ")

    def _look(self, paragraph: Any) -> str:
        shape = self._shapes[paragraph.get("paraPrIDRef")]
        runs = [run for run in paragraph.findall(f"{_HP}run") if run.find(f"{_HP}t") is not None]
        letter = self._letters[(runs or paragraph.findall(f"{_HP}run"))[0].get("charPrIDRef")]
        font = self._fonts[letter.find(f"{_HH}fontRef").get("hangul")]
        bold = "b" if letter.find(f"{_HH}bold") is not None else ""
        margins = next(shape.iter(f"{_HH}margin"))
        indents = "/".join(margins.find(f"{_HC}{side}").get("value") for side in ("left", "intent", "prev", "next"))
        return (
            f"{self._styles[paragraph.get('styleIDRef')]} {font} {int(letter.get('height')) / 100:g}{bold} "
            f"{shape.find(f'{_HH}align').get('horizontal').lower()} {indents}"
        )


@pytest.mark.parametrize("name", NAMES)
def test_word_file_is_as_it_was(drafts: dict[str, Draft], tmp_path: Path, name: str) -> None:
    _compare(f"{name}.docx.txt", list(_word(write_document(drafts[name], tmp_path / "초안.docx"))))


@pytest.mark.parametrize("name", NAMES)
def test_hangul_file_is_as_it_was(drafts: dict[str, Draft], tmp_path: Path, name: str) -> None:
    _compare(f"{name}.hwpx.txt", list(_Hangul(write_document(drafts[name], tmp_path / "초안.hwpx")).lines()))

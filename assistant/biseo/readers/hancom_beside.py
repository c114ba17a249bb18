"""Opens a Hancom document with dochan and takes along what dochan leaves out.

That is: automatic numbers inside a line (표 1, 그림 2), memos, texts of master pages, the numbering of each section's
outline, and how many objects are embedded.
"""

from __future__ import annotations

import contextlib
import re
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from biseo.readers.clean import clean_line, clean_text
from biseo.readers.numbers import write_number

_SECTION = re.compile(r"Contents/section(\d+)\.xml")
_MASTER_PAGE = re.compile(r"Contents/masterpage\d+\.xml")
_OUTLINE = re.compile(rb'outlineShapeIDRef="(\d{1,5})"')
# Numbers of pages and notes: pages are not words, and notes get their number from us.
_COUNTED = {"PICTURE", "TABLE", "EQUATION"}
_KINDS = ("PAGE", "FOOTNOTE", "ENDNOTE", "PICTURE", "TABLE", "EQUATION")
_SHAPES = (
    "DIGIT", "CIRCLED_DIGIT", "ROMAN_CAPITAL", "ROMAN_SMALL", "LATIN_CAPITAL", "LATIN_SMALL", "CIRCLED_LATIN_CAPITAL",
    "CIRCLED_LATIN_SMALL", "HANGUL_SYLLABLE", "CIRCLED_HANGUL_SYLLABLE", "HANGUL_JAMO", "CIRCLED_HANGUL_JAMO",
    "HANGUL_PHONETIC", "IDEOGRAPH", "CIRCLED_IDEOGRAPH",
)  # fmt: skip
_PARA_HEADER, _PARA_TEXT, _CTRL_HEADER, _LIST_HEADER, _MEMO_LIST = 66, 67, 71, 72, 93
_SECTION_DEF, _AUTO_NUMBER, _RUBY = b"dces", b"onta", b"tudt"


@dataclass
class Beside:
    """What stands beside the text. `outlines`: id of a numbering, section by section."""

    outlines: list[int] = field(default_factory=list)
    memos: list[str] = field(default_factory=list)
    master_pages: list[str] = field(default_factory=list)
    objects: int = 0


def open_source(path: str, kind: str) -> tuple[Any, Beside]:
    """dochan's document, as it stands when all tracked changes are accepted, and what is beside it.

    Raises:
        ValueError: not the kind it should be.
    """
    from dochan import Dochan, reader

    beside = Beside()
    if kind == "hwpx":
        with _replaced(reader, "HWPXParser", _hwpx_parser()):
            source = Dochan(path, include_assets=False, revision_mode="final").doc
        with contextlib.suppress(zipfile.BadZipFile, OSError), zipfile.ZipFile(path) as archive:
            _look_beside(archive, beside)
    else:
        with _replaced(reader, "SectionParser", _section_parser(beside)):
            source = Dochan(path, revision_mode="final").doc
    return source, beside


@contextlib.contextmanager
def _replaced(module: Any, name: str, value: Any) -> Iterator[None]:
    """dochan has no other way to give it a parser of one's own."""
    before = getattr(module, name)
    setattr(module, name, value)
    try:
        yield
    finally:
        setattr(module, name, before)


@cache
def _hwpx_parser() -> Any:
    from dochan.hwpx.parser import HWPXParser
    from dochan.model.document import TextRun

    class Parser(HWPXParser):  # type: ignore[misc]
        """Keeps the automatic numbers of captions."""

        def _parse_ctrl(self, ctrl_elem: Any, context: Any = None) -> Any:
            for one in ctrl_elem:
                if str(one.tag).endswith("}autoNum") and one.get("numType") in _COUNTED:
                    form: dict[str, str] = {}
                    for inner in one:
                        if str(inner.tag).endswith("}autoNumFormat"):
                            form = dict(inner.attrib)
                    number = _written(form.get("type", "DIGIT"), one.get("num") or "")
                    return TextRun(text=form.get("prefixChar", "") + number + form.get("suffixChar", ""))
            return super()._parse_ctrl(ctrl_elem, context)

    return Parser


def _section_parser(beside: Beside) -> Any:
    from dochan.hwp.section import SectionParser

    class Parser(SectionParser):  # type: ignore[misc]
        """Keeps the automatic numbers of captions; puts memos and master pages into `beside`."""

        def _read_all_records(self, data: bytes, *, reject_record_limit: bool = False) -> Any:
            records = super()._read_all_records(data, reject_record_limit=reject_record_limit)
            _sort_records(records, beside)
            return records

        def _form_text_result(self, text_result: Any, ctrl_nodes: Any) -> Any:
            if any(cid == _AUTO_NUMBER for _, _, cid in text_result.get("inline_controls", [])):
                text_result, ctrl_nodes = _with_numbers(text_result, ctrl_nodes)
            return super()._form_text_result(text_result, ctrl_nodes)

    return Parser


def _with_numbers(text_result: dict[str, Any], ctrl_nodes: list[Any]) -> tuple[dict[str, Any], list[Any]]:
    """Automatic numbers in the shape of ruby text, which dochan writes into the line where it stands."""
    from dataclasses import replace

    nodes = []
    shown: list[bool] = []
    for node in ctrl_nodes:
        data = node["record"].data
        if data[:4] == _AUTO_NUMBER:
            words = _auto_number(data)
            shown.append(bool(words))
            if words:
                coded = words.encode("utf-16-le")
                ruby = _RUBY + struct.pack("<H", len(coded) // 2) + coded + b"\x00" * 22
                node = {**node, "record": replace(node["record"], data=ruby)}
        nodes.append(node)
    flags = iter(shown)
    controls = [
        (start, end, _RUBY if cid == _AUTO_NUMBER and next(flags, False) else cid)
        for start, end, cid in text_result["inline_controls"]
    ]
    return {**text_result, "inline_controls": controls}, nodes


def _auto_number(data: bytes) -> str:
    """The number that a control stands for (표 144-145): empty for pages and notes."""
    if len(data) < 10:
        return ""
    properties, number = struct.unpack_from("<IH", data, 4)
    kind, shape = properties & 0xF, properties >> 4 & 0xFF
    if kind >= len(_KINDS) or _KINDS[kind] not in _COUNTED:
        return ""
    signs = [data[place : place + 2].decode("utf-16-le", "replace").strip("\x00") for place in (12, 14)]
    return signs[0] + _written(_SHAPES[shape] if shape < len(_SHAPES) else "DIGIT", str(number)) + signs[1]


def _written(style: str, number: str) -> str:
    return write_number(style, int(number)) if number.isascii() and number.isdigit() and len(number) < 6 else ""


def _sort_records(records: list[Any], beside: Beside) -> None:
    """Finds memos (behind the last paragraph of a section) and master pages among a section's records."""
    from dochan.hwp.records.para_text import parse_para_text

    outline = 1
    target: list[str] | None = None
    memos: list[list[str]] = []
    masters: list[list[str]] = []
    within = 0  # level of what `target` belongs to
    in_memo = False
    definition = -1  # level of the section definition that is being walked
    for record in records:
        tag, level = record.tag_id, record.level
        if target is not None and level < within:
            target, in_memo = None, False
        if level <= definition:
            definition = -1
        if tag == _CTRL_HEADER and record.data[:4] == _SECTION_DEF:
            definition = level
            if len(record.data) >= 20:
                outline = struct.unpack_from("<H", record.data, 18)[0] or 1
        elif tag == _MEMO_LIST:
            memos.append([])
            target, within, in_memo = memos[-1], max(level, 1), True
        elif tag == _LIST_HEADER and (level == 1 or definition >= 0) and not in_memo:
            masters.append([])
            target, within = masters[-1], max(level, 1)
        elif tag == _PARA_TEXT and target is not None:
            target.append(parse_para_text(record.data)["text"])
    beside.outlines.append(outline)
    beside.memos += [text for memo in memos if (text := clean_line(" ".join(memo)))]
    beside.master_pages += [text for lines in masters if (text := clean_text("\n".join(lines)).strip())]


def _look_beside(archive: zipfile.ZipFile, beside: Beside) -> None:
    """The same for the parts of an HWPX package that has passed the gate."""
    sections = sorted(
        (int(match[1]), match[0]) for name in set(archive.namelist()) if (match := _SECTION.fullmatch(name))
    )
    for _number, name in sections:
        data = archive.read(name)
        outline = _OUTLINE.search(data)
        beside.outlines.append(int(outline[1]) if outline else 1)
        # A chart stands twice, once as an object for old programs.
        beside.objects += max(data.count(b"<hp:ole ") - data.count(b"<hp:chart "), 0)
        if b'type="MEMO"' in data:
            for element in _elements(data):
                if str(element.tag).endswith("}fieldBegin") and element.get("type") == "MEMO":
                    lines = ("".join(one.itertext()) for one in element.iter() if str(one.tag).endswith("}t"))
                    if text := clean_line(" ".join(lines)):
                        beside.memos.append(text)
    for name in sorted(archive.namelist()):
        if _MASTER_PAGE.fullmatch(name):
            lines = (
                "".join("".join(run.itertext()) for run in line.iter() if str(run.tag).endswith("}t"))
                for line in _elements(archive.read(name))
                if str(line.tag).endswith("}p")
            )
            if text := clean_text("\n".join(line for line in lines if line.strip())).strip():
                beside.master_pages.append(text)


def _elements(data: bytes) -> Iterator[Any]:
    from defusedxml import ElementTree

    with contextlib.suppress(ElementTree.ParseError, ValueError):
        yield from ElementTree.fromstring(data, forbid_dtd=True).iter()

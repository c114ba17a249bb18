"""Opens a Hancom document with dochan, taught what it leaves out: automatic numbers inside a line (표 1, 그림 2),
numbered paragraphs without words, which pieces are one paragraph, and words set as art.
"""

from __future__ import annotations

import contextlib
import struct
import zipfile
from collections.abc import Iterator
from typing import Any

from biseo.readers.hancom_beside import Beside, look_beside, sort_records
from biseo.readers.hancom_numbers import Heads
from biseo.readers.numbers import write_number

# Numbers of pages and notes: pages are not words, and notes get their number from us.
_COUNTED = {"PICTURE", "TABLE", "EQUATION"}
_KINDS = ("PAGE", "FOOTNOTE", "ENDNOTE", "PICTURE", "TABLE", "EQUATION")
_SHAPES = (
    "DIGIT", "CIRCLED_DIGIT", "ROMAN_CAPITAL", "ROMAN_SMALL", "LATIN_CAPITAL", "LATIN_SMALL", "CIRCLED_LATIN_CAPITAL",
    "CIRCLED_LATIN_SMALL", "HANGUL_SYLLABLE", "CIRCLED_HANGUL_SYLLABLE", "HANGUL_JAMO", "CIRCLED_HANGUL_JAMO",
    "HANGUL_PHONETIC", "IDEOGRAPH", "CIRCLED_IDEOGRAPH",
)  # fmt: skip
_AUTO_NUMBER, _RUBY = b"onta", b"tudt"
_TEXT_ART = 90
_LONGEST_ART = 1000


def open_source(path: str, kind: str, heads: Heads) -> tuple[Any, Beside]:
    """dochan's document, as it stands when all tracked changes are accepted, and what is beside it.

    Of the pieces of one paragraph only the first has no `continues`; a numbered paragraph without words is there, too.

    Raises:
        ValueError: not the kind it should be.
    """
    from dochan import Dochan, reader
    from dochan.hwp import charts

    beside = Beside()
    if kind == "hwpx":
        with _replaced(reader, "HWPXParser", _hwpx_parser(heads)):
            source = Dochan(path, include_assets=False, revision_mode="final").doc
        with contextlib.suppress(zipfile.BadZipFile, OSError), zipfile.ZipFile(path) as archive:
            look_beside(archive, beside)
    else:
        parser, payload = _section_parser(beside, heads), _counting(charts._chart_payload, beside)
        with _replaced(reader, "SectionParser", parser), _replaced(charts, "_chart_payload", payload):
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


def _counting(chart_payload: Any, beside: Beside) -> Any:
    """dochan looks into embedded objects for charts; what has none is an object that is not read."""

    def look(*arguments: Any) -> Any:
        found = chart_payload(*arguments)
        beside.objects += found is None
        return found

    return look


def _as_one(elements: list[Any], shape: int, heads: Heads) -> list[Any]:
    """Marks the pieces of one paragraph; of a numbered one without words an empty piece stands for its number."""
    from dochan.model.document import Paragraph

    # Paragraphs of boxes are among them, but were marked before.
    own = [one for one in elements if isinstance(one, Paragraph) and not hasattr(one, "continues")]
    for number, one in enumerate(own):
        one.continues = number > 0
    if own or not heads.counts(shape):
        return elements
    empty = Paragraph(para_shape_id=shape)
    empty.continues = False
    return [empty, *elements]


def _hwpx_parser(heads: Heads) -> Any:
    from dochan.hwpx.parser import HWPXParser
    from dochan.model.document import Paragraph, TextRun

    class Parser(HWPXParser):  # type: ignore[misc]
        """Keeps the automatic numbers of captions, empty numbered paragraphs and words set as art."""

        def _parse_paragraph_elem(self, p_elem: Any) -> list[Any]:
            elements = super()._parse_paragraph_elem(p_elem)
            shape = p_elem.get("paraPrIDRef") or ""
            elements = _as_one(elements, int(shape) if shape.isascii() and shape.isdigit() else -1, heads)
            return elements + [Paragraph(runs=[TextRun(text=words)]) for words in _text_art(p_elem)]

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


def _text_art(paragraph: Any) -> Iterator[str]:
    """Words set as art in a paragraph of HWPX; those of paragraphs inside of it are theirs."""
    waiting = list(paragraph)[::-1]
    while waiting:
        one = waiting.pop()
        name = str(one.tag).rpartition("}")[2]
        if name == "textart" and one.get("text"):
            yield one.get("text")
        elif name not in ("t", "subList", "tbl", "default"):
            waiting.extend(list(one)[::-1])


def _section_parser(beside: Beside, heads: Heads) -> Any:
    from dochan.hwp.section import SectionParser
    from dochan.model.document import Paragraph, TextRun

    class Parser(SectionParser):  # type: ignore[misc]
        """As for HWPX; puts memos and master pages into `beside`."""

        def _parse_paragraph_group_impl(self, para_node: Any) -> list[Any]:
            data = para_node["record"].data
            shape = struct.unpack_from("<H", data, 8)[0] if len(data) >= 10 else -1
            return _as_one(super()._parse_paragraph_group_impl(para_node), shape, heads)

        def _parse_shape_component(self, node: Any, depth: int = 0) -> list[Any]:
            found: list[Any] = super()._parse_shape_component(node, depth)
            art = (_art_words(one["record"].data) for one in node["children"] if one["record"].tag_id == _TEXT_ART)
            return found + [Paragraph(runs=[TextRun(text=words)]) for words in art if words]

        def _read_all_records(self, data: bytes, *, reject_record_limit: bool = False) -> Any:
            records = super()._read_all_records(data, reject_record_limit=reject_record_limit)
            sort_records(records, beside)
            return records

        def _form_text_result(self, text_result: Any, ctrl_nodes: Any) -> Any:
            if any(cid == _AUTO_NUMBER for _, _, cid in text_result.get("inline_controls", [])):
                text_result, ctrl_nodes = _with_numbers(text_result, ctrl_nodes)
            return super()._form_text_result(text_result, ctrl_nodes)

    return Parser


def _art_words(data: bytes) -> str:
    """The words of art in HWP 5: behind the corners of its frame, with their length in front."""
    length = struct.unpack_from("<H", data, 32)[0] if len(data) >= 34 else 0
    if not 0 < length <= _LONGEST_ART or len(data) < 34 + 2 * length:
        return ""
    words = data[34 : 34 + 2 * length].decode("utf-16-le", "replace")
    return words if "\ufffd" not in words else ""


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

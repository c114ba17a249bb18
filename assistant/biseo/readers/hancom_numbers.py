"""Paragraph heads of HWPX and HWP 5: which paragraphs are numbered or bulleted by their shape, and how.

dochan gives the paragraphs without them; the definitions are read here from `header.xml` (KS X 6101) and from the
DocInfo stream (Hancom, 한글 문서 파일 형식 5.0, tables 38-43).
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from biseo.readers.clean import bullet_sign
from biseo.readers.numbers import Counter, Head

_HEADER = "Contents/header.xml"
_MOST_DOCINFO = 64 * 1024 * 1024
_TAG_NUMBERING, _TAG_BULLET, _TAG_PARA_SHAPE = 23, 24, 25
_KINDS = ("NONE", "OUTLINE", "NUMBER", "BULLET")
_STYLES = (
    "DIGIT", "CIRCLED_DIGIT", "ROMAN_CAPITAL", "ROMAN_SMALL", "LATIN_CAPITAL", "LATIN_SMALL", "CIRCLED_LATIN_CAPITAL",
    "CIRCLED_LATIN_SMALL", "HANGUL_SYLLABLE", "CIRCLED_HANGUL_SYLLABLE", "HANGUL_JAMO", "CIRCLED_HANGUL_JAMO",
    "HANGUL_PHONETIC", "IDEOGRAPH", "CIRCLED_IDEOGRAPH", "DECAGON_CIRCLE", "DECAGON_CIRCLE_HANJA",
)  # fmt: skip
_FIRST_LEVELS = 7


@dataclass(frozen=True)
class Shape:
    """The head of a paragraph shape: its kind, the list it belongs to and its level (0 is the outermost)."""

    kind: str
    list_id: int
    level: int
    checked: bool = False


@dataclass
class Heads:
    """All definitions of a document, and the numbers as far as it has been walked.

    `outline`: the numbering that outline paragraphs of the present section follow.
    """

    shapes: dict[int, Shape] = field(default_factory=dict)
    numberings: dict[int, dict[int, Head]] = field(default_factory=dict)
    bullets: dict[int, tuple[str, str]] = field(default_factory=dict)
    outline: int = 1
    _counters: dict[tuple[str, int], Counter] = field(default_factory=dict)

    def counts(self, shape_id: int) -> bool:
        """Whether paragraphs of this shape are counted."""
        shape = self.shapes.get(shape_id)
        return shape is not None and shape.kind in ("NUMBER", "OUTLINE")

    def label(self, shape_id: int) -> tuple[str, int]:
        """The number or bullet of the next paragraph in reading order and its level (1 is the outermost).

        Empty, with level 0, when its shape has none.
        """
        shape = self.shapes.get(shape_id)
        if shape is None or shape.kind == "NONE":
            return "", 0
        if shape.kind == "BULLET":
            plain, checked = self.bullets.get(shape.list_id, ("•", ""))
            return bullet_sign(checked if shape.checked and checked else plain), shape.level + 1
        list_id = self.outline if shape.kind == "OUTLINE" else shape.list_id
        heads = self.numberings.get(list_id)
        if heads is None:
            return "", 0
        counter = self._counters.setdefault((shape.kind, list_id), Counter(heads))
        return counter.next(shape.level), shape.level + 1


def read_hwpx_heads(path: str) -> Heads:
    """The definitions of an HWPX package that has passed the gate; empty when its header cannot be read."""
    from defusedxml import ElementTree

    heads = Heads()
    try:
        with zipfile.ZipFile(path) as archive:
            root = ElementTree.fromstring(archive.read(_HEADER), forbid_dtd=True)
    except (KeyError, ElementTree.ParseError, ValueError):
        return heads
    for element in root.iter():
        name = _local(element.tag)
        if name == "numbering":
            list_id = _number(element.get("id"))
            heads.numberings[list_id] = {
                _number(head.get("level"), 1) - 1: Head(
                    head.get("numFormat") or "DIGIT", head.text or "", _number(head.get("start"), 1)
                )
                for head in element
                if _local(head.tag) == "paraHead"
            }
        elif name == "bullet":
            heads.bullets[_number(element.get("id"))] = (element.get("char") or "•", element.get("checkedChar") or "")
        elif name == "paraPr":
            for child in element.iter():
                if _local(child.tag) == "heading" and (child.get("type") or "NONE") != "NONE":
                    heads.shapes[_number(element.get("id"))] = Shape(
                        (child.get("type") or "").upper(),
                        _number(child.get("idRef")),
                        _number(child.get("level")),
                        element.get("checked") in ("1", "true"),
                    )
    return heads


def read_hwp_heads(path: str) -> Heads:
    """The definitions of an HWP 5 file; empty when its DocInfo stream cannot be read."""
    from dochan import cfb

    heads = Heads()
    try:
        with cfb.OleFileIO(path) as ole:
            properties = struct.unpack_from("<I", ole.openstream("FileHeader").read(40), 36)[0]
            data = ole.openstream("DocInfo").read(_MOST_DOCINFO)
        if properties & 1:
            data = zlib.decompressobj(-15).decompress(data, _MOST_DOCINFO)
        shapes = 0
        for tag, record in _records(data):
            if tag == _TAG_PARA_SHAPE:
                heads.shapes[shapes] = _para_shape(record)
                shapes += 1
            elif tag == _TAG_BULLET:
                heads.bullets[len(heads.bullets) + 1] = _bullet(record)
            elif tag == _TAG_NUMBERING:
                heads.numberings[len(heads.numberings) + 1] = _numbering(record)
    except (OSError, ValueError, struct.error, zlib.error):
        return Heads()
    return heads


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(tag, payload) of every whole record."""
    place = 0
    while place + 4 <= len(data):
        header = struct.unpack_from("<I", data, place)[0]
        size = header >> 20
        place += 4
        if size == 0xFFF:
            size = struct.unpack_from("<I", data, place)[0]
            place += 4
        if place + size > len(data):
            return
        yield header & 0x3FF, data[place : place + size]
        place += size


def _para_shape(record: bytes) -> Shape:
    if len(record) < 32:
        return Shape("NONE", 0, 0)
    properties = struct.unpack_from("<I", record)[0]
    # Bit 7 of the second properties: found by comparing files saved as HWP and HWPX.
    checked = len(record) >= 46 and bool(struct.unpack_from("<I", record, 42)[0] & 0x80)
    return Shape(_KINDS[properties >> 23 & 3], struct.unpack_from("<H", record, 30)[0], properties >> 25 & 7, checked)


def _bullet(record: bytes) -> tuple[str, str]:
    """The bullet's sign and its sign when checked."""
    if len(record) < 14:
        return "•", ""
    checked = record[23:25].decode("utf-16-le", "replace").strip("\x00") if len(record) >= 25 else ""
    return record[12:14].decode("utf-16-le", "replace").strip("\x00") or "•", checked


def _numbering(record: bytes) -> dict[int, Head]:
    """Heads by level."""
    found: list[tuple[str, str]] = []
    place = 0
    for _ in range(_FIRST_LEVELS):
        style, pattern, place = _para_head(record, place)
        found.append((style, pattern))
    place += 2  # the number the whole list begins with, repeated below for the first level
    starts = [1] * _FIRST_LEVELS
    if place + 4 * _FIRST_LEVELS <= len(record):
        starts = list(struct.unpack_from(f"<{_FIRST_LEVELS}I", record, place))
        place += 4 * _FIRST_LEVELS
    while place + 14 <= len(record) and len(found) < 10:  # levels 8-10 came with version 5.1
        style, pattern, place = _para_head(record, place)
        found.append((style, pattern))
        starts.append(1)
    return {
        level: Head(style, pattern, first if 0 < first < 10_000 else 1)
        for level, ((style, pattern), first) in enumerate(zip(found, starts, strict=True))
    }


def _para_head(record: bytes, place: int) -> tuple[str, str, int]:
    """Style, pattern and the place behind one head."""
    properties = struct.unpack_from("<I", record, place)[0]
    length = struct.unpack_from("<H", record, place + 12)[0]
    place += 14
    pattern = record[place : place + 2 * length].decode("utf-16-le", "replace")
    style = properties >> 5 & 0x1F
    return (_STYLES[style] if style < len(_STYLES) else "DIGIT"), pattern, place + 2 * length


def _local(tag: object) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _number(text: str | None, default: int = 0) -> int:
    try:
        return int(text or "")
    except ValueError:
        return default

"""HWPX and HWP 5 through dochan, which never raises: its `errors` tell what went wrong."""

from __future__ import annotations

import re
import zipfile
from typing import Any

from biseo.document import Document
from biseo.readers import refusal
from biseo.readers.clean import clean_line
from biseo.readers.collect import TOO_DEEP, TRACKED, Collector
from biseo.readers.hancom_numbers import Heads, read_hwp_heads, read_hwpx_heads
from biseo.readers.hancom_open import open_source

_BOOKMARK = re.compile(r"\[bookmark: [^\]]*\]")
_CHART_KIND = re.compile(r"Chart type: [a-zA-Z ,/3-]{1,40}")  # dochan's word, not the document's
_SPLIT_LIMIT = ("limit", "exceed", "budget", "초과", "한도")
DEEPEST = 30


def read_hancom(path: str, kind: str) -> Document:
    """Text of a Hancom document. `kind` is what its content is.

    Raises:
        InputFileError: encrypted, for distribution only, too large or damaged.
    """
    heads = (read_hwpx_heads if kind == "hwpx" else read_hwp_heads)(path)
    try:
        source, beside = open_source(path, kind, heads)
    except ValueError as error:
        raise refusal.damaged(path) from error
    collector = Collector()
    walk = _Walk(collector, heads)
    for number, section in enumerate(source.sections):
        heads.outline = beside.outlines[number] if number < len(beside.outlines) else 1
        walk.add(section.elements)
    _judge(path, source, collector)
    for memo in beside.memos:
        collector.add_note(f"메모: {memo}")
    for text in beside.master_pages:
        collector.add_note(text, at_end=True)
    collector.objects += beside.objects
    if _is_tracked(path, source):
        collector.warn(TRACKED)
    return collector.document(path, kind, _hwpx_title(path) if kind == "hwpx" else _hwp_title(path))


def _judge(path: str, source: Any, collector: Collector) -> None:
    """Refuse what could not be read at all, warn about what was read in part."""
    errors = [str(error) for error in source.errors]
    fatal = [error for error in errors if error.startswith("ERR")]
    header = source.file_header
    if any("암호" in error or "DRM" in error for error in fatal):
        if getattr(header, "is_drm", False) or getattr(header, "has_cert_drm", False):
            raise refusal.drm(path)
        raise refusal.encrypted(path)
    if fatal and not collector.blocks:
        if any(word in error for error in fatal for word in _SPLIT_LIMIT):
            raise refusal.unsafe(path)
        if getattr(header, "is_distribution", False):
            raise refusal.distribution(path)
        raise refusal.damaged(path)
    if any(word in error for error in errors for word in _SPLIT_LIMIT):
        collector.warn("문서가 한도보다 커서 일부를 읽지 못했습니다. 문서를 나누어 저장하면 모두 읽을 수 있습니다.")
    elif fatal:
        collector.warn("문서 일부가 손상되어 읽지 못한 곳이 있습니다. 원본과 대조해 주세요.")
    elif any("BinData" not in error for error in errors):
        collector.warn("문서에 알 수 없는 부분이 있어 빠진 글자가 있을 수 있습니다. 원본과 대조해 주세요.")


class _Walk:
    """Turns dochan's elements into blocks, in order."""

    def __init__(self, collector: Collector, heads: Heads) -> None:
        self._collector = collector
        self._heads = heads

    def add(self, elements: list[Any], depth: int = 0) -> None:
        for element in elements:
            name = type(element).__name__
            if name == "Paragraph":
                text, level = self._paragraph(element)
                self._collector.add_text(text, heading=element.heading_level, numbered=level)
            elif name == "Table":
                self._table(element, depth)
            elif name == "Image":
                self._collector.pictures += 1
                self.add(element.caption, depth)
            elif name == "Equation":
                self._collector.add_text(element.latex or element.script)
            elif name == "HeaderFooter":
                self._collector.add_note(self._joined(element.paragraphs), at_end=True)
            elif name in ("Footnote", "Comment"):
                self._note(element)
            elif hasattr(element, "elements"):
                self.add(element.elements, depth)

    def _paragraph(self, paragraph: Any) -> tuple[str, int]:
        """The text with its automatic number in front, and the level of that number. One without words counts, too."""
        text = "".join(run.text for run in paragraph.runs if not _BOOKMARK.fullmatch(run.text))
        if getattr(paragraph, "continues", False):
            return text, 0
        label, level = self._heads.label(paragraph.para_shape_id)
        return (f"{label} {text.lstrip()}", level) if label and text.strip() else (text, 0)

    def _table(self, table: Any, depth: int) -> None:
        captions = [one for one in table.caption if not _CHART_KIND.fullmatch(getattr(one, "text", "") or "")]
        first = (table.caption_side or "").upper() in ("TOP", "LEFT")
        if first:
            self.add(captions, depth)
        rows = [[cell for cell in row if not cell.is_merged_away] for row in table.rows]
        if _is_frame(rows) and depth < DEEPEST:
            for row in rows:
                for cell in row:
                    self.add(cell.paragraphs, depth + 1)
        else:
            self._collector.add_table(
                [["" if cell.is_merged_away else self._joined(cell.paragraphs) for cell in row] for row in table.rows]
            )
        if not first:
            self.add(captions, depth)

    def _joined(self, elements: list[Any], depth: int = 0) -> str:
        """All text inside a cell, a header or a note, one line a paragraph."""
        lines: list[str] = []
        if depth > DEEPEST:
            self._collector.warn(TOO_DEEP)
            return ""
        for element in elements:
            name = type(element).__name__
            if name == "Paragraph":
                lines.append(self._paragraph(element)[0])
            elif name == "Table":
                lines.append(self._joined(element.caption, depth + 1))
                for row in element.rows:
                    cells = (self._joined(cell.paragraphs, depth + 1) for cell in row if not cell.is_merged_away)
                    lines.append("\t".join(clean_line(cell) for cell in cells))
            elif name == "Image":
                self._collector.pictures += 1
                lines.append(self._joined(element.caption, depth + 1))
            elif name == "Equation":
                lines.append(element.latex or element.script)
            elif name in ("Footnote", "Comment", "HeaderFooter"):
                lines.append(self._joined(element.paragraphs, depth + 1))
        return "\n".join(line for line in lines if line.strip())

    def _note(self, note: Any) -> None:
        text = self._joined(note.paragraphs)
        if note.type == "comment":
            text = f"메모: {text}" if text.strip() else ""
        elif note.number and text.strip():
            text = f"[{note.number}] {text.strip()}"
        self._collector.add_note(text)


def _is_frame(rows: list[list[Any]]) -> bool:
    """Whether a table is only a frame around text: one column, one filled cell, or long text in single cells."""
    filled = [[cell for cell in row if _pieces(cell)] for row in rows]
    if any(len(row) > 1 for row in filled):
        return False
    if all(len(row) <= 1 for row in rows) or len(rows) == 1:
        return True
    return any(len(_pieces(cell)) > 2 for row in filled for cell in row)


def _pieces(cell: Any) -> list[Any]:
    """What a cell shows; an empty numbered paragraph is nothing."""
    return [one for one in cell.paragraphs if getattr(one, "runs", True)]


def _is_tracked(path: str, source: Any) -> bool:
    if source.file_header is not None:
        return bool(getattr(source.file_header, "is_track_change", False))
    try:
        with zipfile.ZipFile(path) as archive:
            return b"trackChange " in archive.read("Contents/header.xml")
    except KeyError:
        return False


def _hwpx_title(path: str) -> str:
    from defusedxml import ElementTree

    try:
        with zipfile.ZipFile(path) as archive:
            root = ElementTree.fromstring(archive.read("Contents/content.hpf"), forbid_dtd=True)
    except (KeyError, ElementTree.ParseError, ValueError):
        return ""
    return next((element.text or "" for element in root.iter() if str(element.tag).endswith("}title")), "")


def _hwp_title(path: str) -> str:
    """The title in the property set of an HWP 5 file (property 2, a length-prefixed UTF-16 string)."""
    import struct

    from dochan import cfb

    try:
        with cfb.OleFileIO(path) as ole:
            if not ole.exists("\x05HwpSummaryInformation"):
                return ""
            data = ole.openstream("\x05HwpSummaryInformation").read(1024 * 1024)
        section = struct.unpack_from("<I", data, 44)[0]
        for index in range(min(struct.unpack_from("<I", data, section + 4)[0], 100)):
            identifier, offset = struct.unpack_from("<II", data, section + 8 + 8 * index)
            if identifier == 2:
                kind, length = struct.unpack_from("<II", data, section + offset)
                if kind == 0x1F and length < 1000:
                    start = section + offset + 8
                    return str(data[start : start + 2 * length].decode("utf-16-le", "replace").rstrip("\x00"))
    except (OSError, ValueError, struct.error):
        pass
    return ""

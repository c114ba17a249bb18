"""What stands beside the cells of an XLSX workbook: what is hidden, memos, text boxes, page headers."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from biseo.readers.word_styles import local, value

# A formula whose result was never stored: a cell that ends right behind it, or behind an empty value.
_UNCOMPUTED = re.compile(rb"(?:</f>|<f[^>]*/>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
_NUMBER = re.compile(rb'\b(r|min|max)="(\d{1,7})"')
_IS_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_STATED = re.compile(rb'<(?:\w+:)?numFmt\b[^>]*?numFmtId="(\d{1,5})"')
_MARGIN = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)>(.*?)</", re.DOTALL)
# Codes of page headers: page, date, file, font, colour, size.
_CODES = re.compile(r'&"[^"]*"|&K[0-9A-Fa-f+-]{6,7}|&\d+|&[A-Za-z]')
_THREADED = ("[Threaded comment]", "[스레드 댓글]", "[스레드 메모]")


@dataclass
class Side:
    """What belongs to one sheet. Rows count from 1, columns from 0."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    uncomputed: int = 0
    memos: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    margins: list[str] = field(default_factory=list)


@dataclass
class Parts:
    """A workbook's sheets by the name of their part, and what is counted."""

    sheets: dict[str, Side] = field(default_factory=dict)
    formats: frozenset[int] = frozenset()
    pictures: int = 0
    charts: int = 0
    objects: int = 0


def read_parts(archive: zipfile.ZipFile) -> Parts:
    """Reads a package that has passed the gate; parts that are no XML are passed over."""
    found = Parts()
    for part in archive.infolist():
        name = part.filename
        if name.startswith("xl/media/"):
            found.pictures += 1
        elif re.fullmatch(r"xl/charts/chart\d+\.xml", name):
            found.charts += 1
        elif name.startswith("xl/embeddings/"):
            found.objects += 1
        elif name == "xl/styles.xml":
            found.formats = frozenset(int(one) for one in _STATED.findall(archive.read(part)))
        elif re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
            found.sheets[name] = _side(archive, name)
    return found


def _side(archive: zipfile.ZipFile, name: str) -> Side:
    data = archive.read(name)
    side = Side(uncomputed=sum(1 for _ in _UNCOMPUTED.finditer(data)))
    if b"hidden=" in data:
        for match in _ROW.finditer(data):
            if _IS_HIDDEN.search(match[1]) and (numbers := dict(_NUMBER.findall(match[1]))).get(b"r"):
                side.hidden_rows.add(int(numbers[b"r"]))
        for match in _COLUMN.finditer(data):
            if _IS_HIDDEN.search(match[1]):
                numbers = dict(_NUMBER.findall(match[1]))
                first, last = int(numbers.get(b"min", 1)), int(numbers.get(b"max", 0))
                side.hidden_columns.update(range(first - 1, min(last, 16_384)))
    for match in _MARGIN.finditer(data[-20_000:]):
        text = unescape(match[1].decode("utf-8", "replace"))
        side.margins.append(" ".join(_CODES.sub(" ", text).split()))
    related = list(_relations(archive, name))
    threaded = any(kind == "threadedComment" for kind, _ in related)
    for kind, target in related:
        root = _xml(archive, target)
        if root is None:
            continue
        if kind in ("comments", "threadedComment"):
            for one in root.iter():
                if local(one.tag) in ("comment", "threadedComment"):
                    text = "".join(
                        inner.text or "" for inner in one.iter() if local(inner.tag) in ("t", "text")
                    ).strip()
                    if text and not (kind == "comments" and threaded and text.startswith(_THREADED)):
                        side.memos.append(f"메모({value(one, 'ref')}): {text}")
        elif kind == "drawing":
            for one in root.iter():
                if local(one.tag) == "txBody":
                    lines = (
                        "".join(run.text or "" for run in line.iter() if local(run.tag) == "t")
                        for line in one
                        if local(line.tag) == "p"
                    )
                    side.boxes.append("\n".join(lines))
    return side


def _relations(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[str, str]]:
    """(kind, part) of what a sheet refers to inside the package."""
    folder, base = posixpath.split(name)
    root = _xml(archive, f"{folder}/_rels/{base}.rels")
    for one in root if root is not None else ():
        if value(one, "TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, value(one, "Target"))).lstrip("/")
            yield value(one, "Type").rpartition("/")[2], target


def _xml(archive: zipfile.ZipFile, name: str) -> Any:
    from defusedxml import ElementTree

    try:
        return ElementTree.fromstring(archive.read(name), forbid_dtd=True)
    except (KeyError, ElementTree.ParseError, ValueError):
        return None

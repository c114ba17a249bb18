"""What stands beside the text of a Hancom document and what dochan leaves out: memos, texts of master pages, the
numbering of each section's outline, and how many objects are embedded.
"""

from __future__ import annotations

import contextlib
import re
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from biseo.readers.clean import clean_line, clean_text

_SECTION = re.compile(r"Contents/section(\d+)\.xml")
_MASTER_PAGE = re.compile(r"Contents/masterpage\d+\.xml")
_OBJECT = re.compile(rb"<hp:(?:ole|video)\b")
_OBJECT_FOR_OLD = re.compile(rb"<hp:default\b[^>]*>\s*<hp:ole\b")
_OUTLINE = re.compile(rb'outlineShapeIDRef="(\d{1,5})"')
_PARA_TEXT, _CTRL_HEADER, _LIST_HEADER, _MEMO_LIST = 67, 71, 72, 93
_SECTION_DEF = b"dces"


@dataclass
class Beside:
    """What stands beside the text. `outlines`: id of a numbering, section by section."""

    outlines: list[int] = field(default_factory=list)
    memos: list[str] = field(default_factory=list)
    master_pages: list[str] = field(default_factory=list)
    objects: int = 0


def sort_records(records: list[Any], beside: Beside) -> None:
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


def look_beside(archive: zipfile.ZipFile, beside: Beside) -> None:
    """The same for the parts of an HWPX package that has passed the gate."""
    sections = sorted(
        (int(match[1]), match[0]) for name in set(archive.namelist()) if (match := _SECTION.fullmatch(name))
    )
    for _number, name in sections:
        data = archive.read(name)
        outline = _OUTLINE.search(data)
        beside.outlines.append(int(outline[1]) if outline else 1)
        # A chart stands twice, once as an object for old programs.
        beside.objects += len(_OBJECT.findall(data)) - len(_OBJECT_FOR_OLD.findall(data))
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

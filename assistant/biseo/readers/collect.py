"""Collects blocks in reading order and the warnings about what was left out, and makes the `Document` of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from biseo.document import Block, BlockKind, Document, table_block
from biseo.readers.clean import clean_line, clean_text
from biseo.readers.marks import LONGEST_HEADING, is_chapter, item_level

LONGEST_TITLE = 120
TRACKED = "변경 내용 추적이 남아 있는 문서여서, 지운 글은 빼고 넣은 글은 넣어 읽었습니다."
HIDDEN = "화면과 인쇄물에 나타나지 않도록 숨긴 글자는 읽지 않았습니다."
TOO_DEEP = "지나치게 깊이 겹친 표나 상자의 안쪽은 읽지 못했습니다."
_PAGE_NUMBER = re.compile(r"[-–—\s\d/쪽]*")
_GENERIC_TITLES = ("제목 없음", "untitled", "빈 문서", "문서1", "microsoft word", "word document", "powerpoint", "pdf")


class Collector:
    """One document in the making.

    Attributes:
        pictures, charts, objects: how many were met and not read; each becomes a warning.
        pages: pages of the document, None where the format has none.
    """

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.notes: list[Block] = []
        self.warnings: list[str] = []
        self.unread: list[int] = []
        self.pictures = 0
        self.charts = 0
        self.objects = 0
        self.pages: int | None = None

    def warn(self, sentence: str) -> None:
        """Add a Korean sentence once."""
        if sentence not in self.warnings:
            self.warnings.append(sentence)

    def add_text(self, text: str, heading: int = 0, page: int | None = None, numbered: int = 0) -> None:
        """A paragraph of the source, one block a line; its mark decides whether a line is an item.

        Args:
            heading: level the format itself gives it, 0 when it is no heading there.
            numbered: level of the automatic number that the format itself gives it, 0 when it has none.
        """
        whole = clean_text(text).strip()
        if heading and len(whole) <= 2 * LONGEST_HEADING and item_level(whole) <= 2:
            if whole:
                self.blocks.append(Block("heading", clean_line(whole), heading, page))
            return
        for line in whole.split("\n"):
            line = line.strip()
            if not line:
                continue
            kind: BlockKind
            level = item_level(line) or numbered
            if is_chapter(line):
                kind, level = "heading", 2
            else:
                kind = "item" if level else "paragraph"
            self.blocks.append(Block(kind, line, level, page))
            numbered = 0

    def add_note(self, text: str, page: int | None = None, at_end: bool = False) -> None:
        """A footnote or memo where it stands; a header or footer (`at_end`) goes behind the text, once."""
        text = clean_text(text).strip()
        if not text or (at_end and _PAGE_NUMBER.fullmatch(text)):
            return
        block = Block("note", text, page=page)
        if not at_end:
            self.blocks.append(block)
        elif all(note.text != text for note in self.notes):
            self.notes.append(block)

    def add_table(self, rows: Iterable[Sequence[str]], page: int | None = None) -> None:
        """A table; empty rows and the empty columns at its right end are left out."""
        cells = [[clean_line(cell) for cell in row] for row in rows]
        cells = [row for row in cells if any(row)]
        if not cells:
            return
        width = max(index + 1 for row in cells for index, cell in enumerate(row) if cell)
        self.blocks.append(table_block([(row + [""] * width)[:width] for row in cells], page))

    def document(self, path: str, format_name: str, title: str = "") -> Document:
        """The finished document. `title` is what the file's properties say; it counts only if the text agrees."""
        if self.pictures:
            self.warnings.insert(0, f"그림 {self.pictures}개는 읽지 않았습니다.")
        if self.charts:
            self.warn(f"차트 {self.charts}개는 읽지 않았습니다.")
        if self.objects:
            self.warn(f"문서에 끼워 넣은 개체 {self.objects}개는 읽지 않았습니다.")
        blocks = tuple(self.blocks + self.notes)
        if not any(block.text.strip() for block in blocks):
            self.warn("읽을 글자가 없는 문서입니다.")
        return Document(
            path,
            format_name,
            _title(path, blocks, clean_line(title)),
            self.pages,
            blocks,
            tuple(self.warnings),
            tuple(self.unread),
        )


def _title(path: str, blocks: tuple[Block, ...], stated: str) -> str:
    """The stated title if the beginning of the text contains it, else the first heading or line, else the file's name.

    Titles in file properties are often left over from another document, so they are not believed blindly.
    """
    generic = not stated or any(stated.lower().startswith(word) for word in _GENERIC_TITLES)
    squeezed = "".join(stated.split())
    for block in blocks[:30]:
        if not generic and squeezed in "".join(block.text.split()):
            return stated
    for block in blocks[:10]:
        if block.kind == "heading" and block.level == 1 and len(block.text) <= LONGEST_TITLE:
            return clean_line(block.text)
    for block in blocks:
        if block.kind in ("heading", "paragraph") and len(block.text) <= LONGEST_TITLE:
            return clean_line(block.text)
        if block.kind == "paragraph":
            break
    return stated if not generic else clean_line(Path(path).stem)

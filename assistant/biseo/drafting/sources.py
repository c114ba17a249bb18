"""What of the sources is put before the model, and what is left out and said."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from biseo.checks.evidence import passages_of
from biseo.document import Block, Document, Passage

_FOREIGN_SHARE = 0.15
"""A paragraph with a smaller share of Hangul among its letters is taken for a translation or a foreign text."""

_FOREIGN_LENGTH = 80


@dataclass(frozen=True)
class ReadSource:
    """A source as the model reads it.

    Attributes:
        name: the file's name.
        text: its text without repeated and foreign-language paragraphs.
        passages: every sentence of the whole file, for evidence.
        pages: pages of the file; 1 for a format without pages.
        notices: what was left out, Korean sentences.
    """

    name: str
    text: str
    passages: tuple[Passage, ...]
    pages: int
    notices: tuple[str, ...]


def read_source(document: Document) -> ReadSource:
    """The source with its repetitions and its foreign-language paragraphs left out of what the model reads."""
    name = PurePath(document.path).name
    kept: list[str] = []
    seen: set[str] = set()
    foreign = repeated = 0
    for block in document.blocks:
        text = _readable(block)
        if not text:
            continue
        key = "".join(text.split())
        if _is_foreign(text):
            foreign += 1
        elif len(key) > 20 and any(key in other for other in seen):
            repeated += 1
        else:
            kept.append(text)
            seen.add(key)
    if not kept:
        kept, foreign = [_readable(block) for block in document.blocks], 0
    notices = []
    if foreign:
        notices.append(f"'{name}'의 외국어 문단 {foreign}개는 초안에 쓰지 않았습니다.")
    if repeated:
        notices.append(f"'{name}'에서 되풀이된 문단 {repeated}개는 한 번만 읽었습니다.")
    return ReadSource(name, "\n".join(kept), passages_of(document), document.pages or 1, tuple(notices))


def _readable(block: Block) -> str:
    if block.rows:
        return "\n".join(" | ".join(" ".join(cell.split()) for cell in row) for row in block.rows)
    return block.text.strip()


def _is_foreign(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    if len(letters) < _FOREIGN_LENGTH:
        return False
    hangul = sum("가" <= character <= "힣" for character in letters)
    return hangul / len(letters) < _FOREIGN_SHARE

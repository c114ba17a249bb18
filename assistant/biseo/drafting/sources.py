"""What of the sources is put before the model, and what is left out and said."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import PurePath

from biseo.checks.evidence import passages_of
from biseo.document import Block, Document, Passage
from biseo.text.sentences import split_sentences

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
    blocks = [_readable(block) for block in document.blocks]
    texts, cut = _without_leftovers([text for text in blocks if text])
    for text in texts:
        key = "".join(text.split())
        if _is_foreign(text):
            foreign += 1
        elif len(key) > 20 and any(key in other for other in seen):
            repeated += 1
        else:
            kept.append(text)
            seen.add(key)
    if not kept:
        kept, foreign, cut = [text for text in blocks if text], 0, 0
    notices = []
    if foreign:
        notices.append(f"'{name}'의 외국어 문단 {foreign}개는 초안에 쓰지 않았습니다.")
    if repeated:
        notices.append(f"'{name}'에서 되풀이된 문단 {repeated}개는 한 번만 읽었습니다.")
    if cut:
        notices.append(
            f"'{name}'에서 기사 뒤에 붙은 누리집 글(저작권 표시, 다른 기사 제목 등)은 초안에 쓰지 않았습니다."
        )
    return ReadSource(name, "\n".join(kept), passages_of(document), document.pages or 1, tuple(notices))


def _readable(block: Block) -> str:
    if block.rows:
        return "\n".join(" | ".join(" ".join(cell.split()) for cell in row) for row in block.rows)
    return block.text.strip()


def _without_leftovers(texts: list[str]) -> tuple[list[str], int]:
    """The texts of a page up to what a news site prints after the article, and how many characters were left out.

    Within a paragraph everything from the marked sentence on goes; whole paragraphs go only when no paragraph of
    two sentences or more follows, so that an article quoted in the middle of a document loses nothing.
    """
    markers = _markers()
    out: list[str] = []
    before = sum(map(len, texts))
    for place, text in enumerate(texts):
        marked = [span for span in split_sentences(text) if any(marker in span.text for marker in markers)]
        if not marked:
            out.append(text)
            continue
        start = min([marked[0].start, *(text.find(marker) for marker in markers if marker in text)])
        out.append(text[:start].rstrip())
        if not any(len(split_sentences(later)) > 1 for later in texts[place + 1 :]):
            break
    out = [text for text in out if text]
    return out, before - sum(map(len, out))


@cache
def _markers() -> tuple[str, ...]:
    text = (files("biseo_resources") / "words" / "web_leftovers.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["markers"])


def _is_foreign(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    if len(letters) < _FOREIGN_LENGTH:
        return False
    hangul = sum("가" <= character <= "힣" for character in letters)
    return hangul / len(letters) < _FOREIGN_SHARE

"""What of the sources is put before the model, and what is left out and said."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import PurePath

from biseo.checks.evidence import passages_of
from biseo.document import Block, Document, Passage
from biseo.text.sentences import split_sentences

_FOREIGN_SHARE = 0.15
"""A paragraph with a smaller share of Hangul among its letters is taken for a translation or a foreign text."""

_FOREIGN_LENGTH = 30
_SEARCHED = 100_000
"""Letters of what came before in which parts of sentences are looked for: the work must not grow with their square."""

_CAPTION = re.compile(
    r"^(?:[^\s.]*[^\s.을를은는이가에의로도과와] ){1,5}"
    r"(?:[^\s]*(?:시|군|구|도|청|부|처|원|사|DB)|뉴스1|뉴시스|연합뉴스) 제공\s+(?=\S+ \S+ \S+)"
)
"""What stands under a picture, run into the paragraph behind it: 한빛시청사 한빛시 제공 …"""

_BYLINE = re.compile(r"^[^.]{0,40}기자\s*[)|]?$")


@dataclass(frozen=True)
class ReadSource:
    """A source as the model reads it.

    Attributes:
        name: the file's name.
        text: its text without repeated and foreign-language paragraphs.
        passages: every sentence of the whole file, for evidence.
        pages: pages of the file; 1 for a format without pages.
        notices: what was left out, Korean sentences.
        blocks: number of each block of the document that `text` holds, with what is left of its words.
        unread: pages that have no text or whose text could not be read.
    """

    name: str
    text: str
    passages: tuple[Passage, ...]
    pages: int
    notices: tuple[str, ...]
    blocks: tuple[tuple[int, str], ...] = ()
    unread: tuple[int, ...] = ()


def read_source(document: Document, name: str = "") -> ReadSource:
    """The source with its repetitions and its foreign-language paragraphs left out of what the model reads."""
    name = name or PurePath(document.path).name
    numbered = [(number, text) for number, text in enumerate(map(_readable, document.blocks)) if text]
    blocks = [text for _, text in numbered]
    kept: list[tuple[int, str]] = []
    seen = _Seen()
    left = ""
    foreign = repeated = 0
    for place, (number, block) in enumerate(numbered):
        text, tail = _without_leftovers(_CAPTION.sub("", block))
        fresh = []
        for span in split_sentences(text):
            key = "".join(span.text.split())
            if len(key) > 20 and key in left:
                continue
            if _BYLINE.search(span.text) or any(words in span.text for words in _page_words("mixed_in")):
                left += key + "\n"
                continue
            if len(key) > 20 and key in seen:
                repeated += 1
                continue
            fresh.append(text[span.start : span.end])
            seen.add(key)
        left += "".join(tail.split()) + "\n"
        if fresh and _is_foreign(" ".join(fresh)):
            foreign += 1
        elif fresh:
            kept.append((number, "\n".join(fresh) if "\n" in text else " ".join(fresh)))
        if tail and not any(len(split_sentences(later)) > 1 for later in blocks[place + 1 :]):
            break
    if not kept:
        kept, foreign, left = numbered, 0, ""
    notices = []
    if foreign:
        notices.append(f"'{name}'의 외국어 문단 {foreign}개는 초안에 쓰지 않았습니다.")
    if repeated:
        notices.append(f"'{name}'에서 되풀이된 문장 {repeated}개는 한 번만 읽었습니다.")
    if left.strip():
        notices.append(f"'{name}'의 기사 앞뒤에 붙은 글(저작권 표시, 다른 기사 제목 등)은 초안에 쓰지 않았습니다.")
    return ReadSource(
        name,
        "\n".join(text for _, text in kept),
        passages_of(document, name),
        document.pages or 1,
        tuple(notices),
        tuple(kept),
        unread_pages(document),
    )


def unread_pages(document: Document) -> tuple[int, ...]:
    """Pages nothing could be read of: scans, damaged ones, and those without any text."""
    if not document.pages or not any(block.page for block in document.blocks):
        return document.unread
    there = {block.page for block in document.blocks}
    return tuple(sorted({*document.unread, *(page for page in range(1, document.pages + 1) if page not in there)}))


class _Seen:
    """Sentences that came before, and parts of them; of a long source only whole ones are known again."""

    def __init__(self) -> None:
        self._whole: set[str] = set()
        self._joined = ""

    def add(self, key: str) -> None:
        self._whole.add(key)
        if len(self._joined) <= _SEARCHED:
            self._joined += key + "\n"

    def __contains__(self, key: str) -> bool:
        return key in self._whole or key in self._joined


def named_texts(sources: Iterable[ReadSource]) -> list[tuple[str, str]]:
    """(name, text) of every source, as prompts take them."""
    return [(source.name, source.text) for source in sources]


def _readable(block: Block) -> str:
    if block.rows:
        return "\n".join(" | ".join(" ".join(cell.split()) for cell in row) for row in block.rows)
    return block.text.strip()


def _without_leftovers(text: str) -> tuple[str, str]:
    """A paragraph up to what a news site prints after an article, and the rest."""
    places = [text.find(marker) for marker in _page_words("markers") if marker in text]
    if not places:
        return text, ""
    spans = [span.start for span in split_sentences(text) if span.start <= min(places)]
    start = max(spans, default=0)
    return text[:start].rstrip(), text[start:]


@cache
def _page_words(kind: str) -> tuple[str, ...]:
    text = (files("biseo_resources") / "words" / "web_leftovers.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)[kind])


def _is_foreign(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    if len(letters) < _FOREIGN_LENGTH:
        return False
    hangul = sum("가" <= character <= "힣" for character in letters)
    return hangul / len(letters) < _FOREIGN_SHARE

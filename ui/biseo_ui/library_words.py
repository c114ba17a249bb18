"""How a passage of the library is named: in lists, in citations, in a draft, among the sources of a work."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from biseo.document import Block, Document
from biseo_ui.i18n import tr

if TYPE_CHECKING:
    from biseo.library import Hit

_ARTICLE = re.compile(r"제\s*\d+\s*조(?:\s*의\s*\d+)?")
_SEPARATORS = re.compile(r"[/\\]")
KINDS = ("hwpx", "hwp", "docx", "pdf", "xlsx", "xls", "csv", "txt", "md", "html", "eml", "mht")
"""Formats that can be picked; others are found all the same."""


def name_of(path: str) -> str:
    """The name of a file, however its path is written."""
    return _SEPARATORS.split(path)[-1] or path


def place_of(hit: Hit) -> str:
    """`제14조(처리기간), 3쪽`; the title above where there is no article; empty where there is neither."""
    title = hit.article or hit.head.split("\n")[-1].strip()
    page = tr("{page}쪽").format(page=hit.page) if hit.page else ""
    return ", ".join(part for part in (title, page) if part)


def citation(hit: Hit, words: str) -> str:
    """`「민원 편람.hwpx」 제14조(처리기간), 3쪽: “…”`."""
    place = place_of(hit)
    return f"「{name_of(hit.source)}」{' ' if place else ''}{place}: “{' '.join(words.split())}”"


def short_citation(hit: Hit) -> str:
    """`「민원 편람」 제14조`, as it is cited within a sentence."""
    name = name_of(hit.source)
    stem = name.rsplit(".", 1)[0] or name
    article = _ARTICLE.match(hit.article)
    place = article[0] if article else tr("{page}쪽").format(page=hit.page) if hit.page else ""
    return f"「{stem}」{' ' if place else ''}{place}"


def cited(words: str, hit: Hit) -> str:
    """Words of a passage with their citation, within the last sentence: `…알려야 한다(「민원 편람」 제14조).`"""
    words = words.strip()
    body = words.rstrip(".")
    stop = "." if body != words else ""
    return f"{body}{'' if stop else ' '}({short_citation(hit)}){stop}"


def passage_name(hit: Hit) -> str:
    """How the passage is named as a source of its own: `민원 편람.hwpx, 제14조(처리기간)`."""
    place = _SEPARATORS.sub("·", place_of(hit)) or tr("{start:,}번째 글자부터").format(start=hit.start + 1)
    return f"{name_of(hit.source)}, {place}"


def passage_document(hit: Hit) -> Document:
    """The passage alone, as a source beside the file."""
    from biseo.stored_source import PASSAGE

    folder = hit.source[: len(hit.source) - len(name_of(hit.source))]
    return replace(preview_document(hit), path=folder + passage_name(hit), format=PASSAGE)


def preview_document(hit: Hit) -> Document:
    """The passage with the titles above it, as they lie in the index: shown before the file has been read."""
    titles = [title for title in hit.head.split("\n") if title.strip()]
    heads = tuple(Block("heading", title, level, hit.page) for level, title in enumerate(titles, start=1))
    body = tuple(Block("paragraph", line, page=hit.page) for line in hit.text.split("\n"))
    return Document(hit.source, hit.kind, titles[0] if titles else "", hit.page, (*heads, *body))


def state_words(documents: int, passages: int) -> str:
    """`문서 12건 · 대목 340개`."""
    return tr("문서 {documents:,}건 · 대목 {passages:,}개").format(documents=documents, passages=passages)


def where(document: Document, start: int, stop: int, words: str) -> tuple[int, int] | None:
    """Where a passage stands in its document: at its place, else where the same words are now, else None.

    A long document takes a second: not for the thread of the window.
    """
    text = document.text
    wanted = _packed(words)
    there = _packed(text[start:stop])
    if there and (not wanted or there == wanted or _alike(there, wanted)):
        return start, stop
    places = [number for number, character in enumerate(text) if not character.isspace()]
    place = "".join(text[number] for number in places).find(wanted[:400]) if wanted else -1
    if place < 0:
        return None
    return places[place], places[min(place + len(wanted), len(places)) - 1] + 1


def _alike(there: str, wanted: str) -> bool:
    """Tables lie in the index with their head repeated and lines between the cells."""
    wanted = wanted.replace("|", "")
    return there[:12] in wanted and there[-12:] in wanted


def _packed(words: str) -> str:
    return "".join(words.split())

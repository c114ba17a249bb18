"""The sentences and table rows of a document, as places that a statement can be looked up in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath

from biseo.document import Document, Passage
from biseo.text.sentences import split_sentences


def passages_of(document: Document, name: str = "") -> tuple[Passage, ...]:
    """The sentences of a document's blocks and the rows of its tables, in order, with page and offset in its text.

    Args:
        name: what the source is called; the file's name where nothing is given.
    """
    name = name or file_name(document)
    passages = []
    offset = 0
    titles: dict[int, str] = {}
    for block in document.blocks:
        heading = block.kind == "heading"
        if heading:
            titles = {level: title for level, title in titles.items() if level < block.level}
        above = " ".join(titles.values())
        head = ""
        for span in split_sentences(block.text):
            row = "\t" in span.text
            context = f"{head}\n{above}" if head else above
            passages.append(Passage(name, block.page, span.text, offset + span.start, context, heading))
            if row and not head:
                head = span.text
        if heading:
            titles[block.level] = block.text
        offset += len(block.text) + 1
    return tuple(passages)


def passages_in_text(text: str, source: str) -> tuple[Passage, ...]:
    """The sentences of a plain text, as passages of a source that has no pages."""
    return tuple(Passage(source, None, span.text, span.start) for span in split_sentences(text))


def file_name(document: Document) -> str:
    """The name of its file without the folders, wherever it was read."""
    return PurePath(document.path.replace("\\", "/")).name


def source_names(documents: Sequence[Document]) -> tuple[str, ...]:
    """What to call each source: its file name, with folders before it where two files have the same name."""
    parts = [PurePath(document.path.replace("\\", "/")).parts for document in documents]
    names = [_last(each, 1) for each in parts]
    for length in range(2, max(map(len, parts), default=1) + 1):
        count = Counter(names)
        names = [name if count[name] == 1 else _last(each, length) for name, each in zip(names, parts, strict=True)]
    seen: Counter[str] = Counter()
    for number, name in enumerate(names):  # the same file twice
        seen[name] += 1
        if seen[name] > 1:
            names[number] = f"{name} ({seen[name]})"
    return tuple(names)


def _last(parts: tuple[str, ...], count: int) -> str:
    return "/".join(part.strip("/\\") for part in parts[-count:])

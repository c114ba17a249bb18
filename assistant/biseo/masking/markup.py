"""The words of a document's XML part, each character knowing where it stands, so that it can be masked in its place."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_TOKEN = re.compile(
    r"<!--.*?-->|<!\[CDATA\[(?P<data>.*?)\]\]>|<\?.*?\?>|<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>|(?P<words>[^<]+)", re.DOTALL
)
_NAME = re.compile(r"</?(?:[\w.-]+:)?(?P<name>[\w.-]+)")
_ATTRIBUTE = re.compile(r"(?P<name>[\w:.-]+)\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')")
_ENTITY = re.compile(r"&(?:#[0-9]+|#x[0-9A-Fa-f]+|\w+);")
# Attributes with words or an address in them; what is left are sizes, identities and names of styles.
_WORDY = re.compile(r"[가-힣@]|0[0-9][0-9 .-]{7,}|[0-9]{6}-[0-9]{7}")
_AUTHOR_TAGS = re.compile(
    r"<(?:\w+:)?(?:creator|lastModifiedBy|Manager)[ >]|<(?:\w+:)?meta[^>]*name=\"(?:creator|lastsaveby)\""
)
_AUTHOR_ATTRIBUTES = {"author": "작성자", "initials": "", "userId": "", "providerId": ""}
_DELETED = re.compile(r"<(w:(?:del|moveFrom))(?:\s[^<>]*[^/<>])?>.*?</\1>", re.DOTALL)
_BREAKS = {"p": "\n", "br": "\n", "lineBreak": "\n", "cr": "\n", "tab": "\t", "nbSpace": " ", "fwSpace": " "}


@dataclass
class Part:
    """One part as text: `words` is what a reader would see, `places` where each of its characters stands in `source`.

    A place is (start, end) in the source; (-1, -1) for what only separates (a paragraph's end, the border of a cell).
    """

    source: str
    words: str = ""
    places: list[tuple[int, int]] = field(default_factory=list)
    cleared: list[tuple[int, int, str]] = field(default_factory=list)

    def with_masks(self, masked: str) -> str:
        """The source with the characters of `masked`, as long as `words`, in the places of the old ones."""
        changes = [
            (start, end, new)
            for (start, end), old, new in zip(self.places, self.words, masked, strict=True)
            if old != new and start >= 0
        ]
        pieces: list[str] = []
        last = 0
        for start, end, new in sorted(changes + self.cleared):
            if start >= last:
                pieces += (self.source[last:start], new)
                last = end
        return "".join(pieces) + self.source[last:]


def without_deleted(source: str) -> str:
    """A part of a DOCX without what its tracked changes deleted or moved away."""
    return _DELETED.sub("", source)


def read_part(source: str) -> Part:
    """The words of a part: text of paragraphs, cells apart by tabs and rows by newlines, then wordy attributes."""
    part = Part(source)
    reader = _Reader(part, "<w:p" in source or "<hp:p" in source or "<a:p" in source)
    for token in _TOKEN.finditer(source):
        reader.take(token)
    reader.attributes_last()
    part.words = "".join(reader.chars)
    return part


def read_plain(source: str) -> Part:
    """A part that is plain text."""
    return Part(source, source, [(place, place + 1) for place in range(len(source))])


class _Reader:
    def __init__(self, part: Part, paragraphs: bool) -> None:
        self.part, self.paragraphs = part, paragraphs
        self.chars: list[str] = []
        self._pending = ""
        self._last_tag = ""
        self._deleted = 0
        self._attributes: list[tuple[int, str]] = []

    def take(self, token: re.Match[str]) -> None:
        if token["words"] is not None:
            self._words(token.start(), token["words"])
        elif token["data"] is not None:
            self._words(token.start("data"), token["data"], entities=False)
        elif not token[0].startswith(("<!", "<?")):
            self._tag(token.start(), token[0])

    def _words(self, start: int, words: str, entities: bool = True) -> None:
        if self._deleted:
            self.part.cleared.append((start, start + len(words), ""))
            return
        if _AUTHOR_TAGS.match(self._last_tag):
            self.part.cleared.append((start, start + len(words), ""))
            return
        if not words.strip() and not self._last_tag.rstrip("/>").split(" ")[0].endswith((":t", "<t")):
            return  # only sets the tags apart
        self._separate()
        self._add(start, words, entities)

    def _separate(self) -> None:
        self.chars += self._pending
        self.part.places += [(-1, -1)] * len(self._pending)
        self._pending = ""

    def _add(self, start: int, words: str, entities: bool) -> None:
        for text, begin, end in _characters(words) if entities else ((char, n, n + 1) for n, char in enumerate(words)):
            self.chars.append(text)
            self.part.places.append((start + begin, start + end))

    def _tag(self, start: int, tag: str) -> None:
        self._last_tag = tag
        found = _NAME.match(tag)
        name = found["name"] if found else ""
        closing = tag.startswith("</")
        if not closing:
            self._note_attributes(start, tag)
        if name in ("deleteBegin", "deleteEnd"):
            self._deleted = max(0, self._deleted + (1 if name == "deleteBegin" else -1))
        if not self.paragraphs:
            if closing:
                self._pending = "\n"
        elif closing and name == "tc":
            self._pending = self._pending.rstrip("\n") + "\t"
        elif closing and name == "tr":
            self._pending = self._pending.removesuffix("\t") + "\n"
        elif name == "p":
            if closing and not self._pending.endswith("\n"):
                self._pending += "\n"
        elif name in _BREAKS and not closing:
            self._pending += _BREAKS[name]

    def _note_attributes(self, start: int, tag: str) -> None:
        for match in _ATTRIBUTE.finditer(tag):
            group = "double" if match["double"] is not None else "single"
            name = match["name"].rpartition(":")[2]
            if name in _AUTHOR_ATTRIBUTES or ("trackChangeAuthor" in tag and name == "name"):
                new = _AUTHOR_ATTRIBUTES.get(name, "작성자")
                self.part.cleared.append((start + match.start(group), start + match.end(group), new))
            elif _WORDY.search(html.unescape(match[group])):
                self._attributes.append((start + match.start(group), match[group]))

    def attributes_last(self) -> None:
        for start, value in self._attributes:
            self._pending = "\n"
            self._separate()
            self._add(start, value, True)


def _characters(words: str) -> Iterator[tuple[str, int, int]]:
    """Each character with where it stands; an entity is one character."""
    last = 0
    for match in _ENTITY.finditer(words):
        yield from ((words[n], n, n + 1) for n in range(last, match.start()))
        text = html.unescape(match[0])
        yield (text if len(text) == 1 else " "), match.start(), match.end()
        last = match.end()
    yield from ((words[n], n, n + 1) for n in range(last, len(words)))

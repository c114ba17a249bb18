"""XML in which every element and every word knows its bytes, so that a change leaves all other bytes as they are.

A tree that is written out again would change declarations, quotes, empty elements and entities all over the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.parsers import expat

DEEPEST = 500
_TAG = re.compile(rb"<[^>\"']*(?:\"[^\"]*\"[^>\"']*|'[^']*'[^>\"']*)*>")
_DECLARATION = re.compile(r"<\?xml[^>]*\?>")


class BadXml(Exception):
    """The part is no XML that can be changed safely."""


class Words:
    """Characters of the text element `parent`: `text` stands in the bytes from `start` to `end`."""

    __slots__ = ("end", "parent", "start", "text")

    def __init__(self, text: str, start: int, end: int, parent: Element) -> None:
        self.text, self.start, self.end, self.parent = text, start, end, parent


class Element:
    """One element.

    Attributes:
        name: without namespace; `space` is its namespace.
        start, inner, close, end: byte places: of its `<`, after its start tag, of its end tag, after its end tag. For
            an empty element (`<a/>`) the last three are the same.
        number: of paragraphs (elements called `p`): how many came before it; else -1.
    """

    __slots__ = ("attributes", "children", "close", "end", "inner", "name", "number", "parent", "space", "start")

    def __init__(self, name: str, space: str, attributes: dict[str, str], start: int, parent: Element | None) -> None:
        self.name, self.space, self.attributes, self.start, self.parent = name, space, attributes, start, parent
        self.children: list[Element | Words] = []
        self.inner = self.close = self.end = start
        self.number = -1

    @property
    def elements(self) -> list[Element]:
        """Child elements."""
        return [child for child in self.children if isinstance(child, Element)]

    def child(self, name: str) -> Element | None:
        """The first child of that name."""
        return next((one for one in self.elements if one.name == name), None)

    def walk(self) -> Iterator[Element]:
        """This element and all below it, in the order of the file."""
        stack = [self]
        while stack:
            element = stack.pop()
            yield element
            stack.extend(reversed(element.elements))

    def above(self) -> Iterator[Element]:
        """Parent, its parent, and so on."""
        element = self.parent
        while element is not None:
            yield element
            element = element.parent


def as_utf8(data: bytes) -> bytes:
    """The part in UTF-8 (almost every one is already, and then it is the same bytes).

    Raises:
        BadXml: another encoding.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return _DECLARATION.sub('<?xml version="1.0" encoding="UTF-8"?>', data.decode("utf-16"), count=1).encode()
        except UnicodeDecodeError as error:
            raise BadXml("encoding") from error
    declared = re.match(rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?encoding=[\"']([\w.-]+)[\"']", data)
    if declared and declared[1].lower() not in (b"utf-8", b"utf8", b"us-ascii"):
        raise BadXml("encoding")
    return data


def parse(data: bytes, text_elements: frozenset[str]) -> Element:
    """The tree of a part in UTF-8; words are kept inside of `text_elements` only.

    Raises:
        BadXml: not well-formed, a document type, or nested beyond all sense.
    """
    return _Builder(data, text_elements).tree()


class _Builder:
    def __init__(self, data: bytes, text_elements: frozenset[str]) -> None:
        self._data, self._text_elements = data, text_elements
        self._root: Element | None = None
        self._open: list[Element] = []
        self._paragraphs = 0
        self._parser = parser = expat.ParserCreate("utf-8", " ")
        parser.buffer_text = False
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._doctype

    def tree(self) -> Element:
        try:
            self._parser.Parse(self._data, True)
        except expat.ExpatError as error:
            raise BadXml("not well-formed") from error
        if self._root is None:
            raise BadXml("empty")
        return self._root

    def _doctype(self, *_declared: object) -> None:
        raise BadXml("document type")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._open) >= DEEPEST:
            raise BadXml("too deep")
        space, _, local = name.rpartition(" ")
        parent = self._open[-1] if self._open else None
        start = self._parser.CurrentByteIndex
        element = Element(local, space, attributes, start, parent)
        tag = _TAG.match(self._data, start)
        if tag is None:
            raise BadXml("tag")
        element.inner = element.close = element.end = tag.end()
        if local == "p":
            element.number = self._paragraphs
            self._paragraphs += 1
        if parent is None:
            self._root = element
        else:
            parent.children.append(element)
        self._open.append(element)

    def _end(self, _name: str) -> None:
        element = self._open.pop()
        if self._data[element.inner - 2 : element.inner] != b"/>":
            element.close = self._parser.CurrentByteIndex
            tag = _TAG.match(self._data, element.close)
            if tag is None:
                raise BadXml("tag")
            element.end = tag.end()

    def _characters(self, text: str) -> None:
        if not self._open or self._open[-1].name not in self._text_elements:
            return
        start = self._parser.CurrentByteIndex
        if self._data[start : start + 1] == b"&":
            end = self._data.index(b";", start) + 1
        elif text == "\n" and self._data[start : start + 2] == b"\r\n":
            end = start + 2
        else:
            end = start + len(text.encode("utf-8"))
        self._open[-1].children.append(Words(text, start, end, self._open[-1]))


class Edits:
    """Changes to the bytes of one part. No two may touch the same bytes; the same one twice is one."""

    def __init__(self) -> None:
        self._edits: dict[tuple[int, int, bytes], None] = {}

    def put(self, start: int, end: int, content: bytes = b"") -> None:
        """`content` instead of the bytes from `start` to `end` (before `start`, when they are the same)."""
        if start != end or content:
            self._edits[start, end, content] = None

    def __bool__(self) -> bool:
        return bool(self._edits)

    def apply(self, data: bytes) -> bytes:
        """`data` with the changes.

        Raises:
            BadXml: two changes touch the same bytes.
        """
        pieces: list[bytes] = []
        place = 0
        for start, end, content in sorted(self._edits, key=lambda edit: (edit[0], edit[1])):
            if start < place:
                raise BadXml("overlapping changes")
            pieces += (data[place:start], content)
            place = end
        return b"".join([*pieces, data[place:]])

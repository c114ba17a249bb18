"""A source as it is kept with the work: its text, packed, and the marks that tell whether its file is still the same.

What was read is packed in the thread that has read it, a block at a time, so that neither the window nor the saving of
the first change waits for a long document.
"""

from __future__ import annotations

import hashlib
import json
import threading
import weakref
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from biseo.document import Block, Document
from biseo.errors import InputFileError
from biseo.worksession import SourceMark

MOST_BYTES = 400_000_000
"""Longer sources, unpacked, are remembered by name and hash only, as a document of 50 MB of text is not."""
_PIECE = 1 << 18
PASSAGE = "passage"
"""Format of a source that is a passage of a file, and in its mark in the place of the file's hash: it has no file."""


@dataclass
class _Known:
    document: weakref.ref[Document]
    mark: SourceMark
    packed: bytes | None


_known: dict[int, _Known] = {}
"""By identity, as long as the document lives: comparing documents would read all of them."""
_lock = threading.Lock()


def prepare(document: Document, file: Path | None = None) -> SourceMark:
    """Work out the mark of a document that was just read, and pack it; `file` is where from."""
    mark, packed = _packed(document, hash_of(file) if file is not None else "")
    _remember(document, mark, packed)
    return mark


def mark_of(document: Document) -> SourceMark:
    """Its mark; worked out only where it is not known yet."""
    known = _lookup(document)
    return known.mark if known is not None else prepare(document)


def pack(document: Document) -> bytes:
    """The document for the store; `mark_of(document).stored` is its name there."""
    known = _lookup(document)
    if known is not None and known.packed is not None:
        return known.packed
    return _packed(document, "")[1]


def drop_packed(document: Document) -> None:
    """It is in the store: its packed form takes no more memory."""
    known = _lookup(document)
    if known is not None:
        known.packed = None


def unpack(packed: bytes, mark: SourceMark) -> Document:
    """The document that was stored, under the path where it was.

    Raises:
        InputFileError: what is stored is damaged (`source-damaged`).
    """
    try:
        lines = _lines(packed)
        head = _known_only(json.loads(next(lines)), Document)
        blocks = tuple(_block(json.loads(line)) for line in lines)
        lists = {"warnings": tuple(head["warnings"]), "unread": tuple(head.get("unread", ()))}
        document = Document(**{**head, **lists, "path": mark.path, "blocks": blocks})
    except (ValueError, TypeError, KeyError, StopIteration, RuntimeError, zlib.error) as error:
        raise InputFileError(
            "source-damaged", "저장해 둔 자료가 손상되어 열 수 없습니다.", "자료 파일을 다시 넣어 주세요."
        ) from error
    _remember(document, mark, None)
    return document


def state_of_file(mark: SourceMark) -> str:
    """`same`, `changed` or `missing`; a file whose bytes were never looked at counts as the same."""
    if mark.file == PASSAGE:
        return "same"
    try:
        if not Path(mark.path).is_file():
            return "missing"
        return "same" if not mark.file or hash_of(Path(mark.path)) == mark.file else "changed"
    except OSError:
        return "missing"


def _packed(document: Document, file: str) -> tuple[SourceMark, bytes]:
    """The mark and the packed document, in one pass; nothing packed where it is too long."""
    name, text, packer = hashlib.sha256(), hashlib.sha256(), zlib.compressobj(1)
    file = PASSAGE if document.format == PASSAGE else file
    packed: list[bytes] = []
    size = 0
    for number, line in enumerate(_written(document)):
        name.update(line)
        size += len(line)
        if size <= MOST_BYTES:
            packed.append(packer.compress(line))
        if number:  # the first one is the head
            words = document.blocks[number - 1].text
            text.update(("\n" + words if number > 1 else words).encode("utf-8", "surrogatepass"))
    fits = size <= MOST_BYTES
    mark = SourceMark(document.path, text.hexdigest(), name.hexdigest() if fits else "", file)
    return mark, b"".join([*packed, packer.flush()]) if fits else b""


def _written(document: Document) -> Iterator[bytes]:
    """A line for all but the blocks, and one for each block; the path is no part of it, for a copy has another."""
    head = {each.name: getattr(document, each.name) for each in fields(Document) if each.name not in _OWN}
    if not document.unread:  # so that what was stored before there was such a field keeps its name
        del head["unread"]
    yield _line(head)
    for block in document.blocks:
        yield _line({name: value for name, value in vars(block).items() if value != _DEFAULTS.get(name)})


_OWN = ("path", "blocks")
_DEFAULTS: dict[str, Any] = {"level": 0, "page": None, "rows": ()}


def _line(data: dict[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass") + b"\n"


def _lines(packed: bytes) -> Iterator[str]:
    unpacker, left = zlib.decompressobj(), b""
    for place in range(0, len(packed), _PIECE):
        *whole, left = (left + unpacker.decompress(packed[place : place + _PIECE])).split(b"\n")
        yield from (line.decode("utf-8", "surrogatepass") for line in whole)
    if left or not unpacker.eof:
        raise ValueError("cut off")


def _block(data: dict[str, Any]) -> Block:
    found = _known_only(data, Block)
    if "rows" in found:
        found["rows"] = tuple(tuple(row) for row in found["rows"])
    return Block(**found)


def _known_only(data: dict[str, Any], kind: type) -> dict[str, Any]:
    names = _NAMES[kind]
    return {name: value for name, value in data.items() if name in names}


_NAMES: dict[type, frozenset[str]] = {kind: frozenset(each.name for each in fields(kind)) for kind in (Document, Block)}


def hash_of(file: Path) -> str:
    """SHA-256 of a file's bytes; nothing where it cannot be read."""
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def _remember(document: Document, mark: SourceMark, packed: bytes | None) -> None:
    key = id(document)

    def forget(_gone: object) -> None:
        _known.pop(key, None)

    with _lock:
        _known[key] = _Known(weakref.ref(document, forget), mark, packed)


def _lookup(document: Document) -> _Known | None:
    known = _known.get(id(document))
    return known if known is not None and known.document() is document else None

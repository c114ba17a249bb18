"""What crosses the pipe from the reader process: JSON only, so that a hostile file can at worst produce text.

(Pickle would let a taken-over child run code in the program's own process.)
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from biseo.document import Block, Document
from biseo.errors import ClassifiedFileError, InputFileError, UserFacingError
from biseo.readers.refusal import CLASSIFIED


def pack_document(document: Document) -> bytes:
    """A document as the bytes of one message."""
    value = {
        "format": document.format,
        "title": document.title,
        "pages": document.pages,
        "blocks": [[b.kind, b.text, b.level, b.page, b.rows] for b in document.blocks],
        "warnings": document.warnings,
        "unread": document.unread,
    }
    return json.dumps({"document": value}, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def pack_error(error: UserFacingError, where: str = "") -> bytes:
    """A refusal as the bytes of one message; `where` names the failing code, for the developer."""
    value = [error.code, error.message, error.advice, where]
    return json.dumps({"error": value}, ensure_ascii=False).encode("utf-8")


def error_of(value: Sequence[str]) -> InputFileError:
    """The refusal in a message: code, sentence, advice, and where in the code it came from."""
    code, text, advice, where = map(str, value)
    kind = ClassifiedFileError if code == CLASSIFIED else InputFileError
    error = kind(code, text, advice)
    if where:
        error.add_note(where)
    return error


def unpack(message: bytes, path: str) -> Document:
    """The document in a message.

    Raises:
        InputFileError: the message is a refusal.
        ValueError: the message is none of ours.
    """
    try:
        value: dict[str, Any] = json.loads(message)
        if "error" in value:
            raise error_of(value["error"])
        found = value["document"]
        blocks = tuple(
            Block(kind, str(text), int(level), page, tuple(tuple(map(str, row)) for row in rows))
            for kind, text, level, page, rows in found["blocks"]
        )
        warnings, unread = tuple(map(str, found["warnings"])), tuple(map(int, found["unread"]))
        return Document(path, str(found["format"]), str(found["title"]), found["pages"], blocks, warnings, unread)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("unknown message") from error

"""`biseo read`: the text of one document."""

from __future__ import annotations

from threading import Event
from typing import Any

from biseo.cli.arguments import Arguments
from biseo.cli.console import Console
from biseo.document import Block, Document
from biseo.readers import read_document


def run_read(arguments: Arguments, console: Console, cancel: Event) -> int:
    """Print the document; its warnings go to stderr.

    Raises:
        InputFileError: the file cannot be read.
        Cancelled: the user stopped it.
    """
    document = read_document(arguments.file, cancel)
    for warning in document.warnings:
        console.note(warning)
    console.result(document_data(document), document.text)
    return 0


def document_data(document: Document) -> dict[str, Any]:
    """The document as the contract's JSON."""
    return {
        "path": document.path,
        "format": document.format,
        "title": document.title,
        "pages": document.pages,
        "blocks": [_block(block) for block in document.blocks],
        "warnings": list(document.warnings),
    }


def _block(block: Block) -> dict[str, Any]:
    data: dict[str, Any] = {"kind": block.kind, "text": block.text, "level": block.level, "page": block.page}
    if block.kind == "table":
        data["rows"] = [list(row) for row in block.rows]
    return data

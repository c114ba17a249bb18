"""Draft and clipboard: copying keeps items and tables, pasting takes the words alone."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QMimeData
from PySide6.QtGui import (
    QGuiApplication,
    QStandardItemModel,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextDocumentFragment,
    QTextTable,
)

from biseo.document import Draft
from biseo.text.characters import unify_line_ends
from biseo_ui.widgets.draft_reader import BODY, GAP, HEADING, HEADLINE, SUBHEAD, cell_text, role_of, table_of, text_of

CHECKED = "application/x-biseo-checked"
"""On the clipboard beside words that the official was asked about, or that hold no personal data."""
_PICTURE = "\ufffc"


def copy_draft(draft: Draft) -> None:
    """Put a whole draft on the clipboard, laid out as a file of it would be, with the line that it is a draft."""
    from biseo.writers import lay_out

    data = mime_of(lay_out(draft), draft.profile)
    data.setData(CHECKED, b"1")  # who calls this has passed the privacy gate
    QGuiApplication.clipboard().setMimeData(data)


def mime_of(pieces: object, profile: str) -> QMimeData:
    """Pieces as HTML and as plain text."""
    from biseo.writers.clipboard import to_html, to_plain
    from biseo.writers.profiles import find_profile

    data = _lasting_mime()
    data.setHtml(f"<html><body>{to_html(pieces, find_profile(profile))}</body></html>")
    data.setText(to_plain(pieces))
    return data


def mime_of_words(words: str) -> QMimeData:
    """Plain text alone."""
    data = _lasting_mime()
    data.setText(words)
    return data


def _lasting_mime() -> QMimeData:
    """An empty QMimeData that C++ has made.

    The clipboard keeps what it is given until after Python has ended; the destructor of one made in Python then calls
    into Python and crashes the program.
    """
    model = QStandardItemModel(1, 1)
    data = model.mimeData([model.index(0, 0)])
    for kind in data.formats():
        data.removeFormat(kind)
    return data


def mime_of_selection(cursor: QTextCursor, profile: str = "plain") -> QMimeData | None:
    """What is selected, with its items and tables; None for words within one line, which are only text."""
    first, last = cursor.selectionStart(), cursor.selectionEnd()
    document = cursor.document()
    if document.findBlock(first) == document.findBlock(last):
        return None
    pieces = _pieces(document, first, last, profile)
    return mime_of(pieces, profile) if pieces else None


def _pieces(document: QTextDocument, first: int, last: int, profile: str) -> list[object]:
    from biseo.writers.grid import lay_out_table
    from biseo.writers.marks import Levels, find_mark
    from biseo.writers.pieces import Heading, Item, Paragraph, Subtitle, Title
    from biseo.writers.profiles import find_profile

    found: list[object] = []
    levels, sign = Levels(), _heading_mark(document, profile)
    seen: QTextTable | None = None
    block = document.findBlock(first)
    while block.isValid() and block.position() < last:
        table = table_of(block)
        if table is not None:
            if table != seen:
                seen = table
                laid = lay_out_table(*_rows(table, first, last), find_profile(profile))
                if laid is not None:
                    found.append(laid)
        else:
            text, role = _part(block, first, last), role_of(block)
            mark = find_mark(text) if role == BODY else None
            if role == HEADING:
                levels = Levels(1 if sign else 0)
                text = sign + text
            if mark is not None:
                found.append(Item(mark.text, mark.gap, mark.body, levels.level(mark)))
            elif text.strip() or role != GAP:
                made = {HEADING: Heading, HEADLINE: Title, SUBHEAD: Subtitle}.get(role, Paragraph)
                found.append(made(text))
        block = block.next()
    return found


def _heading_mark(document: QTextDocument, profile: str) -> str:
    """What a file of this draft has before its headings; nothing where its lines themselves begin with that mark."""
    from biseo.writers.marks import find_mark
    from biseo.writers.profiles import find_profile

    sign = find_profile(profile).heading_mark
    block = document.begin()
    while sign and block.isValid():
        mark = find_mark(block.text()) if role_of(block) == BODY and table_of(block) is None else None
        if mark is not None and (mark.family, mark.rank) == ("symbol", 1):
            return ""
        block = block.next()
    return f"{sign} " if sign else ""


def _rows(table: QTextTable, first: int, last: int) -> tuple[tuple[tuple[str, ...], ...], int]:
    """The rows of a table that the selection touches, and how many of them head it."""
    rows, heads = [], 0
    for row in range(table.rows()):
        begin = table.cellAt(row, 0).firstPosition()
        end = table.cellAt(row, table.columns() - 1).lastPosition()
        if end >= first and begin < last:
            rows.append(tuple(cell_text(table, row, column) for column in range(table.columns())))
            heads += row < table.format().headerRowCount()
    return tuple(rows), heads


def _part(block: QTextBlock, first: int, last: int) -> str:
    """The words of a block that are selected."""
    begin, end = max(first, block.position()), min(last, block.position() + block.length() - 1)
    if (begin, end) == (block.position(), block.position() + block.length() - 1):
        return text_of(block)
    cursor = QTextCursor(block)
    cursor.setPosition(begin)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText().replace("\u2028", "\n").replace("\xa0", " ")


def pasted_text(data: QMimeData) -> str:
    """The words on a clipboard, without fonts, colours, pictures and what cannot be seen; empty where there are none.

    Other programs bring text beside their HTML; where one brings HTML only, its words are taken out of it.
    """
    text = data.text() if data.hasText() else ""
    if not text.strip() and data.hasHtml():
        text = QTextDocumentFragment.fromHtml(data.html()).toPlainText()
    text = unify_line_ends(text).replace("\u2028", "\n").replace("\u2029", "\n").replace("\xa0", " ")
    kept = (c for c in text if c in "\n\t\u200d" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co"))
    return unicodedata.normalize("NFC", "".join(c for c in kept if c != _PICTURE)).rstrip("\n")

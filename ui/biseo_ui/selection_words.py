"""The selected words of the page as they leave it: with the usual masks, or with the values behind placeholders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument

from biseo_ui.dialogs.privacy_question import KEEP, MASK
from biseo_ui.draft_clipboard import mime_of_selection, mime_of_words
from biseo_ui.widgets.draft_reader import first_units, table_of, text_of, units

if TYPE_CHECKING:
    from biseo.checks.privacy import Kind
    from biseo.masking.placeholders import Placeholders

_Part = tuple[int, int, str, str]
"""Document position and offset in all words where a selected stretch of a line begins, its words, what goes before."""


def plain_words(cursor: QTextCursor) -> str:
    """The selected words, as they stand."""
    return cursor.selection().toPlainText().replace("\xa0", " ")


def count_in_selection(
    cursor: QTextCursor, known: Sequence[tuple[Kind, str]], hidden: Placeholders
) -> tuple[str, str]:  # fmt: skip
    """What is visible among the selected words, and what is hidden behind placeholders, each in words or empty."""
    from biseo.checks.privacy import find_private
    from biseo.masking.drafts import counted, told

    words = _words(cursor)
    visible = counted(item.kind for item in find_private(words, known)) if words else {}
    return told(visible), told(counted(hidden.kinds(words)))


def mime_of(
    cursor: QTextCursor, answer: str, known: Sequence[tuple[Kind, str]], hidden: Placeholders, profile: str
) -> QMimeData:
    """The selection as the official answered, with its items and tables."""
    copy = cursor.document().clone()
    changed = _changed(copy, cursor, _changes(_words(cursor), answer, known, hidden))
    rich = mime_of_selection(changed, profile)
    data = mime_of_words(plain_words(changed)) if rich is None else rich
    copy.deleteLater()
    return data


def _changes(
    words: str, answer: str, known: Sequence[tuple[Kind, str]], hidden: Placeholders
) -> list[tuple[int, int, str]]:
    """Start, end and new words of what is replaced, by place and without overlap."""
    from biseo.checks.privacy import find_private
    from biseo.masking.words import mask_value

    changes = [
        (start, end, value.value if answer == KEEP else hidden.mask(value.mark))
        for start, end, value in hidden.find(words)
    ]
    if answer == MASK:
        changes += [
            (item.start, item.end, mask_value(item.kind, words[item.start : item.end], item.keep))
            for item in find_private(words, known)
        ]
    kept: list[tuple[int, int, str]] = []
    for change in sorted(changes):
        if not kept or kept[-1][1] <= change[0]:
            kept.append(change)
    return kept


def _changed(copy: QTextDocument, cursor: QTextCursor, changes: Sequence[tuple[int, int, str]]) -> QTextCursor:
    """The selection in a copy of its document, in which those changes are made."""
    parts, before = list(_parts(cursor)), copy.characterCount()
    edit = QTextCursor(copy)
    for start, end, new in reversed(changes):
        inside = [part for part in parts if part[1] < end and start < part[1] + len(part[2])]
        for number, (position, offset, words, _) in reversed(list(enumerate(inside))):
            first, last = max(start - offset, 0), min(end - offset, len(words))
            edit.setPosition(position + units(words[:first]))
            edit.setPosition(position + units(words[:last]), QTextCursor.MoveMode.KeepAnchor)
            # A mask is as long as what it hides, so that every line gets its own part of it.
            put = new[offset + first - start : offset + last - start] if len(new) == end - start else new
            edit.insertText(put if len(new) == end - start or number == 0 else "")
    # As numbers: a cursor at the beginning of what is replaced would move behind it.
    edit.setPosition(cursor.selectionStart())
    last = cursor.selectionEnd() + copy.characterCount() - before
    edit.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
    return edit


def _words(cursor: QTextCursor) -> str:
    return "".join(before + words for *_, words, before in _parts(cursor))


def _parts(cursor: QTextCursor) -> Iterator[_Part]:
    """The lines of the selection; cells of a row are a tab apart, so that a list reads as one."""
    document = cursor.document()
    first, last = cursor.selectionStart(), cursor.selectionEnd()
    block, offset, begun = document.findBlock(first), 0, False
    row: tuple[int, int] | None = None
    while block.isValid() and block.position() <= last and first < last:
        begin, end = max(first, block.position()), min(last, block.position() + block.length() - 1)
        words = text_of(block)
        head = first_units(words, begin - block.position())
        words = first_units(words[len(head) :], end - begin)
        now = _row(block)
        before = "" if not begun else "\t" if now is not None and now == row else "\n"
        yield begin, offset + len(before), words, before
        offset += len(before) + len(words)
        begun, row, block = True, now, block.next()


def _row(block: QTextBlock) -> tuple[int, int] | None:
    table = table_of(block)
    return None if table is None else (table.firstPosition(), table.cellAt(block.position()).row())

"""Where the policy says so, nothing leaves the window by the clipboard, a drag, or a selection."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QPlainTextEdit, QTextEdit, QWidget

_EDITORS = (QTextEdit, QPlainTextEdit, QLineEdit)
_KEYS = (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.Cut)
_ENTRIES = ("edit-copy", "edit-cut", "link-copy")
"""Names that Qt gives the entries of its own context menus."""


class ClipboardGuard(QObject):
    """Watches the whole program.

    Keys and menu entries are stopped before anything is copied, so that what lay on the clipboard stays there; pressing
    on a selection drops it, so that there is nothing to drag. What no rule foresaw is taken off the clipboard again.
    Words that were copied or cut in an editor of the program can be pasted in the program, for they do not leave it.

    Args:
        tell: says why; called when somebody has tried.
    """

    def __init__(self, tell: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._tell = tell
        self._words = ""
        self._clipboard = QGuiApplication.clipboard()
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)
        self._clipboard.changed.connect(self._on_changed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride) and isinstance(event, QKeyEvent):
            if isinstance(watched, QWidget) and self._on_key(watched, event, kind == QEvent.Type.KeyPress):
                event.accept()
                return True
        elif kind == QEvent.Type.Show and isinstance(watched, QMenu):
            for action in watched.actions():
                if action.objectName() in _ENTRIES:
                    action.setEnabled(False)
        elif kind == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent) and isinstance(watched, QWidget):
            drop_selection(watched, event.position().toPoint())
        return False

    def forget(self) -> None:
        """Drop the words that were copied within the program."""
        self._words = ""

    def _on_key(self, widget: QWidget, event: QKeyEvent, pressed: bool) -> bool:
        """Whether the key is ours; what it does is done when it is pressed."""
        if event.matches(QKeySequence.StandardKey.Paste):
            if pressed and self._words:
                _insert(widget, self._words)
            return bool(self._words) and isinstance(widget, _EDITORS)
        if not any(event.matches(keys) for keys in _KEYS):
            return False
        if pressed:
            self._words = _taken(widget, event.matches(QKeySequence.StandardKey.Cut)) or self._words
            self._tell()
        return True

    def owns(self, mode: QClipboard.Mode) -> bool:
        """Whether what lies there was put there by this program."""
        return {
            QClipboard.Mode.Clipboard: self._clipboard.ownsClipboard,
            QClipboard.Mode.Selection: self._clipboard.ownsSelection,
            QClipboard.Mode.FindBuffer: self._clipboard.ownsFindBuffer,
        }[mode]()

    def _on_changed(self, mode: QClipboard.Mode) -> None:
        if mode == QClipboard.Mode.Clipboard:
            self._words = ""  # somebody has copied something newer
        there = self._clipboard.mimeData(mode)
        if there is not None and there.formats() and self.owns(mode):
            # Not inside of the signal: the platform has not finished yet with what it was given.
            QTimer.singleShot(0, self, lambda: self._clear(mode))

    def _clear(self, mode: QClipboard.Mode) -> None:
        self._clipboard.clear(mode)
        if mode == QClipboard.Mode.Clipboard:
            self._tell()


def drop_selection(widget: QWidget, at: QPoint) -> None:
    """Where somebody presses on selected words, they are selected no more: a drag begins on a selection only."""
    if isinstance(widget, QLabel):
        if widget.hasSelectedText():
            widget.setSelection(widget.selectionStart(), 0)
    elif isinstance(widget, QLineEdit):
        widget.setDragEnabled(False)
    else:
        area = widget.parentWidget()
        if isinstance(area, QTextEdit | QPlainTextEdit) and widget is area.viewport():
            cursor = area.textCursor()
            place = area.cursorForPosition(at).position()
            if cursor.selectionStart() <= place <= cursor.selectionEnd() and cursor.hasSelection():
                area.setTextCursor(_at(cursor, place))


def _at(cursor: QTextCursor, place: int) -> QTextCursor:
    cursor.setPosition(place)
    return cursor


def _taken(widget: QWidget, cut: bool) -> str:
    """The words that are selected in an editor; they go from there where they were cut and may be changed."""
    if isinstance(widget, QLineEdit):
        if widget.echoMode() != QLineEdit.EchoMode.Normal:
            return ""
        words = widget.selectedText()
        if cut and words and not widget.isReadOnly():
            widget.del_()
        return words
    if isinstance(widget, QTextEdit | QPlainTextEdit):
        cursor = widget.textCursor()
        words = cursor.selection().toPlainText().replace("\xa0", " ")
        if cut and words and not widget.isReadOnly() and widget.canInsertFromMimeData(_plain(words)):
            cursor.removeSelectedText()
        return words
    return ""


def _insert(widget: QWidget, words: str) -> None:
    if isinstance(widget, QLineEdit):
        if not widget.isReadOnly():
            widget.insert(words.replace("\n", " "))
    elif isinstance(widget, QTextEdit | QPlainTextEdit) and not widget.isReadOnly():
        data = _plain(words)
        if widget.canInsertFromMimeData(data):
            widget.insertFromMimeData(data)


def _plain(words: str) -> QMimeData:
    data = QMimeData()
    data.setText(words)
    return data

"""Puts the lock page in the place of everything a window shows, and everything back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard, QDrag, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QToolTip, QWidget

from biseo_ui.i18n import tr
from biseo_ui.pages.lock_page import LockPage


class ScreenCover:
    """What is covered is taken out of the window, so that neither keys nor screen readers reach it."""

    def __init__(self, window: QMainWindow, page: LockPage) -> None:
        self._window, self.page = window, page
        self._covered: QWidget | None = None
        self._focus: QWidget | None = None
        self._title = ""

    @property
    def on(self) -> bool:
        """Whether the lock page is shown."""
        return self._covered is not None

    def put(self) -> None:
        """Cover everything, at once."""
        if self.on:
            return
        window = self._window
        QGuiApplication.inputMethod().commit()  # the syllable that is being composed belongs to the work
        self._focus = window.focusWidget()
        if QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            QDrag.cancel()
        self._close_others()
        self._covered = window.takeCentralWidget()
        window.setCentralWidget(self.page)
        self.page.show()
        self._title = window.windowTitle()
        window.setWindowTitle(tr("행정비서 – 잠김"))
        for action in window.actions():
            action.setEnabled(False)
        clear_clipboard()
        self.page.focus_first()
        window.repaint()

    def take_away(self) -> None:
        """Show what was covered."""
        window, covered = self._window, self._covered
        if covered is None:
            return
        self._covered = None
        window.takeCentralWidget()
        self.page.hide()
        window.setCentralWidget(covered)
        covered.show()
        window.setWindowTitle(self._title)
        for action in window.actions():
            action.setEnabled(True)

    def end(self) -> None:
        """The window goes: what was covered goes with it, unseen."""
        covered, self._covered = self._covered, None
        if covered is not None:
            covered.setParent(self._window)

    def focus_again(self) -> None:
        """The keyboard is where it was, if that is still there."""
        from shiboken6 import isValid

        focus, self._focus = self._focus, None
        if focus is not None and isValid(focus) and focus.window() is self._window and focus.isVisible():
            focus.setFocus()

    def _close_others(self) -> None:
        """Menus, lists and dialogs may show words of the work, too; a question counts as not answered."""
        QToolTip.hideText()
        popup = QApplication.activePopupWidget()
        while popup is not None:
            popup.close()
            after = QApplication.activePopupWidget()
            popup = after if after is not popup else None
        for other in QApplication.topLevelWidgets():
            if other is self._window or not other.isVisible():
                continue
            if isinstance(other, QDialog):
                other.reject()
            else:
                other.hide()


def clear_clipboard() -> None:
    """Take our own text off the clipboard; what another program has put there stays."""
    clipboard = QGuiApplication.clipboard()
    if is_ours():
        clipboard.clear(QClipboard.Mode.Clipboard)
    if clipboard.supportsSelection() and clipboard.ownsSelection():
        clipboard.clear(QClipboard.Mode.Selection)


def is_ours() -> bool:
    """Whether this program has put there what is on the clipboard."""
    return QGuiApplication.clipboard().ownsClipboard()

"""What is copied from anywhere else in the window than the page of the draft passes the privacy gate, too."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

from biseo_ui.dialogs.privacy_question import CANCEL, KEEP
from biseo_ui.draft_clipboard import CHECKED, mime_of_words
from biseo_ui.jobs import JobRunner
from biseo_ui.privacy_gate import PrivacyGate

LONG = 20_000
"""Characters; more of them are looked at beside the window (1 MB takes about a second)."""


class CopyNet(QObject):
    """Looks at what this program has put on the clipboard: sources, evidence, findings, lists, versions, fields.

    What holds personal data is masked there at once, and the official is asked; what lay on the clipboard before is
    gone then, as after any copying. The selection of X11 is masked without a question, for it is made by selecting.
    """

    def __init__(self, gate: PrivacyGate, runner: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._gate, self._runner = gate, runner
        self._clipboard = QGuiApplication.clipboard()
        self._clipboard.changed.connect(self._on_changed)

    def _on_changed(self, mode: QClipboard.Mode) -> None:
        if mode == QClipboard.Mode.FindBuffer or not self._is_ours(mode):
            return
        data = self._clipboard.mimeData(mode)
        if data is None or data.hasFormat(CHECKED) or not data.hasText():
            return
        words = data.text()
        if len(words) > LONG:
            self._clipboard.clear(mode)  # until it has been looked at, which the window does not wait for
            job = self._runner.call(
                "checks", lambda: (self._gate.found_in_words(words), self._gate.masked_words(words))
            )
            job.item.connect(lambda looked: self._on_looked(words, *looked, mode))
        elif any(self._gate.found_in_words(words)):
            # Not inside of the signal: the platform has not finished yet with what it was given.
            QTimer.singleShot(0, self, lambda: self._catch(words, mode))

    def _catch(self, words: str, mode: QClipboard.Mode) -> None:
        if not self._is_ours(mode) or self._clipboard.text(mode) != words:
            return
        self._put(self._gate.masked_words(words), mode)
        if mode == QClipboard.Mode.Clipboard:
            self._gate.question(
                *self._gate.found_in_words(words), "copy", lambda answer: self._on_answer(words, answer)
            )

    def _on_looked(self, words: str, found: tuple[str, str], masked: str, mode: QClipboard.Mode) -> None:
        self._put(masked if any(found) else words, mode)
        if any(found) and mode == QClipboard.Mode.Clipboard:
            self._gate.question(*found, "copy", lambda answer: self._on_answer(words, answer))

    def _on_answer(self, words: str, answer: str) -> None:
        if answer == CANCEL:
            self._clipboard.clear()
        elif answer == KEEP:
            self._put(self._gate.shown_words(words), QClipboard.Mode.Clipboard)

    def _put(self, words: str, mode: QClipboard.Mode) -> None:
        data = mime_of_words(words)
        data.setData(CHECKED, b"1")
        self._clipboard.setMimeData(data, mode)

    def _is_ours(self, mode: QClipboard.Mode) -> bool:
        selection = mode == QClipboard.Mode.Selection
        return self._clipboard.ownsSelection() if selection else self._clipboard.ownsClipboard()

"""Nothing with personal data is saved, printed or copied before the official has said how."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QTextEdit, QWidget

from biseo.document import Draft
from biseo_ui.dialogs.privacy_question import KEEP, MASK, ask_private

Dress = Callable[[Draft], Draft]
"""Makes of a draft what leaves: itself, or a masked copy."""


class PrivacyGate(QObject):
    """Asks where personal data is found; passes at once where there is none.

    Args:
        editor: its copying and cutting pass the gate, too.
        known: the values found in the sources, which are looked for in the draft as well.
    """

    def __init__(self, parent: QWidget, editor: QTextEdit, known: Callable[[], tuple[tuple[str, str], ...]]) -> None:
        super().__init__(parent)
        self._parent, self._editor, self._known = parent, editor, known
        self.ask: Callable[[QWidget, str, str, Callable[[str], object]], object] = ask_private
        editor.installEventFilter(self)

    def pass_draft(self, draft: Draft, way: str, then: Callable[[Dress], object]) -> None:
        """Do `then` with what is to be made of the draft before it leaves; not at all when the official says no.

        Args:
            way: `save`, `print` or `copy`.
        """
        from biseo.masking.drafts import count_in_draft, masked_draft, told  # not needed at start

        known = self._known()
        counts = count_in_draft(draft, known)
        if not counts:
            then(_as_it_is)
            return

        def answered(answer: str) -> None:
            if answer == MASK:
                then(lambda now: masked_draft(now, known))
            elif answer == KEEP:
                then(_as_it_is)

        self.ask(self._parent, told(counts), way, answered)

    def told(self, draft: Draft) -> str:
        """What is found in a draft, by kind (`이름 2곳, 휴대전화 1곳`), or nothing."""
        from biseo.masking.drafts import count_in_draft, told

        return told(count_in_draft(draft, self._known()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._editor and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            for keys, cut in ((QKeySequence.StandardKey.Copy, False), (QKeySequence.StandardKey.Cut, True)):
                if event.matches(keys):
                    return self.take_selection(cut)
        return False

    def guard_menu(self, menu: QMenu) -> None:
        """Let copying and cutting in a context menu of the editor pass the gate."""
        for action in menu.actions():
            if action.objectName() in ("edit-copy", "edit-cut"):
                cut = action.objectName() == "edit-cut"
                action.triggered.disconnect()
                action.triggered.connect(lambda _checked=False, cut=cut: self.take_selection(cut) or self._plainly(cut))

    def take_selection(self, cut: bool) -> bool:
        """Ask about the selected words; False when there is nothing to ask and the editor may go on by itself."""
        from biseo.checks.privacy import find_private
        from biseo.masking.drafts import counted, told
        from biseo.masking.words import mask_text

        if cut and not self._may_change():
            return False
        known = self._known()
        words = self._editor.textCursor().selection().toPlainText().replace("\xa0", " ")
        counts = counted(item.kind for item in find_private(words, known)) if words else {}
        if not counts:
            return False

        def answered(answer: str) -> None:
            if answer == KEEP:
                self._plainly(cut)
            elif answer == MASK:
                if cut and self._may_change():
                    self._editor.textCursor().removeSelectedText()
                QGuiApplication.clipboard().setText(mask_text(words, known))

        self.ask(self._parent, told(counts), "copy", answered)
        return True

    def _may_change(self) -> bool:
        """Whether the editor takes changes at the selection now."""
        probe = QMimeData()
        probe.setText("가")
        return self._editor.canInsertFromMimeData(probe)

    def _plainly(self, cut: bool) -> None:
        (self._editor.cut if cut else self._editor.copy)()


def _as_it_is(draft: Draft) -> Draft:
    return draft

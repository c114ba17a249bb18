"""Nothing with personal data is saved, printed or copied before the official has said how."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QMenu, QTextEdit, QWidget

from biseo.document import Draft
from biseo_ui.dialogs.privacy_question import CANCEL, KEEP, MASK, SEEN, ask_private
from biseo_ui.draft_clipboard import CHECKED
from biseo_ui.hiding import Hiding, Known

if TYPE_CHECKING:
    from biseo.masking.placeholders import Placeholders

Dress = Callable[[Draft], Draft]
"""Makes of a draft what leaves: itself, or a masked copy."""
Texts = Mapping[str, str]
OWN = "application/x-biseo-words"
"""On the clipboard beside masked words: that this program knows what they were. Means nothing to any other."""


class PrivacyGate(QObject):
    """Asks where personal data is found; passes at once where there is none.

    Args:
        known: the values found in the sources, which are looked for in the draft as well.
        hiding: the placeholders of the work; they are masked or shown in what leaves, and never leave themselves.
        reason: why the agency's policy lets personal data leave masked only; empty where it does not say so.
    """

    def __init__(
        self, parent: QWidget, editor: QTextEdit, known: Callable[[], Known], hiding: Hiding, reason: str = ""
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._parent, self._editor, self._known, self._hiding = parent, editor, known, hiding
        self.reason = reason
        self.ask: Callable[..., object] = ask_private
        self._as_it_is = False
        editor.installEventFilter(self)

    def question(self, found: str, hidden: str, way: str, then: Callable[[str], object]) -> None:
        """Ask; `then` gets an answer that the policy allows."""
        more: dict[str, Any] = {"hidden": hidden} if hidden else {}
        if self.reason:
            more["reason"] = self.reason

        def answered(answer: str) -> None:
            then(CANCEL if self.reason and answer in (KEEP, SEEN) else answer)

        self.ask(self._parent, found, way, answered, **more)

    # a draft

    def pass_draft(self, draft: Draft, way: str, then: Callable[[Dress], object]) -> None:
        """Do `then` with what is to be made of the draft before it leaves; not at all when the official says no.

        Args:
            way: `save`, `print` or `copy`.
        """
        found, hidden = self._found_in(draft)
        if not found and not hidden:
            then(self._dress(SEEN))  # something may be hidden until it leaves
            return

        def answered(answer: str) -> None:
            if answer != CANCEL:
                then(self._dress(answer))

        self.question(found, hidden, way, answered)

    def told(self, draft: Draft) -> str:
        """What is visible in a draft, by kind (`이름 2곳, 휴대전화 1곳`), or nothing."""
        return self._found_in(draft)[0]

    def _found_in(self, draft: Draft) -> tuple[str, str]:
        from biseo.masking.drafts import count_hidden, count_in_draft, told  # not needed at start

        hidden = count_hidden(draft, self._hiding.words) if self._hiding.values else {}
        return told(count_in_draft(draft, self._all_known())), told(hidden)

    def _all_known(self) -> Any:
        """What is looked for in all that leaves: values of the sources, and those that are hidden elsewhere."""
        pairs = self._hiding.words.pairs if self._hiding.values else ()
        return (*pairs, *self._known())

    def _dress(self, answer: str) -> Dress:
        from biseo.masking.drafts import count_hidden, masked_draft, with_masks, with_values

        known = self._all_known()

        def dress(draft: Draft) -> Draft:
            if not self._hiding.values or not count_hidden(draft, self._hiding.words):
                return masked_draft(draft, known) if answer == MASK else draft
            if answer == KEEP:
                return with_values(draft, self._hiding.words)
            draft = with_masks(draft, self._hiding.words)
            return masked_draft(draft, known) if answer == MASK else draft

        return dress

    # texts by name, as in an agency's form

    def pass_texts(self, texts: Texts, way: str, then: Callable[[dict[str, str]], object]) -> None:
        """Do `then` with the texts as they may leave; not at all when the official says no."""
        from biseo.masking.texts import count_in_texts, dressed_texts

        words, known = self._hiding.words, self._all_known()
        found, hidden = count_in_texts(texts, known, words)
        if not found and not hidden:
            then(dict(texts))
            return

        def answered(answer: str) -> None:
            if answer != CANCEL:
                then(dressed_texts(texts, answer, known, words))

        self.question(found, hidden, way, answered)

    # words from anywhere else in the window

    def found_in_words(self, words: str) -> tuple[str, str]:
        """What is visible in some words, and what is hidden, each by kind (`이름 2곳`) or empty."""
        from biseo.checks.privacy import find_private
        from biseo.masking.drafts import counted, told

        hidden = self._hiding.words.kinds(words) if self._hiding.values else []
        visible = counted(item.kind for item in find_private(words, self._all_known()))
        return told(visible), told(counted(hidden))

    def masked_words(self, words: str) -> str:
        """The words with the usual masks, for good."""
        from biseo.masking.words import mask_text

        plain = self._hiding.words.mask(words) if self._hiding.values else words
        return mask_text(plain, self._all_known())

    def shown_words(self, words: str) -> str:
        """The words with the values behind placeholders."""
        return self._hiding.words.restore(words) if self._hiding.values else words

    # the selection of the page

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
        from biseo_ui.selection_words import count_in_selection

        if cut and not self._may_change():
            return False
        cursor = self._editor.textCursor()
        found, hidden = count_in_selection(cursor, self._all_known(), self._hiding.words)
        if not found and not hidden:
            return False

        def answered(answer: str) -> None:
            if answer == CANCEL:
                return
            if answer == KEEP and not hidden:
                self._plainly(cut)
                return
            QGuiApplication.clipboard().setMimeData(self._mime(cursor, answer))
            if cut and self._may_change():
                self._editor.textCursor().removeSelectedText()

        self.question(found, hidden, "copy", answered)
        return True

    def dressed(self) -> QMimeData | None:
        """What is dragged out, or selected where selecting is copying: masked, for nobody can be asked then."""
        from biseo_ui.selection_words import count_in_selection

        cursor = self._editor.textCursor()
        if self._as_it_is or not any(count_in_selection(cursor, self._all_known(), self._hiding.words)):
            return None
        return self._mime(cursor, MASK)

    def own_words(self, data: QMimeData) -> str | None:
        """The words as they stood on the page, where they were taken from here and come back."""
        token, pieces = self._hiding.taken
        if not token or not data.hasFormat(OWN) or data.data(OWN).data() != token:
            return None
        return self._hiding.joined(pieces)

    def _mime(self, cursor: QTextCursor, answer: str) -> QMimeData:
        from biseo_ui.selection_words import mime_of, plain_words

        words: Placeholders = self._hiding.words
        data = mime_of(cursor, answer, self._all_known(), words, getattr(self._editor, "profile", "plain"))
        self._hiding.taken = os.urandom(16), self._hiding.pieces(plain_words(cursor))
        data.setData(OWN, self._hiding.taken[0])
        data.setData(CHECKED, b"1")
        return data

    def _may_change(self) -> bool:
        """Whether the editor takes changes at the selection now."""
        probe = QMimeData()
        probe.setText("가")
        return self._editor.canInsertFromMimeData(probe)

    def _plainly(self, cut: bool) -> None:
        self._as_it_is = True
        data = self._editor.createMimeDataFromSelection()
        self._as_it_is = False
        if not self._editor.textCursor().hasSelection():
            return
        data.setData(CHECKED, b"1")
        QGuiApplication.clipboard().setMimeData(data)
        if cut:
            self._editor.textCursor().removeSelectedText()

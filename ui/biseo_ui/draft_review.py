"""Whether a person has taken the draft over, and whether it is still what they took over."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from biseo.document import Review
from biseo.worksession import SectionWords, digest
from biseo_ui.draft_history import DraftHistory


class DraftReview(QObject):
    """A review holds for the very words it was given for: any edit makes a draft again, undoing it brings it back.

    Args:
        seal: the page as it counts; that a value is hidden behind a placeholder makes no other words of it.

    Signals:
        changed: whether the document is complete now.
        reopened: an edit has made a draft of it again.
    """

    changed = Signal(bool)
    reopened = Signal()

    def __init__(
        self, history: DraftHistory, seal: Callable[[Sequence[SectionWords]], Sequence[SectionWords]] = tuple
    ) -> None:  # fmt: skip
        super().__init__(history)
        self._history, self._seal = history, seal
        self._review: Review | None = None
        self._of = ""
        self._valid = False
        history.changed.connect(self._on_words)

    @property
    def current(self) -> Review | None:
        """The review, while it holds."""
        return self._review if self._valid else None

    @property
    def stored(self) -> tuple[Review | None, str]:
        """The review and the digest of the words it was given for, also while an edit lies on them."""
        return self._review, self._of

    def complete(self, review: Review) -> None:
        """A person takes over what stands on the page now."""
        self._review, self._of, self._valid = review, self._digest(), True
        self.changed.emit(True)

    def restore(self, review: Review | None, of: str) -> None:
        """Take what `stored` gave."""
        self._review, self._of = review, of
        self._valid = review is not None and self._digest() == of
        if self._valid:
            self.changed.emit(True)

    def withdraw(self) -> None:
        """It is a draft again, whatever is undone."""
        valid, self._valid = self._valid, False
        self._review, self._of = None, ""
        if valid:
            self.changed.emit(False)

    def _digest(self) -> str:
        return digest(self._seal(self._history.words))

    def _on_words(self) -> None:
        if self._review is None:
            return
        valid = self._digest() == self._of
        if valid == self._valid:
            return
        self._valid = valid
        self.changed.emit(valid)
        if not valid:
            self.reopened.emit()

"""What the policy of the agency locks, said beside it: a lock and the reason."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from biseo_ui.i18n import tr
from biseo_ui.theme import Theme
from biseo_ui.widgets.wrapped_label import WrappedLabel

SIGN = 18


class LockNote(QWidget):
    """A lock and a sentence; nothing at all where there is no reason."""

    def __init__(self, theme: Theme, reason: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self.reason = theme, ""
        self._sign = QLabel()
        self._sign.setAccessibleName(tr("잠김"))
        self.words = WrappedLabel("", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.pixels(6))
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.say(reason)

    def say(self, reason: str) -> None:
        """Another reason, or none."""
        self.reason = reason
        self.words.setText(reason)
        self.setAccessibleName(tr("잠김: {reason}").format(reason=reason))
        self.setHidden(not reason)

    def _restyle(self) -> None:
        self._sign.setPixmap(self._theme.icon("lock", "muted").pixmap(self._theme.pixels(SIGN)))


def lock(control: QWidget, reason: str) -> None:
    """Switch a control off because the policy says so; the reason must be seen beside it, too."""
    control.setEnabled(False)
    control.setToolTip(reason)
    control.setAccessibleDescription(tr("잠김: {reason}").format(reason=reason))

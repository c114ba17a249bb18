"""What is being done, how far, since when, how much longer."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from biseo_ui.i18n import tr
from biseo_ui.theme import Theme
from biseo_ui.widgets.elided_label import ElidedLabel
from biseo_ui.work_clock import WorkClock, duration


class ProgressStrip(QWidget):
    """Shown while something is being written."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("진행"))
        self._what = ElidedLabel()
        self._time = QLabel()
        self._time.setProperty("role", "muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("진행률"))
        row = QHBoxLayout()
        row.addWidget(self._what, 1)
        row.addWidget(self._time)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.pixels(n) for n in (12, 6, 12, 6)))
        column.setSpacing(theme.pixels(4))
        column.addLayout(row)
        column.addWidget(self._bar)

    def show_clock(self, clock: WorkClock) -> None:
        """Take the figures of the work."""
        share = "" if clock.percent < 0 or clock.writing else f" {clock.percent}%"
        self._what.setText(clock.label + share)
        parts = [tr("{time} 지남").format(time=duration(clock.elapsed))]
        if clock.remaining is not None:
            parts.append(tr("약 {time} 남음").format(time=duration(clock.remaining)))
        self._time.setText(" · ".join(parts))
        if clock.percent < 0:
            self._bar.setRange(0, 0)
        else:
            self._bar.setRange(0, 100)
            self._bar.setValue(min(100, clock.percent))

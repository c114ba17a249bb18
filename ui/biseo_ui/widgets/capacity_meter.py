"""How much of what the model can hold the sources take, before anything is written."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from biseo_ui.i18n import tr
from biseo_ui.services import SourcesSize
from biseo_ui.theme import Theme
from biseo_ui.widgets.wrapped_label import WrappedLabel

LONG = "⚠ 긴 문서라 나누어 읽고 간추립니다. 빠뜨리는 부분은 없지만 시간이 더 걸립니다."


class CapacityMeter(QWidget):
    """A bar with numbers below the sources; hidden where there is nothing to tell."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = QLabel(tr("자료 분량"))
        self._name.setProperty("role", "muted")
        self.figures = QLabel()
        self.figures.setProperty("role", "muted")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("자료 분량"))
        self.bar.setToolTip(tr("모델이 한 번에 읽을 수 있는 분량 가운데 자료가 차지하는 만큼입니다."))
        self.left = WrappedLabel(role="muted")
        self.note = WrappedLabel(tr(LONG), role="warning")
        self._row = QHBoxLayout()
        self._row.addWidget(self._name)
        self._row.addStretch(1)
        self._row.addWidget(self.figures)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._row)
        for widget in (self.bar, self.left, self.note):
            self._column.addWidget(widget)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.show_size(None)

    def show_measuring(self) -> None:
        """The sources are there, the model is about to measure them."""
        self.figures.setText(tr("재는 중"))
        self.bar.setRange(0, 0)
        self._show(tr("남은 분량을 재고 있습니다."), long=False)  # its line is there, so that nothing moves later

    def show_size(self, size: SourcesSize | None) -> None:
        """What is known of the sources; None hides it."""
        if size is None:
            self.hide()
            return
        room = max(0, size.room)
        share = f" ({round(100 * size.tokens / room)}%)" if room else ""
        self.figures.setText(f"{size.tokens:,} / {room:,}{share}")
        self.bar.setRange(0, max(1, room))
        self.bar.setValue(min(size.tokens, max(1, room)))
        left = room - size.tokens
        over = tr("한 번에 읽을 수 있는 분량보다 {count:,} 많습니다.").format(count=-left)
        self._show(tr("남은 분량 {count:,}").format(count=left) if size.fits else over, long=not size.fits)

    def _show(self, left: str, long: bool) -> None:
        self.left.setText(left)
        self.note.setVisible(long)
        words = " ".join(part for part in (self.figures.text(), left, tr(LONG) if long else "") if part)
        self.bar.setAccessibleDescription(words)
        self.show()

    def _restyle(self) -> None:
        self._column.setContentsMargins(0, self._theme.pixels(2), 0, 0)
        self._column.setSpacing(self._theme.pixels(3))
        self.bar.setFixedHeight(self._theme.pixels(12))

"""How much of what the model can hold the sources take, before anything is written."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from biseo.events import Coverage, Progress
from biseo_ui.i18n import tr
from biseo_ui.services import SourcesSize
from biseo_ui.theme import Theme
from biseo_ui.widgets.wrapped_label import WrappedLabel

LONG = (
    "⚠ 긴 문서라 모든 쪽을 규칙으로 읽고 중요한 부분은 모델이 함께 읽습니다. 빠뜨리는 쪽은 없지만 시간이 더 걸립니다. "
    "도중에 멈추어도 읽은 것은 남아, 다시 쓰면 이어서 읽습니다."
)


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
        self._read_name = QLabel(tr("읽은 쪽"))
        self._read_name.setProperty("role", "muted")
        self.read = QLabel()
        self.read.setProperty("role", "muted")
        self.read_bar = QProgressBar()
        self.read_bar.setTextVisible(False)
        self.read_bar.setAccessibleName(tr("읽은 쪽"))
        self.read_note = WrappedLabel(role="muted")
        self._column = QVBoxLayout(self)
        for name, figures, below in (
            (self._name, self.figures, (self.bar, self.left, self.note)),
            (self._read_name, self.read, (self.read_bar, self.read_note)),
        ):
            row = QHBoxLayout()
            row.addWidget(name)
            row.addStretch(1)
            row.addWidget(figures)
            self._column.addLayout(row)
            for widget in below:
                self._column.addWidget(widget)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.forget_reading()
        self.show_size(None)

    def show_measuring(self) -> None:
        """The sources are there, the model is about to measure them."""
        self.figures.setText(tr("재는 중"))
        self.bar.setRange(0, 0)
        self._show(tr("남은 분량을 재고 있습니다."), long=False)  # its line is there, so that nothing moves later

    def show_size(self, size: SourcesSize | None) -> None:
        """What is known of the sources; None hides it."""
        if size is None:
            self.forget_reading()
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

    def show_reading(self, event: Progress) -> None:
        """How many pages of a long document are read so far."""
        self._show_pages(event.done, event.total, "")

    def show_coverage(self, coverage: Coverage) -> None:
        """What was read of a long document, and what the draft rests on."""
        if not coverage.parts:
            self.forget_reading()
            return
        told = []
        if coverage.unreadable:
            told.append(tr("글이 없거나 읽지 못한 쪽: {pages}").format(pages=" · ".join(coverage.unreadable)))
        told.append(
            tr("규칙은 {parts:,}부분을 모두, 모델은 {model:,}부분을 읽었습니다.").format(
                parts=coverage.parts, model=coverage.parts_by_model
            )
        )
        if coverage.rests_on:
            told.append(tr("근거로 삼은 곳: {pages}").format(pages=" · ".join(coverage.rests_on)))
        self._show_pages(coverage.pages_read, coverage.pages_total, "\n".join(told))

    def forget_reading(self) -> None:
        """Nothing is known of what was read."""
        self._show_read(False)

    def _show_pages(self, done: int, total: int, note: str) -> None:
        self.read.setText(tr("{done:,} / {total:,}쪽 읽음").format(done=done, total=total))
        self.read_bar.setRange(0, max(1, total))
        self.read_bar.setValue(done)
        self.read_note.setText(note)
        self.read_bar.setAccessibleDescription(" ".join((self.read.text(), *note.split())))
        self._show_read(True)
        self.show()

    def _show_read(self, shown: bool) -> None:
        for widget in (self._read_name, self.read, self.read_bar):
            widget.setVisible(shown)
        self.read_note.setVisible(shown and bool(self.read_note.text()))

    def _show(self, left: str, long: bool) -> None:
        self.left.setText(left)
        self.note.setVisible(long)
        words = " ".join(part for part in (self.figures.text(), left, tr(LONG) if long else "") if part)
        self.bar.setAccessibleDescription(words)
        self.show()

    def _restyle(self) -> None:
        self._column.setContentsMargins(0, self._theme.pixels(2), 0, 0)
        self._column.setSpacing(self._theme.pixels(3))
        for bar in (self.bar, self.read_bar):
            bar.setFixedHeight(self._theme.pixels(12))

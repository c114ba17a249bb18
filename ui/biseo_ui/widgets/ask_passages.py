"""The passages that were found for a question: file, place, and the words that show why."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from biseo_ui.ask_record import Passage, place_words
from biseo_ui.i18n import tr
from biseo_ui.theme import Theme
from biseo_ui.widgets.ask_place import PlaceButton
from biseo_ui.widgets.no_drag import NoDrag

FIRST = 4
"""So many are shown before somebody asks for the others."""


class PassageList(QWidget):
    """Can be folded; the rows are made when they are first shown. `opened` with the `Passage` whose place is wanted."""

    opened = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._passages: tuple[Passage, ...] = ()
        self._made = 0
        self.fold = QPushButton()
        self.fold.setProperty("role", "link")
        self.fold.setCheckable(True)
        self.fold.toggled.connect(self._on_toggled)
        self._rows = QWidget()
        self._column = QVBoxLayout(self._rows)
        self._column.setContentsMargins(theme.pixels(8), 0, 0, 0)
        self._column.setSpacing(theme.pixels(4))
        self.more = QPushButton()
        self.more.setProperty("role", "link")
        self.more.clicked.connect(self._on_more)
        self._column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(2))
        column.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._rows)
        theme.changed.connect(self._restyle)
        self.show_passages((), False)

    def show_passages(self, passages: Sequence[Passage], unfolded: bool) -> None:
        """Take the passages, best first."""
        if tuple(passages) != self._passages:
            self._passages = tuple(passages)
            while self._column.count() > 1:
                item = self._column.takeAt(0)
                widget = item.widget() if item is not None else None
                if widget is not None:
                    widget.hide()
                    widget.deleteLater()
            self._made = 0
        self.setVisible(bool(self._passages))
        self.fold.setChecked(unfolded)
        self._on_toggled(unfolded)

    def places(self) -> list[PlaceButton]:
        """The buttons that are shown."""
        return [
            widget
            for at in range(self._column.count())
            if (item := self._column.itemAt(at)) is not None
            and isinstance(block := item.widget(), QWidget)
            and isinstance(widget := block.findChild(PlaceButton), PlaceButton)
        ]

    def _on_toggled(self, unfolded: bool) -> None:
        words = tr("찾은 대목 {count}개 접기") if unfolded else tr("찾은 대목 {count}개 보기")
        self.fold.setText(words.format(count=len(self._passages)))
        self._restyle()
        if unfolded and not self._made:
            self._make(FIRST)
        self._rows.setVisible(unfolded)

    def _on_more(self) -> None:
        before = self._made
        self._make(len(self._passages))
        places = self.places()
        if before < len(places):
            places[before].setFocus(Qt.FocusReason.OtherFocusReason)

    def _make(self, until: int) -> None:
        for number, passage in enumerate(self._passages[:until], start=1):
            if number > self._made:
                self._column.insertWidget(number - 1, self._row(number, passage))
        self._made = min(until, len(self._passages))
        left = len(self._passages) - self._made
        self.more.setText(tr("{count}개 더 보기").format(count=left))
        self.more.setVisible(left > 0)

    def _row(self, number: int, passage: Passage) -> QWidget:
        block = QWidget()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        where = place_words(passage.source, passage.article, passage.page)
        place = PlaceButton(self._theme, where, tr("대목 {number} 열기: {where}").format(number=number, where=where))
        place.setAccessibleDescription(passage.words)
        place.clicked.connect(lambda: self.opened.emit(passage))
        words = QLabel(marked(passage))
        words.setTextFormat(Qt.TextFormat.RichText)
        words.setWordWrap(True)
        words.setAccessibleName(passage.words)
        words.setContentsMargins(self._theme.pixels(6), 0, 0, self._theme.pixels(4))
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        NoDrag(words)
        column.addWidget(place, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(words)
        return block

    def _restyle(self) -> None:
        self.fold.setIcon(self._theme.icon("down" if self.fold.isChecked() else "right", "accent"))


def marked(passage: Passage) -> str:
    """The words as rich text, what was looked for bold and underlined."""
    pieces, at = [], 0
    for start, end in zip(passage.marks[::2], passage.marks[1::2], strict=False):
        if at <= start < end:
            pieces += [escape(passage.words[at:start]), f"<b><u>{escape(passage.words[start:end])}</u></b>"]
            at = end
    return "".join((*pieces, escape(passage.words[at:])))

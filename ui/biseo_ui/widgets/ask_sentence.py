"""One sentence of an answer, with the numbers of what carries it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from biseo.asking import AnswerSentence, Citation
from biseo_ui.ask_record import file_name, one_line, place_words, quoted
from biseo_ui.i18n import tr
from biseo_ui.theme import Theme
from biseo_ui.widgets.no_drag import NoDrag
from biseo_ui.widgets.wrapped_label import WrappedLabel

BAR = 3


class SentenceRow(QWidget):
    """A quotation has a bar beside it and says whose words it is.

    Args:
        number: of the sentence, from 1.
        known: number of each citation of the answer.
        named: whose words it quotes stands above already.

    Signals:
        opened: a `Citation` whose place is wanted.
        wanted: the sentence is wanted in the draft.
    """

    opened = Signal(object)
    wanted = Signal(object)

    def __init__(
        self, theme: Theme, number: int, sentence: AnswerSentence, known: Mapping[Citation, int],
        named: bool = False, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._theme, self.sentence = theme, sentence
        pixels = theme.pixels
        self.words = WrappedLabel(quoted(sentence))
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        NoDrag(self.words)
        row = QHBoxLayout(self)
        row.setContentsMargins(pixels(10) if sentence.verbatim else 0, 0, 0, 0)
        row.setSpacing(pixels(2))
        column = QVBoxLayout()
        column.setSpacing(pixels(1))
        if sentence.verbatim and not named:
            first = sentence.citations[0]
            source = " ".join(part for part in (f"「{file_name(first.source)}」", first.article) if part)
            column.addWidget(WrappedLabel(tr("{source} 원문 그대로").format(source=source), "muted"))
        column.addWidget(self.words)
        row.addLayout(column, 1)
        self.chips = tuple(self._chip(known[each], each) for each in sentence.citations if each in known)
        for chip in self.chips:
            row.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
        self.insert = QPushButton(tr("넣기"))
        self.insert.setProperty("role", "link")
        self.insert.setToolTip(tr("이 문장을 근거와 함께 초안에 넣습니다."))
        self.insert.setAccessibleName(tr("문장 {number} 초안에 넣기").format(number=number))
        self.insert.clicked.connect(lambda: self.wanted.emit(self.sentence))
        row.addWidget(self.insert, 0, Qt.AlignmentFlag.AlignTop)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.sentence.verbatim:
            painter = QPainter(self)
            painter.fillRect(0, 0, self._theme.pixels(BAR), self.height(), self._theme.colours.colour("accent"))
            painter.end()

    def _chip(self, number: int, citation: Citation) -> QPushButton:
        chip = QPushButton(f"[{number}]")
        chip.setProperty("role", "link")
        where = place_words(citation.source, citation.article, citation.page)
        chip.setToolTip(f"{where}\n{one_line(citation.text)}")
        chip.setAccessibleName(tr("근거 {number} 열기: {where}").format(number=number, where=where))
        chip.setAccessibleDescription(one_line(citation.text))
        chip.clicked.connect(lambda: self.opened.emit(citation))
        return chip

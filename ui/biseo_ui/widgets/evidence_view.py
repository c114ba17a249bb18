"""Which sentences of the sources carry the sentence under the cursor."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from biseo.document import Evidence
from biseo_ui.i18n import tr
from biseo_ui.theme import Theme
from biseo_ui.widgets.elided_label import ElidedLabel
from biseo_ui.widgets.no_drag import NoDrag
from biseo_ui.widgets.unsupported_marks import DottedSample
from biseo_ui.widgets.wrapped_label import WrappedLabel

MOST = 3


class EvidenceView(QWidget):
    """The sentence and its sources.

    Signals:
        opened: an evidence whose place in the source is wanted.
        stepped: the next (1) or previous (-1) sentence without evidence is wanted.
    """

    opened = Signal(object)
    stepped = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(tr("근거"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.pixels(6))
        self.legend = self._legend()
        self.legend.hide()
        whole.addWidget(self.legend)
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.pixels(6))
        whole.addLayout(self._column, 1)
        self._shown: object = None
        self.show_nothing()

    def show_nothing(self) -> None:
        self._fill("", (), tr("초안의 문장에 커서를 두면 그 문장의 근거를 자료에서 찾아 보여 줍니다."))

    def show_form_part(self) -> None:
        """A part that a rule made: its source is the form."""
        self._fill("", (), tr("양식에 적은 내용과 자료로 규칙에 따라 만든 부분입니다."))

    def show_sentence(
        self, sentence: str, evidence: tuple[Evidence, ...], states: bool = True, inferring: bool = False
    ) -> None:
        """Show what carries `sentence`.

        Args:
            states: whether it says something that needs evidence.
            inferring: it is an item of an analysis, where what nothing carries is an inference.
        """
        if evidence:
            hint = ""
        elif not states:
            hint = tr("제목이나 인사말처럼 자료의 근거가 필요하지 않은 문장입니다.")
        elif inferring:
            hint = tr("추정: 자료에서 이 항목을 뒷받침하는 문장을 찾지 못했습니다. 맞는지 확인해 주세요.")
        else:
            hint = tr("자료에서 이 문장을 뒷받침하는 문장을 찾지 못했습니다. 사실인지 확인해 주세요.")
        self._fill(sentence, evidence[:MOST], hint)

    def show_count(self, count: int) -> None:
        """How many sentences of the draft nothing carries."""
        self.legend.setVisible(count > 0)
        self._count.setText(tr("점선: 근거를 찾지 못한 문장 {count}").format(count=count))

    def _legend(self) -> QWidget:
        """What the dots mean, and the way to the next of them."""
        legend = QWidget()
        row = QHBoxLayout(legend)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.pixels(6))
        self._count = ElidedLabel("")
        self._count.setProperty("role", "muted")
        row.addWidget(DottedSample(self._theme))
        row.addWidget(self._count, 1)
        for words, way, name, keys in (
            (tr("이전"), -1, tr("이전 근거 없는 문장"), "Ctrl+Shift+F8"),
            (tr("다음"), 1, tr("다음 근거 없는 문장"), "Ctrl+F8"),
        ):
            button = QPushButton(words)
            button.setProperty("role", "link")
            button.setAccessibleName(name)
            button.setToolTip(f"{name} ({keys})")
            button.clicked.connect(lambda _checked=False, way=way: self.stepped.emit(way))
            row.addWidget(button)
        return legend

    def _fill(self, sentence: str, evidence: tuple[Evidence, ...], hint: str) -> None:
        if self._shown == (sentence, evidence, hint):
            return
        self._shown = (sentence, evidence, hint)
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if sentence:
            words = WrappedLabel(f"“{sentence}”")
            words.setProperty("role", "muted")
            self._column.addWidget(words)
        for number, found in enumerate(evidence, start=1):
            self._column.addWidget(self._card(number, found))
        if hint:
            label = WrappedLabel(hint, "warning" if sentence else "muted")
            self._column.addWidget(label)
        self._column.addStretch(1)

    def _card(self, number: int, evidence: Evidence) -> QWidget:
        card, column = self._frame()
        page = tr("{page}쪽").format(page=evidence.page) if evidence.page else ""
        where = ElidedLabel(" · ".join(part for part in (evidence.source, page) if part), middle=True)
        where.setProperty("role", "section")
        words = WrappedLabel(evidence.text)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        NoDrag(words)
        button = QPushButton(tr("원문 보기"))
        button.setProperty("role", "link")
        button.setAccessibleName(tr("근거 {number} 원문 보기").format(number=number))
        button.clicked.connect(lambda: self.opened.emit(evidence))
        column.addWidget(where)
        column.addWidget(words)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _frame(self) -> tuple[QFrame, QVBoxLayout]:
        card = QFrame()
        card.setObjectName("card")
        column = QVBoxLayout(card)
        pixels = self._theme.pixels
        column.setContentsMargins(pixels(10), pixels(8), pixels(10), pixels(6))
        column.setSpacing(pixels(4))
        return card, column

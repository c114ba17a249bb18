"""Which sentences of the sources carry the sentence under the cursor."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from biseo.document import Evidence, Finding
from biseo_ui.i18n import tr
from biseo_ui.theme import Theme
from biseo_ui.widgets.elided_label import ElidedLabel
from biseo_ui.widgets.wrapped_label import WrappedLabel

MOST = 3


class EvidenceView(QWidget):
    """The sentence, what was found about it, and its sources.

    Signals:
        opened: an evidence whose place in the source is wanted.
        fixed, kept: a finding whose suggestion is taken, or that is left as it is.
    """

    opened = Signal(object)
    fixed = Signal(object)
    kept = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(tr("근거"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.pixels(6))
        self._shown: object = None
        self.show_nothing()

    def show_nothing(self) -> None:
        self._fill("", None, (), tr("초안의 문장에 커서를 두면 그 문장의 근거를 자료에서 찾아 보여 줍니다."))

    def show_form_part(self, finding: Finding | None) -> None:
        """A part that a rule made: its source is the form."""
        self._fill("", finding, (), tr("양식에 적은 내용과 자료로 규칙에 따라 만든 부분입니다."))

    def show_sentence(self, sentence: str, finding: Finding | None, evidence: tuple[Evidence, ...]) -> None:
        """Show what carries `sentence`; `finding` is the one under the cursor."""
        none = "" if evidence else tr("자료에서 이 문장을 뒷받침하는 문장을 찾지 못했습니다. 사실인지 확인해 주세요.")
        self._fill(sentence, finding, evidence[:MOST], none)

    def _fill(self, sentence: str, finding: Finding | None, evidence: tuple[Evidence, ...], hint: str) -> None:
        if self._shown == (sentence, finding, evidence, hint):
            return
        self._shown = (sentence, finding, evidence, hint)
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if finding is not None:
            self._column.addWidget(self._finding(finding))
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

    def _finding(self, finding: Finding) -> QWidget:
        card, column = self._frame()
        kind = "error" if finding.severity == "error" else "warning"
        words = WrappedLabel(finding.message, kind)
        column.addWidget(words)
        if finding.authority:
            column.addWidget(WrappedLabel(finding.authority, "muted"))
        row = QHBoxLayout()
        if finding.suggestion:
            take = QPushButton(tr("고치기"))
            take.setToolTip(finding.suggestion)
            take.setAccessibleDescription(finding.suggestion)
            take.clicked.connect(lambda: self.fixed.emit(finding))
            hint = WrappedLabel(f"→ {finding.suggestion}")
            column.addWidget(hint)
            row.addWidget(take)
        keep = QPushButton(tr("그대로 두기"))
        keep.setToolTip(tr("확인했으면 이 표시를 지웁니다."))
        keep.clicked.connect(lambda: self.kept.emit(finding))
        row.addWidget(keep)
        row.addStretch(1)
        column.addLayout(row)
        return card

    def _card(self, number: int, evidence: Evidence) -> QWidget:
        card, column = self._frame()
        page = tr("{page}쪽").format(page=evidence.page) if evidence.page else ""
        where = ElidedLabel(" · ".join(part for part in (evidence.source, page) if part), middle=True)
        where.setProperty("role", "section")
        words = WrappedLabel(evidence.text)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
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

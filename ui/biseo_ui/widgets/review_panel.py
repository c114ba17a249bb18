"""The right region: sections with their states, what has to be looked at, and the evidence."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from biseo.document import Finding, Settled
from biseo_ui.i18n import tr
from biseo_ui.item_models.findings_model import DETAIL_ROLE, FindingsModel
from biseo_ui.item_models.outline_model import SECTION_ROLE, STATE_ROLE, OutlineModel
from biseo_ui.section_state import SectionState
from biseo_ui.theme import Theme
from biseo_ui.widgets.evidence_view import EvidenceView
from biseo_ui.widgets.field_editors import ArrowBox
from biseo_ui.widgets.finding_card import FindingCard
from biseo_ui.widgets.labels import label
from biseo_ui.widgets.short_list import ShortList

EVIDENCE = 130
"""Least height of the finding and its evidence, in pixels at 100 %."""
CARD, CARD_SHARE = 260, 0.4
"""As high as that, in pixels at 100 %, unless it is more than this part of the panel."""
KEYS = "다음 F8 · 이전 Shift+F8 · 고치기 Ctrl+. · 그대로 두기 Ctrl+,"


class ReviewPanel(QWidget):
    """Signals:
    section_chosen: id of a section that was clicked.
    rewrite_wanted: id of a section to be written anew.
    finding_chosen: a finding that was clicked.
    """

    section_chosen = Signal(str)
    rewrite_wanted = Signal(str)
    finding_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.outline = OutlineModel(theme, self)
        self.findings = FindingsModel(theme, self)
        self.evidence = EvidenceView(theme)
        self.card = FindingCard(theme)
        self.sections = ShortList(theme, self.outline, STATE_ROLE, below=False, name=tr("절 목록"), most=9)
        self.issues = ShortList(theme, self.findings, DETAIL_ROLE, below=True, name=tr("확인할 곳"), most=5)
        self.issues.setToolTip(tr(KEYS))
        self.issues.setAccessibleDescription(tr(KEYS))
        self.filter = ArrowBox(theme)
        self.filter.setMinimumContentsLength(10)
        self.filter.setAccessibleName(tr("확인할 곳 골라 보기"))
        self.filter.setToolTip(tr("확인할 곳을 종류별로 골라 봅니다."))
        self.filter.activated.connect(self._on_filter)
        self.rewrite = QPushButton(tr("다시 쓰기"))
        self.rewrite.setProperty("role", "link")
        self.rewrite.setToolTip(tr("고른 절을 다시 씁니다. (Ctrl+R)"))
        self.rewrite.setAccessibleName(tr("고른 절 다시 쓰기"))
        self.rewrite.clicked.connect(lambda: self.rewrite_wanted.emit(self.current_section()))
        self.complete = QPushButton(tr("검토 완료"))
        self.complete.setProperty("role", "link")
        self.complete.setToolTip(tr("확인할 다섯 가지를 보고 검토를 마칩니다. (F7)"))
        self.complete.setAccessibleName(tr("검토 완료로 가기"))
        self.offers = QPushButton()
        self.offers.setAccessibleName(tr("바꿀 곳 보기"))
        self.offers.setToolTip(tr("다시 쓴 글이나 한꺼번에 고칠 곳을 보고 받거나 둡니다."))
        self.offers.hide()
        self._none = label(tr("확인할 곳이 없습니다."), "muted", wrap=True)
        self.hidden = QPushButton()
        self.hidden.setProperty("role", "link")
        self.hidden.setToolTip(tr("가려 둔 값을 모두 되돌려 놓습니다. 하나만 다시 보려면 본문의 표시를 눌러 주세요."))
        self.hidden.hide()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        inner.setObjectName("scrolled")
        below = QVBoxLayout(inner)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(theme.pixels(6))
        below.addWidget(self.card)
        below.addWidget(self.hidden, 0, Qt.AlignmentFlag.AlignLeft)
        below.addLayout(self._head(QLabel(tr("근거"))))
        below.addWidget(self.evidence, 1)
        scroll.setWidget(inner)
        self._scroll = scroll
        column = QVBoxLayout(self)
        margin = theme.pixels(10)
        column.setContentsMargins(margin, theme.pixels(8), margin, margin)
        column.setSpacing(theme.pixels(4))
        column.addLayout(self._head(QLabel(tr("절")), self.complete, self.rewrite))
        column.addWidget(self.sections)
        column.addWidget(self.offers)
        column.addSpacing(theme.pixels(6))
        column.addLayout(self._head(QLabel(tr("확인할 곳")), self.filter))
        column.addWidget(self.issues)
        column.addWidget(self._none)
        column.addSpacing(theme.pixels(6))
        column.addWidget(scroll, 1)
        self.sections.setVisible(False)
        self.sections.clicked.connect(self._on_section)
        self.sections.activated.connect(self._on_section)
        self.sections.selectionModel().currentChanged.connect(lambda *_: self._show_rewrite())
        self.issues.clicked.connect(self._on_issue)
        self.issues.activated.connect(self._on_issue)
        # Once the card has its new height.
        self.card.reasons.opened.connect(lambda: QTimer.singleShot(0, self, self._show_reasons))
        theme.changed.connect(self._restyle)
        self._restyle()
        self.show_state([], [], writing=False)

    def show_state(
        self, states: list[SectionState], findings: list[Finding], writing: bool, settled: list[Finding] | None = None
    ) -> None:
        """Take sections and findings as they are now; `settled` are those that were set aside."""
        self.outline.show(states)
        self.findings.show(findings, {state.id: state.title for state in states}, settled or [])
        self._writing = writing
        self.sections.setVisible(bool(states))
        self.sections.updateGeometry()
        self._none.setText(tr("초안을 쓰면 여기에 모읍니다.") if not states or writing else tr("확인할 곳이 없습니다."))
        self._show_filter()
        self._show_rewrite()

    def show_offers(self, count: int) -> None:
        """How many pieces of proposals are to be decided."""
        self.offers.setVisible(count > 0)
        self.offers.setText(tr("바꿀 곳 {count}군데 보기").format(count=count))

    def show_hidden(self, count: int) -> None:
        """How many places are hidden behind placeholders."""
        self.hidden.setVisible(count > 0)
        self.hidden.setText(tr("가려 둔 곳 {count}군데 모두 다시 보이기").format(count=count))

    def _show_filter(self) -> None:
        choices = self.findings.choices()
        self.filter.blockSignals(True)
        self.filter.clear()
        for name, words in choices:
            self.filter.addItem(words, name)
        self.filter.setCurrentIndex(max(0, self.filter.findData(self.findings.filter)))
        self.filter.blockSignals(False)
        count = self.findings.rowCount()
        self.filter.setVisible(len(choices) > 1)
        self.issues.setVisible(count > 0)
        self._none.setVisible(count == 0)
        self.issues.updateGeometry()

    def _on_filter(self, row: int) -> None:
        self.findings.set_filter(str(self.filter.itemData(row) or ""))
        self._show_filter()

    def _restyle(self) -> None:
        self.rewrite.setIcon(self._theme.icon("redo-section", "accent"))
        self.complete.setIcon(self._theme.icon("ok", "accent"))
        self.filter.setMinimumWidth(self._theme.pixels(96))  # narrower than it would like to be, where it must
        self._fit()
        self.sections.updateGeometry()
        self.issues.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The finding and its evidence have the better part of the room, the lists are scrolled in theirs."""
        least, wanted = self._theme.pixels(EVIDENCE), self._theme.pixels(CARD)
        self._scroll.setMinimumHeight(max(least, min(wanted, round(self.height() * CARD_SHARE))))

    def show_card(self, finding: Finding | None, alike: int = 0, settled: Settled | None = None) -> None:
        """What can be done about a finding; see `FindingCard.show_finding`."""
        if finding is not None:
            self.select_finding(finding)
        if finding != self.card.finding:
            self._scroll.verticalScrollBar().setValue(0)
        self.card.show_finding(finding, alike, settled)

    def _show_reasons(self) -> None:
        self._scroll.ensureWidgetVisible(self.card.reasons.done)
        self._scroll.ensureWidgetVisible(self.card.reasons)

    def _show_rewrite(self) -> None:
        self.complete.setEnabled(self.outline.rowCount() > 0 and not self._writing)
        self.rewrite.setEnabled(bool(self.current_section()) and not self._writing)

    def current_section(self) -> str:
        return str(self.sections.currentIndex().data(SECTION_ROLE) or "")

    def select_section(self, section_id: str) -> None:
        """Follow the cursor in the draft."""
        row = self.outline.row_of(section_id)
        if row >= 0 and row != self.sections.currentIndex().row():
            self.sections.setCurrentIndex(self.outline.index(row))

    def step(self, way: int) -> Finding | None:
        """The next (`way` 1) or previous (-1) finding; it becomes the current one."""
        count = self.findings.rowCount()
        if not count:
            return None
        current = self.issues.currentIndex()
        row = (current.row() + way) % count if current.isValid() else (0 if way > 0 else count - 1)
        self.issues.setCurrentIndex(self.findings.index(row))
        return self.findings.finding(row)

    def select_finding(self, finding: Finding) -> None:
        row = self.findings.row_of(finding)
        if row >= 0 and row != self.issues.currentIndex().row():
            self.issues.setCurrentIndex(self.findings.index(row))

    def _on_section(self, index: QModelIndex) -> None:
        self.section_chosen.emit(str(index.data(SECTION_ROLE)))

    def _on_issue(self, index: QModelIndex) -> None:
        finding = self.findings.finding(index.row())
        if finding is not None:
            self.finding_chosen.emit(finding)

    def _head(self, label: QLabel, *right: QWidget) -> QHBoxLayout:
        label.setProperty("role", "section")
        row = QHBoxLayout()
        row.setSpacing(2)  # the words of both ways must fit into the narrowest region
        row.addWidget(label)
        row.addStretch(1)
        for each in right:
            row.addWidget(each)
        return row

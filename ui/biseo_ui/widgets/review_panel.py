"""The right region: sections with their states, what has to be looked at, and the evidence."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from biseo.document import Finding
from biseo_ui.i18n import tr
from biseo_ui.item_models.findings_model import DETAIL_ROLE, FindingsModel
from biseo_ui.item_models.outline_model import SECTION_ROLE, STATE_ROLE, OutlineModel
from biseo_ui.section_state import SectionState
from biseo_ui.theme import Theme
from biseo_ui.widgets.elided_label import ElidedLabel
from biseo_ui.widgets.evidence_view import EvidenceView
from biseo_ui.widgets.two_text_delegate import TwoTextDelegate

EVIDENCE = 130
"""Least height of the evidence, in pixels at 100 %."""


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
        self.sections = self._list(self.outline, STATE_ROLE, below=False, name=tr("절 목록"), most=9)
        self.issues = self._list(self.findings, DETAIL_ROLE, below=True, name=tr("확인할 곳"), most=5)
        self.rewrite = QPushButton(tr("다시 쓰기"))
        self.rewrite.setProperty("role", "link")
        self.rewrite.setToolTip(tr("고른 절을 다시 씁니다. (Ctrl+R)"))
        self.rewrite.setAccessibleName(tr("고른 절 다시 쓰기"))
        self.rewrite.clicked.connect(lambda: self.rewrite_wanted.emit(self.current_section()))
        self._count = QLabel()
        self._keys = ElidedLabel(tr("다음 F8 · 이전 Shift+F8"))
        self._keys.setProperty("role", "muted")
        self._none = QLabel(tr("확인할 곳이 없습니다."))
        self._none.setProperty("role", "muted")
        self._none.setWordWrap(True)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.evidence.setObjectName("scrolled")
        scroll.setWidget(self.evidence)
        self._scroll = scroll
        column = QVBoxLayout(self)
        margin = theme.pixels(10)
        column.setContentsMargins(margin, theme.pixels(8), margin, margin)
        column.setSpacing(theme.pixels(4))
        column.addLayout(self._head(QLabel(tr("절")), self.rewrite))
        column.addWidget(self.sections)
        column.addSpacing(theme.pixels(6))
        column.addLayout(self._head(self._count, self._keys))
        column.addWidget(self.issues)
        column.addWidget(self._none)
        column.addSpacing(theme.pixels(6))
        column.addLayout(self._head(QLabel(tr("근거")), None))
        column.addWidget(scroll, 1)
        self.sections.setVisible(False)
        self.sections.clicked.connect(self._on_section)
        self.sections.activated.connect(self._on_section)
        self.sections.selectionModel().currentChanged.connect(lambda *_: self._show_rewrite())
        self.issues.clicked.connect(self._on_issue)
        self.issues.activated.connect(self._on_issue)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.show_state([], [], writing=False)

    def show_state(self, states: list[SectionState], findings: list[Finding], writing: bool) -> None:
        """Take sections and findings as they are now."""
        self.outline.show(states)
        self.findings.show(findings, {state.id: state.title for state in states})
        self.sections.setVisible(bool(states))
        self.sections.updateGeometry()
        self.issues.updateGeometry()
        count = len(findings)
        self._count.setText(tr("확인할 곳 {count}").format(count=count) if count else tr("확인할 곳"))
        self._count.setProperty("role", "section")
        self._keys.setVisible(count > 0)
        self.issues.setVisible(count > 0)
        waiting = not states or writing
        self._none.setText(tr("초안을 쓰면 여기에 모읍니다.") if waiting else tr("확인할 곳이 없습니다."))
        self._none.setVisible(count == 0)
        self._writing = writing
        self._show_rewrite()

    def _restyle(self) -> None:
        self.rewrite.setIcon(self._theme.icon("redo-section", "accent"))
        self._scroll.setMinimumHeight(self._theme.pixels(EVIDENCE))
        self.sections.updateGeometry()
        self.issues.updateGeometry()

    def _show_rewrite(self) -> None:
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
        if row >= 0:
            self.issues.setCurrentIndex(self.findings.index(row))

    def _on_section(self, index: QModelIndex) -> None:
        self.section_chosen.emit(str(index.data(SECTION_ROLE)))

    def _on_issue(self, index: QModelIndex) -> None:
        finding = self.findings.finding(index.row())
        if finding is not None:
            self.finding_chosen.emit(finding)

    def _head(self, label: QLabel, right: QWidget | None) -> QHBoxLayout:
        label.setProperty("role", "section")
        row = QHBoxLayout()
        row.addWidget(label)
        row.addStretch(1)
        if right is not None:
            row.addWidget(right)
        return row

    def _list(self, model: OutlineModel | FindingsModel, second: int, below: bool, name: str, most: int) -> QListView:
        view = _ShortList(most)
        view.setModel(model)
        view.setItemDelegate(TwoTextDelegate(self._theme, second, below, view))
        view.setAccessibleName(name)
        view.setMouseTracking(True)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setTabKeyNavigation(False)
        return view


class _ShortList(QListView):
    """As high as its rows, up to so many, and lower where there is no room; what is left belongs to the evidence."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._height(self._most))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._height(1))

    def _height(self, most: int) -> int:
        rows = range(min(self.model().rowCount(), most)) if self.model() else ()
        return sum(self.sizeHintForRow(row) for row in rows) + 2 * self.frameWidth() + 4

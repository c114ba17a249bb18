"""The middle region: messages, the head of the draft, the page, and how the writing goes."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from biseo.policy import Policy
from biseo_ui.alerts import Alerts
from biseo_ui.i18n import tr
from biseo_ui.ime import ImeWatch
from biseo_ui.model_state import ModelState
from biseo_ui.theme import Theme
from biseo_ui.widgets.draft_editor import DraftEditor
from biseo_ui.widgets.elided_label import ElidedLabel
from biseo_ui.widgets.find_bar import FindBar
from biseo_ui.widgets.grade_button import GradeButton
from biseo_ui.widgets.lock_note import LockNote, lock
from biseo_ui.widgets.progress_strip import ProgressStrip
from biseo_ui.widgets.start_view import StartView

RIBBONS = ("인공지능 초안 – 담당자 검토 전", "인공지능 초안", "초안")
REVIEWED = ("담당자 검토 완료", "검토 완료", "완료")
STEPS = (
    (0, False, True, False), (1, False, True, False), (1, False, True, True), (1, True, True, True),
    (1, True, False, True), (2, True, False, True),
)  # fmt: skip
"""Which words of the ribbon, whether the buttons have icons, whether the way to the completion is among them (the
review has one, too), whether the grade is a letter."""


class DraftArea(QWidget):
    """Holds the widgets; who owns the work connects them."""

    def __init__(
        self, theme: Theme, ime: ImeWatch, models: ModelState, policy: Policy | None = None,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._theme, policy = theme, policy or Policy()
        self.alerts = Alerts(theme)
        self.editor = DraftEditor(theme)
        self.find = FindBar(theme, ime, self.editor)
        self.start = StartView(theme, models)
        self.progress = ProgressStrip(theme)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.start)
        self.stack.addWidget(self.editor)
        self.left = self._toggle(tr("자료와 양식 보이기"))
        self.right = self._toggle(tr("확인 목록 보이기"))
        self.ribbon = ElidedLabel(tr(RIBBONS[0]))
        self.ribbon.setProperty("role", "ribbon")
        self._reviewed = False
        self.done = QPushButton(tr("검토 완료"))
        self.done.setToolTip(tr("확인할 다섯 가지를 보고 검토를 마칩니다. 그때까지는 초안입니다. (F7)"))
        self.done.setAccessibleName(tr("검토 완료로 가기"))
        self.copy = QPushButton(tr("초안 복사"))
        self.copy.setToolTip(tr("초안 전체를 표와 번호를 살려 복사합니다."))
        self.copy.setAccessibleName(tr("초안 전체 복사"))
        self.save = QPushButton(tr("저장"))
        self.save.setToolTip(tr("초안을 HWPX, DOCX 파일로 저장합니다. (Ctrl+S)"))
        self.save.setAccessibleName(tr("초안 저장"))
        self.print = QPushButton(tr("인쇄"))
        self.print.setToolTip(tr("인쇄할 쪽을 미리 보고, 인쇄하거나 PDF로 저장합니다. (Ctrl+P)"))
        self.print.setAccessibleName(tr("초안 인쇄 미리보기"))
        self.grade = GradeButton(policy.grade_required)
        self._locked = {
            button: reason
            for button, reason in (
                (self.copy, policy.reason("clipboard")),
                (self.print, policy.reason("printing")),
                (self.save, policy.reason("formats") if not policy.allows_any_format else ""),
            )
            if reason
        }
        self.locks = LockNote(theme, self._what_is_locked())
        self._buttons = ((self.done, "검토 완료"), (self.copy, "복사"), (self.print, "인쇄"), (self.save, "저장"))
        head = QFrame()
        head.setObjectName("header")
        head.setMinimumWidth(1)  # it becomes narrower by `_fit`, which comes after
        self._row = QHBoxLayout(head)
        self._row.addWidget(self.left)
        self._row.addWidget(self.ribbon)
        self._row.addStretch(1)
        self._row.addWidget(self.grade)
        for button, _ in self._buttons:
            self._row.addWidget(button)
        self._row.addWidget(self.right)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        locked = QFrame()
        locked.setObjectName("header")
        line = QHBoxLayout(locked)
        line.setContentsMargins(theme.pixels(10), theme.pixels(4), theme.pixels(10), theme.pixels(4))
        line.addWidget(self.locks)
        locked.setVisible(bool(self._locked))
        column.addWidget(locked)
        column.addWidget(self.alerts)
        column.addWidget(self.find)
        column.addWidget(self.stack, 1)
        column.addWidget(self.progress)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.show_draft(False)
        self.progress.hide()
        self.ribbon.setAccessibleName(tr(RIBBONS[0]))

    def _what_is_locked(self) -> str:
        """In one short line; the buttons' descriptions and the settings say more."""
        names = ((self.copy, tr("복사")), (self.print, tr("인쇄")), (self.save, tr("저장")))
        ways = "·".join(name for button, name in names if button in self._locked)
        return tr("기관 정책에 따라 {ways}할 수 없습니다.").format(ways=ways) if ways else ""

    def show_review(self, complete: bool) -> None:
        """Whether it is a draft or a person has taken it over."""
        if complete == self._reviewed:
            return
        self._reviewed = complete
        self.ribbon.setProperty("role", "ribbon_done" if complete else "ribbon")
        self.ribbon.style().polish(self.ribbon)
        self.ribbon.setAccessibleName(tr((REVIEWED if complete else RIBBONS)[0]))
        self._fit()

    def show_draft(self, shown: bool) -> None:
        """The page, or what to do to get one."""
        self.stack.setCurrentWidget(self.editor if shown else self.start)
        self.ribbon.setVisible(shown)
        if not shown:
            self.find.dismiss()
        for button, _ in self._buttons:
            button.setEnabled(shown)
        for button, reason in self._locked.items():
            lock(button, reason)
        self.grade.setEnabled(shown)
        self._fit()

    def _toggle(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "flat")
        button.setCheckable(True)
        button.setChecked(True)
        button.setToolTip(name)
        button.setAccessibleName(name)
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The ribbon must always be read whole: where there is no room for all words, the buttons have icons."""
        for step in STEPS:
            self._set_words(*step)
            if self._row.sizeHint().width() <= self.width():
                return
        self._set_gap(1)  # twice as large, in the smallest window

    def _set_words(self, ribbon: int, narrow: bool, done: bool, letter: bool) -> None:
        self.ribbon.setText(tr((REVIEWED if self._reviewed else RIBBONS)[ribbon]))
        self.done.setVisible(done)
        for button, words in self._buttons:
            button.setText("" if narrow else tr(words))
            button.setProperty("role", "icon" if narrow else "")
            button.style().polish(button)
        self.grade.set_narrow(letter)
        self._set_gap(3 if narrow else 8)

    def _set_gap(self, pixels: int) -> None:
        side, edge = self._theme.pixels(pixels), self._theme.pixels(5)
        self._row.setContentsMargins(side, edge, side, edge)
        self._row.setSpacing(side)

    def _restyle(self) -> None:
        pixels = self._theme.pixels
        self.left.setIcon(self._theme.icon("left-panel"))
        self.right.setIcon(self._theme.icon("right-panel"))
        self.done.setIcon(self._theme.icon("ok"))
        self.copy.setIcon(self._theme.icon("copy"))
        self.print.setIcon(self._theme.icon("print"))
        self.save.setIcon(self._theme.icon("save"))
        self.grade.set_sign(self._theme.icon("grade"))
        for button in (self.left, self.right, self.grade, *(button for button, _ in self._buttons)):
            button.setIconSize(QSize(pixels(18), pixels(18)))
        self._fit()

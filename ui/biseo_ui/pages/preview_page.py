"""The draft as it will be printed: its pages, and the ways onto paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from biseo.document import Draft
from biseo.errors import UserFacingError
from biseo.policy import Policy
from biseo_ui.alerts import Alerts
from biseo_ui.dialogs import print_dialog
from biseo_ui.i18n import tr
from biseo_ui.jobs import JobRunner
from biseo_ui.printing.press import PageShown, Press
from biseo_ui.theme import Theme
from biseo_ui.widgets.elided_label import ElidedLabel
from biseo_ui.widgets.lock_note import LockNote, lock
from biseo_ui.widgets.page_view import WHOLE, PageView

SETTING = "쪽을 나누는 중입니다."


class PreviewPage(QWidget):
    """Signals:
    closed: back to work.
    pdf_wanted: the draft should be saved as PDF.
    """

    closed = Signal()
    pdf_wanted = Signal()

    def __init__(
        self, theme: Theme, runner: JobRunner, policy: Policy | None = None, parent: QWidget | None = None
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._theme, policy = theme, policy or Policy()
        self._title = ""
        self._printing = False
        self.choose: Callable[[QWidget, int, Callable[[Any], object]], None] = print_dialog.choose_printer
        self.press = Press(runner, self)
        self.alerts = Alerts(theme)
        self.view = PageView(theme, tr("인쇄 미리보기"), WHOLE)
        self.back = QPushButton(tr("돌아가기"))
        self.back.setToolTip(tr("하던 일로 돌아갑니다. (Esc)"))
        self.pdf = QPushButton(tr("PDF로 저장"))
        self.print = QPushButton(tr("인쇄"))
        self.print.setToolTip(tr("프린터를 골라 인쇄합니다. (Ctrl+P)"))
        self.print.setProperty("role", "primary")
        self._locked = {
            button: reason
            for button, reason in (
                (self.pdf, "" if policy.allows_format("pdf") else policy.reason("formats")),
                (self.print, policy.reason("printing")),
            )
            if reason
        }
        self.locks = LockNote(theme, " ".join(self._locked.values()))
        name = ElidedLabel(tr("인쇄 미리보기"))
        name.setProperty("role", "section")
        self._pages = QLabel()
        self._pages.setProperty("role", "muted")
        head = QFrame()
        head.setObjectName("header")
        row = QHBoxLayout(head)
        for widget in (self.back, name, self._pages):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.pdf)
        row.addWidget(self.print)
        body = QWidget()
        inner = QVBoxLayout(body)
        side = theme.pixels(8)
        inner.setContentsMargins(side, theme.pixels(4), side, 0)
        inner.addWidget(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        if self._locked:
            locked = QFrame()
            locked.setObjectName("header")
            line = QHBoxLayout(locked)
            line.setContentsMargins(*(theme.pixels(n) for n in (10, 4, 10, 4)))
            line.addWidget(self.locks)
            column.addWidget(locked)
        column.addWidget(self.alerts)
        column.addWidget(body, 1)
        self.back.clicked.connect(self.closed)
        self.pdf.clicked.connect(self.pdf_wanted)
        self.print.clicked.connect(self.print_draft)
        self.view.wanted.connect(self.press.show)
        self.press.set.connect(self._on_set)
        self.press.shown.connect(self._on_shown)
        self.press.printed.connect(self._on_printed)
        self.press.cancelled.connect(self._on_cancelled)
        self.press.failed.connect(self._on_failed)
        self.press.broke.connect(self._on_broke)

    def show_draft(self, draft: Draft) -> None:
        """Set the draft on pages and show the first one."""
        self._title = draft.title
        self.alerts.clear()
        self.view.clear(tr(SETTING))
        self._allow(False)
        self.press.take(draft)
        self.print.setFocus()

    def print_draft(self) -> None:
        """Ask for a printer and print."""
        if not self.press.pages or self._printing:
            return
        if self.print in self._locked:
            self.alerts.tell("warning", self._locked[self.print])
            return
        if not print_dialog.has_printer() and self.choose is print_dialog.choose_printer:
            self.alerts.tell(
                "warning",
                tr("이 PC에 설치된 프린터가 없습니다."),
                tr("PDF로 저장하면 다른 PC에서 인쇄할 수 있습니다."),
                (tr("PDF로 저장"), self.pdf_wanted.emit) if self.pdf not in self._locked else None,
            )
            return
        self.choose(self, self.press.pages, self._print_on)

    def show_saved(self, path: Path) -> None:
        """The draft has been saved."""
        self.alerts.clear("error")
        self.alerts.tell("ok", tr("저장됨: {path}").format(path=path))

    def _print_on(self, printer: Any) -> None:
        self._printing = True
        self._allow(False)
        stop = (tr("인쇄 취소"), self.press.cancel_printing)
        self.alerts.tell("info", tr("프린터로 보내는 중입니다."), "", stop)
        self.press.print(printer, self._title)

    def _on_set(self, pages: int) -> None:
        self._pages.setText(tr("A4 {pages}쪽").format(pages=pages))
        self._allow(True)
        if self.back.hasFocus():  # the only button that could have it while the pages were set
            self.print.setFocus()
        self.view.begin(pages)

    def _on_shown(self, shown: PageShown) -> None:
        self.view.show_page(shown.page, shown.image, shown.words)

    def _on_printed(self) -> None:
        self._settle()
        self.alerts.tell("ok", tr("프린터로 보냈습니다."))

    def _on_cancelled(self) -> None:
        self._settle()
        self.alerts.tell(
            "warning", tr("인쇄를 취소했습니다."), tr("이미 보낸 쪽은 나올 수 있으니 프린터를 확인해 주세요.")
        )

    def _on_failed(self, error: UserFacingError) -> None:
        self._settle()
        self.alerts.show_error(error)

    def _on_broke(self) -> None:
        self._settle()
        if not self.press.pages:
            self.view.clear(tr("쪽을 보여 드리지 못했습니다."))

    def _settle(self) -> None:
        self._printing = False
        self.alerts.clear("info")
        self._allow(bool(self.press.pages))

    def _allow(self, allowed: bool) -> None:
        for button in (self.pdf, self.print):
            button.setEnabled(allowed)
        for button, reason in self._locked.items():
            lock(button, reason)

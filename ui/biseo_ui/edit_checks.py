"""Looks at edited sections again, at every pause in typing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

from biseo.document import Draft, Section
from biseo.drafting.request import DraftRequest
from biseo_ui.jobs import JobRunner
from biseo_ui.services import Services

DELAY_MS = 600


class EditChecks(QObject):
    """Every check runs in the `checks` lane.

    Signals:
        wanted: id of a section that should be handed to `look` now.
        checked: a `SectionFinished`.
        whole_wanted: the sections are looked at; the draft should be handed to `look_at_all` now.
        whole_checked: findings that no section shows alone.
        idle: nothing is left to look at.
    """

    wanted = Signal(str)
    checked = Signal(object)
    whole_wanted = Signal()
    whole_checked = Signal(object)
    idle = Signal()

    def __init__(self, runner: JobRunner, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._runner, self._services = runner, services
        self._pending: set[str] = set()
        self._running = 0
        self._held = False
        self._whole_due = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self._go)

    @property
    def busy(self) -> bool:
        """Whether something that was edited has not been looked at yet."""
        return bool(self._pending) or self._running > 0

    def ask(self, section_id: str) -> None:
        """That section was edited."""
        self._pending.add(section_id)
        if not self._held:
            self._timer.start()

    def hold(self, held: bool = True) -> None:
        """Wait, for instance until the sources are there again."""
        self._held = held
        if held:
            self._timer.stop()
        elif self._pending:
            self._timer.start()

    def look(self, request: DraftRequest, section: Section) -> None:
        """Find evidence and findings of the section as it is now."""
        self._whole_due = True
        self._run(lambda: self._services.review_section(request, section), self.checked)

    def look_at_all(self, request: DraftRequest, draft: Draft) -> None:
        """Find what no section of the draft shows alone."""
        self._run(lambda: self._services.review_draft(request, draft), self.whole_checked)

    def _run(self, work: Callable[[], Any], told: SignalInstance) -> None:
        self._running += 1
        job = self._runner.call("checks", work)
        job.item.connect(told)
        job.ended.connect(self._on_ended)

    def _go(self) -> None:
        pending, self._pending = sorted(self._pending), set()
        for section_id in pending:
            self.wanted.emit(section_id)
        if not self.busy:
            self.idle.emit()

    def _on_ended(self) -> None:
        self._running -= 1
        if not self.busy and self._whole_due:
            self._whole_due = False
            self.whole_wanted.emit()
        if not self.busy:
            self.idle.emit()

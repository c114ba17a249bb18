"""What the status line tells: the model, the room it has, its speed, and whether the draft is saved."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from biseo_ui.draft_session import DraftSession
from biseo_ui.engine_host import ModelLoading, ModelReady
from biseo_ui.i18n import tr
from biseo_ui.keeper import Keeper
from biseo_ui.model_state import ModelState, size_words
from biseo_ui.read_ahead import ReadAhead
from biseo_ui.services import SourcesSize
from biseo_ui.widgets.status_line import StatusLine


class StatusNews(QObject):
    """Listens to the work and writes it into the status line."""

    def __init__(
        self, status: StatusLine, models: ModelState, session: DraftSession, ahead: ReadAhead, keeper: Keeper
    ) -> None:
        super().__init__(status)
        self._status, self._models, self._session = status, models, session
        self._keeper = keeper
        self._context = 0
        models.changed.connect(self._on_models)
        for source in (session, ahead):
            source.loading.connect(self._on_loading)
            source.ready.connect(self._on_ready)
        ahead.measured.connect(self._on_measured)
        session.planned.connect(lambda plan: status.show_load(plan.used_tokens, plan.context_tokens))
        session.stepped.connect(lambda: status.show_speed(session.clock.speed))
        session.began.connect(self._show_saved)
        session.dirty_changed.connect(lambda _dirty: self._show_saved())
        session.saved.connect(self._show_saved)
        session.review.changed.connect(lambda _complete: self._show_saved())
        keeper.changed.connect(self._show_saved)

    def _on_models(self) -> None:
        entry = self._models.active
        if entry is not None:
            self._status.show_model(f"{entry.name} · {size_words(entry.size_bytes)}")
        elif self._models.known:
            self._status.show_model(tr("모델 없음"))

    def _on_loading(self, event: ModelLoading | None) -> None:
        if event is None:
            self._on_models()
        else:
            self._status.show_model(tr("{name} 불러오는 중").format(name=event.name))

    def _on_ready(self, event: ModelReady) -> None:
        self._on_loading(None)
        self._context = event.info.context
        self._status.show_memory(event.info.memory_bytes)

    def _on_measured(self, size: SourcesSize | None) -> None:
        """What the sources will take beside the room that is kept for writing."""
        if not self._session.writing:
            context = self._context if size is not None else 0
            self._status.show_load(context - size.room + size.tokens if size is not None else 0, context)

    def _show_saved(self, path: Path | None = None) -> None:
        session, keeper = self._session, self._keeper
        complete = session.review.current is not None
        kept, trouble = keeper.words, keeper.trouble is not None
        if not session.dirty and not session.has_draft:
            words = kept if trouble or (kept and not keeper.is_open) else tr("초안 없음")
        elif trouble or (kept and not keeper.safe):
            words = kept
        elif not session.dirty:
            path = path or session.file
            words = tr("저장됨: {name}").format(name=path.name) if path is not None else kept
        elif kept:
            words = tr("검토 완료, 자동 저장됨") if complete else tr("자동 저장됨")
        else:
            words = tr("검토 완료, 저장 전") if complete else tr("저장하지 않은 초안")
        if words:
            self._status.show_saved(words)

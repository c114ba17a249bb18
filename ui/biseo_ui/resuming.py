"""Goes on with a stored session, and gives it its sources once they have been read again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from biseo.document import Document
from biseo.stored_source import mark_of
from biseo.worksession import WorkSession
from biseo_ui.alerts import Alerts
from biseo_ui.draft_session import DraftSession
from biseo_ui.i18n import tr
from biseo_ui.widgets.source_cards import SourceCards


class Resuming(QObject):
    """A source counts as the same while its text has the same hash; what is not there any more is told."""

    def __init__(self, session: DraftSession, cards: SourceCards, alerts: Alerts) -> None:
        super().__init__(session)
        self._session, self._cards, self._alerts = session, cards, alerts
        self._waiting: WorkSession | None = None
        cards.changed.connect(self._on_sources)
        cards.renewed.connect(self._on_renewed)

    def take_up(self, work: WorkSession, documents: Sequence[Document] = ()) -> Iterator[None]:
        """Put the session back in pieces; sources that are not among `documents` are read from their files."""
        from biseo_ui.session_store import matching, restoring

        self._waiting = None
        there = matching(work, documents)
        whole = yield from restoring(self._session, work, there)
        self._waiting = None if whole else work
        self.show_sources(work, there)

    def show_sources(self, work: WorkSession, documents: Sequence[Document]) -> None:
        """A card for each source: of its stored text, else of its file, which is read."""
        known = {mark_of(document).sha256: document for document in documents}
        for mark in work.sources:
            if mark.sha256 in known:
                self._cards.put(known[mark.sha256])
            else:
                self._cards.add(Path(mark.path))

    def _on_renewed(self, old: Document, new: Document) -> None:
        """A source was read anew because the official wanted it: the draft is looked at with its present text."""
        request = self._session.request
        if request is None or not any(document is old for document in request.sources):
            return
        self._session.give_sources(tuple(new if each is old else each for each in request.sources), anew=True)
        self._alerts.tell(
            "ok", tr("자료를 새로 읽었습니다."), tr("초안의 근거와 확인할 곳을 새 자료로 다시 살펴봅니다.")
        )

    def _on_sources(self) -> None:
        work = self._waiting
        if work is None or self._cards.reading() or self._session.writing:
            return
        from biseo_ui.session_store import matching

        self._waiting = None
        same = matching(work, self._cards.documents())
        self._session.give_sources(same)
        if len(same) < len(work.sources):
            self._alerts.tell(
                "warning",
                tr("지난번과 달라졌거나 찾지 못한 자료가 있습니다."),
                tr("그 자료에서 온 내용은 다시 맞추어 보지 못하니 자료 파일을 확인해 주세요."),
            )

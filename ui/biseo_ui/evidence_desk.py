"""Looks up what carries the sentence under the cursor or the mouse, and shows it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtWidgets import QToolTip

from biseo.document import Document, Evidence
from biseo_ui.draft_session import DraftSession
from biseo_ui.i18n import tr
from biseo_ui.jobs import JobRunner
from biseo_ui.services import Services
from biseo_ui.unsupported_desk import UnsupportedDesk
from biseo_ui.widgets.draft_editor import DraftEditor
from biseo_ui.widgets.draft_reader import SUBTITLE, TITLE
from biseo_ui.widgets.review_panel import ReviewPanel

DELAY_MS = 250


class EvidenceDesk(QObject):
    """Every search runs in the `checks` lane.

    Signals:
        source_wanted: a document and the passage to mark in it.
        source_missing: the source of an evidence is not there any more.
    """

    source_wanted = Signal(object, str)
    source_missing = Signal()

    def __init__(
        self, session: DraftSession, editor: DraftEditor, review: ReviewPanel, runner: JobRunner, services: Services,
        find_source: Callable[[str], Document | None],
    ) -> None:  # fmt: skip
        super().__init__(editor)
        self._session, self._editor, self._review = session, editor, review
        self._runner, self._services, self._find_source = runner, services, find_source
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self._show)
        self._unsupported = UnsupportedDesk(session, editor)
        self._unsupported.counted.connect(review.evidence.show_count)
        review.evidence.stepped.connect(self.step)
        editor.pointed.connect(lambda _position: self.refresh())
        editor.hovered.connect(self._on_hovered)
        review.evidence.opened.connect(self._on_opened)

    def forget(self) -> None:
        """The page was emptied."""
        self._timer.stop()
        self._unsupported.forget()

    def refresh(self) -> None:
        """The cursor moved or the text changed."""
        if not self._session.writing:
            self._review.select_section(self._editor.text.section_at(self._editor.textCursor().position()))
            self._timer.start()

    def step(self, way: int) -> None:
        """Go to the next (1) or previous (-1) sentence without evidence."""
        if not self._session.writing:
            self._unsupported.step(way)

    def _show(self) -> None:
        position = self._editor.textCursor().selectionStart()
        section = self._editor.text.section_at(position)
        plan = self._session.plan_of(section)
        if section in (TITLE, SUBTITLE) or (plan is not None and plan.origin != "model"):
            self._review.evidence.show_form_part()
            return

        inferring = plan is not None and plan.shape == "swot"

        def show(sentence: str, found: tuple[Evidence, ...], states: bool) -> None:
            if sentence:
                self._review.evidence.show_sentence(sentence, found, states, inferring)
            else:
                self._review.evidence.show_nothing()

        if not self._look_up(position, show):
            self._review.evidence.show_nothing()

    def _on_hovered(self, position: int, place: QPoint) -> None:
        finding = self._editor.finding_at(position)

        def show(_sentence: str, found: tuple[Evidence, ...], _states: bool) -> None:
            hidden = self._session.hiding.card(position)
            lines = [each.message for each in (hidden, finding) if each is not None]
            if self._editor.unsupported.at(position):
                lines.append(tr("자료에서 이 문장을 뒷받침하는 문장을 찾지 못했습니다."))
            for each in found[:1]:
                page = tr(" {page}쪽").format(page=each.page) if each.page else ""
                lines.append(f"{each.source}{page}: {each.text}")
            if lines:
                QToolTip.showText(place, "\n".join(lines), self._editor)

        self._look_up(position, show)

    def _look_up(self, position: int, show: Callable[[str, tuple[Evidence, ...], bool], object]) -> bool:
        """`show` the sentence there and what carries it; False where there is none to look up.

        What was found when the section was last reviewed is there at once; only changed words are searched for.
        """
        at = self._editor.text.offset_at(position)
        request = self._session.request
        if at is None or request is None or self._session.writing:
            return False
        words = self._editor.text.section_text(at[0])
        state = self._session.states.get(at[0])
        if state is not None and state.made is not None and state.made.sentences and state.made.text == words:
            known = next((each for each in state.made.sentences if at[1] <= each.end), None)
            if known is not None:
                show(words[known.start : known.end], known.evidence, known.states)
                return True
        services, hiding = self._services, self._session.hiding

        def work() -> tuple[str, tuple[Evidence, ...], bool]:
            sentence = services.sentence_at(words, at[1])
            shown = hiding.words.reveal(sentence).shown if hiding.values else sentence
            return sentence, services.find_evidence(shown, request.sources) if sentence else (), True

        self._runner.call("checks", work).item.connect(lambda result: show(*result))
        return True

    def _on_opened(self, evidence: Evidence) -> None:
        from biseo.checks.evidence import source_names  # not needed at start

        request = self._session.request
        sources = request.sources if request else ()
        known = dict(zip(source_names(sources), sources, strict=True))
        document = known.get(evidence.source) or self._find_source(evidence.source)
        if document is None:
            self.source_missing.emit()
        else:
            self.source_wanted.emit(document, evidence.text)

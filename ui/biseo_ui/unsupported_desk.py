"""Keeps the marks of sentences without evidence up to date, and goes from one to the next."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from biseo.document import Section
from biseo_ui.draft_session import DraftSession
from biseo_ui.i18n import tr
from biseo_ui.widgets.draft_editor import DraftEditor


class UnsupportedDesk(QObject):
    """Signals:
    counted: how many sentences nothing carries.
    """

    counted = Signal(int)

    def __init__(self, session: DraftSession, editor: DraftEditor) -> None:
        super().__init__(editor)
        self._session, self._editor = session, editor
        self._known: dict[str, Section] = {}
        self._count = 0
        session.began.connect(self._tidy)
        session.section_changed.connect(self._on_section)

    def step(self, way: int) -> bool:
        """Select the next (1) or previous (-1) sentence that nothing carries; False where there is none."""
        here = self._editor.textCursor().selectionStart()
        cursor = self._editor.unsupported.next(here, way)
        if cursor is None:
            return False
        self._editor.setTextCursor(cursor)
        self._editor.ensureCursorVisible()
        self._editor.setFocus()
        words = tr("근거 없는 문장: {words}").format(words=cursor.selectedText())
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._editor, words))
        return True

    def forget(self) -> None:
        """The page was emptied: nothing is known of its sections."""
        self._known.clear()
        self._editor.unsupported.clear()
        self._tell()

    def _tidy(self) -> None:
        for section_id in [each for each in self._known if each not in self._session.states]:
            del self._known[section_id]
            self._editor.unsupported.put(section_id, ())
        if not self._session.states:
            self._editor.unsupported.clear()
        self._tell()

    def _on_section(self, section_id: str) -> None:
        for each in (section_id,) if section_id else tuple(self._session.states):
            self._look_at(each)

    def _look_at(self, section_id: str) -> None:
        state = self._session.states.get(section_id)
        made = state.made if state is not None and not state.deleted and state.phase in ("done", "stopped") else None
        if made is None:
            if self._known.pop(section_id, None) is not None:
                self._editor.unsupported.put(section_id, ())
                self._tell()
        elif made is not self._known.get(section_id) and self._editor.text.section_text(section_id) == made.text:
            # While it is being typed into, the marks move with the words; a review follows.
            self._known[section_id] = made
            spans = [(each.start, each.end) for each in made.sentences if each.unsupported]
            plan = self._session.plan_of(section_id)
            inferring = plan is not None and plan.shape == "swot"
            self._editor.unsupported.put(section_id, spans, tr("추정") if inferring else "")
            self._tell()

    def _tell(self) -> None:
        count = len(self._editor.unsupported.places())
        if count != self._count:
            self._count = count
            self.counted.emit(count)

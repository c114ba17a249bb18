"""Takes passages of the library into the work: into the draft where the cursor stands, and among its sources."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextCursor

from biseo.document import Document
from biseo_ui.alerts import Alerts
from biseo_ui.i18n import tr
from biseo_ui.library_words import cited, name_of, passage_document, passage_name
from biseo_ui.widgets.draft_reader import BODY, SUBTITLE, TITLE, role_of, table_of
from biseo_ui.widgets.draft_text import Edit
from biseo_ui.widgets.source_cards import Source

if TYPE_CHECKING:
    from biseo.library import Hit
    from biseo_ui.pages.work_page import WorkPage


ENDS = ' \t.?!:;,·"”’)」』'
"""Behind these a sentence may go on or another begin on the same line."""


class LibraryUse(QObject):
    """One for the window.

    Args:
        alerts: where the page of the library tells something.
        show: brings the work to the front.
    """

    def __init__(self, work: WorkPage, alerts: Callable[[], Alerts], show: Callable[[], object]) -> None:
        super().__init__(work)
        self._work, self._alerts, self._show = work, alerts, show
        self._awaited: dict[Path, Hit] = {}
        work.cards.read.connect(self._on_read)
        work.cards.changed.connect(self._on_cards)

    def insert(self, hit: Hit, words: str, document: Document | None) -> None:
        """Put words of a passage where the cursor of the draft stands, with its citation; its file becomes a source.

        Args:
            document: the file as it was read; None has it read.
        """
        session = self._work.session
        if session.writing:
            self._tell("warning", tr("초안을 쓰는 중입니다."), tr("다 쓰거나 멈춘 뒤에 넣어 주세요."))
            return
        place = self._place() if session.has_draft else None
        if place is None:
            self._tell(
                "info",
                tr("글을 넣을 초안이 아직 없습니다."),
                tr("초안을 먼저 쓰거나, ‘자료로 쓰기’로 이 대목을 초안의 자료에 더해 주세요."),
                going=True,
            )
            return
        self._show()
        self._put(place, cited(words, hit))
        self._add_file(hit, document)

    def use(self, hit: Hit, how: str, document: Document | None) -> None:
        """Add to the sources of the work: the whole `file`, or the `passage` alone."""
        if how == "passage":
            name, alone = passage_name(hit), passage_document(hit)
            self._work.leave_example()
            self._work.cards.put(alone)
            self._give(alone)
        else:
            name = name_of(hit.source)
            self._work.leave_example()
            self._add_file(hit, document)
        self._tell(
            "ok", tr("작업의 자료에 더했습니다: {name}").format(name=name),
            tr("작성할 때 이 자료도 함께 씁니다."), going=True,
        )  # fmt: skip

    def forget(self) -> None:
        """The page was emptied."""
        self._awaited.clear()

    # the draft

    def _place(self) -> tuple[str, int, bool] | None:
        """Section, offset in its text, and whether a line of its own begins there; None where no words can stand."""
        editor = self._work.area.editor
        text, at = editor.text, editor.textCursor().selectionEnd()
        block = text.page.findBlock(at)
        found = text.offset_at(at)
        if found is not None and found[0] not in (TITLE, SUBTITLE) and role_of(block) == BODY:
            return *found, False
        names = [name for name in text.section_ids() if name not in (TITLE, SUBTITLE)]
        here = text.section_at(at)
        first = names.index(here) if here in names else 0
        for name in (*names[first:], *names[:first]):  # a heading, the head or foot of a letter: the next running text
            words = text.words_of(name)
            if words is not None and words.role == BODY and not words.rows:
                return name, len(text.section_text(name)), True
        return None

    def _put(self, place: tuple[str, int, bool], words: str) -> None:
        section, offset, own_line = place
        editor = self._work.area.editor
        text = editor.text.section_text(section)
        before = text[:offset].split("\n")[-1]
        cursor = editor.text.selection(section, offset, offset)
        in_table = cursor is not None and table_of(cursor.block()) is not None
        at_end = offset == len(text) or text[offset] == "\n"
        open_end = bool(before) and at_end and before[-1] not in ENDS  # an item without a full stop
        if in_table:
            words = " ".join(words.split())
        elif (own_line or open_end or "\n" in words) and before.strip():
            words = "\n" + _mark_of(before) + words
        if before and not before[-1].isspace() and not words.startswith("\n"):
            words = " " + words
        if offset < len(text) and not text[offset].isspace():
            words += " "
        editor.text.change_words([Edit(section, offset, offset, words)])
        editor.setFocus()
        editor.show_words(section, offset + len(words) - len(words.lstrip()), offset + len(words.rstrip()))
        cursor = editor.textCursor()
        cursor.setPosition(cursor.selectionEnd())
        cursor.movePosition(QTextCursor.MoveOperation.Left)  # inside of the sentence, whose evidence is shown then
        editor.setTextCursor(cursor)
        editor.ensureCursorVisible()

    # the sources

    def _add_file(self, hit: Hit, document: Document | None) -> None:
        cards, path = self._work.cards, Path(hit.source)
        there = next((card.source for card in cards.cards if card.source.path == path and not card.source.error), None)
        if there is not None:
            if there.document is not None:
                self._give(there.document)
            else:
                self._awaited[path] = hit
        elif document is not None and document.path == hit.source:
            cards.put(document)
            self._give(document)
        else:
            self._awaited[path] = hit
            cards.add(path)

    def _on_read(self, source: Source) -> None:
        if self._awaited.pop(source.path, None) is not None and source.document is not None:
            self._give(source.document)

    def _on_cards(self) -> None:
        """A file that cannot be read any more: the passage itself is the source."""
        for card in list(self._work.cards.cards):
            hit = self._awaited.get(card.source.path) if card.source.error else None
            if hit is not None:
                del self._awaited[card.source.path]
                self._work.cards.remove(card.source.path)
                alone = passage_document(hit)
                self._work.cards.put(alone)
                self._give(alone)
                self._work.area.alerts.tell(
                    "warning",
                    tr("「{name}」을(를) 읽지 못했습니다.").format(name=name_of(hit.source)),
                    tr("자료실에 있는 대목만 자료에 더했습니다."),
                )

    def _give(self, document: Document) -> None:
        """The draft that is there rests on it, too."""
        session = self._work.session
        request = session.request
        if request is None or session.writing or not session.has_draft:
            return
        if not any(known is document or known.path == document.path for known in request.sources):
            session.give_sources((*request.sources, document))
            self._work.desk.refresh()

    def _tell(self, kind: str, words: str, advice: str, *, going: bool = False) -> None:
        self._alerts().tell(kind, words, advice, (tr("작업으로 가기"), self._show) if going else None)


def _mark_of(line: str) -> str:
    """The sign that heads an item, for the one below it; nothing for numbers, which would have to go on."""
    from biseo.writers.marks import find_mark

    mark = find_mark(line)
    return f"{mark.text}{mark.gap}" if mark is not None and mark.family == "symbol" else ""

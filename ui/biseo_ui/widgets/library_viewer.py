"""A passage of the library: alone at once, then in its document, and what can be done with it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QGridLayout, QMenu, QPushButton, QTextEdit, QVBoxLayout, QWidget

from biseo.document import Document
from biseo_ui.i18n import tr
from biseo_ui.jobs import JobRunner
from biseo_ui.library_words import place_of, preview_document
from biseo_ui.services import Services
from biseo_ui.theme import Theme
from biseo_ui.widgets.draft_reader import units
from biseo_ui.widgets.lock_note import lock
from biseo_ui.widgets.source_viewer import SourceViewer
from biseo_ui.widgets.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from biseo.library import Hit

NOT_THERE = "파일의 글이 바뀌어 이 대목을 찾지 못했습니다. 폴더를 다시 살펴본 뒤 찾아 주세요."
COPIED_MS = 2000
READING = "문서를 읽는 중입니다."


class LibraryViewer(SourceViewer):
    """A source viewer that knows its passage by its place in the document.

    Signals:
        whole_wanted: the document around the passage.
        insert_wanted: words for the draft: what is selected, else the passage.
        source_wanted: the passage as a source of the work: `file` or `passage`.
        citation_wanted: words to be copied with their citation.
        file_wanted: `file` or `folder` is to be opened in its own program.
    """

    whole_wanted = Signal()
    insert_wanted = Signal(str)
    source_wanted = Signal(str)
    citation_wanted = Signal(str)
    file_wanted = Signal(str)

    def __init__(
        self, theme: Theme, runner: JobRunner, services: Services, copying_barred: str = "",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(theme, runner, services, parent)
        self.hit: Hit | None = None
        self._span: tuple[int, int] | None = None
        self._starts: list[int] = []
        self._page = 0
        self._alone = False
        self._copied = QTimer(self)
        self._copied.setSingleShot(True)
        self._copied.setInterval(COPIED_MS)
        self._copied.timeout.connect(self._on_copied)
        self.setAccessibleName(tr("찾은 대목의 원문"))
        self.back.setText(tr("폴더 보기"))
        self.back.setToolTip(tr("자료실의 폴더 목록으로 돌아갑니다."))
        self.place = WrappedLabel(role="muted")
        self.whole = QPushButton(tr("문서 전체에서 보기"))
        self.whole.setProperty("role", "link")
        self.whole.setToolTip(tr("문서를 읽어 이 대목이 있는 곳을 보여 줍니다. (Enter)"))
        self.whole.clicked.connect(self.whole_wanted)
        self.insert = QPushButton(tr("초안에 넣기"))
        self.insert.setProperty("role", "primary")
        self.insert.setToolTip(
            tr("고른 글이나 대목을 초안의 커서 자리에 출처와 함께 넣고, 이 파일을 작업의 자료에 더합니다.")
        )
        self.insert.clicked.connect(lambda: self.insert_wanted.emit(self.chosen_words()))
        self.use = QPushButton(tr("자료로 쓰기"))
        self.use.setToolTip(tr("지금 작업의 자료에 더합니다."))
        menu = QMenu(self.use)
        menu.addAction(tr("이 대목만")).triggered.connect(lambda: self.source_wanted.emit("passage"))
        menu.addAction(tr("문서 전체")).triggered.connect(lambda: self.source_wanted.emit("file"))
        self.use.setMenu(menu)
        self.cite = QPushButton(tr("인용 복사"))
        self.cite.setToolTip(tr("고른 글이나 대목을 파일 이름, 조, 쪽과 함께 복사합니다."))
        self.cite.clicked.connect(lambda: self.citation_wanted.emit(self.chosen_words()))
        if copying_barred:
            lock(self.cite, copying_barred)
        self.file = QPushButton(tr("파일"))
        self.file.setAccessibleName(tr("파일이나 폴더 열기"))
        menu = QMenu(self.file)
        menu.addAction(tr("원래 프로그램으로 열기")).triggered.connect(lambda: self.file_wanted.emit("file"))
        menu.addAction(tr("폴더 열기")).triggered.connect(lambda: self.file_wanted.emit("folder"))
        self.file.setMenu(menu)
        grid = QGridLayout()
        grid.setSpacing(theme.pixels(6))
        for number, button in enumerate((self.insert, self.use, self.cite, self.file)):
            grid.addWidget(button, number // 2, number % 2)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(2, self.place)
        column.insertWidget(3, self.whole)
        column.addLayout(grid)

    # what the page calls

    def show_hit(self, hit: Hit) -> None:
        """The passage as it lies in the index, its words marked; nothing has to be read for it."""
        self.hit, self._span, self._page, self._alone = hit, None, hit.page or 1, True
        self._show_place()
        self.whole.setVisible(True)
        document = preview_document(hit)
        self.show_document(document, "")
        self._passage = " ".join(hit.text.split())  # marked in the picture of the page
        self._draw_mark()

    def show_reading(self) -> None:
        """The document is on its way."""
        self.whole.setVisible(False)
        self._tell(tr(READING))

    def show_failure(self, words: str) -> None:
        """It cannot be read; the passage stays."""
        self._tell(words)

    def show_whole(self, document: Document, span: tuple[int, int] | None, page: int | None, words: str) -> None:
        """The whole document; `span` of its text is marked and in view; None where the passage is not there any more.

        Args:
            words: of the passage, for the picture of its page.
        """
        self._starts = list(accumulate((len(block.text) + 1 for block in document.blocks), initial=0))
        self._span, self._alone = span, False
        self._page = page or 1
        self.whole.setVisible(False)
        self.show_document(document, " ".join(words.split()))
        if self._span is None:
            self._tell(tr(NOT_THERE))

    def show_copied(self) -> None:
        """The citation is on the clipboard: said on the button, where the eye is."""
        self.cite.setText(tr("복사했습니다"))
        self._copied.start()

    def chosen_words(self) -> str:
        """What is selected, else the whole passage."""
        selected = self.text.textCursor().selection().toPlainText().strip()
        words = selected or (self.hit.text if self.hit is not None else self.marked_text())
        return words.replace("\u2029", "\n").replace("\xa0", " ").replace(" │ ", " | ")

    def forget(self) -> None:
        """Show nothing, and hold nothing of what was shown."""
        self.hit, self._span, self._starts, self._alone = None, None, [], False
        self.place.setText("")
        super().forget()

    # inside

    def _on_copied(self) -> None:
        self.cite.setText(tr("인용 복사"))

    def _show_place(self) -> None:
        words = place_of(self.hit) if self.hit is not None else ""
        self.place.setText(words)
        self.place.setVisible(bool(words))

    def _page_of(self, _passage: str) -> int:
        return self._page

    def _find(self, _passage: str) -> QTextCursor | None:
        if self._span is None:
            return None
        start, stop = self._span
        assert self._document is not None
        numbers = range(bisect_right(self._starts, start) - 1, bisect_left(self._starts, stop))
        if len(self._places) < numbers.stop:
            return None  # not written yet
        first = last = None
        for number in numbers:
            position, shown = self._places[number]
            begin, end = self._starts[number], self._starts[number + 1] - 1
            spans = _shown_span(self._document, number, shown, max(start - begin, 0), min(stop, end) - begin)
            if spans is None:
                continue
            first = position + units(shown[: spans[0]]) if first is None else first
            last = position + units(shown[: spans[1]])
        if first is None or last is None:
            return None
        cursor = QTextCursor(self.text.document())
        cursor.setPosition(first)
        cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _draw_mark(self) -> None:
        super()._draw_mark()
        if self.hit is not None and self._alone and self._marked is None and self.complete:
            self.text.setExtraSelections(self._found_words(self.hit.marks))

    def _found_words(self, marks: Sequence[tuple[int, int]]) -> list[QTextEdit.ExtraSelection]:
        """The words that were looked for, in the passage that is shown alone."""
        assert self.hit is not None
        lines = self.hit.text.split("\n")
        body = self._places[-len(lines) :]
        found, begin = [], 0
        shape = QTextCharFormat()
        shape.setBackground(self._theme.colours.colour("warning_soft"))
        shape.setForeground(self._theme.colours.colour("text"))
        shape.setFontWeight(700)
        shape.setFontUnderline(True)
        for line, (position, _shown) in zip(lines, body, strict=False):
            for start, stop in marks:
                if begin <= start and stop <= begin + len(line):
                    mark = QTextEdit.ExtraSelection()
                    cursor = QTextCursor(self.text.document())
                    cursor.setPosition(position + units(line[: start - begin]))
                    cursor.setPosition(position + units(line[: stop - begin]), QTextCursor.MoveMode.KeepAnchor)
                    mark.format, mark.cursor = shape, cursor  # type: ignore[attr-defined]
                    found.append(mark)
            begin += len(line) + 1
        return found


def _shown_span(document: Document, number: int, shown: str, start: int, stop: int) -> tuple[int, int] | None:
    """Where characters `start` to `stop` of a block stand in how it is shown; of a table the rows they touch."""
    block = document.blocks[number]
    if not block.rows:
        shift = len(shown) - len(block.text)
        return (start + shift, stop + shift) if stop > start or not block.text else None
    first = last = None
    begin = place = 0
    for row, line in zip(block.rows, shown.split("\n"), strict=False):
        length = len("\t".join(row))
        if begin < stop and begin + length > start:
            first = place if first is None else first
            last = place + len(line)
        begin += length + 1
        place += len(line) + 1
    return (first, last) if first is not None and last is not None else None

"""A source as text or as pictures of its pages, with the passage in question marked."""

from __future__ import annotations

import time
from collections.abc import Iterator

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QStackedWidget, QTextEdit, QVBoxLayout, QWidget

from biseo.document import Document
from biseo.errors import UserFacingError
from biseo.pictures.picture import DRAWN
from biseo_ui.i18n import tr
from biseo_ui.jobs import JobRunner
from biseo_ui.services import Services
from biseo_ui.source_pictures import SourcePage, SourcePictures
from biseo_ui.theme import Theme
from biseo_ui.widgets.draft_reader import units
from biseo_ui.widgets.elided_label import ElidedLabel
from biseo_ui.widgets.no_drag import NoDrag
from biseo_ui.widgets.page_view import PageView
from biseo_ui.widgets.wrapped_label import WrappedLabel

MOMENT = 0.008
"""Seconds that writing may take at a time."""
LETTERS = 12_000
"""Letters that are written at a time: laying them out takes longer than writing them."""
READABLE = 2.0
"""The region is narrow: at twice its width a page can be read."""
OFFICE = ("docx",)
TEXT_ONLY = "Word 문서는 쪽 그림 없이 글로만 보여 드립니다."


class SourceViewer(QWidget):
    """Read only. `closed` when the official goes back to the review."""

    closed = Signal()

    def __init__(self, theme: Theme, runner: JobRunner, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pictures = SourcePictures(runner, services, self)
        self._found = 0
        self._document: Document | None = None
        self._passage = ""
        self._marked: QTextCursor | None = None
        self._writing: Iterator[int] | None = None
        self._places: list[tuple[int, str]] = []
        self.setAccessibleName(tr("원문"))
        back = QPushButton(tr("확인 목록으로"))
        back.setProperty("role", "link")
        back.clicked.connect(self.closed)
        self.back = back
        self._name = ElidedLabel("", middle=True)
        self._name.setProperty("role", "section")
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("원문에서 찾기"))
        self.search.setAccessibleName(tr("원문에서 찾기"))
        self.search.setAcceptDrops(False)
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._on_search)
        self.text = QTextEdit()
        self.text.setObjectName("viewer")
        NoDrag(self.text)
        self.text.setReadOnly(True)
        self.text.setAcceptDrops(False)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(tr("원문"))
        self.picture = QPushButton(tr("쪽 그림"))
        self.picture.setCheckable(True)
        self.picture.setToolTip(tr("글 대신 쪽의 모양을 봅니다. 다시 누르면 글로 돌아갑니다."))
        self.picture.setAccessibleName(tr("쪽 그림으로 보기"))
        self.picture.toggled.connect(self._on_toggled)
        self.note = WrappedLabel(role="muted")
        self.view = PageView(theme, tr("쪽 그림"), READABLE)
        self.view.wanted.connect(self._on_wanted)
        self._pictures.drawn.connect(self._on_drawn)
        self._pictures.failed.connect(self._on_failed)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.text)
        self.stack.addWidget(self.view)
        head = QHBoxLayout()
        head.addWidget(back)
        head.addStretch(1)
        head.addWidget(self.picture)
        column = QVBoxLayout(self)
        margin = theme.pixels(10)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(theme.pixels(6))
        column.addLayout(head)
        column.addWidget(self._name)
        column.addWidget(self.search)
        column.addWidget(self.note)
        column.addWidget(self.stack, 1)
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_document(self, document: Document, passage: str = "") -> None:
        """Show a source; the passage, if it is found, is marked and in view.

        A long one is written bit by bit while the window goes on; the passage is marked when it is there.
        """
        if document is not self._document:
            self._document = document
            self._name.setText(document.path.replace("\\", "/").rsplit("/", 1)[-1])
            self._write()
            self._pictures.take(document)
            self.picture.setVisible(document.format in DRAWN)
            self._tell(tr(TEXT_ONLY) if document.format in OFFICE else "")
            self.picture.setChecked(False)
        self._passage = passage
        self._mark_passage()
        if self.picture.isChecked():
            self._show_picture()
        # The widget may get its size only now; scroll once it has.
        QTimer.singleShot(0, self, self._scroll)

    @property
    def shown(self) -> tuple[Document, str] | None:
        """The source and the passage marked in it; None before one was shown."""
        return (self._document, self._passage) if self._document is not None else None

    def forget(self) -> None:
        """Show nothing, and hold nothing of what was shown."""
        self.picture.setChecked(False)
        self._document, self._passage, self._marked, self._writing, self._places = None, "", None, None, []
        self.text.setExtraSelections([])
        self.text.clear()
        self.search.clear()
        self._name.setText("")
        self._tell("")
        self._pictures.forget()
        self.view.clear("")

    # pictures

    def _on_toggled(self, shown: bool) -> None:
        self.search.setVisible(not shown)
        self.picture.setText(tr("글로 보기") if shown else tr("쪽 그림"))
        self.picture.setAccessibleName(tr("글로 보기") if shown else tr("쪽 그림으로 보기"))
        self.stack.setCurrentWidget(self.view if shown else self.text)
        if shown:
            self._tell("")
            self._show_picture()
            self.view.setFocus()
        else:
            self._pictures.stop()

    def _show_picture(self) -> None:
        """The page of the passage, else the first one."""
        if self._document is None:
            return
        self._found = 0
        self.view.clear(tr("쪽을 그리는 중입니다."))
        self.view.begin(self._document.pages or 1, self._page_of(self._passage))

    def _page_of(self, passage: str) -> int:
        """The page that the text has for the passage; the one who draws looks for it there first."""
        wanted = _pack(passage)
        blocks = self._document.blocks if self._document is not None and wanted else ()
        found = (block.page for block in blocks if block.page and wanted[:24] in _pack(block.text))
        return next(found, 1)

    def _on_wanted(self, page: int, width: int) -> None:
        # Where the passage stands is known once it has been drawn; from then on pages are turned by number.
        self._pictures.want(page, width, self._passage if page == self._found or not self._found else "")

    def _on_drawn(self, drawn: SourcePage) -> None:
        if not self._found:
            self._found = self.view.page = drawn.page
        self.view.pages = drawn.pages
        self.view.show_page(drawn.page, drawn.image, drawn.words, drawn.marks)

    def _on_failed(self, error: UserFacingError) -> None:
        self.picture.setChecked(False)
        self._tell(f"{error.message} {error.advice}")
        self.text.setFocus()

    def _tell(self, words: str) -> None:
        self.note.setText(words)
        self.note.setVisible(bool(words))

    # text

    def _restyle(self) -> None:
        self.back.setIcon(self._theme.icon("back", "accent"))
        if self._document is not None:
            self._write()
            self._mark_passage()

    def _mark_passage(self) -> None:
        self._marked = self._find(self._passage) if self._passage else None
        self._draw_mark()

    def marked_text(self) -> str:
        """The marked passage as shown."""
        return self._marked.selectedText() if self._marked is not None else ""

    def _scroll(self) -> None:
        if self._marked is None:
            return
        start = QTextCursor(self._marked)
        start.setPosition(self._marked.selectionStart())
        self.text.setTextCursor(start)
        bar = self.text.verticalScrollBar()
        bar.setValue(bar.value() + self.text.cursorRect(start).top() - self.text.viewport().height() // 3)

    def _write(self) -> None:
        """Begin to write the document; what fits into a moment is there at once."""
        self.text.setUndoRedoEnabled(False)
        self.text.clear()
        self._places = []
        self._marked = None
        self._writing = self._pieces()
        self._write_on(self._writing)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)

    def _write_on(self, writing: Iterator[int]) -> None:
        """Write until the moment is over; the rest has its turn after what else the window has to do."""
        if writing is not self._writing:
            return  # another document, or another look
        until, room = time.perf_counter() + MOMENT, LETTERS
        cursor = QTextCursor(self.text.document())
        cursor.beginEditBlock()
        try:
            while time.perf_counter() < until and room > 0:
                room -= next(writing)
        except StopIteration:
            self._writing = None
        cursor.endEditBlock()
        # Laid out now, with each piece: else all of it would be at once when the passage is scrolled to.
        self.text.document().documentLayout().blockBoundingRect(self.text.document().lastBlock())
        if self._writing is not None:
            QTimer.singleShot(0, self, lambda: self._write_on(writing))
        if self._passage and self._marked is None and not self.search.text():
            self._mark_passage()
            if self._marked is not None:
                QTimer.singleShot(0, self, self._scroll)
        elif self._writing is None and self.search.text() and self._marked is None:
            self._on_search(self.search.text())

    @property
    def complete(self) -> bool:
        """Whether the whole document has been written."""
        return self._writing is None

    def _pieces(self) -> Iterator[int]:
        """Writes a block of the document each time it is asked for the next; yields its letters."""
        assert self._document is not None
        cursor = QTextCursor(self.text.document())
        page = None
        plain, strong, quiet = QTextCharFormat(), QTextCharFormat(), QTextCharFormat()
        strong.setFontWeight(700)
        quiet.setForeground(self._theme.colours.colour("muted"))
        shape = QTextBlockFormat()
        shape.setLineHeight(120, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        shape.setBottomMargin(self._theme.pixels(5))
        cursor.setBlockFormat(shape)
        first = True
        for block in self._document.blocks:
            cursor.movePosition(QTextCursor.MoveOperation.End)
            if block.page is not None and block.page != page:
                page = block.page
                if not first:
                    cursor.insertBlock(shape)
                cursor.insertText(tr("– {page}쪽 –").format(page=page), quiet)
                first = False
            if not first:
                cursor.insertBlock(shape)
            first = False
            if block.rows:
                words = "\n".join(" │ ".join(_flat(cell) for cell in row) for row in block.rows)
            else:
                words = ("  " * max(0, block.level - 1) if block.kind == "item" else "") + block.text
            self._places.append((cursor.position(), words))
            cursor.insertText(words, strong if block.kind == "heading" else plain)
            yield len(words)

    def _find(self, passage: str) -> QTextCursor | None:
        """The passage in what has been written; white space and table lines may differ."""
        wanted = _pack(passage)
        for words in (wanted, wanted[:24]) if len(wanted) > 24 and self.complete else (wanted,):
            for position, shown in self._places if words else ():
                if words in _pack(shown):
                    packed, places = _packed(shown)
                    at = packed.find(words)
                    cursor = QTextCursor(self.text.document())
                    cursor.setPosition(position + units(shown[: places[at]]))
                    end = position + units(shown[: places[at + len(words) - 1] + 1])
                    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                    return cursor
        return None

    def _on_search(self, words: str) -> None:
        start = self.text.textCursor()
        start.setPosition(0)
        found = self.text.document().find(words, start, QTextDocument.FindFlag(0)) if words else QTextCursor()
        self._marked = found if words and not found.isNull() else None
        self._draw_mark()
        self._scroll()

    def _draw_mark(self) -> None:
        if self._marked is None:
            self.text.setExtraSelections([])
            return
        mark = QTextEdit.ExtraSelection()
        shape = QTextCharFormat()
        shape.setBackground(self._theme.colours.colour("warning_soft"))
        shape.setForeground(self._theme.colours.colour("text"))
        shape.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        mark.format = shape  # type: ignore[attr-defined]
        mark.cursor = self._marked  # type: ignore[attr-defined]
        self.text.setExtraSelections([mark])


def _flat(cell: str) -> str:
    return " ".join(cell.split())


def _pack(text: str) -> str:
    """Text without white space and table lines."""
    return "".join(text.split()).replace("│", "")


def _packed(text: str) -> tuple[str, list[int]]:
    """Text without white space and table lines, and where each character stood."""
    places = [number for number, character in enumerate(text) if not character.isspace() and character != "│"]
    return "".join(text[number] for number in places), places

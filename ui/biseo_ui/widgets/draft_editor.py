"""The page of a draft: edited like any text, with marks on what has to be looked at."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetricsF,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QMenu, QTextEdit, QWidget

from biseo.document import Finding
from biseo_ui import fonts
from biseo_ui.draft_clipboard import mime_of_selection, mime_of_words, pasted_text
from biseo_ui.i18n import tr
from biseo_ui.theme import Theme
from biseo_ui.widgets.draft_reader import BODY, HEADING, ROLE
from biseo_ui.widgets.draft_text import DraftText, char_format
from biseo_ui.widgets.hidden_marks import HiddenMarks
from biseo_ui.widgets.section_signs import SectionSigns
from biseo_ui.widgets.steady_view import SteadyView
from biseo_ui.widgets.unsupported_marks import UnsupportedMarks

SHEET_EM = 50
"""Widest sheet, in characters of Hangul."""
MARGIN = 24
"""Least distance of the text from the edge of the sheet, in pixels."""
_HARMLESS = (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.SelectAll)
_PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)


class DraftEditor(QTextEdit):
    """A white sheet on a grey desk. The viewport is the sheet without its margins left and right.

    Attributes:
        profile: id of the look that copied parts have in other programs.

    Signals:
        pointed: document position of the cursor, whenever it moved.
        hovered: document position under a resting mouse, and its place on the screen.
        menu_made: a context menu that is about to be shown.
    """

    pointed = Signal(int)
    hovered = Signal(int, QPoint)
    menu_made = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("draft")
        self.setAccessibleName(tr("초안"))
        self.setAccessibleDescription(tr("인공지능이 쓴 초안입니다. 글처럼 고칠 수 있습니다."))
        self.setTabChangesFocus(True)
        self.setAcceptRichText(False)
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setUndoRedoEnabled(False)
        # Set once: another margin would be an edit of its own, with its step of undo. What is missing to the
        # sides of the text is desk that is painted as sheet.
        self.document().setDocumentMargin(MARGIN)
        self.document().setUndoRedoEnabled(True)
        self._theme = theme
        self.profile = "plain"
        self._locked = False
        self._findings: list[tuple[Finding, QTextCursor]] = []
        self._current: Finding | None = None
        self._found: list[QTextCursor] = []
        self._unfinished: dict[str, str] = {}
        self._sheet = (0, 0, 0)
        self._beside = False
        self.text = DraftText(self.document())
        self._view = SteadyView(self, self.text)
        self._signs = SectionSigns(self, self.text, theme)
        self.unsupported = UnsupportedMarks(self, self.text, theme)
        self.hidden = HiddenMarks(self, theme)
        self.dressed: Callable[[], QMimeData | None] = lambda: None
        """What leaves in the place of the selection; None where it may leave as it is."""
        self.own_words: Callable[[QMimeData], str | None] = lambda _data: None
        """Words that were taken from this program, as they stood there; None for all others."""
        self.cursorPositionChanged.connect(lambda: self.pointed.emit(self.textCursor().position()))
        theme.changed.connect(self._restyle)
        self._restyle()

    # marks

    def mark(self, findings: Sequence[Finding], current: Finding | None = None) -> None:
        """Draw the findings on their words; `current` is drawn stronger."""
        known = dict(self._findings)
        self._findings = []
        self._current = current
        with self.text.unchanged():
            for finding in findings:
                cursor = known.get(finding)  # it moved with its words
                if cursor is None or not finding.text or not _stands(finding, cursor):
                    cursor = self.text.selection(finding.section, finding.start, finding.end)
                    if cursor is None or (finding.text and not _stands(finding, cursor)):
                        cursor = self._search(finding) or cursor
                if cursor is not None:
                    self._findings.append((finding, cursor))
        self._draw_marks()

    def mark_unfinished(self, states: Mapping[str, str]) -> None:
        """Say of those sections, by id, that they were cut short."""
        self._unfinished = dict(states)
        self.viewport().update()

    def finding_at(self, position: int) -> Finding | None:
        """The finding on those words."""
        for finding, cursor in self._findings:
            if cursor.selectionStart() <= position <= cursor.selectionEnd():
                return finding
        return None

    def words_of(self, finding: Finding) -> QTextCursor | None:
        """A cursor over its words, wherever they have moved since they were looked at."""
        return next((QTextCursor(cursor) for known, cursor in self._findings if known == finding), None)

    def show_finding(self, finding: Finding) -> None:
        """Select its words and bring them into view."""
        cursor = self.words_of(finding)
        if cursor is not None:
            self._current = finding
            self.setTextCursor(cursor)
            self.ensureCursorVisible()
            self._draw_marks()

    def show_words(self, section_id: str, start: int, end: int) -> None:
        """Select those characters of the section's text, or as many as there are, and bring them into view."""
        cursor = self.text.selection(section_id, start, end) or self.text.cursor_at(section_id)
        if cursor is not None:
            self.setTextCursor(cursor)
            self.ensureCursorVisible()

    def find_words(self, words: str, way: int = 0) -> tuple[int, int]:
        """Mark every place where `words` stand and select one of them.

        Args:
            words: compared without regard to case; nothing takes the marks away.
            way: 1 the next place, -1 the previous one, 0 the nearest one from the selection on. Goes round.

        Returns:
            The number of the selected place, from 1, and how many there are.
        """
        self._found = self._places_of(words) if words.strip() else []
        self._draw_marks()
        if not self._found:
            return 0, 0
        here = self.textCursor()
        if way > 0 and here.hasSelection():
            after = [n for n, place in enumerate(self._found) if place.selectionStart() > here.selectionStart()]
            number = after[0] if after else 0
        elif way < 0:
            before = [n for n, place in enumerate(self._found) if place.selectionStart() < here.selectionStart()]
            number = before[-1] if before else len(self._found) - 1
        else:
            after = [n for n, place in enumerate(self._found) if place.selectionStart() >= here.selectionStart()]
            number = after[0] if after else 0
        self.setTextCursor(self._found[number])
        self.ensureCursorVisible()
        self._view.follow(False)
        return number + 1, len(self._found)

    def show_section(self, section_id: str) -> None:
        """Put the cursor at the section's start and bring it to the top."""
        cursor = self.text.cursor_at(section_id)
        if cursor is not None:
            self.setTextCursor(cursor)
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.cursorRect(cursor).top() - 24)
            self._view.follow()

    @property
    def locked(self) -> bool:
        """Whether undo has to wait."""
        return self._locked

    def lock(self, locked: bool) -> None:
        """While sections stream, undo waits and they cannot be typed into."""
        self._locked = locked
        self._view.follow()
        self.viewport().update()

    def _search(self, finding: Finding) -> QTextCursor | None:
        text = self.text.section_text(finding.section)
        place = text.find(finding.text) if finding.text else -1
        return self.text.selection(finding.section, place, place + len(finding.text)) if place >= 0 else None

    def _places_of(self, words: str) -> list[QTextCursor]:
        places = []
        place = self.document().find(unicodedata.normalize("NFC", words))
        while not place.isNull():
            places.append(place)
            place = self.document().find(unicodedata.normalize("NFC", words), place)
        return places

    def _draw_marks(self) -> None:
        marks = []
        for place in self._found:
            mark = QTextEdit.ExtraSelection()
            shape = QTextCharFormat()
            shape.setBackground(self._theme.colours.colour("accent_soft"))
            mark.format = shape  # type: ignore[attr-defined]
            mark.cursor = place  # type: ignore[attr-defined]
            marks.append(mark)
        shapes = {
            (kind, strong): self._shape(kind, strong) for kind in ("error", "warning") for strong in (False, True)
        }
        for finding, cursor in self._findings:
            mark = QTextEdit.ExtraSelection()
            kind = "error" if finding.severity == "error" else "warning"
            mark.format = shapes[kind, finding == self._current]  # type: ignore[attr-defined]
            mark.cursor = cursor  # type: ignore[attr-defined]
            marks.append(mark)
        self.setExtraSelections(marks)

    def _shape(self, kind: str, strong: bool) -> QTextCharFormat:
        """How the words of such a finding are drawn."""
        shape = QTextCharFormat()
        shape.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        shape.setUnderlineColor(self._theme.colours.colour(kind))
        shape.setBackground(self._theme.colours.colour(f"{kind}_soft"))
        if strong:
            shape.setForeground(self._theme.colours.colour(kind))
            shape.setFontWeight(700)
        return shape

    # look

    def _restyle(self) -> None:
        page = fonts.font(fonts.serif(), self._theme.points(1.08))
        self.document().setDefaultFont(page)
        self._fit_sheet()
        self._draw_marks()

    def _fit_sheet(self) -> None:
        em = QFontMetricsF(self.document().defaultFont()).horizontalAdvance("가")
        bar = self.verticalScrollBar().sizeHint().width()
        room = self.width() - bar
        wide = min(room - 16, round(em * SHEET_EM))
        side = max(8, (room - wide) // 2)
        more = max(0, min(round(em * 3.6), wide // 14) - MARGIN)
        self._sheet = (side, 12, wide)
        self.setViewportMargins(side + more, 12, side + more, 0)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit_sheet()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._theme.colours.colour("sheet"))
        painter.end()
        self.hidden.paint()
        super().paintEvent(event)
        self._signs.paint(self.text.streaming, self._unfinished)
        self.unsupported.paint()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent) and self._is_beside(event):
            place = QPointF(self.viewport().mapFrom(self, event.position().toPoint()))
            QApplication.sendEvent(
                self.viewport(),
                QMouseEvent(
                    event.type(), place, event.globalPosition(), event.button(), event.buttons(), event.modifiers()
                ),
            )
            return True
        done = super().event(event)
        if event.type() == QEvent.Type.Paint:
            left, top, wide = self._sheet
            painter = QPainter(self)
            painter.setPen(self._theme.colours.colour("border"))
            painter.setBrush(self._theme.colours.colour("sheet"))
            painter.drawRect(QRect(left - 1, top - 1, wide + 1, self.height() + 2))
            painter.end()
        return done

    def _is_beside(self, event: QMouseEvent) -> bool:
        """Whether it belongs to a press on the margin of the sheet, which is one beside the line."""
        if event.type() in _PRESSES:
            beside = not self.viewport().geometry().contains(event.position().toPoint())
            self._beside = beside and event.button() == Qt.MouseButton.LeftButton
            return self._beside
        beside = self._beside
        if event.type() == QEvent.Type.MouseButtonRelease:
            self._beside = False
        return beside and event.type() in (QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()  # the size of the text is a setting, not an accident of the wheel
            return
        super().wheelEvent(event)

    # edits

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._locked and (
            event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)
        ):
            return
        changes = bool(event.text()) or event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
        if changes and self._protected() and not any(event.matches(harmless) for harmless in _HARMLESS):
            return
        cursor = self.textCursor()
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and cursor.blockFormat().property(ROLE) == HEADING
            and cursor.atBlockEnd()
        ):
            cursor.insertBlock(self.text.block_format(self.text.section_at(cursor.position()), BODY), char_format(BODY))
            self.setTextCursor(cursor)
            return
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if not self._protected():
            super().inputMethodEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        # Files go to the window, which reads them as sources.
        words = source.hasText() or source.hasHtml()
        return words and not source.hasUrls() and not self._protected()

    def insertFromMimeData(self, source: QMimeData) -> None:
        if self._protected() or source.hasUrls():
            return
        own = self.own_words(source)
        self.textCursor().insertText(pasted_text(source) if own is None else own)
        self.ensureCursorVisible()

    def createMimeDataFromSelection(self) -> QMimeData:
        dressed = self.dressed()
        if dressed is not None:
            return dressed
        rich = mime_of_selection(self.textCursor(), self.profile)
        if rich is not None:
            return rich
        return mime_of_words(self.textCursor().selection().toPlainText().replace("\xa0", " "))

    def _protected(self) -> bool:
        """Whether an edit here would get in the way of the words that are coming."""
        streaming = self.text.streaming
        if not self._locked or not streaming:
            return False
        cursor = self.textCursor()
        first, last = cursor.selectionStart(), cursor.selectionEnd()
        at = first
        while at <= last:
            if self.text.section_at(at) in streaming:
                return True
            block = self.document().findBlock(at)
            at = block.position() + block.length()
        return False

    # pointing

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self.hovered.emit(self.cursorForPosition(event.pos()).position(), event.globalPos())
            return True
        return super().viewportEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.context_menu(event.pos())
        menu.exec(event.globalPos())
        menu.deleteLater()

    def context_menu(self, place: QPoint) -> QMenu:
        """Qt's own menu; what the keys must not do while a section streams, its entries must not do either."""
        menu = self.createStandardContextMenu(place)
        barred = {"edit-undo", "edit-redo"} if self._locked else set()
        if self._protected():
            barred |= {"edit-cut", "edit-paste", "edit-delete"}
        for action in menu.actions():
            if action.objectName() in barred:
                action.setEnabled(False)
        self.menu_made.emit(menu)
        return menu


def _stands(finding: Finding, cursor: QTextCursor) -> bool:
    """Whether the cursor is over the words of the finding."""
    return cursor.selectedText().replace("\u2029", "\n") == finding.text

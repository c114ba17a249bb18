"""The list of passages: file, place, and a few lines in which the words that were looked for stand out."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPalette, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from biseo_ui.i18n import tr
from biseo_ui.item_models.hits_model import HIT_ROLE, PLACE_ROLE, HitsModel
from biseo_ui.theme import Theme
from biseo_ui.widgets.draft_reader import units

Index = QModelIndex | QPersistentModelIndex
LINES = 3
"""Lines of the passage in a row."""


class HitDelegate(QStyledItemDelegate):
    """Rows of one height."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, option.fontMetrics.lineSpacing() * (2 + LINES) + self._theme.pixels(18))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        colours, pixels = self._theme.colours, self._theme.pixels
        painter.save()
        painter.setClipRect(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(option.rect, colours.colour("accent_soft"))
            bar = QRect(option.rect.topLeft(), QSize(pixels(3), option.rect.height()))
            painter.fillRect(bar, colours.colour("accent"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, colours.colour("hover"))
        room = option.rect.adjusted(pixels(10), pixels(7), -pixels(10), -pixels(7))
        size, line = pixels(16), option.fontMetrics.lineSpacing()
        option.icon.paint(painter, QRect(room.left(), room.top() + (line - size) // 2, size, size))
        left = room.left() + size + pixels(7)
        bold = QFont(option.font)
        bold.setBold(True)
        ink = option.palette.color(QPalette.ColorRole.Text)
        painter.setFont(bold)
        painter.setPen(ink)
        width = room.right() - left
        metrics = painter.fontMetrics()
        name = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideMiddle, width)
        painter.drawText(QRect(left, room.top(), width, line), int(Qt.AlignmentFlag.AlignVCenter), name)
        painter.setFont(option.font)
        painter.setPen(ink if selected else colours.colour("muted"))
        place = option.fontMetrics.elidedText(
            str(index.data(PLACE_ROLE) or ""), Qt.TextElideMode.ElideRight, room.right() - left
        )
        painter.drawText(QRect(left, room.top() + line, width, line), int(Qt.AlignmentFlag.AlignVCenter), place)
        painter.setPen(ink)
        heads = 2 if place else 1
        below = QRectF(left, room.top() + heads * line + pixels(2), width, (LINES + 2 - heads) * line)
        self._snippet(painter, below, option.font, index, line)
        painter.setPen(colours.colour("border"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()

    def _snippet(self, painter: QPainter, room: QRectF, font: QFont, index: Index, line: int) -> None:
        snippet = index.data(HIT_ROLE).snippet
        colours = self._theme.colours
        layout = QTextLayout(snippet.text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        formats = []
        for start, end in snippet.marks:
            found = QTextLayout.FormatRange()
            found.start, found.length = units(snippet.text[:start]), units(snippet.text[start:end])  # type: ignore[attr-defined]
            shape = QTextCharFormat()
            shape.setFontWeight(700)
            shape.setFontUnderline(True)  # not by colour alone
            shape.setBackground(colours.colour("warning_soft"))
            shape.setForeground(colours.colour("text"))
            found.format = shape  # type: ignore[attr-defined]
            formats.append(found)
        layout.setFormats(formats)
        layout.beginLayout()
        top = 0.0
        while top + line <= room.height() + 1:
            each = layout.createLine()
            if not each.isValid():
                break
            each.setLineWidth(room.width())
            each.setPosition(QPointF(0, top))
            top += line
        layout.endLayout()
        layout.draw(painter, room.topLeft())


class HitList(QListView):
    """Signals:
    opened: Enter or a double click: the whole document is wanted.
    left: the way back to the search field (arrow up in the first row).
    """

    opened = Signal()
    left = Signal()

    def __init__(self, theme: Theme, model: HitsModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(HitDelegate(theme, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("찾은 대목"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.doubleClicked.connect(lambda _index: self.opened.emit())
        theme.changed.connect(self._restyle)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif plain and event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _restyle(self) -> None:
        self.scheduleDelayedItemsLayout()

"""The middle of the window, which makes the keyboard go the way the eye goes."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QLayout,
    QLayoutItem,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QWidget,
)


class KeyboardFrame(QWidget):
    """Tab follows the layouts, and Enter presses the button that has the focus.

    Qt's own order is that of making: whatever is built while one works (fields of another task, cards, findings) would
    come after everything else. And outside of dialogs Qt's buttons take only the space bar.
    """

    def focusNextPrevChild(self, forward: bool) -> bool:
        here = QApplication.focusWidget()
        order = list(in_reading_order(self, here))
        at = self._place(order, here)
        after, before = (order[at + 1 :], order[:at]) if at is not None else (order, [])
        stops = [widget for widget in (*after, *before) if widget.isVisible() and _takes_tab(widget)]
        if not stops:
            return False
        stop = stops[0 if forward else -1]
        stop.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
        _bring_into_view(stop)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        button = QApplication.focusWidget()
        entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        if entered and plain and not event.isAutoRepeat() and isinstance(button, QPushButton | QToolButton):
            button.click()
        else:
            super().keyPressEvent(event)

    def _place(self, order: list[QWidget], widget: QWidget | None) -> int | None:
        """Where `widget` is in the order, itself or what it is a part of."""
        while widget is not None and widget is not self:
            if widget in order:
                return order.index(widget)
            widget = widget.parentWidget()
        return None


def in_reading_order(widget: QWidget, here: QWidget | None = None) -> Iterator[QWidget]:
    """Visible widgets below `widget`, as laid out: each before what is in it.

    Args:
        here: has the focus; it is among them also while it is being hidden, so that the focus goes to what is next.
    """
    for child in _children(widget):
        if child.isVisible() or (here is not None and (child is here or child.isAncestorOf(here))):
            yield child
            if not _takes_tab(child) or isinstance(child, QScrollArea):
                yield from in_reading_order(child, here)


def _children(widget: QWidget) -> Iterator[QWidget]:
    if isinstance(widget, QScrollArea):
        if widget.widget() is not None:
            yield widget.widget()
    elif isinstance(widget, QSplitter):
        yield from (widget.widget(index) for index in range(widget.count()))
    elif isinstance(widget, QStackedWidget):
        if widget.currentWidget() is not None:
            yield widget.currentWidget()
    else:
        laid = list(_laid_out(widget.layout()))
        yield from laid
        for child in widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if child not in laid and not child.isWindow():
                yield child


def _laid_out(layout: QLayout | None) -> Iterator[QWidget]:
    for index in range(layout.count() if layout is not None else 0):
        item: QLayoutItem | None = layout.itemAt(index) if layout is not None else None
        if item is None:
            continue
        if (widget := item.widget()) is not None:
            yield widget
        else:
            yield from _laid_out(item.layout())


def _takes_tab(widget: QWidget) -> bool:
    wants = widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
    return wants and widget.isEnabled() and widget.focusProxy() is None


def _bring_into_view(widget: QWidget) -> None:
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget)
        around = around.parentWidget()

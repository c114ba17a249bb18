"""One editor for each kind of form field. All speak words: what is shown is what goes into the draft."""

from __future__ import annotations

import re
from abc import abstractmethod
from datetime import date

from PySide6.QtCore import QDate, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCalendarWidget,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QStyledItemDelegate,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from biseo.tasks.definition import Field, FormValue
from biseo_ui.i18n import tr
from biseo_ui.item_models.rows_model import RowsModel
from biseo_ui.notation import find_date, grouped, official_date
from biseo_ui.theme import Theme
from biseo_ui.widgets.button_row import ButtonRow
from biseo_ui.widgets.no_drag import NoDrag
from biseo_ui.widgets.popup import Popup

OFFICE_TIME = "09:00"


class FieldEditor(QWidget):
    """What every editor can do."""

    changed = Signal()

    def __init__(self) -> None:
        # Qt's classes have a metaclass of their own, which does not ask for what is abstract.
        if any(getattr(getattr(type(self), name), "__isabstractmethod__", False) for name in ("value", "set_value")):
            raise TypeError(f"{type(self).__name__} is abstract")
        super().__init__()

    @abstractmethod
    def value(self) -> FormValue:
        """What stands in the field, as it goes into the draft."""

    @abstractmethod
    def set_value(self, value: FormValue) -> None:
        """Show that value."""

    def describe(self, name: str, description: str) -> None:
        """Name the control for people who do not see it."""
        control = self.focusProxy() or self
        control.setAccessibleName(name)
        control.setAccessibleDescription(description)


class LineField(FieldEditor):
    """Words on one line."""

    def __init__(self, theme: Theme, field: Field) -> None:
        super().__init__()
        self._theme = theme
        self.line = QLineEdit()
        self.line.setAcceptDrops(False)  # dropped files belong to the window
        self.line.setPlaceholderText(tr("예: {example}").format(example=field.example) if field.example else "")
        self.line.textChanged.connect(self.changed)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(theme.pixels(4))
        self.row.addWidget(self.line, 1)
        self.setFocusProxy(self.line)

    def value(self) -> FormValue:
        return self.line.text().strip()

    def set_value(self, value: FormValue) -> None:
        self.line.setText(str(value))


class AmountField(LineField):
    """Won; grouped by thousands when the official leaves the field."""

    def __init__(self, theme: Theme, field: Field) -> None:
        super().__init__(theme, field)
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.line.editingFinished.connect(lambda: self.line.setText(grouped(self.line.text())))
        self.row.addWidget(QLabel(tr("원")))


class DateField(LineField):
    """A day, or a day and time, typed or picked from a calendar."""

    def __init__(self, theme: Theme, field: Field) -> None:
        super().__init__(theme, field)
        self._with_time = field.kind == "datetime"
        self.button = QToolButton()
        self.button.setProperty("role", "flat")
        self.button.setIcon(theme.icon("calendar"))
        self.button.setToolTip(tr("달력에서 고르기"))
        self.button.setAccessibleName(tr("{label} 달력에서 고르기").format(label=field.label))
        self.button.clicked.connect(self._on_open)
        self.row.addWidget(self.button)

    def _on_open(self) -> None:
        popup = Popup(self._theme, self.button)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget()
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setAccessibleName(tr("달력"))
        day = find_date(self.line.text())
        if day is not None:
            calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        calendar.activated.connect(lambda chosen: (self.pick(chosen.toPython()), popup.close()))
        calendar.clicked.connect(lambda chosen: (self.pick(chosen.toPython()), popup.close()))
        popup.column.addWidget(calendar)
        popup.open()
        calendar.setFocus()

    def pick(self, day: date) -> None:
        """Put that day into the field; a time that was typed stays."""
        words = official_date(day)
        if self._with_time:
            time = re.search(r"\d{1,2}:\d{2}", self.line.text())
            words += f" {time[0] if time else OFFICE_TIME}"
        self.line.setText(words)


class _Words(QPlainTextEdit):
    """Several lines; files dropped on it go to the window."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)
        NoDrag(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            event.ignore()  # Ctrl+Enter writes the draft
            return
        super().keyPressEvent(event)


class MultilineField(FieldEditor):
    """Words on several lines."""

    def __init__(self, theme: Theme, field: Field) -> None:
        super().__init__()
        self.edit = _Words()
        self.edit.setPlaceholderText(tr("예: {example}").format(example=field.example) if field.example else "")
        self.edit.textChanged.connect(self.changed)
        line = QFontMetricsF(self.edit.font()).lineSpacing()
        self.edit.setFixedHeight(round(line * 3 + theme.pixels(18)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.edit)
        self.setFocusProxy(self.edit)

    def value(self) -> FormValue:
        return self.edit.toPlainText().strip()

    def set_value(self, value: FormValue) -> None:
        self.edit.setPlainText(str(value))


class ChoiceField(FieldEditor):
    """One of a few."""

    def __init__(self, theme: Theme, field: Field) -> None:
        super().__init__()
        self.box = ArrowBox(theme)
        self.box.addItems(list(field.choices))
        self.box.currentIndexChanged.connect(self.changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.box)
        self.setFocusProxy(self.box)

    def value(self) -> FormValue:
        return self.box.currentText()

    def set_value(self, value: FormValue) -> None:
        self.box.setCurrentIndex(max(0, self.box.findText(str(value))))


class ArrowBox(QComboBox):
    """A combo box with an arrow in the theme's colour that does not change under the mouse wheel."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "arrow")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setItemDelegate(QStyledItemDelegate(self))  # a list that can be dressed

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def sizeHint(self) -> QSize:
        """With room for our own arrow, which Qt does not count."""
        return super().sizeHint() + QSize(self._theme.pixels(8), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        size = self._theme.pixels(16)
        painter = QPainter(self)
        painter.drawPixmap(
            self.width() - size - self._theme.pixels(6),
            (self.height() - size) // 2,
            self._theme.icon("down").pixmap(size),
        )
        painter.end()


class RowsField(FieldEditor):
    """A small table with rows that come and go."""

    def __init__(self, theme: Theme, field: Field) -> None:
        super().__init__()
        self.model = RowsModel(field.columns, self)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.table.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        self.table.setTabKeyNavigation(True)
        self.table.setWordWrap(False)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(theme.pixels(64))
        self.table.verticalHeader().setDefaultSectionSize(theme.pixels(30))
        self.table.verticalHeader().hide()
        self.model.dataChanged.connect(self.changed)
        self.model.rowsInserted.connect(self._on_rows)
        self.model.rowsRemoved.connect(self._on_rows)
        self.model.modelReset.connect(self._on_rows)
        add, remove = QPushButton(tr("행 추가")), QPushButton(tr("행 지우기"))
        add.setIcon(theme.icon("add"))
        remove.setIcon(theme.icon("remove"))
        for button in (add, remove):
            button.setIconSize(QSize(theme.pixels(16), theme.pixels(16)))
            button.setAccessibleName(f"{field.label} {button.text()}")
        add.clicked.connect(self._on_add)
        remove.clicked.connect(self._on_remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(4))
        column.addWidget(self.table)
        column.addWidget(ButtonRow(theme, add, remove))
        self._theme = theme
        self.setFocusProxy(self.table)
        self._on_rows()

    def value(self) -> FormValue:
        return self.model.values()

    def set_value(self, value: FormValue) -> None:
        self.model.set_values([] if isinstance(value, str) else [dict(row) for row in value])

    def _on_add(self) -> None:
        number = self.model.add_row()
        index = self.model.index(number, 0)
        self.table.setCurrentIndex(index)
        self.table.edit(index)

    def _on_remove(self) -> None:
        current = self.table.currentIndex()
        self.model.remove_row(current.row() if current.isValid() else self.model.rowCount() - 1)

    def _on_rows(self) -> None:
        rows = min(max(self.model.rowCount(), 1), 6)
        self.table.setFixedHeight(self._theme.pixels(30) * rows + self._theme.pixels(36))
        self.changed.emit()


def editor_for(theme: Theme, field: Field) -> FieldEditor:
    """The editor of that field, filled with its default."""
    kinds: dict[str, type[FieldEditor]] = {
        "multiline": MultilineField, "date": DateField, "datetime": DateField, "amount": AmountField,
        "choice": ChoiceField, "rows": RowsField,
    }  # fmt: skip
    editor = kinds.get(field.kind, LineField)(theme, field)  # type: ignore[call-arg]
    if field.default:
        editor.set_value(field.default)
    return editor

"""The form of a task, made from its definition."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from biseo.tasks.definition import Field, FormValue, FormValues, TaskDefinition
from biseo_ui.i18n import tr
from biseo_ui.theme import Theme
from biseo_ui.widgets.field_editors import FieldEditor, editor_for

OFFICE_FIELDS = (
    "agency", "department", "officer", "phone", "head", "sender", "drafter", "reviewer", "approver", "address",
    "homepage", "fax", "email",
)  # fmt: skip
"""Fields that seldom change: remembered from one document to the next."""


class FormView(QWidget):
    """Few fields, the rest folded. Required ones say so in words."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._task: TaskDefinition | None = None
        self._body = QWidget()
        self._column.addWidget(self._body)
        self.editors: dict[str, FieldEditor] = {}
        self._kept: dict[str, FormValue] = {}
        self._fresh: dict[str, FormValue] = {}
        self.more = QPushButton()
        self._folded = QWidget()
        theme.changed.connect(self._on_theme)

    @property
    def task(self) -> TaskDefinition | None:
        return self._task

    def show_task(self, task: TaskDefinition, office: Mapping[str, str]) -> None:
        """Build the form of `task`. What was typed into any form before stands in the fields of the same id."""
        self._keep()
        self._task = task
        self.editors = {}
        self._replace_body()
        for field in task.fields:
            editor = self.editors[field.id]
            if field.id in OFFICE_FIELDS and field.id in office:
                editor.set_value(office[field.id])
            self._fresh[field.id] = editor.value()
            value = self._kept.get(field.id)
            if value is not None and (field.kind != "choice" or value in field.choices):
                editor.set_value(value)
        self.changed.emit()

    @property
    def begun(self) -> bool:
        """Whether the official has filled in anything of this form."""
        return any(editor.value() != self._fresh[name] for name, editor in self.editors.items())

    def values(self) -> FormValues:
        """Field id to value; empty fields are left out."""
        found = {name: editor.value() for name, editor in self.editors.items()}
        return {name: value for name, value in found.items() if value}

    def fill(self, values: Mapping[str, FormValue]) -> None:
        """Put values into fields that are still empty."""
        for name, value in values.items():
            if name in self.editors and not self.editors[name].value():
                self.editors[name].set_value(value)

    def load(self, values: Mapping[str, FormValue]) -> None:
        """Show exactly these values; a field without one is as it is in an untouched form, or empty."""
        for name, editor in self.editors.items():
            fresh = self._fresh[name]
            editor.set_value(values.get(name, "" if name in OFFICE_FIELDS and isinstance(fresh, str) else fresh))

    def forget(self) -> None:
        """Drop what was typed, also into the forms of other tasks; the next `show_task` begins with an empty form."""
        self._kept, self.editors = {}, {}

    def withdraw(self, values: Mapping[str, FormValue], office: Mapping[str, str]) -> None:
        """Take back what `fill` put in, wherever it has not been changed since."""
        self._keep()
        for name, value in values.items():
            if self._kept.get(name) == value:
                del self._kept[name]
                if name in self.editors:
                    self.editors[name].set_value(office.get(name, ""))

    def office(self) -> dict[str, str]:
        """What is worth remembering for the next document; a field that was emptied as well."""
        found = {name: editor.value() for name, editor in self.editors.items() if name in OFFICE_FIELDS}
        return {name: value for name, value in found.items() if isinstance(value, str)}

    def missing(self) -> list[Field]:
        """Required fields that are empty."""
        values = self.values()
        return [f for f in (self._task.fields if self._task else ()) if f.required and f.id not in values]

    def _keep(self) -> None:
        self._kept.update((name, editor.value()) for name, editor in self.editors.items())

    def _replace_body(self) -> None:
        assert self._task is not None
        self._column.removeWidget(self._body)
        self._body.hide()
        self._body.deleteLater()
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.pixels(10))
        for field in self._task.fields:
            if not field.folded:
                column.addWidget(self._row(field))
        folded = [field for field in self._task.fields if field.folded]
        self._folded = QWidget()
        inner = QVBoxLayout(self._folded)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(self._theme.pixels(10))
        self.more = QPushButton()
        self.more.setProperty("role", "link")
        self.more.setCheckable(True)
        self.more.toggled.connect(self._on_more)
        for field in folded:
            inner.addWidget(self._row(field))
        self.more.setVisible(bool(folded))
        column.addWidget(self.more)
        column.addWidget(self._folded)
        self._on_more(False)
        self._column.addWidget(self._body)

    def _row(self, field: Field) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.pixels(3))
        label = QLabel(field.label)
        label.setProperty("role", "section")
        head = QHBoxLayout()
        head.setSpacing(self._theme.pixels(6))
        head.addWidget(label)
        if field.required:
            sign = QLabel(tr("필수"))
            sign.setProperty("role", "required")
            head.addWidget(sign)
        head.addStretch(1)
        editor = editor_for(self._theme, field)
        editor.changed.connect(self.changed)
        editor.describe(field.label + (tr(" (필수)") if field.required else ""), field.help)
        label.setBuddy(editor)
        column.addLayout(head)
        column.addWidget(editor)
        if field.help:
            help_text = QLabel(field.help)
            help_text.setProperty("role", "muted")
            help_text.setWordWrap(True)
            column.addWidget(help_text)
        self.editors[field.id] = editor
        return row

    def _on_more(self, shown: bool) -> None:
        count = sum(field.folded for field in self._task.fields) if self._task else 0
        self._folded.setVisible(shown and count > 0)
        self.more.setText(tr("접기") if shown else tr("더 보기 ({count}개 항목)").format(count=count))
        self.more.setIcon(self._theme.icon("down" if shown else "right", "accent"))

    def _on_theme(self) -> None:
        if self._task is not None:
            shown = self.more.isChecked()
            self.show_task(self._task, {})
            self.more.setChecked(shown)

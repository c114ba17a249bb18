"""The page where an agency's own form is filled in: choose it, see its fields, see what is empty, save."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from biseo.errors import UserFacingError
from biseo.forms import Filled, Form, FormField, field_key
from biseo.policy import Policy
from biseo.stored_source import hash_of, state_of_file
from biseo.worksession import FieldMark, FilledForm, SourceMark
from biseo_ui.alerts import Alerts
from biseo_ui.dialogs.file_dialogs import FileDialogs
from biseo_ui.i18n import tr
from biseo_ui.jobs import Job, JobRunner
from biseo_ui.services import Services
from biseo_ui.theme import Theme
from biseo_ui.widgets.button_row import ButtonRow
from biseo_ui.widgets.cards import CardPage, PointsCard
from biseo_ui.widgets.elided_label import ElidedLabel
from biseo_ui.widgets.fill_row import FillRow
from biseo_ui.widgets.labels import label
from biseo_ui.widgets.lock_note import LockNote, lock
from biseo_ui.widgets.wrapped_label import WrappedLabel

AT_ONCE = 60
"""Fields shown before "more" is asked for."""
PAUSE_MS = 10
STEP = 3
"""Rows built at a time, so that the window keeps answering."""
NAMED_LENGTH = 36
"""Characters of empty fields' names in one line; all of them are marked on the page."""
WIDEST = 760
STEPS = (
    (
        "open",
        "양식을 엽니다",
        "{{이름}}처럼 표시한 곳, 누름틀과 콘텐츠 컨트롤, 이름 뒤의 밑줄, 표에서 이름 옆이나 아래의 빈 칸을 찾습니다.",
    ),
    ("edit", "칸을 채웁니다", "작성 화면의 서식과 초안에 있는 값은 가져올 수 있습니다."),
    ("save", "저장합니다", "채운 칸 말고는 원본 그대로인지 다시 읽어 확인한 뒤 새 파일로 저장합니다."),
)


Guard = Callable[[Mapping[str, str], str, Callable[[dict[str, str]], object]], object]
"""See `biseo_ui.privacy_gate.PrivacyGate.pass_texts`."""


class FillPage(QWidget):
    """Args:
    known: what the draft and its form know now, name to words.
    policy: a template of a format that it does not allow can be filled in, but not saved.
    guard: gives the words of the fields as they may leave to `then`; asks where they hold personal data.

    Signals:
        changed: another form, or other words in it.
    """

    changed = Signal()

    def __init__(
        self, theme: Theme, runner: JobRunner, services: Services, dialogs: FileDialogs,
        known: Callable[[], Mapping[str, str]], guard: Guard | None = None,
        policy: Policy | None = None, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._policy = policy or Policy()
        self._guard: Guard = guard or (lambda values, _way, then: then(dict(values)))
        self._theme, self._runner, self._services, self._dialogs = theme, runner, services, dialogs
        self._known = known
        self._job: Job | None = None
        self._values: dict[str, str] = {}
        self._kept: dict[str, str] = {}
        self._offers: dict[str, str] = {}
        self._sha256 = ""
        self.form: Form | None = None
        self.rows: list[FillRow] = []
        self._wanted = 0
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(PAUSE_MS)
        self._later.timeout.connect(self._build)
        self.alerts = Alerts(theme)
        self._layout()
        theme.changed.connect(self._restyle)
        self._restyle()
        self._show_state()

    # what the work page calls

    @property
    def dirty(self) -> bool:
        """Whether there are words that no file holds."""
        return self._values != self._kept

    def with_form_settled(self, then: Callable[[], object]) -> None:
        """Do `then` once what was filled in is saved or may be dropped; not at all when the official says no."""
        answer = self._dialogs.ask_unsaved_form() if self.dirty else "discard"
        if answer == "discard":
            then()
        elif answer == "save":
            self.save(then)

    def open(self) -> None:
        """Ask for a template."""
        self._dialogs.open_template(self.open_path)

    def open_path(self, path: Path) -> None:
        """Look for the fields of that template, in the place of the present one."""
        self.with_form_settled(lambda: self._open(path))

    def _open(self, path: Path, values: Mapping[str, str] | None = None) -> None:
        """Look for the fields; `values` go into those of their name, and those without a field any more are told."""
        self.stop()
        self.alerts.clear()
        self.alerts.tell("info", tr("양식을 읽고 있습니다."))

        def work(cancel: threading.Event) -> Iterator[tuple[Form, str]]:
            yield self._services.find_fields(path, cancel), hash_of(path)

        self._start("files", work, lambda found: self._on_form(*found, values or {}))

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Name what is empty, then ask where to save; `then` is done once it is written."""
        if self.form is None or not self.form.fields:
            self.open()
            return
        if self._job is not None:
            return
        if reason := self._barred():
            self.alerts.tell("warning", reason)
            return
        self._collect()
        empty = self.empty()
        if len(empty) == len(self.form.fields):
            self.alerts.tell("warning", tr("채운 칸이 없습니다."), tr("칸을 하나 이상 채운 뒤 저장해 주세요."))
        elif empty:
            self.alerts.clear("warning", "ok")
            self.alerts.tell(
                "warning",
                tr("비어 있는 칸이 {count}개 있습니다: {names}.").format(count=len(empty), names=_listed(empty)),
                tr("채운 뒤 저장하거나, 빈 칸으로 두고 저장할 수 있습니다."),
                (tr("빈 칸으로 두고 저장"), lambda: self._choose_file(then)),
            )
        else:
            self._choose_file(then)

    def _barred(self) -> str:
        """Why this form cannot be saved; empty where it can."""
        if self.form is None or self._policy.allows_format(Path(self.form.path).suffix):
            return ""
        return self._policy.reason("formats")

    def stop(self) -> None:
        """Give up what is being read or written."""
        if self._job is not None:
            self._job.cancel()

    def filled_form(self) -> FilledForm | None:
        """What was filled in, to go on with elsewhere; None while nothing was."""
        if self.form is None or not (self._values or self._kept):
            return None
        fields = tuple(FieldMark(f.name, f.kind, f.where, f.text, f.places) for f in self.form.fields)
        return FilledForm(
            self.form.path, self._sha256, self.form.format, fields, dict(self._values), dict(self._kept)
        )  # fmt: skip

    def take_up(self, filled: FilledForm | None) -> None:
        """Go on with what was filled in, also where the form's file has gone; None shows no form."""
        self.stop()
        self._job = None
        self.alerts.clear()
        if filled is None:
            self.form, self._values, self._kept, self._sha256 = None, {}, {}, ""
            self._show_form(AT_ONCE)
            return
        self._values, self._kept = dict(filled.values), dict(filled.saved)
        self._sha256 = filled.sha256
        fields = tuple(FormField(f.name, cast(Any, f.kind), f.where, f.text, f.places) for f in filled.fields)
        self.form = form = Form(filled.path, filled.format, fields)
        self._offers = dict(self._known())
        self._show_form(AT_ONCE)
        mark = SourceMark(filled.path, "", file=filled.sha256)
        job = self._runner.call("looking", lambda: state_of_file(mark))
        job.item.connect(lambda state: self._on_file(state) if self.form is form else None)

    def _on_file(self, state: str) -> None:
        """What has become of the file of a form that was taken up."""
        again = (tr("양식 다시 읽기"), self._read_again)
        if state == "missing":
            self.alerts.tell(
                "warning",
                tr("양식 파일을 찾을 수 없습니다. 채운 값은 그대로 있습니다."),
                tr("파일을 제자리에 두면 저장할 수 있습니다."),
                again,
            )
        elif state == "changed":
            self.alerts.tell(
                "warning",
                tr("양식 파일이 저장한 뒤에 바뀌었습니다."),
                tr("다시 읽으면 이름이 같은 칸의 값은 그대로 남습니다."),
                again,
            )

    def _read_again(self) -> None:
        if self.form is not None:
            self._open(Path(self.form.path), dict(self._values))

    def refresh(self) -> None:
        """Look again at what the draft knows; called whenever the page is shown."""
        offers = dict(self._known())
        if offers != self._offers:
            self._offers = offers
            for row in self.rows:
                row.set_offers(offers)
        self._show_state()

    def empty(self) -> list[str]:
        """Names of the fields without words."""
        fields = self.form.fields if self.form is not None else ()
        return [field.name for field in fields if not self._values.get(field.name, "").strip()]

    # fields

    def _on_form(self, form: Form, sha256: str, values: Mapping[str, str]) -> None:
        self.alerts.clear()
        if not form.fields:
            self.alerts.tell(
                "warning",
                tr("「{name}」에서 채울 칸을 찾지 못했습니다.").format(name=Path(form.path).name),
                tr("채울 자리에 {{이름}}처럼 표시하거나, 표에서 항목 이름 옆 칸을 비워 두어 주세요."),
            )
        for warning in form.warnings:
            self.alerts.tell("warning", warning)
        names = {field.name for field in form.fields}
        gone = [name for name in values if name not in names]
        if values and not names:
            return  # what was filled in is not given up for a form without fields
        if gone:
            self.alerts.tell(
                "warning",
                tr("바뀐 양식에 없는 칸의 값 {count}개를 뺐습니다: {names}.").format(
                    count=len(gone), names=_listed(gone)
                ),
            )
        self._values, self._kept = {name: words for name, words in values.items() if name in names}, {}
        self._sha256 = sha256
        self.form = form if form.fields else None
        self._offers = dict(self._known())
        self._show_form(AT_ONCE)
        if self.rows:
            self.rows[0].edit.setFocus()

    def _show_form(self, count: int) -> None:
        """Build the rows of the first `count` fields anew."""
        body = QWidget()
        body.setObjectName("scrolled")
        self._column = QVBoxLayout(body)
        pixels = self._theme.pixels
        self._column.setContentsMargins(*(pixels(n) for n in (20, 16, 20, 20)))
        self._column.setSpacing(pixels(14))
        self.rows = []
        self._more = QPushButton()
        self._more.setProperty("role", "link")
        self._more.clicked.connect(lambda: self._add_rows(AT_ONCE))
        self._column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(1)
        line = QWidget()
        line.setObjectName("scrolled")
        across = QHBoxLayout(line)
        across.setContentsMargins(0, 0, 0, 0)
        across.addStretch(1)
        across.addWidget(body, 1000)
        across.addStretch(1)
        body.setMaximumWidth(pixels(WIDEST))
        self._scroll.setWidget(line)
        self._add_rows(max(count, AT_ONCE))
        self._show_state()

    def _add_rows(self, count: int) -> None:
        """Show so many more fields."""
        fields = self.form.fields if self.form is not None else ()
        self._wanted = min(len(fields), len(self.rows) + count)
        self._build()

    def _build(self, until: int = 0) -> None:
        """Build the next few of the rows that are wanted (all up to `until`), and the others when there is time."""
        fields = self.form.fields if self.form is not None else ()
        self._wanted = max(self._wanted, until)
        for field in fields[len(self.rows) : max(until, min(self._wanted, len(self.rows) + STEP))]:
            row = FillRow(self._theme, field, self._offers)
            if words := self._values.get(field.name):
                row.set_value(words)
            row.changed.connect(self._on_changed)
            self._column.insertWidget(len(self.rows), row)
            self.rows.append(row)
        left = len(fields) - len(self.rows)
        building = len(self.rows) < self._wanted
        self._more.setVisible(left > 0 and not building)
        self._more.setText(tr("나머지 {count}개 칸 보기").format(count=left))
        # The area would give the new rows their room only when all is built.
        holder = self._scroll.widget()
        self._column.activate()
        holder.layout().activate()
        holder.resize(holder.width(), max(self._scroll.viewport().height(), holder.heightForWidth(holder.width())))
        if building:
            self._later.start()

    def _on_changed(self) -> None:
        self._collect()
        self._show_state()

    def _collect(self) -> None:
        for row in self.rows:
            if row.value:
                self._values[row.field.name] = row.value
            else:
                self._values.pop(row.field.name, None)

    def _matches(self) -> dict[str, str]:
        """Empty fields that have the name of something known."""
        known = {field_key(name): words for name, words in self._offers.items()}
        return {name: known[field_key(name)] for name in self.empty() if known.get(field_key(name), "").strip()}

    def _on_take(self) -> None:
        matches = self._matches()
        self._values.update(matches)
        for row in self.rows:
            if row.field.name in matches:
                row.set_value(matches[row.field.name])
        self._show_state()

    def _to_empty(self) -> None:
        """Go to the first empty field below the present one, else to the first."""
        empty = set(self.empty())
        fields: tuple[FormField, ...] = self.form.fields if self.form is not None else ()
        places = [index for index, field in enumerate(fields) if field.name in empty]
        if not places:
            return
        here = next((index for index, row in enumerate(self.rows) if row.edit.hasFocus()), self._here)
        index = next((place for place in places if place > here), places[0])
        if index >= len(self.rows):
            self._build(index + 1)
        self._here = index
        row = self.rows[index]
        row.edit.setFocus()
        self._scroll.widget().layout().activate()
        self._scroll.ensureWidgetVisible(row)

    # saving

    def _choose_file(self, then: Callable[[], object] | None) -> None:
        if self.form is None:
            return
        path = Path(self.form.path)
        self._collect()
        values = {field.name: self._values.get(field.name, "") for field in self.form.fields}

        def choose(leaving: dict[str, str]) -> None:
            self._dialogs.save_filled(
                f"{path.stem} {tr('작성')}{path.suffix}",
                lambda out, overwrite: self._save(out, overwrite, values, leaving, then),
            )

        self._guard(values, "save", choose)

    def _save(
        self, out: Path, overwrite: bool, values: dict[str, str], leaving: dict[str, str],
        then: Callable[[], object] | None,
    ) -> None:  # fmt: skip
        """Write `leaving`, which is made of `values`: these, or the same with personal data masked."""
        form = self.form
        if form is None or self._job is not None:
            return

        def work(cancel: threading.Event) -> Iterator[Filled]:
            yield self._services.fill_form(Path(form.path), leaving, out, overwrite, cancel)

        if (focused := self.window().focusWidget()) is not None and self.alerts.isAncestorOf(focused):
            self._scroll.setFocus()  # its message goes, and the keyboard would be back at the window's first button
        self.alerts.clear()
        self.alerts.tell("info", tr("저장하고 다시 읽어 확인하고 있습니다."))
        self._start("saving", work, lambda filled: self._on_saved(filled, values, leaving == values, then))

    def _on_saved(
        self, filled: Filled, values: Mapping[str, str], whole: bool, then: Callable[[], object] | None
    ) -> None:  # fmt: skip
        said = {name: words for name, words in values.items() if words}
        if whole:  # a masked copy does not hold what was filled in
            self._kept = said
        self.alerts.clear()
        for warning in filled.warnings:
            self.alerts.tell("warning", warning)
        words = tr("저장됨: {path}").format(path=filled.path)
        if filled.empty:
            words += " " + tr("(빈 칸 {count}개)").format(count=len(filled.empty))
        self.alerts.tell("ok", words)
        if then is not None and self._values == said:
            then()

    # inside

    def _start(self, lane: str, work: Callable[[threading.Event], Iterator[object]], then: Callable[..., None]) -> None:
        job = self._job = self._runner.start(lane, work)

        def only_now(slot: Callable[..., None]) -> Callable[..., None]:
            """A job that another has taken the place of tells nothing any more."""
            return lambda *told: slot(*told) if self._job is job else None

        job.item.connect(only_now(then))
        job.failed.connect(only_now(self._on_failed))
        job.cancelled.connect(only_now(self.alerts.clear))
        job.ended.connect(only_now(self._on_ended))
        self._show_state()

    def _on_failed(self, error: UserFacingError) -> None:
        self.alerts.clear()
        self.alerts.show_error(error)

    def _on_ended(self) -> None:
        self._job = None
        self.alerts.clear("info")
        self._show_state()

    def _show_state(self) -> None:
        """What is empty, what can be taken from the draft, and what can be done now."""
        self.changed.emit()
        form = self.form
        self._middle.setCurrentIndex(1 if form is not None else 0)
        self._actions.setVisible(form is not None)
        self._name.setText(Path(form.path).name if form is not None else "")
        self.open_other.setVisible(form is not None)
        matches = len(self._matches())
        self.take.setVisible(form is not None and matches > 0)
        self.take.setText(tr("값 {count}개 가져오기").format(count=matches))
        self.save_button.setEnabled(self._job is None)
        self._locks.say(self._barred())
        if self._locks.reason:
            lock(self.save_button, self._locks.reason)
        if form is None:
            return
        empty = self.empty()
        self.next_empty.setVisible(bool(empty))
        if empty:
            self._summary.setText(
                tr("전체 {total}칸 가운데 비어 있는 칸 {count}개: {names}").format(
                    total=len(form.fields), count=len(empty), names=_listed(empty)
                )
            )
        else:
            self._summary.setText(tr("{total}칸을 모두 채웠습니다.").format(total=len(form.fields)))

    def _layout(self) -> None:
        pixels = self._theme.pixels
        self._here = -1
        self.setAccessibleName(tr("양식 채우기"))
        points = [(icon, f"{place}. {tr(strong)}", tr(plain)) for place, (icon, strong, plain) in enumerate(STEPS, 1)]
        steps = PointsCard(self._theme, tr("기관 양식 채우기"), points)
        self.open_button = QPushButton(tr("양식 열기"))
        self.open_button.setToolTip(tr("HWPX나 DOCX 양식을 엽니다. (Ctrl+O)"))
        self.open_button.clicked.connect(self.open)
        steps.column.addWidget(ButtonRow(self._theme, self.open_button))
        note = tr(
            "HWP 양식은 한글에서 HWPX로 저장한 뒤 열어 주세요. 양식 파일은 그대로 남고, 채운 문서는 새 파일이 됩니다."
        )
        steps.column.addWidget(label(note, "muted", wrap=True))
        header = QFrame()
        header.setObjectName("header")
        self._head = QHBoxLayout(header)
        self._name = ElidedLabel()
        self.take = QPushButton()
        self.take.setToolTip(tr("이름이 같은 빈 칸에 작성 화면의 서식과 초안에 있는 값을 넣습니다."))
        self.take.clicked.connect(self._on_take)
        self.open_other = QPushButton(tr("다른 양식"))
        self.open_other.clicked.connect(self.open)
        self._head.addWidget(label(tr("양식 채우기"), "title"))
        self._head.addWidget(self._name, 1)
        self._head.addWidget(self.take)
        self._head.addWidget(self.open_other)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName(tr("양식의 칸"))
        self._middle = QStackedWidget()
        self._middle.addWidget(CardPage(self._theme, 600, steps))
        self._middle.addWidget(self._scroll)
        self._locks = LockNote(self._theme, "")
        self._locks.setContentsMargins(*(pixels(n) for n in (20, 6, 20, 6)))
        self._actions = QFrame()
        self._actions.setObjectName("actions")
        self._foot = QHBoxLayout(self._actions)
        self._summary = WrappedLabel()
        self.next_empty = QPushButton(tr("빈 칸으로 가기"))
        self.next_empty.setToolTip(tr("다음 빈 칸으로 갑니다."))
        self.next_empty.clicked.connect(self._to_empty)
        self.save_button = QPushButton(tr("채워서 저장"))
        self.save_button.setProperty("role", "primary")
        self.save_button.setToolTip(tr("채운 문서를 새 파일로 저장합니다. (Ctrl+S)"))
        self.save_button.clicked.connect(lambda: self.save())
        self._foot.addWidget(self._summary, 1)
        self._foot.addWidget(self.next_empty)
        self._foot.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(header)
        column.addWidget(self.alerts)
        column.addWidget(self._locks)
        column.addWidget(self._middle, 1)
        column.addWidget(self._actions)
        for row in (self._head, self._foot):
            row.setContentsMargins(*(pixels(n) for n in (20, 10, 20, 10)))
            row.setSpacing(pixels(10))

    def _restyle(self) -> None:
        pixels, icon = self._theme.pixels, self._theme.icon
        for button, name in ((self.open_button, "open"), (self.open_other, "open"), (self.take, "write")):
            button.setIcon(icon(name))
        self.save_button.setIcon(self._theme.icon("save", "accent_text"))
        for row in (self._head, self._foot):
            row.setContentsMargins(*(pixels(n) for n in (20, 10, 20, 10)))
            row.setSpacing(pixels(10))
        if self.form is not None:
            self._collect()
            self._show_form(self._wanted)


def _listed(names: list[str]) -> str:
    shown = [names[0]]
    for name in names[1:]:
        if len(", ".join([*shown, name])) > NAMED_LENGTH:
            break
        shown.append(name)
    if len(shown) == len(names):
        return ", ".join(names)
    return tr("{names} 외 {count}개").format(names=", ".join(shown), count=len(names) - len(shown))

"""Settings: models, the look, how long works are kept, the policy of the agency, and "no outside traffic"."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from biseo.policy import FOREVER, Policy
from biseo.settings import IDLE_LOCKS, Settings
from biseo_ui.alerts import Alerts
from biseo_ui.i18n import tr
from biseo_ui.model_state import ModelState
from biseo_ui.theme import Theme
from biseo_ui.widgets.field_editors import ArrowBox
from biseo_ui.widgets.labels import label
from biseo_ui.widgets.lock_note import LockNote, lock
from biseo_ui.widgets.model_list import ModelList
from biseo_ui.widgets.reading_page import ReadingPage
from biseo_ui.widgets.status_line import OFFLINE
from biseo_ui.widgets.store_keys import StoreKeys
from biseo_ui.widgets.wrapped_label import WrappedLabel

THEMES = (("system", "Windows 설정 따름"), ("light", "밝게"), ("dark", "어둡게"))
KEEPING = ((0, "보관하지 않음"), (7, "7일"), (30, "30일"), (90, "90일"), (-1, "계속 보관"))
KEPT = (
    "초안과 고친 것은 이 PC에 암호화해 보관하고, 마지막으로 바뀐 때부터 이 기간이 지나면 프로그램을 열 때 지웁니다."
    " 보관하지 않음을 고르면 프로그램을 닫을 때 지웁니다."
)
LOGGED = (
    "자료를 열고, 초안을 쓰고, 검토를 마치고, 내보내고, 지운 때와 건수, 파일의 해시는 감사 기록에 남습니다."
    " 글은 남지 않으며, 기록은 저장소와 함께 암호화되어 이 PC에만 있습니다."
)
NEVER = "잠그지 않음"
LOCKS = (
    "이 시간 동안 마우스와 키보드를 쓰지 않으면 화면을 가리고, 하던 일을 저장소에 넣은 뒤 메모리에서 지웁니다."
    " Windows를 잠가도 함께 잠깁니다."
)
NO_POLICY = "이 PC에는 기관이 정한 제한이 없습니다."
LOCKED = "기관이 정한 것이어서 이 화면에서는 바꿀 수 없습니다. 바꾸어야 하면 전산 담당자에게 문의해 주세요."
SCALES = (100, 110, 125, 150, 175, 200)


class SettingsPage(QWidget):
    """Signals:
    look_chosen: the theme's name and the scale in percent.
    retention_chosen: days (-1: for good).
    idle_lock_chosen: minutes (0: never).
    """

    look_chosen = Signal(str, int)
    import_wanted = Signal()
    retention_chosen = Signal(int)
    idle_lock_chosen = Signal(int)

    def __init__(
        self, theme: Theme, models: ModelState, settings: Settings, policy: Policy | None = None,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        pixels, policy = theme.pixels, policy or Policy()
        self._theme, self._state = theme, models
        self.alerts = Alerts(theme)
        self.models = ModelList(theme, models, policy.reason("models"))
        self.models.import_wanted.connect(self.import_wanted)
        self.models.removal_wanted.connect(self._ask_removal)
        self.theme = ArrowBox(theme)
        self.theme.setAccessibleName(tr("화면 모드"))
        for name, words in THEMES:
            self.theme.addItem(tr(words), name)
        self.theme.setCurrentIndex(max(0, self.theme.findData(theme.name)))
        self.scale = ArrowBox(theme)
        self.scale.setAccessibleName(tr("글자 크기"))
        for percent in SCALES:
            self.scale.addItem(f"{percent}%", percent)
        self.scale.setCurrentIndex(max(0, self.scale.findData(theme.scale)))
        for box in (self.theme, self.scale):
            box.activated.connect(self._on_look)
        self.retention = ArrowBox(theme)
        self.retention.setAccessibleName(tr("보관 기간"))
        for days in policy.retentions(days for days, _ in KEEPING):
            self.retention.addItem(_keeping(days), days)
        self.retention.setCurrentIndex(max(0, self.retention.findData(policy.retention(settings.retention_days))))
        self.kept_lock = LockNote(theme, policy.reason("history") or policy.reason("retention_days"))
        if self.kept_lock.reason and self.retention.count() < 2:
            lock(self.retention, self.kept_lock.reason)
        elif self.kept_lock.reason:  # there is a choice left
            self.retention.setAccessibleDescription(self.kept_lock.reason)
        self.retention.activated.connect(lambda _row: self.retention_chosen.emit(int(self.retention.currentData())))
        self.idle_lock = ArrowBox(theme)
        self.idle_lock.setAccessibleName(tr("자동 잠금"))
        for minutes in sorted({policy.idle_lock(each) for each in IDLE_LOCKS}, key=lambda each: (each == 0, each)):
            self.idle_lock.addItem(tr("{minutes}분").format(minutes=minutes) if minutes else tr(NEVER), minutes)
        chosen = self.idle_lock.findData(policy.idle_lock(settings.idle_lock_minutes))
        self.idle_lock.setCurrentIndex(max(0, chosen))
        self.idle_lock.activated.connect(lambda _row: self.idle_lock_chosen.emit(int(self.idle_lock.currentData())))
        self.idle_note = LockNote(theme, policy.reason("idle_lock_minutes"))
        if self.idle_note.reason and self.idle_lock.count() < 2:
            lock(self.idle_lock, self.idle_note.reason)
        elif self.idle_note.reason:
            self.idle_lock.setAccessibleDescription(self.idle_note.reason)
        page = ReadingPage(theme, tr("설정"))
        column = page.column
        column.addWidget(label(tr("모델"), "title"))
        about = tr("초안을 쓰는 언어 모델 파일입니다. 모델은 이 PC 안에서만 작동합니다.")
        column.addWidget(label(about, "muted", wrap=True))
        column.addWidget(self.models)
        column.addSpacing(pixels(16))
        column.addWidget(label(tr("화면"), "title"))
        for box in (self.theme, self.scale):
            column.addLayout(self._row(theme, box))
        column.addSpacing(pixels(16))
        column.addWidget(label(tr("화면 잠금"), "title"))
        column.addWidget(label(tr(LOCKS), "muted", wrap=True))
        column.addLayout(self._row(theme, self.idle_lock))
        column.addWidget(self.idle_note)
        self.store_place = QVBoxLayout()  # `StoreKeys`, where the window has a store
        column.addLayout(self.store_place)
        column.addSpacing(pixels(16))
        column.addWidget(label(tr("기록"), "title"))
        column.addWidget(label(tr(KEPT), "muted", wrap=True))
        column.addLayout(self._row(theme, self.retention))
        column.addWidget(self.kept_lock)
        column.addWidget(label(tr(LOGGED), "muted", wrap=True))
        column.addSpacing(pixels(16))
        column.addWidget(label(tr("기관 정책"), "title"))
        column.addWidget(label(tr(LOCKED if policy.rules else NO_POLICY), "muted", wrap=True))
        self.rules = [LockNote(theme, policy.reason(name)) for name in policy.rules]
        for rule in self.rules:
            column.addWidget(rule)
        if policy.rules and policy.source is not None:
            column.addWidget(WrappedLabel(tr("정책 파일: {path}").format(path=policy.source), "muted"))
        column.addSpacing(pixels(16))
        column.addWidget(label(tr("외부 통신 없음"), "title"))
        column.addWidget(label(tr(OFFLINE), wrap=True))
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.alerts)
        outer.addWidget(page, 1)

    def add_keys(self, keys: StoreKeys) -> None:
        """Show the section about the store and its keys, where the window has a store."""
        self.keys = keys
        self.store_place.addSpacing(self._theme.pixels(16))
        self.store_place.addWidget(keys)

    @staticmethod
    def _row(theme: Theme, box: ArrowBox) -> QHBoxLayout:
        box.setMinimumContentsLength(12)
        name = QLabel(box.accessibleName())
        name.setMinimumWidth(theme.pixels(90))
        name.setBuddy(box)
        row = QHBoxLayout()
        row.addWidget(name)
        row.addWidget(box)
        row.addStretch(1)
        return row

    def _ask_removal(self, entry: Any) -> None:
        self.alerts.clear("warning")
        self.alerts.tell(
            "warning",
            tr("「{name}」 모델 파일을 이 PC에서 지웁니다.").format(name=entry.name),
            tr("다시 쓰려면 모델 파일을 다시 가져와야 합니다."),
            (tr("모델 지우기"), lambda: self._state.remove(entry.id)),
        )

    def _on_look(self) -> None:
        self.look_chosen.emit(str(self.theme.currentData()), int(self.scale.currentData()))


def _keeping(days: int) -> str:
    """How a time of keeping reads; the policy may bring others than ours."""
    named = {days: tr(words) for days, words in KEEPING}
    return named[FOREVER if days < 0 else days] if days in named else tr("{days}일").format(days=days)

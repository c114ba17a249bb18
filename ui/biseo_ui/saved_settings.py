"""Writes the settings whenever one of them is changed."""

from __future__ import annotations

from copy import deepcopy

from PySide6.QtCore import QObject, Signal

from biseo.errors import UserFacingError
from biseo.settings import Settings
from biseo_ui.i18n import tr
from biseo_ui.jobs import JobRunner
from biseo_ui.theme import Theme


class SavedSettings(QObject):
    """`failed` carries why they could not be written."""

    failed = Signal(object)

    def __init__(self, settings: Settings, theme: Theme, runner: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._settings, self._theme, self._runner = settings, theme, runner

    def set_look(self, name: str, scale: int) -> None:
        """Show and remember theme and size of text."""
        self._settings.theme, self._settings.scale = name, scale
        self.save()
        self._theme.set(name, scale)

    def set_retention(self, days: int) -> None:
        """Remember how long works are kept."""
        self._settings.retention_days = days
        self.save()

    def set_idle_lock(self, minutes: int) -> None:
        """Remember after how many minutes the window locks itself; 0 for never."""
        self._settings.idle_lock_minutes = minutes
        self.save()

    def confirm_notice(self) -> None:
        """Remember that the notice was read."""
        self._settings.notice_read = True
        self.save()

    def save(self) -> None:
        """Write all settings in the lane `saving`."""
        settings = deepcopy(self._settings)

        def save() -> None:
            try:
                settings.save()
            except OSError as error:
                raise UserFacingError(
                    "settings-unwritable",
                    tr("설정을 저장하지 못했습니다."),
                    tr("이번에 바꾼 설정은 프로그램을 닫으면 사라집니다. 저장 공간과 쓰기 권한을 확인해 주세요."),
                ) from error

        self._runner.call("saving", save).failed.connect(self.failed)

"""The user's choices, kept in one small JSON file. Never holds document text."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from biseo import paths
from biseo.files import replace_file

RETENTIONS = (0, 7, 30, 90, -1)
MOST_DAYS = 3650
"""A policy may offer days that are none of ours."""
THEMES = ("system", "light", "dark")
IDLE_LOCKS = (1, 3, 5, 10, 15, 30, 60, 0)
"""Minutes; 0 is never."""
SCALES = (100, 200)
"""Least and largest size of text in percent."""


@dataclass
class Settings:
    """What the program remembers between sessions.

    Attributes:
        theme: `system`, `light` or `dark`.
        scale: text size in percent, 100–200.
        notice_read: the first-run notice (an AI drafts, a person decides) was confirmed.
        last_task: task id by file format, so that the next file of that kind starts there.
        retention_days: so long a work is kept in the store after its last change; 0 keeps nothing beyond the session,
            -1 keeps everything.
        idle_lock_minutes: so long nobody touches mouse or keyboard before the window locks itself; 0 for never.
        office: values of the fields that seldom change (agency, department, officer, phone), by field id.
        library_looked: when the folders of the library were last looked at to the end, seconds since 1970; 0 for never.
    """

    theme: str = "system"
    scale: int = 100
    notice_read: bool = False
    retention_days: int = 90
    idle_lock_minutes: int = 10
    last_task: dict[str, str] = field(default_factory=dict)
    office: dict[str, str] = field(default_factory=dict)
    library_looked: float = 0.0

    @classmethod
    def load(cls, path: Path | None = None) -> Settings:
        """The saved settings; defaults for what is absent, unknown or unreadable."""
        try:
            data = json.loads((path or paths.settings_file()).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return cls()
        settings = cls()
        for known in fields(cls):
            value = data.get(known.name) if isinstance(data, dict) else None
            if type(value) is type(getattr(settings, known.name)) and _makes_sense(known.name, value):
                setattr(settings, known.name, value)
        return settings

    def save(self, path: Path | None = None) -> None:
        """Write all settings, atomically.

        Raises:
            OSError: the folder cannot be written.
        """
        target = path or paths.settings_file()
        target.parent.mkdir(parents=True, exist_ok=True)
        replace_file(target, json.dumps(asdict(self), ensure_ascii=False, indent=1).encode())


def _makes_sense(name: str, value: Any) -> bool:
    if name == "theme":
        return value in THEMES
    if name == "retention_days":
        return value in RETENTIONS or bool(0 <= value <= MOST_DAYS)
    if name == "idle_lock_minutes":
        return value in IDLE_LOCKS
    if name == "scale":
        return bool(SCALES[0] <= value <= SCALES[1])
    return not isinstance(value, dict) or all(isinstance(word, str) for word in value.values())

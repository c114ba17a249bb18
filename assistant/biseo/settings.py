"""The user's choices, kept in one small JSON file. Never holds document text."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

from biseo import paths
from biseo.files import replace_file


@dataclass
class Settings:
    """What the program remembers between sessions.

    Attributes:
        theme: `system`, `light` or `dark`.
        scale: text size in percent, 100–200.
        notice_read: the first-run notice (an AI drafts, a person decides) was confirmed.
        last_task: task id by file format, so that the next file of that kind starts there.
        office: values of the fields that seldom change (agency, department, officer, phone), by field id.
    """

    theme: str = "system"
    scale: int = 100
    notice_read: bool = False
    last_task: dict[str, str] = field(default_factory=dict)
    office: dict[str, str] = field(default_factory=dict)

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
            if isinstance(value, type(getattr(settings, known.name))):
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

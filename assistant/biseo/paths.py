"""Where this program keeps its own data. `BISEO_HOME` points all of it at one folder."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs


def home() -> Path:
    """Folder of settings, models, vault and logs; not created here."""
    chosen = os.environ.get("BISEO_HOME")
    return Path(chosen) if chosen else Path(platformdirs.user_data_dir("biseo", appauthor=False))


def models_folder() -> Path:
    """Folder of the model files."""
    return home() / "models"


def settings_file() -> Path:
    """The user's settings: choices only, never document text."""
    return home() / "settings.json"


def attempts_folder() -> Path:
    """Folder of the record of denied attempts to reach a network."""
    return home() / "logs"


def vault_folder() -> Path:
    """Folder of the encrypted store."""
    return home() / "vault"

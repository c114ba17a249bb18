"""The folders of the library where there is no encrypted store: their paths only, never a word of a document.

As soon as there is a store they move into it, and the file goes.
"""

from __future__ import annotations

import json
from pathlib import Path

from biseo.library.errors import library_error
from biseo_models.replacing import read_text, save_text

FILE = "library-folders.json"
FORMAT = 1


def load(home: Path) -> list[str]:
    """The paths; none where there is no list.

    Raises:
        LibraryError: `list-damaged`.
    """
    path = home / FILE
    try:
        if not path.exists():
            return []
        data = json.loads(read_text(path))
        folders = data["folders"]
    except (OSError, ValueError, KeyError, TypeError):
        raise library_error("list-damaged") from None
    if not isinstance(folders, list) or not all(isinstance(folder, str) for folder in folders):
        raise library_error("list-damaged")
    return folders


def save(home: Path, folders: list[str]) -> None:
    """Write the paths; without any the file goes.

    Raises:
        LibraryError: `list-refused`.
    """
    try:
        if not folders:
            (home / FILE).unlink(missing_ok=True)
            return
        home.mkdir(parents=True, exist_ok=True)
        save_text(home / FILE, json.dumps({"format": FORMAT, "folders": folders}, ensure_ascii=False, indent=1))
    except OSError as error:
        raise library_error("list-refused") from error

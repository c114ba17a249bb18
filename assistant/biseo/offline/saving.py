"""The report as a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from biseo.errors import UsageError
from biseo.offline.words import as_text
from biseo.writers import put_file

SUFFIXES = (".txt", ".json")


def check_suffix(path: Path) -> None:
    """Refuse a name that says no kind of ours.

    Raises:
        UsageError: the suffix is none of `SUFFIXES`.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise UsageError(
            "unknown-format",
            "이 확장자로는 점검 결과를 저장할 수 없습니다.",
            f"파일 이름이 {', '.join(SUFFIXES)} 가운데 하나로 끝나게 해 주세요.",
        )


def save_report(data: dict[str, Any], vault: list[str], path: Path, *, overwrite: bool = False) -> Path:
    """Write the report as text or JSON, as the suffix says, whole or not at all.

    Raises:
        UsageError: as for `check_suffix`.
        OutputFileError: the file exists and must not be replaced, or it cannot be written.
    """
    check_suffix(path)
    if path.suffix.lower() == ".json":
        words = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
        return put_file(path, lambda: words.encode("utf-8"), overwrite=overwrite)
    # Windows' own editor of old showed UTF-8 without a mark as something else, and lines on one line
    text = as_text(data, vault).replace("\n", "\r\n") + "\r\n"
    return put_file(path, lambda: text.encode("utf-8-sig"), overwrite=overwrite)

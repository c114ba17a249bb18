"""Where the policy lies, and whether an ordinary user could have put it there or taken it away."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

FILE = "policy.toml"


class UntrustedPlaceError(Exception):
    """Somebody other than an administrator may change the file or its folder; `words` says which."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def policy_file() -> Path:
    """The one place of this system; no environment variable of the user changes it."""
    if sys.platform == "win32":
        from biseo.policy_windows import program_data

        return program_data() / "biseo" / FILE
    if sys.platform == "darwin":
        return Path("/Library/Application Support/biseo") / FILE
    return Path("/etc/biseo") / FILE


def read_trusted(path: Path, most: int, owner: int = 0) -> bytes:
    """What the file says, at most `most` + 1 bytes of it, when only an administrator can have written it.

    Args:
        owner: number of the administrator's account on POSIX systems.

    Raises:
        FileNotFoundError: there is neither file nor a folder in which a user could have deleted it.
        UntrustedPlaceError: others may write the file, or take it out of its folder.
        OSError: it cannot be read.
    """
    if sys.platform == "win32":
        from biseo.policy_windows import check_place

        words = check_place(path)
        if words:
            raise UntrustedPlaceError(words)
        with path.open("rb") as file:
            return file.read(most + 1)
    return _read_posix(path, most, owner)


def _read_posix(path: Path, most: int, owner: int) -> bytes:
    path.parent.lstat()  # FileNotFoundError: nobody ever set a policy here
    folder = path.parent.resolve(strict=True)
    for place in (folder, *folder.parents):
        if not _safe(place.stat(), owner):
            raise UntrustedPlaceError(f"기관 정책 폴더를 일반 사용자가 바꿀 수 있어 믿을 수 없습니다({place}).")
    # The file itself is judged by its open handle, so that it cannot be exchanged between the look and the reading.
    handle = os.open(folder / path.name, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    with open(handle, "rb") as file:  # noqa: PTH123 - a handle, not a path
        state = os.fstat(file.fileno())
        if not stat.S_ISREG(state.st_mode) or not _safe(state, owner):
            raise UntrustedPlaceError(f"기관 정책 파일을 일반 사용자가 바꿀 수 있어 믿을 수 없습니다({path}).")
        return file.read(most + 1)


def _safe(state: os.stat_result, owner: int) -> bool:
    return state.st_uid in (0, owner) and not state.st_mode & (stat.S_IWGRP | stat.S_IWOTH)

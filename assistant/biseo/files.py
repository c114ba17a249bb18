"""Writing a file so that it is either whole or as it was before."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A temporary path beside `target` to write to; it takes the target's place when the block ends well.

    A new file may be read by whom the user's other new files may be read by; one that takes the place of another keeps
    that one's permissions.

    Raises:
        OSError: the folder cannot be written, the disk is full, or the target is open elsewhere (Windows).
    """
    permissions = _permissions(target)
    temporary = target.parent / f".biseo-{os.urandom(8).hex()}{target.suffix}"
    # The system applies the umask to a new file; what replaces a private one must not be open to all meanwhile.
    temporary.touch(0o666 if permissions is None else 0o600, exist_ok=False)
    try:
        yield temporary
        with temporary.open("rb+") as stream:
            os.fsync(stream.fileno())
        if permissions is not None:
            with contextlib.suppress(OSError):  # some network drives know no permissions
                temporary.chmod(permissions)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _permissions(target: Path) -> int | None:
    """Permissions of the file that is there; None when there is none, and on Windows, where the folder gives them."""
    if os.name == "nt":
        return None
    try:
        return stat.S_IMODE(target.stat().st_mode) & 0o777
    except OSError:
        return None


def replace_file(target: Path, content: bytes) -> None:
    """Put `content` in the place of `target`, atomically.

    Raises:
        OSError: as for `replacing`.
    """
    with replacing(target) as temporary:
        temporary.write_bytes(content)

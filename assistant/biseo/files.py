"""Writing a file so that it is either whole or as it was before."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A temporary path beside `target` to write to; it takes the target's place when the block ends well.

    Raises:
        OSError: the folder cannot be written, the disk is full, or the target is open elsewhere (Windows).
    """
    handle, name = tempfile.mkstemp(prefix=".biseo-", suffix=target.suffix, dir=target.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        with temporary.open("rb+") as stream:
            os.fsync(stream.fileno())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def replace_file(target: Path, content: bytes) -> None:
    """Put `content` in the place of `target`, atomically.

    Raises:
        OSError: as for `replacing`.
    """
    with replacing(target) as temporary:
        temporary.write_bytes(content)

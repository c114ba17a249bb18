"""What several commands take and tell in the same way: `--set NAME=VALUE`, and `--force` for a file that exists."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence

from biseo.errors import OutputFileError, UsageError
from biseo.text.particles import particle


def settings_of(entries: Sequence[str], slot: str) -> dict[str, str]:
    """Values by name.

    Args:
        entries: as given, `name=value`.
        slot: the Korean word for the name, for the advice.

    Raises:
        UsageError: an entry has no name or no equals sign.
    """
    found: dict[str, str] = {}
    for entry in entries:
        name, equals, words = entry.partition("=")
        if not equals or not name.strip():
            raise UsageError(
                "wrong-set",
                f"'{entry}'{particle(entry, '을')} 알아듣지 못했습니다.",
                f"--set {slot}=값 꼴로 써 주세요.",
            )
        found[name.strip()] = words
    return found


@contextlib.contextmanager
def telling_of_force() -> Iterator[None]:
    """The advice about an existing file, with the way that the command line has to replace it."""
    try:
        yield
    except OutputFileError as error:
        if error.code != "exists":
            raise
        advice = "다른 이름으로 저장하거나, 덮어쓰려면 --force를 붙여 주세요."
        raise OutputFileError(error.code, error.message, advice) from error

"""How a file and a page are named beside a statement."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from biseo.comparing.units import Contents

_LONGEST = 24


def short_names(texts: Sequence[Contents]) -> tuple[str, ...]:
    """The files' names without their endings, long ones cut in the middle; no two are equal."""
    bare = [str(PurePosixPath(contents.name).with_suffix("")) for contents in texts]
    if len(set(bare)) < len(bare):
        bare = [contents.name for contents in texts]
    short = [
        name if len(name) <= _LONGEST else f"{name[: _LONGEST - 10].rstrip()}…{name[-9:].lstrip()}" for name in bare
    ]
    return tuple(short if len(set(short)) == len(short) else bare)


def place_words(name: str, page: int | None) -> str:
    """`운영 계획 3쪽`."""
    return name if page is None else f"{name} {page}쪽"

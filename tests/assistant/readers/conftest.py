from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from biseo.document import Document
from biseo.readers.child import read
from biseo.readers.limits import Limits

SHARED = Path(__file__).resolve().parents[4] / "shared"


@pytest.fixture(scope="session")
def samples() -> Path:
    """Folder of the shared sample files; the test is skipped where there is none."""
    if not (SHARED / "samples").is_dir():
        pytest.skip("shared samples are not here")
    return SHARED / "samples"


@pytest.fixture
def read_here() -> Callable[..., Document]:
    """Reads in this process: fast, for what a format's own module does."""

    def read_it(path: Path, limits: Limits | None = None) -> Document:
        return read(str(path), limits or Limits())

    return read_it

"""How much of a file's text is read, and in which order, measured as `tests/bench/reading.py` does."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.bench.reading import LEAST, MAKERS, coverage_and_order, sample_files, truth_of_pages


def test_measure() -> None:
    assert coverage_and_order(["하나둘셋", "넷다섯여섯"], "하나 둘셋\n넷다섯 여섯") == (1.0, 1.0)
    assert coverage_and_order(["하나둘셋", "넷다섯여섯"], "하나둘셋") == (4 / 9, 1.0)
    assert coverage_and_order(["가가가가", "나나나나"], "나나나나 가가가가") == (1.0, 0.5)
    assert coverage_and_order([], "") == (1.0, 1.0)


@pytest.mark.parametrize("name", MAKERS)
def test_every_format(tmp_path: Path, read_here, name: str) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / f"책.{name}"
    MAKERS[name](path, 3)
    document = read_here(path)
    coverage, order = coverage_and_order(truth_of_pages(3), document.text)
    assert coverage >= LEAST
    assert order >= LEAST
    if name not in ("txt", "csv"):
        assert sum(block.kind == "table" for block in document.blocks) == 3


def test_samples_are_read_whole_and_in_order(samples: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    files = [one for one in sample_files(samples) if not one[0].name.startswith("big.")]
    assert len(files) > 40
    for path, truth in files:
        coverage, order = coverage_and_order(truth, read_here(path).text)
        assert min(coverage, order) >= LEAST, (path.name, coverage, order)

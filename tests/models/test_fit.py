"""How a model runs best on a PC: measured on a toy whose times are known, and remembered."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from biseo_models import fit as module
from biseo_models.fit import FILE_NAME, Fit, FitBook, measure
from biseo_models.machine import Machine
from biseo_models.runtime import Row

PC = Machine(4, 2, 8.0, 4.0, ("AVX2",), "Windows 11", "AMD64")
FIT = Fit(3, 256, 8, 1.5, 100.0, 20.0, 40.0)


class Timed:
    """A runtime whose clock moves by what a batch costs: a step, and something for every row."""

    context, cells, sequences, batch, rewinds = 4096, 5120, 9, 256, True

    def __init__(self, step: float, row: float) -> None:
        self.step, self.row, self.threads = step, row, 1
        self.now = 0.0
        self.held: dict[int, int] = {}

    def decode(self, rows: Sequence[Row]) -> bool:
        for row in rows:
            assert row.position == self.held.get(row.sequence, 0)
            self.held[row.sequence] = row.position + 1
        self.now += (self.step + self.row * len(rows)) * (1.0 if self.threads == 3 else 1.5)
        return True

    def cut(self, sequence: int, keep: int) -> None:
        assert keep == 0
        self.held.pop(sequence, None)

    def set_threads(self, threads: int) -> None:
        self.threads = threads


def measured(monkeypatch: pytest.MonkeyPatch, step: float, row: float) -> Fit:
    toy = Timed(step, row)
    monkeypatch.setattr(module.time, "monotonic", lambda: toy.now)
    fit = measure(toy, toy.set_threads, (1, 2, 3, 4))  # type: ignore[arg-type]
    assert toy.threads == fit.threads
    assert not toy.held
    return fit


def test_a_pc_that_waits_for_its_memory_works_side_by_side_and_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    fit = measured(monkeypatch, step=0.04, row=0.001)
    assert (fit.threads, fit.parallel) == (3, 8)
    assert fit.guess_cost == pytest.approx(44 / 41, abs=0.01)
    assert fit.together > 5 * fit.writing


def test_a_pc_that_waits_for_its_processor_does_neither(monkeypatch: pytest.MonkeyPatch) -> None:
    fit = measured(monkeypatch, step=0.0001, row=0.04)
    assert fit.parallel == 1
    assert fit.guess_cost == pytest.approx(4, abs=0.01)
    assert fit.writing == pytest.approx(24.9, abs=0.1)


def test_a_fit_is_remembered_for_its_pc_and_its_engine(tmp_path: Path) -> None:
    FitBook(tmp_path, PC, "1.0").remember("가", FIT)
    FitBook(tmp_path, PC, "1.0").remember("나", FIT)
    assert FitBook(tmp_path, PC, "1.0").find("가") == FIT
    assert FitBook(tmp_path, PC, "1.1").find("가") is None
    assert FitBook(tmp_path, PC, "1.0").find("다") is None


@pytest.mark.parametrize("content", ["", "[]", "{", '{"가": 1}', '{"가": {"pc": "x", "fit": {}}}'])
def test_a_broken_book_is_an_empty_one(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE_NAME).write_text(content, encoding="utf-8")
    book = FitBook(tmp_path, PC, "1.0")
    assert book.find("가") is None
    book.remember("가", FIT)
    assert book.find("가") == FIT


def test_a_folder_that_cannot_be_written_costs_only_the_memory_of_it(tmp_path: Path) -> None:
    FitBook(tmp_path / "없음", PC, "1.0").remember("가", FIT)

"""The model leaves cores to programs that use them."""

from __future__ import annotations

import psutil
import pytest

from biseo_models.courtesy import LOOK_S, Courtesy, LoadWatch


class Pc:
    def __init__(self) -> None:
        self.now = self.everything = self.own = 0.0

    def passes(self, seconds: float, others: float, own: float = 1.0) -> None:
        self.now += seconds
        self.everything += seconds * (others + own)
        self.own += seconds * own

    def courtesy(self, most: int, cores: int) -> Courtesy:
        return Courtesy(most, cores, LoadWatch(cores, lambda: (self.everything, self.own), lambda: self.now))


@pytest.mark.parametrize(
    ("most", "cores", "others", "threads"),
    [(2, 2, 0.1, 2), (2, 2, 0.9, 1), (2, 2, 5.0, 1), (7, 8, 0.9, 7), (7, 8, 2.6, 5), (1, 1, 1.0, 1)],
)
def test_threads_beside_other_programs(most: int, cores: int, others: float, threads: int) -> None:
    pc = Pc()
    courtesy = pc.courtesy(most, cores)
    assert courtesy.threads() == most
    pc.passes(1, others)
    assert courtesy.threads() == threads
    pc.passes(1, 0)
    assert courtesy.threads() == most


def test_between_the_limits_nothing_changes() -> None:
    pc = Pc()
    courtesy = pc.courtesy(2, 2)
    pc.passes(1, 0.4)
    assert courtesy.threads() == 2
    pc.passes(1, 0.8)
    assert courtesy.threads() == 1
    pc.passes(1, 0.4)
    assert courtesy.threads() == 1


def test_the_load_is_not_looked_at_all_the_time() -> None:
    pc = Pc()
    courtesy = pc.courtesy(2, 2)
    pc.passes(LOOK_S / 2, 2)
    assert courtesy.threads() == 2


def test_on_this_pc() -> None:
    assert 1 <= Courtesy(2, psutil.cpu_count() or 2).threads() <= 2

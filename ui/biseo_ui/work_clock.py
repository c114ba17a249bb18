"""How the work goes: what is being done, since when, how fast, how much longer."""

from __future__ import annotations

import time
from collections import deque

from biseo.events import Progress
from biseo_ui.i18n import tr

WINDOW_S = 4.0
"""Speed is that of the last seconds."""


class WorkClock:
    """Figures of one piece of work, from its beginning; plain values that the window reads when told to.

    Attributes:
        label: Korean phrase for what is being done.
        percent: 0–100 of the present step or of the whole, or -1 while unknown.
        writing: words are being written; the percentage is that of the whole.
    """

    def __init__(self, label: str = "") -> None:
        self.label = label
        self.percent = -1
        self.writing = False
        self._began = time.monotonic()
        self._ended: float | None = None
        self._words: deque[tuple[float, int]] = deque()
        self._weights: list[float] = []
        self._done = 0.0
        self._writing_since = 0.0
        self._speed = 0.0
        self._writing_label = ""
        self._place = ""

    def finish(self) -> None:
        self._ended = time.monotonic()

    def plan(self, weights: list[float]) -> None:
        """How long each section takes, relative to each other."""
        self._weights = weights

    def progress(self, event: Progress) -> None:
        # The model reads its prompt anew for every section; the first time it takes long.
        self.label = tr("{what} – {place}").format(what=event.label, place=self._place) if self._place else event.label
        self.writing = False
        self.percent = round(100 * event.done / event.total) if event.total else -1

    def section(self, number: int, total: int, title: str) -> None:
        """A section begins."""
        place = tr("절 {number}/{total}").format(number=number, total=total)
        self._place = f"{place} {title}"
        self.label = self._writing_label = tr("{place} 쓰는 중 – {title}").format(place=place, title=title)
        self._show_share()

    def section_done(self, weight: float) -> None:
        self._done += weight
        self._place = ""
        self._show_share()

    def words(self, text: str) -> None:
        """Words have come: what was read before them is done."""
        if not self.writing:
            self.label = self._writing_label or self.label
            self._show_share()
        now = time.monotonic()
        # The first reading of the sources happens once and says nothing about what is still to come.
        self._writing_since = self._writing_since or now
        self._words.append((now, len(text)))
        while self._words and now - self._words[0][0] > WINDOW_S:
            self._words.popleft()
        span = now - self._words[0][0]
        if span > 0.5:
            self._speed = sum(count for _, count in self._words) / span

    @property
    def elapsed(self) -> float:
        """Seconds since the work began."""
        return (time.monotonic() if self._ended is None else self._ended) - self._began

    @property
    def speed(self) -> float:
        """Characters a second; 0 while unknown."""
        return self._speed

    @property
    def remaining(self) -> float | None:
        """Seconds still needed, once a part is done to judge from."""
        total = sum(self._weights)
        if self._ended is not None or not self._done or not total or not self._writing_since:
            return None
        pace = (time.monotonic() - self._writing_since) / self._done
        return max(0.0, pace * (total - self._done))

    def _show_share(self) -> None:
        total = sum(self._weights)
        self.writing = True
        self.percent = round(100 * self._done / total) if total else -1


def duration(seconds: float) -> str:
    """`45초`, `2분 5초`."""
    whole = round(seconds)
    if whole < 60:
        return tr("{seconds}초").format(seconds=whole)
    return tr("{minutes}분 {seconds}초").format(minutes=whole // 60, seconds=whole % 60)

"""How the work goes: what is being done, since when, how fast, how much longer."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Mapping

from biseo.events import Progress
from biseo_ui.i18n import tr

WINDOW_S = 4.0
"""Speed is that of the last seconds."""
LAST_SHARE = 0.95
"""Most of a section that counts as done before it is finished: what is written may still be changed."""
LEAST_SHARE = 0.04
"""What must be done of the whole before the time left is told."""
LEAST_STEP_S = 5.0
"""What a step before the writing (reading a long document) must have taken before its time left is told."""


class WorkClock:
    """Figures of one piece of work, from its beginning; plain values that the window reads when told to.

    Sections may be written side by side; speed and share are those of all of them together.

    Attributes:
        label: Korean phrase for what is being done.
        percent: 0–100 of the present step or of the whole, or -1 while unknown.
        writing: words are being written; the percentage is that of the whole.
        done: sections that are finished.
        total: sections there will be.
    """

    def __init__(self, label: str = "") -> None:
        self.label = label
        self.percent = -1
        self.writing = False
        self.done = 0
        self.total = 0
        self._began = time.monotonic()
        self._ended: float | None = None
        self._words: deque[tuple[float, int]] = deque()
        self._lengths: dict[str, float] = {}
        self._finished: set[str] = set()
        self._written: dict[str, int] = {}
        self._titles: dict[str, tuple[int, str]] = {}
        self._writing_since = 0.0
        self._speed = 0.0
        self._step_now: tuple[str, float, int] | None = None
        self._step_share = (0, 0)

    def finish(self) -> None:
        self._ended = time.monotonic()

    def plan(self, lengths: Mapping[str, float], total: int, done: int = 0) -> None:
        """What will be written.

        Args:
            lengths: expected characters of every section; 0 where the model words nothing.
            total: sections of the whole draft.
            done: those of them that are there already.
        """
        self._lengths = dict(lengths)
        self.total, self.done = total, done

    def progress(self, event: Progress) -> None:
        """A step before, between or after words."""
        count = tr("{done}/{total} 마침").format(done=self.done, total=self.total)
        self.label = f"{event.label} – {count}" if 0 < self.total != self.done else event.label
        self._step(event)
        if self._writing_since:
            self._show_share()  # the bar shows the whole from the first word on, and does not go back
        else:
            self.writing = False
            self.percent = round(100 * event.done / event.total) if event.total else -1

    def section(self, section_id: str, number: int, title: str) -> None:
        """A section begins, or begins anew."""
        self._titles[section_id] = (number, title)
        self._written[section_id] = 0
        self._finished.discard(section_id)
        self._show_open()

    def section_done(self, section_id: str) -> None:
        if section_id in self._finished:
            return
        self._finished.add(section_id)
        self._titles.pop(section_id, None)
        self.done += 1
        self._show_open()

    def words(self, section_id: str, text: str) -> None:
        """Words have come: what was read before them is done."""
        now = time.monotonic()
        # The first reading of the sources happens once and says nothing about what is still to come.
        self._writing_since = self._writing_since or now
        self._written[section_id] = self._written.get(section_id, 0) + len(text)
        self._words.append((now, len(text)))
        while now - self._words[0][0] > WINDOW_S:
            self._words.popleft()
        span = now - self._words[0][0]
        if span > 0.5:
            # The first words were written before the stretch began.
            self._speed = (sum(count for _, count in self._words) - self._words[0][1]) / span
        self._show_open()

    @property
    def elapsed(self) -> float:
        """Seconds since the work began."""
        return (time.monotonic() if self._ended is None else self._ended) - self._began

    @property
    def speed(self) -> float:
        """Characters a second, of all sections together; 0 while unknown."""
        return self._speed

    @property
    def remaining(self) -> float | None:
        """Seconds still needed, once a part is done to judge from."""
        share = self._share()
        if self._ended is None and not self._writing_since:
            return self._left_of_step()
        if self._ended is not None or not self._writing_since or share < LEAST_SHARE:
            return None
        return (time.monotonic() - self._writing_since) * (1 - share) / share

    def _step(self, event: Progress) -> None:
        """Note how a long step goes: what it is called before its figures, and what was done when it began."""
        name = event.label.partition(" – ")[0]
        if self._step_now is None or self._step_now[0] != name:
            self._step_now = (name, time.monotonic(), event.done)
        self._step_share = (event.done - self._step_now[2], event.total - event.done)

    def _left_of_step(self) -> float | None:
        """Seconds that the present step still takes, once enough of it is done to judge from."""
        done, left = self._step_share
        if self._step_now is None or done < 1:
            return None
        spent = time.monotonic() - self._step_now[1]
        return spent * left / done if spent >= LEAST_STEP_S else None

    def _share(self) -> float:
        """What is done of the whole, 0–1."""
        total = sum(self._lengths.values())
        if not total:
            return 0.0
        done = sum(
            length if section in self._finished else min(float(self._written.get(section, 0)), length * LAST_SHARE)
            for section, length in self._lengths.items()
        )
        return done / total

    def _show_open(self) -> None:
        if len(self._titles) == 1:
            number, title = next(iter(self._titles.values()))
            place = tr("절 {number}/{total}").format(number=number, total=self.total)
            self.label = tr("{place} 쓰는 중 – {title}").format(place=place, title=title)
        elif self._titles:
            self.label = tr("절 {count}개 쓰는 중 – {done}/{total} 마침").format(
                count=len(self._titles), done=self.done, total=self.total
            )
        self._show_share()

    def _show_share(self) -> None:
        # A section that is written anew does not turn the bar back.
        known = self.percent if self.writing else -1
        self.writing = True
        self.percent = max(known, round(100 * self._share())) if any(self._lengths.values()) else -1


def duration(seconds: float) -> str:
    """`45초`, `2분 5초`."""
    whole = round(seconds)
    if whole < 60:
        return tr("{seconds}초").format(seconds=whole)
    return tr("{minutes}분 {seconds}초").format(minutes=whole // 60, seconds=whole % 60)

"""The steps of undo as plain values, so that they can be stored; Qt's own stack can be neither read nor written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextDocument

from biseo.worksession import MOST_STEPS, SectionWords, Step, Swap, back, bounded, forward
from biseo_ui.widgets.draft_reader import section_of
from biseo_ui.widgets.draft_text import DraftText

Words = tuple[SectionWords, ...]
MOST = 4 * MOST_STEPS
"""Steps that are remembered: more than are stored, for undo makes older ones the newest."""


@dataclass
class _Entry:
    """A step; `top` is the height of Qt's stack above it."""

    step: Step
    top: int


class DraftHistory(QObject):
    """Follows what is done to a page; `words` is how it stands now.

    Signals:
        changed: other words stand on the page.
    """

    changed = Signal()

    def __init__(self, text: DraftText, document: QTextDocument) -> None:
        super().__init__(text)
        self._text, self._document = text, document
        self._done: list[_Entry] = []
        self._undone: list[_Entry] = []
        self._heights = (0, 0)
        self._busy = False
        self._range = (0, 0)
        self._blocks = document.blockCount()
        self.words: Words = text.words()
        document.contentsChange.connect(self._on_change)
        document.contentsChanged.connect(self._on_changed)

    @property
    def done(self) -> tuple[Step, ...]:
        """The steps that undo takes back, oldest first; so many as may be kept."""
        return bounded([entry.step for entry in self._done if entry.step.swaps])

    @property
    def undone(self) -> tuple[Step, ...]:
        """The steps that redo does again, the next one last; so many as may be kept."""
        return bounded([entry.step for entry in self._undone if entry.step.swaps])

    def reset(self) -> None:
        """What stands on the page now is where it begins."""
        self._done, self._undone = [], []
        self._heights = self._measure()
        self._blocks = self._document.blockCount()
        self.words = self._text.words()
        self.changed.emit()

    def restore(
        self, order: list[str], words: Sequence[SectionWords], done: Sequence[Step], undone: Sequence[Step]
    ) -> None:
        """The page as it stood, with its steps before and behind it: undo and redo work as if nothing had been."""
        for _ in self.restoring(order, words, done, undone):
            pass

    def restoring(
        self, order: list[str], words: Sequence[SectionWords], done: Sequence[Step], undone: Sequence[Step]
    ) -> Iterator[None]:
        """The same in pieces: the next one is done each time it is asked for."""
        first = tuple(words)
        for step in reversed(done):
            first = back(first, step)
        self._busy = True
        try:
            yield from self._text.loading(order, _in_order(first, order, words))
        finally:
            self._busy = False
            self.reset()
        for step in (*done, *reversed(undone)):
            self._text.replay(step)
            yield
        for _ in undone:
            self._document.undo()
            yield

    def _measure(self) -> tuple[int, int]:
        """How many single changes lie below the present page, and how many there are (Qt counts one too few above)."""
        below = self._document.availableUndoSteps()
        return below, below + self._document.availableRedoSteps() + self._document.isRedoAvailable()

    def _on_changed(self) -> None:
        if self._busy:
            return
        heights, before = self._measure(), self._heights
        if not self._document.isUndoRedoEnabled() or heights == (0, 0):
            self._heights = heights  # a page that was cleared or loaded has no past
            self._done, self._undone = [], []
            self.words = self._text.words()
            self.changed.emit()
            return
        words = self._look()
        if words == self.words and heights == before:
            return
        self._heights = heights
        if heights[0] < heights[1] and heights[0] < before[0]:
            while self._done and self._done[-1].top > heights[0]:
                self._undone.append(self._done.pop())
        elif heights[1] == before[1] and heights[0] > before[0] and self._is_redone(words, heights[0]):
            while self._undone and self._undone[-1].top <= heights[0]:
                self._done.append(self._undone.pop())
        else:
            self._take(words, heights[0], joined=self._text.joining or heights[0] == before[0])
        changed, self.words = words != self.words, words
        if changed:
            self.changed.emit()

    def _on_change(self, position: int, _removed: int, added: int) -> None:
        self._range = (position, position + added)

    def _look(self) -> Words:
        """The page as it stands now; while someone types within a line only that section is read again."""
        blocks, self._blocks = self._blocks, self._document.blockCount()
        first, last = map(self._document.findBlock, self._range)
        if blocks == self._blocks and first == last and first.isValid():
            name = section_of(first)
            new = self._text.words_of(name)
            place = next((n for n, each in enumerate(self.words) if each.id == name), -1)
            old = self.words[place] if place >= 0 else None
            if old is not None and new is not None and not old.rows and not new.rows and _lines(old) == _lines(new):
                return (*self.words[:place], new, *self.words[place + 1 :])
        return self._text.words()

    def _is_redone(self, words: Words, top: int) -> bool:
        """Whether the page is as the steps up to there make it; a new step behind an undo may be as high as the old."""
        page = self.words
        for entry in reversed(self._undone):
            if entry.top <= top:
                page = forward(page, entry.step)
        return set(page) == set(words)

    def _take(self, words: Words, top: int, joined: bool) -> None:
        self._undone.clear()
        base = back(self.words, self._done.pop().step) if joined and self._done else self.words
        self._done.append(_Entry(Step(_swaps(base, words)), top))
        del self._done[:-MOST]


def _lines(words: SectionWords) -> tuple[int, bool]:
    return words.text.count("\n"), bool(words.heading)


def _swaps(before: Words, after: Words) -> tuple[Swap, ...]:
    old, new = {each.id: each for each in before}, {each.id: each for each in after}
    names = dict.fromkeys((*old, *new))
    return tuple(Swap(name, old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name))


def _in_order(found: Words, order: list[str], known: Sequence[SectionWords]) -> list[SectionWords]:
    """Sections where they stood: as on the page now, else as in the document's order."""
    ranks = {name: rank for rank, name in enumerate(("#title", "#subtitle", *order))}
    there = [each.id for each in known]
    if [each.id for each in found] == there:
        return list(found)
    return sorted(found, key=lambda each: ranks.get(each.id, len(ranks)))

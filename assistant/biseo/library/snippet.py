"""The few words of a passage that show why it was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LONGEST = 160
_BEFORE = 40


@dataclass(frozen=True)
class Snippet:
    """Words of a passage on one line; `marks` are (start, end) in `text`."""

    text: str
    marks: tuple[tuple[int, int], ...]


def snippet(words: str, marks: Sequence[tuple[int, int]], longest: int = LONGEST) -> Snippet:
    """The stretch of a passage that holds most of the marks, cut at blanks, with `…` where something is left out."""
    begin, end = _stretch(words, marks, longest)
    lead, tail = "…" if begin else "", "…" if end < len(words) else ""
    # one character for one, so that the marks stay where they are
    line = "".join(" " if character.isspace() else character for character in words[begin:end])
    shift = len(lead) - begin
    inside = tuple((start + shift, stop + shift) for start, stop in marks if start >= begin and stop <= end)
    return Snippet(lead + line + tail, inside)


def _stretch(words: str, marks: Sequence[tuple[int, int]], longest: int) -> tuple[int, int]:
    if len(words) <= longest:
        return 0, len(words)
    best, most = 0, -1
    for start, _ in marks:
        begin = max(0, start - _BEFORE)
        held = {words[a:b].casefold() for a, b in marks if a >= begin and b <= begin + longest}
        if len(held) > most:
            best, most = begin, len(held)
    end = min(len(words), best + longest)
    first = min((start for start, _ in marks if start >= best), default=end)
    if best:  # begin with a whole word, but not behind a mark
        blank = words.find(" ", best, first)
        best = blank + 1 if blank >= 0 else best
    if end < len(words):
        last = max((stop for _, stop in marks if stop <= end), default=best)
        blank = words.rfind(" ", last, end)
        end = blank if blank > best else end
    return best, end

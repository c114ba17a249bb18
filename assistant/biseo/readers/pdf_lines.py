"""Lines of a page to paragraphs. Korean wraps without hyphens, often in the middle of a word; no text is dropped."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from biseo.readers.marks import is_chapter, item_level
from biseo.text.characters import ITEM_SYLLABLES

# Particles and endings: behind them a word is over, most likely. Units: they stand close to their number.
_WORD_ENDS = frozenset("은는을를의에로와과도고며여및등서된한할")
_UNITS = frozenset("년월일시분초조항호개명원회차건쪽만억천백동층%％")
_OPENING = frozenset("(「『‘“'\"<[·/~-")
_SENTENCE_ENDS = frozenset(".?!")
# Lines of one paragraph, in sizes of their letters: how far apart at most, and by how much that varies.
FARTHEST_LINES = 2.6
PITCH_VARIES = 1.2
_ADDRESS = re.compile("[!-~]{6,}")


@dataclass(frozen=True)
class Piece:
    """Words of a line between two wide gaps; lengths in points."""

    text: str
    left: float
    right: float


@dataclass(frozen=True)
class Line:
    """One line as it stands on the page; lengths in points, y grows upwards.

    Attributes:
        size: font size of its first character.
        spaced: the page itself ends the line with a space.
        pieces: what stands between its wide gaps, where there may be some.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    spaced: bool
    pieces: tuple[Piece, ...] = ()


def usual_size(lines: Iterable[Line]) -> float:
    """The font size of most of the text, 0 when there is none."""
    lines = list(lines)
    if not lines:
        return 0.0
    return statistics.median_low([line.size for line in lines for _ in range(1 + len(line.text) // 20)])


def join_lines(lines: list[Line], stored: bool) -> list[Line]:
    """Paragraphs, each as one long line with the size of its first.

    Args:
        stored: the document stores the space at which a line was broken; a line without one was broken inside a word,
            then. Without it, particles and endings tell.
    """
    joined: list[Line] = []
    previous: Line | None = None
    labels: list[str] = []
    farthest = min(FARTHEST_LINES, PITCH_VARIES * _pitch(lines))
    for index, line in enumerate(lines):
        if previous is not None and _continues(
            previous, line, _margin(lines, index - 1), labels, farthest, stored and previous.spaced
        ):
            text = joined[-1].text + seam(previous, line, stored) + line.text
            joined[-1] = replace(joined[-1], text=text)
        else:
            joined.append(line)
            labels.append(line.text[:2])
        previous = line
    return joined


def _margin(lines: list[Line], index: int) -> float:
    """The right edge that lines like this one reach: same size, same column, near it on the page."""
    own = lines[index]
    near = lines[max(index - 12, 0) : index + 13]
    return max(
        line.right
        for line in near
        if line is own
        or (
            abs(line.size - own.size) <= 0.1 * own.size
            and line.left < own.right
            and abs(line.left - own.left) < 8 * own.size
        )
    )


def _pitch(lines: list[Line]) -> float:
    """How far apart lines of the text mostly are, in sizes of their letters; without a usual distance, very far."""
    drops = Counter(
        round((above.bottom - line.bottom) / above.size, 1)
        for above, line in pairwise(lines)
        if above.size > 0 and abs(above.size - line.size) <= 0.15 * above.size
    )
    drops = Counter({drop: count for drop, count in drops.items() if 0.5 < drop < FARTHEST_LINES})
    if not drops:
        return FARTHEST_LINES
    drop, count = drops.most_common(1)[0]
    return drop if count > 1 and count >= 0.3 * drops.total() else FARTHEST_LINES


def _continues(previous: Line, line: Line, margin: float, labels: list[str], farthest: float, broken: bool) -> bool:
    """Whether `line` goes on with the sentence that `previous` left at the margin.

    Args:
        farthest: how far below it may stand, in sizes of the letters.
        broken: the document says that the line above was broken at a space.
    """
    size = max(previous.size, 1.0)
    if abs(line.size - previous.size) > 0.15 * size:
        return False
    # A long address or a foreign word goes to the next line whole and leaves a gap.
    word = _ADDRESS.match(line.text)
    gap = max(2.2, 0.55 * len(word[0]) + 0.5 if word else 0) * size
    reaches = previous.right >= margin - gap or (broken and not previous.text.endswith((".", ":")))
    if not reaches or previous.right - previous.left < 8 * size:
        return False
    drop = previous.bottom - line.bottom
    if not 0.5 * size < drop < farthest * size:
        return False
    if line.left > previous.left + 6 * size or line.left >= previous.right:
        return False
    if is_chapter(line.text):
        return False
    return not item_level(line.text) or _ends_a_word(line.text, labels)


def _ends_a_word(text: str, labels: list[str]) -> bool:
    """Whether a line begins with the end of a word (`다. `, `서. `) and not with a mark.

    "다." ends most Korean sentences; it is a mark only where an item "나." came before. So with 거. 너. 더. and others.
    """
    place = ITEM_SYLLABLES.find(text[0])
    if text[1:2] != "." or (text[0] != "다" and place < ITEM_SYLLABLES.index("거")):
        return False
    return ITEM_SYLLABLES[place - 1] + "." not in labels


def keeps_spaces(pages: Iterable[list[Line]]) -> bool:
    """Whether the document stores the spaces at which its lines were broken (a quarter of them, in Korean)."""
    spaced = [line.spaced for lines in pages for line in lines if len(line.text) > 12]
    return sum(spaced) > 0.08 * len(spaced)


def seam(previous: Line, line: Line, stored: bool) -> str:
    last, first = previous.text[-1], line.text[0]
    if previous.spaced:
        return " "
    if last.isascii() and first.isascii() and (last.isalnum() or first.isalnum()):
        return " "  # Latin words are not broken inside; Hangul is
    if last in _SENTENCE_ENDS:
        return " "
    if stored:
        return ""
    if last.isdigit():
        return "" if first in _UNITS else " "
    return " " if last in _WORD_ENDS or (not last.isalnum() and last not in _OPENING) else ""

"""How far the lines of a section hang below their marks, worked out line by line as in the written document."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QFontMetricsF, QTextBlockFormat

from biseo_ui.widgets.draft_index import BODY

if TYPE_CHECKING:
    from biseo.writers.marks import Levels

GAP = "gap"
_ATTACHED = re.compile(r"(?P<word>붙\s?임\s{1,2})(?:\d{1,2}\.\s+)?(?=\S)")


class Hanging:
    """Goes through the lines of one section in their order.

    Args:
        font: of the document.
        shape: how a paragraph of a role is set before it hangs.
        levels: how deep items stand that go on from the sections above; 가. stands below the 2. of the section before.
    """

    def __init__(self, font: QFont, shape: Callable[[str], QTextBlockFormat], levels: Levels) -> None:
        self._shapes = {role: shape(role) for role in (BODY, GAP)}
        self._width = QFontMetricsF(font).horizontalAdvance
        self._unit = font.pointSizeF() * 0.68
        self._levels = levels
        self._below = 0.0

    def next(self, role: str, text: str) -> QTextBlockFormat:
        """How the next line is set."""
        from biseo.writers.marks import find_mark, typed_width  # the writers are not needed at start

        mark = find_mark(text)
        wanted = QTextBlockFormat(self._shapes[role])
        if attached := _ATTACHED.match(text):  # a list of 붙임: 2. stands below 1.
            self._below = self._width(attached["word"])
            hanging = self._width(attached.group())
            wanted.setLeftMargin(round(hanging))
            wanted.setTextIndent(-round(hanging))
        elif mark is not None and self._below and (mark.family, mark.rank) == ("number", 1):
            hanging = self._width(f"{mark.text} ")
            wanted.setLeftMargin(round(self._below + hanging))
            wanted.setTextIndent(-round(hanging))
        elif mark is not None:
            self._below = 0.0
            level = self._levels.level(mark)
            hanging = (typed_width(mark.text) + 1) * self._unit
            wanted.setLeftMargin(round((level - 1) * 2 * self._unit + hanging))
            wanted.setTextIndent(-round(hanging))
        return wanted


def same_hanging(one: QTextBlockFormat, other: QTextBlockFormat) -> bool:
    """Whether both hang alike."""
    return (one.leftMargin(), one.textIndent()) == (other.leftMargin(), other.textIndent())

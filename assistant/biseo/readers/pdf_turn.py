"""Turned PDF pages. PDFium gives places as the page lies and puts lines together as the page is shown; where the two
differ, or where most letters lie on their side, both come out wrong. So such a page is turned, in memory only, until
its text stands upright.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

# Letters looked at on a page, and how far from upright (radians) they may lean.
SAMPLE = 100
LEANING = 0.2


def upright(pdf: Any, page: Any, index: int) -> Any:
    """The page, or itself opened again after it was turned; the one that was given is closed then.

    Args:
        pdf, page: of pypdfium2.
        index: the page's place in the document, from 0.
    """
    from ctypes import byref

    from pypdfium2 import raw

    quarters = _quarters(raw, page)
    if quarters == 0 and page.get_rotation() == 0:
        return page
    if quarters:
        left, bottom, right, top = page.get_mediabox()
        matrix = {
            1: raw.FS_MATRIX(0, -1, 1, 0, -bottom, right),
            2: raw.FS_MATRIX(-1, 0, 0, -1, right, top),
            3: raw.FS_MATRIX(0, 1, -1, 0, top, -left),
        }[quarters]
        if not raw.FPDFPage_TransFormWithClip(page, byref(matrix), None):
            return page  # a page without content
        width, height = (right - left, top - bottom) if quarters == 2 else (top - bottom, right - left)
        page.set_mediabox(0, 0, width, height)
        page.set_cropbox(0, 0, width, height)
    page.set_rotation(0)
    page.close()
    return pdf[index]


def _quarters(raw: Any, page: Any) -> int:
    """Quarter turns (clockwise) after which most letters stand upright, 0 where none or a slant is most common."""
    textpage = page.get_textpage()
    try:
        count = textpage.count_chars()
        turns: Counter[int] = Counter()
        for index in range(0, count, max(count // SAMPLE, 1)):
            if raw.FPDFText_GetUnicode(textpage, index) > 32 and raw.FPDFText_IsGenerated(textpage, index) == 0:
                turn = raw.FPDFText_GetCharAngle(textpage, index) / (math.pi / 2)
                if abs(turn - round(turn)) <= LEANING:
                    turns[-round(turn) % 4] += 1
    finally:
        textpage.close()
    return turns.most_common(1)[0][0] if turns else 0

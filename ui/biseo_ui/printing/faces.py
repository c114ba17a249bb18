"""Fonts for paper: one that is installed and may be embedded in a PDF, else the one that comes with the program."""

from __future__ import annotations

import struct
from functools import cache

from PySide6.QtGui import QFont, QFontDatabase, QRawFont

from biseo.writers.profiles import Face
from biseo_ui import fonts

UNITS_PER_POINT = 20
"""Pages are measured in twentieths of a point, in which every size of a profile is a whole number."""
_SERIFS = ("바탕", "명조")
_RESTRICTED, _BITMAP_ONLY = 0x0002, 0x0200
_FS_TYPE = 8


def font_for(face: Face, bold: bool | None = None, size: float = 0.0) -> QFont:
    """The font of a face, its size in page units; not hinted, so that screen, printer and PDF break lines alike."""
    font = QFont([family(face.hwpx)])
    font.setPixelSize(round((size or face.size) * UNITS_PER_POINT))
    font.setBold(face.bold if bold is None else bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    # Shapes of another language's taste, which figures behind Latin letters get, have no character in a PDF.
    font.setFeature(QFont.Tag("locl"), 0)
    return font


@cache
def family(wanted: str) -> str:
    """The family that stands for `wanted`. Called first in the window's thread: it may load a font."""
    serif = any(word in wanted for word in _SERIFS)
    there = set(QFontDatabase.families())
    for name in (wanted, *(fonts.SERIF if serif else fonts.SANS)):
        if name in there and may_embed(name):
            return name
    return fonts.bundled("serif" if serif else "sans")


@cache
def has_bold(name: str) -> bool:
    """Whether the family has bold letters of its own, rather than thickened ones."""
    weights = (QFontDatabase.weight(name, style) for style in QFontDatabase.styles(name))
    return any(weight >= QFont.Weight.DemiBold.value for weight in weights)


def may_embed(name: str) -> bool:
    """Whether the font's own licence bits let a PDF carry it; Qt would draw outlines without any text instead."""
    table = QRawFont.fromFont(QFont([name])).fontTable("OS/2")
    if table.size() < _FS_TYPE + 2:
        return False
    (rights,) = struct.unpack_from(">H", table.data(), _FS_TYPE)
    # Restricted is the strictest only where no milder bit stands beside it (OpenType: the least restrictive holds).
    return rights & 0x000F != _RESTRICTED and not rights & _BITMAP_ONLY

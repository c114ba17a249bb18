"""What is copied out of a PDF: the very characters of the draft, not others that look the same.

A font draws several characters with one shape (‘ and ʻ, – and ‒, blank and tab). For each shape Qt writes the first of
them into the PDF's table of characters, so that a reader would copy ʻ where the draft has ‘. The table is plain text
with four digits a character, and is mended in place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from PySide6.QtGui import QFont, QRawFont

_TABLE = re.compile(rb"begincmap.*?endcmap", re.DOTALL)
_RANGE = re.compile(rb"(?<=\[)[^\[\]]*(?=\])|(?<=> )<[0-9A-F]{4}>(?=\n)")
_CODE = re.compile(rb"<([0-9A-F]{4})>")
_BLANK = " "


def mend_text(data: bytes, text: str, families: Iterable[str]) -> bytes:
    """The PDF whose table of characters names those of `text`. Its length stays, so every offset holds."""
    used = {letter for letter in text if ord(letter) < 0x10000} | {_BLANK}
    fonts = [QRawFont.fromFont(QFont([name])) for name in sorted(set(families))]
    shapes: dict[tuple[int, int], str] = {}
    for number, font in enumerate(fonts):
        for letter in sorted(used):
            for glyph in font.glyphIndexesForString(letter):
                shapes.setdefault((number, glyph), letter)

    def meant(code: bytes) -> bytes:
        letter = chr(int(code, 16))
        if letter in used or "\ud800" <= letter <= "\udfff" or letter == "\0":
            return code
        for number, font in enumerate(fonts):
            for glyph in font.glyphIndexesForString(letter):
                if glyph and (number, glyph) in shapes:
                    return f"{ord(shapes[number, glyph]):04X}".encode("ascii")
        return code

    def mend_range(found: re.Match[bytes]) -> bytes:
        return _CODE.sub(lambda code: b"<" + meant(code[1]) + b">", found[0])

    return _TABLE.sub(lambda table: _RANGE.sub(mend_range, table[0]), data)

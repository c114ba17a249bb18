"""SVG pages: what they may hold before Qt sees them, their fonts, and where a passage stands in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

MOST_CHARACTERS = 12_000_000
MOST_TAGS = 200_000
DEEPEST = 64
SERIF, SANS = "biseo-serif", "biseo-sans"
"""Stand for the real families, which only the window knows."""
_TAGS = {"svg", "g", "defs", "clipPath", "rect", "line", "circle", "ellipse", "path", "polygon", "polyline", "text"}
_TAGS |= {"tspan", "image", "linearGradient", "radialGradient", "stop", "title", "desc"}
_TAG = re.compile(r"<\s*(/?)\s*([^\s<>/]*)([^<>]*?)(/?)>")
_REFERENCE = re.compile(r"""href\s*=\s*["']([^"']{0,64})""", re.IGNORECASE)
_PICTURE = re.compile(r"data:image/(?:png|jpe?g|bmp);base64,", re.IGNORECASE)
_URL = re.compile(r"url\(\s*([^)]{0,3})", re.IGNORECASE)
_FAMILY = re.compile(r'font-family="([^"]*)"')
_SERIFS = ("바탕", "명조", "궁서", "batang", "myeongjo", "myungjo", "gungsuh", "times")
_TEXT = re.compile(r'<text x="(-?[\d.]+)" y="(-?[\d.]+)"([^>]*)>([^<]*)</text>')
_SIZE = re.compile(r'font-size="([\d.]+)')
_ROOM = re.compile(r'<svg[^>]*?\bwidth="([\d.]+)"[^>]*?\bheight="([\d.]+)"')


def check_svg(text: str) -> None:
    """Refuse what a page never needs: other files, entities, scripts, endless nesting.

    Raises:
        ValueError: the text is no plain page.
    """
    if len(text) > MOST_CHARACTERS or "<!" in text or text.count("<?") > 1:
        raise ValueError("no plain SVG")
    if any(not _PICTURE.match(found) for found in _REFERENCE.findall(text)):
        raise ValueError("SVG refers to something outside")
    if any(not found.lstrip("'\" ").startswith("#") for found in _URL.findall(text)):
        raise ValueError("SVG refers to something outside")
    depth = tags = 0
    for found in _TAG.finditer(text):
        closing, name, _rest, empty = found.groups()
        tags += 1
        if name.startswith("?"):
            continue
        if name not in _TAGS or tags > MOST_TAGS:
            raise ValueError("SVG holds what a page does not")
        depth += -1 if closing else 0 if empty else 1
        if not 0 <= depth <= DEEPEST:
            raise ValueError("SVG is nested too deep")


def plain_fonts(text: str) -> str:
    """The page with one of two families instead of a list of fifteen: a quarter of the size, drawn twice as fast."""

    def family(found: re.Match[str]) -> str:
        first = found[1].partition(",")[0].lower()
        return f'font-family="{SERIF if any(word in first for word in _SERIFS) else SANS}"'

    return _FAMILY.sub(family, text)


def page_size(text: str) -> tuple[float, float]:
    """Width and height of the page in its own units; A4 where it does not say."""
    found = _ROOM.search(text)
    return (float(found[1]), float(found[2])) if found else (793.7, 1122.5)


def page_words(text: str) -> str:
    """The words of a page, a line for each line of text."""
    lines: list[str] = []
    height: str | None = None
    for _x, y, _rest, words in _TEXT.findall(text):
        if y != height:
            lines.append("")
            height = y
        lines[-1] += unescape(words)
    return "\n".join(lines)


def pack(text: str) -> str:
    """Text without white space: how a passage and a page are compared."""
    return "".join(text.split()).replace("│", "")


def has_passage(text: str, passages: Sequence[str]) -> bool:
    """Whether the page holds the passage, one of its spellings."""
    packed = pack(page_words(text))
    return any(passage in packed for passage in passages)


def find_marks(text: str, passages: Sequence[str]) -> tuple[tuple[float, float, float, float], ...]:
    """Where the first of those packed passages stands that the page holds, a mark for each line of it."""
    width, height = page_size(text)
    letters: list[tuple[float, float, float]] = []
    packed = ""
    for x, y, rest, words in _TEXT.findall(text):
        if "transform" in rest:
            continue
        found = _SIZE.search(rest)
        size = float(found[1]) if found else 13.0
        for number, letter in enumerate(pack(unescape(words))):
            packed += letter
            letters.append((float(x) + number * size * 0.9, float(y), size))
    for passage in passages:
        at = packed.find(passage)
        if at >= 0 and passage:
            return _lines(letters[at : at + len(passage)], width, height)
    return ()


def _lines(
    letters: list[tuple[float, float, float]], width: float, height: float
) -> tuple[tuple[float, float, float, float], ...]:
    marks: list[tuple[float, float, float, float]] = []
    begin = 0
    for place in range(1, len(letters) + 1):
        same = (
            place < len(letters) and letters[place][1] == letters[begin][1] and letters[place][0] >= letters[begin][0]
        )
        if same:
            continue
        x, y, size = letters[begin]
        end = letters[place - 1][0] + size
        marks.append((x / width, (y - 0.9 * size) / height, (end - x) / width, 1.2 * size / height))
        begin = place
    return tuple(marks)

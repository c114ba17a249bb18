"""One page as a picture, and how it crosses the pipe: JSON and raw bytes, never pickle."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal

from biseo.errors import InputFileError, UserFacingError
from biseo.pictures.svg import check_svg

DRAWN = ("hwp", "hwpx", "pdf")
"""Formats whose pages can be drawn. For DOCX there is no renderer that may be shipped."""
MOST_BYTES = 64 * 1024 * 1024
MOST_MARKS = 400
Mark = tuple[float, float, float, float]


@dataclass(frozen=True)
class PagePicture:
    """A page as drawn by the child process.

    Attributes:
        kind: `svg` (UTF-8) or `pixels` (rows from the top, four bytes a pixel: blue, green, red, unused).
        page, pages: number from 1, and how many there are.
        width, height: in pixels; of an SVG its own units.
        words: the text of the page, for those who do not see it; may be empty.
        marks: left, top, width and height of each piece of the passage, as shares of the page's sides.
    """

    kind: Literal["svg", "pixels"]
    page: int
    pages: int
    width: int
    height: int
    data: bytes
    words: str = ""
    marks: tuple[Mark, ...] = ()


def pack_picture(picture: PagePicture) -> bytes:
    """A picture as the bytes of one message."""
    head = {
        "kind": picture.kind, "page": picture.page, "pages": picture.pages, "width": picture.width,
        "height": picture.height, "words": picture.words, "marks": picture.marks[:MOST_MARKS],
    }  # fmt: skip
    return json.dumps(head).encode("ascii") + b"\n" + picture.data


def pack_refusal(error: UserFacingError) -> bytes:
    """A refusal as the bytes of one message."""
    return json.dumps({"error": [error.code, error.message, error.advice]}).encode("ascii") + b"\n"


def unpack_picture(message: bytes) -> PagePicture:
    """The picture in a message. The child is not trusted: what does not fit together is refused.

    Raises:
        InputFileError: the message is a refusal.
        ValueError: the message is none of ours.
    """
    line, _, data = message.partition(b"\n")
    try:
        head = json.loads(line)
        if "error" in head:
            code, text, advice = map(str, head["error"])
            raise InputFileError(code, text, advice)
        page, pages, width, height = (int(head[name]) for name in ("page", "pages", "width", "height"))
        marks = tuple((float(x), float(y), float(w), float(h)) for x, y, w, h in head["marks"][:MOST_MARKS])
        kind = head["kind"]
        words = str(head["words"])
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("unknown message") from error
    if not (1 <= page <= pages and 0 < width <= 20_000 and 0 < height <= 40_000 and len(data) <= MOST_BYTES):
        raise ValueError("impossible page")
    if kind == "pixels":
        if len(data) != 4 * width * height:
            raise ValueError("wrong number of pixels")
    elif kind == "svg":
        check_svg(data.decode("utf-8"))
    else:
        raise ValueError("unknown kind")
    return PagePicture(kind, page, pages, width, height, data, words, marks)

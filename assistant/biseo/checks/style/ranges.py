"""Periods: the tilde touches both ends, and says 까지 already."""

from __future__ import annotations

import re
from collections.abc import Iterator

from biseo.checks.style.page import Page
from biseo.checks.style.rulebook import Hit

_DAY = r"\((?:[월화수목금토일])\)"
_END = rf"(?:(?<=[0-9]\.)|(?<=[0-9][일월년시분])|(?<=[0-9]:[0-9][0-9])|(?<=[0-9]\.{_DAY})|(?<=일{_DAY}))"
_GAP = re.compile(
    rf"{_END}(?P<gap>[ ]+~[ ]*|~[ ]+)"
    r"(?=(?:19|20)[0-9]{2}[.년]|[0-9]{1,2}(?:\.[ ]?[0-9]|월|일|시|:[0-9]{2})|[0-9]{1,2}\.(?![0-9]))"
)
_UNTIL = re.compile(
    rf"{_END}[ ]?~[ ]?(?:(?:(?:19|20)[0-9]{{2}}\.[ ]?)?[0-9]{{1,2}}\.[ ]?)?"
    rf"(?:[0-9]{{1,2}}\.(?:{_DAY})?|[0-9]{{1,2}}:[0-9]{{2}}"
    rf"|(?:[0-9]{{1,2}}월[ ]?)?[0-9]{{1,2}}[일시](?:{_DAY})?)(?P<kkaji>[ ]?까지)"
)


def find_ranges(page: Page) -> Iterator[Hit]:
    """RANGE_SPACE and RANGE_KKAJI."""
    for match in _GAP.finditer(page.text):
        if not page.history.touch(*match.span()):
            yield Hit("RANGE_SPACE", match.start("gap"), match.end("gap"), "~")
    for match in _UNTIL.finditer(page.text):
        if not page.history.touch(*match.span()):
            start = match.start("kkaji") - 1
            yield Hit("RANGE_KKAJI", start, match.end("kkaji"), page.original[start : start + 1])

"""Titles without a full stop, sentences that are not too long."""

from __future__ import annotations

import re
from collections.abc import Iterator

from biseo.checks.style.page import Page
from biseo.checks.style.rulebook import Hit
from biseo.text.sentences import split_sentences

LONGEST = 120
"""Characters from which a sentence is called long (편람)."""
_TITLE = re.compile(r"^[ ]*제[ ]{0,3}목[ ]*:?[ ]{1,4}(?P<title>\S[^\n]{0,200}?)[ ]*$", re.MULTILINE)
_STOP = re.compile(r"(?P<word>[가-힣]{1,20})\.$")


def find_sentences(page: Page) -> Iterator[Hit]:
    """TITLE_DOT and LONG_SENTENCE."""
    for match in _TITLE.finditer(page.text):
        stop = _STOP.search(match["title"])
        if stop is not None and stop["word"] != "끝":
            start = match.start("title") + stop.start()
            yield Hit("TITLE_DOT", start, match.start("title") + stop.end(), stop["word"])
    for line in page.lines:
        if len(line.text) <= LONGEST or page.tables.touch(line.start, line.end):
            continue
        if page.history.touch(line.start, line.end):
            continue
        for span in split_sentences(line.text):
            if span.end - span.start > LONGEST and span.text.rstrip().endswith("."):
                yield Hit("LONG_SENTENCE", line.start + span.start, line.start + span.end)

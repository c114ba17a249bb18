"""A citation at the end of a sentence: `…알려야 한다(「민원 편람」 제14조).`"""

from __future__ import annotations

import re
from dataclasses import dataclass

_CITATION = re.compile(r"\s*\(「([^」\n]{1,120})」\s?(?:제\s*(\d+\s*조(?:\s*의\s*\d+)?)|(\d+)쪽)?\)(?=[.。]?\s*$)")


@dataclass(frozen=True)
class CitedSentence:
    """A sentence apart from its citation.

    Attributes:
        words: the sentence without it.
        title: name of the source, without the ending of its file.
        article: `제14조`, without blanks; empty where none is named.
        page: 1-based; None where none is named.
    """

    words: str
    title: str
    article: str
    page: int | None

    def names(self, source: str) -> bool:
        """Whether a source of that name is meant: a file, or a passage of it (`민원 편람.hwpx, 제14조`)."""
        return source == self.title or source.startswith(f"{self.title}.")

    def stands_in(self, text: str) -> bool:
        """Whether the article that is named, if one is, stands in a text."""
        return not self.article or re.search(rf"{self.article}(?!\s*의\s*\d)", "".join(text.split())) is not None


def cited_sentence(sentence: str) -> CitedSentence | None:
    """The sentence and its citation; None where it ends in none."""
    found = _CITATION.search(sentence)
    if found is None:
        return None
    article = f"제{''.join(found[2].split())}" if found[2] else ""
    words = sentence[: found.start()] + sentence[found.end() :]
    return CitedSentence(words, found[1], article, int(found[3]) if found[3] else None)

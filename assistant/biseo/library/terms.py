"""What a passage is found by: pairs of syllables of its own words and of the titles above it."""

from __future__ import annotations

import unicodedata

from biseo.vault.grams import grams

MAKER = 1
"""Version of splitter and terms together: a text that was made by another one is made anew at the next look."""


def terms_of(words: str) -> tuple[str, ...]:
    """The terms of some words in the order of their first place, each once."""
    return tuple(dict.fromkeys(grams(words).split()))


def passage_terms(head: str, text: str) -> tuple[str, ...]:
    """The terms of a passage."""
    return terms_of(f"{head}\n{text}")


def folded(text: str) -> str:
    """A text as it is compared: one kind of letters, lower case, single blanks."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())

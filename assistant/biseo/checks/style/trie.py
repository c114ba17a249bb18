"""Many words as one pattern that decides letter by letter, longest word first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any


def trie_pattern(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern that matches any of the words; of two with the same beginning the longer one."""
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return re.compile(_written(root))


def _written(node: dict[str, Any]) -> str:
    ends = "" in node
    branches = [re.escape(char) + _written(rest) for char, rest in node.items() if char]
    if not branches:
        return ""
    if len(branches) == 1 and not ends:
        return branches[0]
    return f"(?:{'|'.join(branches)}){'?' if ends else ''}"

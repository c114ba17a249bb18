"""Labels with a role of the style sheet."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel


def label(words: str, role: str = "", wrap: bool = False) -> QLabel:
    """A label in the look of `role` (`title`, `section`, `muted`, …); `wrap` lets it take several lines."""
    result = QLabel(words)
    result.setWordWrap(wrap)
    if role:
        result.setProperty("role", role)
    return result

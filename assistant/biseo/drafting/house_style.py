"""What stands in a draft by rule and not as the model wrote it: dates, times, amounts, references."""

from __future__ import annotations

from biseo.checks.style import apply_certain, check_style, style_profile

_ROUNDS = 3
"""A correction may open the way for another; more than two were never seen."""


def in_house_style(text: str, profile: str) -> str:
    """The text with every correction taken that is certain.

    Args:
        profile: layout profile of the task.
    """
    for _ in range(_ROUNDS):
        better = apply_certain(text, check_style(text, style_profile(profile), hints=False))
        if better == text:
            break
        text = better
    return text

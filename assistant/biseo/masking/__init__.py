"""Masking personal data: reversible inside the program, for good in what leaves it."""

from biseo.masking.placeholders import Placeholders
from biseo.masking.words import mask_spans, mask_text, mask_value

__all__ = ["Placeholders", "mask_spans", "mask_text", "mask_value"]

"""Reading: one function from a path to a `Document`, whatever the format, in a process of its own."""

from biseo.readers.limits import Limits
from biseo.readers.process import read_document

__all__ = ["Limits", "read_document"]

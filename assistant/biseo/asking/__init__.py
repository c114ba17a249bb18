"""자료실에 묻기: answers from passages of the library, each sentence with its citation, or a plain refusal."""

from biseo.asking.ask import ask
from biseo.asking.reply import (
    DOUBTED,
    NEAREST,
    NOT_ADVICE,
    REFUSAL,
    AnswerSentence,
    AnswerText,
    AskEvent,
    Citation,
    Found,
    Reply,
    Turn,
)

__all__ = [
    "DOUBTED",
    "NEAREST",
    "NOT_ADVICE",
    "REFUSAL",
    "AnswerSentence",
    "AnswerText",
    "AskEvent",
    "Citation",
    "Found",
    "Reply",
    "Turn",
    "ask",
]

"""What was asked of the library, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass

from biseo.events import Progress
from biseo.library import Hit

NOT_ADVICE = "법률 자문이 아닙니다. 적용하기 전에 법령 원문과 소관 부서의 해석을 확인해 주세요."
"""Said with every answer that cites law."""
REFUSAL = "찾은 대목에서 답을 확인하지 못했습니다."
"""Said instead of an answer; where there are passages, `NEAREST` follows."""
DOUBTED = "확실하지 않은 답입니다. 원문을 확인해 주세요."
"""Said with an answer that the model doubts."""
NEAREST = "가장 가까운 대목은 다음과 같습니다."


@dataclass(frozen=True)
class Citation:
    """A sentence of a document that carries an answer.

    Attributes:
        source: path of the file.
        page: 1-based; None where the format has no pages.
        article: `제14조(처리기간)` or the title nearest above the sentence; may be empty.
        text: the sentence itself, letter by letter as it stands in the passage.
        start: offset in `Document.text` of the file where the sentence begins, `stop` where it ends; where the
            sentence's own place is not known (rows of tables), of the passage that holds it.
    """

    source: str
    page: int | None
    article: str
    text: str
    start: int
    stop: int


@dataclass(frozen=True)
class AnswerSentence:
    """A sentence of an answer with what carries it.

    Attributes:
        citations: at least one.
        verbatim: it is the cited sentence itself; else it was reworded and checked against it.
    """

    text: str
    citations: tuple[Citation, ...]
    verbatim: bool


@dataclass(frozen=True)
class Turn:
    """An earlier question, for what follows it.

    Attributes:
        subject: what it was about, in its own words; carried over where a question left it out.
        cited: (source, head line or article) of what was cited in the answer.
    """

    question: str
    subject: str
    cited: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Reply:
    """The answer to a question, or the refusal of one.

    Attributes:
        question: as typed.
        subject: what it is about, with what was carried over from earlier turns; to be shown as 이어서 묻는 것.
        carried: words that were taken over from an earlier turn; empty where the question stands alone.
        sentences: the answer; none when refused.
        refused: the passages do not hold the answer.
        nearest: passages, best first; the cited ones among them.
        legal: law is cited: `NOT_ADVICE` has to be shown.
        by_model: the model was asked whether the sentences answer; it never words an answer.
        doubted: it said that they do not: `DOUBTED` has to be shown.
    """

    question: str
    subject: str
    carried: str
    sentences: tuple[AnswerSentence, ...]
    refused: bool
    nearest: tuple[Hit, ...]
    legal: bool
    by_model: bool
    doubted: bool = False

    @property
    def text(self) -> str:
        """The answer as running text, or the refusal."""
        return " ".join(sentence.text for sentence in self.sentences) if self.sentences else REFUSAL

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations, each once, in the order of the answer; their numbers are their places from 1."""
        return tuple(dict.fromkeys(each for sentence in self.sentences for each in sentence.citations))

    @property
    def turn(self) -> Turn:
        """What the next question has to know of this one."""
        cited = tuple(dict.fromkeys((each.source, each.article) for each in self.citations))
        return Turn(self.question, self.subject, cited)


@dataclass(frozen=True)
class Found:
    """The passages, at once and before any answer; none when nothing is near."""

    hits: tuple[Hit, ...]


@dataclass(frozen=True)
class AnswerText:
    """The answer so far, whole; it takes the place of what was told before."""

    text: str


AskEvent = Found | Progress | AnswerText | Reply

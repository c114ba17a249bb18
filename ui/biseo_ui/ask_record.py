"""What was asked of the library and answered, as plain values that can be stored and shown again."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import PurePath
from typing import Literal

from biseo.asking import DOUBTED, NOT_ADVICE, REFUSAL, AnswerSentence, Citation, Reply, Turn
from biseo.errors import InputFileError
from biseo.library import Hit
from biseo.library.snippet import Snippet
from biseo.worksession import value_of
from biseo_ui.i18n import tr

TASK = "ask"
"""Where the task of a work stands in the store, for a conversation with the library."""
PHASE = "asked"
VERSION = 1
LONGEST_TITLE = 120
MOST_TURNS = 100
"""Turns of one conversation that are kept; the oldest go."""

_ARTICLE = re.compile(r"제\d+조.*")
State = Literal["searching", "queued", "loading", "writing", "done", "stopped", "failed"]
UNDER_WAY = ("searching", "queued", "loading", "writing")


@dataclass(frozen=True)
class Passage:
    """A passage that was found.

    Attributes:
        source: path of the file.
        page: 1-based; None where the format has no pages.
        article: `제14조(처리기간)`, or the title nearest above.
        words: those that show why it was found.
        marks: start, end, start, end, … in `words` of what was looked for.
        start, stop: place in the text of the file.
        text: the whole passage, and `head` the titles above it.
    """

    source: str
    page: int | None
    article: str
    words: str
    marks: tuple[int, ...]
    start: int
    stop: int
    text: str = ""
    head: str = ""


@dataclass(frozen=True)
class Asked:
    """One question, and what came of it.

    Attributes:
        state: where it stands; `done` with sentences is an answer, without any a refusal.
        subject: what the question is about, with what was carried over; empty before there is a reply.
        carried: words that were taken over from an earlier turn.
        apart: the question begins a subject of its own.
        by_model: the model chose or worded something of the answer.
        note: why it is no more than this, Korean sentences: no model, stopped, an error.
        replied: a reply came, by rule or by the model.
    """

    question: str
    state: State = "searching"
    subject: str = ""
    carried: str = ""
    apart: bool = False
    passages: tuple[Passage, ...] = ()
    sentences: tuple[AnswerSentence, ...] = ()
    legal: bool = False
    by_model: bool = False
    note: str = ""
    replied: bool = False

    @property
    def under_way(self) -> bool:
        """Whether something is still to come."""
        return self.state in UNDER_WAY

    @property
    def refused(self) -> bool:
        """Whether the passages were said not to hold the answer."""
        return self.replied and not self.sentences

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations, each once; their numbers are their places from 1."""
        return tuple(dict.fromkeys(each for sentence in self.sentences for each in sentence.citations))

    @property
    def turn(self) -> Turn:
        """What the next question has to know of this one."""
        cited = tuple(dict.fromkeys((each.source, each.article) for each in self.citations))
        return Turn(self.question, self.subject or self.question, cited)

    def with_reply(self, reply: Reply) -> Asked:
        """With the answer, or the refusal."""
        return replace(
            self, subject=reply.subject, carried=reply.carried, passages=passages_of(reply.nearest) or self.passages,
            sentences=reply.sentences, legal=reply.legal, by_model=reply.by_model, replied=True,
            note=tr(DOUBTED) if reply.doubted else self.note,
        )  # fmt: skip


@dataclass(frozen=True)
class Conversation:
    """Questions in the order they were asked."""

    turns: tuple[Asked, ...] = ()
    version: int = VERSION

    @property
    def title(self) -> str:
        """Its line in the history: the first question."""
        return " ".join(self.turns[0].question.split())[:LONGEST_TITLE] if self.turns else ""

    @property
    def text(self) -> str:
        """What search in the history finds."""
        return "\n".join(part for turn in self.turns for part in (turn.question, *(s.text for s in turn.sentences)))

    def to_json(self) -> str:
        """As JSON that `from_json` reads."""
        text = json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def from_json(text: str) -> Conversation:
    """The conversation that was stored; what was under way then is stopped.

    Raises:
        InputFileError: it is damaged or of a newer program.
    """
    try:
        data = json.loads(text)
        version = data["version"]
        if isinstance(version, int) and version > VERSION:
            raise InputFileError(
                "session-newer",
                tr("더 새로운 행정비서에서 저장한 대화라 열 수 없습니다."),
                tr("프로그램을 새 판으로 바꾼 뒤 다시 열어 주세요."),
            )
        found = value_of(data, Conversation)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise InputFileError(
            "session-damaged", tr("저장해 둔 대화가 손상되어 열 수 없습니다."), tr("자료실에 다시 물어 주세요.")
        ) from error
    assert isinstance(found, Conversation)
    return Conversation(tuple(at_rest(turn) for turn in found.turns))


def at_rest(turn: Asked) -> Asked:
    """A turn as it can be stored: nothing is under way in it."""
    return replace(turn, state="stopped", note=tr("답을 다 쓰기 전에 멈췄습니다.")) if turn.under_way else turn


def passages_of(hits: Sequence[Hit]) -> tuple[Passage, ...]:
    """What is kept of the passages that were found."""
    return tuple(
        Passage(
            hit.source, hit.page, hit.article or _last_line(hit.head), hit.snippet.text,
            tuple(place for mark in hit.snippet.marks for place in mark), hit.start, hit.stop, hit.text, hit.head,
        )
        for hit in hits
    )  # fmt: skip


def hit_of(place: Citation | Passage) -> Hit:
    """A place that was cited or found, as the library tells its passages."""
    head = place.head if isinstance(place, Passage) else place.article
    found = _ARTICLE.search(place.article)
    article = found[0] if found else ""
    kind = PurePath(file_name(place.source)).suffix.lower().lstrip(".")
    return Hit(
        1, 0.0, place.source, place.page, place.text, head, article, place.start, place.stop, kind,
        Snippet(one_line(place.text), ()), (),
    )  # fmt: skip


def place_words(source: str, article: str, page: int | None) -> str:
    """`민원 편람.hwpx · 제14조(처리기간) · 3쪽`."""
    parts = [file_name(source), article, tr("{page}쪽").format(page=page) if page else ""]
    return " · ".join(part for part in parts if part)


def file_name(source: str) -> str:
    """The name of a file, whichever system its path is of."""
    return PurePath(source.replace("\\", "/")).name


def answer_words(turn: Asked, line: str) -> str:
    """Question, answer and its sources as plain text, for the clipboard.

    Args:
        line: the line that says that it is a draft.
    """
    known = {each: number for number, each in enumerate(turn.citations, start=1)}
    lines = [line] if turn.by_model else []
    lines += [tr("질문: {question}").format(question=turn.question), ""]
    for sentence in turn.sentences:
        lines.append(f"{quoted(sentence)} {numbers_of(sentence, known)}".rstrip())
    if not turn.sentences:
        lines.append(tr(REFUSAL))
    lines += ["", tr("근거")] if known else []
    for each, number in known.items():
        lines.append(f"[{number}] {place_words(each.source, each.article, each.page)}: “{one_line(each.text)}”")
    if turn.note == tr(DOUBTED):
        lines += ["", turn.note]
    if turn.legal:
        lines += ["", tr(NOT_ADVICE)]
    return "\n".join(lines)


def quoted(sentence: AnswerSentence) -> str:
    """A sentence of an answer; in quotation marks where it stands so in the document."""
    return f"“{one_line(sentence.text)}”" if sentence.verbatim else sentence.text


def numbers_of(sentence: AnswerSentence, known: dict[Citation, int]) -> str:
    """`[1][3]`."""
    return "".join(f"[{known[each]}]" for each in sentence.citations)


def one_line(words: str) -> str:
    """The same on one line."""
    return " ".join(words.split())


def _last_line(head: str) -> str:
    lines = [line.strip() for line in head.splitlines() if line.strip()]
    return lines[-1] if lines else ""

"""A text made ready for the rules of style: what must be left alone, what is a table, where the lines are."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from biseo.checks.style.rulebook import Profile
from biseo.text.characters import fold_width
from biseo.text.quotes import quoted_spans

Span = tuple[int, int]

_HISTORY_WORDS = "개정|신설|삭제|시행|제정|폐지|전문개정|본조신설|공포|종전|이동"
_KEPT = (
    re.compile(r"「[^「」\n]{1,200}」|『[^『』\n]{1,200}』"),  # names of laws and books
    re.compile(r"(?:https?://|www\.)[^\s<>가-힣]{1,300}"),
)
# An address or a file is known by its middle; what stands before it is read backwards, so that nothing is read twice.
_AT = re.compile(
    r"@[A-Za-z0-9.-]{1,100}|\.(?:hwpx?|docx?|xlsx?|pptx?|pdf|txt|zip|jpe?g|png|csv)(?![A-Za-z])", re.IGNORECASE
)
_BEFORE_AT = re.compile(r"[\w.%+-]{0,80}$")
# Words of a law's history: <개정 2012.2.14>, [시행 2020.3.1.], (일부개정 2021.5.4. 법률 제1호),
# 제2021-39호, 2021.5.4.
_HISTORY = re.compile(
    rf"[<〈＜\[(][^<>〈〉\[\]()\n]{{0,40}}(?:{_HISTORY_WORDS})[^<>〈〉\[\]()\n]{{0,200}}[>〉＞\])]"
    rf"|(?:{_HISTORY_WORDS})[ ]?(?:19|20)[0-9]{{2}}[0-9.,ㆍ·/ -]{{3,160}}"
    r"|제[0-9-]{1,12}호[ ]?(?:의[0-9]+)?,[ ]?(?:19|20)[0-9]{2}[0-9. -]{3,12}"
)
# Lines of a law's own text: its dates and money follow the ministry of legislation, not 영 제7조.
_LAW_LINE = re.compile(
    r"^[ \t]*(?:제[0-9]+조(?:의[0-9]+)?[ ]?[(（]|부[ ]*칙"
    r"|제[0-9]+조(?:의[0-9]+)?(?:제[0-9]+항)?[^\n]{0,60} 중 [“\"])[^\n]*",
    re.MULTILINE,
)
_IN_FORCE = re.compile(
    r"(?:이|그) (?:법|영|령|규칙|규정|고시|훈령|예규|조례|지침|공고|요령)[은는] [^\n]{0,120}(?:시행|적용)한다"
)


@dataclass(frozen=True)
class Line:
    """One line: `text` without its end, `start` its offset."""

    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


class Page:
    """A text with its width folded to plain characters of equal length, so that offsets stay valid.

    Args:
        tables: offsets of the tables in the text; lines with tabs count as rows of a table, too.
    """

    def __init__(self, text: str, profile: Profile, tables: Sequence[Span] = ()) -> None:
        self.original = text
        self.text = fold_width(text)
        self.profile = profile
        self._given_tables = tables

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """All lines, empty ones too."""
        found, start = [], 0
        for words in self.text.split("\n"):
            found.append(Line(start, words))
            start += len(words) + 1
        return tuple(found)

    @cached_property
    def kept(self) -> Spans:
        """What is not ours to correct: quotations, names of laws, addresses, file names."""
        spans = [(quoted.start, quoted.end) for quoted in quoted_spans(self.text)]
        for pattern in _KEPT:
            spans += [match.span() for match in pattern.finditer(self.text)]
        for match in _AT.finditer(self.text):
            before = _BEFORE_AT.search(self.text[max(0, match.start() - 80) : match.start()])
            spans.append((match.start() - len(before[0] if before else ""), match.end()))
        return Spans(spans)

    @cached_property
    def history(self) -> Spans:
        """Where laws speak of their own history, and lines of a law's text."""
        spans = [match.span() for match in _HISTORY.finditer(self.text)]
        spans += [match.span() for match in _LAW_LINE.finditer(self.text)]
        for match in _IN_FORCE.finditer(self.text):
            line = self.line_at(match.start())
            spans.append((line.start, line.end))
        return Spans(spans)

    @cached_property
    def tables(self) -> Spans:
        """Tables as given, and lines whose cells are parted by tabs."""
        rows = [(line.start, line.end) for line in self.lines if "\t" in line.text]
        return Spans([*self._given_tables, *rows])

    def line_at(self, place: int) -> Line:
        """The line in which the place is."""
        starts = self._line_starts
        return self.lines[max(0, bisect_right(starts, place) - 1)]

    @cached_property
    def _line_starts(self) -> list[int]:
        return [line.start for line in self.lines]


class Spans:
    """Places in a text, merged and sorted for fast asking."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def touch(self, start: int, end: int) -> bool:
        """Whether any of them overlaps the place."""
        index = bisect_right(self._starts, max(start, end - 1)) - 1
        return index >= 0 and self._ends[index] > start

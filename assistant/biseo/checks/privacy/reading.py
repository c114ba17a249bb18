"""A text made ready for looking: characters folded, and what stands around a place: its line, labels and table head."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from biseo.text.characters import fold_width

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_TO_DROP = re.compile(f"[{_INVISIBLE}]+|[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?")
_MORE_HYPHENS = str.maketrans({"﹣": "-", "⁃": "-", "⁻": "-", "­": "-", "ㅡ": "-", "ー": "-", "－": "-", "\r": " "})
_HANGUL_DIGITS = str.maketrans("공영일이삼사오육칠팔구", "00123456789")
# Numbers read out: 공일공 일이삼사 오육칠팔. Only runs as long as a telephone number, so that 이 사 일 stay words.
_READ_OUT = re.compile(
    r"(?<![가-힣])[공영일이삼사오육칠팔구](?:[ \t.,-]{0,3}[공영일이삼사오육칠팔구]){8,15}(?![가-힣]{2})"
)


def _compose(cluster: str) -> str:
    """A Hangul syllable from its conjoining letters."""
    lead, vowel = ord(cluster[0]) - 0x1100, ord(cluster[1]) - 0x1161
    tail = ord(cluster[2]) - 0x11A7 if len(cluster) == 3 else 0
    return chr(0xAC00 + (lead * 21 + vowel) * 28 + tail)


@dataclass(frozen=True)
class Reading:
    """A folded text; its offsets lead back to the original by `original`."""

    text: str
    places: tuple[int, ...] | None
    length: int

    @staticmethod
    def of(text: str) -> Reading:
        """Full-width characters, odd spaces and hyphens folded, invisible characters out, decomposed Hangul joined."""
        pieces: list[str] = []
        places: list[int] = []
        last = 0
        for match in _TO_DROP.finditer(text):
            pieces.append(text[last : match.start()])
            places.extend(range(last, match.start()))
            if match[0][0] not in _INVISIBLE:
                pieces.append(_compose(match[0]))
                places.append(match.start())
            last = match.end()
        pieces.append(text[last:])
        folded = fold_width("".join(pieces)).translate(_MORE_HYPHENS)
        folded = _READ_OUT.sub(lambda run: run[0].translate(_HANGUL_DIGITS), folded)
        if not places and len(pieces) == 1:
            return Reading(folded, None, len(text))
        places.extend(range(last, len(text)))
        return Reading(folded, tuple(places), len(text))

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The same span in the text as it was given."""
        if self.places is None:
            return start, end
        last = self.places[end - 1] + 1
        stop = self.places[end] if end < len(self.places) else self.length
        # What was invisible behind the last character stays outside; the parts of a joined syllable belong to it.
        return self.places[start], stop if is_syllable(self.text[end - 1]) else last

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    @cached_property
    def _number_rich(self) -> list[tuple[int, int]]:
        """Stretches with so many digits close together that an identifying number may stand there."""
        return _joined((match.start() - 8, match.end() + 2) for match in _NUMBERS.finditer(self.text))

    def numbers(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Matches of a pattern that needs seven digits, looked for only where digits are."""
        for start, end in self._number_rich:
            yield from pattern.finditer(self.text, start, min(end, len(self.text)))

    def around(
        self, anchor: re.Pattern[str], before: int, after: int, pattern: re.Pattern[str]
    ) -> Iterator[re.Match[str]]:
        """Matches of a slow pattern, looked for only near those of a fast one."""
        spans = ((match.start() - before, match.end() + after) for match in anchor.finditer(self.text))
        for start, end in _joined(spans):
            yield from pattern.finditer(self.text, start, min(end, len(self.text)))

    def line_number(self, place: int) -> int:
        """Which line the place is in, from 0."""
        return bisect_right(self._lines, place) - 1

    def line_begin(self, number: int) -> int:
        """Where the line of that number begins."""
        return self._lines[number]

    def line_start(self, place: int) -> int:
        """Where the line of the place begins."""
        return self._lines[self.line_number(place)]

    def line_end(self, place: int) -> int:
        """Where the line of the place ends, before its newline."""
        number = self.line_number(place)
        return self._lines[number + 1] - 1 if number + 1 < len(self._lines) else len(self.text)

    def line(self, number: int) -> str:
        """A line without its newline; empty outside the text."""
        if not 0 <= number < len(self._lines):
            return ""
        start = self._lines[number]
        return self.text[start : self.line_end(start)]

    @property
    def line_count(self) -> int:
        """How many lines there are."""
        return len(self._lines)

    @cached_property
    def _heads(self) -> dict[int, tuple[str, ...]]:
        """For every line of a table below its first: the cells of the first line."""
        heads: dict[int, tuple[str, ...]] = {}
        current: tuple[str, ...] = ()
        for number, line in enumerate(self.text.split("\n")):
            cells = tuple(line.split("\t"))
            if len(cells) < 2:
                if line.strip() == "" or len(line) > 40:
                    current = ()
                continue
            if len(current) == len(cells) and not is_head(cells):
                heads[number] = current
            else:
                current = cells if is_head(cells) else ()
        return heads

    def table_lines(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Lines of tables below a head: where each begins, and the head's cells."""
        for number, head in self._heads.items():
            yield self._lines[number], head

    def head_row(self, place: int) -> tuple[str, ...]:
        """The head of the table that the place is in, or nothing."""
        return self._heads.get(self.line_number(place), ())

    def head(self, place: int) -> str:
        """The head of the table column that the place is in, or ''."""
        row = self.head_row(place)
        column = self.text.count("\t", self.line_start(place), place)
        return row[column] if column < len(row) else ""

    def label(self, place: int, reach: int = 40) -> str:
        """What names the value at a place: the column's head, and the words before it on its line.

        Where nothing stands before it on the line, the line above is taken.
        """
        start = self.line_start(place)
        before = self.text[max(start, place - reach) : place]
        if not before.strip():
            above = self.line(self.line_number(place) - 1)
            before = above[-reach:] if "\t" not in above else ""
        return f"{self.head(place)} {before}"

    def after(self, place: int, reach: int = 20) -> str:
        """The words behind a place on its line."""
        return self.text[place : min(self.line_end(place), place + reach)]


_NUMBERS = re.compile(r"[0-9](?:[ \t\n.·/()*~+-]{0,8}[0-9A-Za-z]){5,}")


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that touch made one."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((max(0, start), end))
    return joined


def is_syllable(char: str) -> bool:
    """Whether the character is a Hangul syllable."""
    return "가" <= char <= "힣"


_HEAD_CELL = re.compile(
    r"성[ ]*명|이[ ]*름|주민(?:등록)?[ ]*번호|생년월일|생일|연락처|전화|휴대폰|주[ ]*소|거주지"
    r"|계좌|은행|예금주|차량|이메일|전자우편|연[ ]*번|순[ ]*번|번호|비[ ]*고|구분|직[급위책]"
    r"|부서|소속|성별|나이|연령|여권|면허|신청[인자]|참[가여]자|대상자|수급자|보호자"
)


def is_head(cells: tuple[str, ...]) -> bool:
    """Whether a row of cells heads a table: two labels and more, no digits to speak of."""
    labels = sum(1 for cell in cells if len(cell) <= 16 and _HEAD_CELL.search(cell))
    digits = sum(char.isdigit() for cell in cells for char in cell)
    # 성명 | 홍길동 | 생년월일 | 850302 is a form of labels and values, not a head.
    short = all(len(cell.strip()) <= 16 for cell in cells)
    return labels >= 2 and digits <= 2 and short and labels * 2 >= len(cells)

"""Personal data as `[이름1]` inside the program, and back: nothing is lost, and nothing of it need be seen."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from biseo.checks.privacy import LABELS, Kind, PersonalData, find_private
from biseo.document import Finding, HiddenValue
from biseo.masking.words import mask_value

_PLACEHOLDER = re.compile(r"\[(?:" + "|".join(map(re.escape, LABELS.values())) + r")[0-9]{1,6}\]")
_LABEL_OF: dict[str, str] = dict(LABELS.items())
_MOST_LOOKS = 5


class Placeholders:
    """Which value each placeholder stands for. Nothing goes out of it but by `clear`, `load` and `keep_only`.

    The values are never part of `repr`, of an error or of a log.
    """

    def __init__(self, values: Iterable[HiddenValue] = ()) -> None:
        self._values: dict[str, HiddenValue] = {}
        self._marks: dict[tuple[str, str], str] = {}
        self.load(values)

    def __repr__(self) -> str:
        return f"Placeholders({len(self._values)})"

    def __bool__(self) -> bool:
        return bool(self._values)

    def __contains__(self, mark: str) -> bool:
        return mark in self._values

    @property
    def values(self) -> tuple[HiddenValue, ...]:
        """All that are known, in the order they were made."""
        return tuple(self._values.values())

    @property
    def pairs(self) -> tuple[tuple[Kind, str], ...]:
        """Kind and value of each, as `find_private` looks for them."""
        return tuple((_kind(value), value.value) for value in self._values.values())

    def load(self, values: Iterable[HiddenValue]) -> None:
        """Know these, and no others."""
        self._values = {
            value.mark: value for value in values if _PLACEHOLDER.fullmatch(value.mark) and value.kind in _LABEL_OF
        }
        self._marks = {(value.kind, value.value): value.mark for value in self._values.values()}

    def keep_only(self, texts: Collection[str]) -> None:
        """Forget every value whose placeholder stands in none of these texts."""
        self.load(value for value in self.values if any(value.mark in text for text in texts))

    # hiding

    def hide(self, text: str) -> str:
        """The text with every value as a placeholder; equal values have equal ones, over several texts, too.

        It is looked at again once values are hidden: what stood far from a label may now stand near one.
        """
        for _ in range(_MOST_LOOKS):
            hidden = self._hide_once(text)
            if hidden == text:
                break
            text = hidden
        return text

    def _hide_once(self, text: str) -> str:
        pieces: list[str] = []
        last = 0
        for item in find_private(text, self.pairs):
            begin = item.start + item.keep
            pieces += (text[last:begin], self.mark(item.kind, text[begin : item.end], text))
            last = item.end
        return "".join(pieces) + text[last:]

    def mark(self, kind: str, value: str, taken: str = "") -> str:
        """The placeholder of a value, a new one where it has none.

        Args:
            taken: words in which the new placeholder must not stand already.
        """
        known = self._marks.get((kind, value))
        if known is not None:
            return known
        label = _LABEL_OF[kind]
        number = sum(1 for other in self._values.values() if other.kind == kind)
        while True:
            number += 1
            mark = f"[{label}{number}]"
            if mark not in taken and mark not in self._values:
                break
        self._values[mark] = HiddenValue(mark, kind, value)
        self._marks[kind, value] = mark
        return mark

    # looking

    def find(self, text: str) -> list[tuple[int, int, HiddenValue]]:
        """Where placeholders of these values stand: start, end, value."""
        return [
            (match.start(), match.end(), self._values[match[0]])
            for match in _PLACEHOLDER.finditer(text)
            if match[0] in self._values
        ]

    def kinds(self, text: str) -> list[Kind]:
        """The kinds of the values whose placeholders stand there."""
        return [_kind(value) for _, _, value in self.find(text)]

    # showing

    def restore(self, text: str) -> str:
        """The text with the values back; a placeholder that was never given out stays."""
        return _PLACEHOLDER.sub(lambda match: self._of(match[0]), text)

    def mask(self, text: str) -> str:
        """The text with the usual mask where a placeholder stands, for good."""
        return _PLACEHOLDER.sub(lambda match: self._masked(match[0]), text)

    def _of(self, mark: str) -> str:
        value = self._values.get(mark)
        return mark if value is None else value.value

    def _masked(self, mark: str) -> str:
        value = self._values.get(mark)
        return mark if value is None else mask_value(_kind(value), value.value)

    # between a text with placeholders and the same with the values

    def reveal(self, text: str, but: Collection[str] = ()) -> Overlay:
        """The text with the values back, and how places in it answer to places of `text`.

        Args:
            but: placeholders that stay.
        """
        shown: list[str] = []
        spans: list[Span] = []
        last = length = 0
        for start, end, value in self.find(text):
            if value.mark in but:
                continue
            shown += (text[last:start], value.value)
            length += start - last
            spans.append(Span(start, end, length, length + len(value.value)))
            length += len(value.value)
            last = end
        return Overlay(text, "".join(shown) + text[last:], tuple(spans))

    def cover(self, text: str, marks: Collection[str]) -> Overlay:
        """The text with those values as their placeholders wherever they stand by themselves; see `reveal`."""
        wanted = {value.value: value.mark for value in self.values if value.mark in marks and value.value}
        if not wanted:
            return Overlay(text, text, ())
        known = tuple((_kind(value), value.value) for value in self.values if value.mark in marks)
        hidden: list[str] = []
        spans: list[Span] = []
        last = length = 0
        for item in _exactly(text, find_private(text, known), wanted):
            mark = wanted[text[item.start : item.end]]
            hidden += (text[last : item.start], mark)
            length += item.start - last
            spans.append(Span(length, length + len(mark), item.start, item.end))
            length += len(mark)
            last = item.end
        return Overlay("".join(hidden) + text[last:], text, tuple(spans))

    def cover_words(self, words: str, marks: Collection[str]) -> str:
        """Words of a message with those values as placeholders; longest first, for one may stand in another."""
        for value in sorted(self.values, key=lambda each: -len(each.value)):
            if value.mark in marks and len(value.value) > 1:
                words = words.replace(value.value, value.mark)
        return words


@dataclass(frozen=True)
class Span:
    """A placeholder at `start`–`end` of a text, its value at `shown_start`–`shown_end` of the same with the values."""

    start: int
    end: int
    shown_start: int
    shown_end: int


@dataclass(frozen=True)
class Overlay:
    """A text with placeholders (`hidden`) and the same with the values (`shown`)."""

    hidden: str
    shown: str
    spans: tuple[Span, ...]

    def __repr__(self) -> str:
        return f"Overlay({len(self.spans)})"

    def to_hidden(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of `shown` stands in `hidden`; what ends inside a value takes in the whole placeholder."""
        return self._place(start, last=False), self._place(end, last=True)

    def _place(self, place: int, last: bool) -> int:
        shift = 0
        for span in self.spans:
            if place <= span.shown_start:
                break
            if place < span.shown_end:
                return span.end if last else span.start
            shift = span.end - span.shown_end
        return place + shift

    def touches(self, start: int, end: int) -> bool:
        """Whether a stretch of `shown` has characters of a value."""
        return any(span.shown_start < end and start < span.shown_end for span in self.spans)

    def within(self, start: int, end: int) -> bool:
        """Whether it lies in one value whole."""
        return any(span.shown_start <= start and end <= span.shown_end for span in self.spans)

    def cover_findings(self, findings: Iterable[Finding], words: Placeholders) -> tuple[Finding, ...]:
        """Findings of `shown` as findings of `hidden`.

        What was found in a value alone is none, and a hidden value is no personal data that stands there. No message
        says a value that is hidden.
        """
        marks = {self.hidden[span.start : span.end] for span in self.spans}
        kept = []
        for finding in findings:
            touched = finding.end > finding.start and self.touches(finding.start, finding.end)
            if touched and (finding.rule.startswith("PRIVACY_") or self.within(finding.start, finding.end)):
                continue
            start, end = self.to_hidden(finding.start, finding.end)
            kept.append(
                replace(
                    finding,
                    start=start,
                    end=end,
                    text=self.hidden[start:end] if finding.text else "",
                    message=words.cover_words(finding.message, marks),
                    suggestion=words.cover_words(finding.suggestion, marks),
                )
            )
        return tuple(kept)


def told_of(value: HiddenValue) -> str:
    """What is said of a placeholder: the kind, never the value."""
    label = _LABEL_OF.get(value.kind, "개인정보")
    return f"가려 둔 {label}입니다. 저장하거나 인쇄하거나 복사할 때도 가려집니다."


def _kind(value: HiddenValue) -> Kind:
    return next(kind for kind in LABELS if kind == value.kind)


def _exactly(text: str, items: Sequence[PersonalData], wanted: Collection[str]) -> Iterable[PersonalData]:
    """The items whose words are one of the values, without the region of an address."""
    for item in items:
        begin = item.start + item.keep
        for start in dict.fromkeys((begin, item.start)):
            if text[start : item.end] in wanted:
                yield PersonalData(item.kind, start, item.end)
                break


__all__ = ["Overlay", "Placeholders", "Span", "told_of"]

"""신·구조문대비표: the old wording and the new one side by side, the way an agency lays a revision before its council.

What has not changed is left out (`(생  략)`, `(현행과 같음)`), what stays within a changed sentence is dashes, changed
words are underlined, what came is `<신  설>` and what went `<삭  제>` (자치법규 입안 길라잡이).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from biseo.comparing.comparison import Comparison
from biseo.comparing.figures import KIND_WORDS
from biseo.comparing.places import place_words
from biseo.comparing.units import Unit
from biseo.comparing.versions import Pair, PartPair, VersionDifference
from biseo.document import Draft, Grade, Section
from biseo.text.difference import Run

HEAD = ("현      행", "개  정  안")
LEFT_OUT, SAME, CAME, WENT = "(생  략)", "(현행과 같음)", "<신  설>", "<삭  제>"
MOVED = "<자리 옮김>"
NOTHING = "바뀐 곳이 없습니다."
_LEAST_DASHES, _MOST_DASHES = 3, 30
_CIRCLED = re.compile(r"[①-⑳㉑-㉟]")
_ITEM = re.compile(r"(\d{1,2})\.")
_SUBITEM = re.compile(r"([가-하])\.")


def old_and_new(comparison: Comparison, grade: Grade = "", *, dashes: bool = True) -> Draft:
    """The table as a document.

    Args:
        dashes: what stays within a changed sentence is dashes in the new column; else its words.
    """
    difference = comparison.versions
    assert difference is not None
    rows, underlined = _table(difference, dashes)
    title = f"{_title(difference)} 신·구조문대비표".strip()
    subtitle = f"현행: {difference.old.name}\n개정안: {difference.new.name}"
    sections = [
        Section("table", "", _plain(rows), "rule", rows=rows, header_rows=1, heading=False, underlined=underlined)
        if len(rows) > 1
        else Section("table", "", NOTHING, "rule", heading=False)
    ]
    figures = figure_rows(difference)
    if figures:
        table = (("자리", "구분", "현행", "개정안", "차이"), *figures)
        sections.append(Section("figures", "바뀐 숫자", _plain(table), "rule", rows=table, header_rows=1))
    return Draft("compare", "plain", title, tuple(sections), subtitle, grade=grade, by_rule=True)


def figure_rows(difference: VersionDifference) -> tuple[tuple[str, str, str, str, str], ...]:
    """Every figure that changed: where, kind, old, new, difference."""
    rows = []
    for part in difference.parts:
        for pair in part.pairs:
            for change in pair.figures:
                unit = pair.new or pair.old
                place = " ".join(filter(None, (part.name, unit.mark if unit else "")))
                page = place_words("", unit.page).strip() if unit and unit.page else ""
                words = f"{place} ({page})".strip() if page else place
                rows.append((words or "-", KIND_WORDS[change.kind], change.old, change.new, change.difference or "-"))
    return tuple(rows)


def _title(difference: VersionDifference) -> str:
    first = next((unit for unit in difference.new.units if unit.kind != "note"), None)
    if first is not None and first.part == 0 and len(first.text) <= 60 and not first.cells:
        return first.text
    title = difference.new.document.title.strip()
    return title if title and len(title) <= 60 else ""


@dataclass
class _Side:
    """The words of one cell, and what is underlined in them."""

    text: str = ""
    marks: list[tuple[int, int]] = field(default_factory=list)

    def add(self, words: str, underlined: bool = False) -> None:
        if underlined and words.strip():
            start = len(self.text) + len(words) - len(words.lstrip())
            self.marks.append((start, start + len(words.strip())))
        self.text += words

    def gap(self) -> None:
        if self.text and not self.text[-1].isspace():
            self.text += " "


@dataclass
class _Line:
    old: _Side = field(default_factory=_Side)
    new: _Side = field(default_factory=_Side)


Rows = tuple[tuple[str, ...], ...]


def _table(difference: VersionDifference, dashes: bool) -> tuple[Rows, tuple[tuple[int, int, int, int], ...]]:
    rows: list[tuple[str, ...]] = [HEAD]
    underlined = []
    for part in difference.parts:
        if part.same:
            continue
        for line in _lines(part, dashes):
            for column, side in enumerate((line.old, line.new)):
                underlined += [(len(rows), column, start, end) for start, end in side.marks]
            rows.append((line.old.text, line.new.text))
    return tuple(rows), tuple(underlined)


def _lines(part: PartPair, dashes: bool) -> Iterator[_Line]:
    if part.old is None or part.new is None:
        yield _whole(part)
        return
    line: _Line | None = None
    kept: list[Pair] = []
    for pair in part.pairs:
        if pair.kind in ("same", "spacing") and not _is_heading(pair):
            kept.append(pair)
            continue
        if kept:
            line = line or _Line()
            _leave_out(line, kept)
            kept = []
            yield line
            line = None
        if _is_heading(pair):
            if line is not None:
                yield line
            line = _heading(part, pair)
            continue
        line = line or _Line()
        _write(line, pair, part, dashes)
        yield line
        line = None
    if kept:
        line = line or _Line()
        _leave_out(line, kept)
    if line is not None:
        yield line


def _is_heading(pair: Pair) -> bool:
    unit = pair.new or pair.old
    return unit is not None and unit.kind == "heading"


def _whole(part: PartPair) -> _Line:
    """A part that came or went as a whole."""
    line = _Line()
    here, there, sign = (line.old, line.new, WENT) if part.new is None else (line.new, line.old, CAME)
    there.add(sign)
    before: Unit | None = None
    for pair in part.pairs:
        unit = pair.old if part.new is None else pair.new
        if unit is None:
            continue
        if before is not None:
            here.add(" " if before.kind == "heading" and not unit.mark else "\n")
        moved_in = pair.old is not None and pair.new is not None
        here.add(unit.shown, underlined=True)
        if moved_in:
            here.add(f" {MOVED}")
        before = unit
    return line


def _heading(part: PartPair, pair: Pair) -> _Line:
    line = _Line()
    assert pair.old is not None and pair.new is not None
    old, new = pair.old, pair.new
    line.old.add(old.mark, underlined=part.renumbered)
    line.old.add(old.text[len(old.mark) :], underlined=old.key != new.key)
    line.new.add(new.mark, underlined=part.renumbered)
    line.new.add(new.text[len(new.mark) :], underlined=old.key != new.key)
    if part.moved:
        line.new.gap()
        line.new.add(MOVED)
    return line


def _leave_out(line: _Line, kept: list[Pair]) -> None:
    """Neighbours that have not changed, told by their marks."""
    marks = [unit.mark for pair in kept if (unit := pair.new) is not None and unit.mark]
    told = ""
    if marks and len(marks) == len(kept):
        told = f"{marks[0]} " if len(marks) == 1 else f"{marks[0]} ∼ {marks[-1]} "
    for side, sign in ((line.old, LEFT_OUT), (line.new, SAME)):
        side.gap()
        side.add(told + sign)


def _write(line: _Line, pair: Pair, part: PartPair, dashes: bool) -> None:
    for side in (line.old, line.new):
        side.gap()
    if pair.old is None and pair.new is not None:
        line.old.add(CAME)
        line.new.add(pair.new.shown, underlined=True)
    elif pair.new is None and pair.old is not None:
        line.old.add(pair.old.shown, underlined=True)
        line.new.add(WENT)
    elif pair.old is not None and pair.new is not None:
        if pair.kind == "renumbered":
            line.old.add(f"{pair.old.mark} {LEFT_OUT}".strip(), underlined=False)
            line.new.add(pair.new.mark, underlined=True)
            line.new.add(f" (현행 {_named(pair.old.mark)}과 같음)" if _named(pair.old.mark) else f" {SAME}")
            return
        if pair.kind == "moved":
            line.old.add(pair.old.shown, underlined=True)
            line.new.add(pair.new.shown, underlined=True)
        elif pair.new.cells and pair.old.cells:
            _cells(line, pair)
        else:
            _words(line, pair.runs, pair.new.mark, dashes)
        if pair.moved:
            line.new.add(f" {MOVED}")


def _named(mark: str) -> str:
    """`제2항` of `②`."""
    if _CIRCLED.fullmatch(mark):
        number = ord(mark) - 0x245F if mark <= "⑳" else ord(mark) - 0x323C
        return f"제{number}항"
    if item := _ITEM.fullmatch(mark):
        return f"제{item[1]}호"
    if sub := _SUBITEM.fullmatch(mark):
        return f"{sub[1]}목"
    return ""


def _cells(line: _Line, pair: Pair) -> None:
    assert pair.old is not None and pair.new is not None
    gone = {change.old for change in pair.cells}
    come = {change.new for change in pair.cells}
    for side, unit, changed in ((line.old, pair.old, gone), (line.new, pair.new, come)):
        for number, cell in enumerate(unit.cells):
            words = " ".join(cell.split())
            side.add(" | " if number else "")
            side.add(words, underlined=words in changed)


def _words(line: _Line, runs: tuple[Run, ...], mark: str, dashes: bool) -> None:
    for number, run in enumerate(runs):
        if run.kind == "gone":
            line.old.add(run.text, underlined=True)
        elif run.kind == "new":
            line.new.add(run.text, underlined=True)
        else:
            line.old.add(run.text)
            line.new.add(_dashed(run.text, mark if number == 0 else "") if dashes else run.text)


def _dashed(text: str, mark: str) -> str:
    """Dashes for words that stay; the mark that the line begins with is kept."""
    begin = text[: len(text) - len(text.lstrip())]
    end = text[len(text.rstrip()) :] if text.strip() else ""
    words = text.strip()
    kept = ""
    if mark and words.startswith(mark):
        kept = mark + " "
        words = words[len(mark) :].strip()
    last = "." if words.endswith(".") else ""
    length = len(words) - len(last)
    if length <= 0:
        return begin + kept + last + end
    return begin + kept + "-" * max(_LEAST_DASHES, min(_MOST_DASHES, length)) + last + end


def _plain(rows: tuple[tuple[str, ...], ...]) -> str:
    return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in rows)

"""Actions in the tables of a manual: which columns say who, when and what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from biseo.manuals.outline import Entry
from biseo.manuals.predicates import asks_whether, is_lead, names_doing, tells_to
from biseo.manuals.roles import roles_in, roles_of_label, told_in
from biseo.manuals.stages import stages_of_label, timing_of
from biseo.manuals.words import listed, stage_names, word_set

_MARK = re.compile(
    r"\s*(?:[①-⑳]|[□■○●◦◯▪▸·ㆍ•∙]|ㅇ(?=\s)|[-–*](?=\s|[가-힣(])|\d{1,2}[.)]|[가-하][.)](?=\s)|\(\d{1,2}\))\s*"
)
_PHONE = re.compile(r"[\d\s()-]+")
_MOST = 0.6
"""A column holds what so many of its cells hold."""


@dataclass(frozen=True)
class CellAction:
    """One action of a table; `start`, `stop` are offsets in the document's text."""

    text: str
    roles: tuple[str, ...]
    helpers: tuple[str, ...]
    stages: tuple[str, ...]
    timing: str
    start: int
    stop: int


@dataclass
class _Column:
    kind: str = ""
    roles: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    checking: bool = False


def actions_of_table(entry: Entry) -> Iterator[CellAction]:
    """The actions of a table in reading order."""
    rows = entry.rows
    if len(rows) < 2:
        return
    columns = _columns(rows)
    if not any(column.kind == "action" for column in columns):
        return
    place = entry.start + sum(len(cell) for cell in rows[0]) + max(0, len(rows[0]) - 1) + 1
    carried: dict[int, str] = {}
    for row in rows[1:]:
        starts, at = [], place
        for cell in row:
            starts.append(at)
            at += len(cell) + 1
        place += sum(len(cell) for cell in row) + max(0, len(row) - 1) + 1
        cells = list(row) + [""] * (len(columns) - len(row))
        for number, column in enumerate(columns):
            # a merged cell stands once, in its first row
            if column.kind in ("role", "helper", "stage", "timing", "either"):
                if cells[number].strip():
                    carried[number] = cells[number]
                    for later in range(number + 1, len(columns)):
                        if columns[later].kind in ("timing", "helper"):
                            carried.pop(later, None)
                cells[number] = carried.get(number, "")
        yield from _of_row(columns, cells, row, starts)


def _of_row(columns: list[_Column], cells: list[str], row: tuple[str, ...], starts: list[int]) -> Iterator[CellAction]:
    roles: tuple[str, ...] = ()
    helpers: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    timing = ""
    for column, cell in zip(columns, cells, strict=False):
        if column.kind == "role":
            roles = roles or roles_of_label(cell)
        elif column.kind == "helper":
            helpers += roles_in(cell)
        elif column.kind == "stage":
            stages = (
                stages or stages_of_label(cell) or ((" ".join(cell.split()),) if 1 < len(cell.strip()) <= 12 else ())
            )
        elif column.kind == "timing":
            timing = timing or " ".join(cell.split()).strip(" -–")
        elif column.kind == "either":
            named = roles_of_label(cell)
            roles = roles or named
            stages = stages or (() if named else stages_of_label(cell))
    for number, cell in enumerate(row):
        if number >= len(columns) or columns[number].kind != "action":
            continue
        column = columns[number]
        for start, stop in _pieces(cell):
            text = cell[start:stop]
            told = told_in(text)
            begin = starts[number] + start + told.start
            if not _is_action(told.text, column):
                continue
            yield CellAction(
                told.text, told.roles or column.roles or roles, told.helpers or helpers,
                column.stages or stages, timing if _tells_time(timing) else timing_of(told.text), begin,
                starts[number] + stop,
            )  # fmt: skip


def _as_written(cell: str) -> tuple[str, ...]:
    """What stands in a column of stages is one, whatever it is called."""
    words = " ".join(cell.split())
    return (words,) if 1 < len(words) <= 12 else ()


def _tells_time(timing: str) -> bool:
    return bool(timing) and len(timing) <= 40


def _is_action(text: str, column: _Column) -> bool:
    if _PHONE.fullmatch(text) or len(text.strip()) < 3 or is_lead(text):
        return False
    return tells_to(text) or names_doing(text) or (column.checking and asks_whether(text))


def _pieces(cell: str) -> Iterator[tuple[int, int]]:
    """The items of a cell: by their marks; without marks line by line, lines joined until one tells what to do."""
    lines: list[tuple[int, int, bool]] = []
    place = 0
    for line in cell.split("\n"):
        mark = _MARK.match(line)
        start = place + (mark.end() if mark else len(line) - len(line.lstrip()))
        stop = place + len(line.rstrip())
        if stop > start:
            lines.append((start, stop, mark is not None))
        place += len(line) + 1
    marked = any(mark for _, _, mark in lines)
    group: tuple[int, int] | None = None
    for start, stop, has_mark in lines:
        text = cell[group[0] : group[1]] if group else ""
        joins = group is not None and not has_mark and (marked or not (tells_to(text) or names_doing(text)))
        if group is not None and joins:
            group = (group[0], stop)
            continue
        if group is not None:
            yield group
        group = (start, stop)
    if group is not None:
        yield group


def _columns(rows: tuple[tuple[str, ...], ...]) -> list[_Column]:
    width = max(len(row) for row in rows)
    head = list(rows[0]) + [""] * (width - len(rows[0]))
    columns = []
    for number, title in enumerate(head):
        cells = [row[number].strip() for row in rows[1:] if number < len(row) and row[number].strip()]
        columns.append(_column("".join(title.split()), title, cells))
    # 구분 | 내용: the first column may be who or when
    if not any(column.kind in ("role", "either") for column in columns):
        for number in range(min(2, width)):
            cells = [row[number] for row in rows[1:] if number < len(row) and row[number].strip()]
            if columns[number].kind == "" and cells and _share(cells, _either) >= _MOST:
                columns[number].kind = "either"
    return columns


def _column(packed: str, title: str, cells: list[str]) -> _Column:
    bare = re.sub(r"[(（][^)）]*[)）]", "", packed)
    if not bare:
        return _Column()
    if bare in word_set("helper_columns"):
        return _Column("helper")
    if bare in word_set("role_columns") and _share(cells, lambda cell: bool(roles_of_label(cell))) >= 0.3:
        return _Column("role")
    if bare in word_set("stage_columns"):
        return _Column("stage")
    if bare in word_set("timing_columns"):
        share = _share(cells, lambda cell: bool(stages_of_label(cell)))
        return _Column("stage" if share >= _MOST else "timing")
    if bare in word_set("no_columns"):
        return _Column()
    stages = stages_of_label(title) if bare in stage_names() or bare.endswith("단계") else ()
    if stages and cells:
        return _Column("action", stages=stages)
    roles = roles_of_label(title)
    if roles and cells and bare not in word_set("role_columns"):
        return _Column("action", roles=roles)
    if bare == "구분":
        return _Column("either")
    if any(word in bare for word in listed("action_columns")):
        return _Column("action", checking=any(word in bare for word in ("점검", "확인")))
    return _Column()


def _either(cell: str) -> bool:
    return bool(roles_of_label(cell) or stages_of_label(cell))


def _share(cells: list[str], holds: object) -> float:
    assert callable(holds)
    return sum(bool(holds(cell)) for cell in cells) / len(cells) if cells else 0.0

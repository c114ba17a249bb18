"""What the rules and the form write without the model: heads, tables, sums, contacts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from biseo.document import MISSING, Origin, Section
from biseo.errors import UsageError
from biseo.tasks.definition import Field, FormValue, FormValues, SectionPlan, TaskDefinition
from biseo.text.numerals import from_mixed

ABOUT_THE_PAPER = frozenset({"length", "form", "reading", "grade"})
"""Fields that say how the document is made: the 3 of 3줄 is no fact."""

_SLOT = re.compile(r"\{(\w+)(?:\|sum:(\w+))?\}")


class FilledForm:
    """The form's values, looked up by field.

    Args:
        task: the task whose form it is.
        values: by field id; unknown ids are an error, absent ones are empty.

    Raises:
        UsageError: a value belongs to no field, or is of the wrong shape.
    """

    def __init__(self, task: TaskDefinition, values: FormValues) -> None:
        self._fields = {field.id: field for field in task.fields}
        self._values = dict(values)
        for name, value in self._values.items():
            field = self._fields.get(name)
            if field is None:
                known = ", ".join(self._fields)
                raise UsageError(
                    "unknown-field", f"'{task.title}' 서식에 '{name}' 칸이 없습니다.", f"쓸 수 있는 칸: {known}"
                )
            if isinstance(value, str) == (field.kind == "rows"):
                wanted = "표(행 목록)" if field.kind == "rows" else "글"
                raise UsageError("wrong-value", f"'{name}' 칸의 값은 {wanted}이어야 합니다.", "서식을 고쳐 주세요.")
            self._check(field, value)

    @staticmethod
    def _check(field: Field, value: FormValue) -> None:
        """A misspelt choice or column must not be passed over: what hangs on it would be missing without a word."""
        if isinstance(value, str):
            if field.choices and value.strip() and value.strip() not in field.choices:
                raise UsageError(
                    "wrong-value",
                    f"'{field.id}' 칸에 고를 수 없는 값이 있습니다.",
                    f"고를 수 있는 값: {', '.join(field.choices)}",
                )
            return
        columns = {column.id for column in field.columns}
        if any(not columns.issuperset(row) for row in value):
            raise UsageError(
                "wrong-value",
                f"'{field.id}' 표에 없는 열이 들어 있습니다.",
                f"쓸 수 있는 열: {', '.join(column.id for column in field.columns)}",
            )

    def words(self, name: str) -> str:
        """The value of a field of words, its default when empty."""
        value = self._values.get(name, "")
        field = self._fields.get(name)
        if isinstance(value, str) and value.strip():
            return value.strip()
        if field is None:
            return ""
        return field.choices[0] if field.kind == "choice" else field.default

    def rows(self, name: str) -> tuple[Mapping[str, str], ...]:
        """The filled rows of a `rows` field; rows without any word are dropped."""
        value = self._values.get(name, ())
        if isinstance(value, str):
            return ()
        return tuple(row for row in value if any(str(cell).strip() for cell in row.values()))

    def given(self) -> tuple[str, ...]:
        """Every word the official gave, for the check of facts."""
        words = [self.words(name) for name in self._fields if name not in ABOUT_THE_PAPER]
        cells = [str(cell) for name in self._fields for row in self.rows(name) for cell in row.values()]
        return tuple(text for text in (*words, *cells) if text)

    def notes(self) -> str:
        """The fields the model is told, as lines `label: words`."""
        told = [field for field in self._fields.values() if field.told or field.kind == "multiline"]
        filled = [(field.label, self.words(field.id)) for field in told]
        return "\n".join(f"{label}: {words}" for label, words in filled if words)

    def field(self, name: str) -> Field | None:
        """The field of that id."""
        return self._fields.get(name)

    def applies(self, plan: SectionPlan) -> bool:
        """Whether the section exists with these values."""
        if any(choice == self.words("length") and not most for choice, _, most in plan.lengths):
            return False
        if plan.given and not (self.words(plan.given) or self.rows(plan.given)):
            return False
        return not plan.when or self.words(plan.when[0]) in plan.when[1:]

    def sized(self, plan: SectionPlan) -> SectionPlan:
        """The section with the length that was chosen."""
        chosen = self.words("length")
        lines = next(((least, most) for choice, least, most in plan.lengths if choice == chosen), None)
        return replace(plan, lines=lines) if lines else plan

    def fill(self, template: str) -> str:
        """The template with every slot filled: lines of which nothing was given are left out unless required."""
        lines = (self._fill_line(line) for line in template.strip().splitlines())
        return "\n".join(line for line in lines if line is not None)

    def _fill_line(self, line: str) -> str | None:
        slots = list(_SLOT.finditer(line))
        if slots and not any(self._slot(slot) for slot in slots) and not any(self._required(slot[1]) for slot in slots):
            return None
        return _SLOT.sub(lambda slot: self._slot(slot) or (MISSING if self._required(slot[1]) else ""), line)

    def _slot(self, slot: re.Match[str]) -> str:
        if slot[2]:
            rows = self.rows(slot[1])
            return sum_of(rows, slot[2], "원") if rows else ""
        return self.words(slot[1])

    def _required(self, name: str) -> bool:
        field = self._fields.get(name)
        return field is not None and field.required


def amount_of(words: str) -> int | None:
    """The won that the words of an amount cell mean (1,200,000 · 120만 원 · 금1,200,000원), or None."""
    bare = words.strip().removeprefix("금").removesuffix("원").strip()
    value = from_mixed(bare) if bare else None
    return int(value) if value is not None and value == int(value) else None


def sum_of(rows: Sequence[Mapping[str, str]], column: str, unit: str = "") -> str:
    """Sum of an amount column as tables print it; `[확인 필요]` when a cell holds no amount."""
    amounts = [amount_of(str(row.get(column, ""))) for row in rows]
    if any(amount is None for amount in amounts):
        return MISSING
    return f"{sum(amount or 0 for amount in amounts):,}{unit}"


def text_section(plan: SectionPlan, form: FilledForm) -> Section:
    """A section from its template."""
    return Section(plan.id, plan.title, form.fill(plan.template), _origin(plan), heading=plan.heading)


def table_section(plan: SectionPlan, form: FilledForm) -> Section:
    """A section that is a table of labels and values."""
    filled = [tuple(form.fill(cell) if _SLOT.search(cell) else cell for cell in row) for row in plan.cells]
    rows = tuple(
        row
        for row, cells in zip(filled, plan.cells, strict=True)
        if any(value for value, cell in zip(row, cells, strict=True) if _SLOT.search(cell))
    )
    return _table(plan, rows, plan.header_rows)


def rows_section(plan: SectionPlan, form: FilledForm) -> Section:
    """A section that is the table of a `rows` field, with its sum."""
    field = form.field(plan.field)
    assert field is not None
    rows = form.rows(plan.field)
    head = tuple(column.label for column in field.columns)
    body = [tuple(_cell(row, column.id, column.kind) for column in field.columns) for row in rows]
    if not body:
        body = [(MISSING,) * len(head)]
    elif plan.total:
        place = next(index for index, column in enumerate(field.columns) if column.id == plan.total)
        sums = [""] * len(head)
        sums[0], sums[place] = "합계", sum_of(rows, plan.total)
        body.append(tuple(sums))
    return _table(plan, (head, *body), 1)


def _cell(row: Mapping[str, str], column: str, kind: str) -> str:
    words = str(row.get(column, "")).strip()
    if kind == "amount":
        amount = amount_of(words)
        return f"{amount:,}" if amount is not None else words or MISSING
    return words


def _table(plan: SectionPlan, rows: tuple[tuple[str, ...], ...], header_rows: int) -> Section:
    text = "\n".join("\t".join(row) for row in rows)
    return Section(plan.id, plan.title, text, _origin(plan), rows=rows, header_rows=header_rows, heading=plan.heading)


def _origin(plan: SectionPlan) -> Origin:
    return "form" if plan.origin == "form" else "rule"

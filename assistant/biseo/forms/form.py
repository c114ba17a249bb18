"""What a form has to fill in. All are frozen values that can be printed, compared and sent to another process."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from biseo.errors import UsageError

FieldKind = Literal["mark", "slot", "control", "blank", "label"]

SHOWN_NAMES = 30


@dataclass(frozen=True)
class FormField:
    """One thing to fill in.

    Attributes:
        name: unique within the form.
        kind: `mark` is `{{name}}` in the text, `slot` a 누름틀 of Hancom, `control` a content control of Word, `blank`
            a line to write on (`성명: ____`), `label` an empty cell of a table, named by the cells left of or above it.
        where: Korean words for the first place.
        text: what stands there now: the mark, the guide of the slot or control, nothing in a blank or an empty cell.
        places: how many places take the same value.
    """

    name: str
    kind: FieldKind
    where: str
    text: str = ""
    places: int = 1


@dataclass(frozen=True)
class Form:
    """A template and its fields in reading order. `format` is `hwpx` or `docx`; `warnings` are Korean sentences."""

    path: str
    format: str
    fields: tuple[FormField, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Filled:
    """What was written: names of the fields that were filled and of those that were left empty."""

    path: Path
    filled: tuple[str, ...]
    empty: tuple[str, ...]
    warnings: tuple[str, ...] = ()


class EmptyFieldsError(UsageError):
    """Fields would be left empty, and nobody has said that they may be. Nothing was written.

    Attributes:
        names: of all those fields.
    """

    def __init__(self, names: tuple[str, ...]) -> None:
        listed = ", ".join(names[:SHOWN_NAMES])
        more = f" 외 {len(names) - SHOWN_NAMES}개" if len(names) > SHOWN_NAMES else ""
        super().__init__(
            "empty-fields",
            f"비어 있는 칸이 {len(names)}개 있어 저장하지 않았습니다: {listed}{more}.",
            "칸을 채우거나, 빈 칸으로 두고 저장하도록 정해 주세요.",
        )
        self.names = names

"""A work session as a plain value: all that is needed to go on where one was, undo included."""

from __future__ import annotations

import hashlib
import json
import types
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, is_dataclass
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from biseo.document import Document, Finding, Grade, HiddenValue, Review, Section, Settled
from biseo.errors import InputFileError
from biseo.tasks.definition import FormValue

VERSION = 1
MOST_STEPS = 200
"""Steps of undo that are kept."""
MOST_CHARACTERS = 400_000
"""Characters that the steps of undo may hold together; taking 100,000 up again holds the window for some 0.1 s."""

Phase = Literal["waiting", "writing", "done", "stopped", "unwritten"]


@dataclass(frozen=True)
class SectionWords:
    """What stands in one section of the page.

    Attributes:
        id: of the section; `#title` and `#subtitle` for lines that are no section, empty for words outside of all.
        role: how its words are set (`body`, `headline`, `subhead`).
        heading: its printed title, or nothing.
        text: its lines; of a table nothing.
        rows: cells of its table.
        header_rows: how many of the rows head the table.
        above, below: words that someone typed around the table.
    """

    id: str
    role: str = "body"
    heading: str = ""
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    header_rows: int = 0
    above: str = ""
    below: str = ""

    @property
    def size(self) -> int:
        """Characters it holds."""
        cells = sum(len(cell) for row in self.rows for cell in row)
        return len(self.heading) + len(self.text) + len(self.above) + len(self.below) + cells


@dataclass(frozen=True)
class Swap:
    """One section before and after a change; None where it was not there."""

    section: str
    before: SectionWords | None
    after: SectionWords | None

    @property
    def size(self) -> int:
        """Characters it holds."""
        return sum(words.size for words in (self.before, self.after) if words is not None)


@dataclass(frozen=True)
class Step:
    """One step of undo: the sections that it changes, each once."""

    swaps: tuple[Swap, ...]

    @property
    def size(self) -> int:
        """Characters it holds."""
        return sum(swap.size for swap in self.swaps)


@dataclass(frozen=True)
class SectionMark:
    """What is known of one section beside its words; `machine` is its text as it was last written for the user."""

    id: str
    title: str
    phase: Phase = "done"
    machine: str = ""
    made: Section | None = None
    findings: tuple[Finding, ...] = ()
    wider: tuple[Finding, ...] = ()
    settled: tuple[Settled, ...] = ()


@dataclass(frozen=True)
class Offer:
    """Another text for a section, proposed and not yet taken.

    Attributes:
        whole: it was written to its end; else it was stopped.
        made: the section as it was finished; None for corrections.
        corrects: only single words of the section change.
    """

    section: str
    title: str
    text: str
    whole: bool = True
    made: Section | None = None
    findings: tuple[Finding, ...] = ()
    corrects: bool = False


@dataclass(frozen=True)
class SourceMark:
    """A source: where it was, and what tells whether it is still the same.

    Attributes:
        sha256: of its text, hexadecimal.
        stored: its name in the store (`biseo.stored_source`); nothing where only its hash was kept.
        file: SHA-256 of the file's bytes when it was read; nothing where they were not looked at.
    """

    path: str
    sha256: str
    stored: str = ""
    file: str = ""


@dataclass(frozen=True)
class FieldMark:
    """A field of a form, as in `biseo.forms.FormField`: it is shown even where the form's file has gone."""

    name: str
    kind: str
    where: str
    text: str = ""
    places: int = 1


@dataclass(frozen=True)
class FilledForm:
    """An agency's form that is being filled in.

    Attributes:
        path, sha256: of the form's file; the hash is that of its bytes when it was read.
        format: `hwpx` or `docx`.
        values: words by the name of their field.
        saved: those that a file holds already.
    """

    path: str
    sha256: str
    format: str
    fields: tuple[FieldMark, ...]
    values: Mapping[str, str]
    saved: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class WorkSession:
    """One draft with everything around it.

    Attributes:
        task: id of the task; `form` and `seed` belong to its request.
        sources: in the order they were given.
        words: the sections on the page, in their order.
        marks: the sections of the document, in their order; some may not be on the page.
        review: the completion, and `review_of` the digest of the words that it holds for.
        offers: what is proposed and not decided.
        done, undone: steps back from here, oldest first; steps forward, next one last.
        file: where it was last saved, or nothing; `saved` when nothing was changed since.
        typed: what stands in the form now, where that is no longer what the draft was made of.
        cursor: place of the cursor on the page, in characters.
        filling: the form of an agency that is being filled in beside it.
        grade: security grade of the document, or nothing.
        hidden: the values behind the placeholders that stand in the words.
    """

    task: str
    form: Mapping[str, FormValue] = field(default_factory=dict)
    seed: int = 0
    sources: tuple[SourceMark, ...] = ()
    words: tuple[SectionWords, ...] = ()
    marks: tuple[SectionMark, ...] = ()
    review: Review | None = None
    review_of: str = ""
    offers: tuple[Offer, ...] = ()
    done: tuple[Step, ...] = ()
    undone: tuple[Step, ...] = ()
    file: str = ""
    saved: bool = False
    typed: Mapping[str, FormValue] | None = None
    cursor: int = 0
    filling: FilledForm | None = None
    grade: Grade = ""
    hidden: tuple[HiddenValue, ...] = ()
    version: int = VERSION

    @property
    def only_filling(self) -> bool:
        """Whether a form to fill in is all there is."""
        return self.filling is not None and not (self.marks or self.sources or self.form)

    def to_json(self) -> str:
        """As JSON that `from_json` reads."""
        text = json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))
        # Half a character, which a careless program may have put on the clipboard, could not be stored.
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def from_json(text: str) -> WorkSession:
    """The session that was stored.

    Raises:
        InputFileError: it is damaged (`session-damaged`) or of a newer program (`session-newer`).
    """
    try:
        data = json.loads(text)
        version = data["version"]
        if isinstance(version, int) and version > VERSION:
            raise InputFileError(
                "session-newer",
                "더 새로운 행정비서에서 저장한 작업이라 열 수 없습니다.",
                "프로그램을 새 판으로 바꾼 뒤 다시 열어 주세요.",
            )
        session = _read(data, WorkSession)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise InputFileError(
            "session-damaged",
            "저장해 둔 작업이 손상되어 열 수 없습니다.",
            "자료 파일을 다시 넣고 새로 작성해 주세요.",
        ) from error
    assert isinstance(session, WorkSession)
    return session


def source_mark(document: Document) -> SourceMark:
    """The mark of a document that was read."""
    return SourceMark(document.path, hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest())


def digest(words: Sequence[SectionWords]) -> str:
    """SHA-256 of what stands on the page: a review holds for exactly these words."""
    plain = json.dumps([asdict(each) for each in words], ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode("ascii")).hexdigest()


def bounded(steps: Sequence[Step], most: int = MOST_STEPS, characters: int = MOST_CHARACTERS) -> tuple[Step, ...]:
    """The newest steps that may be kept; `steps` are oldest first, and without the older ones the newer still hold."""
    kept: list[Step] = []
    room = characters
    for step in reversed(steps[-most:] if most else ()):
        room -= step.size
        if room < 0:
            break
        kept.append(step)
    return tuple(reversed(kept))


def forward(words: Sequence[SectionWords], step: Step) -> tuple[SectionWords, ...]:
    """The page after a step; a section that comes stands at the end."""
    return _swapped(words, {swap.section: swap.after for swap in step.swaps})


def back(words: Sequence[SectionWords], step: Step) -> tuple[SectionWords, ...]:
    """The page before a step; a section that comes back stands at the end."""
    return _swapped(words, {swap.section: swap.before for swap in step.swaps})


def _swapped(words: Sequence[SectionWords], changed: Mapping[str, SectionWords | None]) -> tuple[SectionWords, ...]:
    found = [changed.get(each.id, each) for each in words]
    there = {each.id for each in words}
    found += [new for name, new in changed.items() if name not in there]
    return tuple(each for each in found if each is not None)


# JSON to values of the types that are written down


def value_of(data: Any, kind: Any) -> Any:
    """What JSON gave as a value of that type: a dataclass of plain values, tuples and mappings.

    Raises:
        TypeError, ValueError, KeyError: it is none.
    """
    return _read(data, kind)


@cache
def _types_of(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _read(data: Any, kind: Any) -> Any:
    """`data` as a value of that type.

    Raises:
        TypeError, ValueError, KeyError: it is none.
    """
    origin, inner = get_origin(kind), get_args(kind)
    if kind is Any:
        return data
    if is_dataclass(kind) and isinstance(kind, type):
        if not isinstance(data, dict):
            raise TypeError(kind.__name__)
        hints = _types_of(kind)
        return kind(**{one.name: _read(data[one.name], hints[one.name]) for one in fields(kind) if one.name in data})
    if origin is tuple:
        if not isinstance(data, list):
            raise TypeError("tuple")
        return tuple(_read(each, inner[0]) for each in data)
    if origin is Literal:
        if data not in inner:
            raise ValueError("literal")
        return data
    if origin in (Union, types.UnionType):
        return _first(data, inner)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        if not isinstance(data, dict):
            raise TypeError("mapping")
        return {_read(key, inner[0]): _read(value, inner[1]) for key, value in data.items()}
    if isinstance(origin, type) and issubclass(origin, Sequence):
        if not isinstance(data, list):
            raise TypeError("sequence")
        return [_read(each, inner[0]) for each in data]
    if kind is type(None):
        if data is not None:
            raise TypeError("none")
        return None
    if type(data) is not kind:  # a bool is no int here
        raise TypeError(str(kind))
    return data


def _first(data: Any, kinds: Sequence[Any]) -> Any:
    for kind in kinds:
        try:
            return _read(data, kind)
        except (TypeError, ValueError, KeyError):
            continue
    raise TypeError("union")

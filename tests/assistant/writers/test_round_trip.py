"""What was written is read back as the same blocks, from Word and from Hangul files, by the program's own readers."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import unhwp
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from biseo.document import Block, Document, Draft, Evidence, Letter, Section, SwotItem
from biseo.readers.hancom import read_hancom
from biseo.readers.marks import item_level
from biseo.readers.word import read_word
from biseo.writers import write_document
from biseo.writers.grid import Table
from biseo.writers.layout import lay_out
from biseo.writers.pieces import Fixed, Heading, Piece, Quadrants, Subtitle, Title
from biseo.writers.properties import grade_line

NAMES = ("official", "letter", "report", "press", "swot", "plain")
Seen = tuple[str, int, str, tuple[tuple[str, ...], ...]]


def _line(text: str) -> str:
    return " ".join(text.split())


def _rows(rows: list[list[str]]) -> Seen:
    return ("table", 0, "", tuple(tuple(row) for row in rows))


def _words(kind: str, text: str) -> Seen:
    level = 1 if kind == "heading" else item_level(text)
    return ("item" if kind != "heading" and level else kind, level, text, ())


def expected(draft: Draft, *, hangul: bool = False) -> list[Seen]:
    """The blocks that a file of this draft holds. In Hangul files big letters alone make a heading for our reader."""
    found: list[Seen] = []
    for piece in lay_out(draft):
        big = hangul and isinstance(piece, Fixed) and piece.role in ("banner", "agency", "sender")
        if hangul and isinstance(piece, Subtitle) and draft.profile == "plain":
            found.append(("heading", 3, _line(piece.text), ()))  # bigger than the body there
        else:
            found += [_words("heading", _line(piece.text))] if big else _of_piece(piece)  # type: ignore[union-attr]
    return found + ([("note", 0, grade_line(draft), ())] if grade_line(draft) else [])


def _of_piece(piece: Piece) -> list[Seen]:
    if isinstance(piece, Table):
        rows = [[_line(cell.text) for cell in row] for row in piece.rows]
        return [_rows([row for row in rows if any(row)])] if any(any(row) for row in rows) else []
    if isinstance(piece, Quadrants):
        rows = []
        for first, *second in (piece.cells[n : n + 2] for n in range(0, len(piece.cells), 2)):
            pair = [first, *second]
            titles = [_line(cell.title) for cell in pair]
            rows.append(titles + [""] * (2 - len(pair)))
            lines = [_line(" ".join(line.text for line in cell.lines)) for cell in pair]
            rows.append(lines + [""] * (2 - len(pair)))
        return [_rows(rows)]
    heading = isinstance(piece, Heading | Title) or (isinstance(piece, Fixed) and piece.role == "subject")
    text = _line(piece.text)
    return [_words("heading" if heading else "paragraph", text)] if text else []


def seen(document: Document) -> list[Seen]:
    return [_seen(block) for block in document.blocks]


def _seen(block: Block) -> Seen:
    if block.kind == "table":
        return _rows([[_line(cell) for cell in row] for row in block.rows])
    # The foot of a Word page holds its number as well.
    return (block.kind, block.level, _line(block.text).removeprefix("- 1 - "), ())


def _without_end(blocks: list[Seen]) -> list[Seen]:
    """Where a line is full depends on the font, so Word and Hangul may put `끝.` on different lines."""
    kept: list[Seen] = []
    for kind, level, text, rows in blocks:
        bare = text.removesuffix("끝.").rstrip()
        if bare or rows:
            kept.append((kind, level, bare, rows))
    return kept


def _check(draft: Draft, folder: Path) -> None:
    wanted = _without_end(expected(draft))
    hangul_wanted = _without_end(expected(draft, hangul=True))
    word = write_document(draft, folder / "초안.docx", overwrite=True)
    assert _without_end(seen(read_word(str(word)))) == wanted
    hangul = write_document(draft, folder / "초안.hwpx", overwrite=True)
    assert _without_end(seen(read_hancom(str(hangul), "hwpx"))) == hangul_wanted
    assert _tables_of_another_reader(hangul) == _tables(draft)


def _tables(draft: Draft) -> list[list[list[str]]]:
    """The cells of every table without their blanks, as they are printed."""
    found = []
    for piece in lay_out(draft):
        if isinstance(piece, Table):
            found.append([["".join(cell.text.split()) for cell in row] for row in piece.rows])
        elif isinstance(piece, Quadrants):
            ((_kind, _level, _text, rows),) = _of_piece(piece)
            found.append([["".join(cell.split()) for cell in row] for row in rows])
    return found


def _tables_of_another_reader(path: Path) -> list[list[list[str]]]:
    tables = unhwp.parse(str(path)).get_tables()
    return [
        [["".join(cell.split()) for cell in row] for row in csv.reader(io.StringIO(table["text"]))] for table in tables
    ]


@pytest.mark.parametrize("name", NAMES)
def test_blocks_come_back(drafts: dict[str, Draft], tmp_path: Path, name: str) -> None:
    _check(drafts[name], tmp_path)


_WORD = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=2, max_size=5)
_FIGURE = st.sampled_from(
    ["1,204건", "2026. 1. 16.(금)", "14:00~16:00", "12.5%", "「공공데이터법」", "A/S", "<서식>", "&", "😀"]
)
_PHRASE = st.lists(st.one_of(_WORD, _WORD, _FIGURE), min_size=2, max_size=14).map(
    lambda words: "본문 " + " ".join(words)
)
_MARKS = st.sampled_from(["", "1. ", "가. ", "1) ", "가) ", "(1) ", "(가) ", "① ", "㉮ ", "□ ", "ㅇ ", "- ", "※ "])
_TEXT = st.lists(st.builds(str.__add__, _MARKS, _PHRASE), min_size=2, max_size=8).map("\n".join)
_CELL = st.one_of(_PHRASE, _FIGURE, st.builds("{}\n{}".format, _WORD, _WORD), st.just(""), _PHRASE.map("- {}".format))
_LONG = st.integers(20, 60).flatmap(lambda count: st.lists(_WORD, min_size=count, max_size=count)).map(" ".join)
_ATTACHED = st.lists(_PHRASE.map("{} 1부".format), min_size=1, max_size=4)
_EVIDENCE = st.builds(Evidence, _WORD.map("{}.hwpx".format), st.one_of(st.none(), st.integers(1, 30)), _PHRASE)


@st.composite
def _table(draw: st.DrawFn) -> tuple[tuple[str, ...], ...]:
    width = draw(st.integers(2, 4))
    first = tuple(draw(_CELL.filter(bool)) for _ in range(width))  # readers leave out a column of nothing
    return (first, *(tuple(draw(_CELL) for _ in range(width)) for _ in range(draw(st.integers(1, 4)))))


@st.composite
def _sections(draw: st.DrawFn) -> tuple[Section, ...]:
    made = []
    for number in range(draw(st.integers(1, 4))):
        heading, title = draw(st.booleans()), f"제목 {draw(_WORD)}"
        kind = draw(st.integers(0, 5))
        if kind == 0:
            rows, heads = draw(_table()), draw(st.integers(0, 2))
            made.append(Section(f"s{number}", title, "", "rule", rows=rows, header_rows=heads, heading=heading))
        elif kind == 1:
            made.append(Section(f"s{number}", title, "", "model", heading=heading))  # nothing was written
        elif kind == 2:
            made.append(Section(f"s{number}", title, "ㅇ " + draw(_LONG), "model", heading=heading))
        elif kind == 3:
            entries = draw(_ATTACHED)
            text = "\n".join(f"{place}. {entry}" for place, entry in enumerate(entries, 1))
            made.append(Section(f"s{number}", "붙임", text, "form"))
        else:
            made.append(Section(f"s{number}", title, draw(_TEXT), "model", heading=heading))
    return tuple(made)


@st.composite
def _drafts(draw: st.DrawFn) -> Draft:
    task = draw(st.sampled_from(["report", "swot"]))
    sections = draw(_sections())
    if task == "swot":
        for id_, title in (
            ("strengths", "강점"),
            ("weaknesses", "약점"),
            ("opportunities", "기회"),
            ("threats", "위협"),
        ):
            found = st.builds(SwotItem, _PHRASE, st.lists(_EVIDENCE, max_size=2).map(tuple), st.booleans())
            items = tuple(draw(st.lists(found, min_size=1, max_size=3)))
            text = "\n".join(f"ㅇ {item.text}" for item in items)
            sections = (*sections, Section(id_, title, text, "model", items=items))
    profile = draw(st.sampled_from(["official", "report", "press", "plain"]))
    receivers = tuple(draw(st.lists(_WORD, max_size=3)))
    letter = Letter("한빛시", receivers, sender="한빛시장", signers=("기안자 주무관 홍길동",), phone="044-000-0000")
    # Of a text of fewer lines our reader takes the big letters of a report for headings.
    first = "\n".join(f"알림 {draw(_PHRASE)} {draw(_PHRASE)}" for _ in range(3))
    return Draft(
        task,
        profile,
        draw(st.sampled_from(["", "첫 줄의 말\n"])) + f"문서 제목 {draw(_WORD)}",
        (Section("first", "머리", first, "model", heading=False), *sections),
        subtitle=draw(st.sampled_from(["", "부제목의 말", "부제목 첫 줄\n부제목 둘째 줄"])),
        letter=draw(st.sampled_from([None, letter])),
        grade=draw(st.sampled_from(["", "C", "S", "O"])),
    )


@given(draft=_drafts())
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # two files a try: too slow to shrink
)
def test_blocks_of_any_draft_come_back(draft: Draft, tmp_path: Path) -> None:
    _check(draft, tmp_path)

"""A Hangul file refers only to what it holds, counts right, and shows nothing that Hancom's own files never show."""

from __future__ import annotations

import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from biseo.document import Draft
from biseo.writers import write_document

NAMES = ("official", "letter", "report", "press", "swot", "plain")
SAMPLES = Path(__file__).parents[4] / "shared" / "samples"
_FOLDERS = ("hwpx_gov", "hwpx_hwpxlib", "pairs_hwpforge")
_REFERENCES = {
    "charPrIDRef": "charPr",
    "paraPrIDRef": "paraPr",
    "styleIDRef": "style",
    "nextStyleIDRef": "style",
    "borderFillIDRef": "borderFill",
    "tabPrIDRef": "tabPr",
}
_NONE = str(2**32 - 1)
# Words and numbers of a file's own; all other values are from a short list.
_FREE = re.compile(r"-?[\d.,]+|#[0-9A-Fa-f]{6}|\d+, .*")
_OWN_WORDS = {"face", "name", "engName", "href", "appVersion", "id", "full-path", "version", "application"}


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _parts(path: Path) -> Iterator[tuple[str, Any]]:
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".hpf", ".rdf")):
                yield name, etree.fromstring(package.read(name), etree.XMLParser(resolve_entities=False))


@pytest.fixture(params=NAMES)
def written(request: pytest.FixtureRequest, drafts: dict[str, Draft], tmp_path: Path) -> Path:
    return write_document(drafts[request.param], tmp_path / "초안.hwpx")


def test_every_reference_is_met_and_every_count_is_right(written: Path) -> None:
    parts = dict(_parts(written))
    header, section = parts["Contents/header.xml"], parts["Contents/section0.xml"]
    known: dict[str, set[str]] = defaultdict(set)
    for element in header.iter():
        known[_local(element.tag)].add(element.get("id", ""))
        if element.get("itemCnt") is not None:
            assert int(element.get("itemCnt")) == len(element), element.tag
    for element in (*header.iter(), *section.iter()):
        for key, kind in _REFERENCES.items():
            # 0 is "none" where tabs and borders are not counted from it.
            if (number := element.get(key)) not in (None, "0", _NONE):
                assert number in known[kind], (element.tag, key, number)
    with zipfile.ZipFile(written) as package:
        names = set(package.namelist())
    content = parts["Contents/content.hpf"]
    for item in content.iter("{http://www.idpf.org/2007/opf/}item"):
        assert item.get("href") in names


def test_tables_are_whole(written: Path) -> None:
    section = dict(_parts(written))["Contents/section0.xml"]
    page = next(one for one in section.iter() if _local(one.tag) == "pagePr")
    margin = next(one for one in page if _local(one.tag) == "margin")
    room = int(page.get("width")) - int(margin.get("left")) - int(margin.get("right"))
    tables = [one for one in section.iter() if _local(one.tag) == "tbl"]
    assert len({one.get("id") for one in tables}) == len(tables)
    for table in tables:
        rows = [one for one in table if _local(one.tag) == "tr"]
        assert len(rows) == int(table.get("rowCnt"))
        heights = []
        for number, row in enumerate(rows):
            assert len(row) == int(table.get("colCnt"))
            sizes = []
            for column, cell in enumerate(row):
                inner = {_local(one.tag): one for one in cell}
                assert (inner["cellAddr"].get("rowAddr"), inner["cellAddr"].get("colAddr")) == (
                    str(number),
                    str(column),
                )
                assert len(inner["subList"]) >= 1
                sizes.append((int(inner["cellSz"].get("width")), int(inner["cellSz"].get("height"))))
            assert abs(sum(width for width, _ in sizes) - room) <= 2
            heights.append(max(height for _, height in sizes))
        size = next(one for one in table if _local(one.tag) == "sz")
        assert int(size.get("width")) <= room + 2
        assert int(size.get("height")) == sum(heights)


class _Shapes:
    """Which elements stand in which, which attributes and values they have, and which follow each other."""

    def __init__(self) -> None:
        self.elements: set[tuple[str, str]] = set()
        self.values: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        self.orders: set[tuple[str, str, str]] = set()
        self.parts: set[str] = set()

    def add(self, path: Path) -> None:
        for name, root in _parts(path):
            part = re.sub(r"\d+", "N", name)
            self.parts.add(part)
            for element in root.iter(etree.Element):
                parent = element.getparent()
                above, tag = part if parent is None else _local(parent.tag), _local(element.tag)
                self.elements.add((above, tag))
                for key, value in element.attrib.items():
                    self.values[above, tag, _local(key)].add(value)
                inner = [_local(child.tag) for child in element if isinstance(child.tag, str)]
                self.orders.update((tag, one, two) for one, two in pairwise(inner))


@cache
def _hancom() -> _Shapes:
    shapes = _Shapes()
    for folder in _FOLDERS:
        for path in sorted((SAMPLES / folder).glob("*.hwpx")):
            shapes.add(path)
    return shapes


@pytest.mark.skipif(not (SAMPLES / "hwpx_gov").is_dir(), reason="files saved by Hancom itself are not here")
def test_nothing_that_hancom_never_writes(written: Path) -> None:
    ours, theirs = _Shapes(), _hancom()
    ours.add(written)
    assert ours.parts <= theirs.parts
    assert ours.elements <= theirs.elements
    assert set(ours.values) <= set(theirs.values)
    assert ours.orders <= theirs.orders
    odd = {
        (*key, value)
        for key, values in ours.values.items()
        for value in values - theirs.values[key]
        if key[-1] not in _OWN_WORDS and not _FREE.fullmatch(value)
    }
    assert not odd


def test_identifiers_of_paragraphs_and_shapes_differ(written: Path) -> None:
    header = dict(_parts(written))["Contents/header.xml"]
    for kind in ("charPr", "paraPr", "borderFill", "style", "tabPr"):
        counts = Counter(one.get("id") for one in header.iter() if _local(str(one.tag)) == kind)
        assert counts and max(counts.values()) == 1, kind

"""DOCX: the XML itself, walked in reading order, so that nothing visible is lost and numbers come out as shown."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any

from biseo.document import Document
from biseo.readers import refusal
from biseo.readers.clean import clean_line
from biseo.readers.collect import HIDDEN, TOO_DEEP, TRACKED, Collector
from biseo.readers.word_package import Package
from biseo.readers.word_styles import Styles, child, is_on, local, read_styles, value

DEEPEST = 60
# Text that is struck out, or moved away, or an instruction to Word rather than words.
_SKIPPED = {
    "del", "moveFrom", "delText", "instrText", "delInstrText", "pPr", "rPr", "sectPr", "tblPr", "sdtPr", "fldData",
}  # fmt: skip
_BREAKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_NOTE_PARTS = {"footnotes": "footnote", "endnotes": "endnote"}


def read_word(path: str) -> Document:
    """Text of a Word document that has passed the gate.

    Raises:
        InputFileError: damaged.
    """
    from defusedxml import ElementTree

    try:
        with zipfile.ZipFile(path) as archive:
            package = Package(archive)
            main = package.main_part()
            root = package.xml(main)
            if root is None or child(root, "body") is None:
                raise refusal.damaged(path)
            collector = Collector()
            reader = _Reader(collector, package, main)
            reader.blocks(child(root, "body"))
            reader.furniture()
            core = package.xml("docProps/core.xml")
            title = next((one.text or "" for one in core if local(one.tag) == "title"), "") if core is not None else ""
    except (ElementTree.ParseError, zipfile.BadZipFile, KeyError, RecursionError) as error:
        raise refusal.damaged(path) from error
    return collector.document(path, "docx", title)


class _Reader:
    """Walks one document. Boxes met inside a paragraph follow it."""

    def __init__(self, collector: Collector, package: Package, main: str) -> None:
        self._collector = collector
        self._package = package
        self._relations = package.relations(main)
        self._styles: Styles = read_styles(self._related("styles"), self._related("numbering"))
        self._notes: dict[tuple[str, str], str] = {}
        self._cited: list[tuple[str, str]] = []
        self._boxes: list[Any] = []
        self._around: Any = None  # properties of the paragraph whose words are read
        for kind, name in _NOTE_PARTS.items():
            root = self._related(kind)
            for note in root if root is not None else ():
                if local(note.tag) == name and value(note, "type") in ("", "normal"):
                    self._notes[name, value(note, "id")] = self.joined(note)

    def _related(self, kind: str) -> Any:
        for found, target in self._relations.values():
            if found == kind:
                return self._package.xml(target)
        return None

    def blocks(self, container: Any, depth: int = 0) -> None:
        """Paragraphs and tables of a body, a cell or a text box."""
        if depth > DEEPEST:
            self._collector.warn(TOO_DEEP)
            return
        carried = ""
        for element in self._content(container):
            name = local(element.tag)
            if name == "p":
                if _ends_deleted(element):
                    carried += "".join(self._words(element))
                    continue
                heading = self._styles.heading(child(element, "pPr"))
                text, level = self._paragraph(element, carried)
                carried = ""
                self._collector.add_text(text, heading=heading, numbered=level)
                self._empty_boxes(depth)
            elif name == "tbl":
                self._table(element, depth)
            elif name in ("oMathPara", "oMath"):
                self._collector.add_text("".join(element.itertext()))
            elif name == "altChunk":
                self._collector.objects += 1
        self._collector.add_text(carried)
        self._empty_boxes(depth)

    def furniture(self) -> None:
        """Notes in the order of their marks, memos, headers and footers."""
        for number, key in enumerate(self._cited, 1):
            if text := self._notes.get(key, "").strip():
                self._collector.add_note(f"[{number}] {text}")
        comments = self._related("comments")
        for comment in comments if comments is not None else ():
            if text := self.joined(comment).strip():
                self._collector.add_note(f"메모: {text}")
        for kind, target in self._relations.values():
            if kind in ("header", "footer"):
                root = self._package.xml(target)
                if root is not None:
                    self._collector.add_note(self.joined(root), at_end=True)
        self._boxes.clear()

    def joined(self, container: Any, depth: int = 0) -> str:
        """All text of a cell, a note or a header, one line a paragraph, boxes and inner tables included."""
        lines: list[str] = []
        if depth > DEEPEST:
            self._collector.warn(TOO_DEEP)
            return ""
        carried = ""
        for element in self._content(container):
            name = local(element.tag)
            if name == "p":
                if _ends_deleted(element):
                    carried += "".join(self._words(element))
                    continue
                lines.append(self._paragraph(element, carried)[0])
                carried = ""
                boxes, self._boxes = self._boxes, []
                lines.extend(self.joined(box, depth + 1) for box in boxes)
            elif name == "tbl":
                for row in self._rows(element):
                    lines.append("\t".join(clean_line(self.joined(cell, depth + 1)) for cell in self._cells(row)))
            elif name in ("oMathPara", "oMath"):
                lines.append("".join(element.itertext()))
        lines.append(carried)
        return "\n".join(line for line in lines if line.strip())

    def _paragraph(self, element: Any, carried: str = "") -> tuple[str, int]:
        """The text with its automatic number in front, and the level of that number.

        Args:
            carried: text of the paragraphs before it whose ends were deleted.
        """
        text = carried + "".join(self._words(element))
        properties = child(element, "pPr")
        # An empty numbered paragraph still counts.
        label, level = self._styles.label(properties)
        return (label + text.lstrip(), level) if label and text.strip() else (text, 0)

    def _words(self, element: Any, depth: int = 0) -> Iterator[str]:
        """The visible characters of a paragraph; boxes are put aside, pictures counted."""
        if depth > DEEPEST:
            return
        if local(getattr(element, "tag", "")) == "p":
            self._around = child(element, "pPr")
        for one in element:
            name = local(one.tag)
            if name in ("del", "moveFrom", "ins"):
                self._collector.warn(TRACKED)
            if name in _SKIPPED:
                continue
            if name == "r" and self._styles.is_hidden(child(one, "rPr"), self._around):
                if any(local(inner.tag) in ("t", "sym", "txbxContent") for inner in one.iter()):
                    self._collector.warn(HIDDEN)
                continue
            if name == "t":
                yield one.text or ""
            elif name in _BREAKS:
                yield _BREAKS[name]
            elif name == "sym":
                code = value(one, "char")
                yield chr(int(code, 16)) if len(code) == 4 and all(c in "0123456789abcdefABCDEF" for c in code) else ""
            elif name in ("footnoteReference", "endnoteReference"):
                key = (name.removesuffix("Reference"), value(one, "id"))
                if key not in self._cited:
                    self._cited.append(key)
                yield f"[{self._cited.index(key) + 1}]"
            elif name == "AlternateContent":
                # The same thing twice, for new and for old programs.
                choice = child(one, "Choice")
                yield from self._words(choice if choice is not None else _or_empty(child(one, "Fallback")), depth + 1)
            elif name == "ffData":
                yield _field_value(one)
            elif name == "txbxContent":
                self._boxes.append(one)
            elif name in ("blip", "imagedata"):
                self._collector.pictures += 1
            elif name == "chart":
                self._collector.charts += 1
            elif name == "OLEObject":
                self._collector.objects += 1
            elif name == "textpath":  # WordArt, mostly a watermark such as 대외비
                yield value(one, "string")
            elif name == "relIds":
                self._diagram(value(one, "dm"))
            elif name in ("oMath", "oMathPara"):
                yield "".join(one.itertext())
            elif name == "ruby":
                base = "".join(self._words(_or_empty(child(one, "rubyBase")), depth + 1))
                above = "".join(self._words(_or_empty(child(one, "rt")), depth + 1))
                yield f"{base}({above})" if above else base
            else:
                yield from self._words(one, depth + 1)

    def _diagram(self, relation: str) -> None:
        """The texts of a SmartArt diagram, put aside like boxes."""
        root = self._package.xml(self._relations.get(relation, ("", ""))[1])
        for one in root.iter() if root is not None else ():
            if local(one.tag) == "t" and child(one, "p") is not None:
                self._boxes.append(one)

    def _empty_boxes(self, depth: int) -> None:
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.blocks(box, depth + 1)

    def _table(self, table: Any, depth: int) -> None:
        rows = list(self._rows(table))
        if all(sum(1 for _ in self._cells(row)) <= 1 for row in rows):
            # Frames around text, not a table.
            for row in rows:
                for cell in self._cells(row):
                    self.blocks(cell, depth + 1)
            return
        grid: list[list[str]] = []
        for row in rows:
            line: list[str] = [""] * _count(child(row, "trPr", "gridBefore"), 0)
            for cell in self._cells(row):
                properties = child(cell, "tcPr")
                merge = child(properties, "vMerge")
                hidden = merge is not None and value(merge) != "restart"
                # A hidden cell is empty in Word; what hostile or odd files put there is kept all the same.
                text = self.joined(cell, depth + 1)
                line.append("" if hidden and not text.strip() else text)
                line.extend([""] * (_count(child(properties, "gridSpan"), 1) - 1))
            grid.append(line)
        self._collector.add_table(grid)

    def _content(self, container: Any) -> Iterator[Any]:
        """Block elements, with the wrappers around them opened (content controls, insertions, alternatives)."""
        stack = [iter(container)]
        while stack:
            for element in stack[-1]:
                name = local(element.tag)
                if name in ("del", "moveFrom", "ins", "moveTo"):
                    self._collector.warn(TRACKED)
                if name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "Choice"):
                    stack.append(iter(element))
                    break
                if name == "AlternateContent":
                    choice = child(element, "Choice")
                    stack.append(iter(choice if choice is not None else _or_empty(child(element, "Fallback"))))
                    break
                if name not in _SKIPPED:
                    yield element
            else:
                stack.pop()

    def _rows(self, table: Any) -> Iterator[Any]:
        """Rows that stand when all tracked changes are accepted."""
        for row in self._content(table):
            if local(row.tag) == "tr":
                if child(row, "trPr", "del") is not None:
                    self._collector.warn(TRACKED)
                elif child(row, "trPr", "hidden") is None or not is_on(child(row, "trPr", "hidden")):
                    yield row
                else:
                    self._collector.warn(HIDDEN)

    def _cells(self, row: Any) -> Iterator[Any]:
        for cell in self._content(row):
            if local(cell.tag) == "tc" and child(cell, "tcPr", "cellDel") is None:
                yield cell


def _ends_deleted(paragraph: Any) -> bool:
    """Whether the end of a paragraph was deleted: with changes accepted, the next one goes on in it."""
    marks = child(paragraph, "pPr", "rPr")
    return marks is not None and any(local(one.tag) in ("del", "moveFrom") for one in marks)


def _field_value(field: Any) -> str:
    """What an old form field shows where that is no text of the document: a ticked box, a chosen entry."""
    box, choices = child(field, "checkBox"), child(field, "ddList")
    if box is not None:
        ticked = child(box, "checked")
        return "☑" if is_on(child(box, "default") if ticked is None else ticked) else "☐"
    if choices is None:
        return ""
    entries = [value(one) for one in choices if local(one.tag) == "listEntry"]
    chosen = child(choices, "result")
    place = _count(child(choices, "default") if chosen is None else chosen, 0)
    return entries[place] if place < len(entries) else ""


def _count(element: Any, default: int) -> int:
    """A small number of grid columns; nonsense counts as `default`."""
    text = value(element)
    return min(int(text), 200) if text.isdecimal() and len(text) < 6 else default


def _or_empty(element: Any) -> Any:
    return () if element is None else element

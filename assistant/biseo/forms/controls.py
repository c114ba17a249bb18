"""Content controls of Word (`w:sdt`): the places that a form's maker has set up for words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from biseo.forms.byte_xml import Edits, Element
from biseo.forms.dialect import Line, attribute, content_of
from biseo.forms.names import tidy_name

PLACEHOLDER = "showingPlcHdr"
_WRAPPERS = ("customXml", "ins", "smartTag")
# What is no place for words of one's own; what is bound to data is filled from there when Word opens the file.
_OTHER_KINDS = {
    "bibliography", "checkbox", "citation", "dataBinding", "docPartList", "docPartObj", "dropDownList", "equation",
    "group", "picture", "repeatingSection", "repeatingSectionItem",
}  # fmt: skip
_LOCKED = ("contentLocked", "sdtContentLocked")


@dataclass(frozen=True)
class Control:
    """A control that waits for words: in the line from `start` to `end`; `name` is empty where its maker gave none."""

    element: Element
    line: Line
    start: int
    end: int
    name: str

    @property
    def text(self) -> str:
        return self.line.text[self.start : self.end]


def find_controls(line: Line) -> Iterator[Control]:
    """Controls inside this paragraph, or the one around it, that nobody has filled in yet."""
    around = _around(line.element)
    if around is not None:
        yield from _open(around, line, 0, len(line.text))
        return
    for element in content_of(line.element, ("sdt",), _WRAPPERS):
        content = element.child("sdtContent")
        if content is None:
            continue
        start = sum(len(piece.text) for piece in line.pieces if piece.start < content.start)
        end = sum(len(piece.text) for piece in line.pieces if piece.start < content.end)
        yield from _open(element, line, start, end)


def free_control(control: Element, edits: Edits) -> None:
    """The control shows no guide any more, and its words no longer look like one."""
    about, content = control.child("sdtPr"), control.child("sdtContent")
    guide = about.child(PLACEHOLDER) if about is not None else None
    if guide is None or content is None:
        return
    edits.put(guide.start, guide.end)
    for one in content.walk():
        if one.name == "rStyle" and one.parent is not None and one.parent.name == "rPr":
            edits.put(one.start, one.end)


def _open(element: Element, line: Line, start: int, end: int) -> Iterator[Control]:
    about = element.child("sdtPr")
    if about is None or any(one.name in _OTHER_KINDS for one in about.elements):
        return
    lock = about.child("lock")
    if lock is not None and attribute(lock, "val") in _LOCKED:
        return
    content = element.child("sdtContent")
    if content is not None and any(one.name == "sdt" for one in content.walk()):
        return
    text = line.text[start:end]
    if "{{" in text or (text.strip() and about.child(PLACEHOLDER) is None):
        return  # a mark is filled as such; what somebody has written stays
    names = (about.child(kind) for kind in ("alias", "tag"))
    name = next((words for one in names if one is not None and (words := tidy_name(attribute(one, "val")))), "")
    yield Control(element, line, start, end, name)


def _around(paragraph: Element) -> Element | None:
    """The control of which this paragraph, or the cell of this paragraph alone, is the whole content."""
    inner = paragraph
    if (cell := paragraph.parent) is not None and cell.name == "tc":
        if [one for one in cell.elements if one.name != "tcPr"] != [paragraph]:
            return None
        inner = cell
    content = inner.parent
    if content is None or content.name != "sdtContent" or content.elements != [inner]:
        return None
    return content.parent

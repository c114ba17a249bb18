"""What is laid over a PDF page: memos, typed-in text, filled form fields. Links and attachments are left alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

MOST_MARKS = 2_000
LONGEST = 20_000


@dataclass(frozen=True)
class Mark:
    """A text laid over the page; `is_memo`: a remark about it rather than a part of it."""

    text: str
    is_memo: bool


def read_marks(page: Any) -> list[Mark]:
    """The marks of a page of pypdfium2 in the order of the file; hidden ones are left out."""
    from pypdfium2 import raw

    found: list[Mark] = []
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), MOST_MARKS)):
        mark = raw.FPDFPage_GetAnnot(page, index)
        if not mark:
            continue
        try:
            kind = raw.FPDFAnnot_GetSubtype(mark)
            hidden = raw.FPDFAnnot_GetFlags(mark) & (raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW)
            if hidden or kind in (raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP, raw.FPDF_ANNOT_FILEATTACHMENT):
                continue
            text = _string(raw, mark, b"V" if kind == raw.FPDF_ANNOT_WIDGET else b"Contents").strip()
            if text:
                found.append(Mark(text, kind not in (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT)))
        finally:
            raw.FPDFPage_CloseAnnot(mark)
    return found


def _string(raw: Any, mark: Any, key: bytes) -> str:
    from ctypes import c_ushort, cast

    if raw.FPDFAnnot_GetValueType(mark, key) != raw.FPDF_OBJECT_STRING:
        return ""  # the name of a ticked box, or nothing
    size = min(raw.FPDFAnnot_GetStringValue(mark, key, None, 0), 2 * LONGEST)
    buffer = (c_ushort * (size // 2 + 1))()
    raw.FPDFAnnot_GetStringValue(mark, key, cast(buffer, raw.FPDFAnnot_GetStringValue.argtypes[2]), 2 * len(buffer))
    return bytes(buffer).decode("utf-16-le", "replace").split("\x00")[0]

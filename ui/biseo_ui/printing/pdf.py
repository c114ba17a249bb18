"""PDF of a draft: A4, fonts embedded, text that can be searched and copied."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from biseo.document import Draft
from biseo.writers.properties import AUTHOR, ai_mark, shorten, status_of
from biseo_ui.printing.pdf_about import xmp_of
from biseo_ui.printing.pdf_text import mend_text
from biseo_ui.printing.setting import set_draft
from biseo_ui.printing.sheet import UNITS_PER_INCH, Sheet

A4 = QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF())


def write_pdf(draft: Draft, path: Path, overwrite: bool) -> Path:
    """Write the draft as PDF with the care and the refusals of `write_document`. Runs in a worker thread.

    Raises:
        OutputFileError: as for `write_document`; what was there is unchanged.
    """
    from biseo.writers import put_file

    def make() -> bytes:
        return pdf_bytes(set_draft(draft), draft.title, _status(draft), xmp_of(draft))

    return put_file(path, make, overwrite=overwrite)


def _status(draft: Draft) -> str:
    return ", ".join(dict.fromkeys((ai_mark(draft), status_of(draft))))


def pdf_bytes(sheets: list[Sheet], title: str, status: str = "", about: bytes = b"") -> bytes:
    """The file of those pages; `status` stands in its properties, behind the program's name, `about` is its XMP."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(UNITS_PER_INCH)
    writer.setPageLayout(A4)
    writer.setTitle(shorten(title))
    writer.setCreator(f"{AUTHOR} ({status})" if status else AUTHOR)
    if about:
        writer.setDocumentXmpMetadata(about)
    painter = QPainter(writer)
    for number, sheet in enumerate(sheets):
        if number:
            writer.newPage()
        sheet.paint(painter, 1.0)
    painter.end()
    layouts = [line.layout for sheet in sheets for line, _x, _y in sheet.lines]
    text = "".join({layout.text() for layout in layouts})
    return mend_text(bytes(buffer.data().data()), text, {layout.font().family() for layout in layouts})

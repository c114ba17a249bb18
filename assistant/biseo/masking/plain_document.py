"""A plain document of masked blocks, for formats that cannot be masked in place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from biseo.document import Block, Document, Draft, Section

_COPY = "개인정보를 가린 사본"


def as_text(blocks: Sequence[Block]) -> bytes:
    """One block a line, as `read` shows them; with a mark at the start so that Notepad shows Hangul."""
    return ("\n".join(block.text for block in blocks) + "\n").encode("utf-8-sig")


def as_markdown(blocks: Sequence[Block]) -> bytes:
    """Headings and tables with their marks."""
    lines: list[str] = []
    for block in blocks:
        if block.kind == "heading":
            lines += [f"{'#' * max(1, block.level)} {block.text}", ""]
        elif block.kind == "table":
            for number, row in enumerate(block.rows):
                lines.append("| " + " | ".join(cell.replace("\n", " ").replace("|", "/") for cell in row) + " |")
                if number == 0:
                    lines.append("|" + " --- |" * len(row))
            lines.append("")
        else:
            lines += [block.text, ""]
    return ("\n".join(lines).rstrip("\n") + "\n").encode("utf-8")


def as_office(document: Document, blocks: Sequence[Block], path: Path) -> bytes:
    """DOCX or HWPX by the writers, without the line and properties of a draft: no language model made it."""
    import tempfile

    from biseo.writers import write_document

    sections = tuple(
        Section(
            f"s{number}", "", block.text, "rule", rows=block.rows, header_rows=int(len(block.rows) > 1), heading=False
        )
        for number, block in enumerate(blocks)
        if block.text.strip()
    )
    draft = Draft("mask", "plain", "", sections, summary=_COPY)
    with tempfile.TemporaryDirectory(prefix="biseo-") as folder:
        target = Path(folder) / f"out{path.suffix.lower()}"
        write_document(draft, target)
        return _no_draft(target)


def _no_draft(path: Path) -> bytes:
    """The file without what says that it is an AI draft."""
    import zipfile

    from biseo.forms.container import replace_parts
    from biseo.writers.layout import DRAFT_LINE
    from biseo.writers.properties import AI_DRAFT

    parts: dict[str, bytes] = {}
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            raw = archive.read(name)
            new = raw
            for words in (DRAFT_LINE, AI_DRAFT):
                new = new.replace(words.encode("utf-8"), _COPY.encode("utf-8"))
            if new != raw:
                parts[name] = new
    return replace_parts(str(path), parts)

"""DOCX and HWPX masked in place: every part with words, everything else as it was. Runs in the limited child process.

Masked are body, tables, headers and footers, notes, text boxes, memos, hidden words, link targets, document properties
and preview text; tracked deletions and preview pictures go, authors' names too.
"""

from __future__ import annotations

import base64
import json
import re
import zipfile
from collections.abc import Sequence
from multiprocessing.connection import Connection

from biseo.checks.privacy import Kind, find_private
from biseo.forms.child import answer
from biseo.forms.container import replace_parts
from biseo.masking.markup import Part, read_part, read_plain, without_deleted
from biseo.masking.words import mask_spans, mask_text
from biseo.readers.child import confine
from biseo.readers.limits import Limits

_XML = (".xml", ".rels", ".hpf", ".rdf", ".vml")
_TEXT = (".txt", ".js", ".json")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".wmf", ".emf", ".tif", ".tiff", ".svg")
_HARMLESS = (*_PICTURES, ".odttf", ".ttf", ".otf", ".fntdata")
_NOTHING = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""A picture of one clear pixel, in the place of previews."""
_PREVIEW = re.compile(r"(?:docProps/thumbnail|Preview/PrvImage)\.", re.IGNORECASE)
_APART = "\n\n"


def run_package(sender: Connection, path: str, limits: Limits, known: Sequence[tuple[Kind, str]]) -> None:
    """Send the masked file, or why there is none."""
    confine(limits)
    sender.send_bytes(answer(path, lambda: _message(path, limits, known)))
    sender.close()


def run_proof(sender: Connection, path: str, limits: Limits, known: Sequence[tuple[Kind, str]]) -> None:
    """Send whether the file at `path` still has personal data."""
    confine(limits)
    sender.send_bytes(answer(path, lambda: _told({"left": still_holds(path, known)})))
    sender.close()


def _message(path: str, limits: Limits, known: Sequence[tuple[Kind, str]]) -> bytes:
    from biseo.readers.detect import detect

    detect(path, limits)  # refuses bombs, encryption and what is no container
    about, parts = mask_parts(path, known)
    return _told(about, replace_parts(path, parts) if about["possible"] else b"")


def _told(about: dict[str, object], content: bytes = b"") -> bytes:
    head = json.dumps(about, ensure_ascii=False).encode("utf-8")
    return b"".join((b"R", len(head).to_bytes(4, "little"), head, content))


def mask_parts(path: str, known: Sequence[tuple[Kind, str]]) -> tuple[dict[str, object], dict[str, bytes]]:
    """The parts that change, masked; `possible` is false when the file holds what cannot be looked into."""
    read, others = _read(path)
    if any(not name.lower().endswith(_HARMLESS) and "mimetype" not in name for name in others):
        return {"possible": False, "pictures": False, "found": 0}, {}
    whole = _APART.join(part.words for _, part in read.values())
    items = find_private(whole, known)
    masked = mask_spans(whole, items)
    parts: dict[str, bytes] = {}
    place = 0
    for name, (raw, part) in read.items():
        new = part.with_masks(masked[place : place + len(part.words)])
        place += len(part.words) + len(_APART)
        content = new.encode("utf-8")
        if content != raw:
            parts[name] = content
    pictures = False
    for name in others:
        if _PREVIEW.match(name):
            parts[name] = _NOTHING
        elif name.lower().endswith(_PICTURES):
            pictures = True
    return {"possible": True, "pictures": pictures, "found": len(items)}, parts


def still_holds(path: str, known: Sequence[tuple[Kind, str]]) -> bool:
    """Whether a package still has personal data."""
    read, _ = _read(path)
    whole = _APART.join(part.words for _, part in read.values())
    return mask_text(whole, known) != whole


def _read(path: str) -> tuple[dict[str, tuple[bytes, Part]], list[str]]:
    """Parts with words by name, body first, and the names of all others."""
    read: dict[str, tuple[bytes, Part]] = {}
    others: list[str] = []
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith("/"):
                continue
            is_xml = name.lower().endswith(_XML)
            raw = archive.read(name)
            text = _decoded(raw) if is_xml or name.lower().endswith(_TEXT) else None
            if text is None:
                others.append(name)
                continue
            if is_xml:
                read[name] = (raw, read_part(without_deleted(text) if name.startswith("word/") else text))
            else:
                read[name] = (raw, read_plain(text))
    return read, others


def _decoded(raw: bytes) -> str | None:
    """The part's text when it is UTF-8; None when it cannot be looked into."""
    if b"\0" in raw[:4]:
        return None
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None

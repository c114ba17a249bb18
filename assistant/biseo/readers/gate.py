"""The gate every zip container passes before a parser sees it."""

from __future__ import annotations

import re
import zipfile

from biseo.readers import refusal
from biseo.readers.limits import MIB, Limits

# Small parts may compress as well as they like: they cannot hurt.
RATIO_MATTERS_FROM = MIB
CHUNK = MIB
_XML_SUFFIXES = (".xml", ".rels", ".hpf", ".vml", ".rdf", ".opf")
# A document type (entities, external files) has no place in OOXML or OWPML. Zeros between letters: UTF-16.
_DOCTYPE = re.compile(b"<\x00?!\x00?(?:D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E|E\x00?N\x00?T\x00?I\x00?T\x00?Y)")
_LONGEST_MATCH = 32


def check_container(path: str, archive: zipfile.ZipFile, limits: Limits) -> None:
    """Refuse bombs, escaping names, duplicate names, encrypted parts and entity declarations.

    Raises:
        InputFileError: `unsafe` or `encrypted`.
        zipfile.BadZipFile: a part does not unpack.
    """
    parts = archive.infolist()
    if len(parts) > limits.entries or sum(part.file_size for part in parts) > limits.unpacked_bytes:
        raise refusal.unsafe(path)
    names = set()
    for part in parts:
        if part.flag_bits & 1:
            raise refusal.encrypted(path)
        if part.file_size > limits.part_bytes or escapes(part.filename) or part.filename in names:
            raise refusal.unsafe(path)
        if part.file_size > RATIO_MATTERS_FROM and part.file_size > limits.ratio * max(part.compress_size, 1):
            raise refusal.unsafe(path)
        names.add(part.filename)
    for part in parts:
        if part.filename.lower().endswith(_XML_SUFFIXES) and _declares_entities(archive, part):
            raise refusal.unsafe(path)


def escapes(name: str) -> bool:
    """Whether a part's name would leave the folder it is unpacked to."""
    unified = name.replace("\\", "/")
    return unified.startswith("/") or ".." in unified.split("/") or (len(unified) > 1 and unified[1] == ":")


def _declares_entities(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    tail = b""
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            window = tail + chunk
            if _DOCTYPE.search(window):
                return True
            tail = window[-_LONGEST_MATCH:]
    return False

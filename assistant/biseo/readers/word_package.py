"""The container of a Word document: its parts and what they refer to."""

from __future__ import annotations

import posixpath
import zipfile
from typing import Any

from biseo.readers.word_styles import value


class Package:
    """The parts of a package that has passed the gate; what lies outside of it is never looked at."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.names = set(archive.namelist())

    def xml(self, name: str) -> Any:
        """The root of a part, None when there is no such part."""
        from defusedxml import ElementTree

        if name not in self.names:
            return None
        return ElementTree.fromstring(self._archive.read(name), forbid_dtd=True)

    def main_part(self) -> str:
        """Name of the part that is the document itself."""
        for kind, target in self.relations("").values():
            if kind == "officeDocument":
                return target
        return "word/document.xml"

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """(kind, part name) by id of everything that `part` refers to inside the package."""
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", name + ".rels"))
        found: dict[str, tuple[str, str]] = {}
        for one in root if root is not None else ():
            if value(one, "TargetMode") == "External":
                continue
            target = value(one, "Target")
            # An absolute target replaces the folder.
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[value(one, "Id")] = (value(one, "Type").rpartition("/")[2], target)
        return found

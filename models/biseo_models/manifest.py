"""The list of model files in the models folder: a small JSON file, replaced as a whole."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from biseo_models.replacing import read_text, save_text

FILE_NAME = "models.json"
WRITER, EMBEDDER = "writer", "embedder"


@dataclass(frozen=True)
class Record:
    """One model file as it was when its hash was computed. Header facts are kept, so that listing reads no model.

    Attributes:
        file: name inside the models folder, without any folder.
        sha256: computed from exactly `size_bytes` bytes whose last change was at `mtime_ns`.
        role: `WRITER`, or `EMBEDDER` for one that only tells what texts mean.
    """

    id: str
    name: str
    file: str
    sha256: str
    size_bytes: int
    mtime_ns: int
    licence: str
    architecture: str
    parameters: int
    quantization: str
    context: int
    kv_bytes_per_token: int
    compute_bytes: int
    chat_template: bool
    role: str = WRITER


@dataclass(frozen=True)
class Manifest:
    """The records in the order in which they were added, and the id of the chosen one (or nothing).

    Attributes:
        embedder: id of the model by which the library is searched; empty for the built-in encoder.
    """

    records: tuple[Record, ...] = ()
    active: str = ""
    embedder: str = ""

    def find(self, model_id: str) -> Record | None:
        """The record of that id."""
        return next((record for record in self.records if record.id == model_id), None)

    def having(self, record: Record) -> Manifest:
        """With this record, in the place of the one with the same id; the first that can write is chosen."""
        if self.find(record.id):
            records = tuple(record if old.id == record.id else old for old in self.records)
        else:
            records = (*self.records, record)
        return replace(self, records=records, active=self.active or (record.id if record.role == WRITER else ""))

    def without(self, model_id: str) -> Manifest:
        """Without that record; nothing is chosen if it was a chosen one."""
        records = tuple(record for record in self.records if record.id != model_id)
        active, embedder = ("" if chosen == model_id else chosen for chosen in (self.active, self.embedder))
        return Manifest(records, active, embedder)


def load(folder: Path) -> Manifest:
    """The manifest of the folder; empty when there is none. Records that make no sense are left out.

    Raises:
        OSError: there is one and it cannot be read: it must not be taken for an empty one and written over.
    """
    try:
        data = json.loads(read_text(folder / FILE_NAME))
    except (FileNotFoundError, NotADirectoryError, ValueError, RecursionError):
        return Manifest()
    if not isinstance(data, dict):
        return Manifest()
    listed, active, embedder = data.get("models"), data.get("active"), data.get("embedder")
    records = [record for item in (listed if isinstance(listed, list) else []) if (record := _record(item))]
    return Manifest(
        tuple({record.id: record for record in records}.values()),
        active if isinstance(active, str) else "",
        embedder if isinstance(embedder, str) else "",
    )


def save(folder: Path, manifest: Manifest) -> None:
    """Write the manifest; at every moment the file is either the old one or the new one.

    Raises:
        OSError: the folder cannot be written or the disk is full.
    """
    data = {
        "version": 1,
        "active": manifest.active,
        "embedder": manifest.embedder,
        "models": [asdict(record) for record in manifest.records],
    }
    save_text(folder / FILE_NAME, json.dumps(data, ensure_ascii=False, indent=1))


def _record(item: Any) -> Record | None:
    if not isinstance(item, dict):
        return None
    kinds = {field.name: {"str": str, "int": int, "bool": bool}[str(field.type)] for field in fields(Record)}
    item = {"role": WRITER, **item}  # lists of before there were others
    if any(type(item.get(name)) is not kind for name, kind in kinds.items()):
        return None
    record = Record(**{name: item[name] for name in kinds})
    # a name with a folder in it would lead out of the models folder
    return record if record.id and record.file and record.file == Path(record.file).name != ".." else None

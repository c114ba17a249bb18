"""What runs in the limited child process: a template is a stranger's file, too.

Every answer is one byte that says what it is, JSON, and (for a filled form) the bytes of the new file.
"""

from __future__ import annotations

import json
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import asdict
from multiprocessing.connection import Connection
from typing import Any

from biseo.errors import ClassifiedFileError, InputFileError
from biseo.forms.byte_xml import BadXml
from biseo.readers import refusal
from biseo.readers.child import confine
from biseo.readers.child import read as read_whole
from biseo.readers.limits import Limits
from biseo.readers.transfer import error_of, pack_error
from biseo_models.offline import NetworkBlocked

_LENGTH = struct.Struct("<L")


def run_find(sender: Connection, path: str, limits: Limits) -> None:
    """Tell the fields of the template at `path`."""
    _run(sender, path, limits, lambda: find(path, limits))


def run_fill(sender: Connection, path: str, limits: Limits, values: Mapping[str, str], allow_empty: bool) -> None:
    """Send the filled form, or why there is none."""
    _run(sender, path, limits, lambda: fill(path, limits, values, allow_empty))


def run_prove(sender: Connection, path: str, limits: Limits, template: str, values: Mapping[str, str]) -> None:
    """Tell whether the file at `path` is the template with these values and nothing else."""
    _run(sender, path, limits, lambda: prove(path, limits, template, values))


def _run(sender: Connection, path: str, limits: Limits, work: Callable[[], bytes]) -> None:
    confine(limits)
    sender.send_bytes(answer(path, work))
    sender.close()


def answer(path: str, work: Callable[[], bytes]) -> bytes:
    """The message; never raises for anything a file can cause."""
    try:
        return work()
    except (InputFileError, NetworkBlocked) as error:
        return b"E" + pack_error(error)
    except MemoryError:
        return b"E" + pack_error(refusal.too_much_memory(path))
    except OSError:
        return b"E" + pack_error(refusal.unreadable(path))
    except (BadXml, zipfile.BadZipFile, zlib.error):
        return b"E" + pack_error(refusal.damaged(path))
    except Exception as error:  # noqa: BLE001 - a damaged file can cause anything at all
        return b"E" + pack_error(refusal.damaged(path), type(error).__name__)


def find(path: str, limits: Limits) -> bytes:
    """The message with the fields."""
    from biseo.forms.template import open_template

    _refuse_classified(path, limits)
    template = open_template(path, limits)
    return _told(
        {
            "format": template.dialect.format,
            "fields": [asdict(slate.told()) for slate in template.slates],
            "warnings": list(template.warnings),
        }
    )


def fill(path: str, limits: Limits, values: Mapping[str, str], allow_empty: bool) -> bytes:
    """The message with the new file; without one when names are unknown or fields would be left empty."""
    from biseo.forms.container import replace_parts
    from biseo.forms.filling import fill as fill_template
    from biseo.forms.template import open_template

    _refuse_classified(path, limits)
    template = open_template(path, limits)
    filling = fill_template(template, values)
    about = {
        "fields": [slate.name for slate in template.slates],
        "filled": list(filling.filled),
        "empty": list(filling.empty),
        "unknown": list(filling.unknown),
        "warnings": list(template.warnings),
    }
    if filling.unknown or (filling.empty and not allow_empty) or not filling.parts:
        return _told(about)
    return _told(about, replace_parts(path, filling.parts))


def _refuse_classified(path: str, limits: Limits) -> None:
    try:
        read_whole(path, limits)
    except ClassifiedFileError:
        raise
    except InputFileError:
        pass  # what is wrong with a template is told when it is opened as one


def prove(path: str, limits: Limits, template_path: str, values: Mapping[str, str]) -> bytes:
    """The message with the verdict. The file is also read as any other document is."""
    from biseo.forms.filling import fill as fill_template
    from biseo.forms.proof import same_but_filled
    from biseo.forms.template import open_template

    read_whole(path, limits)
    template = open_template(template_path, limits)
    return _told({"same": same_but_filled(template, fill_template(template, values), path)})


def _told(about: Mapping[str, Any], content: bytes = b"") -> bytes:
    head = json.dumps(about, ensure_ascii=False).encode("utf-8")
    return b"".join((b"R", _LENGTH.pack(len(head)), head, content))


def heard(message: bytes) -> tuple[dict[str, Any], bytes]:
    """What a message says, and the file it brings.

    Raises:
        InputFileError: the message is a refusal.
        ValueError: the message is none of ours.
    """
    if message[:1] == b"E":
        raise error_of(json.loads(message[1:])["error"])
    if message[:1] != b"R":
        raise ValueError("unknown message")
    try:
        (length,) = _LENGTH.unpack_from(message, 1)
        start = 1 + _LENGTH.size
        about: dict[str, Any] = json.loads(message[start : start + length])
    except struct.error as error:
        raise ValueError("cut message") from error
    return about, message[start + length :]

"""The reader process: silent, bounded, answers with exactly one message."""

from __future__ import annotations

import gc
import math
import multiprocessing
import os
import sys
import threading
import traceback
import types
from dataclasses import replace
from multiprocessing.connection import Connection

from biseo.document import Document
from biseo.errors import InputFileError
from biseo.readers import refusal
from biseo.readers.limits import Limits
from biseo.readers.transfer import pack_document, pack_error
from biseo_models.offline import NetworkBlocked

_UNUSED = {
    "dochan.pdf.reader": "PDFReader",
    "dochan.ooxml.docx": "DOCXReader",
    "dochan.ooxml.pptx": "PPTXReader",
    "dochan.office_binary.doc": "DOCReader",
    "dochan.office_binary.ppt": "PPTReader",
}


def run(sender: Connection, path: str, limits: Limits) -> None:
    """Entry point of the child process."""
    confine(limits)
    sender.send_bytes(answer(path, limits))
    sender.close()


def confine(limits: Limits) -> None:
    """Make this process a silent and bounded one that ends with its parent. For child processes only."""
    _silence()
    _bound(limits)
    # The parent counts the seconds; without it nobody would.
    threading.Thread(target=_end_with_parent, daemon=True).start()
    hasten()


def hasten() -> None:
    """What makes a process that reads one file and ends faster."""
    # numpy would cost a second to load; what we use here takes it only when it is there.
    sys.modules["numpy"] = None  # type: ignore[assignment]
    # dochan loads its readers of all formats; these are not used (those of sheets are, for charts in HWP).
    for name, reader in _UNUSED.items():
        sys.modules[name] = types.ModuleType(name)
        setattr(sys.modules[name], reader, None)
    # Nothing is given back before the end, so nothing need be looked for; the limit on memory stands.
    gc.disable()


def answer(path: str, limits: Limits) -> bytes:
    """The message for one file; never raises for anything a file can cause."""
    try:
        return pack_document(read(path, limits))
    except (InputFileError, NetworkBlocked) as error:
        return pack_error(error)
    except MemoryError:
        return pack_error(refusal.too_much_memory(path))
    except OSError as error:
        return pack_error(refusal.unreadable(path), _where(error))
    except Exception as error:  # noqa: BLE001 - parsers raise anything at all on a damaged file
        return pack_error(refusal.damaged(path), _where(error))


def read(path: str, limits: Limits) -> Document:
    """Read in this process. Only the tests and the child itself call it.

    Raises:
        InputFileError: the file cannot be read.
    """
    from biseo.readers.detect import detect
    from biseo.readers.secrecy import secret_mark

    kind, warnings = detect(path, limits)
    if kind in ("hwp", "hwpx"):
        from biseo.readers.hancom import read_hancom

        document = read_hancom(path, kind)
    elif kind == "docx":
        from biseo.readers.word import read_word

        document = read_word(path)
    elif kind == "pdf":
        from biseo.readers.pdf import read_pdf

        document = read_pdf(path)
    elif kind == "xlsx":
        from biseo.readers.sheet import read_workbook

        document = read_workbook(path, limits)
    elif kind == "xls":
        from biseo.readers.old_sheet import read_old_workbook

        document = read_old_workbook(path, limits)
    elif kind == "csv":
        from biseo.readers.sheet import read_csv

        document = read_csv(path, limits)
    elif kind == "html":
        from biseo.readers.html import read_html

        document = read_html(path)
    elif kind in ("eml", "mht"):
        from biseo.readers.mail import read_mail

        document = read_mail(path, kind)
    else:
        from biseo.readers.plain import read_plain

        document = read_plain(path, kind)
    if mark := secret_mark(document):
        raise refusal.classified(path, mark)
    new = tuple(sentence for sentence in warnings if sentence not in document.warnings)
    return replace(document, warnings=new + document.warnings)


def _silence() -> None:
    """Libraries print to descriptors behind Python's back; nothing may reach the user's terminal."""
    sink = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        try:
            os.dup2(sink, descriptor)
        except OSError:  # a windowed Windows program has none
            continue
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _bound(limits: Limits) -> None:
    """A second fence where the system has one; the parent's watch on memory and time is the first."""
    if sys.platform != "win32":
        import resource

        bound = 4 * limits.memory_bytes
        _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        if hard != resource.RLIM_INFINITY:
            bound = min(bound, hard)
        resource.setrlimit(resource.RLIMIT_AS, (bound, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (2 * math.ceil(limits.seconds) + 10, hard))


def _where(error: BaseException) -> str:
    """Class and place of an unexpected failure, for the developer; never its message, which may quote the document."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{os.path.basename(frames[-1].filename)}:{frames[-1].lineno}" if frames else "?"  # noqa: PTH119
    return f"{type(error).__name__} at {place}"

"""What lies in a folder: documents by path, without links, hidden and temporary files."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from biseo.errors import Cancelled
from biseo.library.errors import library_error
from biseo.text.characters import words

SUFFIXES = frozenset(
    words("""
    .hwpx .hwtx .hwp .hwt .docx .docm .dotx .pdf .xlsx .xlsm .csv .tsv .txt .text .md .markdown .html .htm .xhtml
    .eml .mht .mhtml .xls .xlt""")
)
"""Documents that can be read."""
OLD_SUFFIXES = frozenset(words(".doc .dot .ppt .pptx .msg .rtf .odt .ods .odp .hml .xlsb .epub .gul .hwd"))
"""Documents that cannot, which is told of each."""

_TEMPORARY = (".tmp", ".temp", ".bak", ".asv", ".crdownload", ".part", ".partial")
_SYSTEM_FOLDERS = frozenset({"$recycle.bin", "system volume information", "lost+found", "__macosx", "node_modules"})
_LINKED = frozenset(
    {getattr(stat, "IO_REPARSE_TAG_SYMLINK", 0xA000000C), getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", 0xA0000003)}
)
UNREADABLE = "폴더를 열 수 없습니다. 읽기 권한이나 네트워크 드라이브의 연결을 확인해 주세요."
BAD_NAME = "이름에 읽을 수 없는 글자가 있어 건너뛰었습니다. 파일이나 폴더의 이름을 바꿔 주세요."


@dataclass
class Listing:
    """What was found.

    Attributes:
        files: size and time of the last change, by absolute path.
        ignored: how many files are no documents, hidden, temporary or links.
        unreachable: folders that could not be opened: what is known below them must not be forgotten.
        nameless: files and folders whose names cannot be written down.
        entries: how many entries of any kind.
    """

    files: dict[str, tuple[int, int]] = field(default_factory=dict)
    ignored: int = 0
    unreachable: list[str] = field(default_factory=list)
    nameless: list[str] = field(default_factory=list)
    entries: int = 0


def folder_path(folder: Path) -> str:
    """How a folder is written down: absolute, without `..` and a slash at its end. Links in it stay as they are.

    Raises:
        LibraryError: `bad-name`.
    """
    path = os.path.abspath(folder)  # noqa: PTH100 - links stay as they are
    if not writable_name(path):
        raise library_error("bad-name")
    return path


def key(path: str) -> str:
    """What two ways of writing one path have in common on this system."""
    return os.path.normcase(path)


def within(path: str, folder: str) -> bool:
    """Whether a path lies below a folder, or is it."""
    inner, outer = key(path), key(folder)
    return inner == outer or inner.startswith(outer if outer.endswith(os.sep) else outer + os.sep)


def writable_name(path: str) -> bool:
    """Whether a path can be stored: undecodable bytes and lone surrogates cannot."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def look(
    folder: str, own: Path | None = None, stopped: Callable[[], bool] = lambda: False, listing: Listing | None = None
) -> Listing:
    """Everything below a folder.

    Args:
        folder: absolute.
        own: the program's own folder, which is passed over.
        stopped: asked for every folder.
        listing: where to put it; a new one where none is given.

    Raises:
        Cancelled: `stopped` said so.
        OSError: the folder itself cannot be opened.
    """
    found = Listing() if listing is None else listing
    avoided = key(folder_path(own)) if own is not None else ""
    waiting = _folders_in(folder, found)
    while waiting:
        if stopped():
            raise Cancelled
        path = waiting.pop()
        if key(path) == avoided:
            continue
        try:
            waiting.extend(_folders_in(path, found))
        except OSError:
            found.unreachable.append(path)
    return found


def _folders_in(folder: str, found: Listing) -> list[str]:
    """Take the files of a folder; the folders in it, last first."""
    below: list[str] = []
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda each: each.name):
            found.entries += 1
            if not writable_name(entry.name):
                found.nameless.append(entry.path.encode("utf-8", "replace").decode("utf-8"))
                continue
            try:
                status = entry.stat(follow_symlinks=False)
                is_folder = entry.is_dir(follow_symlinks=False)
            except OSError:
                continue
            if _is_link(status) or _is_hidden(entry.name, status):
                found.ignored += not is_folder
                continue
            if is_folder:
                if entry.name.lower() not in _SYSTEM_FOLDERS:
                    below.append(entry.path)
            elif stat.S_ISREG(status.st_mode) and _is_document(entry.name):
                found.files[entry.path] = (status.st_size, status.st_mtime_ns)
            else:
                found.ignored += 1
    below.reverse()
    return below


def _is_link(status: os.stat_result) -> bool:
    return stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) in _LINKED


def _is_hidden(name: str, status: os.stat_result) -> bool:
    attributes = getattr(status, "st_file_attributes", 0)
    hidden = attributes & (getattr(stat, "FILE_ATTRIBUTE_HIDDEN", 2) | getattr(stat, "FILE_ATTRIBUTE_SYSTEM", 4))
    return bool(hidden) or name.startswith((".", "~")) or name.lower().endswith(_TEMPORARY)


def _is_document(name: str) -> bool:
    suffix = os.path.splitext(name)[1].lower()  # noqa: PTH122 - millions of names
    return suffix in SUFFIXES or suffix in OLD_SUFFIXES

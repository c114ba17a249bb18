"""`biseo library`: folders that are searched on this PC."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

from biseo import paths
from biseo.cli.arguments import Arguments
from biseo.cli.console import Console
from biseo.cli.encoder import run_encoder
from biseo.cli.unlocking import unlocked
from biseo.events import Progress
from biseo.library import Library, MemoryShelf, Report, VaultShelf, folder_list
from biseo.library.events import FolderGone, LibraryEvent, Synced
from biseo.library.library import checked_folder
from biseo.library.meaning import shared
from biseo.policy import Policy
from biseo.vault import VaultError, create, look

_SHOWN = 20
_NOT_KEPT = (
    "암호화된 저장소가 없어 폴더의 위치만 기억하고 읽은 내용은 저장하지 않았습니다. "
    "찾을 때마다 문서를 다시 읽습니다. 행정비서 창에서 암호를 정해 저장소를 만들면 읽은 내용을 암호화해 저장합니다."
)
_NEW_STORE = "암호화된 저장소를 새로 만들었습니다. 행정비서 창을 처음 열 때 보여 드리는 복구 코드를 적어 두세요."


def run_library(arguments: Arguments, console: Console, cancel: Event, policy: Policy) -> int:
    """Change the library or tell what is in it.

    Raises:
        UserFacingError: with what happened and what to do.
        Cancelled: the user stopped it; what was read is kept.
    """
    action = arguments.action
    if action == "encoder":
        return run_encoder(arguments, console, cancel, policy)
    if action == "add":
        checked_folder(_folder(arguments))  # before a store is made for nothing
        with opened(console, cancel, make=not policy.passphrase_required) as library:
            report = watched(library.add(_folder(arguments), cancel), console)
            learned(library, cancel, console)
            _tell(console, library, report, "add")
        return 0
    with opened(console, cancel) as library:
        if action == "remove":
            report = library.remove(_folder(arguments))
        elif action == "sync" or not library.kept:
            report = watched(library.sync(cancel), console)
            learned(library, cancel, console)
        else:
            report = library.report()
        _tell(console, library, report, action)
    return 0


@contextlib.contextmanager
def opened(console: Console, cancel: Event, *, make: bool = False, read: bool = False) -> Iterator[Library]:
    """The library in the encrypted store; where there is none, in memory with the folders of the list.

    Args:
        make: make the store where there is none and this PC has a place for its key.
        read: read the documents where the index is in memory only.
    """
    home = paths.home()
    state = look().state
    vault = None
    if state != "absent":
        vault = unlocked(console)
    elif make:
        try:
            vault, _code = create()  # never shown: the window makes a new one and has it written down
            console.note(_NEW_STORE)
        except VaultError as error:
            if error.code != "keyring-none":  # a locked credential store can be opened, a full disk emptied
                raise
    if vault is not None:
        with vault:
            library = Library(VaultShelf(vault), own=home)
            left = folder_list.load(home)
            if left:
                library.take(left)
                folder_list.save(home, [])
            yield library
        return
    shelf = MemoryShelf()
    try:
        library = Library(shelf, own=home)
        listed = folder_list.load(home)
        library.take(listed)
        if read and listed:
            watched(library.sync(cancel), console)
        yield library
        if library.folders() != listed:
            folder_list.save(home, library.folders())
    finally:
        shelf.close()


def watched(events: Iterator[LibraryEvent], console: Console) -> Report:
    """Show how the work goes; its report."""
    report = Report()
    for event in events:
        if isinstance(event, Progress):
            console.progress(event.done, event.total, event.label)
        elif isinstance(event, FolderGone):
            console.note(f"{event.path}: {event.reason}")
        elif isinstance(event, Synced):
            report = event.report
    return report


def learned(library: Library, cancel: Event, console: Console) -> None:
    """Have new passages found by their meaning, too; where nothing is stored it would be done for nothing."""
    if library.kept:
        watched(library.learn(cancel), console)


def _folder(arguments: Arguments) -> Path:
    assert arguments.folder is not None
    return arguments.folder


def _tell(console: Console, library: Library, report: Report, action: str) -> None:
    if not library.kept and library.folders():
        console.note(_NOT_KEPT)
    console.result(_data(library, report), _words(library, report, action))


def _meaning_words(known: int, passages: int) -> str:
    meaning = shared()
    if trouble := meaning.trouble:
        return f"{trouble.message} 지금은 낱말로만 찾습니다. {trouble.advice}"
    if not meaning.available:
        return "뜻으로 찾는 부품이 설치되어 있지 않아 낱말로만 찾습니다. 프로그램을 다시 설치하면 뜻으로도 찾습니다."
    if known < passages:
        return f"뜻으로도 찾을 수 있는 대목 {known:,}개. 나머지는 biseo library sync로 이어서 익힙니다."
    return "모든 대목을 낱말과 뜻으로 찾습니다."


def _data(library: Library, report: Report) -> dict[str, Any]:
    return {
        "documents": report.documents,
        "passages": report.passages,
        "skipped": [{"path": each.path, "reason": each.reason} for each in report.skipped],
        "seconds": round(report.seconds, 2),
        "added": report.added,
        "changed": report.changed,
        "moved": report.moved,
        "removed": report.removed,
        "unchanged": report.unchanged,
        "ignored": report.ignored,
        "missing": list(report.missing),
        "folders": library.folders(),
        "stored": library.kept,
        "learned": library.learned()[0],
    }


def _words(library: Library, report: Report, action: str) -> str:
    folders = library.folders()
    lines = [f"문서 {report.documents:,}건, 대목 {report.passages:,}개"]
    if action in ("add", "sync"):
        counts = (
            ("새로 읽음", report.added), ("다시 읽음", report.changed), ("옮겨짐", report.moved),
            ("없어짐", report.removed), ("그대로", report.unchanged),
        )  # fmt: skip
        lines[0] += f" ({', '.join(f'{word} {count:,}' for word, count in counts)})"
        if report.ignored:
            lines.append(f"문서가 아니거나 숨김·임시 파일이어서 뺀 파일 {report.ignored:,}개")
    if action == "remove":
        lines.insert(
            0, f"폴더를 자료실에서 뺐습니다. 읽은 내용 {report.removed:,}건을 지웠고 문서 파일은 그대로입니다."
        )
    if action == "list":
        lines = [*(f"  {folder}" for folder in folders), *lines] if folders else ["자료실에 폴더가 없습니다."]
    known, all_of_them = library.learned()
    if library.kept and all_of_them:
        lines.append(_meaning_words(known, all_of_them))
    if report.skipped:
        lines.append(f"읽지 못한 것 {len(report.skipped):,}개")
        lines += [f"  {each.path}: {each.reason}" for each in report.skipped[:_SHOWN]]
        if len(report.skipped) > _SHOWN:
            lines.append(f"  그 밖에 {len(report.skipped) - _SHOWN:,}개")
    return "\n".join(lines)

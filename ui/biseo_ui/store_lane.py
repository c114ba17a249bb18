"""Works in the lane of the store: taken out with their sources, and written, the newest state of each only."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from biseo.document import Document
from biseo.errors import InputFileError, UserFacingError
from biseo.worksession import WorkSession, from_json
from biseo_ui.i18n import tr

if TYPE_CHECKING:
    from concurrent.futures import Future

    from biseo.vault import Vault

ELSEWHERE = ("ask",)
"""Tasks of works that are no drafts and are shown elsewhere: what was asked of the library."""
LOOKED_AT = 200
Told = Callable[[int, "UserFacingError | None"], object]
"""Number of an edition and why it could not be written; called in some thread."""


@dataclass(frozen=True)
class Loaded:
    """A work and those of its sources whose text was stored; this window has it open."""

    id: str
    work: WorkSession
    documents: tuple[Document, ...]


@dataclass(frozen=True)
class Edition:
    """A state that is to be written; `documents` are its sources by their names in the store."""

    number: int
    id: str
    work: WorkSession
    documents: Mapping[str, Document] = field(default_factory=dict)


class StoreLane:
    """All functions that take a `Vault` are called in its lane.

    Attributes:
        claimed: the work that this window has open.
    """

    def __init__(self, tell: Told) -> None:
        self._tell = tell
        self._lock = threading.Lock()
        self._slot: Edition | None = None
        self._stored: set[tuple[str, str]] = set()
        self.claimed = ""

    # taking out

    def load(self, vault: Vault, work: str) -> Loaded:
        """A stored work, claimed for this window.

        Raises:
            VaultError: it has gone, or another window has it open.
            InputFileError: what was stored is damaged or of a newer program.
        """
        vault.claim(work)
        try:
            session = from_json(vault.load_work(work).decode("utf-8"))
            return Loaded(work, session, self._documents(vault, work, session))
        except BaseException:
            vault.release(work)
            raise

    def last_unfinished(self, vault: Vault) -> Loaded | None:
        """The work that was on the page last; None when it is finished or open elsewhere."""
        from biseo.vault import VaultError

        for entry in [each for each in vault.works(LOOKED_AT) if each.task not in ELSEWHERE][:1]:
            session = from_json(vault.load_work(entry.id).decode("utf-8"))
            if entry.phase == "reviewed" and session.saved and Path(session.file).name:
                return None
            try:
                return self.load(vault, entry.id)
            except VaultError:
                return None
        return None

    def _documents(self, vault: Vault, work: str, session: WorkSession) -> tuple[Document, ...]:
        from biseo.stored_source import unpack
        from biseo.vault import VaultError

        found = []
        for mark in session.sources:
            try:
                packed = vault.load_source(mark.stored) if mark.stored else None
                if packed is not None:
                    found.append(unpack(packed, mark))
                    self._stored.add((work, mark.stored))
            except (InputFileError, VaultError):  # it is read from its file instead
                continue
        return tuple(found)

    # writing

    def put(self, edition: Edition) -> bool:
        """The newest state; whether `write_newest` is to be asked for, which it is not while an older one waits."""
        with self._lock:
            waits, self._slot = self._slot is not None, edition
        return not waits

    def write_newest(self, vault: Vault) -> None:
        """Write what was put last."""
        with self._lock:
            edition, self._slot = self._slot, None
        if edition is not None:
            self.write(vault, edition)

    def write(self, vault: Vault, edition: Edition, keep: str = "") -> None:
        """Write a state; with a label also as a version that is kept."""
        from biseo.vault import VaultError
        from biseo_ui.work_entry import entry_of

        work, name = edition.work, edition.id
        try:
            if name != self.claimed:
                vault.claim(name)
                self.claimed = name
            entry = entry_of(work)
            future = vault.save_work(
                name, work.to_json().encode("utf-8"), title=entry.title, task=work.task, phase=entry.phase,
                text=entry.text, keep=keep, sources=self._packed(edition),
            )  # fmt: skip
        except VaultError as error:
            self._tell(edition.number, error)
            return
        future.add_done_callback(lambda done: self._on_written(edition, done))

    def _packed(self, edition: Edition) -> dict[str, bytes | None]:
        """Texts of the sources that are not in the store yet, None for the others."""
        from biseo.stored_source import pack

        found: dict[str, bytes | None] = {mark.stored: None for mark in edition.work.sources if mark.stored}
        for stored, document in edition.documents.items():
            if stored in found and (edition.id, stored) not in self._stored:
                found[stored] = pack(document)
        return found

    def _on_written(self, edition: Edition, done: Future[int]) -> None:
        from biseo.stored_source import drop_packed

        error = done.exception()
        if error is None:
            self._stored.update((edition.id, stored) for stored in edition.documents)
            for document in edition.documents.values():
                drop_packed(document)
            self._tell(edition.number, None)
        elif isinstance(error, UserFacingError):
            self._tell(edition.number, error)
        else:
            self._tell(edition.number, _unexpected())


def _unexpected() -> UserFacingError:
    return UserFacingError(
        "unexpected", tr("작업을 저장하지 못했습니다."), tr("파일로 저장한 뒤 프로그램을 다시 열어 주세요.")
    )

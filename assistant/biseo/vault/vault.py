"""The encrypted store, open: works, their versions and parts, search, the audit log.

Safe to call from any thread. Changes go through one writer; what a future confirms survives a kill and a power cut.
"""

from __future__ import annotations

import contextlib
import re
import secrets
import threading
import zlib
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

from biseo.vault import audit, copies, digests, restoring, schema_pages, sealing, works
from biseo.vault import sources as source_table
from biseo.vault.cipher import Connection, connect, errors, prepare_for_writing, sound, translated
from biseo.vault.copies import Keys
from biseo.vault.errors import VaultError, vault_error
from biseo.vault.key_file import KeyFile, Places
from biseo.vault.keyrings import Keyring
from biseo.vault.locks import StoreLocks
from biseo.vault.own_keys import OwnKeys, check_passphrase
from biseo.vault.records import AuditLine, AuditReport, Restored, Version, WorkEntry
from biseo.vault.wiping import wipe
from biseo.vault.writer import Writer
from biseo_models.replacing import replace as replace_file

T = TypeVar("T")
_ID = re.compile(r"[0-9a-f]{32}")
UNDO = "undo"
"""Name of the part that holds a work's undo steps."""


class Vault(OwnKeys):
    """An open store; made by `biseo.vault.create` and `biseo.vault.open_vault`.

    Attributes:
        keys: what stands in the key file.
    """

    def __init__(
        self,
        places: Places,
        keys: KeyFile,
        secret: bytes,
        keyring: Keyring,
        locks: StoreLocks,
        on_trouble: Callable[[VaultError | None], None] | None = None,
    ) -> None:
        super().__init__(places, keys, secret, keyring)
        self._locks = locks
        self._on_trouble = on_trouble or (lambda _error: None)
        self._reading = threading.RLock()
        self._gone: set[str] = set()
        self._turns: dict[str, int] = {}
        self._purge = False
        self._at_close: list[Callable[[], None]] = []
        self._head = False
        self._reader: Connection | None = None
        self._writer: Writer | None = None
        self.journal = ""
        self._connect()

    # what is stored

    @staticmethod
    def new_id() -> str:
        """An id for a new work."""
        return secrets.token_hex(16)

    def save_work(
        self,
        work: str,
        snapshot: bytes,
        *,
        title: str,
        task: str,
        phase: str = "",
        text: str | None = None,
        keep: str = "",
        sources: Mapping[str, bytes | None] | None = None,
    ) -> Future[int]:
        """Save the last state of a work; a later call soon after takes the place of this one.

        Args:
            work: its id; a new one makes a new work.
            snapshot: the whole state as JSON.
            title: for the history.
            task: id of the document task.
            phase: where the work stands, one word.
            text: what search finds beside the title; None leaves it as it was.
            keep: also keep this state as a version, with this label.
            sources: packed texts (`biseo.stored_source`) that this state uses, by name, None for one that is there
                already; one that nothing uses any more goes. None leaves them as they were.

        Returns:
            Done with the number of the change when it is on the disk, within a second unless writing fails (`trouble`).

        Raises:
            VaultError: `closed`; `work-gone`: it was deleted here.
        """
        if not _ID.fullmatch(work):
            raise ValueError("an id is 32 hexadecimal figures")
        if work in self._gone:
            raise vault_error("work-gone")
        # A state that is kept is replaced by nothing, and what follows it must not be written before it.
        turn = self._turns.get(work, 0)
        key = ("work", work, turn)
        if keep:
            self._turns[work], key = turn + 1, ("kept", work, turn)

        def save(connection: Connection) -> int:
            seq, gone = works.save(connection, work, snapshot, title, task, phase, text, keep, sources)
            self._purge = self._purge or gone
            return seq

        return self._writing().put(key, save)

    def load_work(self, work: str) -> bytes:
        """The last state.

        Raises:
            VaultError: `work-gone`, `store-damaged`, `closed`.
        """
        return self._read(lambda connection: works.load(connection, work))

    def work(self, work: str) -> WorkEntry | None:
        """Its line in the history; None when there is none."""
        return self._read(lambda connection: works.entry(connection, work))

    def works(self, limit: int = 10_000, offset: int = 0) -> list[WorkEntry]:
        """The history, last changed first."""
        return self._read(lambda connection: works.entries(connection, limit, offset))

    def count(self) -> int:
        """How many works there are."""
        return self._read(lambda connection: int(connection.execute("SELECT count(*) FROM works").fetchone()[0]))

    def search(self, query: str, limit: int = 50) -> list[WorkEntry]:
        """Works whose title or text holds every word of the query, last changed first.

        The index is asked for the works whose words were changed last.
        """
        return self._read(lambda connection: works.search(connection, query, limit))

    def versions(self, work: str) -> list[Version]:
        """States that were kept, newest first."""
        return self._read(lambda connection: works.versions(connection, work))

    def load_version(self, version: int) -> bytes:
        """A kept state.

        Raises:
            VaultError: `version-gone`.
        """
        return self._read(lambda connection: works.load_version(connection, version))

    def save_part(self, work: str, name: str, data: bytes) -> Future[None]:
        """Save something of a work that is large and seldom changes (a source's text), or changes alone (undo).

        The future fails with `work-gone` when the work itself was never saved.
        """
        if work in self._gone:
            raise vault_error("work-gone")
        return self._writing().put(
            ("part", work, name), lambda connection: works.save_part(connection, work, name, data)
        )

    def load_part(self, work: str, name: str) -> bytes | None:
        """A part; None when there is none."""
        return self._read(lambda connection: works.load_part(connection, work, name))

    def part_names(self, work: str) -> list[str]:
        """Names of a work's parts."""
        return self._read(lambda connection: works.part_names(connection, work))

    def delete_part(self, work: str, name: str) -> None:
        """Delete a part so that nothing of it stays in the file."""
        self._purge = True
        self._do(lambda connection: works.delete_part(connection, work, name))

    def load_source(self, name: str) -> bytes | None:
        """A source's packed text; None when there is none of this name."""
        return self._read(lambda connection: source_table.load(connection, name))

    def source_names(self, work: str) -> list[str]:
        """Names of the sources that a work's last state uses."""
        return self._read(lambda connection: source_table.names(connection, work))

    def delete_work(self, work: str) -> None:
        """Delete a work with versions, parts and index so that nothing of it stays in the file or in our copies.

        Raises:
            VaultError: `work-open`: another window has it; or it cannot be written now.
        """
        self._delete([work])

    def sweep(self, days: int | None) -> int:
        """Delete what was not changed for `days`, except what a window has open; how many that were.

        Args:
            days: 0 keeps nothing that is not open; None keeps everything.
        """
        copies.sweep_copies(self._places)
        kept = digests.DAYS if days is None else min(days, digests.DAYS)
        if self._do(lambda connection: digests.sweep(connection, kept)):
            self.change(lambda _connection: None, deletes=True)
        if days is None:
            return 0

        def old(connection: Connection) -> list[str]:
            return [work for work in works.old(connection, days) if self._holder(connection, work) is None]

        gone = self._do(old)
        if gone:
            self._delete(gone)
        return len(gone)

    # what other rooms keep here

    def consult(self, look: Callable[[Connection], T]) -> T:
        """Look at the tables of another room (the library) without waiting for what is being written.

        Raises:
            VaultError: `store-damaged`, `closed`.
        """
        return self._read(look, flush=False)

    def change(self, work: Callable[[Connection], T], *, deletes: bool = False) -> T:
        """Change the tables of another room, in a transaction; on the disk when this returns.

        Args:
            work: short, for everything else that is saved waits for it.
            deletes: nothing of what it deletes may stay in the file or in our copies.

        Raises:
            VaultError: it cannot be written now; nothing has changed.
        """
        self._purge = self._purge or deletes
        done = self._do(work)
        if deletes:
            copies.sweep_copies(self._places, everything=True)
        return done

    # who has a work open

    def claim(self, work: str) -> None:
        """This window has the work open.

        Raises:
            VaultError: `work-open`: another window has it.
        """

        def take(connection: Connection) -> None:
            holder = self._holder(connection, work)
            if holder is not None and holder != self._locks.place:
                raise vault_error("work-open")
            connection.execute("INSERT OR REPLACE INTO claims (id, place) VALUES (?, ?)", (work, self._locks.place))

        self._do(take)

    def release(self, work: str) -> None:
        """This window does not have it open any more."""
        place = self._locks.place
        self._do(
            lambda connection: (
                connection.execute("DELETE FROM claims WHERE id = ? AND place = ?", (work, place)) and None
            )
        )

    # the audit log

    def log(
        self,
        action: str,
        *,
        task: str = "",
        files: tuple[str, ...] = (),
        model: str = "",
        counts: dict[str, int] | None = None,
        review: str = "",
    ) -> Future[int]:
        """Add a line to the audit log; done with its number when it is on the disk.

        Args:
            action: a short English word of the program (`draft`, `export`, `delete`, …).
            task: id of the document task.
            files: SHA-256 of files read or written.
            model: SHA-256 of the model file.
            counts: figures by name.
            review: result of the review, a short English word.

        Raises:
            ValueError: something that is no such word, hash or figure; text never reaches the log.
        """
        entry = audit.entry_of(action, task, files, model, counts or {}, review)

        def add(connection: Connection) -> int:
            self._head = True
            return audit.append(connection, entry)

        return self._writing().put(object(), add)

    def audit_lines(self) -> list[AuditLine]:
        """The whole log, oldest first."""
        return self._read(audit.lines)

    def audit_report(self) -> AuditReport:
        """Whether anything in the log was changed, removed or reordered."""
        path = self._places.audit_head
        return self._read(lambda connection: audit.verify(connection, path, self._secret))

    def audit_csv(self) -> bytes:
        """The log for a spreadsheet."""
        return audit.as_csv(self.audit_lines())

    # the whole store

    @property
    def trouble(self) -> VaultError | None:
        """Why writing fails at present; None when it works."""
        return self._writer.trouble if self._writer else None

    def flush(self) -> None:
        """Write what waits.

        Raises:
            VaultError: it cannot be written now; it is tried again every second.
        """
        trouble = self._writing().flush()
        if trouble is not None:
            raise trouble

    def check(self) -> bool:
        """Whether every page of the file is authentic and its structure sound; reads all of it."""
        try:
            self.flush()
            connection = connect(self._places.database, self._secret, read_only=True)
            try:
                return sound(connection)
            finally:
                connection.close()
        except errors():
            return False

    def backup(self, target: Path, passphrase: str | None = None, watch: copies.Watch = lambda _share: None) -> None:
        """Write the whole store to one encrypted file.

        Args:
            target: replaced when it exists.
            passphrase: opens the backup beside the recovery code.
            watch: told the share that is done; what it raises ends the work.

        Raises:
            VaultError: `passphrase-short`, `backup-target`, `backup-full`, or what waits cannot be written.
        """
        if passphrase is not None:
            check_passphrase(passphrase)
        self.flush()
        connection = connect(self._places.database, self._secret, read_only=True)
        try:
            copies.write_backup(connection, target, self.keys, self._secret, passphrase, watch)
        finally:
            connection.close()

    def restore(
        self,
        source: Path,
        *,
        passphrase: str | None = None,
        recovery_code: str | None = None,
        watch: copies.Watch = lambda _share: None,
    ) -> Restored:
        """Put a backup's works in the place of this store's.

        What was here is kept for a week as a backup that this store opens (`Restored.before`). The audit log is not
        turned back. Killed in the middle of it, the program finds either what was here or what was restored.

        Args:
            source: the backup.
            passphrase: of the backup.
            recovery_code: of the store that it was made of.
            watch: told the share that is done; what it raises ends the work until the very last step.

        Raises:
            VaultError: the backup cannot be opened, or another window has the store open; nothing has changed.
        """
        self.flush()
        secret = self._secret
        with self._locks.alone(), restoring.told_as_restore_errors():
            keys = Keys(passphrase, recovery_code)
            with restoring.unpacked(source, self._places, keys, secret, watch) as fresh:
                self._read(lambda connection: restoring.finish(fresh, secret, connection))
                watch(0.5)
                before = self._kept_before_restore(lambda share: watch(0.5 + 0.45 * share))
                watch(0.95)
                self._disconnect()
                try:
                    restoring.remove_logs(self._places)
                    replace_file(fresh, self._places.database)
                finally:
                    self._connect()
                self._gone.clear()
        schema_pages.keep(self._places.database, self._places.schema_pages, secret)
        count = self.count()
        self.log("restore", counts={"works": count}).result()
        return Restored(count, before)

    def _kept_before_restore(self, watch: copies.Watch) -> Path:
        """What is here now, as a backup among our own copies."""
        self._places.copies.mkdir(parents=True, exist_ok=True)
        target = copies.free_name(self._places.copies, "before-restore", copies.SUFFIX)
        self._read(lambda connection: copies.write_backup(connection, target, self.keys, self._secret, None, watch))
        return target

    # while nobody is at the PC

    @property
    def resting(self) -> bool:
        """Whether the file is closed and the key wiped, while this window's place is kept."""
        return self._writer is None and self._locks.place >= 0

    def rest(self, words: bytes) -> bytes:
        """Write what waits, close the file and wipe the key; `biseo.vault.wake` opens it again.

        This window's place and the works that it has open stay its own meanwhile.

        Args:
            words: anything that must be kept but not readable meanwhile.

        Returns:
            `words`, encrypted under the key that is wiped.

        Raises:
            VaultError: something cannot be written; the store is still open.
        """
        self.flush()
        sealed = sealing.sealed(self._secret, words)
        self._disconnect()
        wipe(self._secret)
        return sealed

    def wake(self, keys: KeyFile, secret: bytes, sealed: bytes) -> bytes:
        """Open the file again; what was sealed by `rest`.

        Raises:
            VaultError: the file cannot be opened; the store rests on.
        """
        if self._writer is not None:
            raise vault_error("in-use")
        words = sealing.opened(secret, sealed)
        self.keys = keys
        self._secret[:] = secret
        try:
            self._connect(anew=False)
        except BaseException:
            wipe(self._secret)
            raise
        return words

    @property
    def places(self) -> Places:
        """Its files."""
        return self._places

    def close(self, *, abandon: bool = False) -> None:
        """Write what waits, close, and wipe the key as far as Python allows.

        Args:
            abandon: close even when something cannot be written.

        Raises:
            VaultError: something cannot be written; the store is still open and at it.
        """
        if self._writer is None:
            self._locks.release()
            return
        place = self._locks.place
        with contextlib.suppress(VaultError):
            self._writer.put(
                object(), lambda connection: connection.execute("DELETE FROM claims WHERE place = ?", (place,)) and None
            )
        self._disconnect(abandon=abandon)
        self._locks.release()
        wipe(self._secret)
        while self._at_close:
            self._at_close.pop()()

    def at_close(self, work: Callable[[], None]) -> None:
        """Do `work` once when the store has been closed: what another room took from it goes with the key."""
        self._at_close.append(work)

    def __enter__(self) -> Vault:
        return self

    def __exit__(self, *_: object) -> None:
        self.close(abandon=True)

    # inside

    def _connect(self, *, anew: bool = True) -> None:
        reader: Connection = None
        try:
            reader = connect(self._places.database, self._secret, read_only=True)
            reader.execute("SELECT count(*) FROM works").fetchone()
            self._writer = Writer(self._connect_for_writing, self._after_commit, self._on_trouble)
        except BaseException as error:
            if reader is not None:
                reader.close()
            if isinstance(error, errors()):
                raise translated(error) from None
            raise
        self._reader = reader
        place = self._locks.place
        if place >= 0 and anew:  # what an earlier process of this place left
            self._writer.put(
                object(), lambda connection: connection.execute("DELETE FROM claims WHERE place = ?", (place,)) and None
            )
        self._head = True

    def _connect_for_writing(self) -> Connection:
        connection = connect(self._places.database, self._secret)
        try:
            self.journal = prepare_for_writing(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _disconnect(self, *, abandon: bool = False) -> None:
        writer, reader = self._writing(), self._reader
        with self._reading:
            if reader is not None:
                reader.close()
            self._reader = None
        try:
            writer.close(abandon=abandon)
        except VaultError:
            with self._reading:
                self._reader = connect(self._places.database, self._secret, read_only=True)
            raise
        self._writer = None

    def _writing(self) -> Writer:
        if self._writer is None:
            raise vault_error("closed")
        return self._writer

    def _do(self, work: Callable[[Connection], T]) -> T:
        return self._writing().do(work)

    def _read(self, look: Callable[[Connection], T], *, flush: bool = True) -> T:
        """Look at what is stored, with everything that was put before; while writing fails, without waiting for it."""
        writer = self._writing()
        if flush and writer.trouble is None:
            writer.flush()
        with self._reading:
            if self._reader is None:
                raise vault_error("closed")
            try:
                return look(self._reader)
            except errors() as error:
                self._reader.close()  # after one damaged page SQLCipher refuses all others
                self._reader = connect(self._places.database, self._secret, read_only=True)
                raise translated(error) from None
            except zlib.error:
                raise vault_error("store-damaged") from None

    def _delete(self, ids: list[str]) -> None:
        def remove(connection: Connection) -> None:
            for work in ids:
                if self._holder(connection, work) not in (None, self._locks.place):
                    raise vault_error("work-open")
            works.delete(connection, ids)

        self._purge = True
        self._do(remove)
        self._gone.update(ids)
        copies.sweep_copies(self._places, everything=True)

    def _holder(self, connection: Connection, work: str) -> int | None:
        """Place of the living process that has a work open."""
        row = connection.execute("SELECT place FROM claims WHERE id = ?", (work,)).fetchone()
        return int(row[0]) if row is not None and self._locks.alive(int(row[0])) else None

    def _after_commit(self, connection: Connection) -> None:
        if self._head:
            with contextlib.suppress(OSError):  # the next commit tries again
                audit.keep_head(self._places.audit_head, self._secret, connection)
                self._head = False
        if self._purge:
            with contextlib.suppress(errors()):
                connection.execute("PRAGMA incremental_vacuum").fetchall()
                # the log still holds the pages as they were; another window's reading can hold it up for a moment
                busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
                self._purge = bool(busy)

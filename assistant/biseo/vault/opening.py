"""Making, opening and mending the store. Never makes a new one where one was."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from biseo import paths
from biseo.vault import audit, copies, key_file, recovery, schema, schema_pages
from biseo.vault.cipher import connect, errors, new_secret, prepare_for_writing, translated
from biseo.vault.copies import copy_before
from biseo.vault.errors import VaultError, vault_error
from biseo.vault.key_file import KeyFile, Places, check_of
from biseo.vault.keyrings import Keyring, SystemKeyring
from biseo.vault.locks import StoreLocks
from biseo.vault.own_keys import check_passphrase, passphrase_slot
from biseo.vault.records import Rescued, Restored
from biseo.vault.rescue import rebuild
from biseo.vault.restoring import remove_logs
from biseo.vault.vault import Vault
from biseo.vault.wiping import wipe
from biseo.vault.wrapping import WrongSecret, passphrase_bytes, unwrap, wrap
from biseo_models.folder_lock import FolderLock
from biseo_models.replacing import replace

State = Literal["absent", "present", "lost"]
Trouble = Callable[[VaultError | None], None]


@dataclass(frozen=True)
class Look:
    """What can be told of a store without opening it.

    Attributes:
        state: `absent` (never made), `present`, or `lost` (made once, but files are gone).
        unlock: `keyring` or `passphrase`; empty unless the key file can be read.
        recovery_shown: the user confirmed to have written down the recovery code.
    """

    state: State
    unlock: str = ""
    recovery_shown: bool = False


def look(home: Path | None = None) -> Look:
    """The store of a home; `BISEO_HOME` or the user's own when none is given.

    Raises:
        VaultError: `keys-newer`.
    """
    places = Places(home or paths.home())
    state = _state(places)
    if state == "absent":
        return Look(state)
    try:
        keys = key_file.load(places)
    except VaultError as error:
        if error.code != "keys-lost":
            raise
        return Look("lost")
    return Look(state, keys.unlock, keys.recovery_shown)


def create(
    home: Path | None = None,
    *,
    passphrase: str | None = None,
    keyring: Keyring | None = None,
    replace_lost: bool = False,
    on_trouble: Trouble | None = None,
) -> tuple[Vault, str]:
    """Make the store at the first start.

    It is made in a folder of its own and gets its name at last, so that a program that is killed meanwhile leaves no
    half store.

    Args:
        home: as for `look`.
        passphrase: opens the store; without one its key goes into the operating system's credential store.
        keyring: the credential store; the system's own when none is given.
        replace_lost: also where a store's files are gone; what is left of it is moved aside, not removed.
        on_trouble: see `Writer`.

    Returns:
        The open store and its recovery code, to be shown to the user once.

    Raises:
        VaultError: `exists`, `store-lost`, `keyring-…`, `passphrase-short`, `store-refused`, `disk-full`.
    """
    places = Places(home or paths.home())
    ring = keyring or SystemKeyring()
    secret, code = new_secret(), recovery.new_code()
    slots = {"recovery": wrap(secret, recovery.decode(code), "recovery")}
    if passphrase is not None:
        slots["passphrase"] = passphrase_slot(secret, passphrase)
    unlock = "keyring" if passphrase is None else "passphrase"
    keys = KeyFile(os.urandom(16).hex(), unlock, check_of(secret), slots)
    try:
        places.home.mkdir(parents=True, exist_ok=True)
        with _only_one(places):
            state = _state(places)
            if state == "present":
                raise vault_error("exists")
            if state == "lost" and not replace_lost:
                raise vault_error("store-lost")
            _make(places, keys, secret, ring)
    except OSError as error:
        raise vault_error("store-refused") from error
    vault = _open(places, keys, secret, ring, on_trouble)
    wipe(secret)
    return vault, code


def open_vault(
    home: Path | None = None,
    *,
    passphrase: str | None = None,
    recovery_code: str | None = None,
    keyring: Keyring | None = None,
    on_trouble: Trouble | None = None,
) -> Vault:
    """Open the store.

    Args:
        home: as for `look`.
        passphrase: where one protects the store.
        recovery_code: instead of a lost key or passphrase; a lost key is put into the credential store again.
        keyring: as for `create`.
        on_trouble: see `Writer`.

    Raises:
        VaultError: its code tells why; nothing is made or changed then.
    """
    places = Places(home or paths.home())
    ring = keyring or SystemKeyring()
    keys = _known(places)
    secret = _unlocked(keys, ring, passphrase, recovery_code)
    if not places.database.is_file():
        raise vault_error("store-lost")
    vault = _open(places, keys, secret, ring, on_trouble)
    if recovery_code is not None and keys.unlock == "keyring":
        with contextlib.suppress(VaultError):  # still locked, or none on this PC: the code opens it next time, too
            ring.set(keys.store, secret.hex())
    wipe(secret)
    vault.forget_left_key()
    return vault


def prove(vault: Vault, *, passphrase: str | None = None, recovery_code: str | None = None) -> None:
    """Whether this would open the store that is open: asked before what only its owner may do.

    Raises:
        VaultError: as for `open_vault`; it would not.
    """
    keys = _known(vault.places)
    wipe(_unlocked(keys, vault.keyring, passphrase, recovery_code))


def wake(vault: Vault, sealed: bytes, *, passphrase: str | None = None, recovery_code: str | None = None) -> bytes:
    """Open a store again that rests (`Vault.rest`), in whatever way it is opened now; what was sealed.

    Raises:
        VaultError: as for `open_vault`; the store rests on.
    """
    keys = _known(vault.places)
    secret = _unlocked(keys, vault.keyring, passphrase, recovery_code)
    try:
        words = vault.wake(keys, secret, sealed)
        if recovery_code is not None and keys.unlock == "keyring":
            with contextlib.suppress(VaultError):
                vault.keyring.set(keys.store, secret.hex())
    finally:
        wipe(secret)
    return words


def restore_anew(
    source: Path,
    home: Path | None = None,
    *,
    passphrase: str | None = None,
    recovery_code: str | None = None,
    own_passphrase: str | None = None,
    keyring: Keyring | None = None,
    on_trouble: Trouble | None = None,
    watch: copies.Watch = lambda _share: None,
) -> tuple[Vault, Restored]:
    """Restore a backup where there is no store, or one whose files are gone: a new store with the backup's works.

    Args:
        source: the backup; it is opened before anything is made.
        home: as for `look`.
        passphrase: of the backup.
        recovery_code: of the store that the backup was made of.
        own_passphrase: opens the new store; without one its key goes into the credential store.
        keyring: as for `create`.
        on_trouble: see `Writer`.
        watch: told the share that is done; what it raises ends the work.

    Returns:
        The open store; its recovery code was never shown, so that a new one has to be made and shown.

    Raises:
        VaultError: as for `create` and `Vault.restore`; nothing is made then.
    """
    places = Places(home or paths.home())
    if own_passphrase is not None:
        check_passphrase(own_passphrase)
    try:
        places.home.mkdir(parents=True, exist_ok=True)
        with copies.opened_backup(source, places.home, copies.Keys(passphrase, recovery_code), None):
            watch(0.0)
    except OSError as error:
        raise vault_error("restore-full" if copies.is_full(error) else "store-refused") from error
    vault, _code = create(
        places.home, passphrase=own_passphrase, keyring=keyring, replace_lost=True, on_trouble=on_trouble
    )
    try:
        return vault, vault.restore(source, passphrase=passphrase, recovery_code=recovery_code, watch=watch)
    except BaseException:
        vault.close(abandon=True)
        raise


def rescue(
    home: Path | None = None,
    *,
    passphrase: str | None = None,
    recovery_code: str | None = None,
    keyring: Keyring | None = None,
    on_trouble: Trouble | None = None,
) -> tuple[Vault, Rescued]:
    """Put what can still be read of a damaged store into a new file; the damaged one is kept beside.

    Raises:
        VaultError: as for `open_vault`, and `nothing-saved`, `in-use`; nothing is changed then.
    """
    places = Places(home or paths.home())
    ring = keyring or SystemKeyring()
    keys = _known(places)
    secret = _unlocked(keys, ring, passphrase, recovery_code)
    if not places.database.is_file():
        raise vault_error("store-lost")
    fresh = places.folder / "rescued.db"
    try:
        with StoreLocks(places.locks).alone():
            try:
                told = rebuild(places, secret, fresh)
                places.copies.mkdir(parents=True, exist_ok=True)
                _set_aside(places)
                replace(fresh, places.database)
            finally:
                fresh.unlink(missing_ok=True)
        schema_pages.keep(places.database, places.schema_pages, secret)
    except OSError as error:
        raise vault_error("store-refused") from error
    except errors() as error:
        raise translated(error) from None
    vault = _open(places, keys, secret, ring, on_trouble)
    wipe(secret)
    return vault, told


def set_aside(home: Path | None = None) -> Path:
    """Move a store that nobody can read any more out of the way; `create` can make another then.

    Returns:
        The folder where all of it lies now.

    Raises:
        VaultError: `in-use`, `absent`, `store-refused`; nothing is changed then.
    """
    places = Places(home or paths.home())
    if _state(places) == "absent":
        raise vault_error("absent")
    try:
        with _only_one(places):
            with StoreLocks(places.locks).alone():
                pass  # nobody has it open, and nobody can open it meanwhile who was not here first
            return _move_remains(places)
    except OSError as error:
        raise vault_error("store-refused") from error


def _state(places: Places) -> State:
    remains = [places.database, places.keys, places.copy_of_keys]
    there = [path for path in remains if path.exists()]
    if not there:
        return "absent"
    return "present" if places.database.is_file() else "lost"


def _known(places: Places) -> KeyFile:
    if _state(places) == "absent":
        raise vault_error("absent")
    if not places.folder.is_dir():
        raise vault_error("store-lost")
    return key_file.load(places)


def _unlocked(keys: KeyFile, ring: Keyring, passphrase: str | None, recovery_code: str | None) -> bytes:
    """The store's key."""
    if recovery_code is not None:
        return _from_slot(keys, "recovery", recovery.decode(recovery_code), "recovery-wrong")
    if passphrase is not None and "passphrase" in keys.slots:
        return _from_slot(keys, "passphrase", passphrase_bytes(passphrase), "passphrase-wrong")
    if keys.unlock == "passphrase":
        raise vault_error("passphrase-needed")
    kept = ring.get(keys.store)
    if kept is None:
        raise vault_error("key-missing")
    try:
        secret = bytes.fromhex(kept)
    except ValueError:
        raise vault_error("key-wrong") from None
    wipe(kept)
    if not keys.fits(secret):
        raise vault_error("key-wrong")
    return secret


def _from_slot(keys: KeyFile, purpose: str, secret: bytes, refusal: str) -> bytes:
    try:
        key = unwrap(keys.slots[purpose], secret, purpose)
    except (KeyError, WrongSecret):
        raise vault_error(refusal) from None
    if not keys.fits(key):
        raise vault_error(refusal)
    return key


def _open(places: Places, keys: KeyFile, secret: bytes, ring: Keyring, on_trouble: Trouble | None) -> Vault:
    locks = StoreLocks(places.locks)
    try:
        _migrated(places, secret, locks)
        locks.share()
        return Vault(places, keys, secret, ring, locks, on_trouble)
    except OSError as error:
        locks.release()
        raise vault_error("store-refused") from error
    except BaseException:
        locks.release()
        raise


def _migrated(places: Places, secret: bytes, locks: StoreLocks) -> None:
    """Bring an older store to the newest tables; a copy is made before, and nobody else may have it open."""
    try:
        connection = connect(places.database, secret)
        try:
            version = schema.version_of(connection)
            if version > schema.NEWEST:
                raise vault_error("store-newer")
            if version == schema.NEWEST:
                return
            if version == 0:  # an empty file in the place of ours
                raise vault_error("store-damaged")
            with locks.alone():
                copy_before(connection, places, secret, f"before-version-{schema.NEWEST}")
                schema.migrate(connection)
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()
    except errors() as error:
        raise translated(error) from None
    schema_pages.keep(places.database, places.schema_pages, secret)


def _make(places: Places, keys: KeyFile, secret: bytes, ring: Keyring) -> None:
    _clear_unfinished(places)
    made = Places(places.home / f".new-{os.urandom(8).hex()}")
    made.folder.mkdir(parents=True)
    made.folder.chmod(0o700)
    try:
        connection = connect(made.database, secret, make=True)
        try:
            schema.migrate(connection)
            prepare_for_writing(connection)
        finally:
            connection.close()  # the last connection takes the log with it
        schema_pages.keep(made.database, made.schema_pages, secret)
        audit.write_head(made.audit_head, secret, 0, audit.START)
        keys.save(made)
        if keys.unlock == "keyring":
            ring.set(keys.store, secret.hex())
        if places.folder.exists() or places.copy_of_keys.exists():
            _move_remains(places)
        replace(made.folder, places.folder)
        replace(made.copy_of_keys, places.copy_of_keys)
    except errors() as error:
        raise translated(error) from None
    finally:
        shutil.rmtree(made.home, ignore_errors=True)


def _clear_unfinished(places: Places) -> None:
    """Folders of first starts that were killed."""
    for left in places.home.glob(".new-*"):
        shutil.rmtree(left, ignore_errors=True)


def _move_remains(places: Places) -> Path:
    """What is left of a lost store goes aside; it may still be found again."""
    number = 1
    while (aside := places.home / f"vault-lost-{number}").exists():
        number += 1
    if places.folder.exists():
        replace(places.folder, aside)
    aside.mkdir(exist_ok=True)
    if places.copy_of_keys.exists():
        replace(places.copy_of_keys, aside / places.copy_of_keys.name)
    return aside


def _set_aside(places: Places) -> None:
    """The damaged database, and the log that belongs to it, get names of their own."""
    number = 1
    while (aside := places.copies / f"damaged-{number}.db").exists():
        number += 1
    for suffix in ("-wal", ""):
        part = places.database.with_name(places.database.name + suffix)
        if part.exists():
            shutil.copyfile(part, aside.with_name(aside.name + suffix))
    remove_logs(places)


@contextlib.contextmanager
def _only_one(places: Places) -> Iterator[None]:
    """Two first starts at once make one store."""
    lock = FolderLock(places.home / "vault-start.lock")
    if not lock.acquire():
        raise vault_error("in-use")
    try:
        yield
    finally:
        lock.release()

"""The key file: says that a store exists, and holds its key under each secret that opens it. Nothing is in the clear.

It is written twice, beside the database and one folder above, so that neither a lost file nor a lost folder makes the
program believe that there never was a store.
"""

from __future__ import annotations

import base64
import contextlib
import hmac
import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from biseo.vault.errors import vault_error
from biseo.vault.wrapping import Slot, derived_key
from biseo_models.replacing import read_text, save_text

FORMAT = 1
FILE, COPY, FOLDER, DATABASE = "keys.json", "vault-keys.json", "vault", "biseo.db"


@dataclass(frozen=True)
class Places:
    """The files of the store in one home."""

    home: Path

    @property
    def folder(self) -> Path:
        """The store's own folder."""
        return self.home / FOLDER

    @property
    def database(self) -> Path:
        """The encrypted database."""
        return self.folder / DATABASE

    @property
    def keys(self) -> Path:
        """The key file."""
        return self.folder / FILE

    @property
    def copy_of_keys(self) -> Path:
        """The second key file, outside the folder."""
        return self.home / COPY

    @property
    def schema_pages(self) -> Path:
        """A copy of the pages that hold the schema, encrypted as they are in the database."""
        return self.folder / "schema-pages.bin"

    @property
    def audit_head(self) -> Path:
        """Number and chain of the last audit line, outside the table."""
        return self.folder / "audit-head.json"

    @property
    def locks(self) -> Path:
        """The folder of lock files."""
        return self.folder / "locks"

    @property
    def copies(self) -> Path:
        """Encrypted copies made before the store was changed as a whole."""
        return self.folder / "copies"


@dataclass(frozen=True)
class KeyFile:
    """What is known of a store without opening it.

    Attributes:
        store: 32 hexadecimal figures; the name of its key in the credential store.
        unlock: `keyring` or `passphrase`.
        check: of the right key, to tell a wrong one from a damaged database.
        slots: the key under each secret, by purpose.
        recovery_shown: the user confirmed to have written down the recovery code.
        keyring_left: the key may still lie in the credential store although a passphrase opens the store.
    """

    store: str
    unlock: str
    check: str
    slots: dict[str, Slot] = field(default_factory=dict)
    recovery_shown: bool = False
    keyring_left: bool = False

    def fits(self, secret: bytes | bytearray) -> bool:
        """Whether this is the store's key."""
        return hmac.compare_digest(self.check, check_of(secret))

    def with_slot(self, slot: Slot) -> KeyFile:
        """With a slot added or replaced."""
        return replace(self, slots={**self.slots, slot.purpose: slot})

    def save(self, places: Places) -> None:
        """Write both files.

        Raises:
            OSError: one of them cannot be written; the other is whole, and so is what was there before.
        """
        data = {
            "format": FORMAT,
            "store": self.store,
            "unlock": self.unlock,
            "check": self.check,
            "slots": {purpose: slot.data() for purpose, slot in self.slots.items()},
            "recovery_shown": self.recovery_shown,
            "keyring_left": self.keyring_left,
        }
        text = json.dumps(data, indent=1)
        save_text(places.keys, text)
        save_text(places.copy_of_keys, text)


def load(places: Places) -> KeyFile:
    """The key file, from its copy when it is lost or damaged; both are whole again afterwards where they can be.

    Raises:
        VaultError: `keys-lost`, `keys-newer`.
    """
    first = _read(places.keys)
    second = _read(places.copy_of_keys)
    found = first or second
    if found is None:
        raise vault_error("keys-lost")
    if first != second and places.folder.is_dir():
        with contextlib.suppress(OSError):
            found.save(places)
    return found


def check_of(secret: bytes | bytearray) -> str:
    """What the key file remembers of a key; tells nothing about it."""
    return base64.b64encode(derived_key(secret, "check")).decode("ascii")


def _read(path: Path) -> KeyFile | None:
    try:
        data: Any = json.loads(read_text(path))
        if not isinstance(data, dict):
            return None
        if isinstance(data.get("format"), int) and data["format"] > FORMAT:
            raise vault_error("keys-newer")
        slots = {str(purpose): Slot.from_data(slot) for purpose, slot in data["slots"].items()}
        store, unlock, check = data["store"], data["unlock"], data["check"]
    except (OSError, ValueError, KeyError, AttributeError):
        return None
    named = all(isinstance(word, str) for word in (store, unlock, check))
    if not named or unlock not in ("keyring", "passphrase") or not store.isalnum():
        return None
    shown, left = (data.get(name) is True for name in ("recovery_shown", "keyring_left"))
    return KeyFile(store, unlock, check, slots, shown, left)

"""The first page of the database, kept a second time: without it no other page can be reached.

It holds the schema, whose pages never move, so a copy from the day the store was made still leads to everything. Only
what it says about the length of the file is out of date; that is set right, and the page sealed again, before a copy of
a damaged store is opened with it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from pathlib import Path

from biseo.vault.cipher import KEY_BYTES, PAGE, SALT_BYTES
from biseo_models.replacing import replace

_IV, _MAC = 16, 64
_RESERVED = _IV + _MAC
_CHANGES, _PAGES, _FREE, _VALID_FOR = 24, 28, 32, 92
"""Places in the header of an SQLite file."""


def keep(database: Path, target: Path) -> None:
    """Copy the first page as it is on the disk, encrypted.

    Raises:
        OSError: it cannot be read or written.
    """
    with database.open("rb") as stream:
        page = stream.read(PAGE)
    if len(page) != PAGE:
        return
    temporary = target.with_suffix(".new")
    temporary.write_bytes(page)
    replace(temporary, target)


def put_back(database: Path, kept: Path, secret: bytes) -> bool:
    """Give a copy of a damaged database the kept first page; False when the kept one is damaged, too.

    Raises:
        OSError: a file cannot be read or written.
    """
    if not kept.is_file():
        return False
    page = _opened(kept.read_bytes(), secret)
    if page is None:
        return False
    plain = bytearray(page)
    pages = max(1, database.stat().st_size // PAGE)
    plain[_PAGES : _PAGES + 4] = pages.to_bytes(4, "big")
    plain[_FREE : _FREE + 8] = bytes(8)
    plain[_VALID_FOR : _VALID_FOR + 4] = plain[_CHANGES : _CHANGES + 4]
    with database.open("r+b") as stream:
        stream.write(_sealed(bytes(plain), secret))
    return True


def _opened(page: bytes, secret: bytes) -> bytes | None:
    """The plain page, its first 16 bytes filled with SQLite's own; None when it is not authentic."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    if len(page) != PAGE:
        return None
    body, iv, mac = page[SALT_BYTES:-_RESERVED], page[-_RESERVED:-_MAC], page[-_MAC:]
    if not hmac.compare_digest(mac, _mac(body + iv, secret)):
        return None
    decryptor = Cipher(algorithms.AES(secret[:KEY_BYTES]), modes.CBC(iv)).decryptor()
    return b"SQLite format 3\0" + decryptor.update(body) + decryptor.finalize()


def _sealed(plain: bytes, secret: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    iv = secrets.token_bytes(_IV)
    encryptor = Cipher(algorithms.AES(secret[:KEY_BYTES]), modes.CBC(iv)).encryptor()
    body = encryptor.update(plain[SALT_BYTES:]) + encryptor.finalize()
    return secret[KEY_BYTES:] + body + iv + _mac(body + iv, secret)


def _mac(data: bytes, secret: bytes) -> bytes:
    """SQLCipher 4: HMAC-SHA512 over page and number, its key from two rounds of PBKDF2."""
    salt = bytes(byte ^ 0x3A for byte in secret[KEY_BYTES:])
    key = hashlib.pbkdf2_hmac("sha512", secret[:KEY_BYTES], salt, 2, KEY_BYTES)
    return hmac.new(key, data + (1).to_bytes(4, "little"), hashlib.sha512).digest()

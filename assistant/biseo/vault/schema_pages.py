"""The pages that hold the schema, kept a second time: without them no other page can be reached.

The schema never moves once it is made, so a copy from that day still leads to everything. Only what the first page says
about the length of the file is out of date; that is set right, and the page sealed again, before a copy of a damaged
store is opened with it. All pages are kept encrypted, as they are in the database.
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
_HEADER = 100
_INTERIOR = 5
_NUMBER = 4
_MOST_PAGES = 64


def keep(database: Path, target: Path, secret: bytes | bytearray) -> None:
    """Copy the schema's pages as they are on the disk.

    Raises:
        OSError: a file cannot be read or written.
    """
    found: dict[int, bytes] = {}
    with database.open("rb") as stream:
        wanted = [1]
        while wanted and len(found) < _MOST_PAGES:
            number = wanted.pop()
            stream.seek((number - 1) * PAGE)
            page = stream.read(PAGE)
            plain = _opened(page, number, secret)
            if plain is None:
                return  # what was kept before is better than half of it
            found[number] = page
            wanted += _children(plain, _HEADER if number == 1 else 0)
    temporary = target.with_suffix(".new")
    temporary.write_bytes(b"".join(number.to_bytes(_NUMBER, "big") + found[number] for number in sorted(found)))
    replace(temporary, target)


def put_back(database: Path, kept: Path, secret: bytes) -> bool:
    """Give a copy of a damaged database the kept pages; False when they are damaged, too.

    Raises:
        OSError: a file cannot be read or written.
    """
    if not kept.is_file():
        return False
    data = kept.read_bytes()
    step = _NUMBER + PAGE
    found = {
        int.from_bytes(data[at : at + _NUMBER], "big"): data[at + _NUMBER : at + step]
        for at in range(0, len(data), step)
    }
    first = _opened(found.get(1, b""), 1, secret)
    if first is None or any(_opened(page, number, secret) is None for number, page in found.items()):
        return False
    plain = bytearray(first)
    pages = max(1, database.stat().st_size // PAGE)
    plain[_PAGES : _PAGES + 4] = pages.to_bytes(4, "big")
    plain[_FREE : _FREE + 8] = bytes(8)
    plain[_VALID_FOR : _VALID_FOR + 4] = plain[_CHANGES : _CHANGES + 4]
    found[1] = _sealed(bytes(plain), secret)
    with database.open("r+b") as stream:
        for number, page in found.items():
            stream.seek((number - 1) * PAGE)
            stream.write(page)
    return True


def _children(plain: bytes, start: int) -> list[int]:
    """Pages below an inner page of a table."""
    if plain[start] != _INTERIOR:
        return []
    count = int.from_bytes(plain[start + 3 : start + 5], "big")
    cells = [int.from_bytes(plain[at : at + 2], "big") for at in range(start + 12, start + 12 + 2 * count, 2)]
    below = [int.from_bytes(plain[cell : cell + 4], "big") for cell in cells]
    return [*below, int.from_bytes(plain[start + 8 : start + 12], "big")]


def _opened(page: bytes, number: int, secret: bytes | bytearray) -> bytes | None:
    """The plain page, the first 16 bytes of the file filled with SQLite's own; None when it is not authentic."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    if len(page) != PAGE:
        return None
    start = SALT_BYTES if number == 1 else 0
    body, iv, mac = page[start:-_RESERVED], page[-_RESERVED:-_MAC], page[-_MAC:]
    if not hmac.compare_digest(mac, _mac(body + iv, number, secret)):
        return None
    decryptor = Cipher(algorithms.AES(secret[:KEY_BYTES]), modes.CBC(iv)).decryptor()
    return (b"SQLite format 3\0" if start else b"") + decryptor.update(body) + decryptor.finalize()


def _sealed(plain: bytes, secret: bytes) -> bytes:
    """The first page, encrypted."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    iv = secrets.token_bytes(_IV)
    encryptor = Cipher(algorithms.AES(secret[:KEY_BYTES]), modes.CBC(iv)).encryptor()
    body = encryptor.update(plain[SALT_BYTES:]) + encryptor.finalize()
    return secret[KEY_BYTES:] + body + iv + _mac(body + iv, 1, secret)


def _mac(data: bytes, number: int, secret: bytes | bytearray) -> bytes:
    """SQLCipher 4: HMAC-SHA512 over page and number, its key from two rounds of PBKDF2."""
    salt = bytes(byte ^ 0x3A for byte in secret[KEY_BYTES:])
    key = hashlib.pbkdf2_hmac("sha512", secret[:KEY_BYTES], salt, 2, KEY_BYTES)
    return hmac.new(key, data + number.to_bytes(4, "little"), hashlib.sha512).digest()

"""The recovery code: what an official writes on paper at the first start, and types once in years."""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata

from biseo.vault.errors import vault_error

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LIKE = str.maketrans("OIL", "011")
"""Crockford's base 32: letters that look like figures are read as those figures."""

SECRET_BYTES = 18
CHECK_BYTES = 2
GROUPS, GROUP = 8, 4


def new_code() -> str:
    """A new code of 144 random bits and a 16-bit check, as eight groups of four."""
    return encode(secrets.token_bytes(SECRET_BYTES))


def encode(secret: bytes) -> str:
    """The code of these 18 bytes."""
    number = int.from_bytes(secret + _check(secret), "big")
    length = GROUPS * GROUP
    letters = "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(length)))
    return "-".join(letters[start : start + GROUP] for start in range(0, length, GROUP))


def decode(code: str) -> bytes:
    """The 18 bytes of a code as somebody typed it: any case, any separators, full-width letters too.

    Raises:
        VaultError: `recovery-malformed`. One slip in 65,536 passes here, and opens nothing all the same.
    """
    plain = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", code)).upper().translate(_LIKE)
    if len(plain) != GROUPS * GROUP or any(letter not in _ALPHABET for letter in plain):
        raise vault_error("recovery-malformed")
    number = 0
    for letter in plain:
        number = number << 5 | _ALPHABET.index(letter)
    data = number.to_bytes(SECRET_BYTES + CHECK_BYTES, "big")
    secret, check = data[:SECRET_BYTES], data[SECRET_BYTES:]
    if check != _check(secret):
        raise vault_error("recovery-malformed")
    return secret


def _check(secret: bytes) -> bytes:
    return hashlib.sha256(b"biseo recovery code\0" + secret).digest()[:CHECK_BYTES]

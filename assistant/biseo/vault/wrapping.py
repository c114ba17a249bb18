"""Putting a key under another secret: scrypt and AES-256-GCM.

Every parameter stands in the slot and is authenticated with it, so a slot can be opened by later versions that use
stronger ones.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import unicodedata
from dataclasses import asdict, dataclass
from typing import Any

SCRYPT_N = 1 << 17
"""With r = 8: 128 MB and some 0.4 s for every guess."""
SCRYPT_R = 8
_MOST_N, _MOST_R = 1 << 20, 16
_SALT_BYTES, _NONCE_BYTES, _WRAPPED_KEY_BYTES = 16, 12, 32


class WrongSecret(Exception):
    """The secret does not open this slot, or the slot was changed."""


@dataclass(frozen=True)
class Slot:
    """A key under one secret; all bytes in base64.

    Attributes:
        purpose: what the secret is (`passphrase`, `recovery`, …); a slot opens for its purpose only.
        n: scrypt's cost; 0 where the secret is itself a random key.
        r: scrypt's block size.
        salt: of scrypt.
        nonce: of AES-GCM.
        wrapped: the key, encrypted and authenticated.
    """

    purpose: str
    n: int
    r: int
    salt: str
    nonce: str
    wrapped: str

    @classmethod
    def from_data(cls, data: Any) -> Slot:
        """The slot of a JSON object.

        Raises:
            ValueError: it is none.
        """
        if not isinstance(data, dict):
            raise ValueError("no slot")
        try:
            slot = cls(**data)
        except TypeError as error:
            raise ValueError("no slot") from error
        texts = (slot.purpose, slot.salt, slot.nonce, slot.wrapped)
        if not all(type(text) is str for text in texts) or type(slot.n) is not int or type(slot.r) is not int:
            raise ValueError("no slot")
        # a foreign file must not make this program fill the memory
        if slot.n and not (2 <= slot.n <= _MOST_N and slot.n & (slot.n - 1) == 0 and 1 <= slot.r <= _MOST_R):
            raise ValueError("cost out of range")
        return slot

    def data(self) -> dict[str, Any]:
        """As a JSON object."""
        return asdict(self)


def passphrase_bytes(passphrase: str) -> bytes:
    """What a passphrase stands for, however its Hangul was composed."""
    return unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")


def wrap(key: bytes | bytearray, secret: bytes, purpose: str, *, cost: int | None = None) -> Slot:
    """`key` under `secret`.

    Args:
        key: what to protect.
        secret: of any length; with `cost` 0 it must be 32 random bytes.
        purpose: goes into the authenticated part.
        cost: scrypt's n (`SCRYPT_N` when not given), or 0 for no derivation.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    cost = SCRYPT_N if cost is None else cost
    salt, nonce = secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(_NONCE_BYTES)
    derived = _derive(secret, salt, cost, SCRYPT_R)
    bound = _bound(purpose, cost, SCRYPT_R, salt)
    return Slot(purpose, cost, SCRYPT_R, _text(salt), _text(nonce), _text(AESGCM(derived).encrypt(nonce, key, bound)))


def unwrap(slot: Slot, secret: bytes, purpose: str) -> bytes:
    """The key of a slot.

    Raises:
        WrongSecret: another secret or purpose, or the slot was changed.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if slot.purpose != purpose:
        raise WrongSecret
    try:
        salt, nonce, wrapped = (base64.b64decode(text, validate=True) for text in (slot.salt, slot.nonce, slot.wrapped))
        derived = _derive(secret, salt, slot.n, slot.r)
        return AESGCM(derived).decrypt(nonce, wrapped, _bound(purpose, slot.n, slot.r, salt))
    except (InvalidTag, ValueError) as error:
        raise WrongSecret from error


def derived_key(key: bytes | bytearray, purpose: str) -> bytes:
    """A key for one purpose, from which neither `key` nor another purpose's can be told."""
    return hmac.new(key, b"biseo\0" + purpose.encode(), hashlib.sha256).digest()


def _derive(secret: bytes, salt: bytes, n: int, r: int) -> bytes:
    if not n:
        if len(secret) != _WRAPPED_KEY_BYTES:
            raise ValueError("a key of 32 bytes is needed")
        return secret
    room = 128 * r * n + (1 << 20)
    # hashed first: HMAC inside takes a secret and the same one with zero bytes behind it for the same
    return hashlib.scrypt(
        hashlib.sha256(secret).digest(), salt=salt, n=n, r=r, p=1, maxmem=room, dklen=_WRAPPED_KEY_BYTES
    )


def _bound(purpose: str, n: int, r: int, salt: bytes) -> bytes:
    return json.dumps(["biseo", purpose, n, r, _text(salt)]).encode()


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")

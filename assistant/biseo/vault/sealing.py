"""Words that wait in memory while the store rests, readable with its key only."""

from __future__ import annotations

import secrets

from biseo.vault.errors import vault_error
from biseo.vault.wrapping import derived_key

_NONCE = 12
_ABOUT = b"biseo resting"


def sealed(secret: bytes | bytearray, words: bytes) -> bytes:
    """`words` under the store's key: AES-256-GCM."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(derived_key(secret, "resting")).encrypt(nonce, words, _ABOUT)


def opened(secret: bytes | bytearray, words: bytes) -> bytes:
    """What was sealed.

    Raises:
        VaultError: `key-wrong`.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(derived_key(secret, "resting")).decrypt(words[:_NONCE], words[_NONCE:], _ABOUT)
    except InvalidTag:
        raise vault_error("key-wrong") from None

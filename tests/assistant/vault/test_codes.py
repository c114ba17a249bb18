"""Recovery codes and keys under other secrets."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biseo.vault import VaultError, recovery
from biseo.vault.wrapping import Slot, WrongSecret, passphrase_bytes, unwrap, wrap

SECRETS = st.binary(min_size=recovery.SECRET_BYTES, max_size=recovery.SECRET_BYTES)
KEYS = st.binary(min_size=32, max_size=48)


@given(SECRETS)
def test_a_code_comes_back_however_it_is_typed(secret: bytes) -> None:
    code = recovery.encode(secret)
    assert [len(group) for group in code.split("-")] == [4] * 8
    wide = "".join(chr(ord(letter) + 0xFEE0) if letter.isalnum() else letter for letter in code)
    lookalike = code.replace("0", "o").replace("1", "l")
    for typed in (code, code.lower(), code.replace("-", ""), f" {code.replace('-', '  ')}\n", wide, lookalike):
        assert recovery.decode(typed) == secret


@settings(derandomize=True)
@given(SECRETS, st.integers(0, 31), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_a_slip_is_told_before_it_is_tried(secret: bytes, place: int, letter: str) -> None:
    plain = recovery.encode(secret).replace("-", "")
    typed = plain[:place] + letter + plain[place + 1 :]
    if typed == plain:
        return
    with pytest.raises(VaultError) as told:
        recovery.decode(typed)
    assert told.value.code == "recovery-malformed"


@pytest.mark.parametrize(
    "typed", ["", "0000", "U" * 32, "가" * 32, "0" * 33, "0000-0000-0000-0000-0000-0000-0000-000!"]
)
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(VaultError):
        recovery.decode(typed)


def test_codes_differ() -> None:
    assert len({recovery.new_code() for _ in range(50)}) == 50


@settings(deadline=None)
@given(KEYS, st.binary(max_size=40), st.binary(max_size=40))
def test_a_key_opens_with_its_secret_only(key: bytes, secret: bytes, other: bytes) -> None:
    slot = wrap(key, secret, "passphrase", cost=2)
    assert unwrap(Slot.from_data(slot.data()), secret, "passphrase") == key
    with pytest.raises(WrongSecret):
        unwrap(slot, secret, "recovery")
    if other != secret:
        with pytest.raises(WrongSecret):
            unwrap(slot, other, "passphrase")


@settings(deadline=None)
@given(st.sampled_from(["n", "r", "salt", "nonce", "wrapped"]), st.integers(0, 14), st.integers(1, 255))
def test_a_changed_slot_opens_nothing(name: str, place: int, change: int) -> None:
    slot = wrap(bytes(32), b"secret", "passphrase", cost=4)
    if name in ("n", "r"):
        changed = replace(slot, **{name: 8 if name == "n" else 1 + change % 16})
        if changed == slot:
            return
    else:
        text = getattr(slot, name)
        place %= len(text)
        letter = chr((ord(text[place]) + change) % 128)
        changed = replace(slot, **{name: text[:place] + letter + text[place + 1 :]})
        if getattr(changed, name) == text:
            return
    with pytest.raises(WrongSecret):
        unwrap(changed, b"secret", "passphrase")


@pytest.mark.parametrize(
    "broken",
    [
        None,
        {},
        {"purpose": "passphrase"},
        {"n": 1 << 30},
        {"n": 3},
        {"r": 4000},
        {"n": "2"},
        {"salt": 5},
        {"n": True},
    ],
)
def test_a_foreign_slot_cannot_ask_for_all_memory(broken: dict[str, object] | None) -> None:
    whole = wrap(bytes(32), b"secret", "passphrase", cost=4).data()
    data = {**whole, **broken} if broken and "purpose" not in broken else broken
    with pytest.raises(ValueError):
        Slot.from_data(data)


@given(st.text(max_size=20))
def test_hangul_is_one_passphrase_however_it_was_composed(words: str) -> None:
    assert passphrase_bytes(unicodedata.normalize("NFD", words)) == passphrase_bytes(
        unicodedata.normalize("NFC", words)
    )


def test_the_real_cost_is_memory_hard() -> None:
    """What the product uses: 128 MB and a noticeable time for each guess."""
    import importlib

    import biseo.vault.wrapping as module

    fresh = importlib.util.spec_from_file_location("fresh_wrapping", module.__file__)
    assert fresh and fresh.loader
    text = fresh.loader.get_source("fresh_wrapping")  # type: ignore[attr-defined]
    assert "SCRYPT_N = 1 << 17" in text and "SCRYPT_R = 8" in text
    slot = wrap(bytes(32), b"secret", "passphrase", cost=1 << 17)
    assert 128 * slot.n * slot.r == 128 << 20
    assert unwrap(slot, b"secret", "passphrase") == bytes(32)

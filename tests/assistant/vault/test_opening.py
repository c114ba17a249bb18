"""Making and opening the store: every way to fail has its sentence, and none makes a new store."""

from __future__ import annotations

import json
import os
import shutil
import stat
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.assistant.vault.memory_keyring import MemoryKeyring

from biseo.vault import Vault, VaultError, create, look, open_vault, set_aside
from biseo.vault.errors import _SENTENCES, vault_error
from biseo.vault.key_file import Places

Put = Callable[..., str]
PASSPHRASE = "가을바람 12 단풍"


def refused(home: Path, ring: MemoryKeyring, **how: str) -> str:
    before = snapshot(home)
    with pytest.raises(VaultError) as told:
        open_vault(home, keyring=ring, **how).close()
    assert told.value.message.endswith("다.") and told.value.advice.endswith(("요.", "다."))
    assert snapshot(home) == before, "a refusal changes nothing"
    return told.value.code


def snapshot(home: Path) -> dict[str, bytes]:
    files = {str(path.relative_to(home)): path.read_bytes() for path in home.rglob("*") if path.is_file()}
    return {name: data for name, data in files.items() if "locks" not in name}


def test_a_store_is_set_aside_whole_and_only_when_nobody_has_it_open(
    home: Path, ring: MemoryKeyring, made: tuple[Vault, str]
) -> None:
    vault, code = made
    with pytest.raises(VaultError) as told:
        set_aside(home)
    assert told.value.code == "in-use"
    vault.close()
    aside = set_aside(home)
    assert look(home).state == "absent"
    with pytest.raises(VaultError) as told:
        set_aside(home)
    assert told.value.code == "absent"
    other, _code = create(home, keyring=ring)
    other.close()
    back = home.parent / "되찾음"
    back.mkdir()
    (aside / "vault-keys.json").rename(back / "vault-keys.json")
    aside.rename(back / "vault")
    open_vault(back, recovery_code=code, keyring=ring).close()  # nothing of it was changed


def test_first_start_and_every_later_one(home: Path, ring: MemoryKeyring, put: Put) -> None:
    assert look(home).state == "absent"
    vault, code = create(home, keyring=ring)
    work = put(vault, "가을 축제")
    vault.confirm_recovery_code()
    vault.close()
    assert look(home).state == "present" and look(home).unlock == "keyring" and look(home).recovery_shown
    with open_vault(home, keyring=ring) as again:
        assert [entry.id for entry in again.works()] == [work]
    with open_vault(home, keyring=MemoryKeyring(), recovery_code=code) as again:
        assert again.count() == 1


def test_biseo_home_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ring: MemoryKeyring) -> None:
    monkeypatch.setenv("BISEO_HOME", str(tmp_path / "여기"))
    create(keyring=ring)[0].close()
    assert (tmp_path / "여기" / "vault" / "biseo.db").is_file()
    open_vault(keyring=ring).close()


def test_no_store_is_made_by_opening(home: Path, ring: MemoryKeyring) -> None:
    home.mkdir()
    assert refused(home, ring) == "absent"


def test_a_second_first_start_is_refused(vault: Vault, home: Path, ring: MemoryKeyring, put: Put) -> None:
    put(vault, "있던 것")
    with pytest.raises(VaultError) as told:
        create(home, keyring=ring)
    assert told.value.code == "exists"
    assert vault.count() == 1


@pytest.mark.parametrize("fault", ["keyring-locked", "keyring-none", "keyring-failed"])
def test_a_credential_store_that_fails(
    vault: Vault, code: str, home: Path, ring: MemoryKeyring, fault: str, tmp_path: Path
) -> None:
    vault.close()
    ring.fault = fault
    assert refused(home, ring) == fault
    with open_vault(home, keyring=ring, recovery_code=code) as opened:  # and it stays openable with the code
        assert opened.count() == 0
    with pytest.raises(VaultError) as told:
        create(tmp_path / "new", keyring=ring)
    assert told.value.code == fault
    assert look(tmp_path / "new").state == "absent", "no half store"
    assert not list((tmp_path / "new").glob(".new-*"))


def test_a_lost_key_comes_back_with_the_code(
    vault: Vault, code: str, home: Path, ring: MemoryKeyring, put: Put
) -> None:
    put(vault, "남아 있는 것")
    vault.close()
    ring.secrets.clear()
    assert refused(home, ring) == "key-missing"
    with open_vault(home, keyring=ring, recovery_code=code) as opened:
        assert opened.count() == 1
    with open_vault(home, keyring=ring) as opened:  # the key is in its place again
        assert opened.count() == 1


@pytest.mark.parametrize("secret", ["00" * 48, "no key", ""])
def test_a_wrong_key(vault: Vault, home: Path, ring: MemoryKeyring, secret: str) -> None:
    vault.close()
    ring.secrets = dict.fromkeys(ring.secrets, secret)
    assert refused(home, ring) == "key-wrong"


def test_codes_that_do_not_fit(vault: Vault, code: str, home: Path, ring: MemoryKeyring, tmp_path: Path) -> None:
    other, other_code = create(tmp_path / "other", keyring=ring)
    other.close()
    new = vault.new_recovery_code()
    vault.close()
    assert refused(home, ring, recovery_code=other_code) == "recovery-wrong"
    assert refused(home, ring, recovery_code=code) == "recovery-wrong", "a new code ends the old one"
    assert refused(home, ring, recovery_code=new[:-1]) == "recovery-malformed"
    open_vault(home, keyring=ring, recovery_code=new).close()


def test_a_passphrase_instead(home: Path, ring: MemoryKeyring) -> None:
    with pytest.raises(VaultError) as told:
        create(home, keyring=ring, passphrase="짧다")
    assert told.value.code == "passphrase-short" and look(home).state == "absent"
    vault, code = create(home, keyring=ring, passphrase=PASSPHRASE)
    vault.close()
    assert not ring.secrets and look(home).unlock == "passphrase"
    assert refused(home, ring) == "passphrase-needed"
    assert refused(home, ring, passphrase="가을바람 12 단충") == "passphrase-wrong"
    open_vault(home, keyring=ring, passphrase=unicodedata.normalize("NFD", PASSPHRASE)).close()
    open_vault(home, keyring=ring, recovery_code=code).close()


def test_from_credential_store_to_passphrase_and_back(vault: Vault, home: Path, ring: MemoryKeyring) -> None:
    vault.set_passphrase(PASSPHRASE)
    vault.close()
    assert not ring.secrets
    assert refused(home, ring) == "passphrase-needed"
    with open_vault(home, keyring=ring, passphrase=PASSPHRASE) as opened:
        opened.set_passphrase("다른 암호 1234")
    assert refused(home, ring, passphrase=PASSPHRASE) == "passphrase-wrong"
    with open_vault(home, keyring=ring, passphrase="다른 암호 1234") as opened:
        opened.use_keyring()
    open_vault(home, keyring=ring).close()
    ring.secrets.clear()
    assert refused(home, ring, passphrase="다른 암호 1234") == "key-missing", "no passphrase opens it any more"


def test_a_lost_database_is_told(vault: Vault, home: Path, ring: MemoryKeyring) -> None:
    vault.close()
    Places(home).database.unlink()
    assert look(home).state == "lost"
    assert refused(home, ring) == "store-lost"
    with pytest.raises(VaultError) as told:
        create(home, keyring=ring)
    assert told.value.code == "store-lost"


def test_a_lost_folder_is_told_and_replaced_only_when_asked(vault: Vault, home: Path, ring: MemoryKeyring) -> None:
    vault.close()
    shutil.rmtree(home / "vault")
    assert look(home).state == "lost"
    assert refused(home, ring) == "store-lost"
    with pytest.raises(VaultError):
        create(home, keyring=ring)
    new, _ = create(home, keyring=ring, replace_lost=True)
    new.close()
    assert (home / "vault-lost-1" / "vault-keys.json").is_file(), "what was left is kept"
    open_vault(home, keyring=ring).close()


@pytest.mark.parametrize("which", ["keys", "copy_of_keys"])
@pytest.mark.parametrize("content", [None, b"", b"{}", b"\xff\xfe", b'{"format": 1, "slots": []}'])
def test_one_key_file_is_enough(
    vault: Vault, home: Path, ring: MemoryKeyring, which: str, content: bytes | None
) -> None:
    vault.close()
    file: Path = getattr(Places(home), which)
    whole = file.read_bytes()
    file.unlink() if content is None else file.write_bytes(content)
    open_vault(home, keyring=ring).close()
    assert file.read_bytes() == whole, "mended from the other"


def test_both_key_files_lost(vault: Vault, home: Path, ring: MemoryKeyring) -> None:
    vault.close()
    Places(home).keys.unlink()
    Places(home).copy_of_keys.write_text("[]", encoding="utf-8")
    assert look(home).state == "lost"
    assert refused(home, ring) == "keys-lost"
    with pytest.raises(VaultError):
        create(home, keyring=ring)


def test_a_newer_key_file(vault: Vault, home: Path, ring: MemoryKeyring) -> None:
    vault.close()
    for file in (Places(home).keys, Places(home).copy_of_keys):
        data = json.loads(file.read_text(encoding="utf-8"))
        file.write_text(json.dumps({**data, "format": 99}), encoding="utf-8")
    assert refused(home, ring) == "keys-newer"


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0" + bytes(5000), os.urandom(8192)])
def test_something_else_in_the_place_of_the_database(
    vault: Vault, home: Path, ring: MemoryKeyring, content: bytes
) -> None:
    vault.close()
    Places(home).database.write_bytes(content)
    assert refused(home, ring) == "store-damaged"


def test_a_closed_store_says_so(vault: Vault) -> None:
    vault.close()
    vault.close()
    for ask in (vault.works, vault.flush, lambda: vault.log("draft")):
        with pytest.raises(VaultError) as told:
            ask()
        assert told.value.code == "closed"
    assert not any(vault._secret), "the key is wiped"


@pytest.mark.skipif(os.name == "nt", reason="Windows gives rights by folder")
def test_other_users_may_not_look(vault: Vault, home: Path) -> None:
    assert stat.S_IMODE((home / "vault").stat().st_mode) == 0o700


@pytest.mark.parametrize("code", sorted(_SENTENCES))
def test_every_error_says_what_happened_and_what_to_do(code: str) -> None:
    error = vault_error(code)
    assert error.message.endswith("다.") and "!" not in str(error)
    assert error.advice.endswith(("세요.", "습니다.", "다."))

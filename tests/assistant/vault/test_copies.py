"""Backup and restore, migrations, and what a damaged file still gives."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.assistant.vault.memory_keyring import MemoryKeyring
from tests.assistant.vault.old_stores import FROZEN, build

from biseo.vault import Vault, VaultError, create, open_vault, rescue, schema
from biseo.vault.cipher import connect
from biseo.vault.key_file import Places

Put = Callable[..., str]
Again = Callable[..., Vault]
PASSPHRASE = "백업 암호 스물셋"


def fill(vault: Vault, put: Put, works: int = 30, size: int = 3000) -> dict[str, bytes]:
    """Works of random states, with a version and a part each; states by id."""
    states = {}
    for number in range(works):
        state = os.urandom(size)
        work = put(vault, f"문서 {number}", f"문서 {number}의 글 " + "긴 글 " * 100, state)
        vault.save_work(work, state, title=f"문서 {number}", task="press", keep="처음")
        vault.save_part(work, "source", os.urandom(size))
        states[work] = state
    vault.flush()
    return states


def test_a_backup_brings_everything_back(vault: Vault, put: Put, tmp_path: Path) -> None:
    states = fill(vault, put, 5)
    target = tmp_path / "백업 파일.biseo-backup"
    vault.backup(target)
    deleted = next(iter(states))
    vault.delete_work(deleted)
    new = put(vault, "백업 뒤의 것")
    restored = vault.restore(target)
    assert restored.works == 5
    assert {entry.id for entry in vault.works()} == set(states)
    assert all(vault.load_work(work) == state for work, state in states.items())
    assert vault.versions(deleted) and vault.load_part(deleted, "source")
    assert vault.search("문서") and vault.work(new) is None
    assert vault.check() and vault.audit_report().intact
    vault.save_work(deleted, b"{}", title="다시", task="press").result(10)  # it is there again
    assert restored.before.parent == tmp_path / "행정비서 자료 홍길동" / "vault" / "copies"
    assert vault.restore(restored.before).works == 5  # the way back: the deleted one gone, the new one there
    assert vault.work(new) is not None


def test_a_backup_opens_on_a_new_pc(vault: Vault, code: str, put: Put, tmp_path: Path) -> None:
    states = fill(vault, put, 3)
    with_code, with_passphrase = tmp_path / "a.bak", tmp_path / "b.bak"
    vault.backup(with_code)
    vault.backup(with_passphrase, PASSPHRASE)
    vault.close()
    new, new_code = create(tmp_path / "새 PC", keyring=MemoryKeyring())
    with new:
        for target, how in (
            (with_code, {}),
            (with_code, {"passphrase": PASSPHRASE}),
            (with_passphrase, {"passphrase": "다른 암호 12345"}),
            (with_code, {"recovery_code": new_code}),
        ):
            with pytest.raises(VaultError) as told:
                new.restore(target, **how)
            assert told.value.code == "backup-key" and new.count() == 0
        assert new.restore(with_code, recovery_code=code).works == 3
        assert all(new.load_work(work) == state for work, state in states.items())
        assert new.restore(with_passphrase, passphrase=PASSPHRASE).works == 3
        assert new.audit_report().lines == 2, "the log of this PC goes on"


@pytest.mark.parametrize("damage", ["empty", "text", "cut", "head", "header", "body", "end", "newer"])
def test_a_damaged_backup_changes_nothing(vault: Vault, put: Put, tmp_path: Path, damage: str) -> None:
    fill(vault, put, 2)
    target = tmp_path / "a.bak"
    vault.backup(target)
    whole = target.read_bytes()
    flip = {"head": 3, "header": 60, "body": len(whole) // 2, "end": len(whole) - 1}
    if damage == "newer":
        broken = whole.replace(b'"format": 1', b'"format": 7', 1)
    elif damage in flip:
        place = flip[damage]
        broken = whole[:place] + bytes([whole[place] ^ 0x40]) + whole[place + 1 :]
    else:
        broken = {"empty": b"", "text": "백업".encode(), "cut": whole[:-5000]}[damage]
    target.write_bytes(broken)
    with pytest.raises(VaultError) as told:
        vault.restore(target)
    assert told.value.code == ("backup-newer" if damage == "newer" else "not-a-backup")
    assert vault.count() == 2 and vault.check()


def test_a_backup_that_cannot_be_written_leaves_the_old_one(vault: Vault, put: Put, tmp_path: Path) -> None:
    with pytest.raises(VaultError) as told:
        vault.backup(tmp_path / "없는 폴더" / "a.bak")
    assert told.value.code == "backup-target"
    with pytest.raises(VaultError) as told:
        vault.backup(tmp_path / "a.bak", "짧다")
    assert told.value.code == "passphrase-short"
    assert not list(tmp_path.glob("*.bak")) and not list(tmp_path.glob(".biseo-*"))


def test_deleting_takes_our_copies_along(vault: Vault, home: Path, put: Put, tmp_path: Path) -> None:
    states = fill(vault, put, 2)
    vault.backup(tmp_path / "a.bak")
    vault.restore(tmp_path / "a.bak")
    assert list(Places(home).copies.iterdir())
    vault.delete_work(next(iter(states)))
    assert not list(Places(home).copies.iterdir())


@pytest.mark.parametrize("version", range(1, schema.NEWEST + 1))
def test_every_earlier_version_is_brought_up_to_date(
    version: int, home: Path, ring: MemoryKeyring, again: Again
) -> None:
    build(home, ring, version)
    with again() as vault:
        assert vault.load_work("a" * 32) == '{"글": "옛 작업"}'.encode()
        assert [entry.title for entry in vault.search("옛날")] == ["옛날 문서"]
        assert [kept.label for kept in vault.versions("a" * 32)] == ["처음"]
        assert vault.load_part("a" * 32, "undo") == b"steps"
        vault.log("draft").result(10)
        assert vault.audit_report().intact
        vault.delete_work("a" * 32)
        assert vault.check() and not vault.search("옛날")
        connection = connect(Places(home).database, bytes(vault._secret))
        assert schema.version_of(connection) == schema.NEWEST
        connection.close()
    assert bool(list(Places(home).copies.glob("before-version-*"))) is False  # gone with what was deleted


def test_released_steps_are_never_changed() -> None:
    """A new table or column is a new step: files of this version exist on PCs."""
    for version, step in FROZEN.items():
        assert schema.STEPS[version - 1] == step


def test_a_copy_is_made_before_a_migration(home: Path, ring: MemoryKeyring, again: Again) -> None:
    build(home, ring, 1)
    vault = again()
    copies = list(Places(home).copies.glob("before-version-*.db"))
    assert len(copies) == 1
    connection = connect(copies[0], bytes(vault._secret))
    assert schema.version_of(connection) == 1
    connection.close()


def test_a_migration_that_fails_changes_nothing(
    home: Path, ring: MemoryKeyring, again: Again, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(home, ring, 1)
    with monkeypatch.context() as patched:
        patched.setattr(schema, "STEPS", (schema.STEPS[0], schema.STEPS[1] + "\nCREATE TABLE works (x);\n"))
        with pytest.raises(VaultError):
            again()
    with again() as vault:
        assert vault.count() == 1


def test_a_newer_store_is_left_alone(home: Path, ring: MemoryKeyring, vault: Vault) -> None:
    connection = connect(Places(home).database, bytes(vault._secret))
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    vault.close()
    with pytest.raises(VaultError) as told:
        open_vault(home, keyring=ring)
    assert told.value.code == "store-newer"


def flip(path: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 0x10
    path.write_bytes(data)


def test_one_flipped_bit_anywhere_is_told_and_costs_little(
    vault: Vault, home: Path, ring: MemoryKeyring, put: Put
) -> None:
    """At random places and in every part of the first pages: told by `check`, and nearly everything comes back."""
    states = fill(vault, put, 30)
    secret = bytes(vault._secret)
    vault.close()
    places = Places(home)
    whole = places.database.read_bytes()
    chance = random.Random(7)
    spots = [0, 15, 16, 100, 4000, 4090, 4096 * 1 + 8, 4096 * 2 + 8, 4096 * 3 + 8]
    spots += [chance.randrange(len(whole)) for _ in range(12)]
    worst, whole_states = len(states), 0
    for spot in spots:
        places.database.write_bytes(whole)
        flip(places.database, spot)
        told = False
        try:
            with open_vault(home, keyring=ring) as opened:
                told = not opened.check()
        except VaultError as error:
            assert error.code == "store-damaged"
            told = True
        if spot >= 16:  # the file's salt is not read: it comes with the key
            assert told, spot
        try:
            rescued, report = rescue(home, keyring=ring)
        except VaultError as error:
            raise AssertionError(f"byte {spot}") from error
        with rescued:
            assert rescued.check()
            saved = rescued.works()
            good = {entry.id for entry in saved if entry.phase != "rescued"}
            assert all(rescued.load_work(work) == states[work] for work in good), "what is called whole is whole"
            assert len(good) == report.whole and len(saved) == len(states) - report.lost
            worst = min(worst, len(saved))
            whole_states += len({rescued.load_work(entry.id) for entry in saved} & set(states.values()))
            assert rescued.search("문서")
            put(rescued, "구한 뒤의 새 작업")
    assert worst >= 25 and secret, worst
    assert whole_states >= 0.8 * len(spots) * len(states), whole_states
    assert list(places.copies.glob("damaged-*.db")), "the damaged file is kept"


def test_a_file_of_which_nothing_is_left(vault: Vault, home: Path, ring: MemoryKeyring, put: Put) -> None:
    put(vault, "하나")
    vault.close()
    database = Places(home).database
    database.write_bytes(os.urandom(database.stat().st_size))
    before = database.read_bytes()
    with pytest.raises(VaultError) as told:
        rescue(home, keyring=ring)
    assert told.value.code == "nothing-saved" and database.read_bytes() == before


def test_a_cut_file_gives_what_it_has(vault: Vault, home: Path, ring: MemoryKeyring, put: Put) -> None:
    states = fill(vault, put, 30)
    vault.close()
    database = Places(home).database
    size = database.stat().st_size // 4096 * 4096
    os.truncate(database, size * 3 // 4 // 4096 * 4096)
    rescued, report = rescue(home, keyring=ring)
    with rescued:
        assert report.whole + report.older + report.text_only >= 15
        assert all(
            rescued.load_work(entry.id) == states[entry.id] for entry in rescued.works() if entry.phase != "rescued"
        )

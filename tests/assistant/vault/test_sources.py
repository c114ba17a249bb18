"""Sources in the store: once each, shared, and gone with the last work that uses them."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable
from pathlib import Path

from tests.assistant.vault.test_works import raw_pages

from biseo.vault import Vault, rescue
from biseo.vault.cipher import connect
from biseo.vault.key_file import Places

Again = Callable[..., Vault]
ONE, TWO = "1" * 64, "2" * 64
WORDS = "쀍휅궯 뷁똠방 원문 한 줄"


def save(vault: Vault, work: str, sources: dict[str, bytes | None] | None, keep: str = "") -> None:
    vault.save_work(work, b"{}", title="작업", task="press", keep=keep, sources=sources).result(10)


def stored(vault: Vault) -> int:
    return vault._read(lambda connection: int(connection.execute("SELECT count(*) FROM sources").fetchone()[0]))


def test_a_source_comes_back_after_a_restart(vault: Vault, again: Again) -> None:
    work = vault.new_id()
    save(vault, work, {ONE: b"one", TWO: b"two"})
    vault.close()
    other = again()
    assert other.source_names(work) == [ONE, TWO]
    assert (other.load_source(ONE), other.load_source(TWO), other.load_source("3" * 64)) == (b"one", b"two", None)


def test_it_is_stored_once_and_goes_with_the_last_use(vault: Vault) -> None:
    first, second = vault.new_id(), vault.new_id()
    save(vault, first, {ONE: b"one"})
    save(vault, second, {ONE: b"one", TWO: b"two"})
    assert stored(vault) == 2
    vault.delete_work(second)
    assert (vault.load_source(ONE), vault.load_source(TWO)) == (b"one", None)
    vault.delete_work(first)
    assert stored(vault) == 0


def test_one_that_is_taken_out_goes_and_one_that_is_left_stays(vault: Vault) -> None:
    work = vault.new_id()
    save(vault, work, {ONE: b"one", TWO: b"two"})
    save(vault, work, None)
    assert vault.source_names(work) == [ONE, TWO]
    save(vault, work, {TWO: None})
    assert vault.source_names(work) == [TWO] and vault.load_source(ONE) is None
    save(vault, work, {})
    assert stored(vault) == 0


def test_a_kept_version_keeps_its_sources(vault: Vault) -> None:
    work = vault.new_id()
    save(vault, work, {ONE: b"one"}, keep="판")
    save(vault, work, {})
    assert vault.source_names(work) == [] and vault.load_source(ONE) == b"one"
    vault.delete_work(work)
    assert stored(vault) == 0


def test_one_that_should_be_there_and_is_not_is_passed_over(vault: Vault) -> None:
    work = vault.new_id()
    save(vault, work, {ONE: None})
    assert vault.source_names(work) == []
    save(vault, work, {ONE: b"one"})
    assert vault.load_source(ONE) == b"one"


def test_what_is_deleted_is_nowhere_in_the_file(vault: Vault, home: Path) -> None:
    secret = bytes(vault._secret)
    plain = " ".join(random.Random(1).choices([WORDS, "가나", "다라 마바", "사아자 차카", "타파하"], k=9000)).encode()
    packed = zlib.compress(plain, 0)  # as it is, so that the probe can find it
    keeps, goes = vault.new_id(), vault.new_id()
    save(vault, keeps, {ONE: b"one"})
    save(vault, goes, {TWO: packed})
    vault.close()
    assert WORDS.encode() in raw_pages(home, secret), "the probe sees what is there"


def test_what_was_taken_out_or_deleted_is_gone(vault: Vault, home: Path) -> None:
    secret = bytes(vault._secret)
    packed = zlib.compress((WORDS * 9000).encode(), 0)
    for way in ("out", "deleted"):
        work = vault.new_id()
        save(vault, work, {TWO: packed})
        if way == "out":
            save(vault, work, {})
        else:
            vault.delete_work(work)
    wal = Places(home).database.with_name("biseo.db-wal")
    assert not wal.exists() or wal.stat().st_size == 0
    vault.close()
    assert WORDS.encode() not in raw_pages(home, secret)


def test_a_backup_holds_them(vault: Vault, tmp_path: Path) -> None:
    work = vault.new_id()
    save(vault, work, {ONE: b"one"})
    vault.backup(tmp_path / "a.bak")
    vault.delete_work(work)
    vault.restore(tmp_path / "a.bak")
    assert vault.source_names(work) == [ONE] and vault.load_source(ONE) == b"one"


def test_a_rescue_saves_them(vault: Vault, home: Path, ring: object) -> None:
    work = vault.new_id()
    save(vault, work, {ONE: zlib.compress(b"one"), TWO: zlib.compress(b"two")}, keep="판")
    vault.close()
    rescued, told = rescue(home, keyring=ring)  # type: ignore[arg-type]
    with rescued:
        assert told.whole == 1
        assert rescued.source_names(work) == [ONE, TWO]
        assert zlib.decompress(rescued.load_source(TWO) or b"") == b"two"
        rescued.delete_work(work)
        assert stored(rescued) == 0


def test_a_store_of_the_version_before_can_be_rescued(vault: Vault, home: Path, ring: object) -> None:
    work = vault.new_id()
    save(vault, work, None)
    secret = bytes(vault._secret)
    vault.close()
    connection = connect(Places(home).database, secret)
    connection.execute("DROP TABLE sources")
    connection.execute("DROP TABLE source_uses")
    connection.close()
    rescued, told = rescue(home, keyring=ring)  # type: ignore[arg-type]
    with rescued:
        assert told.whole == 1 and stored(rescued) == 0

"""What is stored comes back, in order, and goes when it is deleted."""

from __future__ import annotations

import os
import threading
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from biseo.vault import UNDO, Vault, VaultError, works
from biseo.vault.cipher import connect
from biseo.vault.grams import grams, match
from biseo.vault.key_file import Places

Put = Callable[..., str]
Again = Callable[..., Vault]


def test_a_work_comes_back_as_it_was(vault: Vault, again: Again) -> None:
    work, state = vault.new_id(), os.urandom(200_000)
    seq = vault.save_work(work, state, title="제목", task="press", phase="writing", text="글").result(10)
    assert vault.load_work(work) == state
    entry = vault.work(work)
    assert entry and (entry.title, entry.task, entry.phase, entry.seq) == ("제목", "press", "writing", seq)
    vault.close()
    assert again().load_work(work) == state


def test_a_change_is_on_the_disk_within_two_seconds(vault: Vault, again: Again) -> None:
    work = vault.new_id()
    begin = time.monotonic()
    vault.save_work(work, b"1", title="하나", task="press").result(5)
    assert time.monotonic() - begin < 2
    assert again().load_work(work) == b"1"  # another connection sees it


def test_many_changes_become_few_writings(vault: Vault) -> None:
    work = vault.new_id()
    saved = [vault.save_work(work, str(step).encode(), title="이어 쓰기", task="press") for step in range(300)]
    numbers = [future.result(10) for future in saved]
    assert vault.load_work(work) == b"299"
    assert numbers == sorted(numbers) and len(set(numbers)) < 50


def test_reading_sees_what_was_just_put(vault: Vault) -> None:
    work = vault.new_id()
    for step in range(20):
        vault.save_work(work, str(step).encode(), title=f"{step}", task="press")
        assert vault.load_work(work) == str(step).encode()


def test_versions_are_kept_in_order(vault: Vault) -> None:
    work = vault.new_id()
    for step in range(12):
        keep = f"판 {step}" if step % 3 == 0 else ""
        vault.save_work(work, str(step).encode(), title="판", task="press", keep=keep)
    assert vault.load_work(work) == b"11", "a change behind a kept one is not lost"
    kept = vault.versions(work)
    assert [version.label for version in kept] == ["판 9", "판 6", "판 3", "판 0"]
    assert [vault.load_version(version.version) for version in kept] == [b"9", b"6", b"3", b"0"]
    with pytest.raises(VaultError) as told:
        vault.load_version(999)
    assert told.value.code == "version-gone"


def test_parts_belong_to_a_work(vault: Vault, put: Put) -> None:
    work, other = put(vault, "하나"), put(vault, "둘")
    vault.save_part(work, UNDO, b"undo" * 1000)
    vault.save_part(work, "source-1", "원문".encode())
    vault.save_part(work, UNDO, b"newer")
    assert vault.load_part(work, UNDO) == b"newer"
    assert vault.part_names(work) == ["source-1", UNDO]
    assert vault.load_part(other, UNDO) is None
    vault.delete_part(work, UNDO)
    assert vault.part_names(work) == ["source-1"]
    with pytest.raises(VaultError) as told:
        vault.save_part(vault.new_id(), UNDO, b"").result(10)
    assert told.value.code == "work-gone"
    assert vault.trouble is None, "a refused change is no trouble of the disk"


def test_history_is_in_order_of_change(vault: Vault, put: Put) -> None:
    first, second = put(vault, "첫째"), put(vault, "둘째")
    assert [entry.id for entry in vault.works()] == [second, first]
    vault.save_work(first, b"{}", title="첫째 고침", task="press")
    assert [entry.title for entry in vault.works()] == ["첫째 고침", "둘째"]
    assert [entry.title for entry in vault.works(limit=1, offset=1)] == ["둘째"]


def test_search_finds_parts_of_words(vault: Vault, put: Put) -> None:
    press = put(vault, "가을 축제 보도자료", "서구는 2026년 11월 22일 갑천에서 가을축제를 연다. KAIST와 함께한다.")
    plan = put(vault, "겨울 제설 계획", "제설제 300톤을 확보한다.")

    def found(query: str) -> list[str]:
        return [entry.id for entry in vault.search(query)]

    assert found("축제") == [press]
    assert found("을축") == [press], "any two syllables"
    assert found("보도자료 갑천") == [press], "every word"
    assert found("축제 제설") == []
    assert found("제설") == [plan]
    assert found("제") == [plan, press], "one syllable begins a pair"
    assert found("202") == [press] and found("kai") == [press] and found("KAIST와") == [press]
    assert found("300톤") == [plan]
    for nothing in ("", "   ", "!!", '"', "축제 AND", "NOT", "grams:축제", "*", "없는말"):
        assert found(nothing) == [] or nothing == "축제 AND"
    assert vault.search("갑천")[0].found.startswith("…") is False
    assert "갑천에서" in vault.search("갑천")[0].found


def test_search_follows_changes(vault: Vault, put: Put) -> None:
    work = put(vault, "제목", "처음 내용")
    vault.save_work(work, b"{}", title="제목", task="press", text="바뀐 문장")
    assert vault.search("처음") == [] and vault.search("바뀐")
    vault.save_work(work, b"{}", title="새로운 이름", task="press")  # text None: stays
    assert vault.search("바뀐") and vault.search("이름") and not vault.search("제목")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60), st.text(max_size=8))
def test_no_text_and_no_query_breaks_search(vault: Vault, text: str, query: str) -> None:
    work = vault.new_id()
    vault.save_work(work, b"{}", title="", task="", text=text)
    vault.search(query)
    vault.delete_work(work)
    assert vault.trouble is None


@given(st.text(alphabet="가나다라마바사", min_size=2, max_size=8), st.text(max_size=10), st.text(max_size=10))
def test_every_hangul_word_is_found_in_its_text(word: str, before: str, after: str) -> None:
    terms = grams(f"{before}{word}{after}").split()
    wanted = match(word).strip('"').split()
    assert any(terms[place : place + len(wanted)] == wanted for place in range(len(terms)))


def test_a_deleted_work_does_not_come_back(vault: Vault, put: Put) -> None:
    work = put(vault, "지울 것")
    vault.delete_work(work)
    assert vault.works() == [] and vault.work(work) is None
    with pytest.raises(VaultError) as told:
        vault.save_work(work, b"late", title="늦은 저장", task="press")
    assert told.value.code == "work-gone"
    with pytest.raises(VaultError):
        vault.load_work(work)


SENTENCES = ("갑천변 달빛산책로 준공식은 비공개로 한다", "뷁똠방 쀍휅궯")
"""The second one's syllable pairs are in no other text."""


def pieces(words: str) -> list[bytes]:
    """How words could lie in a file: whole and in pairs, in the encodings of this country's PCs."""
    found = []
    for piece in (words, *grams(words).split()):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "cp949"):
            found.append(piece.encode(encoding))
    return found


def plain_copy(home: Path, secret: bytes, target: Path) -> bytes:
    """Every byte of the database, decrypted."""
    connection = connect(Places(home).database, secret)
    connection.execute(f"ATTACH DATABASE '{target}' AS plain KEY ''")
    connection.execute("SELECT sqlcipher_export('plain')")
    connection.close()
    return target.read_bytes()


def raw_pages(home: Path, secret: bytes) -> bytes:
    """Every page of the database file as it stands, free ones too, decrypted page by page."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    data, plain = Places(home).database.read_bytes(), b""
    for start in range(0, len(data), 4096):
        page = data[start + (16 if not start else 0) : start + 4096]
        decryptor = Cipher(algorithms.AES(secret[:32]), modes.CBC(page[-80:-64])).decryptor()
        plain += decryptor.update(page[:-80]) + decryptor.finalize()
    return plain


def test_deleted_means_gone_even_in_the_decrypted_file(vault: Vault, home: Path, put: Put, tmp_path: Path) -> None:
    secret = bytes(vault._secret)
    for number in range(40):
        put(vault, f"남는 문서 {number}", "남는 문서의 글 " * 50)
    words = " ".join(SENTENCES)
    # not compressible into something that hides it: the state is searched for as it is stored
    state = (words * 3).encode() + os.urandom(9000)
    work = vault.new_id()
    vault.save_work(work, state, title=SENTENCES[1], task="press", text=words, keep="판").result(10)
    vault.save_part(work, UNDO, state).result(10)
    vault.flush()
    stored = zlib.compress(state, 1)[2000:2032]
    vault.sweep(None)
    before = raw_pages(home, secret) + Places(home).database.with_name("biseo.db-wal").read_bytes()
    vault.delete_work(work)
    wal = Places(home).database.with_name("biseo.db-wal")
    assert not wal.exists() or wal.stat().st_size == 0, "the log holds the pages as they were"
    vault.close()
    after = raw_pages(home, secret)
    assert after.startswith(b"")
    exported = plain_copy(home, secret, tmp_path / "plain.db")
    for place in (after, exported):
        assert "남는 문서 1".encode() in place, "the probe sees what is there"
        assert stored not in place
        for piece in pieces(SENTENCES[1]):
            if len(piece) > 3:  # two bytes are found by chance
                assert piece not in place, piece
    assert before  # the same probe finds it when it was not deleted: see below


def test_the_probe_would_find_what_was_not_deleted(vault: Vault, home: Path, put: Put) -> None:
    secret = bytes(vault._secret)
    put(vault, "뷁똠방 쀍휅궯", "뷁똠방 쀍휅궯")
    vault.close()
    found = raw_pages(home, secret)
    assert "뷁똠방".encode() in found and "쀍휅".encode() in found


def test_nothing_readable_anywhere_in_the_home(vault: Vault, home: Path, put: Put, tmp_path: Path) -> None:
    words = " ".join(SENTENCES)
    work = put(vault, words, words, words.encode() * 20)
    vault.save_part(work, UNDO, words.encode() * 20)
    vault.save_work(work, words.encode(), title=words, task="press", keep=words)
    vault.search("갑천변")
    vault.log("draft", task="press", counts={"pages": 1})
    vault.backup(home / "백업.biseo-backup", "아주 긴 암호 하나")
    vault.restore(home / "백업.biseo-backup")
    vault.flush()

    def look() -> None:
        files = [path for path in home.rglob("*") if path.is_file()]
        assert len(files) > 5
        for path in files:
            data = path.read_bytes()
            assert not data.startswith(b"SQLite format 3")
            for sentence in SENTENCES:
                for encoding in ("utf-8", "utf-16-le", "utf-16-be", "cp949"):
                    probe = sentence.encode(encoding, "ignore")
                    assert probe not in data and probe[: len(probe) // 2] not in data, path.name
            assert bytes(vault._secret[:32]).hex().encode() not in data
            assert bytes(vault._secret[:32]) not in data or not any(vault._secret)

    look()  # with log and shared memory beside
    vault.close()
    look()


def test_retention_counts_days(vault: Vault, put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [time.time()]
    monkeypatch.setattr(works.time, "time", lambda: now[0])
    old = put(vault, "오래된 것")
    now[0] += 6 * 86400
    new = put(vault, "새것")
    assert vault.sweep(7) == 0
    now[0] += 1.5 * 86400
    assert vault.sweep(None) == 0
    assert vault.sweep(7) == 1
    assert [entry.id for entry in vault.works()] == [new] and old
    for _ in range(9):
        now[0] += 10 * 86400
        vault.sweep(None)
        vault.sweep(90 if now[0] < 0 else 365)
    assert vault.sweep(90) == 1


def test_nothing_goes_because_the_clock_was_wrong(vault: Vault, put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [time.time()]
    monkeypatch.setattr(works.time, "time", lambda: now[0])
    work = put(vault, "하나")
    for jump in (-20 * 365, 20 * 365, 400, -400, 60, -1):  # days
        now[0] += jump * 86400
        assert vault.sweep(30) == 0
        vault.save_work(vault.new_id(), b"{}", title=f"{jump}", task="press").result(10)
    numbers = [entry.seq for entry in vault.works()]
    assert numbers == sorted(numbers, reverse=True), "order does not follow the clock"
    assert vault.works()[-1].id == work


def test_keeping_nothing_spares_what_is_open(vault: Vault, put: Put) -> None:
    work, other = put(vault, "열려 있음"), put(vault, "닫혀 있음")
    vault.claim(work)
    assert vault.sweep(0) == 1
    assert [entry.id for entry in vault.works()] == [work] and other
    vault.release(work)
    assert vault.sweep(0) == 1


def test_threads_share_the_store(vault: Vault) -> None:
    ids = [vault.new_id() for _ in range(4)]
    faults: list[BaseException] = []

    def work(mine: str) -> None:
        try:
            for step in range(30):
                saved = vault.save_work(mine, str(step).encode(), title=mine, task="press", text=f"글 {step}")
                if step % 10 == 0:
                    saved.result(10)
                    assert vault.search("글")
                vault.works()
        except BaseException as error:  # noqa: BLE001 - told in the main thread
            faults.append(error)

    threads = [threading.Thread(target=work, args=(mine,)) for mine in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    assert all(vault.load_work(mine) == b"29" for mine in ids)


@pytest.mark.parametrize("work", ["", "x" * 32, "../../etc/passwd", "A" * 32])
def test_an_id_is_an_id(vault: Vault, work: str) -> None:
    with pytest.raises(ValueError):
        vault.save_work(work, b"", title="", task="")

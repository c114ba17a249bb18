"""What lies on the disk: nothing readable, nothing left of what was removed, nothing lost by a kill."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.assistant.library.conftest import CountingReader, Sync, put
from tests.assistant.vault.memory_keyring import MemoryKeyring

from biseo.library import Library, VaultShelf
from biseo.vault import Vault, rescue
from biseo.vault.cipher import connect
from biseo.vault.grams import grams
from biseo.vault.key_file import Places

SECRET = "은행나무길 보상금은 비공개로 의결하였다"
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp949")


def bytes_of(home: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file())


def plain_pages(vault: Vault) -> bytes:
    """The database as somebody with the key sees it, byte by byte, free pages too."""
    places = vault.places
    secret = bytes(vault._secret)
    connection = connect(places.database, secret)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return decrypted(places.database, secret)


def decrypted(path: Path, secret: bytes) -> bytes:
    """Every page with AES-256-CBC taken off."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    key, data, page, reserve = secret[:32], path.read_bytes(), 4096, 80
    whole = []
    for number, place in enumerate(range(0, len(data), page)):
        start = place + (16 if number == 0 else 0)
        body, vector = data[start : place + page - reserve], data[place + page - reserve :][:16]
        decryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
        whole.append(decryptor.update(body) + decryptor.finalize())
    return b"".join(whole)


def test_nothing_is_readable(library: Library, vault: Vault, home: Path, folder: Path, done: Sync) -> None:
    put(folder / "비밀 아닌 문서.txt", SECRET)
    done(library.add(folder))
    assert library.search("은행나무길 보상금")
    vault.flush()
    found = bytes_of(home)
    for words in (SECRET, "은행나무길", "은행", "비밀 아닌 문서", folder.name):
        for encoding in ENCODINGS:
            assert words.encode(encoding) not in found or len(words) < 3
    assert SECRET.encode() in plain_pages(vault)  # it is there, for who has the key


@pytest.mark.parametrize("how", ["remove", "delete", "change", "last"])
def test_what_is_removed_is_gone_from_the_bytes(
    library: Library, vault: Vault, home: Path, folder: Path, tmp_path: Path, how: str, done: Sync
) -> None:
    apart = folder if how == "last" else tmp_path / "따로"
    apart.mkdir(exist_ok=True)
    path = put(apart / "가나.txt", SECRET + "\n" + "\n".join(f"{SECRET} 제{number}호" for number in range(40)))
    if how != "last":
        done(library.add(folder))
    done(library.add(apart))
    vault.flush()
    assert SECRET.encode() in plain_pages(vault)
    if how in ("remove", "last"):
        library.remove(apart)
    else:
        if how == "delete":
            path.unlink()
            put(apart / "다른 문서.txt", "다른 글이 있다.")
        else:
            put(path, "이제 다른 글만 있다.")
        done(library.sync())
    assert not library.search("은행나무길")
    left = plain_pages(vault)
    assert SECRET.encode() not in left
    for term in set(grams("은행나무길 의결하였다").split()):
        assert term.encode() not in left
    assert not Places(home).database.with_name("biseo.db-wal").read_bytes()
    if how != "last":
        assert library.search("예산 편성")
    vault.flush()
    assert vault.check()


WORKER = """
import sys
from pathlib import Path
from biseo.document import Block, Document
from biseo.library import Library, VaultShelf
from biseo.library.events import FileRead
from biseo.vault import open_vault

class Ring:
    def label(self): return ""
    def get(self, name): return sys.argv[3]
    def set(self, name, secret): pass
    def delete(self, name): pass

def read(path, cancel):
    lines = path.read_text(encoding="utf-8").split("\\n")
    return Document(str(path), "txt", "", None, tuple(Block("paragraph", line) for line in lines))

library = Library(VaultShelf(open_vault(Path(sys.argv[1]), keyring=Ring())), read)
for event in library.add(Path(sys.argv[2])):
    if isinstance(event, FileRead):
        print("read", flush=True)
"""


@pytest.mark.parametrize("after", [0, 1, 3, 7])
def test_a_kill_in_the_middle_loses_nothing(
    vault: Vault, again: Callable[[], Vault], home: Path, folder: Path, reader: CountingReader, after: int, done: Sync
) -> None:
    for number in range(12):
        put(
            folder / f"편람 {number:02}.txt",
            "\n".join(f"{number}번 문서의 {line}째 줄이다. " * 12 for line in range(120)),
        )
    keyed = bytes(vault._secret).hex()
    work = vault.new_id()
    vault.save_work(work, b"{}", title="그대로 있을 작업", task="press").result(10)
    vault.close()
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(home), str(folder), keyed], stdout=subprocess.PIPE, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert worker.stdout is not None
    for _ in range(after):
        worker.stdout.readline()
    worker.kill()
    worker.wait()
    worker.stdout.close()
    with again() as opened:
        library = Library(VaultShelf(opened), reader)
        before = library.report().documents
        assert before >= after
        library.take([str(folder)])
        report = done(library.sync())
        assert report.documents == 14 and report.unchanged == before
        assert len(reader.names) == 14 - before  # what was read is not read again
        whole = opened.consult(lambda c: c.execute("SELECT count(*), sum(whole) FROM library_texts").fetchone())
        assert whole == (14, 14)
        counted = opened.consult(
            lambda c: c.execute("SELECT sum(passages) FROM library_terms WHERE term = '문서'").fetchone()
        )
        found = opened.consult(
            lambda c: c.execute("SELECT count(*) FROM library_index WHERE library_index MATCH '\"문서\"'").fetchone()
        )
        assert counted == found
        assert opened.work(work) is not None and opened.check()


def test_a_rescued_store_knows_its_folders_and_reads_them_again(
    library: Library, vault: Vault, home: Path, ring: MemoryKeyring, folder: Path, reader: CountingReader, done: Sync
) -> None:
    done(library.add(folder))
    vault.close()
    mended, _ = rescue(home, keyring=ring)
    with mended:
        again = Library(VaultShelf(mended), reader)
        assert again.folders() == [str(folder)] and again.report().documents == 0
        assert done(again.sync()).documents == 2 and again.search("예산 편성")

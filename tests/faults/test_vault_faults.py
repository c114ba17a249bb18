"""Kills, full disks, locks, missing rights, power cuts: nothing that was confirmed is lost, and the user is told."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest
from tests.assistant.vault.memory_keyring import MemoryKeyring
from tests.assistant.vault.old_stores import build
from tests.faults.kills import PASSPHRASE, _give_passphrase, kill_once

from biseo.vault import Vault, VaultError, create, open_vault, wrapping
from biseo.vault.cipher import connect
from biseo.vault.key_file import Places


@pytest.fixture(autouse=True)
def quick_derivation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wrapping, "SCRYPT_N", 1 << 4)


@pytest.fixture
def ring() -> MemoryKeyring:
    return MemoryKeyring()


class Troubles:
    """What the window would be told."""

    def __init__(self) -> None:
        self.codes: list[str] = []

    def __call__(self, error: VaultError | None) -> None:
        self.codes.append(error.code if error else "")


def soon(true: Callable[[], bool], seconds: float = 15) -> None:
    limit = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < limit, "did not happen"
        time.sleep(0.02)


@pytest.mark.parametrize(("kind", "delay_s"), [("write", 0.05), ("delete", 0.2), ("start", 0.3), ("migrate", 0.35)])
def test_a_killed_process_loses_nothing(kind: str, delay_s: float, tmp_path: Path, ring: MemoryKeyring) -> None:
    home = tmp_path / "행정비서 자료"
    if kind == "migrate":
        build(home, ring, 1)
        _give_passphrase(home, ring)
    elif kind != "start":
        create(home, passphrase=PASSPHRASE, keyring=ring)[0].close()
    for seed in range(3):
        outcome = kill_once(home if kind != "start" else tmp_path / f"{seed}", kind, seed, delay_s)
        assert not outcome.lost and not outcome.problem


def save(vault: Vault, words: str) -> tuple[str, Future[int]]:
    work = vault.new_id()
    return work, vault.save_work(work, os.urandom(30_000), title=words, task="press", text=words)


def limit_pages(vault: Vault, room: int) -> None:
    """SQLite's own full disk: the file may not grow any more."""

    def limit(connection: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]  # type: ignore[attr-defined]
        connection.execute(f"PRAGMA max_page_count = {pages + room if room else 1 << 30}")  # type: ignore[attr-defined]

    vault._do(limit)


def test_a_full_disk_is_told_and_what_waits_is_written_later(tmp_path: Path, ring: MemoryKeyring) -> None:
    troubles = Troubles()
    vault, _ = create(tmp_path / "집", keyring=ring, on_trouble=troubles)
    kept, first = save(vault, "먼저")
    first.result(10)
    limit_pages(vault, 2)
    waiting = [save(vault, f"나중 {number}") for number in range(3)]
    soon(lambda: vault.trouble is not None)
    assert vault.trouble is not None and vault.trouble.code == "disk-full"
    assert vault.work(kept) is not None and vault.load_work(kept), "reading goes on"
    assert not any(future.done() for _, future in waiting)
    with pytest.raises(VaultError) as told:
        vault.close()
    assert told.value.code == "disk-full"
    with pytest.raises(VaultError):
        vault.claim(kept)  # what cannot wait is refused at once
    vault._writer._connection.execute("PRAGMA max_page_count = 1073741823")  # type: ignore[union-attr]
    for work, future in waiting:
        future.result(15)
        assert vault.load_work(work)
    assert vault.trouble is None and troubles.codes == ["disk-full", ""]
    assert vault.check()
    vault.close()


@contextlib.contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    folder.mkdir()
    made = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if not made or made.returncode:
        pytest.skip("no right to mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], capture_output=True, check=False)


@pytest.mark.skipif(sys.platform != "linux", reason="tmpfs")
def test_a_really_full_disk(tmp_path: Path, ring: MemoryKeyring) -> None:
    with small_disk(tmp_path / "작은 디스크", "2m") as disk:
        vault, _ = create(disk / "집", keyring=ring)
        confirmed: list[tuple[str, bytes]] = []
        waiting: list[tuple[str, bytes, Future[int]]] = []
        while vault.trouble is None and len(confirmed) < 300:
            work, state = vault.new_id(), os.urandom(40_000)
            future = vault.save_work(work, state, title="글", task="press")
            try:
                vault.flush()
            except VaultError as error:
                assert error.code == "disk-full"
                waiting.append((work, state, future))
            else:
                confirmed.append((work, state))
        assert confirmed and waiting
        ballast = disk / "다른 파일"
        assert all(vault.load_work(work) == state for work, state in confirmed)
        assert not ballast.exists()
        subprocess.run(["mount", "-o", "remount,size=20m", str(disk)], check=True)
        for work, state, future in waiting:
            future.result(15)
            assert vault.load_work(work) == state
        assert vault.check()
        vault.close()
        with open_vault(disk / "집", keyring=ring) as again:
            assert again.count() == len(confirmed) + len(waiting)


@pytest.mark.skipif(sys.platform != "linux", reason="tmpfs")
def test_no_room_for_a_first_start(tmp_path: Path, ring: MemoryKeyring) -> None:
    with small_disk(tmp_path / "voll", "64k") as disk:
        with pytest.raises(VaultError) as told:
            create(disk / "집", keyring=ring)
        assert told.value.code in ("disk-full", "store-refused")
        assert not list((disk / "집").glob("vault*/biseo.db"))


def test_a_held_file_is_told_and_written_later(tmp_path: Path, ring: MemoryKeyring) -> None:
    troubles = Troubles()
    vault, _ = create(tmp_path / "집", keyring=ring, on_trouble=troubles)
    save(vault, "먼저")[1].result(10)
    other = connect(Places(tmp_path / "집").database, bytes(vault._secret))
    other.execute("BEGIN IMMEDIATE")
    work, future = save(vault, "나중")
    soon(lambda: vault.trouble is not None)
    assert vault.trouble is not None and vault.trouble.code == "store-busy"
    assert [entry.title for entry in vault.works()] == ["먼저"]
    other.execute("ROLLBACK")
    other.close()
    future.result(15)
    assert vault.load_work(work) and troubles.codes == ["store-busy", ""]
    vault.close()


READ_ONLY = """
import sys
from pathlib import Path
from biseo.vault import VaultError, create, open_vault
home, passphrase = Path(sys.argv[1]), "시험 암호 1234"
try:
    made = sys.argv[2] == "create"
    vault = create(home, passphrase=passphrase)[0] if made else open_vault(home, passphrase=passphrase)
    print("opened", vault.count())
    vault.close(abandon=True)
except VaultError as error:
    print("told", error.code)
"""


@pytest.mark.skipif(os.name == "nt", reason="rights of POSIX")
@pytest.mark.parametrize("action", ["open", "create"])
def test_a_folder_that_cannot_be_written(action: str, ring: MemoryKeyring) -> None:
    """As a user without rights, even when the tests run as root."""
    import tempfile

    root = Path(__file__).resolve().parents[2]
    search = os.pathsep.join(str(root / name) for name in ("assistant", "models", "resources"))
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "집"
        if action == "open":
            create(home, passphrase=PASSPHRASE, keyring=ring)[0].close()
        else:
            home.mkdir()
        for path in [Path(folder), *Path(folder).rglob("*")]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        command = [sys.executable, "-c", READ_ONLY, str(home), action]
        environment = {**os.environ, "PYTHONPATH": search, "PYTHONUTF8": "1"}
        if os.getuid() == 0:
            command = ["setpriv", "--reuid=65534", "--clear-groups", *command]
            if not shutil.which("setpriv") or not _may_run(command[:3], environment):
                pytest.skip("no way to become another user who can run this Python")
        ended = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, check=False)
        for path in [Path(folder), *Path(folder).rglob("*")]:
            path.chmod(0o700)
    assert ended.stdout.strip() in ("told store-refused", "told read-only"), ended.stdout + ended.stderr


def _may_run(prefix: list[str], environment: dict[str, str]) -> bool:
    command = [*prefix, sys.executable, "-c", "import biseo.vault, sqlcipher3, cryptography"]
    return subprocess.run(command, capture_output=True, env=environment, check=False).returncode == 0


def test_a_power_cut_takes_only_what_was_not_confirmed(tmp_path: Path, ring: MemoryKeyring) -> None:
    """The log is cut at any byte behind the last confirmed commit: everything confirmed is still there."""
    home = tmp_path / "집"
    vault, code = create(home, keyring=ring)
    places = Places(home)
    log = places.database.with_name("biseo.db-wal")
    sizes: list[tuple[int, str]] = []
    for number in range(12):
        work, _ = save(vault, f"글 {number}")
        vault.flush()
        sizes.append((log.stat().st_size, work))
    database, whole, keys = places.database.read_bytes(), log.read_bytes(), places.keys.read_bytes()
    vault.close()
    end = sizes[-1][0]
    for cut in [size for size, _ in sizes] + [size + extra for size, _ in sizes for extra in (1, 700, 4096)]:
        if cut > end:
            continue
        copy = tmp_path / f"nach {cut}"
        (copy / "vault").mkdir(parents=True)
        (copy / "vault" / "biseo.db").write_bytes(database)
        (copy / "vault" / "biseo.db-wal").write_bytes(whole[:cut] + os.urandom(min(512, end - cut)))
        (copy / "vault" / "keys.json").write_bytes(keys)
        with open_vault(copy, recovery_code=code, keyring=ring) as again:
            there = {entry.id for entry in again.works()}
            assert there >= {work for size, work in sizes if size <= cut}
        shutil.rmtree(copy)

"""Two windows, two commands, two users on one store."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from tests.assistant.vault.memory_keyring import MemoryKeyring
from tests.faults.kills import PASSPHRASE

from biseo.vault import VaultError, create, open_vault, wrapping
from biseo.vault.locks import PLACES

ROOT = Path(__file__).resolve().parents[2]
OTHER = """
import sys
from pathlib import Path
from biseo.vault import VaultError, open_vault
vault = open_vault(Path(sys.argv[1]), passphrase=sys.argv[2])
for line in sys.stdin:
    action, _, rest = line.strip().partition(" ")
    try:
        if action == "save":
            vault.save_work(rest, b"other", title="other", task="press").result(20)
        elif action == "many":
            for step in range(int(rest)):
                vault.save_work(vault.new_id(), b"x" * 2000, title=str(step), task="press", text="other " * 50)
                vault.log("draft", counts={"step": step})
                vault.flush()
        elif action == "close":
            vault.close()
        else:
            getattr(vault, action)(rest)
        print("ok", flush=True)
    except VaultError as error:
        print(error.code, flush=True)
"""


@pytest.fixture(autouse=True)
def quick_derivation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wrapping, "SCRYPT_N", 1 << 4)


class Other:
    """Another process on the same store."""

    def __init__(self, home: Path) -> None:
        search = os.pathsep.join(str(ROOT / name) for name in ("assistant", "models", "resources"))
        self.process = subprocess.Popen(
            [sys.executable, "-c", OTHER, str(home), PASSPHRASE],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8",
            env={**os.environ, "PYTHONPATH": search, "PYTHONUTF8": "1"},
        )  # fmt: skip

    def do(self, line: str) -> str:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        assert self.process.stdin and self.process.stdout
        self.process.stdin.close()
        self.process.stdout.close()


def test_two_windows_share_a_store_but_not_a_work(tmp_path: Path) -> None:
    home = tmp_path / "집"
    vault, _ = create(home, passphrase=PASSPHRASE, keyring=MemoryKeyring())
    work, second = vault.new_id(), vault.new_id()
    for one in (work, second):
        vault.save_work(one, b"mine", title="mine", task="press")
    vault.claim(work)
    other = Other(home)
    try:
        assert other.do(f"claim {work}") == "work-open"
        assert other.do(f"delete_work {work}") == "work-open"
        assert other.do(f"claim {second}") == "ok"
        with pytest.raises(VaultError) as told:
            vault.claim(second)
        assert told.value.code == "work-open"
        assert vault.sweep(0) == 0, "neither window's work goes"
        assert other.do(f"save {second}") == "ok"
        assert vault.load_work(second) == b"other"
        with pytest.raises(VaultError) as told:
            vault.backup(tmp_path / "a.bak")
            vault.restore(tmp_path / "a.bak")
        assert told.value.code == "in-use", "the whole store is changed by one alone"
        vault.release(work)
        assert other.do(f"claim {work}") == "ok"
    finally:
        other.end()  # killed with claims
    vault.claim(work)
    vault.claim(second)
    vault.close()


def test_two_processes_writing_at_once_keep_one_log(tmp_path: Path) -> None:
    home = tmp_path / "집"
    vault, _ = create(home, passphrase=PASSPHRASE, keyring=MemoryKeyring())
    other = Other(home)
    told: list[str] = []
    try:
        thread = threading.Thread(target=lambda: told.append(other.do("many 60")))
        thread.start()
        for step in range(60):
            vault.save_work(vault.new_id(), b"y" * 2000, title=str(step), task="press", text="mine " * 50)
            vault.log("draft", counts={"step": step})
            vault.flush()
        thread.join()
        assert told == ["ok"]
        assert vault.count() == 120 and len({entry.seq for entry in vault.works()}) == 120
        report = vault.audit_report()
        assert report.intact and report.lines == 120
        assert len(vault.search("mine", 200)) == 60 == len(vault.search("other", 200))
        assert vault.check()
    finally:
        other.end()
    vault.close()


def test_too_many_windows_are_a_sentence(tmp_path: Path) -> None:
    ring = MemoryKeyring()
    first, _ = create(tmp_path, keyring=ring)
    rest = [open_vault(tmp_path, keyring=ring) for _ in range(PLACES - 1)]
    with pytest.raises(VaultError) as told:
        open_vault(tmp_path, keyring=ring)
    assert told.value.code == "in-use"
    rest.pop().close()
    open_vault(tmp_path, keyring=ring).close()
    for vault in (first, *rest):
        vault.close()


def test_two_first_starts_make_one_store(tmp_path: Path) -> None:
    ring = MemoryKeyring()
    codes: list[str] = []
    opened = []

    def start() -> None:
        try:
            opened.append(create(tmp_path, keyring=ring)[0])
        except VaultError as error:
            codes.append(error.code)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 1 and set(codes) <= {"exists", "in-use"}
    opened[0].close()
    open_vault(tmp_path, keyring=ring).close()


def test_another_users_credential_store_opens_nothing(tmp_path: Path) -> None:
    create(tmp_path, keyring=MemoryKeyring())[0].close()
    with pytest.raises(VaultError) as told:
        open_vault(tmp_path, keyring=MemoryKeyring())
    assert told.value.code == "key-missing"

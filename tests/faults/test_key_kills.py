"""A program that is killed while keys change or a backup comes back leaves the old store or the new one."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from tests.assistant.vault.memory_keyring import MemoryKeyring

from biseo.vault import Vault, VaultError, create, open_vault, wrapping

PASSPHRASE = "시험 암호 1234"
WORKER = Path(__file__).with_name("key_worker.py")
KILLS = 6


@pytest.fixture(autouse=True)
def quick_derivation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wrapping, "SCRYPT_N", 1 << 4)


def killed(home: Path, passphrase: str, kind: str, backup: Path, delay_s: float) -> list[str]:
    """What the worker has said until it was killed, `delay_s` after it had opened the store."""
    worker = subprocess.Popen(
        [sys.executable, str(WORKER), str(home), passphrase, kind, str(backup)], stdout=subprocess.PIPE, text=True
    )
    assert worker.stdout
    lines: list[str] = []
    opened = threading.Event()

    def read() -> None:
        assert worker.stdout
        for line in worker.stdout:
            lines.append(line.strip())
            opened.set()

    reader = threading.Thread(target=read)
    reader.start()
    assert opened.wait(30)
    time.sleep(delay_s)
    worker.kill()
    worker.wait()
    reader.join()
    worker.stdout.close()
    return lines


def opens(home: Path, passphrase: str) -> bool:
    try:
        open_vault(home, passphrase=passphrase, keyring=MemoryKeyring()).close()
    except VaultError as error:
        assert error.code == "passphrase-wrong"
        return False
    return True


def made(home: Path) -> Vault:
    vault, _code = create(home, passphrase=PASSPHRASE, keyring=MemoryKeyring())
    for number in range(20):
        vault.save_work(vault.new_id(), b"x" * 5000, title=f"일 {number}", task="press")
    vault.flush()
    return vault


def test_a_change_of_the_passphrase_is_all_or_nothing(tmp_path: Path) -> None:
    chance = random.Random(3)
    home = tmp_path / "집"
    made(home).close()
    passphrase, changes = PASSPHRASE, 0
    for _ in range(KILLS):
        lines = killed(home, passphrase, "passphrase", tmp_path, chance.uniform(0.02, 0.3))
        done = [int(line.split()[1]) for line in lines if line.startswith("done")]
        begun = [int(line.split()[1]) for line in lines if line.startswith("begin")]
        old = f"{done[-1]:08d} new passphrase" if done else passphrase
        new = f"{begun[-1]:08d} new passphrase" if begun else passphrase
        works = [each for each in dict.fromkeys((old, new)) if opens(home, each)]
        assert works, "neither the old passphrase nor the new one opens the store"
        passphrase, changes = works[-1], changes + len(done)
    assert changes > KILLS
    with open_vault(home, passphrase=passphrase, keyring=MemoryKeyring()) as vault:
        assert vault.count() == 20 and vault.check()


def test_a_restore_is_all_or_nothing(tmp_path: Path) -> None:
    chance = random.Random(5)
    home, backup = tmp_path / "집", tmp_path / "a.biseo-backup"
    vault = made(home)
    vault.backup(backup)
    vault.save_work(vault.new_id(), b"y", title="백업 뒤의 일", task="press").result(10)
    vault.close()
    for _ in range(KILLS):
        lines = killed(home, PASSPHRASE, "restore", backup, chance.uniform(0.02, 0.5))
        assert lines[0] == "open"
        with open_vault(home, passphrase=PASSPHRASE, keyring=MemoryKeyring()) as opened:
            done = any(line.startswith("done") for line in lines)
            assert opened.count() in ((20,) if done else (20, 21)) and opened.check()
            assert opened.audit_report().intact
            if opened.count() == 20:
                opened.save_work(opened.new_id(), b"y", title="백업 뒤의 일", task="press").result(10)

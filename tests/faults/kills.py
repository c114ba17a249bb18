"""Kills a process that works on a store at a random moment, and counts what was confirmed and is not there.

    python -m tests.faults.kills [how many]

prints what survived; nothing that was confirmed may be lost.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.assistant.vault.memory_keyring import MemoryKeyring
from tests.assistant.vault.old_stores import build

from biseo.vault import VaultError, create, look, open_vault

WORKER = Path(__file__).with_name("vault_worker.py")
ROOT = Path(__file__).resolve().parents[2]
PASSPHRASE = "시험 암호 1234"
KINDS = ("write", "write", "delete", "start", "migrate")


@dataclass
class Outcome:
    """What one kill did.

    Attributes:
        confirmed: saves that the worker was told are on the disk.
        lost: how many of them are not there, or not as they were.
        problem: what else is wrong; empty when nothing is.
        ready: the store was open before the kill; else it was killed while it was made, opened or brought up to date.
    """

    confirmed: int = 0
    lost: int = 0
    problem: str = ""
    ready: bool = False


def kill_once(home: Path, kind: str, seed: int, delay_s: float) -> Outcome:
    """Start a worker on the store of `home`, kill it `delay_s` after it began to work, and look."""
    lines = _run(home, kind, seed, delay_s)
    outcome = Outcome(ready=bool(lines))
    saved: dict[str, str] = {}
    under_way: dict[str, str] = {}
    gone: set[str] = set()
    maybe: set[str] = set()
    for words in (line.split() for line in lines):
        if words[0] == "saved":
            saved[words[1]] = words[2]
            outcome.confirmed += 1
        elif words[0] == "saving":  # may have reached the disk without a word from the worker
            under_way[words[1]] = words[2]
        elif words[0] == "deleting":
            maybe.add(words[1])
        elif words[0] == "deleted":
            gone.add(words[1])
            maybe.discard(words[1])
    if kind == "start" and not any(line.startswith("made") for line in lines):
        return _after_unfinished_start(home, outcome)
    try:
        with open_vault(home, passphrase=PASSPHRASE, keyring=MemoryKeyring()) as vault:
            for work, digest in saved.items():
                entry = vault.work(work)
                if work in gone:
                    outcome.problem = outcome.problem or ("deleted came back" if entry else "")
                elif entry is None:
                    outcome.lost += work not in maybe
                else:
                    there = hashlib.sha256(vault.load_work(work)).hexdigest()
                    outcome.lost += there not in (digest, under_way[work])
            if not vault.check():
                outcome.problem = "damaged"
            if not vault.audit_report().intact:
                outcome.problem = "audit log"
    except VaultError as error:
        outcome.problem = error.code
        outcome.lost = len(saved)
    return outcome


def _after_unfinished_start(home: Path, outcome: Outcome) -> Outcome:
    """Killed before the store was made: either there is none, and one can be made, or it is whole and opens."""
    try:
        if look(home).state == "absent":
            create(home, passphrase=PASSPHRASE, keyring=MemoryKeyring())[0].close()
        else:
            open_vault(home, passphrase=PASSPHRASE, keyring=MemoryKeyring()).close()
    except VaultError as error:
        outcome.problem = f"first start: {error.code}"
    return outcome


def _run(home: Path, kind: str, seed: int, delay_s: float) -> list[str]:
    search = os.pathsep.join(str(ROOT / name) for name in ("assistant", "models", "resources"))
    child = subprocess.Popen(
        [sys.executable, str(WORKER), str(home), PASSPHRASE, str(seed), kind],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": search, "PYTHONUTF8": "1"},
    )
    assert child.stdout is not None
    first = b"" if kind in ("start", "migrate") else child.stdout.readline()
    time.sleep(delay_s)
    child.kill()
    rest = child.stdout.read()
    child.wait()
    child.stdout.close()
    whole = (first + rest).decode()
    return whole[: whole.rfind("\n") + 1].splitlines()


def main() -> int:
    """Kill as often as asked; 1 when something was lost."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    chance = random.Random(20261122)
    from biseo.vault import wrapping

    wrapping.SCRYPT_N = 1 << 4
    total, problems = Counter[str](), Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        shared = Path(folder) / "행정비서 자료"
        create(shared, passphrase=PASSPHRASE, keyring=MemoryKeyring())[0].close()
        for number in range(times):
            kind = KINDS[number % len(KINDS)]
            home = shared if kind in ("write", "delete") else Path(folder) / f"새 집 {number}"
            if kind == "migrate":
                ring = MemoryKeyring()
                build(home, ring, 1)
                _give_passphrase(home, ring)
            delay = chance.uniform(0.1, 1.2)
            outcome = kill_once(home, kind, number, delay)
            total.update(
                kills=1, confirmed=outcome.confirmed, lost=outcome.lost, **{kind: 1, f"{kind} once open": outcome.ready}
            )
            if outcome.problem:
                problems[f"{kind}: {outcome.problem}"] += 1
    sys.stdout.write(f"{dict(total)} problems: {dict(problems) or 'none'}\n")
    return int(bool(total["lost"] or problems))


def _give_passphrase(home: Path, ring: MemoryKeyring) -> None:
    """An old store that a passphrase opens, without opening (and so bringing up to date) its database."""
    from dataclasses import replace

    from biseo.vault import key_file
    from biseo.vault.own_keys import passphrase_slot

    places = key_file.Places(home)
    keys = key_file.load(places)
    slot = passphrase_slot(bytes.fromhex(ring.get(keys.store) or ""), PASSPHRASE)
    replace(keys.with_slot(slot), unlock="passphrase").save(places)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())

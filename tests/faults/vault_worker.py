"""A process that works on a store until it is killed, and says on stdout what was confirmed to it.

Run as `python vault_worker.py HOME PASSPHRASE SEED KIND`; `KIND` is `write`, `delete`, `start` or `migrate`.
"""

from __future__ import annotations

import hashlib
import os
import random
import sys
from pathlib import Path

from biseo.vault import create, open_vault, wrapping


def main() -> None:
    home, passphrase, seed, kind = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4]
    chance = random.Random(seed)
    if kind == "start":
        wrapping.SCRYPT_N = 1 << 4
        vault, code = create(home, passphrase=passphrase)
        say("made", code)
    else:
        vault = open_vault(home, passphrase=passphrase)
        say("open")
    ids: list[str] = []
    for step in range(100_000):
        kept = chance.random()
        if kind == "delete" and ids and kept < 0.3:
            work = ids.pop(chance.randrange(len(ids)))
            say("deleting", work)
            vault.delete_work(work)
            say("deleted", work)
            continue
        work = chance.choice(ids) if ids and kept < 0.6 else vault.new_id()
        state = os.urandom(chance.randrange(50, 20_000))
        digest = hashlib.sha256(state).hexdigest()
        say("saving", work, digest)
        saved = vault.save_work(
            work, state, title=f"문서 {step}", task="press", text=f"글 {step} " * 40, keep="판" if step % 7 == 0 else ""
        )
        if step % 2 == 0:
            vault.log("draft", task="press", counts={"step": step})
        if chance.random() < 0.7:
            vault.flush()
        saved.result()
        if work not in ids:
            ids.append(work)
        say("saved", work, digest)


def say(*words: str) -> None:
    """One line, written whole before anything else happens."""
    os.write(1, (" ".join(words) + "\n").encode())


if __name__ == "__main__":
    main()

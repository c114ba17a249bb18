"""A process that changes keys or restores backups until it is killed; says on stdout what it has begun and done.

Run as `python key_worker.py HOME PASSPHRASE KIND BACKUP`; `KIND` is `passphrase` or `restore`.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from biseo.vault import open_vault, wrapping


def main() -> None:
    home, passphrase, kind, backup = Path(sys.argv[1]), sys.argv[2], sys.argv[3], Path(sys.argv[4])
    wrapping.SCRYPT_N = 1 << 4
    vault = open_vault(home, passphrase=passphrase)
    say("open")
    for step in range(100_000):
        if kind == "passphrase":
            fresh = f"{step:08d} new passphrase"
            say("begin", str(step))
            vault.set_passphrase(fresh)
            say("done", str(step))
        else:
            say("begin", str(step))
            vault.restore(backup)
            say("done", str(step))


def say(*words: str) -> None:
    """One line, written whole before anything else happens."""
    os.write(1, (" ".join(words) + "\n").encode())


if __name__ == "__main__":
    main()

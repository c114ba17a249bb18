"""Drafts from a long document into the store of a home and says how many digests it was asked for; killed meanwhile."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from tests.bench.long_prose import long_document

from biseo.drafting.pipeline import write_draft
from biseo.drafting.request import DraftRequest
from biseo.tasks.catalogue import find_task
from biseo.vault import open_vault
from biseo.vault.digests import StoredDigests
from biseo_models.engine import Job
from biseo_models.scripted import ScriptedEngine

PASSPHRASE = "긴 문서를 읽는 암호"


class Never:
    def is_set(self) -> bool:
        return False


def main(home: Path, halt: int) -> None:
    """Draft; `halt`: stand still when so many digests were asked for, to be killed there."""
    asked = 0

    def script(job: Job) -> str:
        nonlocal asked
        if "긴 문서의 한 부분" in job.prompt.task:
            asked += 1
            if halt and asked > halt:
                sys.stdout.write("halted\n")
                sys.stdout.flush()
                time.sleep(600)
        return "- 시설을 점검함"

    with open_vault(home, passphrase=PASSPHRASE) as vault:
        request = DraftRequest(find_task("summary"), (long_document(40),), {}, 0, "all")
        for _ in write_draft(ScriptedEngine(script), request, Never(), StoredDigests(vault)):
            pass
    sys.stdout.write(f"{asked}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))

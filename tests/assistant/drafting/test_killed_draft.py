from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.assistant.drafting.killed_draft import PASSPHRASE

from biseo.vault import create

WHOLE = 39
"""Parts of the document, all of which the model reads."""

ROOT = Path(__file__).resolve().parents[3]
ROOTS = [ROOT, *(ROOT / name for name in ("assistant", "models", "resources"))]


def start(home: Path, halt: int) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, ROOTS)), "PYTHONIOENCODING": "utf-8"}
    words = [sys.executable, "-m", "tests.assistant.drafting.killed_draft", str(home), str(halt)]
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=environment, cwd=ROOT)


def test_a_killed_draft_goes_on_behind_the_digests_it_had(tmp_path: Path) -> None:
    create(tmp_path, passphrase=PASSPHRASE)[0].close()
    with start(tmp_path, 10) as killed:
        assert killed.stdout is not None
        assert killed.stdout.readline().strip() == "halted"
        killed.kill()
    with start(tmp_path, 0) as again:
        left = int(again.communicate()[0])
    assert 0 < left <= WHOLE - 8  # the first eight were whole; those alone are lost that were being written
    with start(tmp_path, 0) as third:
        assert int(third.communicate()[0]) == 0

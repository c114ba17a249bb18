"""After a lock neither the key nor known sentences can be found in the memory of the window's process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.assistant.vault.memory_keyring import MemoryKeyring

from biseo.vault import create

PASSPHRASE = "correct horse battery 12"
ROOT = Path(__file__).resolve().parents[2]
SENTENCES = (
    "여울마을 등불지기 모임은 골목 끝 우물가에 종을 단다",
    "버드나무 아래 나룻배 일곱 척이 새벽마다 강을 건넌다",
    "은행나무 길 모퉁이 책방은 자정까지 불을 끄지 않는다",
)
TYPED = "달빛 아래 장독대 축제 추진"
PLACES = ("utf-8", "utf-16-le", "utf-32-le")

pytestmark = pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="memory is read through /proc")


def found_in(process: int, needles: dict[str, bytes]) -> dict[str, int]:
    """How often each of them lies in the memory that the process can write."""
    counts = dict.fromkeys(needles, 0)
    maps = Path(f"/proc/{process}/maps").read_text(encoding="utf-8", errors="replace").splitlines()
    with Path(f"/proc/{process}/mem").open("rb", buffering=0) as memory:
        for line in maps:
            span, mode = line.split()[:2]
            if not mode.startswith("rw") or "[v" in line:
                continue
            start, end = (int(part, 16) for part in span.split("-"))
            try:
                memory.seek(start)
                data = memory.read(end - start)
            except OSError:
                continue
            for name, needle in needles.items():
                counts[name] += data.count(needle)
    return counts


def test_key_and_sentences_are_gone(tmp_path: Path) -> None:
    home = tmp_path / "집"
    vault, _code = create(home, passphrase=PASSPHRASE, keyring=MemoryKeyring())
    secret = bytes(vault._secret)
    vault.confirm_recovery_code()
    vault.close()
    (tmp_path / "자료.txt").write_text("\n".join(("등불 계획", *(f"□ {s}." for s in SENTENCES))), encoding="utf-8")
    (tmp_path / "typed.txt").write_text(TYPED, encoding="utf-8")
    needles = {"key": secret[:32], "key in figures": secret[:32].hex().encode()}
    for words in (*SENTENCES, TYPED):
        needles |= {f"{words[:8]} {kind}": words.encode(kind) for kind in PLACES}
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.ui.locked_program", str(tmp_path), PASSPHRASE],
        cwd=ROOT, env={**os.environ, "BISEO_HOME": str(home)}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert program.stdin and program.stdout
    try:
        assert program.stdout.readline() == "open\n"
        before = found_in(program.pid, needles)
        program.stdin.write("\n")
        program.stdin.flush()
        assert program.stdout.readline() == "locked\n"
        after = found_in(program.pid, needles)
        program.stdin.write("\n")
        program.stdin.flush()
        back = program.stdout.readline().split()
    finally:
        program.kill()
        program.wait()
        program.stdin.close()
        program.stdout.close()
    assert before["key"] >= 1 and sum(before[name] for name in before if not name.startswith("key")) > 20, before
    assert back[0] == "back" and int(back[1]) > 50 and back[2] == "1"
    assert {name: count for name, count in after.items() if count} == {}

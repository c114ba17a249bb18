"""Programs of ours in processes of their own, watched from outside."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SEARCH = os.pathsep.join([*(str(ROOT / name) for name in ("assistant", "models", "resources", "ui")), str(ROOT)])
BISEO = (sys.executable, "-m", "biseo_ui.launch")


def environment(home: Path, **more: str) -> dict[str, str]:
    """Of a program whose data lie in `home`, with no desktop session."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DBUS_", "XDG_", "QT_"))}
    return {
        **kept, "BISEO_HOME": str(home), "PYTHONPATH": SEARCH, "PYTHONUTF8": "1", "QT_QPA_PLATFORM": "offscreen",
        "DBUS_SESSION_BUS_ADDRESS": f"unix:path={home / 'no-bus'}", **more,
    }  # fmt: skip


def run(
    words: list[str], home: Path, prefix: tuple[str, ...] = (), timeout: int = 120, **more: str
) -> subprocess.CompletedProcess[str]:
    """Run words to their end."""
    return subprocess.run(
        [*prefix, *words], env=environment(home, **more), cwd=ROOT, stdin=subprocess.DEVNULL,
        capture_output=True, encoding="utf-8", timeout=timeout, check=False,
    )  # fmt: skip


def biseo(words: list[str], home: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command as its user does."""
    return run([*BISEO, *words], home, **more)


def empty_network(*, or_skip: bool = True) -> tuple[str, ...]:
    """What runs a command where there is no network at all, not even a loopback that is up; skips where not allowed."""
    for tool in (("unshare", "-rn"), ("unshare", "-n")):
        if _works(tool):
            return tool
    if or_skip:
        pytest.skip("no unshare, or no right to make a network namespace")
    return ()


def traced(trace: Path, *, or_skip: bool = True) -> tuple[str, ...]:
    """What writes every system call about networks into a file, of children too; skips where not allowed."""
    tool = ("strace", "-f", "-qq", "-o", str(trace), "-e", "trace=network")
    for more in (("--seccomp-bpf",), ()):  # stops only at the calls that are traced; an old strace cannot
        if _works((*tool, *more)):
            return (*tool, *more)
    if or_skip:
        pytest.skip("no strace, or no right to trace")
    return ()


def _works(tool: tuple[str, ...]) -> bool:
    return bool(shutil.which(tool[0])) and not subprocess.run([*tool, "true"], capture_output=True).returncode


def outside_calls(trace: Path) -> list[str]:
    """System calls of a trace that have to do with other machines: whatever is neither AF_UNIX nor the kernel's own."""
    lines = trace.read_text(encoding="utf-8", errors="replace").splitlines()
    return [line for line in lines if "AF_INET" in line or "AF_PACKET" in line or "AF_BLUETOOTH" in line]

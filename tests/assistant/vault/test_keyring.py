"""The operating system's credential store, a real one where the tests can have one, and what the child brings."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from biseo.vault import VaultError
from biseo.vault.keyrings import SystemKeyring

ROOT = Path(__file__).resolve().parents[3]
SEARCH = os.pathsep.join(str(ROOT / name) for name in ("assistant", "models", "resources"))
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the Secret Service is of Linux desktops")

SESSION = """
import os, subprocess, sys
from pathlib import Path
if __name__ == "__main__":
    from biseo.vault import VaultError, create, open_vault
    from biseo.vault.keyrings import SystemKeyring
    assert SystemKeyring().label() == "Secret Service"
    home = Path(sys.argv[1])
    vault, code = create(home)
    work = vault.new_id()
    vault.save_work(work, b"{}", title="t", task="press").result(10)
    vault.close()
    with open_vault(home) as vault:
        assert vault.count() == 1
    modules = [name for name in ("keyring", "jeepney", "ssl", "http.client", "urllib.request") if name in sys.modules]
    assert not modules, modules
    files = [path for path in Path(sys.argv[2]).rglob("*") if path.is_file()]
    for path in files:  # nothing in plain text where this user's files are
        assert bytes(vault.keys.store, "ascii") not in path.read_bytes() or "keyring" not in path.suffix
    ring = SystemKeyring()
    ring.delete(vault.keys.store)
    ring.delete(vault.keys.store)
    try:
        open_vault(home)
    except VaultError as error:
        print(error.code)
    with open_vault(home, recovery_code=code):
        pass
    with open_vault(home) as vault:
        print(vault.count())
"""


def environment(folder: Path) -> dict[str, str]:
    own = {name: str(folder / name) for name in ("HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME")}
    for path in own.values():
        Path(path).mkdir(mode=0o700, exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DBUS_", "XDG_", "GNOME_"))}
    return {**kept, **own, "PYTHONPATH": SEARCH, "PYTHONUTF8": "1"}


def in_session(folder: Path, script: Path, *prefix: str) -> subprocess.CompletedProcess[str]:
    """Run a script in a desktop session of its own, with an unlocked keyring."""
    if not shutil.which("dbus-run-session") or not shutil.which("gnome-keyring-daemon"):
        pytest.skip("no D-Bus session or no keyring daemon")
    words = " ".join([*prefix, sys.executable, str(script), f"'{folder / '집'}'", f"'{folder}'"])
    shell = f"printf secret | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; {words}"
    return subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", shell],
        env=environment(folder), capture_output=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip


@LINUX
def test_a_real_credential_store(tmp_path: Path) -> None:
    script = tmp_path / "session.py"
    script.write_text(SESSION, encoding="utf-8")
    ended = in_session(tmp_path, script)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.split() == ["key-missing", "1"]


@LINUX
def test_it_speaks_to_no_network(tmp_path: Path) -> None:
    """Even with the credential store: local (AF_UNIX) sockets of the child at most."""
    if not shutil.which("strace"):
        pytest.skip("no strace")
    script, trace = tmp_path / "session.py", tmp_path / "trace.txt"
    script.write_text(SESSION, encoding="utf-8")
    ended = in_session(tmp_path, script, "strace", "-f", "-qq", "-o", str(trace), "-e", "trace=network")
    if "ptrace" in ended.stderr:
        pytest.skip("no right to trace")
    assert ended.returncode == 0, ended.stderr
    calls = trace.read_text(encoding="utf-8", errors="replace")
    assert "AF_UNIX" in calls, "the trace sees the child"
    assert "AF_INET" not in calls


@LINUX
def test_without_a_desktop_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith(("DBUS_", "XDG_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'nothing'}")
    with pytest.raises(VaultError) as told:
        SystemKeyring().get("x")
    assert told.value.code == "keyring-none"


@LINUX
def test_a_configured_plain_text_store_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`keyring`'s own choice follows a file and the environment; ours does not."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'nothing'}")
    with pytest.raises(VaultError) as told:
        SystemKeyring().set("x", "secret")
    assert told.value.code == "keyring-none"


def test_no_store_of_plain_text_comes_with_the_program() -> None:
    listed = (ROOT / "requirements" / "runtime.txt").read_text(encoding="utf-8")
    assert "keyrings" not in listed


def test_the_store_brings_no_network_into_the_process() -> None:
    code = (
        "import sys, tempfile, pathlib; from biseo.vault import create\n"
        "v, _ = create(pathlib.Path(tempfile.mkdtemp()), passphrase='long enough 12'); v.close()\n"
        "print([n for n in ('ssl', 'http.client', 'urllib.request', 'keyring', 'jeepney') if n in sys.modules])"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": SEARCH, "PYTHONUTF8": "1"},
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert ended.stdout.strip() == "[]", ended.stdout + ended.stderr


def test_a_question_that_nobody_answers_ends() -> None:
    """The desktop asks to unlock the keyring, and the user is at lunch: no child is left behind."""
    import multiprocessing

    with pytest.raises(VaultError) as told:
        SystemKeyring(wait_s=0.0).get("x")
    assert told.value.code == "keyring-locked"
    assert not [child for child in multiprocessing.active_children() if child.name == "keyring"]

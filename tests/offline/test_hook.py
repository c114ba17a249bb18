"""The audit hook: what it denies, what it lets through, what it writes down. It cannot be taken away: in processes."""

from __future__ import annotations

import ast
import json
import multiprocessing
import pickle
import re
import sys
import threading
from pathlib import Path

import pytest
from tests.offline.running import ROOT, run

from biseo_models import attempts, starting
from biseo_models.attempts import Attempt
from biseo_models.offline import NetworkBlocked, guard

TRY = """
import ctypes, http.client, json, socket, smtplib, sys, urllib.request, webbrowser
from pathlib import Path
from biseo_models.offline import NetworkBlocked, arm, guard
arm(sys.argv[2] if len(sys.argv) > 2 else "command", local="local" in sys.argv)
def unconnected():
    import _socket
    return _socket.socket(_socket.AF_INET6, _socket.SOCK_DGRAM, 0)
WAYS = {
    "socket": socket.socket, "raw module": unconnected, "local socket": lambda: socket.socket(socket.AF_UNIX),
    "pair": socket.socketpair, "connect": lambda: socket.create_connection(("192.0.2.1", 443)),
    "server": lambda: socket.create_server(("127.0.0.1", 0)),
    "resolve": lambda: socket.getaddrinfo("www.example.org", 443), "name": lambda: socket.gethostbyname("example.org"),
    "address": lambda: socket.gethostbyaddr("192.0.2.1"), "web": lambda: urllib.request.urlopen("http://192.0.2.1/"),
    "http": lambda: http.client.HTTPConnection("192.0.2.1").request("GET", "/"),
    "mail": lambda: smtplib.SMTP("192.0.2.1"), "browser": lambda: webbrowser.GenericBrowser("browser").open("http://192.0.2.1/"),
    "native connect": lambda: ctypes.CDLL(None).connect, "native resolve": lambda: ctypes.CDLL(None)["getaddrinfo"],
    "native library": lambda: ctypes.CDLL("libcurl.so.4"),
    "own host name": socket.gethostname, "native length": lambda: ctypes.CDLL(None).strlen,
}
if sys.platform == "win32":
    for name in [name for name in WAYS if name.startswith(("native", "local"))]:
        del WAYS[name]
done = {}
for name, way in WAYS.items():
    before = guard.count
    try:
        way()
        done[name] = "through"
    except NetworkBlocked as error:
        done[name] = "denied" if guard.count == before + 1 else "not counted once"
guard.record_in(Path(sys.argv[1]))
print(json.dumps({"ways": done, "count": guard.count, "armed": guard.armed, "unwritten": guard.unwritten}))
"""
HARMLESS = {"own host name", "native length"}


def tried(folder: Path, *more: str) -> dict[str, object]:
    ended = run([sys.executable, "-c", TRY, str(folder), *more], folder)
    assert ended.returncode == 0, ended.stderr
    found: dict[str, object] = json.loads(ended.stdout)
    return found


def test_every_way_to_a_network_is_denied_counted_and_written_down(tmp_path: Path) -> None:
    found = tried(tmp_path / "기록")
    ways = found["ways"]
    assert isinstance(ways, dict)
    through = {name for name, how in ways.items() if how == "through"}
    assert through == HARMLESS & set(ways)
    assert set(ways.values()) == {"through", "denied"}
    record = attempts.read(tmp_path / "기록")
    assert found["armed"] and record.readable
    assert record.count == found["count"] == len(record.attempts) == len(ways) - len(through)
    assert found["unwritten"] == 0
    assert {one.role for one in record.attempts} == {"command"}
    assert {443} <= {one.port for one in record.attempts}
    assert {"AF_INET", "AF_INET6", "AF_UNIX"} <= {one.family for one in record.attempts} or sys.platform == "win32"
    assert all(one.asked_by.startswith("__main__:") for one in record.attempts)


def test_no_address_is_written_down(tmp_path: Path) -> None:
    """A name to resolve can carry the words of a document."""
    tried(tmp_path)
    content = (tmp_path / attempts.FILE).read_text(encoding="utf-8")
    assert "example" not in content and "192.0.2" not in content and "127.0.0" not in content


@pytest.mark.skipif(sys.platform != "linux", reason="the credential store of Linux desktops is behind a local socket")
def test_the_process_of_the_credential_store_may_use_sockets_of_this_pc_only(tmp_path: Path) -> None:
    ways = tried(tmp_path, "keyring", "local")["ways"]
    assert isinstance(ways, dict)
    assert {name for name, how in ways.items() if how == "through"} == {*HARMLESS, "local socket", "pair"}


def test_the_error_is_a_sentence_and_an_os_error() -> None:
    """A library that can do without goes on; what cannot ends as a sentence."""
    error = NetworkBlocked()
    assert isinstance(error, PermissionError)
    assert "막았습니다." in str(error) and error.code == "network-blocked"
    again = pickle.loads(pickle.dumps(error))
    assert (again.code, again.message, again.advice) == (error.code, error.message, error.advice)


def test_an_earlier_hook_that_refuses_ours_stops_the_program(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "def refuse(event, arguments):\n"
        "    if event == 'sys.addaudithook': raise RuntimeError\n"
        "sys.addaudithook(refuse)\n"
        "from biseo_ui.launch import main\n"
        "sys.exit(main(['tasks']))\n"
    )
    ended = run([sys.executable, "-c", code], tmp_path)
    assert (ended.returncode, ended.stdout) == (6, "")
    assert "Traceback" not in ended.stderr and "막았습니다." in ended.stderr


# children


class Telltale:
    """Says, in the process that builds it, whether the hook is there already."""

    def __reduce__(self) -> tuple[object, tuple[()]]:
        return _is_armed, ()


def _is_armed() -> bool:
    return guard.armed


def _tell(sender: object, armed_before: bool) -> None:
    sender.send((armed_before, guard.armed, guard.role, str(guard.folder)))  # type: ignore[attr-defined]
    sender.close()  # type: ignore[attr-defined]


def test_a_child_is_armed_before_its_work_is_even_loaded() -> None:
    assert not guard.armed  # the tests' own process stays as it is
    receiver, sender = multiprocessing.get_context("spawn").Pipe(duplex=False)
    process = starting.child("reader", _tell, (sender, Telltale()))
    starting.start(process)
    sender.close()
    assert receiver.recv() == (True, True, "reader", str(guard.folder))
    process.join(20)
    assert starting.roles[process.pid or 0] == "reader"
    assert not guard.armed


OTHER_PROGRAMS = {"machine.py": "subprocess.run", "session_lock.py": "subprocess.run"}
"""macOS's `sysctl` for facts of the processor, and the desktop's own way to lock the screen."""
STARTING = re.compile(
    r"subprocess\.(run|call|check_call|check_output|getoutput|Popen)|os\.(system|popen|startfile|fork\w*|exec\w+|spawn\w+)"
    r"|os\.posix_spawnp?|(?!psutil\.)(\w+\.)+(Process|Pool)|QProcess(\.\w+)?|\w*ProcessPoolExecutor"
)


def test_processes_are_made_in_one_place_only() -> None:
    """Whatever starts a process otherwise would have one without the hook."""
    for root in ("assistant", "models", "ui"):
        for path in (ROOT / root).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                name = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
                if STARTING.fullmatch(name) and OTHER_PROGRAMS.get(path.name) != name:
                    assert (path.name, name) == ("starting.py", "context.Process")


# the record


def attempt(number: int = 0) -> Attempt:
    return Attempt("2026-11-22T10:00:00", "reader", number, "socket.connect", "AF_INET", 443, "library:1")


def test_the_record_counts_what_several_write_at_once(tmp_path: Path) -> None:
    threads = [
        threading.Thread(target=lambda: [attempts.add(tmp_path, [attempt(n)]) for n in range(25)]) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    record = attempts.read(tmp_path)
    assert record.count == len(record.attempts) == 100


def test_a_full_record_goes_on_counting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "FULL_BYTES", 400)
    for number in range(20):
        attempts.add(tmp_path, [attempt(number)], 2)
    record = attempts.read(tmp_path)
    assert record.count == 60
    assert [one.pid for one in record.attempts] == list(range(len(record.attempts)))
    assert (tmp_path / attempts.FILE).stat().st_size < 800


def test_a_record_that_is_none_is_told_and_replaced(tmp_path: Path) -> None:
    assert attempts.read(tmp_path) == attempts.Record()
    (tmp_path / attempts.FILE).write_text("something else\n" * 50, encoding="utf-8")
    assert not attempts.read(tmp_path).readable
    attempts.add(tmp_path, [attempt()])
    assert attempts.read(tmp_path).count == 1
    with (tmp_path / attempts.FILE).open("a", encoding="utf-8") as stream:
        stream.write("torn li\n[]\n{}\n")
    assert len(attempts.read(tmp_path).attempts) == 1


def test_without_a_place_to_write_attempts_are_denied_and_counted(tmp_path: Path) -> None:
    (tmp_path / "기록").write_text("a file where the folder should be", encoding="utf-8")
    found = tried(tmp_path / "기록")
    assert found["unwritten"] == found["count"] != 0

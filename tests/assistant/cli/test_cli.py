from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest
from tests.assistant.drafting.conftest import FORMS, PLAN

from biseo.cli import main
from biseo.errors import ModelError
from biseo.tasks.catalogue import all_tasks
from biseo_models.catalogue import ModelStore
from biseo_models.scripted import ScriptedEngine

ROOT = Path(__file__).resolve().parents[3]
GOOD = "안전요원 24명 배치와 임시 주차장 120면 마련\nㅇ 작가 강연 6회와 헌책 나눔 장터 도입"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "행정 비서"
    monkeypatch.setenv("BISEO_HOME", str(folder))
    monkeypatch.setattr(ModelStore, "default_available", lambda self: False)
    return folder


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "책잔치 계획.txt"
    path.write_text("\n".join(PLAN), encoding="utf-8")
    return path


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> ScriptedEngine:
    scripted = ScriptedEngine(lambda job: GOOD)
    monkeypatch.setattr("biseo.cli.write.open_engine", lambda *given: scripted)
    monkeypatch.setattr("biseo.cli.write.prepare_default", lambda *rest: None)
    return scripted


Said = Callable[[], tuple[str, str]]


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Said:
    def read() -> tuple[str, str]:
        captured = capsys.readouterr()
        return captured.out, captured.err

    return read


def failure(words: list[str], said: Said) -> tuple[int, str, str]:
    """Exit code, error code and stderr of a command that fails; checks what every failure has in common."""
    code = main([*words, "--json"])
    out, err = said()
    told = json.loads(out)["error"]
    assert set(told) == {"code", "message", "advice"}
    assert out.count("\n") == 1
    assert [told["message"], told["advice"]] == err.strip().splitlines()
    assert any("가" <= letter <= "힣" for letter in told["message"])
    assert "Traceback" not in err
    plain = main(words)
    out, err_plain = said()
    assert (plain, out, err_plain) == (code, "", err)
    return code, told["code"], err


def test_tasks(said: Said) -> None:
    assert main(["tasks", "--json"]) == 0
    out, err = said()
    tasks = json.loads(out)
    assert err == ""
    assert [task["id"] for task in tasks] == [task.id for task in all_tasks()]
    for task in tasks:
        assert {"id", "title", "fields", "sections", "profile"} <= set(task)
        assert all({"id", "label", "required", "kind"} <= set(field) for field in task["fields"])
        assert all({"id", "title"} <= set(section) for section in task["sections"])
    assert main(["tasks"]) == 0
    assert "보도자료 (press)" in said()[0]


def test_read(source: Path, said: Said) -> None:
    assert main(["read", str(source), "--json"]) == 0
    data = json.loads(said()[0])
    assert set(data) == {"path", "format", "title", "pages", "blocks", "warnings"}
    assert [block["text"] for block in data["blocks"]] == list(PLAN)
    assert all({"kind", "text", "level", "page"} <= set(block) for block in data["blocks"])
    assert main(["read", str(source)]) == 0
    assert said()[0].strip().splitlines() == list(PLAN)


@pytest.mark.parametrize(
    "words",
    [
        [], ["nope"], ["read"], ["read", "a", "b"], ["write"], ["summarize"], ["swot"], ["model"], ["model", "nope"],
        ["tasks", "--nope"], ["write", "press", "--seed", "many"], ["--nope"], ["write", "press", "--out"],
    ],
)  # fmt: skip
def test_wrong_usage(words: list[str], said: Said) -> None:
    code, name, err = failure(words, said)
    assert (code, name) == (2, "usage")
    assert err.count("쓰는 법: biseo") == 1


def test_help_is_korean(said: Said) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["write", "--help"])
    out, _ = said()
    assert caught.value.code == 0
    assert out.startswith("쓰는 법: ") and "usage" not in out and "options" not in out and "show this" not in out


def test_an_unknown_task(source: Path, said: Said) -> None:
    assert failure(["write", "nope", "--source", str(source)], said)[:2] == (2, "unknown-task")


def test_a_missing_file(tmp_path: Path, said: Said) -> None:
    for words in (["read"], ["summarize"], ["swot"], ["write", "press", "--source"]):
        assert failure([*words, str(tmp_path / "없음.txt")], said)[0] == 3


def test_no_model(source: Path, home: Path, said: Said) -> None:
    assert failure(["summarize", str(source)], said)[:2] == (4, "no-model")


def test_no_source(engine: ScriptedEngine, said: Said) -> None:
    assert failure(["write", "press"], said)[:2] == (2, "no-source")
    assert engine.history == []


@pytest.mark.parametrize(
    "words",
    [
        ["--set", "agency"], ["--set", "=한빛시"], ["--set", "nope=1"], ["--set", " =x"],
    ],
)  # fmt: skip
def test_mistakes_in_set(source: Path, engine: ScriptedEngine, said: Said, words: list[str]) -> None:
    assert failure(["write", "press", "--source", str(source), *words], said)[0] == 2
    assert engine.history == []


def test_a_form_too_long_for_the_model(source: Path, engine: ScriptedEngine, said: Said) -> None:
    words = ["write", "report", "--source", str(source), "--set", "name=검토", "--set", f"points={'긴 글 ' * 5000}"]
    code, name, err = failure(words, said)
    assert (code, name) == (2, "form-too-long")
    assert "긴 글 긴 글" not in err
    assert engine.history == []


def test_set_of_rows_and_of_a_choice(source: Path, engine: ScriptedEngine, said: Said) -> None:
    many = "fund_rows=국비|1|2|3|4|5|6|7"
    assert failure(["write", "plan", "--source", str(source), "--set", many], said)[:2] == (2, "wrong-value")
    assert failure(["write", "reply", "--source", str(source), "--set", "result=거절"], said)[:2] == (2, "wrong-value")


def test_a_letter_from_words_on_the_command_line(
    source: Path, tmp_path: Path, engine: ScriptedEngine, said: Said
) -> None:
    out = tmp_path / "공문.hwpx"
    values = {
        "kind": "협조 요청", "receivers": "한빛소방서장, 한빛경찰서장", "subject": "안전관리 협조 요청",
        "agency": "한빛시", "sender": "한빛시장", "gist": "구급차 1대 지원 요청", "reference": "총무과-12(2026.1.6)",
        "attached": "계획|2부; 점검표",
    }  # fmt: skip
    words = [word for name, value in values.items() for word in ("--set", f"{name}={value}")]
    assert main(["write", "letter", "--source", str(source), *words, "--out", str(out), "--json"]) == 0
    data = json.loads(said()[0])
    assert data["findings"] == []
    assert data["letter"]["receivers"] == ["한빛소방서장", "한빛경찰서장"]
    assert data["sections"][-1]["text"] == "붙임  1. 계획 2부.\n2. 점검표 1부.  끝."
    assert main(["check", str(out), "--json"]) == 0
    assert json.loads(said()[0])["kind"] == "letter"
    assert main(["write", "letter", *words]) == 0
    printed = said()[0].splitlines()
    assert printed[:4] == ["한빛시", "수신  수신자 참조", "(경유)", "제목  안전관리 협조 요청"]


def test_an_equals_sign_in_a_value(source: Path, engine: ScriptedEngine, said: Said) -> None:
    assert main(["write", "report", "--source", str(source), "--set", "name=가=나 = 다", "--json"]) == 0
    assert json.loads(said()[0])["title"] == "가=나 = 다"


@pytest.mark.parametrize("name", ["a.pdf", "a", "a.hwp", ".docx/a", "a.docx.exe"])
def test_an_output_that_cannot_be_written(
    source: Path, tmp_path: Path, engine: ScriptedEngine, said: Said, name: str
) -> None:
    words = ["summarize", str(source), "--out", str(tmp_path / name)]
    assert failure(words, said)[:2] == (2, "unknown-format")
    assert engine.history == []


def test_an_output_in_no_folder(source: Path, tmp_path: Path, engine: ScriptedEngine, said: Said) -> None:
    assert failure(["summarize", str(source), "--out", str(tmp_path / "x" / "a.txt")], said)[:2] == (3, "no-folder")
    assert engine.history == []


def test_an_existing_output_is_never_overwritten_unasked(
    source: Path, tmp_path: Path, engine: ScriptedEngine, said: Said
) -> None:
    out = tmp_path / "이미 있는 글.txt"
    out.write_bytes(b"before")
    words = ["summarize", str(source), "--out", str(out)]
    code, name, err = failure(words, said)
    assert (code, name) == (3, "exists") and "--force" in err
    assert engine.history == []
    assert out.read_bytes() == b"before"
    assert main([*words, "--force"]) == 0
    assert b"before" not in out.read_bytes()
    assert sorted(entry.name for entry in tmp_path.iterdir() if entry.is_file()) == sorted([source.name, out.name])


def test_an_output_that_appears_meanwhile_stays(
    source: Path, tmp_path: Path, engine: ScriptedEngine, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "먼저.txt"
    out.write_bytes(b"before")
    monkeypatch.setattr("biseo.cli.write.check_target", lambda path, overwrite: None)
    assert main(["summarize", str(source), "--out", str(out)]) == 3
    assert "--force" in said()[1]
    assert engine.history and out.read_bytes() == b"before"


def test_a_folder_named_like_a_document(source: Path, tmp_path: Path, engine: ScriptedEngine, said: Said) -> None:
    (tmp_path / "폴더.docx" / "안").mkdir(parents=True)
    code, _, _ = failure(["summarize", str(source), "--out", str(tmp_path / "폴더.docx"), "--force"], said)
    assert code == 3
    assert engine.history == []
    assert (tmp_path / "폴더.docx" / "안").is_dir()


@pytest.mark.parametrize("suffix", [".txt", ".md", ".docx", ".hwpx", ".TXT"])
def test_write_saves_and_tells(source: Path, tmp_path: Path, engine: ScriptedEngine, said: Said, suffix: str) -> None:
    out = tmp_path / f"보도 자료{suffix}"
    sets = [word for name, value in FORMS["press"].items() for word in ("--set", f"{name}={value}")]
    assert main(["write", "press", "--source", str(source), *sets, "--out", str(out), "--seed", "5", "--json"]) == 0
    text, _ = said()
    data = json.loads(text)
    assert text.count("\n") == 1
    assert {"task", "sections", "findings", "stats", "out"} <= set(data)
    assert data["out"] == str(out) and out.stat().st_size > 100
    stats = data["stats"]
    assert set(stats) == {"prompt_tokens", "cached_tokens", "output_tokens", "first_token_s", "total_s"}
    assert 0 < stats["first_token_s"] <= stats["total_s"]
    assert 0 < stats["output_tokens"] < stats["prompt_tokens"]
    for section in data["sections"]:
        assert {"id", "title", "text", "evidence", "origin"} <= set(section)
        assert section["origin"] in ("model", "form", "rule")
        assert all(set(entry) == {"source", "page", "text"} for entry in section["evidence"])
    assert engine.history[0].sampling.seed == 5
    assert engine.closed


def test_summarize_and_swot_add_their_own(source: Path, engine: ScriptedEngine, said: Said) -> None:
    assert main(["summarize", str(source), "--json"]) == 0
    data = json.loads(said()[0])
    assert data["task"] == "summary"
    assert {"pages_read", "pages_total", "passages_read", "passages_total"} <= set(data["coverage"])
    assert data["coverage"]["passages_read"] == data["coverage"]["passages_total"] == len(PLAN)
    assert data["coverage"]["unreadable"] == []
    assert data["coverage"]["rests_on"] == [source.name]
    assert main(["swot", str(source), "--json"]) == 0
    data = json.loads(said()[0])
    assert [section["id"] for section in data["sections"]] == [
        "strengths", "weaknesses", "opportunities", "threats", "ideas",
    ]  # fmt: skip
    assert all(set(item) == {"text", "evidence", "inferred"} for s in data["sections"] for item in s["items"])


def test_for_people_the_draft_is_printed(source: Path, engine: ScriptedEngine, said: Said) -> None:
    assert main(["summarize", str(source)]) == 0
    out, _ = said()
    assert "[주요 내용]" in out and "초안" in out.splitlines()[-1]


def form_file(folder: Path, text: str) -> str:
    path = folder / "서식.toml"
    path.write_text(text, encoding="utf-8-sig")  # as Notepad saves it
    return str(path)


def test_a_form_with_rows(source: Path, tmp_path: Path, engine: ScriptedEngine, said: Said) -> None:
    form = form_file(
        tmp_path,
        'name = "가"\ndepartment = "도서관과"\nperiod = 2026-05-08\n'
        '[[budget_rows]]\nitem = "강연"\namount = 12000000\n[[budget_rows]]\nitem = "안전"\namount = "480만 원"\n',
    )
    words = ["write", "proposal", "--source", str(source), "--form", form, "--set", "name=한빛 책잔치", "--json"]
    assert main(words) == 0
    data = json.loads(said()[0])
    sections = {section["id"]: section for section in data["sections"]}
    assert data["title"] == "한빛 책잔치 기획안"  # --set goes before the file
    assert sections["budget"]["rows"][-1] == ["합계", "", "16,800,000"]
    assert "2026-05-08" in sections["overview"]["text"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("name = ", 3), ("nope = 'x'", 2), ("name = ['가', '나']", 2), ("name = { a = '나' }", 2),
        ("budget_rows = ['가', '나']", 2), ("budget_rows = 3", 2), ("budget_rows = [{ kind = '강연' }]", 2),
        ("budget_rows = [{ item = ['가'] }]", 2), ("budget_rows = { item = '가' }", 2),
    ],
)  # fmt: skip
def test_mistakes_in_a_form(
    source: Path, tmp_path: Path, engine: ScriptedEngine, said: Said, text: str, code: int
) -> None:
    words = ["write", "proposal", "--source", str(source), "--form", form_file(tmp_path, text)]
    assert failure(words, said)[0] == code
    assert engine.history == []


def test_a_form_that_is_not_there_or_not_text(source: Path, tmp_path: Path, engine: ScriptedEngine, said: Said) -> None:
    words = ["write", "proposal", "--source", str(source), "--form"]
    assert failure([*words, str(tmp_path / "없음.toml")], said)[0] == 3
    (tmp_path / "a.toml").write_bytes(b'name = "\xb0\xa1"')  # CP949
    assert failure([*words, str(tmp_path / "a.toml")], said)[0] == 3
    assert failure([*words, str(tmp_path)], said)[0] == 3


def test_a_fault_of_the_model_is_told_and_the_engine_closed(
    source: Path, engine: ScriptedEngine, tmp_path: Path, said: Said
) -> None:
    engine.script = lambda job: ModelError("engine-died", "언어 모델이 멈추었습니다.", "다시 시도해 주세요.")
    out = tmp_path / "글.txt"
    assert failure(["summarize", str(source), "--out", str(out)], said)[:2] == (4, "engine-died")
    assert engine.closed
    assert not out.exists()


def test_an_internal_fault_is_no_traceback_and_tells_no_text(source: Path, engine: ScriptedEngine, said: Said) -> None:
    engine.script = lambda job: RuntimeError(PLAN[0])
    code, name, err = failure(["summarize", str(source)], said)
    assert (code, name) == (6, "internal-fault")
    assert "RuntimeError" in err and PLAN[0] not in err


def test_cancel_in_the_middle(source: Path, engine: ScriptedEngine, tmp_path: Path, said: Said) -> None:
    engine.pace = lambda: signal.raise_signal(signal.SIGINT)
    before = signal.getsignal(signal.SIGINT)
    words = ["summarize", str(source), "--out", str(tmp_path / "글.txt")]
    assert failure(words, said)[:2] == (130, "cancelled")
    assert engine.closed
    assert not (tmp_path / "글.txt").exists()
    assert signal.getsignal(signal.SIGINT) is before


def test_a_second_interrupt_ends_at_once_without_a_traceback(source: Path, engine: ScriptedEngine, said: Said) -> None:
    def pace() -> None:
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)

    engine.pace = pace
    assert failure(["summarize", str(source)], said)[:2] == (130, "cancelled")


def test_what_dies_of_the_same_interrupt_is_no_error_of_its_own(
    source: Path, engine: ScriptedEngine, said: Said
) -> None:
    """Ctrl+C reaches the children too: a child that dies of it must not be told as a damaged file or model."""

    def script(job: object) -> Exception:
        signal.raise_signal(signal.SIGINT)
        return ModelError("engine-died", "언어 모델이 멈추었습니다.", "다시 시도해 주세요.")

    engine.script = script
    assert failure(["summarize", str(source)], said)[:2] == (130, "cancelled")


def test_main_works_outside_the_main_thread(said: Said) -> None:
    codes: list[int] = []
    thread = threading.Thread(target=lambda: codes.append(main(["tasks"])))
    thread.start()
    thread.join(20)
    assert codes == [0]


def test_model_list_of_an_empty_home(home: Path, said: Said) -> None:
    assert main(["model", "list", "--json"]) == 0
    data = json.loads(said()[0])
    assert data["models"] == []
    assert data["machine"]["ram_gb"] > 0
    assert failure(["model", "use", "nope"], said)[:2] == (4, "unknown-model")
    assert failure(["model", "probe"], said)[:2] == (4, "no-model")
    assert failure(["model", "verify"], said)[:2] == (4, "no-model")
    assert failure(["model", "add", str(home / "none.gguf")], said)[0] in (3, 4)


# The program as it is started


def environment() -> dict[str, str]:
    search = os.pathsep.join(str(ROOT / root) for root in ("assistant", "models", "resources", "ui"))
    return {**os.environ, "PYTHONPATH": search}


def run(*words: str, **rest: Any) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-W", "error", "-m", "biseo", *words]
    return subprocess.run(command, capture_output=True, timeout=60, check=False, env=environment(), **rest)


def test_started_as_a_module(source: Path) -> None:
    ended = run("read", str(source), "--json")
    assert ended.returncode == 0
    assert json.loads(ended.stdout.decode())["blocks"][0]["text"] == PLAN[0]
    assert ended.stderr == b""


def test_output_is_utf8_whatever_the_terminal_says(source: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "biseo", "read", str(source)], capture_output=True, timeout=60, check=False,
        env={**environment(), "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0", "LC_ALL": "C"},
    )  # fmt: skip
    assert PLAN[0] in ended.stdout.decode("utf-8")


def test_failures_as_a_module(tmp_path: Path) -> None:
    for words, code in ((("read", str(tmp_path / "없음.txt")), 3), (("nope",), 2), ((), 2)):
        ended = run(*words, "--json")
        assert ended.returncode == code
        assert set(json.loads(ended.stdout.decode())) == {"error"}
        assert b"Traceback" not in ended.stderr


SLOW = """
import sys, time
from biseo.cli import main
from biseo_models.scripted import ScriptedEngine

def pace():
    print("writing", flush=True, file=sys.stderr)
    time.sleep(0.05)

if __name__ == "__main__":
    import biseo.cli.write as write
    write.open_engine = lambda *given: ScriptedEngine(lambda job: "가 " * 500, pace=pace)
    write.prepare_default = lambda *rest: None
    sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a console event would reach the tests themselves")
@pytest.mark.parametrize("group", [False, True])
def test_ctrl_c_while_writing(source: Path, tmp_path: Path, group: bool) -> None:
    script = tmp_path / "slow.py"
    script.write_text(SLOW, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, str(script), "summarize", str(source), "--json"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(), start_new_session=True,
    )  # fmt: skip
    assert process.stderr
    assert process.stderr.readline() == b"writing\n"
    (os.killpg if group else os.kill)(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert json.loads(out)["error"]["code"] == "cancelled"
    assert b"Traceback" not in err


@pytest.mark.skipif(sys.platform == "win32", reason="a console event would reach the tests themselves")
def test_ctrl_c_while_reading(tmp_path: Path) -> None:
    """To the whole group, as a terminal sends it: the reader process gets it too."""
    big = tmp_path / "큰 자료.txt"
    big.write_text(
        "\n".join(f"{n}번째 줄은 한빛시 책잔치의 운영 계획을 적은 줄이다." for n in range(250_000)), encoding="utf-8"
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "biseo", "read", str(big), "--json"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(), start_new_session=True,
    )  # fmt: skip
    watched = psutil.Process(process.pid)
    while process.poll() is None and not any("spawn_main" in " ".join(c.cmdline()) for c in watched.children()):
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130, err
    assert json.loads(out)["error"]["code"] == "cancelled"
    assert b"Traceback" not in err

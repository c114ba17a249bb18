from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import psutil
import pytest

from biseo_models import client
from biseo_models.client import ProcessEngine
from biseo_models.engine import Finished, Guard, Job, Prompt, Reading, Sampling, Stats, Token
from biseo_models.errors import ModelError, UserFacingError
from biseo_models.messages import Count, Failed, Generate, Happened, LoadPlan, Stopped

NEVER = threading.Event()
JOB = Job(Prompt("지시", "자료", "할 일"))


def children() -> list[psutil.Process]:
    return [child for child in psutil.Process().children(recursive=True) if "resource_tracker" not in _line(child)]


def _line(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


def damaged(folder: Path, content: bytes) -> Path:
    path = folder / "손상된 모델.gguf"
    path.write_bytes(content)
    return path


def test_nothing_is_started_before_the_first_call(tmp_path: Path) -> None:
    engine = ProcessEngine(tmp_path / "없음.gguf")
    assert engine.process_id is None
    assert engine.memory_bytes() == 0
    assert children() == []


def test_a_missing_file_is_told_without_starting_anything(tmp_path: Path) -> None:
    engine = ProcessEngine(tmp_path / "없음.gguf")
    for call in (engine.info, lambda: engine.count(["가"]), lambda: next(engine.generate(JOB, NEVER))):
        with pytest.raises(ModelError) as caught:
            call()
        assert caught.value.code == "model-missing"
        assert str(tmp_path) not in str(caught.value)
    assert children() == []


@pytest.mark.parametrize("content", [b"", b"not a model at all" * 100, b"GGUF", b"GGUF" + bytes(4000)])
def test_a_damaged_file_is_told_and_nothing_is_printed(
    tmp_path: Path, content: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    engine = ProcessEngine(damaged(tmp_path, content))
    with pytest.raises(ModelError) as caught:
        engine.info()
    assert caught.value.code == "model-damaged"
    assert isinstance(caught.value, UserFacingError) and caught.value.exit_code == 4
    assert children() == []
    assert capfd.readouterr() == ("", "")


def test_generate_tells_of_a_damaged_file_too(tmp_path: Path) -> None:
    engine = ProcessEngine(damaged(tmp_path, b"GGUF"))
    with pytest.raises(ModelError) as caught:
        next(engine.generate(JOB, NEVER))
    assert caught.value.code == "model-damaged"
    assert engine.process_id is None


def test_close_twice_and_before_anything(tmp_path: Path) -> None:
    engine = ProcessEngine(damaged(tmp_path, b"GGUF"))
    engine.close()
    engine.close()
    with pytest.raises(ModelError) as caught:
        engine.info()  # a later call loads it again
    assert caught.value.code == "model-damaged"
    engine.close()
    assert children() == []


def test_importing_the_client_loads_no_engine() -> None:
    code = "import sys, biseo_models.client; sys.exit('llama_cpp' in sys.modules or 'numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], timeout=60, check=False).returncode == 0


def test_what_goes_over_the_pipes_comes_back_whole() -> None:
    job = Job(Prompt("가", "나", "다", "라"), Sampling(stop=("\n",)), Guard(("1",), "漢", "*"))
    for message in (
        Generate(1, (job,)),
        Count(2, ["가"]),
        Happened(1, 0, Token("글")),
        Happened(1, 0, Reading(1, 2)),
        Happened(1, 0, Finished("end", Stats(1, 2, 3, 0.1, 0.2))),
        Stopped(1),
        Failed(0, "a", "b", "c"),
        LoadPlan(Path("가 나.gguf"), "id", 1, 2),
    ):
        assert pickle.loads(pickle.dumps(message)) == message


def test_stats_add_up() -> None:
    total = Stats(1, 2, 3, 0.0, 1.0) + Stats(10, 20, 30, 0.5, 2.0) + Stats(100, 200, 300, 0.9, 3.0)
    assert total == Stats(111, 222, 333, 0.5, 6.0)
    assert {field.name for field in fields(Stats)} == {
        "prompt_tokens", "cached_tokens", "output_tokens", "first_token_s", "total_s",
    }  # fmt: skip


def dies_of_an_illegal_instruction(*_arguments: object) -> None:
    os.kill(os.getpid(), signal.SIGILL)


def just_dies(*_arguments: object) -> None:
    os._exit(3)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")
@pytest.mark.parametrize(
    ("end", "code"), [(dies_of_an_illegal_instruction, "wrong-processor"), (just_dies, "engine-died")]
)
def test_how_a_process_died_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: Callable[..., None], code: str
) -> None:
    monkeypatch.setattr(client, "serve", end)
    with pytest.raises(ModelError) as caught:
        ProcessEngine(damaged(tmp_path, b"x")).info()
    assert caught.value.code == code
    assert children() == []

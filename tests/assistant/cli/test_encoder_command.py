"""`biseo library encoder`, and embedders in `biseo model`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.models.gguf_files import write_gguf
from tests.models.tiny_bert import write_tiny_bert

from biseo.cli import main
from biseo.library.meaning import choice, shared
from biseo.policy import Policy


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "행정 비서"
    monkeypatch.setenv("BISEO_HOME", str(folder))
    monkeypatch.setattr(choice, "load", Policy)
    return folder


def run(capsys: pytest.CaptureFixture[str], *words: str, policy: Policy | None = None) -> tuple[int, Any]:
    code = main([*words, "--json"], lambda: policy or Policy())
    printed = capsys.readouterr()
    return code, json.loads(printed.out if code == 0 else printed.out or printed.err)


def test_choosing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "library", "encoder")[1]["encoder"] == "built-in"
    code, data = run(capsys, "model", "add", str(write_tiny_bert(tmp_path / "뜻.gguf")))
    assert code == 0 and [(each["id"], each["role"]) for each in data["models"]] == [("뜻", "embedder")]
    code, data = run(capsys, "library", "encoder", "뜻")
    assert code == 0 and data["encoder"] == "뜻" and data["problem"] is None
    assert shared().model == f"gguf-1:{data['sha256']}"
    assert main(["library", "encoder"], Policy) == 0
    assert "뜻으로 찾을 때 쓰는 모델: 뜻" in capsys.readouterr().out
    assert main(["model", "list"], Policy) == 0
    assert "* 뜻" in capsys.readouterr().out.partition("자료실에서 뜻으로 찾는 모델")[2]
    assert run(capsys, "library", "encoder", "built-in")[1]["encoder"] == "built-in"
    assert shared().model == "use-multilingual-3"


def test_what_cannot_be_chosen(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def refused(*words: str, policy: Policy | None = None) -> str:
        code, data = run(capsys, *words, policy=policy)
        assert code != 0 and data["error"]["message"].endswith(".")
        assert run(capsys, "library", "encoder")[1]["encoder"] == "built-in"
        return str(data["error"]["code"])

    run(capsys, "model", "add", str(write_gguf(tmp_path / "글.gguf")))
    run(capsys, "model", "add", str(write_gguf(tmp_path / "빈 뜻.gguf", qwen2__pooling_type=1)))
    run(capsys, "model", "add", str(write_tiny_bert(tmp_path / "영어.gguf", words="bert")))
    assert refused("library", "encoder", "없는것") == "unknown-model"
    assert refused("library", "encoder", "글") == "not-an-embedder"
    assert refused("library", "encoder", "빈-뜻") == "model-damaged"  # llama.cpp said no
    assert refused("library", "encoder", "영어") == "no-korean"
    nothing = Policy(models=frozenset())
    assert refused("library", "encoder", "영어", policy=nothing) == "model-forbidden"
    assert refused("model", "add", str(write_tiny_bert(tmp_path / "또.gguf", 3)), policy=nothing) == "model-forbidden"


def test_a_chosen_file_that_is_gone(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "model", "add", str(write_tiny_bert(tmp_path / "뜻.gguf")))
    assert run(capsys, "library", "encoder", "뜻")[0] == 0
    (home / "models" / "뜻.gguf").unlink()
    code, data = run(capsys, "library", "encoder")
    assert code == 0 and data["encoder"] == "" and data["problem"]["code"] == "model-missing"
    assert main(["library", "encoder"], Policy) == 0
    assert "없어졌습니다. 지금은 낱말로만 찾습니다." in capsys.readouterr().out
    assert run(capsys, "library", "encoder", "built-in")[1]["encoder"] == "built-in"

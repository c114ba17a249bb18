"""`biseo ask`."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from tests.assistant.vault.memory_keyring import MemoryKeyring

from biseo.cli import main
from biseo.vault import opening


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PC without a credential store and without a model, and a folder that is in its library."""
    monkeypatch.setenv("BISEO_HOME", str(tmp_path / "집"))
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    ring = MemoryKeyring()
    ring.fault = "keyring-none"
    monkeypatch.setattr(opening, "SystemKeyring", lambda: ring)
    folder = tmp_path / "자료 (공용)"
    folder.mkdir()
    (folder / "편람.md").write_text(
        "# 민원 편람\n## 제5조(처리)\n민원은 접수한 날부터 7일 이내에 처리한다.\n", encoding="utf-8"
    )
    assert main(["library", "add", str(folder)]) == 0
    return folder


def test_answer_as_json(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["ask", "--json", "민원은 며칠 안에 처리하나요?"]) == 0
    out, err = capsys.readouterr()
    data = json.loads(out)
    assert data["refused"] is False
    assert data["answer"] == "민원은 접수한 날부터 7일 이내에 처리한다."
    assert data["citations"][0]["text"] == data["answer"]
    assert data["citations"][0]["source"] == str(library / "편람.md")
    assert data["citations"][0]["page"] is None
    assert data["sentences"][0] == {"text": data["answer"], "citations": [1], "verbatim": True}
    assert "법률 자문이 아닙니다" in data["notice"]
    assert "언어 모델이 없어" in err


def test_answer_for_people(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["ask", "민원은 며칠 안에 처리하나요?"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("민원은 접수한 날부터 7일 이내에 처리한다. [1]\n")
    assert "[1] 편람.md, 제5조(처리)" in out
    assert "법률 자문이 아닙니다" in out


def test_refusal(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["ask", "--json", "민원 수수료는 얼마인가요?"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["refused"] is True
    assert data["citations"] == []
    assert data["nearest"][0]["article"] == "제5조(처리)"
    assert data["notice"] == ""
    assert main(["ask", "민원 수수료는 얼마인가요?"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("찾은 대목에서 답을 확인하지 못했습니다.\n가장 가까운 대목은 다음과 같습니다.\n")


def test_passages_alone(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["ask", "--passages", "--json", "민원 처리"]) == 0
    out, err = capsys.readouterr()
    data = json.loads(out)
    assert data["nearest"][0]["article"] == "제5조(처리)"
    assert data["citations"] == []
    assert "모델" not in err


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("question", ["", "  ", "가" * 1_001])
def test_no_question(question: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["ask", "--json", question]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "no-question"


def test_empty_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("BISEO_HOME", str(tmp_path / "집"))
    assert main(["ask", "--json", "처리기간은 며칠인가요?"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["refused"] is True
    assert "자료실에 폴더가 없습니다" in err

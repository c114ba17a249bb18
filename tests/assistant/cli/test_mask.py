"""`biseo mask` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from biseo.cli import main

TEXT = "민원인 홍길동의 연락처는 010-1234-5678입니다.\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "민원 (1).txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_json(source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "가림.txt"
    assert main(["mask", str(source), "--out", str(out), "--json"]) == 0
    printed = capsys.readouterr().out
    data = json.loads(printed)
    assert data["out"] == str(out)
    assert [one["kind"] for one in data["found"]] == ["name", "mobile"]
    assert TEXT[data["found"][1]["start"] : data["found"][1]["end"]] == "010-1234-5678"
    assert data["found"][1]["masked"] == "***-****-****"
    assert "홍길동" not in printed and "1234" not in printed


def test_for_people(source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mask", str(source), "--out", str(tmp_path / "가림.md")]) == 0
    assert "개인정보 2곳을 가렸습니다(이름 1곳, 휴대전화 1곳)." in capsys.readouterr().out


def test_an_existing_file_stays(source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "가림.txt"
    out.write_text("있음", encoding="utf-8")
    assert main(["mask", str(source), "--out", str(out), "--json"]) == 3
    assert out.read_text(encoding="utf-8") == "있음"
    error = json.loads(capsys.readouterr().out)["error"]
    assert error["code"] == "exists" and "--force" in error["advice"]
    assert main(["mask", str(source), "--out", str(out), "--force"]) == 0
    assert "홍길동" not in out.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["mask"], 2),
        (["mask", "{source}"], 2),
        (["mask", "{source}", "--out", "{folder}/a.pdf"], 2),
        (["mask", "{folder}/없음.txt", "--out", "{folder}/a.txt"], 3),
        (["mask", "{source}", "--out", "{folder}/없는 폴더/a.txt"], 3),
    ],
)
def test_refusals(
    words: list[str], code: int, source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([word.format(source=source, folder=tmp_path) for word in words]) == code
    assert "Traceback" not in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == [source.name]

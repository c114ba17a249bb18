"""`biseo cases`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from biseo.cli import main
from biseo.policy import Policy


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "도시 사례"
    folder.mkdir()
    (folder / "수원.txt").write_text("수원시는 돌봄 버스를 운영한다. 예산 3억 원을 편성했다.", encoding="utf-8")
    (folder / "춘천.txt").write_text("춘천시는 빈집을 정비했다. 담당자 홍길동(010-1234-5678)", encoding="utf-8")
    return folder


def test_a_folder_becomes_a_table(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "비교표.md"
    assert main(["cases", str(folder), "--out", str(out), "--json"], Policy) == 0
    data = json.loads(capsys.readouterr().out)
    assert [case["city"] for case in data["cases"]] == ["경기도 수원시", "강원특별자치도 춘천시"]
    assert data["cases"][0]["budget"][0]["amounts"] == ["300000000 원"]
    assert data["cases"][0]["content"][0]["citation"]["text"] == "수원시는 돌봄 버스를 운영한다."
    assert "[확인 필요]" in out.read_text(encoding="utf-8").replace("\\", "")


def test_masked_everywhere(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "성남.txt").write_text("성남시는 담당 전화 010-1234-5678을 운영한다.", encoding="utf-8")
    out = tmp_path / "비교표.txt"
    assert main(["cases", str(folder), "--mask", "--out", str(out), "--json"], Policy) == 0
    told = capsys.readouterr()
    assert "5678" not in told.out + told.err + out.read_text(encoding="utf-8")
    assert json.loads(told.out)["personal_data"]["masked"]


def test_refused_before_anything_is_read(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    policy = Policy(formats=frozenset({"hwpx"}))
    assert main(["cases", str(folder), "--out", str(tmp_path / "표.docx")], lambda: policy) == 5
    assert main(["cases", str(folder)], lambda: policy) == 5
    assert main(["cases", str(folder), "--out", str(tmp_path / "표.pptx")], Policy) == 2
    graded = Policy(grade_required=True)
    assert main(["cases", str(folder), "--out", str(tmp_path / "표.md")], lambda: graded) == 5
    words = ["manual", "checklist", str(folder), "--out", str(tmp_path / "표.md")]
    assert main(words, lambda: graded) == 5
    assert not (tmp_path / "표.md").exists()
    assert main(["cases", str(folder), "--out", str(tmp_path / "표.md"), "--grade", "O"], lambda: graded) == 0
    capsys.readouterr()


def test_no_case_at_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "글.txt").write_text("오늘은 날씨가 맑았다.", encoding="utf-8")
    assert main(["cases", str(tmp_path / "글.txt")], Policy) == 3
    assert "도시의 사례를 찾지 못했습니다" in capsys.readouterr().err

"""`biseo manual`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from biseo.cli import main
from biseo.policy import Policy

MANUAL = """풍수해 행동매뉴얼
제1조(보고) ① 상황실장은 피해가 접수되면 30분 이내에 본부장에게 보고하여야 한다.
② 도로과장은 2시간 이내에 장비를 보낸다.
③ 홍보과장은 1시간마다 재난문자를 발송한다.
④ 보건소장은 구급차 3대를 대기시킨다.
- 담당자 홍길동(010-1234-5678)에게 연락할 것
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "매뉴얼 (시청)"
    folder.mkdir()
    (folder / "풍수해.txt").write_text(MANUAL, encoding="utf-8")
    (folder / "옛 문서.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    return folder


def test_checklist_of_a_folder(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "점검표.md"
    assert main(["manual", "checklist", str(folder), "--out", str(out), "--json"], Policy) == 0
    told = capsys.readouterr()
    data = json.loads(told.out)
    assert [item["roles"] for item in data["items"][:4]] == [["상황실장"], ["도로과장"], ["홍보과장"], ["보건소장"]]
    assert data["items"][0]["citation"]["source"] == "풍수해.txt"
    assert data["items"][0]["citation"]["place"] == "제1조(보고)"
    assert [Path(one["path"]).name for one in data["unread"]] == ["옛 문서.doc"]
    assert "옛 문서.doc" in told.err
    assert data["personal_data"]["found"]
    assert "30분 이내" in out.read_text(encoding="utf-8")


def test_masking_leaves_no_number_anywhere(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "점검표.txt"
    assert main(["manual", "checklist", str(folder), "--mask", "--out", str(out), "--json"], Policy) == 0
    told = capsys.readouterr()
    assert "5678" not in told.out + told.err + out.read_text(encoding="utf-8")


def test_a_masking_policy_holds_for_words_on_the_screen(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["manual", "checklist", str(folder)], lambda: Policy(masking_required=True)) == 0
    told = capsys.readouterr()
    assert "5678" not in told.out + told.err


def test_quiz_puts_the_answers_into_a_second_file(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "문제지.txt"
    words = ["manual", "quiz", str(folder / "풍수해.txt"), "--count", "3", "--seed", "2", "--out", str(out)]
    assert main(words, Policy) == 0
    answers = tmp_path / "문제지_정답.txt"
    assert out.is_file()
    assert "풍수해.txt" in answers.read_text(encoding="utf-8")
    before = out.read_bytes()
    assert main(words, Policy) == 3
    assert main([*words, "--force"], Policy) == 0
    assert out.read_bytes() == before
    capsys.readouterr()


def test_nothing_is_written_when_the_answers_are_in_the_way(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "문제지_정답.txt").write_text("다른 글", encoding="utf-8")
    out = tmp_path / "문제지.txt"
    assert main(["manual", "quiz", str(folder / "풍수해.txt"), "--out", str(out)], Policy) == 3
    assert not out.exists()
    assert (tmp_path / "문제지_정답.txt").read_text(encoding="utf-8") == "다른 글"
    capsys.readouterr()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--role", "없는과"], 2),
        (["--stage", "없는 단계"], 2),
    ],
)
def test_a_role_that_is_not_there_is_told(
    folder: Path, words: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["manual", "checklist", str(folder), *words], Policy) == code
    assert "상황실장" in capsys.readouterr().err


def test_formats_of_the_policy(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    policy = Policy(formats=frozenset({"hwpx"}))
    out = tmp_path / "점검표.docx"
    assert main(["manual", "checklist", str(folder), "--out", str(out)], lambda: policy) == 5
    assert not out.exists()
    capsys.readouterr()


def test_no_manual_at_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "글.txt").write_text("오늘은 날씨가 맑았다.", encoding="utf-8")
    assert main(["manual", "checklist", str(tmp_path / "글.txt")], Policy) == 3
    (tmp_path / "빈 폴더").mkdir()
    assert main(["manual", "checklist", str(tmp_path / "빈 폴더")], Policy) == 3
    capsys.readouterr()

"""`biseo check`: shapes, exit codes, offsets, facts against sources."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from biseo.cli import main
from biseo.readers import read_document

KEYS = {"rule", "severity", "start", "end", "text", "message", "suggestion", "authority"}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BISEO_HOME", str(tmp_path / "행정 비서"))


def written(folder: Path, text: str, name: str = "공문 초안.txt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def check(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, dict[str, Any]]:
    code = main(["check", *map(str, words), "--json"])
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    return code, json.loads(out)


def test_findings_and_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, "일시 : 2026.1.6.(수) 오후 3시\n장소: 시청\n")
    code, data = check(capsys, path, "--profile", "official")
    assert code == 1
    text = read_document(path).text
    assert {finding["rule"] for finding in data["findings"]} == {"COLON", "DATE_SPACE", "DATE_WEEKDAY", "TIME_AMPM"}
    for finding in data["findings"]:
        assert finding.keys() >= KEYS
        assert text[finding["start"] : finding["end"]] == finding["text"]
        assert finding["message"] and finding["authority"]
    assert data["facts"] == {"checked": 0, "supported": 0, "computed": 0, "unsupported": 0}


def test_nothing_to_say(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, "일시: 2026. 1. 6.(화) 15:00\n")
    assert check(capsys, path) == (
        0,
        {
            "profile": "official",
            "kind": None,
            "findings": [],
            "facts": {"checked": 0, "supported": 0, "computed": 0, "unsupported": 0},
        },
    )
    assert main(["check", str(path)]) == 0
    assert "고칠 곳이 없습니다" in capsys.readouterr().out


def test_only_errors_change_the_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, data = check(capsys, written(tmp_path, "시민 50여명이 참석하였다.\n"))
    assert (code, [finding["severity"] for finding in data["findings"]]) == (0, ["warning"])


def test_the_profile_decides(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, "행사는 오는 7일 오후 3시에 열린다.\n")
    assert check(capsys, path, "--profile", "press")[0] == 0
    assert check(capsys, path, "--profile", "official")[0] == 1
    assert check(capsys, path, "--profile", "report")[0] == 1


def test_a_press_release_is_recognised(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(
        tmp_path, "보도자료\n배포 일시: 오후 3시\n문의: 홍보과 031-000-0000\n시는 오후 3시에 축제를 연다고 밝혔다.\n"
    )
    code, data = check(capsys, path)
    assert (code, data["profile"], data["kind"]) == (0, "press", "press")


def test_facts_against_sources(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = written(tmp_path, "책잔치는 2026년 10월 15일 오후 3시에 열리며 부스 24개를 둔다.\n", "계획.txt")
    path = written(tmp_path, "일시: 2026. 10. 15.(목) 15:00\n부스 24개, 예산 1,000만 원\n")
    code, data = check(capsys, path, "--source", source)
    assert code == 1
    unsupported = [finding for finding in data["findings"] if finding["rule"] == "FACT_UNSUPPORTED"]
    assert [finding["text"] for finding in unsupported] == ["1,000만 원"]
    facts = data["facts"]
    assert facts["unsupported"] == 1
    assert facts["checked"] == facts["supported"] + facts["unsupported"] >= 4


def test_a_refusal_without_remedy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "귀하의 민원 내용은 ‘주차면’에 관한 것으로 이해됩니다.\n소방차 진입로에 해당하여 설치할 수 없습니다.\n"
    code, data = check(capsys, written(tmp_path, text))
    assert (code, data["kind"]) == (1, "reply")
    assert {finding["rule"] for finding in data["findings"]} == {"REPLY_REMEDY", "REPLY_CONTACT"}
    code, data = check(capsys, written(tmp_path, text), "--kind", "report", "--profile", "report")
    assert not {"REPLY_REMEDY", "REPLY_CONTACT"} & {finding["rule"] for finding in data["findings"]}


def test_tables_are_known_as_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, "구분,일시 : 장소\n가,2026.1.6.\n나,2026.1.7.\n", "표.csv")
    code, data = check(capsys, path)
    assert code == 0
    assert {(finding["rule"], finding["severity"]) for finding in data["findings"]} == {("DATE_SPACE", "warning")}


def test_personal_data_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, data = check(capsys, written(tmp_path, "민원인 연락처는 010-1234-5678입니다.\n"))
    assert any(finding["rule"].startswith("PRIVACY_") for finding in data["findings"])


def test_what_is_still_to_be_filled_in_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, data = check(capsys, written(tmp_path, "담당자: [확인 필요]\n"))
    assert [finding["rule"] for finding in data["findings"]] == ["FACT_MISSING"]
    assert data["findings"][0]["authority"]


def test_words_for_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(written(tmp_path, "장소: 시청\n일시 : 2026. 1. 6.\n"))]) == 1
    out = capsys.readouterr().out
    assert "[오류] 2번째 줄 '일시 :' → '일시: '" in out
    assert "오류 1건" in out


@pytest.mark.parametrize("words", [["check"], ["check", "가.txt", "--profile", "formal"], ["check", "가.txt", "--x"]])
def test_wrong_usage(words: list[str]) -> None:
    assert main(words) == 2


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    assert main(["check", str(tmp_path / "없음.txt")]) == 3
    good = written(tmp_path, "글\n")
    assert main(["check", str(good), "--source", str(tmp_path / "없음.txt")]) == 3

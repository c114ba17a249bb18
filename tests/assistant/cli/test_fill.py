from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.assistant.forms.form_files import paragraph, section_of, table_paragraph, write_hwpx

from biseo.cli import main


@pytest.fixture
def template(tmp_path: Path) -> Path:
    return write_hwpx(
        tmp_path / "양식 (최종).hwpx", paragraph("{{제목}} {{날짜}}"), table_paragraph([["성 명", ""], ["주소", ""]])
    )


def told(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_fields(template: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fill", str(template), "--fields", "--json"]) == 0
    data = told(capsys)
    assert data["format"] == "hwpx" and data["warnings"] == []
    assert [field["name"] for field in data["fields"]] == ["제목", "날짜", "성명", "주소"]
    assert data["fields"][2] == {
        "name": "성명", "kind": "label", "where": "본문 1번째 표 1행 2열", "text": "", "places": 1,
    }  # fmt: skip
    assert main(["fill", str(template), "--fields"]) == 0
    assert "성명  (표의 칸, 본문 1번째 표 1행 2열)" in capsys.readouterr().out


def test_values_from_a_file_and_from_words(template: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    values, out = tmp_path / "값.toml", tmp_path / "채움.hwpx"
    values.write_text('"제목" = "계획"\n"날짜" = 2026-05-08\n"주 소" = ["서구", "둔산동"]\n', encoding="utf-8")
    words = ["fill", str(template), "--values", str(values), "--set", "성명=홍길동", "--out", str(out), "--json"]
    assert main(words) == 0
    data = told(capsys)
    assert data["filled"] == ["제목", "날짜", "성명", "주소"] and data["empty"] == [] and data["out"] == str(out)
    text = section_of(out)
    assert "계획 2026-05-08" in text and ">서구<" in text and ">둔산동<" in text
    assert main(words) == 3  # not a second time
    error = told(capsys)["error"]
    assert error["code"] == "exists" and "--force" in error["advice"]
    values.with_suffix(".json").write_text('{"제목": "다른 계획"}', encoding="utf-8")
    words[3] = str(values.with_suffix(".json"))
    assert main([*words, "--force", "--allow-empty"]) == 0
    assert told(capsys)["empty"] == ["날짜", "주소"]
    assert "다른 계획 {{날짜}}" in section_of(out)


def test_empty_fields_are_named(template: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "채움.hwpx"
    assert main(["fill", str(template), "--set", "제목=계획", "--out", str(out), "--json"]) == 2
    error = told(capsys)["error"]
    assert error["code"] == "empty-fields" and "날짜, 성명, 주소" in error["message"]
    assert "--allow-empty" in error["advice"] and not out.exists()


@pytest.mark.parametrize(
    ("words", "code", "exit_code"),
    [
        ([], "no-out", 2),
        (["--out", "결과.hwpx", "--set", "제목"], "wrong-set", 2),
        (["--out", "결과.hwpx", "--set", "없는 것=1"], "unknown-field", 2),
        (["--out", "결과.docx", "--set", "제목=1"], "unknown-format", 2),
        (["--out", "결과.hwpx", "--allow-empty"], "no-values", 2),
        (["--out", "결과.hwpx", "--values", "없음.toml"], "values-missing", 3),
        (["--out", "결과.hwpx", "--values", "깨짐.json"], "values-broken", 3),
        (["--out", "결과.hwpx", "--values", "목록.json"], "wrong-value", 2),
        (["--out", "없는 폴더/결과.hwpx", "--set", "제목=1"], "no-folder", 3),
    ],
)
def test_mistakes(
    template: Path, words: list[str], code: str, exit_code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    Path("깨짐.json").write_text("{", encoding="utf-8")
    Path("목록.json").write_text('{"제목": {"안": 1}}', encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    assert main(["fill", str(template), *words, "--json"]) == exit_code
    assert told(capsys)["error"]["code"] == code
    assert sorted(tmp_path.iterdir()) == before


def test_what_is_no_template(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "글.txt"
    path.write_text("{{이름}}", encoding="utf-8")
    assert main(["fill", str(path), "--fields", "--json"]) == 3
    assert told(capsys)["error"]["code"] == "not-a-template"
    assert main(["fill", str(tmp_path / "없음.hwpx"), "--fields"]) == 3


def test_a_classified_form_is_refused_by_policy(tmp_path: Path) -> None:
    from docx import Document

    form = tmp_path / "신청서.docx"
    document = Document()
    document.add_paragraph("대외비")
    document.add_paragraph("이름: {{성명}}")
    document.save(str(form))
    out = tmp_path / "채움.docx"
    assert main(["fill", str(form), "--set", "성명=홍길동", "--out", str(out)]) == 5
    assert not out.exists()

"""`biseo compare`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.assistant.comparing.test_versions import NEW, OLD

from biseo.cli.main import main
from biseo.policy import Policy
from biseo.readers import read_document


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    monkeypatch.setenv("BISEO_HOME", str(tmp_path / "집"))
    one, other = tmp_path / "현행 조례.txt", tmp_path / "개정안.txt"
    one.write_text("\n".join(OLD), encoding="utf-8")
    other.write_text("\n".join(NEW), encoding="utf-8")
    return str(one), str(other)


def result(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_versions_as_json(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", *files, "--json"], Policy) == 0
    data = result(capsys)
    assert data["view"] == data["likely"] == "versions"
    assert next(figure["difference"] for figure in data["figures"]) == "+5명(+33.3%)"  # type: ignore[attr-defined]
    kinds = {change["kind"] for change in data["changes"]}  # type: ignore[attr-defined]
    assert kinds == {"changed", "added", "removed", "renumbered"}


def test_words_for_people(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", *files], Policy) == 0
    printed = capsys.readouterr()
    assert "- 제4조(수당) → 제5조(수당): 70,000원 → 100,000원 (+30,000원(+42.9%))" in printed.out
    assert "한 문서의 두 판으로" in printed.err


def test_table_is_written_and_nothing_overwritten(
    files: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "대비표.hwpx")
    assert main(["compare", *files, "--out", out], Policy) == 0
    assert "(현행 제3항과 같음)" in read_document(Path(out)).text
    assert main(["compare", *files, "--out", out], Policy) == 3
    assert "--force" in capsys.readouterr().err
    assert main(["compare", *files, "--out", out, "--force", "--words"], Policy) == 0
    assert "제4조(위원회) ① 시장은 위원 20명 이내로 위원회를 둔다." in read_document(Path(out)).text


def test_merged_report(files: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    third = tmp_path / "초안.txt"
    third.write_text("\n".join(OLD[:4]), encoding="utf-8")
    words = ["compare", *files, str(third), "--view", "merge", "--out", str(tmp_path / "모음.docx"), "--json"]
    assert main(words, Policy) == 0
    data = result(capsys)
    assert data["view"] == "merge" and data["sections"]
    assert "[현행 조례; 개정안; 초안]" in read_document(tmp_path / "모음.docx").text


def test_policy_and_usage(files: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", files[0]], Policy) == 2
    assert main(["compare", *files, files[0], "--view", "versions"], Policy) == 2
    assert (
        main(["compare", *files, "--out", str(tmp_path / "가.hwpx")], lambda: Policy(formats=frozenset({"docx"}))) == 5
    )
    assert main(["compare", *files, "--out", str(tmp_path / "가.hwpx")], lambda: Policy(grade_required=True)) == 5
    assert not (tmp_path / "가.hwpx").exists()
    assert main(["compare", files[0], str(tmp_path / "없음.txt")], Policy) == 3
    capsys.readouterr()


def test_personal_data_are_masked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, other = tmp_path / "가.txt", tmp_path / "나.txt"
    one.write_text("담당자 휴대전화는 010-1234-5678이다.\n사업비는 3억 원이다.", encoding="utf-8")
    other.write_text("담당자 휴대전화는 010-1234-9999이다.\n사업비는 4억 원이다.", encoding="utf-8")
    for arguments in ([], ["--json"], ["--view", "contents", "--json"], ["--view", "merge"]):
        assert main(["compare", str(one), str(other), *arguments], lambda: Policy(masking_required=True)) == 0
        printed = capsys.readouterr().out
        assert "1234-5678" not in printed and "1234-9999" not in printed
    assert main(["compare", str(one), str(other)], Policy) == 0
    printed = capsys.readouterr()
    assert "010-1234-5678" in printed.out and "--mask" in printed.err

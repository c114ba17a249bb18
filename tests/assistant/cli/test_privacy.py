"""Personal data in what the command line writes: told, and masked where asked for or where the policy wants it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.assistant.cli.test_cli import PLAN
from tests.assistant.forms.form_files import paragraph, section_of, table_paragraph, write_hwpx

from biseo.cli import main
from biseo.policy import Policy
from biseo_models.scripted import ScriptedEngine

SECRETS = ("홍길동", "010-1234-5678")
REQUIRED = Policy(masking_required=True)


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "운영 계획.txt"
    path.write_text("\n".join((*PLAN, "□ 신청인 홍길동(010-1234-5678)이 참가를 신청했다.")), encoding="utf-8")
    monkeypatch.setenv("BISEO_HOME", str(tmp_path / "home"))
    engine = ScriptedEngine(lambda _job: "신청인 홍길동(010-1234-5678)이 참가를 신청했다.")
    monkeypatch.setattr("biseo.cli.write.open_engine", lambda *given: engine)
    monkeypatch.setattr("biseo.cli.write.prepare_default", lambda *rest: None)
    return path


def run(words: list[str], capsys: pytest.CaptureFixture[str], policy: Policy | None = None) -> tuple[Any, str, str]:
    assert main([*words, "--json"], lambda: policy or Policy()) == 0
    said = capsys.readouterr()
    return json.loads(said.out), said.out, said.err


def test_a_draft_tells_what_it_holds(source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "초안.txt"
    data, _, notes = run(["write", "press", "--source", str(source), "--out", str(out)], capsys)
    assert data["personal_data"]["masked"] is False
    assert data["personal_data"]["found"].keys() == {"name", "mobile"}
    assert "개인정보가 들어 있습니다: 휴대전화" in notes and "--mask" in notes
    assert not [secret for secret in SECRETS if secret in notes]
    assert "홍길동" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize(("more", "policy"), [(["--mask"], Policy()), ([], REQUIRED)])
def test_a_draft_is_masked_in_file_and_result(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str], policy: Policy
) -> None:
    out = tmp_path / "초안.docx"
    data, said, notes = run(["write", "press", "--source", str(source), "--out", str(out), *more], capsys, policy)
    from biseo.readers import read_document

    text = read_document(out).text
    assert data["personal_data"]["masked"] is True and "가렸습니다" in notes
    assert ("기관 정책" in notes) is not more
    assert not [secret for secret in SECRETS if secret in text + said] and "○○○" in text
    assert any(section["evidence"] for section in data["sections"])
    for finding in data["findings"]:
        where = next((each["text"] for each in data["sections"] if each["id"] == finding["section"]), None)
        if where is not None and finding["text"]:
            assert where[finding["start"] : finding["end"]] == finding["text"]


def test_a_draft_without_says_nothing(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source.write_text("\n".join(PLAN), encoding="utf-8")
    data, _, notes = run(["write", "press", "--source", str(source), "--mask"], capsys, REQUIRED)
    assert data["personal_data"]["masked"] is False and "개인정보" not in notes


@pytest.mark.parametrize(("more", "policy", "masked"), [
    ([], Policy(), False), (["--mask"], Policy(), True), ([], REQUIRED, True),
])  # fmt: skip
def test_a_form(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str], policy: Policy, masked: bool
) -> None:
    template = write_hwpx(
        tmp_path / "양식.hwpx", paragraph("{{제목}}"), table_paragraph([["성명", ""], ["연락처", ""]])
    )
    out = tmp_path / "채움.hwpx"
    words = ["fill", str(template), "--out", str(out), *more]
    for value in ("제목=참가 신청", "성명=홍길동", "연락처=010-1234-5678"):
        words += ["--set", value]
    data, said, notes = run(words, capsys, policy)
    assert data["personal_data"] == {
        "found": {"name": 1, "mobile": 1},
        "fields": [{"name": "성명", "kinds": ["name"]}, {"name": "연락처", "kinds": ["mobile"]}],
        "masked": masked,
    }
    assert "휴대전화 1곳, 이름 1곳" in notes and not [s for s in SECRETS if s in notes + said]
    text = section_of(out)
    assert ("홍길동" in text) is not masked and ("○○○" in text) is masked and "참가 신청" in text

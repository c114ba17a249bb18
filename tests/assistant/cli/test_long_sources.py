from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.assistant.cli.test_cli import Said, engine, said  # noqa: F401
from tests.bench.long_prose import long_document

from biseo.cli.main import main
from biseo_models.scripted import ScriptedEngine


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "종합 계획.txt"
    path.write_text(long_document(40).text, encoding="utf-8")
    return path


def test_a_long_file_is_summarized_and_says_what_was_read_how(plan: Path, engine: ScriptedEngine, said: Said) -> None:  # noqa: F811
    engine.script = lambda job: "- 시설을 점검함"
    assert main(["summarize", str(plan), "--set", "length=3줄", "--json"]) == 0
    out, err = said()
    data = json.loads(out)
    assert data["coverage"]["parts"] > data["coverage"]["parts_by_model"] == 8
    assert data["coverage"]["passages_read"] == data["coverage"]["passages_total"] > 800
    assert [section["id"] for section in data["sections"]] == ["gist"]
    assert len(data["sections"][0]["text"].splitlines()) == 3
    assert "간추린 내용을 남기지 않습니다" in err
    assert "규칙은" in err


def test_rules_alone_ask_the_model_for_no_digest(plan: Path, engine: ScriptedEngine, said: Said) -> None:  # noqa: F811
    engine.script = lambda job: "시설을 점검함"
    assert main(["swot", str(plan), "--reading", "rule", "--json"]) == 0
    data = json.loads(said()[0])
    assert data["coverage"]["parts_by_model"] == 0
    assert not any("긴 문서의 한 부분" in job.prompt.task for job in engine.history)

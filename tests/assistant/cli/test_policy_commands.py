"""The policy at the command line: exit code 5, one sentence, nothing written."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.assistant.drafting.conftest import FORMS, PLAN
from tests.assistant.forms.form_files import paragraph, write_hwpx
from tests.models.gguf_files import gguf

from biseo.cli import main
from biseo.policy_reading import load
from biseo_models.catalogue import ModelStore
from biseo_models.errors import ModelForbiddenError
from biseo_models.scripted import ScriptedEngine

Ruled = Callable[..., int]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "행정 비서"
    monkeypatch.setenv("BISEO_HOME", str(folder))
    monkeypatch.setattr(ModelStore, "default_available", lambda self: False)
    return folder


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> ScriptedEngine:
    scripted = ScriptedEngine(lambda job: "안전요원 24명 배치와 임시 주차장 120면 마련")
    monkeypatch.setattr("biseo.cli.write.open_engine", lambda *given: scripted)
    return scripted


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "책잔치 계획.txt"
    path.write_text("\n".join(PLAN), encoding="utf-8")
    return path


@pytest.fixture
def ruled(tmp_path: Path) -> Ruled:
    """Runs a command under a policy; an empty one where there is no text."""

    def run(words: list[str], rules: str = "") -> int:
        place = tmp_path / "policy.toml"
        place.write_text(rules, encoding="utf-8")
        return main(words, lambda: load(place))

    return run


def refused(capsys: pytest.CaptureFixture[str]) -> Any:
    printed = capsys.readouterr()
    assert "Traceback" not in printed.err
    return json.loads(printed.out)["error"]


COMMANDS = (
    ["read", "없음.txt"],
    ["write", "press", "--source", "없음.txt"],
    ["summarize", "없음.txt"],
    ["swot", "없음.txt"],
    ["check", "없음.txt"],
    ["mask", "없음.txt", "--out", "가림.txt"],
    ["fill", "없음.hwpx", "--fields"],
    ["model", "list"],
    ["audit", "verify"],
)


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_a_broken_policy_refuses(words: list[str], ruled: Ruled, capsys: pytest.CaptureFixture[str]) -> None:
    assert ruled([*words, "--json"], "printing = perhaps") == 5
    error = refused(capsys)
    assert error["code"] == "policy-malformed" and "전산 담당자" in error["advice"]


def test_a_broken_policy_leaves_what_tells_of_it(ruled: Ruled, capsys: pytest.CaptureFixture[str]) -> None:
    assert ruled(["tasks", "--json"], "printing = perhaps") == 0
    assert json.loads(capsys.readouterr().out)


def test_a_home_of_ones_own_lifts_nothing(
    ruled: Ruled, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "다른 집"
    other.mkdir()
    (other / "policy.toml").write_text("", encoding="utf-8")
    monkeypatch.setenv("BISEO_HOME", str(other))
    assert ruled(["mask", str(source), "--out", str(tmp_path / "가림.txt")], 'formats = ["hwpx"]') == 5


def written(source: Path, out: Path | None, *more: str) -> list[str]:
    form = [f"{name}={value}" for name, value in FORMS["press"].items() if isinstance(value, str)]
    sets = [word for each in form for word in ("--set", each)]
    return ["write", "press", "--source", str(source), *sets, *(["--out", str(out)] if out else []), *more]


def test_formats_of_write(
    ruled: Ruled, source: Path, tmp_path: Path, engine: ScriptedEngine, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = 'formats = ["hwpx"]'
    assert ruled(written(source, tmp_path / "초안.docx", "--json"), rules) == 5
    assert refused(capsys)["code"] == "policy-format"
    # what is printed can be put into a file by any shell
    assert ruled(written(source, None), rules) == 5
    assert ruled(written(source, tmp_path / "초안.hwpx", "--json"), rules) == 5
    assert not list(tmp_path.glob("초안.*"))
    assert ruled(written(source, tmp_path / "초안.hwpx"), rules) == 0
    assert (tmp_path / "초안.hwpx").exists()


def test_a_grade_must_be_given(
    ruled: Ruled, source: Path, tmp_path: Path, engine: ScriptedEngine, capsys: pytest.CaptureFixture[str]
) -> None:
    out, rules = tmp_path / "초안.txt", "grade_required = true"
    assert ruled(written(source, out, "--json"), rules) == 5
    assert refused(capsys)["code"] == "policy-grade"
    assert not out.exists()
    assert ruled(written(source, out, "--grade", "S"), rules) == 0
    assert "보안등급: S(민감)" in out.read_text(encoding="utf-8")


def test_a_grade_may_be_given(ruled: Ruled, source: Path, tmp_path: Path, engine: ScriptedEngine) -> None:
    out = tmp_path / "초안.txt"
    assert ruled(written(source, out)) == 0
    assert "보안등급" not in out.read_text(encoding="utf-8")
    assert ruled(written(source, out, "--grade", "O", "--force")) == 0
    assert "보안등급: O(공개)" in out.read_text(encoding="utf-8")


def test_formats_of_fill_and_mask(ruled: Ruled, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    template = write_hwpx(tmp_path / "양식.hwpx", paragraph("{{제목}}"))
    fill = ["fill", str(template), "--set", "제목=계획", "--out", str(tmp_path / "채움.hwpx"), "--json"]
    assert ruled(fill, 'formats = ["pdf"]') == 5
    assert refused(capsys)["code"] == "policy-format"
    assert not (tmp_path / "채움.hwpx").exists()
    assert ruled(fill, 'formats = ["hwpx"]') == 0
    capsys.readouterr()
    source, out = tmp_path / "민원.txt", tmp_path / "가림.txt"
    source.write_text("민원인 홍길동의 연락처는 010-1234-5678입니다.\n", encoding="utf-8")
    assert ruled(["mask", str(source), "--out", str(out), "--json"], 'formats = ["hwpx"]') == 5
    assert refused(capsys)["code"] == "policy-format"
    assert not out.exists()
    assert ruled(["mask", str(source), "--out", str(out)], 'formats = ["txt"]') == 0


# models


@pytest.fixture
def models(home: Path, tmp_path: Path) -> list[Path]:
    """Two model files, the first of them taken in and chosen."""
    files = []
    for name, size in (("하나", 1 << 16), ("둘", 1 << 17)):
        file = tmp_path / f"{name}.gguf"
        file.write_bytes(gguf(weights=bytes(size)))
        files.append(file)
    for file in files:
        for _ in ModelStore(home / "models").add(file, threading.Event()):
            pass
    ModelStore(home / "models").use("하나")
    return files


def test_models(
    home: Path, models: list[Path], ruled: Ruled, source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = ModelStore(home / "models")
    good = store.find("둘").sha256
    rules = f'models = ["{good}"]'
    assert ruled(["model", "use", "하나", "--json"], rules) == 5
    assert refused(capsys)["code"] == "model-forbidden"
    other = tmp_path / "셋.gguf"
    other.write_bytes(gguf(weights=bytes(1 << 18)))
    assert ruled(["model", "add", str(other), "--json"], rules) == 5
    assert refused(capsys)["code"] == "model-forbidden"
    assert {entry.id for entry in store.entries()} == {"하나", "둘"}
    assert not list((home / "models").glob(".*.part"))
    for words in (["model", "probe"], written(source, tmp_path / "초안.txt")):
        assert ruled([*words, "--json"], rules) == 5
        assert refused(capsys)["code"] == "model-forbidden"
    assert ruled(["model", "list", "--json"], rules) == 0
    listed = json.loads(capsys.readouterr().out)["models"]
    assert {each["id"]: each["allowed"] for each in listed} == {"하나": False, "둘": True}
    assert ruled(["model", "use", "둘", "--json"], rules) == 0


def test_a_list_that_was_forged_lifts_nothing(home: Path, models: list[Path]) -> None:
    """The list of models lies in the user's own folder: at opening the file itself is hashed."""
    from biseo_models.opening import open_engine, open_model

    store = ModelStore(home / "models")
    good, bad = store.find("둘").sha256, store.find("하나").sha256
    index = next((home / "models").glob("*.json"))
    index.write_text(index.read_text(encoding="utf-8").replace(bad, good), encoding="utf-8")
    forged = ModelStore(home / "models", allowed=frozenset({good}))
    assert forged.active().allowed
    with pytest.raises(ModelForbiddenError) as caught:
        open_engine(forged, frozenset({good}))
    assert caught.value.exit_code == 5
    open_model(store.find("둘"), allowed=frozenset({good})).close()

"""`biseo library` and `biseo search`."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from tests.assistant.vault.memory_keyring import MemoryKeyring

from biseo.cli import main
from biseo.library import folder_list
from biseo.policy import Policy
from biseo.vault import create, look, opening, wrapping

PASSPHRASE = "명령줄 암호 12"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PC without a credential store and without a terminal."""
    monkeypatch.setattr(wrapping, "SCRYPT_N", 1 << 4)
    monkeypatch.setenv("BISEO_HOME", str(tmp_path / "집"))
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'nothing'}")
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    ring = MemoryKeyring()
    ring.fault = "keyring-none"
    monkeypatch.setattr(opening, "SystemKeyring", lambda: ring)
    return tmp_path / "집"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "자료 (공용)"
    folder.mkdir()
    (folder / "예산 지침.txt").write_text("주민참여예산제는 매년 9월에 편성한다.", encoding="utf-8")
    (folder / "민원 편람.txt").write_text("민원은 접수한 날부터 7일 안에 처리한다.", encoding="cp949")
    return folder


def run(capsys: pytest.CaptureFixture[str], *words: str, policy: Policy | None = None) -> tuple[int, str, str]:
    code = main(list(words), lambda: policy or Policy())
    out, told = capsys.readouterr()
    return code, out, told


def files_of(home: Path) -> bytes:
    return b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())


def test_without_a_place_for_a_key_no_word_is_stored(
    capsys: pytest.CaptureFixture[str], home: Path, folder: Path, tmp_path: Path
) -> None:
    code, out, told = run(capsys, "library", "add", str(folder), "--json")
    data = json.loads(out)
    assert code == 0 and (data["documents"], data["passages"], data["stored"]) == (2, 2, False)
    assert "저장하지 않았습니다" in told and look().state == "absent"
    code, out, _ = run(capsys, "search", "예산 편성", "--json")
    assert code == 0 and json.loads(out)[0]["source"].endswith("예산 지침.txt")
    stored = files_of(home)
    assert (
        "편성한다".encode() not in stored and "민원은".encode() not in stored and "민원은".encode("cp949") not in stored
    )
    assert "9월".encode() not in stored
    questions = tmp_path / "질문.txt"
    questions.write_text("예산\r\n\r\n민원 처리\r\n", encoding="cp949")
    code, out, _ = run(capsys, "search", "--batch", str(questions), "--top", "1", "--json")
    results = json.loads(out)
    assert [each["query"] for each in results] == ["예산", "민원 처리"]
    assert [len(each["results"]) for each in results] == [1, 1]
    assert json.loads(run(capsys, "library", "list", "--json")[1])["folders"] == [str(folder)]
    assert run(capsys, "library", "remove", str(folder))[0] == 0
    assert json.loads(run(capsys, "library", "list", "--json")[1])["folders"] == []
    assert not (home / folder_list.FILE).exists()


def test_the_store_is_made_where_its_key_has_a_place(
    capsys: pytest.CaptureFixture[str], home: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(capsys, "library", "add", str(folder))[0] == 0
    ring = MemoryKeyring()
    monkeypatch.setattr(opening, "SystemKeyring", lambda: ring)
    code, out, told = run(capsys, "library", "add", str(folder), "--json")
    assert code == 0 and json.loads(out)["stored"] is True and "복구 코드" in told
    assert look().state == "present" and not look().recovery_shown  # the window makes one and has it written down
    assert not (home / folder_list.FILE).exists()
    (folder / "예산 지침.txt").unlink()
    code, out, _ = run(capsys, "search", "예산 편성")
    assert code == 0 and "예산 지침.txt" in out and "[예산]" in out
    code, out, _ = run(capsys, "library", "sync")
    assert code == 0 and "없어짐 1" in out
    assert run(capsys, "search", "예산 편성")[1].strip() == "찾은 대목이 없습니다."


def test_a_policy_that_wants_a_passphrase_makes_no_store_without(
    capsys: pytest.CaptureFixture[str], home: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = MemoryKeyring()
    monkeypatch.setattr(opening, "SystemKeyring", lambda: ring)
    code, out, _ = run(capsys, "library", "add", str(folder), "--json", policy=Policy(passphrase_required=True))
    assert code == 0 and json.loads(out)["stored"] is False and look().state == "absent"


def test_a_store_under_a_passphrase(
    capsys: pytest.CaptureFixture[str], home: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create(home, passphrase=PASSPHRASE, keyring=MemoryKeyring())[0].close()
    monkeypatch.setattr(sys, "stdin", io.StringIO(PASSPHRASE + "\n"))
    code, out, _ = run(capsys, "library", "add", str(folder), "--json")
    assert code == 0 and json.loads(out)["stored"] is True
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    code, out, told = run(capsys, "search", "예산", "--json")
    assert code == 3 and json.loads(out)["error"]["code"] == "passphrase-wrong" and "예산" not in told


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("search",), 2),
        (("search", " "), 2),
        (("search", "예산", "--top", "0"), 2),
        (("search", "예산", "--top", "많이"), 2),
        (("search", "예산", "--since", "어제"), 2),
        (("search", "예산", "--batch", "a.txt"), 2),
        (("search", "--batch", "없는 파일.txt"), 3),
        (("library",), 2),
        (("library", "add"), 2),
        (("library", "add", "없는 폴더"), 3),
        (("library", "remove", "없는 폴더"), 3),
        (("search", "아무것도"), 0),
        (("library", "list"), 0),
        (("library", "sync"), 0),
    ],
)
@pytest.mark.usefixtures("home")
def test_exit_codes(capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int) -> None:
    ended, out, told = run(capsys, *words, "--json")
    assert ended == code
    if code:
        assert json.loads(out)["error"]["advice"] and any("가" <= letter <= "힣" for letter in told)


def test_filters(capsys: pytest.CaptureFixture[str], home: Path, folder: Path) -> None:
    (folder / "표.csv").write_text("예산,금액\n도로,100\n", encoding="utf-8")
    run(capsys, "library", "add", str(folder))
    for words, count in (
        ((), 2), (("--kind", "csv"), 1), (("--kind", "txt,csv"), 2), (("--since", "2100-01-01"), 0),
        (("--until", "2100-01-01"), 2), (("--folder", str(folder / "없음")), 0), (("--folder", str(folder)), 2),
    ):  # fmt: skip
        assert len(json.loads(run(capsys, "search", "예산", *words, "--json")[1])) == count


def test_a_locked_credential_store_is_an_error(
    capsys: pytest.CaptureFixture[str], home: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It can be unlocked; reading everything at each search would not be what was asked for."""
    ring = MemoryKeyring()
    ring.fault = "keyring-locked"
    monkeypatch.setattr(opening, "SystemKeyring", lambda: ring)
    code, out, _ = run(capsys, "library", "add", str(folder), "--json")
    assert code == 3 and json.loads(out)["error"]["code"] == "keyring-locked"
    assert not (home / folder_list.FILE).exists() and look().state == "absent"

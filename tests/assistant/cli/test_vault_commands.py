"""`biseo audit` and `biseo selftest`."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pytest
from tests.assistant.vault.memory_keyring import MemoryKeyring

from biseo.cli import main
from biseo.vault import create, open_vault, wrapping
from biseo.vault.cipher import connect
from biseo.vault.key_file import Places

PASSPHRASE = "명령줄 암호 12"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(wrapping, "SCRYPT_N", 1 << 4)
    monkeypatch.setenv("BISEO_HOME", str(tmp_path / "집"))
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'nothing'}")
    return tmp_path / "집"


@pytest.fixture
def secret(home: Path) -> bytes:
    """A store with a passphrase and five audit lines; its key."""
    vault, _ = create(home, passphrase=PASSPHRASE, keyring=MemoryKeyring())
    for number in range(5):
        vault.log("export", task="press", counts={"pages": number})
    secret = bytes(vault._secret)
    vault.close()
    return secret


def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *words: str, typed: str = PASSPHRASE + "\n"
) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    code = main(list(words))
    out, told = capsys.readouterr()
    return code, out, told


@pytest.mark.usefixtures("secret")
def test_verify_and_export(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    code, out, _ = run(capsys, monkeypatch, "audit", "verify", "--json")
    assert code == 0
    assert json.loads(out)["intact"] is True and json.loads(out)["lines"] == 5
    code, out, _ = run(capsys, monkeypatch, "audit", "verify")
    assert code == 0 and "5건이 모두 온전합니다" in out
    target = tmp_path / "감사 기록.csv"
    code, out, _ = run(capsys, monkeypatch, "audit", "export", "--out", str(target))
    assert code == 0 and str(target) in out
    assert len(list(csv.reader(io.StringIO(target.read_text(encoding="utf-8-sig"))))) == 6
    code, _, told = run(capsys, monkeypatch, "audit", "export", "--out", str(target))
    assert code == 3 and "--force" in told
    assert run(capsys, monkeypatch, "audit", "export", "--out", str(target), "--force")[0] == 0
    assert run(capsys, monkeypatch, "audit", "export", "--out", str(tmp_path / "a.txt"))[0] == 2
    assert run(capsys, monkeypatch, "audit", "export", "--out", str(tmp_path / "없음" / "a.csv"))[0] == 3


def test_a_changed_log_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path, secret: bytes
) -> None:
    connection = connect(Places(home).database, secret)
    connection.execute("DROP TRIGGER audit_holds")
    connection.execute("DELETE FROM audit WHERE line = 3")
    connection.close()
    code, out, _ = run(capsys, monkeypatch, "audit", "verify", "--json")
    assert code == 1 and json.loads(out)["problems"] == [{"line": 3, "kind": "missing"}]
    code, out, _ = run(capsys, monkeypatch, "audit", "verify")
    assert code == 1 and "3번: 지워졌습니다" in out


def test_what_keeps_the_store_closed_is_a_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    code, out, told = run(capsys, monkeypatch, "audit", "verify", "--json")
    assert code == 3 and json.loads(out)["error"]["code"] == "absent" and "저장소" in told
    create(home, passphrase=PASSPHRASE, keyring=MemoryKeyring())[0].close()
    assert "passphrase-wrong" in run(capsys, monkeypatch, "audit", "verify", "--json", typed="다른 암호 123\n")[1]
    assert "passphrase-wrong" in run(capsys, monkeypatch, "audit", "verify", "--json", typed="")[1]


def test_selftest_tells_the_state_without_asking(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    code, out, _ = run(capsys, monkeypatch, "selftest", "--json", typed="")
    data = json.loads(out)
    assert code == 0 and {"offline", "vault", "model", "versions"} <= data.keys()
    assert data["offline"]["sockets_opened"] == 0
    assert data["vault"]["state"] == "absent" and data["vault"]["cipher"]
    create(home, passphrase=PASSPHRASE, keyring=MemoryKeyring())[0].close()
    data = json.loads(run(capsys, monkeypatch, "selftest", "--json", typed="")[1])
    assert data["vault"]["state"] == "present" and data["vault"]["unlock"] == "passphrase"
    assert data["vault"]["opened"] is False and data["vault"]["plain"] is False
    assert "저장소: 있음" in run(capsys, monkeypatch, "selftest", typed="")[1]


def test_the_report_of_a_store_that_opens(home: Path) -> None:
    from biseo.vault.report import vault_report

    ring = MemoryKeyring()
    vault, _ = create(home, keyring=ring)
    vault.save_work(vault.new_id(), b"{}", title="t", task="press")
    vault.log("draft")
    vault.close()
    report = vault_report(home, ring)
    assert report.opened and report.works == 1 and report.sound and report.audit_lines == 1 and report.audit_intact
    assert report.keyring == "시험" and report.journal == "wal"
    assert any("작업 1건" in line for line in report.words())
    ring.secrets.clear()
    assert vault_report(home, ring).error == "key-missing"


@pytest.mark.usefixtures("secret")
def test_backup_and_restore(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    target = tmp_path / "백업 파일.biseo-backup"
    code, out, _ = run(capsys, monkeypatch, "vault", "backup", str(target), "--json")
    assert code == 0 and json.loads(out) == {
        "out": str(target), "works": 0, "bytes": target.stat().st_size, "passphrase": False,
    }  # fmt: skip
    code, _, told = run(capsys, monkeypatch, "vault", "backup", str(target))
    assert code == 3 and "--force" in told
    code, _, told = run(capsys, monkeypatch, "vault", "backup", str(target), "--force", typed="틀린 암호 말\n")
    assert code == 3 and "암호가 맞지 않습니다" in told
    code, _, told = run(capsys, monkeypatch, "vault", "restore", str(target))
    assert code == 2 and "--yes" in told
    code, out, _ = run(capsys, monkeypatch, "vault", "restore", str(target), "--yes", "--json")
    assert code == 0 and json.loads(out)["works"] == 0 and Path(json.loads(out)["kept"]).is_file()
    wrong = tmp_path / "아무거나.txt"
    wrong.write_text("백업이 아님", encoding="utf-8")
    code, out, _ = run(capsys, monkeypatch, "vault", "restore", str(wrong), "--yes", "--json")
    assert code == 3 and json.loads(out)["error"]["code"] == "not-a-backup"
    code, out, _ = run(capsys, monkeypatch, "vault", "restore", str(tmp_path / "없음"), "--yes", "--json")
    assert code == 3 and json.loads(out)["error"]["code"] == "backup-unreadable"
    code, _, told = run(
        capsys, monkeypatch, "vault", "backup", str(tmp_path / "b"), "--passphrase", typed=f"{PASSPHRASE}\n짧다\n"
    )
    assert code == 3 and "너무 짧습니다" in told and not (tmp_path / "b").exists()


def test_status(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, secret: bytes) -> None:
    code, out, _ = run(capsys, monkeypatch, "vault", "status", "--json")
    told = json.loads(out)
    assert code == 0 and (told["state"], told["unlock"], told["plain"]) == ("present", "passphrase", False)


def test_a_backup_makes_a_new_store_on_another_pc(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path, tmp_path: Path
) -> None:
    other, code_on_paper = create(tmp_path / "다른 PC", keyring=MemoryKeyring())
    other.save_work(other.new_id(), b"{}", title="일", task="press").result(10)
    target = tmp_path / "a.biseo-backup"
    other.backup(target)
    other.close()
    code, out, told = run(
        capsys, monkeypatch, "vault", "restore", str(target), "--yes", "--json", typed=f"틀린 것\n{PASSPHRASE}\n"
    )
    assert code == 3 and json.loads(out)["error"]["code"] == "backup-key" and not (home / "vault").exists()
    code, out, told = run(
        capsys,
        monkeypatch,
        "vault",
        "restore",
        str(target),
        "--yes",
        "--json",
        typed=f"{code_on_paper}\n{PASSPHRASE}\n",
    )
    assert code == 0 and json.loads(out) == {"works": 1, "kept": None}, told
    with open_vault(home, passphrase=PASSPHRASE, keyring=MemoryKeyring()) as vault:
        assert vault.count() == 1 and not vault.keys.recovery_shown

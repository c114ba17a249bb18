"""The audit log: never text, and no line changes, goes or moves unseen."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biseo.vault import Vault, audit
from biseo.vault.cipher import Connection, connect
from biseo.vault.key_file import Places

Again = Callable[..., Vault]
HASH = "ab" * 32


@pytest.fixture
def logged(vault: Vault) -> Vault:
    """Twelve lines."""
    for number in range(12):
        vault.log("draft", task="press", files=(HASH,), model=HASH, counts={"pages": number}, review="done")
    vault.flush()
    return vault


def tamper(home: Path, secret: bytes, change: Callable[[Connection], object]) -> None:
    """What somebody does who has the key and knows SQL."""
    connection = connect(Places(home).database, secret)
    connection.execute("DROP TRIGGER audit_keeps")
    connection.execute("DROP TRIGGER audit_holds")
    change(connection)
    connection.close()


def test_lines_say_what_was_done(logged: Vault) -> None:
    lines = logged.audit_lines()
    assert [line.line for line in lines] == list(range(1, 13))
    first = lines[0]
    assert (first.action, first.task, first.files, first.model) == ("draft", "press", (HASH,), HASH)
    assert first.counts == {"pages": 0} and first.review == "done"
    assert first.user == audit.system_user() and abs(first.time - time.time()) < 60
    report = logged.audit_report()
    assert report.intact and report.lines == 12 and report.head == lines[-1].chain


@pytest.mark.parametrize(
    "wrong",
    [
        {"action": "가을 축제 보도자료를 저장"},
        {"action": "draft", "task": "한글"},
        {"action": "draft", "files": ("축제.hwpx",)},
        {"action": "draft", "model": "model"},
        {"action": "draft", "counts": {"홍길동": 1}},
        {"action": "draft", "counts": {"pages": "셋"}},
        {"action": "draft", "review": "잘 썼음"},
        {"action": "a" * 65},
    ],
)
def test_text_cannot_get_in(vault: Vault, wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        vault.log(**wrong)  # type: ignore[arg-type]
    assert vault.audit_lines() == []


def test_the_table_only_grows(logged: Vault, home: Path) -> None:
    connection = connect(Places(home).database, bytes(logged._secret))
    for statement in ("UPDATE audit SET entry = ''", "DELETE FROM audit WHERE line = 12"):
        with pytest.raises(Exception, match="append-only"):
            connection.execute(statement)
    connection.close()


CHANGES: dict[str, tuple[str, tuple[tuple[int, str], ...]]] = {
    "a word": (
        "UPDATE audit SET entry = replace(entry, '\"pages\":4', '\"pages\":5') WHERE line = 5",
        ((5, "changed"),),
    ),
    "a chain": (f"UPDATE audit SET chain = '{HASH}' WHERE line = 5", ((5, "changed"), (6, "changed"))),
    "gone": ("DELETE FROM audit WHERE line = 5", ((5, "missing"),)),
    "several gone": ("DELETE FROM audit WHERE line IN (5, 6, 9)", ((5, "missing"), (6, "missing"), (9, "missing"))),
    "first gone": ("DELETE FROM audit WHERE line = 1", ((1, "missing"),)),
    "cut": ("DELETE FROM audit WHERE line > 10", ((11, "cut"), (12, "cut"))),
    "all gone": ("DELETE FROM audit", tuple((line, "cut") for line in range(1, 13))),
    "no entry": ("UPDATE audit SET entry = 'x' WHERE line = 5", ((5, "changed"), (5, "unreadable"))),
}


@pytest.mark.parametrize("name", CHANGES)
def test_every_change_is_found(logged: Vault, home: Path, name: str) -> None:
    statement, problems = CHANGES[name]
    tamper(home, bytes(logged._secret), lambda connection: connection.execute(statement))
    report = logged.audit_report()
    assert not report.intact and report.problems == problems


def test_reordered_lines_are_found(logged: Vault, home: Path) -> None:
    def swap(connection: Connection) -> None:
        for line, to in ((5, 100), (6, 5), (100, 6)):
            connection.execute("UPDATE audit SET line = ? WHERE line = ?", (to, line))

    tamper(home, bytes(logged._secret), swap)
    report = logged.audit_report()
    assert {line for line, kind in report.problems if kind == "changed"} >= {5, 6}


def test_a_chain_forged_from_the_middle_on_is_found(logged: Vault, home: Path) -> None:
    """Somebody computes all hashes anew behind a changed line: the head outside the table does not fit."""

    def forge(connection: Connection) -> None:
        rows = connection.execute("SELECT line, entry FROM audit ORDER BY line").fetchall()
        chain = audit.START
        for line, entry in rows:
            text = entry.replace('"pages":4', '"pages":99')
            chain = audit._chain(chain, line, text)
            connection.execute("UPDATE audit SET entry = ?, chain = ? WHERE line = ?", (text, chain, line))

    tamper(home, bytes(logged._secret), forge)
    assert logged.audit_report().problems == ((12, "changed"),)


def test_lines_added_by_hand_are_found(logged: Vault, home: Path) -> None:
    row = "INSERT INTO audit (line, entry, chain) VALUES (13, '{\"time\": 1.0}', 'x')"
    tamper(home, bytes(logged._secret), lambda connection: connection.execute(row))
    assert (13, "changed") in logged.audit_report().problems


def test_the_head_outside_is_guarded(logged: Vault, home: Path) -> None:
    head = Places(home).audit_head
    whole = head.read_bytes()
    data = json.loads(whole)
    head.write_text(json.dumps({**data, "line": 3}), encoding="utf-8")
    assert logged.audit_report().problems == ((12, "head-changed"),)
    head.unlink()
    assert logged.audit_report().problems == ((12, "head-missing"),)
    head.write_bytes(whole)
    assert logged.audit_report().intact


def test_a_kill_between_line_and_head_is_no_alarm(logged: Vault, home: Path, again: Again) -> None:
    old = Places(home).audit_head.read_bytes()
    logged.log("export").result(10)
    logged.close()
    Places(home).audit_head.write_bytes(old)
    with again() as opened:
        assert opened.audit_report().intact
        opened.log("export").result(10)
        assert json.loads(Places(home).audit_head.read_bytes())["line"] == 14


def test_a_lost_head_is_not_made_anew_in_silence(logged: Vault, home: Path, again: Again) -> None:
    logged.close()
    Places(home).audit_head.unlink()
    with again() as opened:
        opened.log("export").result(10)
        assert not opened.audit_report().intact


def test_a_cut_tail_stays_found_after_new_lines(logged: Vault, home: Path, again: Again) -> None:
    tamper(home, bytes(logged._secret), lambda connection: connection.execute("DELETE FROM audit WHERE line > 10"))
    for _ in range(3):
        logged.log("export").result(10)
    assert not logged.audit_report().intact
    logged.close()
    with again() as opened:
        assert not opened.audit_report().intact


def test_a_clock_that_goes_back_is_told_and_no_fault(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [time.time()]
    monkeypatch.setattr(audit.time, "time", lambda: now[0])
    for step in (0, 10, -5000, 20):
        now[0] += step
        vault.log("draft")
    report = vault.audit_report()
    assert report.intact and report.clock_back == (3,)


def test_export_is_a_table_that_computes_nothing(logged: Vault) -> None:
    data = logged.audit_csv()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows[0][0] == "번호" and len(rows) == 13
    assert all(len(row) == len(rows[0]) for row in rows)
    assert rows[1][3:5] == ["draft", "press"] and rows[12][7] == "pages=11"


@given(st.text(max_size=12))
def test_no_cell_begins_like_a_formula(text: str) -> None:
    for start in ("", "=", "+", "-", "@", "\t=", " =", "\r", "＝"):
        cell = audit.harmless(start + text)
        assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")) or cell.startswith("'")
        assert cell.endswith(start + text)


def test_an_evil_user_name_is_harmless_in_the_table(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "system_user", lambda: '=cmd|"/c calc"!A1')
    vault.log("draft").result(10)
    rows = list(csv.reader(io.StringIO(vault.audit_csv().decode("utf-8-sig"), newline="")))
    assert rows[1][2] == '\'=cmd|"/c calc"!A1'

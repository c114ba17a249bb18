"""The audit log: what was done on this PC with which files and model, never what they say.

Each line carries a hash over itself and the line before, and number and hash of the last line are kept a second time
outside the table, authenticated with a key of the store. So a changed, removed, added or reordered line is found, and
so are lines cut off at the end. Whoever has both the store's key and this program's code can still write a new log from
the first line on; the officer who wants to rule that out notes the hash of the last line now and then: it is in every
export.
"""

from __future__ import annotations

import csv
import getpass
import hashlib
import hmac
import io
import json
import os
import re
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from biseo.vault.cipher import Connection
from biseo.vault.records import AuditLine, AuditReport
from biseo.vault.wrapping import derived_key
from biseo_models.replacing import read_text, save_text

START = hashlib.sha256(b"biseo audit log").hexdigest()
_WORD = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_HASH = re.compile(r"[0-9a-f]{64}")
COLUMNS = ("번호", "시각", "사용자", "한 일", "작업", "파일(SHA-256)", "모델(SHA-256)", "건수", "검토", "연결값")


def entry_of(
    action: str, task: str, files: tuple[str, ...], model: str, counts: dict[str, int], review: str
) -> dict[str, Any]:
    """An entry for the log; only words of the program, hashes and figures pass.

    Raises:
        ValueError: something else was given; it must not reach the log.
    """
    words = [action, *(word for word in (task, review) if word), *counts]
    if not all(_WORD.fullmatch(word) for word in words):
        raise ValueError("the audit log takes short words of the program only")
    if not all(_HASH.fullmatch(digest) for digest in (*files, *([model] if model else []))):
        raise ValueError("the audit log takes SHA-256 only")
    if not all(type(count) is int for count in counts.values()):
        raise ValueError("the audit log takes whole numbers only")
    return {
        "time": round(time.time(), 3),
        "user": system_user(),
        "action": action,
        "task": task,
        "files": list(files),
        "model": model,
        "counts": counts,
        "review": review,
    }


def append(connection: Connection, entry: dict[str, Any]) -> int:
    """Add a line inside the writer's transaction; its number."""
    row = connection.execute("SELECT line, chain FROM audit ORDER BY line DESC LIMIT 1").fetchone()
    line, before = (int(row[0]) + 1, str(row[1])) if row else (1, START)
    text = json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    connection.execute(
        "INSERT INTO audit (line, entry, chain) VALUES (?, ?, ?)", (line, text, _chain(before, line, text))
    )
    return line


def last(connection: Connection) -> tuple[int, str]:
    """Number and chain of the last line; `(0, START)` when there is none."""
    row = connection.execute("SELECT line, chain FROM audit ORDER BY line DESC LIMIT 1").fetchone()
    return (int(row[0]), str(row[1])) if row else (0, START)


def keep_head(path: Path, secret: bytes | bytearray, connection: Connection) -> None:
    """Write number and chain of the last line outside the table.

    Only where what is kept there fits the table: a head that is gone or does not fit is the trace of a change.

    Raises:
        OSError: the folder cannot be written.
    """
    head = read_head(path, secret)
    if head is None:
        return
    line, chain = last(connection)
    if head[0] < line and (head[0] == 0 or _chain_of(connection, head[0]) == head[1]):
        write_head(path, secret, line, chain)


def write_head(path: Path, secret: bytes | bytearray, line: int, chain: str) -> None:
    """Write the head whatever is there.

    Raises:
        OSError: the folder cannot be written.
    """
    save_text(path, json.dumps({"line": line, "chain": chain, "mac": _mac(secret, line, chain)}))


def read_head(path: Path, secret: bytes | bytearray) -> tuple[int, str] | None:
    """Number and chain that were kept; None when there is no head or it was changed."""
    try:
        data = json.loads(read_text(path))
        line, chain, mac = int(data["line"]), str(data["chain"]), str(data["mac"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return (line, chain) if hmac.compare_digest(mac, _mac(secret, line, chain)) else None


def verify(connection: Connection, path: Path, secret: bytes | bytearray) -> AuditReport:
    """Compare every line with its hash, with the line before, and the last one with what was kept outside.

    Raises:
        Error: of `sqlcipher3`, when the table cannot be read.
    """
    problems: list[tuple[int, str]] = []
    back: list[int] = []
    chain, expected, latest = START, 1, 0.0
    chains: dict[int, str] = {0: START}
    for line, text, told in connection.execute("SELECT line, entry, chain FROM audit ORDER BY line"):
        if line != expected:
            problems.extend((gone, "missing") for gone in range(expected, min(int(line), expected + 1000)))
        elif _chain(chain, line, text) != told:
            problems.append((line, "changed"))
        stamp = _time(text)
        if stamp is None:
            problems.append((line, "unreadable"))
        else:
            if stamp < latest:
                back.append(line)
            latest = stamp
        chain, expected = str(told), int(line) + 1
        chains[int(line)] = chain
    problems.extend(_at_the_end(path, secret, chains, expected - 1))
    return AuditReport(len(chains) - 1, not problems, tuple(problems), tuple(back), chain)


def lines(connection: Connection) -> list[AuditLine]:
    """All lines, oldest first; what cannot be read as a line has the action `unreadable`."""
    found = []
    for line, text, chain in connection.execute("SELECT line, entry, chain FROM audit ORDER BY line"):
        try:
            data = json.loads(text)
            found.append(
                AuditLine(
                    line, float(data["time"]), data["user"], data["action"], data["task"], tuple(data["files"]),
                    data["model"], dict(data["counts"]), data["review"], chain,
                )
            )  # fmt: skip
        except (ValueError, KeyError, TypeError):
            found.append(AuditLine(line, 0.0, "", "unreadable", "", (), "", {}, "", chain))
    return found


def as_csv(found: list[AuditLine]) -> bytes:
    """The log for a spreadsheet: UTF-8 with a byte order mark, no cell that a spreadsheet would compute."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for entry in found:
        counts = "; ".join(f"{name}={count}" for name, count in sorted(entry.counts.items()))
        cells = [
            str(entry.line), local_time(entry.time), entry.user, entry.action, entry.task, "\n".join(entry.files),
            entry.model, counts, entry.review, entry.chain,
        ]  # fmt: skip
        writer.writerow([harmless(cell) for cell in cells])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    if cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")) or cell.startswith(("\t", "\r", "\n")):
        return "'" + cell
    return cell


def local_time(seconds: float) -> str:
    """Local time with its distance from UTC."""
    try:
        return datetime.fromtimestamp(seconds).astimezone().isoformat(sep=" ", timespec="seconds")
    except (OverflowError, OSError, ValueError):
        return ""


def system_user() -> str:
    """Who is logged in, as the operating system says; environment variables are not asked where it can be avoided."""
    if sys.platform == "win32":
        try:
            return os.getlogin()
        except OSError:
            return getpass.getuser()
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


def _chain_of(connection: Connection, line: int) -> str | None:
    row = connection.execute("SELECT chain FROM audit WHERE line = ?", (line,)).fetchone()
    return str(row[0]) if row else None


def _at_the_end(path: Path, secret: bytes | bytearray, chains: dict[int, str], end: int) -> list[tuple[int, str]]:
    if not path.exists():
        return [(end, "head-missing")] if end else []
    head = read_head(path, secret)
    if head is None:
        return [(end, "head-changed")]
    line, chain = head
    if line > end:
        return [(gone, "cut") for gone in range(end + 1, min(line, end + 1000) + 1)]
    if line in chains and chains[line] != chain:
        return [(line, "changed")]
    return []


def _chain(before: str, line: int, text: str) -> str:
    return hashlib.sha256(f"{before}\n{line}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()


def _mac(secret: bytes | bytearray, line: int, chain: str) -> str:
    return hmac.new(derived_key(secret, "audit head"), f"{line} {chain}".encode(), hashlib.sha256).hexdigest()


def _time(text: str) -> float | None:
    try:
        return float(json.loads(text)["time"])
    except (ValueError, KeyError, TypeError):
        return None

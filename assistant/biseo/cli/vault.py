"""`biseo vault`: the state of the encrypted store, a backup of it, and back from one."""

from __future__ import annotations

import sys
import threading
from dataclasses import asdict
from pathlib import Path

from biseo.cli.arguments import Arguments
from biseo.cli.console import Console
from biseo.cli.options import telling_of_force
from biseo.cli.unlocking import ask_new, ask_secret, unlocked
from biseo.errors import Cancelled, OutputFileError, UsageError
from biseo.policy import Policy
from biseo.vault import Vault, VaultError, look, restore_anew
from biseo.vault.copies import Watch, secret_of, works_in
from biseo.vault.keyrings import SystemKeyring
from biseo.vault.records import Restored
from biseo.vault.report import vault_report

NO_KEYRING = ("keyring-none", "keyring-locked", "keyring-failed")


def run_vault(arguments: Arguments, console: Console, cancel: threading.Event, policy: Policy) -> int:
    """Do what `arguments.action` says: `status`, `backup` or `restore`.

    Raises:
        UserFacingError: with what happened and what to do.
    """
    if arguments.action == "status":
        report = vault_report()
        console.result(asdict(report), "\n".join(report.words()))
    elif arguments.action == "backup":
        _backup(arguments, console, cancel)
    else:
        _restore(arguments, console, cancel, policy)
    return 0


def _backup(arguments: Arguments, console: Console, cancel: threading.Event) -> None:
    target = arguments.file
    if target.exists() and not arguments.force:
        with telling_of_force():
            raise OutputFileError("exists", "같은 이름의 파일이 이미 있습니다.", "다른 이름으로 저장해 주세요.")
    with unlocked(console) as vault:
        passphrase = ask_new(console, "백업의 새 암호: ") if arguments.passphrase else None
        vault.backup(target, passphrase, _watch(console, cancel, "백업하는 중"))
        works = vault.count()
    size = target.stat().st_size
    console.result(
        {"out": str(target), "works": works, "bytes": size, "passphrase": passphrase is not None},
        f"작업 {works:,}건을 백업했습니다({size:,}바이트).\n저장한 파일: {target}",
    )


def _restore(arguments: Arguments, console: Console, cancel: threading.Event, policy: Policy) -> None:
    source = arguments.file
    works = works_in(source)
    state = look().state
    _agree(arguments, console, works, state)
    watch = _watch(console, cancel, "되돌리는 중")
    if state == "present":
        with unlocked(console) as vault:
            restored = _into(vault, source, console, watch)
    else:
        restored = _anew(source, console, watch, policy)
    data = {"works": restored.works, "kept": str(restored.before) if state == "present" else None}
    words = f"백업의 작업 {restored.works:,}건을 되돌렸습니다."
    if state == "present":
        words += f"\n되돌리기 전의 작업은 7일 동안 사본으로 남습니다: {restored.before}"
    else:
        words += "\n새 복구 코드는 창을 처음 열 때 보여 드립니다."
    console.result(data, words)


def _agree(arguments: Arguments, console: Console, works: int | None, state: str) -> None:
    if arguments.yes:
        return
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError(
            "not-agreed",
            "되돌리면 지금 저장소의 작업 대신 백업의 작업이 들어옵니다.",
            "그래도 좋으면 --yes를 붙여 다시 실행해 주세요.",
        )
    count = f" {works:,}건" if works is not None else ""
    before = "지금 저장소의 작업은 사본으로 7일 동안 남습니다. " if state == "present" else ""
    console.note(f"백업의 작업{count}이 저장소에 들어옵니다. {before}되돌리려면 yes를 입력하세요.")
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise Cancelled


def _into(vault: Vault, source: Path, console: Console, watch: Watch) -> Restored:
    """Into the store that is there: its own key opens backups of it; others need their secret."""
    try:
        return vault.restore(source, watch=watch)
    except VaultError as error:
        if error.code != "backup-key":
            raise
    keys = secret_of(ask_secret(console, "백업의 암호나 복구 코드: "))
    return vault.restore(source, passphrase=keys.passphrase, recovery_code=keys.recovery_code, watch=watch)


def _anew(source: Path, console: Console, watch: Watch, policy: Policy) -> Restored:
    """A new store with what the backup holds, where there is none or its files are gone."""
    keys = secret_of(ask_secret(console, "백업의 암호나 복구 코드: "))
    own = ask_new(console, "저장소의 새 암호: ") if policy.passphrase_required or not _has_keyring() else None
    vault, restored = restore_anew(
        source, passphrase=keys.passphrase, recovery_code=keys.recovery_code, own_passphrase=own, watch=watch
    )
    vault.close()
    return restored


def _has_keyring() -> bool:
    try:
        SystemKeyring().label()
    except VaultError as error:
        if error.code not in NO_KEYRING:
            raise
        return False
    return True


def _watch(console: Console, cancel: threading.Event, words: str) -> Watch:
    def watch(share: float) -> None:
        if cancel.is_set():
            raise Cancelled
        console.progress(round(1000 * share), 1000, words)

    return watch

"""Entry point of the command line: words in, exit code out."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable
from typing import Any, TextIO

from biseo.cli.arguments import Arguments, parse
from biseo.cli.console import Console
from biseo.errors import Cancelled, UserFacingError
from biseo.policy import Policy
from biseo.policy_reading import load

CANCELLED = 130
INTERNAL_FAULT = 6
WITHOUT_POLICY = ("selftest", "tasks")
"""Commands that neither read nor write a document: a broken policy must be seen by somebody."""


def main(argv: list[str] | None = None, load_policy: Callable[[], Policy] = load) -> int:
    """Run one command; every failure becomes two Korean sentences and an exit code, never a traceback.

    Args:
        load_policy: gives the policy of this PC; only tests put another in.
    """
    words = sys.argv[1:] if argv is None else argv
    for stream in (sys.stdout, sys.stderr):
        _make_utf8(stream)
    console = Console("--json" in words)
    cancel = threading.Event()
    previous = _on_interrupt(cancel)
    try:
        arguments = parse(words)
        policy = Policy() if arguments.command in WITHOUT_POLICY else load_policy()
        return _command(arguments, policy)(console, cancel)
    except UserFacingError as error:
        if cancel.is_set():  # Ctrl+C reaches the child processes too; what they die of is no fault of the file or model
            return _cancelled(console)
        console.error(error)
        return error.exit_code
    except (Cancelled, KeyboardInterrupt):
        return _cancelled(console)
    except BrokenPipeError:
        sys.stderr.close()
        return INTERNAL_FAULT
    except Exception as error:  # noqa: BLE001 - the last resort: no traceback may reach the user
        kind = type(error).__name__
        console.error(
            UserFacingError(
                "internal-fault",
                f"프로그램 안에서 문제가 생겼습니다({kind}).",
                "같은 작업에서 되풀이되면 이 문장을 담당자에게 알려 주세요.",
            )
        )
        return INTERNAL_FAULT
    finally:
        if previous is not None:
            signal.signal(signal.SIGINT, previous)


def _cancelled(console: Console) -> int:
    console.error(UserFacingError("cancelled", "작업을 멈추었습니다.", "필요하면 다시 시작해 주세요."))
    return CANCELLED


def _command(arguments: Arguments, policy: Policy) -> Callable[[Console, threading.Event], int]:
    # Each command imports only what it needs: `read` must not pay for the model, nor `tasks` for the readers.
    if arguments.command in ("write", "summarize", "swot"):
        from biseo.cli.write import run_write

        return lambda console, cancel: run_write(arguments, console, cancel, policy)
    if arguments.command == "model":
        from biseo.cli.model import run_model

        return lambda console, cancel: run_model(arguments, console, cancel, policy)
    if arguments.command == "read":
        from biseo.cli.read import run_read

        return lambda console, cancel: run_read(arguments, console, cancel)
    if arguments.command == "fill":
        from biseo.cli.fill import run_fill

        return lambda console, cancel: run_fill(arguments, console, cancel, policy)
    if arguments.command == "check":
        from biseo.cli.check import run_check

        return lambda console, cancel: run_check(arguments, console, cancel)
    if arguments.command == "mask":
        from biseo.cli.mask import run_mask

        return lambda console, cancel: run_mask(arguments, console, cancel, policy)
    if arguments.command == "library":
        from biseo.cli.library import run_library

        return lambda console, cancel: run_library(arguments, console, cancel, policy)
    if arguments.command == "search":
        from biseo.cli.search import run_search

        return lambda console, cancel: run_search(arguments, console, cancel)
    if arguments.command == "compare":
        from biseo.cli.compare import run_compare

        return lambda console, cancel: run_compare(arguments, console, cancel, policy)
    if arguments.command == "manual":
        from biseo.cli.manual import run_manual

        return lambda console, cancel: run_manual(arguments, console, cancel, policy)
    if arguments.command == "ask":
        from biseo.cli.ask import run_ask

        return lambda console, cancel: run_ask(arguments, console, cancel, policy)
    if arguments.command == "cases":
        from biseo.cli.cases import run_cases

        return lambda console, cancel: run_cases(arguments, console, cancel, policy)
    if arguments.command == "audit":
        from biseo.cli.audit import run_audit

        return lambda console, cancel: run_audit(arguments, console)
    if arguments.command == "vault":
        from biseo.cli.vault import run_vault

        return lambda console, cancel: run_vault(arguments, console, cancel, policy)
    if arguments.command == "selftest":
        from biseo.cli.selftest import run_selftest

        return lambda console, cancel: run_selftest(console, arguments.out, overwrite=arguments.force)
    from biseo.cli.tasks import run_tasks

    return lambda console, cancel: run_tasks(console)


def _make_utf8(stream: TextIO) -> None:
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure and stream.encoding.lower().replace("-", "") != "utf8":
        reconfigure(encoding="utf-8", errors="replace")


def _on_interrupt(cancel: threading.Event) -> Any:
    """Ctrl+C stops the work in good order; a second one ends the program at once."""
    if threading.current_thread() is not threading.main_thread():
        return None

    def stop(_number: int, _frame: object) -> None:
        if cancel.is_set():
            raise KeyboardInterrupt
        cancel.set()

    return signal.signal(signal.SIGINT, stop)

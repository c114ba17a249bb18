"""The entry point: without arguments the window, with arguments the command line. Qt loads for the window only."""

from __future__ import annotations

import multiprocessing
import sys


def main(argv: list[str] | None = None) -> int:
    """Run the program and return its exit code."""
    multiprocessing.freeze_support()
    arguments = sys.argv[1:] if argv is None else argv
    if arguments:
        from biseo.cli import main as run_command

        return run_command(arguments)
    from biseo_ui.app import run

    return run()


if __name__ == "__main__":
    sys.exit(main())

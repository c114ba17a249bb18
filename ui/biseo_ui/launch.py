"""The entry point: without arguments the window, with arguments the command line. Qt loads for the window only."""

from __future__ import annotations

import sys


def main(argv: list[str] | None = None) -> int:
    """Run the program and return its exit code."""
    arguments = sys.argv[1:] if argv is None else argv
    # Before anything else: from here on nothing in this process reaches a network.
    from biseo_models.offline import NetworkBlocked, arm, guard

    try:
        arm("command" if arguments else "window")
        import multiprocessing

        multiprocessing.freeze_support()
        from biseo import paths

        guard.record_in(paths.attempts_folder())
        if arguments:
            from biseo.cli import main as run_command

            return run_command(arguments)
        from biseo_ui.app import run

        return run()
    except NetworkBlocked as error:  # where nothing above is there yet to tell it
        if sys.stderr is not None:
            sys.stderr.write(f"{error.message}\n{error.advice}\n")
        return error.exit_code


if __name__ == "__main__":
    sys.exit(main())

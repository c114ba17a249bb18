"""The command line: the same core without a window. Names, keys and exit codes are a fixed contract."""

from biseo.cli.main import main

__all__ = ["main"]

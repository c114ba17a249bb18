"""Where the command line prints: results on stdout, everything else on stderr."""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from biseo.errors import UserFacingError

_BAR = 24


class Console:
    """Prints results for people or as one JSON document.

    Args:
        as_json: exactly one JSON document goes to stdout and nothing else.
    """

    def __init__(self, as_json: bool) -> None:
        self.as_json = as_json
        self._bar = False
        self._drawn = 0.0

    def result(self, data: Any, words: str) -> None:
        """The result: `data` as JSON, or `words` for people."""
        self.clear()
        if self.as_json:
            json.dump(data, sys.stdout, ensure_ascii=False)
            sys.stdout.write("\n")
        else:
            print(words)
        sys.stdout.flush()

    def note(self, words: str) -> None:
        """A warning or notice."""
        self.clear()
        print(words, file=sys.stderr)

    def error(self, error: UserFacingError) -> None:
        """What happened and what to do."""
        self.clear()
        print(error.message, file=sys.stderr)
        print(error.advice, file=sys.stderr)
        if self.as_json:
            told = {"code": error.code, "message": error.message, "advice": error.advice}
            json.dump({"error": told}, sys.stdout, ensure_ascii=False)
            sys.stdout.write("\n")

    def progress(self, done: int, total: int, label: str) -> None:
        """A bar, when stderr is a terminal."""
        now = time.monotonic()
        if not sys.stderr.isatty() or (done < total and now - self._drawn < 0.1):
            return
        self._drawn, self._bar = now, True
        share = done / total if total else 1.0
        full = round(share * _BAR)
        sys.stderr.write(f"\r\x1b[K[{'#' * full}{'.' * (_BAR - full)}] {share:4.0%} {label}")
        sys.stderr.flush()

    def clear(self) -> None:
        """Take the bar away."""
        if self._bar:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._bar = False

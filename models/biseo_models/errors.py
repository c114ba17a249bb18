"""Errors whose text is meant for the user: one Korean sentence for what happened, one for what to do.

The base class lives here, in the lowest layer that raises one, so that every front end needs a single `except`.
"""

from __future__ import annotations


class UserFacingError(Exception):
    """A failure the user can understand and act on; anything else that escapes is a bug.

    Attributes:
        code: short English identifier, stable across versions (goes into `--json`).
        message: Korean sentence for what happened, never document text.
        advice: Korean sentence for what to do.
        exit_code: exit code of the command line (see the command line contract).
    """

    exit_code = 6

    def __init__(self, code: str, message: str, advice: str) -> None:
        super().__init__(code, message, advice)
        self.code = code
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message} {self.advice}"


class ModelError(UserFacingError):
    """No usable model: missing, broken, too large for this PC, or its process died."""

    exit_code = 4


class ModelForbiddenError(ModelError):
    """The security policy of this PC does not allow this model file."""

    exit_code = 5


class Cancelled(Exception):
    """The user stopped the work."""

"""The kinds of failure a user can meet, one class an exit code. What is none of these is a bug."""

from __future__ import annotations

from biseo_models.errors import Cancelled, ModelError, UserFacingError

__all__ = [
    "Cancelled",
    "ClassifiedFileError",
    "InputFileError",
    "ModelError",
    "OutputFileError",
    "PolicyError",
    "UsageError",
    "UserFacingError",
]


class UsageError(UserFacingError):
    """The command or the form was filled in wrongly."""

    exit_code = 2


class InputFileError(UserFacingError):
    """An input file could not be used."""

    exit_code = 3


class ClassifiedFileError(InputFileError):
    """A document marked as classified; it is not taken, whatever was asked."""

    exit_code = 5


class OutputFileError(UserFacingError):
    """A result could not be written; nothing that was there before has changed."""

    exit_code = 3


class PolicyError(UserFacingError):
    """The security policy of this PC does not allow it."""

    exit_code = 5

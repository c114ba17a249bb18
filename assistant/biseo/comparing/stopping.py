"""Stopping long work: looked at every few steps, so that a cancel is heard within a fraction of a second."""

from __future__ import annotations

from biseo.errors import Cancelled
from biseo_models.engine import CancelFlag


class Stop:
    """Raises when the user has asked to stop.

    Args:
        cancel: what the user sets; None where nobody can.
    """

    def __init__(self, cancel: CancelFlag | None = None) -> None:
        self._cancel = cancel

    def look(self) -> None:
        """Look once.

        Raises:
            Cancelled: it is set.
        """
        if self._cancel is not None and self._cancel.is_set():
            raise Cancelled

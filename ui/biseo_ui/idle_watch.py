"""Knows how long nobody has touched mouse or keyboard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

from biseo_ui import session_lock

LONGEST_MS = 15_000
"""So often the clock is looked at, at least: a PC that has slept is noticed soon after it woke."""
_KINDS = QEvent.Type
INPUT = frozenset(
    (
        _KINDS.KeyPress, _KINDS.KeyRelease, _KINDS.InputMethod, _KINDS.MouseButtonPress, _KINDS.MouseButtonRelease,
        _KINDS.MouseMove, _KINDS.Wheel, _KINDS.TouchBegin, _KINDS.TouchUpdate, _KINDS.TabletPress, _KINDS.TabletMove,
        _KINDS.DragMove, _KINDS.Drop,
    )
)  # fmt: skip


class IdleWatch(QObject):
    """Tells when the time is over.

    Only what a person does counts. It is seen at our windows before any widget gets it (a filter on every event of
    every widget would slow the program), and on Windows, where the system says when it was last touched in any program,
    there as well. A touch after the time is over is no touch: who wakes a PC that has slept finds the lock.

    Args:
        clock: seconds that go on while the PC sleeps and that nobody sets.
        elsewhere: seconds since the PC was last touched, or None where the system does not say.

    Signals:
        idle: nobody has touched anything for the whole time; told once, until `begin`.
    """

    idle = Signal()

    def __init__(
        self, parent: QObject, clock: Callable[[], float] = session_lock.clock,
        elsewhere: Callable[[], float | None] = session_lock.seconds_without_input,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._clock, self._elsewhere = clock, elsewhere
        self._limit = 0.0
        self._last = clock()
        self._over = False
        self._watched: set[QWindow] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._on_window)
        self._on_window(app.focusWindow())

    def set_minutes(self, minutes: float) -> None:
        """How long; 0 for never."""
        self._limit = 60.0 * max(0.0, minutes)
        self.begin()

    def begin(self) -> None:
        """Somebody is there: the time begins anew."""
        self._last, self._over = self._clock(), False
        self._plan()

    def watch(self, window: QWindow | None) -> None:
        """Look at what is done in this window as well."""
        self._on_window(window)

    def look(self) -> None:
        """Look at the clock."""
        elsewhere = self._elsewhere() if self._limit else None
        if elsewhere is not None:
            self._touched(self._clock() - elsewhere)
        if not self._over and self._limit and self._clock() - self._last >= self._limit:
            self._tell()
        self._plan()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if self._limit and event.type() in INPUT:
            return self._touched(self._clock())
        return False

    def _touched(self, at: float) -> bool:
        """Somebody did something then; whether it was too late."""
        if self._over:
            return False
        if at - self._last >= self._limit:
            self._tell()
            return True
        self._last = max(self._last, at)
        return False

    def _tell(self) -> None:
        self._over = True
        self.idle.emit()

    def _plan(self) -> None:
        if not self._limit or self._over:
            self._timer.stop()
            return
        left = round(1000 * (self._last + self._limit - self._clock()))
        self._timer.start(min(max(left, 50), LONGEST_MS))

    def _on_window(self, window: QWindow | None) -> None:
        if window is not None and window not in self._watched:
            self._watched.add(window)
            window.installEventFilter(self)
            window.destroyed.connect(lambda: self._watched.discard(window))

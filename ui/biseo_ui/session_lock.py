"""What the operating system knows of the person at the PC: when it locks its session, when a key was last pressed.

Only Windows tells a window without a socket. On Linux a desktop says it over D-Bus, a socket that the window's process
must not open, and macOS only to programs with a bridge to its own language; there the clock of our own input has to do.
"""

from __future__ import annotations

import ctypes
import sys
import time
from collections.abc import Callable
from ctypes import wintypes
from typing import Any

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray

WM_WTSSESSION_CHANGE = 0x02B1
WTS_SESSION_LOCK, WTS_SESSION_UNLOCK = 0x7, 0x8
NOTIFY_FOR_THIS_SESSION = 0
MESSAGES = (b"windows_generic_MSG", b"windows_dispatcher_MSG")
_CHILD_S = 10


class _LastInput(ctypes.Structure):
    _fields_ = (("size", wintypes.UINT), ("time", wintypes.DWORD))


class SessionWatch(QAbstractNativeEventFilter):
    """Calls `locked` and `unlocked` when Windows locks and unlocks the session; on other systems never.

    Args:
        locked, unlocked: called in the window's thread.
    """

    def __init__(self, locked: Callable[[], object], unlocked: Callable[[], object]) -> None:
        super().__init__()
        self._locked, self._unlocked = locked, unlocked
        self._window = 0

    def begin(self, window: int) -> bool:
        """Have the messages sent to that window (its native handle); whether they will be."""
        if sys.platform != "win32":
            return False
        self.end()
        sessions: Any = ctypes.WinDLL("wtsapi32")
        if sessions.WTSRegisterSessionNotification(wintypes.HWND(window), NOTIFY_FOR_THIS_SESSION):
            self._window = window
        return bool(self._window)

    def end(self) -> None:
        """No messages any more."""
        if sys.platform == "win32" and self._window:
            sessions: Any = ctypes.WinDLL("wtsapi32")
            sessions.WTSUnRegisterSessionNotification(wintypes.HWND(self._window))
        self._window = 0

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> object:
        """Looks at every native message and keeps none."""
        if bytes(kind if not isinstance(kind, QByteArray) else kind.data()) in MESSAGES:
            self.look_at(wintypes.MSG.from_address(int(message)))
        return False, 0

    def look_at(self, message: wintypes.MSG) -> None:
        """Tell what the message says, where it is one about the session."""
        if message.message != WM_WTSSESSION_CHANGE:
            return
        if message.wParam == WTS_SESSION_LOCK:
            self._locked()
        elif message.wParam == WTS_SESSION_UNLOCK:
            self._unlocked()


def seconds_without_input() -> float | None:
    """How long no key and no mouse of this PC was touched, in any program; None where the system does not say."""
    if sys.platform != "win32":
        return None
    last = _LastInput(ctypes.sizeof(_LastInput))
    if not ctypes.windll.user32.GetLastInputInfo(ctypes.byref(last)):
        return None
    return since(int(ctypes.windll.kernel32.GetTickCount()), last.time)


def since(now: int, then: int) -> float:
    """Seconds between two readings of Windows' clock of milliseconds, which starts anew every 49.7 days."""
    return ((now - then) & 0xFFFFFFFF) / 1000


def lock_workstation() -> bool:
    """Have the operating system lock its session, so that it asks for the user's password; whether it said yes.

    Waits for a short-lived process on other systems than Windows: called in a worker thread.
    """
    if sys.platform == "win32":
        return bool(ctypes.windll.user32.LockWorkStation())
    if sys.platform == "darwin":  # whether a password is asked for then is the user's setting
        return _said_yes(["/usr/bin/pmset", "displaysleepnow"])
    return _said_yes(["loginctl", "lock-session"])


def clock() -> float:
    """Seconds of a clock that nobody sets, and that goes on while the PC sleeps."""
    kind = {"linux": "CLOCK_BOOTTIME", "darwin": "CLOCK_MONOTONIC"}.get(sys.platform, "")
    if hasattr(time, kind):
        return time.clock_gettime(getattr(time, kind))
    return time.monotonic()  # on Windows it counts sleep, too


def _said_yes(command: list[str]) -> bool:
    import shutil
    import subprocess

    if shutil.which(command[0]) is None:
        return False
    try:
        ended = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=_CHILD_S
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return ended.returncode == 0

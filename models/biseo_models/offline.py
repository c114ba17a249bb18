"""No process of this program reaches a network: an audit hook that denies it, counts it and writes down who asked.

`arm` installs the hook before anything else runs; it cannot be taken away again. It sees what Python code does through
the standard library: sockets, names to resolve, the protocols above them, and native socket functions looked up with
`ctypes`. It does not see native code that calls the operating system by itself; that is looked for from outside
(`strace`, a network namespace), and the loaded libraries are shown.

Local (AF_UNIX) sockets are denied as well, except to the one process that has to speak to a desktop's credential store.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
import threading
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import Any

from biseo_models import attempts
from biseo_models.attempts import Attempt
from biseo_models.errors import UserFacingError

SOCKETS = frozenset(
    f"socket.{name}"
    for name in (
        "__new__", "connect", "bind", "sendto", "sendmsg", "getaddrinfo", "gethostbyname", "gethostbyaddr",
        "getnameinfo", "getservbyname", "getservbyport", "sethostname",
    )
)  # fmt: skip
"""`socket.gethostname` is not among them: it asks nobody, and `platform` calls it on Windows."""
PROTOCOLS = frozenset(
    (
        "urllib.Request", "http.client.connect", "http.client.send", "ftplib.connect", "ftplib.sendcmd", "imaplib.open",
        "imaplib.send", "poplib.connect", "poplib.putline", "smtplib.connect", "smtplib.send", "nntplib.connect",
        "nntplib.putline", "telnetlib.Telnet.open", "telnetlib.Telnet.write", "webbrowser.open",
    )
)  # fmt: skip
NATIVE = frozenset(("ctypes.dlopen", "ctypes.dlsym", "ctypes.dlsym/handle"))
WATCHED = SOCKETS | PROTOCOLS | NATIVE
SYMBOLS = re.compile(
    r"socket|connect|sendto|sendmsg|getaddrinfo|gethostbyname(2|_r)?|gethostbyaddr|WSA\w+|GetAddrInfo\w*"
    r"|Internet(Open|Connect)\w*|WinHttp\w+|URLDownload\w+|curl_\w+",
)
LIBRARIES = re.compile(r"(lib)?(ws2_32|wsock32|wininet|winhttp|urlmon|curl(-gnutls)?|nss_dns|resolv)\b", re.IGNORECASE)
AF_UNIX, AF_INET = 1, 2
_FAMILIES = {0: "AF_UNSPEC", AF_UNIX: "AF_UNIX", AF_INET: "AF_INET", 10: "AF_INET6", 16: "AF_NETLINK", 17: "AF_PACKET",
             23: "AF_INET6", 30: "AF_INET6", 31: "AF_BLUETOOTH", 40: "AF_VSOCK"}  # fmt: skip
"""Numbers of several systems: this module must not load `socket` to ask for them."""
KEPT = 200
"""So many attempts are remembered with their circumstances while they cannot be written down."""


class NetworkBlocked(UserFacingError, PermissionError):
    """Something wanted to reach a network and was denied.

    It is a `PermissionError` as well: a library that can do without the network goes on without it.
    """

    def __init__(self) -> None:
        super().__init__(
            "network-blocked",
            "프로그램의 한 부분이 네트워크에 연결하려 해서 막았습니다.",
            "나간 것은 없습니다. 화면 아래의 ‘외부 통신’에서 기록을 보고 정보보안담당관에게 알려 주세요.",
        )

    def __reduce__(self) -> tuple[type[NetworkBlocked], tuple[()]]:
        return NetworkBlocked, ()


class Guard:
    """What the hook of this process knows. There is one, as there is one hook."""

    def __init__(self) -> None:
        self.role = ""
        self.count = 0
        self._local = self._checked = False
        self._folder: Path | None = None
        self._waiting: list[Attempt] = []
        self._uncounted = 0
        # A plain lock would be enough but for a signal handler that runs in the middle and tries again.
        self._lock = threading.RLock()

    @property
    def armed(self) -> bool:
        """Whether the hook is in place and answers."""
        self._checked = False
        sys.audit("biseo.offline.look", self)
        return self._checked

    @property
    def folder(self) -> Path | None:
        """Where attempts are written down."""
        return self._folder

    @property
    def unwritten(self) -> int:
        """Attempts of this process that are not in the record, because it could not be written."""
        return len(self._waiting) + self._uncounted

    def arm(self, role: str, folder: Path | None = None, *, local: bool = False) -> None:
        """See `arm`."""
        self.role, self._local = role, local and sys.platform == "linux"
        if not self.armed:
            sys.addaudithook(self._on_event)
        if not self.armed:  # an earlier hook has refused ours
            raise NetworkBlocked
        if folder is not None:
            self.record_in(folder)

    def record_in(self, folder: Path) -> None:
        """Write attempts down in this folder, those as well that were made before it was known."""
        with self._lock:
            self._folder = folder
            self._write()

    def _on_event(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event not in WATCHED:
            if event == "biseo.offline.look" and arguments and arguments[0] is self:
                self._checked = True
            return
        if event in NATIVE:
            name = arguments[-1] if arguments else ""
            if isinstance(name, bytes):
                name = name.decode("ascii", "replace")
            if not isinstance(name, str):
                return
            harmless = event == "ctypes.dlopen" or not SYMBOLS.fullmatch(name)
            if harmless and not (event == "ctypes.dlopen" and LIBRARIES.match(re.split(r"[\\/]", name)[-1])):
                return
        family = _family(event, arguments)
        if family == AF_UNIX and self._local:
            return
        self._deny(event, family, arguments)

    def _deny(self, event: str, family: int | None, arguments: tuple[Any, ...]) -> None:
        with self._lock:
            self.count += 1
            if len(self._waiting) < KEPT:
                name = "" if family is None else _FAMILIES.get(family, f"AF_{family}")
                now = datetime.now().isoformat(timespec="seconds")
                port, asked_by = _port(arguments), _asked_by()
                self._waiting.append(Attempt(now, self.role, os.getpid(), event, name, port, asked_by))
            else:
                self._uncounted += 1
            self._write()
        raise NetworkBlocked

    def _write(self) -> None:
        if self._folder is None or not self.unwritten:
            return
        with contextlib.suppress(OSError):  # denied it is either way; it is tried again with the next one
            attempts.add(self._folder, self._waiting, self._uncounted)
            self._waiting, self._uncounted = [], 0


guard = Guard()


def arm(role: str, folder: Path | None = None, *, local: bool = False) -> None:
    """Deny every way to a network from now on. To be called before anything else is loaded.

    Called again, it only takes the new role and rights; the hook stays.

    Args:
        role: what this process is for, a short English word of `biseo.offline.roles.ROLES`.
        folder: where attempts are written down (`biseo.paths.attempts_folder`); None as long as it is not known.
        local: sockets of this PC (AF_UNIX) are allowed, on Linux; for the process of the credential store alone.

    Raises:
        NetworkBlocked: the hook could not be installed, so that nothing may run.
    """
    guard.arm(role, folder, local=local)


def _family(event: str, arguments: tuple[Any, ...]) -> int | None:
    if event == "socket.__new__":
        return int(arguments[1])
    if event in SOCKETS and arguments:
        family = getattr(arguments[0], "family", None)  # connect, bind, sendto, sendmsg begin with the socket
        return int(family) if isinstance(family, int) else None
    return None


def _port(arguments: tuple[Any, ...]) -> int:
    """The port of an address among them; the address itself is never looked at."""
    for value in arguments[1:2]:
        if isinstance(value, tuple) and len(value) >= 2 and isinstance(value[1], int):
            return value[1]
        if isinstance(value, int) and isinstance(arguments[0], str):  # getaddrinfo(host, port), http.client(…)
            return value
    return 0


def _asked_by() -> str:
    """Module and line nearest to the call that is not of the standard library."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        name = str(frame.f_globals.get("__name__", ""))
        if name != __name__ and name.partition(".")[0] not in sys.stdlib_module_names:
            return f"{name}:{frame.f_lineno}"
        frame = frame.f_back
    return ""

"""The operating system's credential store, spoken to in a process of its own.

`keyring` brings modules that know networks (`jaraco.context` imports `urllib.request`, and with it `http` and `ssl`),
and on Linux it talks to the desktop through a local (AF_UNIX) socket. None of that belongs into the window's process.
A prompt that nobody answers ends with the child, too.

The backend is chosen here by name. `keyring`'s own choice would follow its configuration file and whatever packages
announce themselves, one of which (`keyrings.alt`) stores secrets in plain text.
"""

from __future__ import annotations

import contextlib
import sys
from multiprocessing.connection import Connection
from typing import Any

SERVICE, USER = "biseo-vault", "biseo"
"""Every secret is a service of its own: Windows knows one user a service, and the library shifts others about."""


def serve(sender: Connection, action: str, name: str, secret: str) -> None:
    """Do one thing and send `(outcome, value)`.

    Outcomes: `ok`; `none` (no credential store on this PC), `locked`, `failed`.
    """
    with contextlib.suppress(OSError):
        sender.send(_answer(action, name, secret))
    sender.close()


def _answer(action: str, name: str, secret: str) -> tuple[str, str | None]:
    try:
        backend, label = _backend()
    except Exception:  # noqa: BLE001 - foreign libraries, many ways to say that there is none
        return "none", None
    if action == "look":
        return "ok", label
    return _asked(backend, action, name, secret)


def _asked(backend: Any, action: str, name: str, secret: str) -> tuple[str, str | None]:
    from keyring.errors import InitError, KeyringLocked, NoKeyringError, PasswordDeleteError

    service = f"{SERVICE}-{name}"
    try:
        if action == "get":
            return "ok", backend.get_password(service, USER)
        if action == "set":
            backend.set_password(service, USER, secret)
            # a store that says yes and keeps nothing would cost the user everything at the next start
            return ("ok", None) if backend.get_password(service, USER) == secret else ("failed", None)
        with contextlib.suppress(PasswordDeleteError):
            backend.delete_password(service, USER)
        return "ok", None
    except KeyringLocked:
        return "locked", None
    except (InitError, NoKeyringError):
        return "none", None
    except Exception as error:  # noqa: BLE001 - whatever a desktop's service does
        return ("locked" if "lock" in type(error).__name__.lower() else "failed"), None


def _backend() -> tuple[Any, str]:
    kind: Any
    if sys.platform == "win32":
        from keyring.backends.Windows import WinVaultKeyring

        kind, label = WinVaultKeyring, "Windows 자격 증명 관리자"
    elif sys.platform == "darwin":
        from keyring.backends.macOS import Keyring as MacKeyring

        kind, label = MacKeyring, "macOS 키체인"
    else:
        from keyring.backends.SecretService import Keyring as SecretKeyring

        kind, label = SecretKeyring, "Secret Service"
    if not kind.priority:  # raises where the backend cannot work
        raise RuntimeError
    backend = kind()
    if sys.platform == "win32":
        backend.persist = "local machine"  # never to another PC with a roaming profile
    return backend, label

"""Python modules that know networks: which of them this process has loaded, and which of Qt's lie on this PC."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

NETWORK_MODULES = (
    "_asyncio", "_socket", "_ssl", "aiohttp", "asyncio", "boto3", "ftplib", "grpc", "http.client", "http.server",
    "httpx", "imaplib", "nntplib", "poplib", "requests", "smtplib", "socket", "socketserver", "ssl", "telnetlib",
    "urllib.request", "urllib3", "webbrowser", "websocket", "websockets", "xmlrpc.client", "xmlrpc.server", "zmq",
)  # fmt: skip
QT_NETWORK = ("Network", "WebEngine", "WebSockets", "WebView", "WebChannel", "HttpServer", "Qml", "Quick")
"""Beginnings of the names of Qt's modules that know networks, or load those that do."""


QT_PARTS = (
    "QtNetwork.*", "Qt6Network.dll", "Qt/lib/libQt6Network.*", "Qt/lib/QtNetwork.framework/**/QtNetwork",
    "plugins/tls/*", "Qt/plugins/tls/*", "plugins/networkinformation/*", "Qt/plugins/networkinformation/*",
    "Qt/plugins/platforms/libqvnc.*", "plugins/generic/qtuiotouchplugin.*", "Qt/plugins/generic/libqtuiotouchplugin.*",
)  # fmt: skip
"""Qt's network library and what opens ports by it, below the folder of PySide6; the list of `bootstrap.py`."""


def loaded_modules() -> tuple[str, ...]:
    """Modules of this process that know networks, sorted."""
    qt = tuple(f"PySide6.Qt{name}" for name in QT_NETWORK)
    # a name may stand for nothing: None keeps a module from being imported
    there = [name for name, module in tuple(sys.modules.items()) if module is not None]
    return tuple(sorted(name for name in there if name in NETWORK_MODULES or name.startswith(qt)))


def qt_network_files() -> tuple[str, ...]:
    """Files of Qt's network library that lie on this PC; the set-up removes them, and nothing of ours needs them."""
    found = find_spec("PySide6")
    if found is None or not found.submodule_search_locations:
        return ()
    folder = Path(found.submodule_search_locations[0])
    return tuple(sorted(path.relative_to(folder).as_posix() for part in QT_PARTS for path in folder.glob(part)))

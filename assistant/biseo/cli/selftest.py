"""`biseo selftest`: the state of the install and of the store, for a security review."""

from __future__ import annotations

import platform
from dataclasses import asdict
from importlib import metadata
from typing import Any

from biseo import __version__, paths
from biseo.cli.console import Console
from biseo.vault.report import VaultReport, vault_report
from biseo_models.catalogue import ModelStore
from biseo_models.errors import ModelError

_NAMED = ("cryptography", "keyring", "llama-cpp-python", "PySide6-Essentials", "sqlcipher3")


def run_selftest(console: Console) -> int:
    """Look at everything without asking for a passphrase; 0 whatever is found, the findings are the result."""
    vault = vault_report()
    data = {
        "offline": _offline(),
        "vault": asdict(vault),
        "model": _model(),
        "versions": _versions(),
    }
    console.result(data, _words(data, vault))
    return 0


def _offline() -> dict[str, Any]:
    """Sockets of this process that could reach another machine, as the operating system lists them."""
    import psutil

    return {"sockets_opened": len(psutil.Process().net_connections("inet"))}


def _model() -> dict[str, Any]:
    try:
        active = ModelStore(paths.models_folder()).active()
    except ModelError as error:
        return {"state": error.code}
    return {"state": "ready", "id": active.id, "sha256": active.sha256, "verified": active.verified}


def _versions() -> dict[str, str]:
    found = {"biseo": __version__, "python": platform.python_version(), "system": platform.platform()}
    for name in _NAMED:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = ""
    return found


def _words(data: dict[str, Any], vault: VaultReport) -> str:
    model = data["model"]
    return "\n".join(
        [
            f"행정비서 {data['versions']['biseo']} (Python {data['versions']['python']})",
            f"열린 네트워크 소켓: {data['offline']['sockets_opened']}개",
            *vault.words(),
            f"모델: {model.get('id', '준비되지 않음')}"
            + ("" if "verified" not in model else " (해시 확인됨)" if model["verified"] else " (해시 확인 필요)"),
        ]
    )

"""`biseo selftest`: the offline claim, the state of the install and of the store, for a security review."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from biseo import paths
from biseo.cli.console import Console
from biseo.errors import PolicyError
from biseo.offline.report import as_data, look_installed, look_model, look_now
from biseo.offline.words import as_text
from biseo.policy_reading import load
from biseo.vault.report import vault_report
from biseo_models.catalogue import ModelStore


def run_selftest(console: Console, out: Path | None = None, *, overwrite: bool = False) -> int:
    """Look at everything without asking for a passphrase; 0 whatever is found, the findings are the result.

    Args:
        out: a text or JSON file to write the report to.
        overwrite: whether a file that is there may be replaced.

    Raises:
        UsageError, OutputFileError: the file cannot be written.
    """
    if out is not None:
        from biseo.offline.saving import check_suffix

        check_suffix(out)
    vault = vault_report()
    data = as_data(look_now(), look_installed(), look_model(_store()), asdict(vault))
    if out is not None:
        from biseo.offline.saving import save_report

        data["out"] = str(save_report(data, vault.words(), out, overwrite=overwrite))
    console.result(data, as_text(data, vault.words()))
    return 0


def _store() -> ModelStore:
    """The models under the policy; under a broken one none may be used."""
    try:
        allowed = load().models
    except PolicyError:
        allowed = frozenset()
    return ModelStore(paths.models_folder(), allowed=allowed)

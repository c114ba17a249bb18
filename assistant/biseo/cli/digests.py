"""Digests of long sources on the command line: in the store where it opens without asking, else as long as it runs."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import Self

from biseo.cli.console import Console
from biseo.drafting.digest.by_model import Digests, MemoryDigests
from biseo.errors import UserFacingError
from biseo.policy import Policy
from biseo.settings import Settings
from biseo.vault import Vault, look, open_vault
from biseo.vault.digests import StoredDigests

_NOT_KEPT = "저장소를 쓸 수 없어 간추린 내용을 남기지 않습니다. 도중에 멈추면 다음에는 처음부터 읽습니다."


class CommandDigests:
    """Opens the store when it is first asked, so that short work never does.

    A passphrase is not asked for: a draft must be possible in a script, and digests only save time.
    """

    def __init__(self, console: Console, policy: Policy) -> None:
        self._console, self._policy = console, policy
        self._vault: Vault | None = None
        self._digests: Digests | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._vault is not None:
            self._vault.close()

    @property
    def kept(self) -> bool:
        """Whether they outlive the command."""
        return self._opened().kept

    def find(self, names: Sequence[str]) -> dict[str, str]:
        """Those of the digests that are there, by name."""
        return self._opened().find(names) if names else {}

    def keep(self, made: Sequence[tuple[str, str]], source: str) -> None:
        """Keep (name, text) pairs made of a source."""
        self._opened().keep(made, source)

    def _opened(self) -> Digests:
        if self._digests is None:
            self._digests = self._stored() or MemoryDigests()
            if not self._digests.kept:
                self._console.note(_NOT_KEPT)
        return self._digests

    def _stored(self) -> Digests | None:
        try:
            if self._policy.retention(Settings.load().retention_days) == 0 or look().unlock != "keyring":
                return None
            self._vault = open_vault()
        except UserFacingError:
            return None
        return StoredDigests(self._vault)

"""A credential store in memory, for tests only."""

from __future__ import annotations

from biseo.vault.errors import vault_error


class MemoryKeyring:
    """A credential store that can be locked or absent."""

    def __init__(self) -> None:
        self.secrets: dict[str, str] = {}
        self.fault = ""

    def label(self) -> str:
        self._look()
        return "시험"

    def get(self, name: str) -> str | None:
        self._look()
        kept = self.secrets.get(name)
        return None if kept is None else "".join(list(kept))  # who gets it overwrites it

    def set(self, name: str, secret: str) -> None:
        self._look()
        self.secrets[name] = secret

    def delete(self, name: str) -> None:
        self._look()
        self.secrets.pop(name, None)

    def _look(self) -> None:
        if self.fault:
            raise vault_error(self.fault)

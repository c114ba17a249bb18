"""The digests of long sources, in the store while it is open and keeps works, else as long as the window lives."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from biseo.document import Draft
from biseo.drafting.request import DraftRequest
from biseo.events import DraftEvent
from biseo_models.engine import Engine

if TYPE_CHECKING:
    from biseo.drafting.digest.by_model import Digests
    from biseo.vault import Vault


class KeptDigests:
    """Asked in the engine's lane.

    Args:
        vault: the open store; None while there is none or nothing may be kept.
    """

    def __init__(self, vault: Callable[[], Vault | None]) -> None:
        self._vault = vault
        self._memory: Digests | None = None

    @property
    def kept(self) -> bool:
        """Whether they outlive the program."""
        return self._vault() is not None

    def find(self, names: Sequence[str]) -> dict[str, str]:
        """Those of the digests that are there, by name."""
        found = dict(self._in_memory().find(names))
        store = self._stored()
        return found | store.find([name for name in names if name not in found]) if store else found

    def keep(self, made: Sequence[tuple[str, str]], source: str) -> None:
        """Keep (name, text) pairs made of a source."""
        (self._stored() or self._in_memory()).keep(made, source)

    def forget(self) -> None:
        """Hold none in memory (the window is locked)."""
        self._memory = None

    def _stored(self) -> Digests | None:
        vault = self._vault()
        if vault is None:
            return None
        from biseo.vault.digests import StoredDigests

        return StoredDigests(vault)

    def _in_memory(self) -> Digests:
        if self._memory is None:
            from biseo.drafting.digest.by_model import MemoryDigests

            self._memory = MemoryDigests()
        return self._memory


class DraftWriter:
    """Writes drafts and sections with what is kept of long sources (`Services.write_draft`, `rewrite_sections`)."""

    def __init__(self, digests: KeptDigests) -> None:
        self._digests = digests

    def __call__(self, engine: Engine, request: DraftRequest, cancel: threading.Event) -> Iterator[DraftEvent]:
        from biseo.drafting.pipeline import write_draft

        return write_draft(engine, request, cancel, self._digests)

    def rewrite(
        self, engine: Engine, request: DraftRequest, draft: Draft, section_ids: Sequence[str], cancel: threading.Event
    ) -> Iterator[DraftEvent]:
        """Write some sections again."""
        from biseo.drafting.pipeline import rewrite_sections

        return rewrite_sections(engine, request, draft, section_ids, cancel, self._digests)

    def forget(self) -> None:
        """Hold no words of a source (the window is locked)."""
        self._digests.forget()

"""What the window tells the audit log: that something was done, with hashes and figures, never with words."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from biseo_ui.model_state import ModelState
from biseo_ui.pages.work_page import WorkPage
from biseo_ui.vault_host import VaultHost
from biseo_ui.widgets.source_cards import Source

if TYPE_CHECKING:
    from biseo.vault import Vault

CHUNK = 1 << 20


class AuditNotes(QObject):
    """Listens to the work. A line that cannot be written is no reason to disturb it."""

    def __init__(self, page: WorkPage, vault: VaultHost, models: ModelState) -> None:
        super().__init__(page)
        self._vault, self._models, self._session = vault, models, page.session
        page.cards.read.connect(self._on_source)
        page.session.ended.connect(self._on_ended)
        page.session.review.changed.connect(self._on_review)
        page.session.saved.connect(self._on_saved)

    def _on_source(self, source: Source) -> None:
        path = source.path
        pages = (source.document.pages or 0) if source.document else 0
        self._note(lambda vault: vault.log("source", files=_hashes(path), counts={"pages": pages}))

    def _on_ended(self, how: str) -> None:
        session, entry = self._session, self._models.active
        if session.request is None or not session.has_draft:
            return
        task = session.request.task.id
        model = entry.sha256 if entry is not None and re.fullmatch("[0-9a-f]{64}", entry.sha256) else ""
        counts = {
            "sections": len(session.states),
            "findings": len(session.findings()),
            "sources": len(session.request.sources),
        }
        self._note(lambda vault: vault.log(f"draft.{how}", task=task, model=model, counts=counts))

    def _on_review(self, complete: bool) -> None:
        session = self._session
        if session.request is None:
            return
        task, review = session.request.task.id, "complete" if complete else "reopened"
        counts = {"settled": len(session.settled_findings()), "findings": len(session.findings())}
        self._note(lambda vault: vault.log("review", task=task, counts=counts, review=review))

    def _on_saved(self, path: Path) -> None:
        session = self._session
        task = session.request.task.id if session.request is not None else ""
        review = "complete" if session.review.current is not None else "draft"
        kind = path.suffix.lower().lstrip(".") or "file"
        self._note(lambda vault: vault.log(f"export.{kind}", task=task, files=_hashes(path), review=review))

    def compared(self, path: Path) -> None:
        """A comparison was saved."""
        kind = path.suffix.lower().lstrip(".") or "file"
        self._note(lambda vault: vault.log(f"export.{kind}", task="compare", files=_hashes(path)))

    def made(self, task: str, path: Path) -> None:
        """A document made by rule of manuals or city cases was saved."""
        kind = path.suffix.lower().lstrip(".") or "file"
        self._note(lambda vault: vault.log(f"export.{kind}", task=task, files=_hashes(path)))

    def printed(self) -> None:
        """The draft was handed to a printer."""
        session = self._session
        task = session.request.task.id if session.request is not None else ""
        review = "complete" if session.review.current is not None else "draft"
        self._note(lambda vault: vault.log("print", task=task, review=review))

    def _note(self, note: Callable[[Vault], object]) -> None:
        if self._vault.is_open:
            self._vault.call(note)


def _hashes(path: Path) -> tuple[str, ...]:
    """SHA-256 of a file, unless it has gone meanwhile."""
    import hashlib  # OpenSSL's part of it is not needed at start

    found = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while piece := stream.read(CHUNK):
                found.update(piece)
    except OSError:
        return ()
    return (found.hexdigest(),)

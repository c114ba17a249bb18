"""Keeps a conversation with the library in the encrypted store, as a work among the others.

So it is found, opened and deleted in the history, goes when its time is over, and is in every backup.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from biseo.errors import UserFacingError
from biseo.policy import Policy
from biseo_ui.ask_record import PHASE, TASK, Conversation, from_json
from biseo_ui.jobs import Job
from biseo_ui.vault_host import VaultHost

if TYPE_CHECKING:
    from biseo.vault import Vault

LOOKED_AT = 200
"""So many works of the history are looked through for the last conversation."""


@dataclass
class _Claim:
    """The conversation that the store knows as open here; outlives the window's parts until the store is closed."""

    work: str = ""


@dataclass(frozen=True)
class Kept:
    """A conversation that was stored; this window has it open."""

    id: str
    talk: Conversation


class AskKeeper(QObject):
    """All that is done with the store is done in its lane.

    Attributes:
        id: of the conversation that is shown; empty while nothing of it is stored.

    Signals:
        stored: something was written.
    """

    stored = Signal()

    def __init__(self, vault: VaultHost, policy: Policy | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._vault, self._policy = vault, policy or Policy()
        self._claim = _Claim()
        self.id = ""
        if vault.has_store:
            self._come_first()
        else:
            vault.opened.connect(self._come_first)

    @property
    def keeps(self) -> bool:
        """Whether a conversation stays in the history when another begins."""
        return self._vault.is_open and self._policy.history

    @property
    def is_open(self) -> bool:
        """Whether there is a store to look into."""
        return self._vault.is_open

    def save(self, talk: Conversation) -> None:
        """Write the conversation as it is now."""
        if not self._vault.is_open or not talk.turns:
            return
        work = self.id = self.id or os.urandom(16).hex()
        job = self._vault.call(lambda vault: self._write(vault, work, talk))
        job.failed.connect(lambda error: self._on_refused(work, error))
        job.done.connect(self.stored)

    def open(
        self, work: str, then: Callable[[Kept], object], failed: Callable[[UserFacingError], object]
    ) -> None:  # fmt: skip
        """A stored conversation in the place of the present one."""
        job = self._vault.call(lambda vault: self._load(vault, work))
        job.item.connect(then)
        job.failed.connect(failed)

    def open_last(self, then: Callable[[Kept | None], object]) -> None:
        """The newest conversation that no other window has open; nothing where there is none."""

        def look(vault: Vault) -> Kept | None:
            from biseo.vault import VaultError

            for entry in vault.works(LOOKED_AT):
                if entry.task == TASK:
                    try:
                        return self._load(vault, entry.id)
                    except (UserFacingError, VaultError):
                        return None
            return None

        self._vault.call(look).item.connect(then)

    def take(self, kept: Kept) -> None:
        """Go on with a conversation that was opened."""
        if self.id != kept.id:
            self.leave()
        self.id = self._claim.work = kept.id

    def release(self, work: str) -> None:
        """A conversation that was opened is not taken."""
        if self._vault.is_open:
            self._vault.call(lambda vault: vault.release(work))

    def leave(self) -> None:
        """Another conversation comes; this one stays in the history where the policy allows one."""
        left, self.id = self.id, ""
        if not left or not self._vault.is_open:
            return

        def go(vault: Vault) -> None:
            self._claim.work = ""
            vault.release(left)
            if not self._policy.history:
                vault.delete_work(left)

        self._vault.call(go)

    def delete(self, failed: Callable[[UserFacingError], object]) -> Job | None:
        """Delete the conversation from the store; None where nothing of it is there."""
        work, self.id = self.id, ""
        if not work or not self._vault.is_open:
            return None

        def remove(vault: Vault) -> None:
            vault.flush()
            vault.delete_work(work)
            self._claim.work = ""
            vault.log("delete", task=TASK)

        job = self._vault.call(remove)
        job.failed.connect(failed)
        return job

    def note(self, model: str, passages: int, cited: int) -> None:
        """One line in the audit log: that something was asked, never what."""
        if self._vault.is_open:
            counts = {"passages": passages, "cited": cited}
            self._vault.call(lambda vault: vault.log("ask", task=TASK, model=model, counts=counts))

    # in the lane of the store

    def _write(self, vault: Vault, work: str, talk: Conversation) -> None:
        if work != self._claim.work:
            vault.claim(work)
            self._claim.work = work
        vault.save_work(
            work, talk.to_json().encode("utf-8"), title=talk.title, task=TASK, phase=PHASE, text=talk.text
        )  # fmt: skip

    def _load(self, vault: Vault, work: str) -> Kept:
        vault.claim(work)
        try:
            return Kept(work, from_json(vault.load_work(work).decode("utf-8")))
        except BaseException:
            vault.release(work)
            raise

    # in the window

    def _on_refused(self, work: str, error: UserFacingError) -> None:
        """Deleted in the history, here or in another window: what comes next is a conversation of its own."""
        if error.code == "work-gone" and work == self.id:
            self.id = ""

    def _come_first(self) -> None:
        """When the window has gone, what is not to be kept must not be held here."""
        before, claim = self._vault.before_close, self._claim

        def close(vault: Vault) -> None:
            if claim.work:
                vault.release(claim.work)
            before(vault)

        self._vault.before_close = close

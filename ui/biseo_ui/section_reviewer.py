"""Evidence and findings of a section or the whole again; remembers what was made ready for the last request."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from biseo.document import Draft, Finding, Section
from biseo.drafting.request import DraftRequest
from biseo.events import SectionFinished


class SectionReviewer:
    """Called in the `checks` lane only, at every pause in typing: the sources are made ready once."""

    def __init__(self) -> None:
        self._known: DraftRequest | None = None
        self._case: Any = None

    def forget(self) -> None:
        """Hold no request."""
        self._known, self._case = None, None

    def __call__(self, request: DraftRequest, section: Section) -> SectionFinished:
        reviewed: SectionFinished = self._ready(request).review(section)
        return reviewed

    def whole(self, request: DraftRequest, draft: Draft) -> tuple[Finding, ...]:
        """What no section shows alone."""
        found: tuple[Finding, ...] = self._ready(request).review_whole(draft)
        return found

    def _ready(self, request: DraftRequest) -> Any:
        from biseo.drafting.pipeline import Case

        if self._known is None or not _same(request, self._known):
            self._case, self._known = Case(request), request
        return self._case


def _same(one: DraftRequest, other: DraftRequest) -> bool:
    """Whether they differ in nothing but the seed; sources are compared by identity, for they are long."""
    sources = [id(document) for document in one.sources] == [id(document) for document in other.sources]
    return sources and replace(one, sources=(), seed=0) == replace(other, sources=(), seed=0)

"""What personal data a source holds: looked for beside the work, shown on its card as numbers by kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from biseo.document import Document
from biseo_ui.i18n import tr
from biseo_ui.jobs import JobRunner


@dataclass(frozen=True)
class SourcePrivacy:
    """`values` (kind, text) are kept in memory only, to be found again in the draft."""

    counts: tuple[tuple[str, int], ...] = ()
    values: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        """The sentence of the card, empty when nothing was found."""
        if not self.counts:
            return ""
        return tr("민감: {found}").format(found=", ".join(f"{label} {count}" for label, count in self.counts))

    def __repr__(self) -> str:
        return f"SourcePrivacy({self.counts!r})"  # never the values


def look_into(runner: JobRunner, document: Document, then: Callable[[SourcePrivacy], object]) -> None:
    """Look for personal data in a document and tell what was found."""

    def look() -> SourcePrivacy:
        from biseo.checks.privacy import find_private
        from biseo.masking.drafts import counted
        from biseo.masking.words import values_of

        text = document.text
        found = find_private(text)
        return SourcePrivacy(tuple(counted(item.kind for item in found).items()), values_of(text, found))

    runner.call("checks", look).item.connect(then)

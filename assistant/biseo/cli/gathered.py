"""What the commands over several files share: reading them, and telling what was not read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Event
from typing import Any

from biseo.citation import Citation
from biseo.cli.console import Console
from biseo.events import Progress
from biseo.gathering import Gathered, gather


def gathered(paths: Sequence[Path], console: Console, cancel: Event) -> Gathered:
    """Read the files with a progress bar; each file that was not read is told on stderr.

    Raises:
        InputFileError: nothing could be read.
        Cancelled: the user stopped it.
    """
    found: Gathered | None = None
    for event in gather(paths, cancel):
        if isinstance(event, Progress):
            console.progress(event.done, event.total, event.label)
        else:
            found = event
    assert found is not None
    for unread in found.unread:
        console.note(f"{Path(unread.path).name}: {unread.reason}")
    for document in found.documents:
        for warning in document.warnings:
            console.note(f"{Path(document.path).name}: {warning}")
    return found


def unread_data(found: Gathered) -> list[dict[str, str]]:
    """What was not read, for the JSON."""
    return [{"path": unread.path, "reason": unread.reason} for unread in found.unread]


def citation_data(citation: Citation) -> dict[str, Any]:
    """A citation as JSON: the contract's `source`, `page`, `text`, and where exactly."""
    return {
        "source": citation.source,
        "path": citation.path,
        "page": citation.page,
        "place": citation.place,
        "start": citation.start,
        "stop": citation.stop,
        "text": citation.text,
    }

"""What the window works with. `app.py` fills it with the real rooms; tests put their own functions in."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from biseo.document import Document, Draft, Evidence, Finding, Section
from biseo.drafting.request import DraftRequest
from biseo.events import DraftEvent, SectionFinished
from biseo.pictures.picture import PagePicture
from biseo_models.engine import CancelFlag, Engine

if TYPE_CHECKING:
    from biseo.asking import AskEvent, Turn
    from biseo.forms import Filled, Form
    from biseo.library import Library


class Store(Protocol):
    """The list of model files on this PC (`biseo_models.catalogue.ModelStore`)."""

    def tidy(self) -> None: ...
    def entries(self) -> tuple[Any, ...]: ...
    def active(self) -> Any: ...
    def default_available(self) -> bool: ...
    def install_default(self, cancel: CancelFlag) -> Iterator[Any]: ...
    def add(self, file: Path, cancel: CancelFlag) -> Iterator[Any]: ...
    def use(self, model_id: str) -> Any: ...
    def verify(self, model_id: str, cancel: CancelFlag) -> Iterator[Any]: ...
    def remove(self, model_id: str) -> Any: ...


class SourcesSize(Protocol):
    """How long the sources are, and how long they may be, in tokens (`biseo.drafting.room.SourcesSize`)."""

    @property
    def tokens(self) -> int: ...
    @property
    def room(self) -> int: ...
    @property
    def fits(self) -> bool: ...


@dataclass(frozen=True)
class Services:
    """The rooms beneath, as functions. Every one of them is called in a worker thread."""

    store: Callable[[], Store]
    open_engine: Callable[[Any], Engine]
    read_document: Callable[[Path, threading.Event], Document]
    write_draft: Callable[[Engine, DraftRequest, threading.Event], Iterator[DraftEvent]]
    rewrite_sections: Callable[[Engine, DraftRequest, Draft, Sequence[str], threading.Event], Iterator[DraftEvent]]
    review_section: Callable[[DraftRequest, Section], SectionFinished]
    review_draft: Callable[[DraftRequest, Draft], tuple[Finding, ...]]
    """What no section shows alone."""
    find_evidence: Callable[[str, Sequence[Document]], tuple[Evidence, ...]]
    sentence_at: Callable[[str, int], str]
    write_document: Callable[[Draft, Path, bool], Path]
    find_fields: Callable[[Path, threading.Event], Form]
    fill_form: Callable[[Path, Mapping[str, str], Path, bool, threading.Event], Filled]
    """Template, words by field name (empty ones stay empty), file, whether it may be replaced."""
    prepare: Callable[[], None]
    """Load what writing will need, while the official still fills in the form."""
    prepare_sources: Callable[[Engine, Sequence[Document]], SourcesSize]
    """Have the model read the sources in the background, until other work comes."""
    draw_page: Callable[[Path, int, int, str, threading.Event], PagePicture]
    """Path, page, width in pixels, passage: a page of a source as a picture, drawn in a process of its own."""
    ask: Callable[[str, Library, Engine | None, CancelFlag, Sequence[Turn]], Iterator[AskEvent]]
    """Question, library, model or None, earlier turns: the passages first, the answer last."""

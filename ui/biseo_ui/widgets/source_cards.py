"""The sources as cards: name, kind, size, and what could not be read."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QToolButton, QVBoxLayout, QWidget

from biseo.document import Document
from biseo.errors import UserFacingError
from biseo_ui.i18n import tr
from biseo_ui.ime import ImeWatch
from biseo_ui.jobs import Job, JobRunner
from biseo_ui.services import Services
from biseo_ui.source_privacy import SourcePrivacy, look_into
from biseo_ui.theme import Theme
from biseo_ui.widgets.elided_label import ElidedLabel
from biseo_ui.widgets.wrapped_label import WrappedLabel


@dataclass
class Source:
    """A file that was dropped: being read, read, or unreadable."""

    path: Path
    document: Document | None = None
    error: UserFacingError | None = None
    job: Job | None = None
    privacy: SourcePrivacy = field(default_factory=SourcePrivacy)

    @property
    def state(self) -> str:
        return "error" if self.error else "ready" if self.document else "reading"

    def __str__(self) -> str:
        if self.error:
            message = self.error.message.removeprefix(f"「{self.path.name}」 ")  # the name stands above it
            return f"{message} {self.error.advice}"
        if self.document is None:
            return tr("읽는 중…")
        pages = tr("{pages}쪽").format(pages=self.document.pages) if self.document.pages else ""
        size = tr("{count:,}자").format(count=len(self.document.text))
        return " · ".join(part for part in (self.document.format.upper(), pages, size) if part)


class SourceCard(QFrame):
    """One source. Enter or a double click opens its text, Delete removes it."""

    opened = Signal(object)
    removed = Signal(object)

    def __init__(self, theme: Theme, ime: ImeWatch, source: Source, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.source = source
        self._theme = theme
        self._ime = ime
        pixels = theme.pixels
        self._sign = QLabel()
        name = ElidedLabel(source.path.name, middle=True)
        name.setProperty("role", "section")
        self._meta = WrappedLabel()
        self._warnings = WrappedLabel(role="warning")
        self._privacy = WrappedLabel(role="warning")
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        remove = QToolButton()
        remove.setProperty("role", "flat")
        remove.setIcon(theme.icon("close"))
        remove.setToolTip(tr("자료에서 빼기"))
        remove.setAccessibleName(tr("{name} 자료에서 빼기").format(name=source.path.name))
        remove.clicked.connect(lambda: self.removed.emit(self.source))
        row = QHBoxLayout(self)
        row.setContentsMargins(pixels(10), pixels(8), pixels(6), pixels(8))
        row.setSpacing(pixels(8))
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(pixels(3))
        for widget in (name, self._meta, self._privacy, self._warnings, self._bar):
            column.addWidget(widget)
        row.addLayout(column, 1)
        row.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)
        self.refresh()

    def refresh(self) -> None:
        """Show the present state of the source."""
        state = self.source.state
        self.setProperty("state", state)
        self.style().polish(self)
        sheet = self.source.path.suffix.lower() in (".xlsx", ".csv", ".xls")
        name, colour = ("error", "error") if state == "error" else ("table" if sheet else "file", "accent")
        self._sign.setPixmap(self._theme.icon(name, colour).pixmap(self._theme.pixels(20)))
        self._meta.setText(str(self.source))
        self._meta.setProperty("role", "" if state == "error" else "muted")
        self._meta.style().polish(self._meta)
        warnings = self.source.document.warnings if self.source.document else ()
        self._warnings.setText("\n".join(f"⚠ {warning}" for warning in warnings))
        self._warnings.setVisible(bool(warnings))
        self._bar.setVisible(state == "reading")
        self._privacy.setText(f"◆ {self.source.privacy}")  # a mark of shape, not of colour alone
        self._privacy.setVisible(bool(self.source.privacy.counts))
        self.setAccessibleName(
            ", ".join(filter(None, (self.source.path.name, str(self.source), str(self.source.privacy))))
        )
        self.setAccessibleDescription(" ".join(warnings))
        self.setToolTip(tr("두 번 누르면 글을 봅니다.") if state == "ready" else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._ime.composing:
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.opened.emit(self.source)
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit(self.source)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self.opened.emit(self.source)


class SourceCards(QWidget):
    """All sources, read one after the other while the official goes on.

    Signals:
        changed: a source came, was read, could not be read, or went.
        read: a source that has just been read.
        opened: a source whose text is wanted.
    """

    changed = Signal()
    read = Signal(object)
    opened = Signal(object)

    def __init__(
        self, theme: Theme, ime: ImeWatch, runner: JobRunner, services: Services, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._ime, self._runner, self._services = theme, ime, runner, services
        self.setAccessibleName(tr("자료"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.pixels(6))
        self.cards: list[SourceCard] = []
        theme.changed.connect(self._rebuild)

    def add(self, path: Path) -> None:
        """Read a file and show it; a file that is there already is read again."""
        self._drop(path)
        source = Source(path)
        self._show(source)
        self.changed.emit()

        def work(cancel: threading.Event) -> Iterator[Document]:
            yield self._services.read_document(path, cancel)

        job = source.job = self._runner.start("files", work)
        job.event.connect(lambda document: self._on_read(source, document))
        job.failed.connect(lambda error: self._on_failed(source, error))
        job.broke.connect(lambda _error: self._on_failed(source, _unexpected()))

    def put(self, document: Document) -> None:
        """Show a document that was read before, in an earlier session."""
        source = Source(Path(document.path))
        self._drop(source.path)
        self._show(source)
        self._on_read(source, document)

    def remove(self, path: Path) -> None:
        """Take the file off the list, if it is there; what is still being read of it is given up."""
        self._drop(path)
        self.changed.emit()

    def _drop(self, path: Path) -> None:
        for card in list(self.cards):
            if card.source.path == path:
                if card.source.job is not None:
                    card.source.job.cancel()
                self._take_out(card)

    def documents(self) -> tuple[Document, ...]:
        """What was read, in the order of the cards."""
        return tuple(card.source.document for card in self.cards if card.source.document)

    def reading(self) -> bool:
        return any(card.source.state == "reading" for card in self.cards)

    def find(self, name: str) -> Document | None:
        """The document whose file has that name."""
        return next((d for d in self.documents() if Path(d.path).name == name or d.path == name), None)

    def _on_read(self, source: Source, document: Document) -> None:
        source.document = document
        if self._refresh(source):
            self.read.emit(source)
            look_into(self._runner, document, lambda found: self._on_looked(source, found))

    def _on_looked(self, source: Source, found: SourcePrivacy) -> None:
        source.privacy = found
        for card in self.cards:
            if card.source is source:
                card.refresh()

    def personal_values(self) -> tuple[tuple[str, str], ...]:
        """The personal data of all sources, to be looked for in the draft."""
        return tuple(value for card in self.cards for value in card.source.privacy.values)

    def _on_failed(self, source: Source, error: UserFacingError) -> None:
        source.error = error
        self._refresh(source)

    def _refresh(self, source: Source) -> bool:
        """Show the news of a source, if it is still there."""
        card = next((card for card in self.cards if card.source is source), None)
        if card is not None:
            card.refresh()
            self.changed.emit()
        return card is not None

    def _show(self, source: Source) -> None:
        card = SourceCard(self._theme, self._ime, source)
        card.opened.connect(self._on_opened)
        card.removed.connect(self._on_removed)
        self.cards.append(card)
        self._column.addWidget(card)

    def _on_opened(self, source: Source) -> None:
        if source.document is not None:
            self.opened.emit(source)

    def _on_removed(self, source: Source) -> None:
        self.remove(source.path)

    def _take_out(self, card: SourceCard) -> None:
        self.cards.remove(card)
        self._column.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _rebuild(self) -> None:
        sources = [card.source for card in self.cards]
        for card in list(self.cards):
            self._take_out(card)
        for source in sources:
            self._show(source)


def _unexpected() -> UserFacingError:
    return UserFacingError(
        "unexpected",
        tr("파일을 읽는 동안 예상하지 못한 일이 생겼습니다."),
        tr("다른 형식으로 저장해 다시 열어 주세요."),
    )

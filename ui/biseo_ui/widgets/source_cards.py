"""The sources as cards: name, kind, size, and what could not be read."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from biseo.document import Document
from biseo.errors import UserFacingError
from biseo.stored_source import PASSAGE, mark_of, prepare, state_of_file
from biseo_ui.i18n import tr
from biseo_ui.ime import ImeWatch
from biseo_ui.jobs import Job, JobRunner
from biseo_ui.services import Services
from biseo_ui.source_privacy import SourcePrivacy, look_into
from biseo_ui.theme import Theme
from biseo_ui.widgets.elided_label import ElidedLabel
from biseo_ui.widgets.wrapped_label import WrappedLabel

NEWS = {
    "missing": "원본 파일을 찾을 수 없어 저장해 둔 글로 엽니다.",
    "changed": "원본 파일이 저장한 뒤에 바뀌었습니다. 저장해 둔 글을 쓰고 있습니다.",
}


@dataclass
class Source:
    """A file that was dropped: being read, read, or unreadable.

    Attributes:
        file: where the text is one that was stored with the work: `same`, `changed` or `missing`, as its file is now.
        refused: why the file could not be read anew; the stored text is still there.
    """

    path: Path
    document: Document | None = None
    error: UserFacingError | None = None
    job: Job | None = None
    privacy: SourcePrivacy = field(default_factory=SourcePrivacy)
    file: str = "same"
    refused: UserFacingError | None = None

    @property
    def news(self) -> str:
        """What became of the file since its text was stored, or nothing."""
        if self.refused is not None:
            why = self.refused.message.removeprefix(f"「{self.path.name}」 ")
            return tr("다시 읽지 못해 저장해 둔 글을 그대로 씁니다. {why}").format(why=why)
        return tr(NEWS[self.file]) if self.file in NEWS else ""

    @property
    def busy(self) -> bool:
        """Whether its file is being read."""
        return self.job is not None

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
        if self.document.format == PASSAGE:
            return " · ".join((tr("자료실의 대목"), size))
        return " · ".join(part for part in (self.document.format.upper(), pages, size) if part)


class SourceCard(QFrame):
    """One source. Enter or a double click opens its text, Delete removes it."""

    opened = Signal(object)
    removed = Signal(object)
    renewal_wanted = Signal(object)

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
        self._news = WrappedLabel(role="warning")
        self.renew = QPushButton(tr("새로 읽기"))
        self.renew.setProperty("role", "link")
        self.renew.setToolTip(tr("원본 파일을 다시 읽어 저장해 둔 글 대신 씁니다."))
        self.renew.setAccessibleName(tr("{name} 새로 읽기").format(name=source.path.name))
        self.renew.clicked.connect(lambda: self.renewal_wanted.emit(self.source))
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
        for widget in (name, self._meta, self._news):
            column.addWidget(widget)
        column.addWidget(self.renew, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self._privacy, self._warnings, self._bar):
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
        news = self.source.news
        self._news.setText(f"⚠ {news}")
        self._news.setVisible(bool(news))
        self.renew.setVisible(bool(news) and not self.source.busy)
        self._bar.setVisible(self.source.busy)
        self._privacy.setText(f"◆ {self.source.privacy}")  # a mark of shape, not of colour alone
        self._privacy.setVisible(bool(self.source.privacy.counts))
        self.setAccessibleName(
            ", ".join(filter(None, (self.source.path.name, str(self.source), news, str(self.source.privacy))))
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
        renewed: a stored document and the one that took its place, read anew from the file.
    """

    changed = Signal()
    read = Signal(object)
    opened = Signal(object)
    renewed = Signal(object, object)

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
        self._read_file(source)
        self._show(source)
        self.changed.emit()

    def put(self, document: Document) -> None:
        """Show a document that was stored with the work, and say what has become of its file."""
        source = Source(Path(document.path), document)
        self._drop(source.path)
        self._show(source)
        self.changed.emit()
        look_into(self._runner, document, lambda found: self._on_looked(source, found))
        mark = mark_of(document)
        job = self._runner.call("looking", lambda: state_of_file(mark))
        job.item.connect(lambda state: self._on_file(source, state))

    def renew(self, source: Source) -> None:
        """Read the file of a stored document; until that is done, and where it fails, the document stays."""
        if not source.busy and source.document is not None:
            self._read_file(source)
            self._refresh(source)

    def _read_file(self, source: Source) -> None:
        def work(cancel: threading.Event) -> Iterator[Document]:
            document = self._services.read_document(source.path, cancel)
            prepare(document, source.path)  # in this thread: neither the window nor the store waits for a long one
            yield document

        job = source.job = self._runner.start("files", work)
        job.item.connect(lambda document: self._on_read(source, document))
        job.failed.connect(lambda error: self._on_failed(source, error))
        job.broke.connect(lambda _error: self._on_failed(source, _unexpected()))
        job.ended.connect(lambda: _let_go(source))

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
        return any(card.source.busy for card in self.cards)

    def find(self, name: str) -> Document | None:
        """The document whose file has that name."""
        return next((d for d in self.documents() if Path(d.path).name == name or d.path == name), None)

    def _on_read(self, source: Source, document: Document) -> None:
        before, source.document = source.document, document
        source.job, source.file, source.refused = None, "same", None
        if self._refresh(source):
            if before is not None:
                self.renewed.emit(before, document)
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
        source.job = None
        if source.document is not None:
            source.refused = error
        else:
            source.error = error
        self._refresh(source)

    def _on_file(self, source: Source, state: str) -> None:
        source.file = state
        for card in self.cards:
            if card.source is source:
                card.refresh()

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
        card.renewal_wanted.connect(self.renew)
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


def _let_go(source: Source) -> None:
    """A job holds its slots, which hold the source: what held its job in turn would never be freed."""
    source.job = None


def _unexpected() -> UserFacingError:
    return UserFacingError(
        "unexpected",
        tr("파일을 읽는 동안 예상하지 못한 일이 생겼습니다."),
        tr("다른 형식으로 저장해 다시 열어 주세요."),
    )

"""One field of a template: its name, where it is, and the words for it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from biseo.forms import FormField
from biseo_ui.i18n import tr
from biseo_ui.theme import Theme
from biseo_ui.widgets.labels import label
from biseo_ui.widgets.no_drag import NoDrag
from biseo_ui.widgets.wrapped_label import WrappedLabel

MOST_LINES = 6
SHOWN_WORDS = 40
KINDS = {
    "mark": "글 속의 표시",
    "slot": "누름틀",
    "control": "콘텐츠 컨트롤",
    "blank": "밑줄 빈자리",
    "label": "표의 빈 칸",
}


class Lines(QPlainTextEdit):
    """Words on as many lines as they need, up to six; Enter begins a new line and nothing else."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)  # dropped files belong to the window
        NoDrag(self)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Take the height that the words need."""
        needed = max(1, round(self.document().size().height()))
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if needed > MOST_LINES else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if self.verticalScrollBarPolicy() != policy:
            self.setVerticalScrollBarPolicy(policy)
        line = QFontMetricsF(self.font()).lineSpacing()
        height = round(line * min(needed, MOST_LINES) + self._theme.pixels(20))
        if self.height() != height:
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            event.ignore()
            return
        super().keyPressEvent(event)


class FillRow(QWidget):
    """`changed` with every change of the words."""

    changed = Signal()

    def __init__(
        self, theme: Theme, field: FormField, offers: Mapping[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.field = field
        pixels = theme.pixels
        name = WrappedLabel(field.name, "section")
        self._state = label(tr("비어 있음"), "warning")
        where = (
            field.where
            if field.places < 2
            else tr("{where} 외 {count}곳").format(where=field.where, count=field.places - 1)
        )
        about = f"{tr(KINDS[field.kind])} · {where}"
        self.edit = Lines(theme)
        self.edit.setAccessibleName(field.name)
        self.edit.setAccessibleDescription(about)
        name.setBuddy(self.edit)
        head = QHBoxLayout()
        head.setSpacing(pixels(8))
        head.addWidget(name, 1)
        head.addWidget(self._state, 0, Qt.AlignmentFlag.AlignTop)
        foot = QHBoxLayout()
        foot.setSpacing(pixels(8))
        foot.addWidget(WrappedLabel(about, "muted"), 1)
        self.offer = QPushButton(tr("값 가져오기"))
        self.offer.setProperty("role", "link")
        self.offer.setAccessibleName(tr("{name}: 작성 화면의 값 가져오기").format(name=field.name))
        self.offer.clicked.connect(self._on_offer)
        self.set_offers(offers)
        foot.addWidget(self.offer, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(pixels(3))
        column.addLayout(head)
        column.addWidget(self.edit)
        column.addLayout(foot)
        self.edit.textChanged.connect(self._on_text)

    def set_offers(self, offers: Mapping[str, str]) -> None:
        """What can be taken from elsewhere, by name."""
        self._offers = offers
        self.offer.setVisible(bool(offers))

    @property
    def value(self) -> str:
        return self.edit.toPlainText().strip()

    def set_value(self, words: str) -> None:
        """Put words in, so that they can be undone."""
        self.edit.selectAll()
        self.edit.insertPlainText(words)

    def _on_text(self) -> None:
        self._state.setVisible(not self.value)
        self.changed.emit()

    def _on_offer(self) -> None:
        self.menu().popup(self.offer.mapToGlobal(self.offer.rect().bottomLeft()))

    def menu(self) -> QMenu:
        """The values on offer, each with the beginning of its words."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name, words in self._offers.items():
            line = " ".join(words.split())
            short = line if len(line) <= SHOWN_WORDS else line[: SHOWN_WORDS - 1] + "…"
            action = menu.addAction(f"{name}: {short}".replace("&", "&&"))
            action.triggered.connect(lambda _on=False, words=words: self.set_value(words))
        return menu

"""The middle before there is a draft: three steps, an example, or the model to prepare."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from biseo_ui.i18n import tr
from biseo_ui.model_state import ModelState
from biseo_ui.theme import Theme
from biseo_ui.widgets.button_row import ButtonRow
from biseo_ui.widgets.model_card import ModelCard

STEPS = (
    ("open", "자료를 넣습니다", "계획서나 회의 자료를 창에 끌어다 놓거나 Ctrl+O로 엽니다."),
    ("file", "문서 종류를 고릅니다", "왼쪽에서 보도자료, 기획안 같은 종류를 고르고 필요한 칸만 채웁니다."),
    ("write", "작성을 누릅니다", "Ctrl+Enter로도 됩니다. 초안을 읽고 고쳐 저장하면 끝납니다."),
)


class StartView(QScrollArea):
    """Signals:
    open_wanted, example_wanted, import_wanted: buttons.
    """

    open_wanted = Signal()
    example_wanted = Signal()
    import_wanted = Signal()

    def __init__(self, theme: Theme, models: ModelState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        pixels = theme.pixels
        self._theme, self._models = theme, models
        self._signs: list[tuple[QLabel, str]] = []
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.model_card = ModelCard(theme, models)
        self.model_card.import_wanted.connect(self.import_wanted)
        steps = QFrame()
        steps.setObjectName("sheetcard")
        column = QVBoxLayout(steps)
        column.setContentsMargins(pixels(28), pixels(24), pixels(28), pixels(24))
        column.setSpacing(pixels(18))
        title = QLabel(tr("자료 하나로 초안까지"))
        title.setProperty("role", "title")
        column.addWidget(title)
        grid = QGridLayout()
        grid.setHorizontalSpacing(pixels(14))
        grid.setVerticalSpacing(pixels(14))
        grid.setColumnStretch(1, 1)
        for row, (icon, head, words) in enumerate(STEPS):
            sign = QLabel()
            self._signs.append((sign, icon))
            strong, plain = QLabel(f"{row + 1}. {tr(head)}"), QLabel(tr(words))
            strong.setProperty("role", "section")
            plain.setProperty("role", "muted")
            plain.setWordWrap(True)
            text = QVBoxLayout()
            text.setSpacing(pixels(2))
            text.addWidget(strong)
            text.addWidget(plain)
            grid.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addLayout(text, row, 1)
        column.addLayout(grid)
        self.open = QPushButton(tr("파일 열기"))
        self.open.clicked.connect(self.open_wanted)
        self.example = QPushButton(tr("예시 문서로 시작"))
        self.example.setToolTip(tr("지어낸 축제 운영계획으로 보도자료를 써 봅니다."))
        self.example.clicked.connect(self.example_wanted)
        column.addWidget(ButtonRow(theme, self.open, self.example))
        inner = QWidget()
        inner.setObjectName("scrolled")
        middle = QVBoxLayout(inner)
        middle.setContentsMargins(pixels(14), pixels(20), pixels(14), pixels(20))
        middle.setSpacing(pixels(16))
        middle.addStretch(2)
        for card in (self.model_card, steps):
            line = QHBoxLayout()
            line.addStretch(1)
            line.addWidget(card, 1000)
            line.addStretch(1)
            middle.addLayout(line)
        middle.addStretch(3)
        self.setWidget(inner)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._cards = (self.model_card, steps)
        models.changed.connect(self._on_models)
        theme.changed.connect(self._restyle)
        self._restyle()
        self._on_models()

    def _restyle(self) -> None:
        for sign, icon in self._signs:
            sign.setPixmap(self._theme.icon(icon, "accent").pixmap(self._theme.pixels(24)))
        self.open.setIcon(self._theme.icon("open"))
        for card in self._cards:
            card.setMaximumWidth(self._theme.pixels(600))

    def _on_models(self) -> None:
        self.model_card.setVisible(self._models.known and self._models.active is None)

"""The first page: an AI drafts, a person decides. Shown until it has been confirmed once."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from biseo_ui.i18n import tr
from biseo_ui.theme import Theme

POINTS = (
    (
        "write",
        "초안은 인공지능이 씁니다.",
        "이 프로그램은 이 PC의 언어 모델로 초안을 씁니다. 틀린 내용이 섞일 수 있습니다.",
    ),
    (
        "search",
        "확인은 사람이 합니다.",
        "자료에 없는 숫자·날짜·연락처는 표시해 드립니다. 표시가 없어도 한 번 더 읽어 주세요.",
    ),
    (
        "ok",
        "결정도 사람이 합니다.",
        "고치고, 저장하고, 내보내는 일은 모두 담당자가 정합니다. 문서의 책임은 담당자에게 있습니다.",
    ),
    (
        "offline",
        "자료는 이 PC를 떠나지 않습니다.",
        "네트워크에 연결하는 기능이 없습니다. 랜선을 뽑고도 똑같이 쓸 수 있습니다.",
    ),
)


class NoticePage(QWidget):
    """`confirmed` when the official has read it."""

    confirmed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._signs: list[tuple[QLabel, str]] = []
        pixels = theme.pixels
        card = self._card = QFrame()
        card.setObjectName("sheetcard")
        column = QVBoxLayout(card)
        column.setContentsMargins(pixels(36), pixels(30), pixels(36), pixels(30))
        column.setSpacing(pixels(20))
        title = QLabel(tr("시작하기 전에"))
        title.setProperty("role", "title")
        column.addWidget(title)
        grid = QGridLayout()
        grid.setHorizontalSpacing(pixels(16))
        grid.setVerticalSpacing(pixels(16))
        grid.setColumnStretch(1, 1)
        for row, (icon, head, words) in enumerate(POINTS):
            sign = QLabel()
            self._signs.append((sign, icon))
            text = QVBoxLayout()
            text.setSpacing(pixels(2))
            strong, plain = QLabel(tr(head)), QLabel(tr(words))
            strong.setProperty("role", "section")
            plain.setWordWrap(True)
            text.addWidget(strong)
            text.addWidget(plain)
            grid.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addLayout(text, row, 1)
        column.addLayout(grid)
        self.button = QPushButton(tr("확인했습니다"))
        self.button.setProperty("role", "primary")
        self.button.clicked.connect(self.confirmed)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignRight)
        inner = QWidget()
        inner.setObjectName("scrolled")
        middle = QVBoxLayout(inner)
        middle.addStretch(1)
        line = QHBoxLayout()  # an aligned item would not get the height that its wrapped lines need
        line.addStretch(1)
        line.addWidget(card, 1000)
        line.addStretch(1)
        middle.addLayout(line)
        middle.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        self.setFocusProxy(self.button)
        theme.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        for sign, icon in self._signs:
            sign.setPixmap(self._theme.icon(icon, "accent").pixmap(self._theme.pixels(28)))
        self._card.setMaximumWidth(self._theme.pixels(660))

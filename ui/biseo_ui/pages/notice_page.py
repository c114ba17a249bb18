"""The first page: an AI drafts, a person decides. Shown until it has been confirmed once."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from biseo_ui.i18n import tr
from biseo_ui.theme import Theme
from biseo_ui.widgets.cards import CardPage, PointsCard

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


class NoticePage(CardPage):
    """`confirmed` when the official has read it."""

    confirmed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        card = PointsCard(theme, tr("시작하기 전에"), [(icon, tr(strong), tr(plain)) for icon, strong, plain in POINTS])
        super().__init__(theme, 660, card, parent=parent)
        self.setAccessibleName(tr("시작하기 전에"))
        self.button = QPushButton(tr("확인했습니다"))
        self.button.setProperty("role", "primary")
        self.button.setAccessibleDescription(" ".join(f"{tr(strong)} {tr(plain)}" for _, strong, plain in POINTS))
        self.button.clicked.connect(self.confirmed)
        card.column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignRight)
        self.setFocusProxy(self.button)

    def wait(self) -> None:
        """It was read; what follows is being prepared."""
        self.button.setEnabled(False)
        self.button.setText(tr("작업 저장소를 준비하는 중입니다."))

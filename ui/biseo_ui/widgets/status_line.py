"""The line below: model, how full it is, speed, memory, no traffic, saved or not."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from biseo_ui.i18n import tr
from biseo_ui.theme import Theme
from biseo_ui.widgets.elided_label import ElidedLabel

OFFLINE = (
    "이 프로그램에는 네트워크에 연결하는 기능이 없습니다. 문서를 읽고, 초안을 쓰고, 저장하는 일이 모두 이 PC 안에서"
    " 끝납니다. 가져다 쓰는 라이브러리가 네트워크에 연결하려 해도 막고, 막은 횟수를 셉니다.\n\n"
    "직접 확인하는 방법\n"
    "· 화면 아래의 ‘외부 통신’을 누르거나 Ctrl+F1을 누릅니다. 프로세스와 열린 소켓, 막은 시도, 해시를 볼 수 있습니다.\n"
    "· Windows 리소스 모니터의 네트워크 탭에서 biseo와 python에 활동이 없는지 봅니다.\n"
    "· 랜선을 뽑거나 무선을 끄고 써 봅니다. 모든 기능이 그대로 작동합니다."
)


class StatusLine(QFrame):
    """Figures only; it asks nobody and is told everything."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusline")
        self.setAccessibleName(tr("상태"))
        self._theme = theme
        self.model = ElidedLabel(tr("모델 확인 중"))
        self._load_name = QLabel(tr("분량"))
        self.load = QProgressBar()
        self.load.setTextVisible(False)
        self.load.setAccessibleName(tr("분량"))
        self.load.setToolTip(tr("모델이 한 번에 다룰 수 있는 분량 가운데 자료와 글 쓸 자리가 차지하는 만큼입니다."))
        self.figures = QLabel("–")
        self.speed = QLabel()
        self.memory = QLabel()
        self.saved = ElidedLabel()
        self.offline = QPushButton()
        self.offline.setToolTip(tr("외부 통신이 없다는 것을 확인합니다. (Ctrl+F1)"))
        self._alarm = False
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.model, 3)
        for widget in (self._load_name, self.load, self.figures, self.speed, self.memory):
            self._row.addWidget(widget)
        self._row.addStretch(1)
        self._row.addWidget(self.saved, 2)
        self._row.addWidget(self.offline)
        self.saved.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.show_speed(0)
        self.show_memory(0)
        self.show_load(0, 0)
        self.saved.setText(tr("초안 없음"))
        self.show_offline(0, 0)

    def show_model(self, words: str) -> None:
        self.model.setText(words)

    def show_load(self, used: int, context: int) -> None:
        """How much of what the model can hold is in use, in tokens."""
        self.load.setRange(0, max(1, context))
        self.load.setValue(min(used, context))
        self.figures.setText(f"{used:,} / {context:,}" if context else "–")

    def show_speed(self, characters: float) -> None:
        """Characters a second; 0 while unknown."""
        self.speed.setText(tr("초당 {count}자").format(count=round(characters)) if characters else tr("속도 –"))

    def show_memory(self, size: int) -> None:
        """Memory of the model process in bytes; 0 while unknown."""
        gigabytes = f"{size / 2**30:.1f}GB"
        self.memory.setText(tr("메모리 {size}").format(size=gigabytes) if size else tr("메모리 –"))

    def show_saved(self, words: str) -> None:
        self.saved.setText(words)

    def show_offline(self, blocked: int, sockets: int) -> None:
        """Attempts to reach a network that were denied, and sockets that are open towards one."""
        if sockets:
            words = tr("외부 소켓 {count}개").format(count=sockets)
        elif blocked:
            words = tr("외부 통신 0건, 막음 {count:,}").format(count=blocked)
        else:
            words = tr("외부 통신 0건")
        alarm = bool(blocked or sockets)
        if (words, alarm) != (self.offline.text(), self._alarm):
            self.offline.setText(words)
            self._alarm = alarm
            self._restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # What matters least goes first when there is no room.
        room = self.width() / self._theme.scale * 100
        self.memory.setVisible(room > 900)
        self.speed.setVisible(room > 800)
        self.load.setVisible(room > 700)
        self._load_name.setVisible(room > 640)

    def _restyle(self) -> None:
        pixels = self._theme.pixels
        self._row.setContentsMargins(pixels(12), pixels(3), pixels(6), pixels(3))
        self._row.setSpacing(pixels(14))
        self.load.setFixedWidth(pixels(110))
        name, colour = ("warning", "warning") if self._alarm else ("offline", "ok")
        self.offline.setIcon(self._theme.icon(name, colour))

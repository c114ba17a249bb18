"""Help: keys, what the marks mean, where the data is, and what "no outside traffic" means."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from biseo import paths
from biseo_ui.crash import log_file
from biseo_ui.i18n import tr
from biseo_ui.theme import Theme
from biseo_ui.widgets.labels import label
from biseo_ui.widgets.rail import PLACES
from biseo_ui.widgets.reading_page import ReadingPage
from biseo_ui.widgets.status_line import OFFLINE
from biseo_ui.widgets.wrapped_label import WrappedLabel

KEYS = (
    ("Ctrl+O", "자료 파일을 엽니다. 파일을 창에 끌어다 놓아도 됩니다."),
    ("Ctrl+Enter", "초안을 씁니다."),
    ("Esc", "쓰기를 멈춥니다. 쓴 데까지는 남습니다."),
    ("Ctrl+R", "커서가 있는 절을 다시 씁니다. 지금 글은 새 글을 받을 때까지 그대로 있습니다."),
    ("Ctrl+S", "초안을 파일로 저장합니다."),
    ("Ctrl+P", "인쇄할 쪽을 미리 보고, 인쇄하거나 PDF로 저장합니다."),
    ("Ctrl+C", "고른 글을 표와 번호를 살려 복사합니다. 한글이나 Word에 붙여 넣을 수 있습니다."),
    (
        "자료실 ▸ 묻기",
        "Enter로 묻고 Shift+Enter로 줄을 바꿉니다. Esc를 누르면 답을 멈추고 찾은 대목은 남습니다."
        " 문장 옆의 번호를 누르면 원문에서 그 문장이 열립니다.",
    ),
    ("Ctrl+F", "초안에서 찾습니다. Enter나 F3은 다음, Shift+Enter나 Shift+F3은 이전입니다."),
    ("Ctrl+F (자료실)", "찾을 말을 적습니다. ↓로 찾은 대목에 가고, Enter를 누르면 문서 전체에서 보여 줍니다."),
    ("F8, Shift+F8", "다음 확인할 곳, 이전 확인할 곳으로 갑니다."),
    ("Ctrl+.", "확실한 고침을 받습니다. 바꿀 글을 볼 때는 고른 곳을 받습니다. Shift를 함께 누르면 모두 받습니다."),
    ("Ctrl+,", "까닭을 남기고 그대로 둡니다. 바꿀 글을 볼 때는 고른 곳을 둡니다. Shift를 함께 누르면 모두 둡니다."),
    ("F7", "다섯 가지를 확인하고 검토를 마칩니다. 그때까지 저장하거나 인쇄한 것에는 초안이라고 적힙니다."),
    ("Ctrl+Shift+M", "매뉴얼에서 역할별 점검표와 숙지 문제지를 만드는 화면을 엽니다. 자료실의 폴더 메뉴에도 있습니다."),
    ("Ctrl+Shift+D", "도시 사례 비교표를 만드는 화면을 엽니다. 자료실의 폴더 메뉴에도 있습니다."),
    ("Ctrl+L", "화면을 지금 잠급니다. 하던 일은 저장소에 넣고, 잠금을 풀면 그대로 나옵니다."),
    ("Ctrl+Z, Ctrl+Y", "고친 것을 되돌리거나 다시 합니다."),
    ("Ctrl+F1", "외부 통신이 없다는 것을 확인하는 화면을 엽니다. Esc를 누르면 하던 일로 돌아갑니다."),
    ("F1", "이 도움말을 엽니다. Esc를 누르면 하던 일로 돌아갑니다."),
)
MARKS = (
    (
        "error",
        "붉은 물결 밑줄",
        "자료에 없는 숫자, 날짜, 이름 등입니다. 자료와 맞추어 보고 고치거나 ‘사실 확인함’을 누릅니다.",
    ),
    (
        "warning",
        "노란 물결 밑줄",
        "한 번 더 볼 곳입니다. [확인 필요]는 자료에도 양식에도 없어서 비워 둔 자리이니 직접 채웁니다.",
    ),
    (
        "ok",
        "완료",
        "프로그램이 의심할 만한 것을 찾지 못한 절입니다. 내용이 옳다는 뜻은 아니니 한 번 읽어 주세요.",
    ),
    ("edit", "직접 고침", "담당자가 손댄 절입니다. 고친 글도 자료와 다시 맞추어 봅니다."),
    ("search", "근거", "초안의 문장에 커서를 두면 오른쪽에 그 문장의 근거가 된 자료의 문장과 쪽이 나옵니다."),
)


class HelpPage(ReadingPage):
    """`closed` when the official wants to go back to work."""

    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("도움말"), parent)
        self._theme = theme
        self._signs: list[tuple[QLabel, str]] = []
        self.back = QPushButton(tr("돌아가기"))
        self.back.setToolTip(tr("하던 일로 돌아갑니다. (Esc)"))
        self.back.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.addWidget(label(tr("단축키"), "title"))
        head.addStretch(1)
        head.addWidget(self.back)
        self.column.addLayout(head)
        places = tr("차례로 {names} 화면을 엽니다.").format(names=", ".join(tr(name) for _, name in PLACES))
        self.column.addLayout(self._keys((*KEYS, (f"Ctrl+1 … Ctrl+{len(PLACES)}", places))))
        self._section(tr("표시의 뜻"))
        self.column.addLayout(self._marks())
        self._section(tr("자료가 있는 곳"))
        stays = tr(
            "초안과 고친 것은 쓰는 동안 저절로 저장소에 암호화되어 보관되고, 기록 화면에서 다시 열거나 지웁니다."
            " 프로그램이 갑자기 꺼져도 다음에 열 때 하던 곳에서 이어집니다."
            " 자료는 읽은 글만 저장소에 두고 파일은 복사하지 않습니다."
            " 자료실에 넣은 폴더의 글과 색인도 같은 저장소에 있으며, 폴더를 빼면 함께 지워집니다."
            " 저장을 누른 초안은 고른 곳에 파일로도 남습니다. 설정에는 문서의 글이 들어가지 않습니다."
        )
        self.column.addWidget(label(stays, wrap=True))
        self.column.addLayout(self._folders())
        self._section(tr("외부 통신 없음"))
        self.column.addWidget(label(tr(OFFLINE), wrap=True))
        self.column.addStretch(1)
        theme.changed.connect(self._restyle)
        self._restyle()

    def _section(self, words: str) -> None:
        self.column.addSpacing(self._theme.pixels(14))
        self.column.addWidget(label(words, "title"))

    def _keys(self, rows: tuple[tuple[str, str], ...]) -> QGridLayout:
        grid = self._grid()
        for row, (keys, words) in enumerate(rows):
            grid.addWidget(label(keys, "section"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(tr(words), wrap=True), row, 1)
        return grid

    def _marks(self) -> QGridLayout:
        grid = self._grid()
        for row, (icon, name, words) in enumerate(MARKS):
            sign = QLabel()
            self._signs.append((sign, icon))
            left = QHBoxLayout()
            left.setSpacing(self._theme.pixels(8))
            left.addWidget(sign)
            left.addWidget(label(tr(name), "section"))
            left.addStretch(1)
            grid.addLayout(left, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(tr(words), wrap=True), row, 1)
        return grid

    def _folders(self) -> QGridLayout:
        grid = self._grid()
        for row, (name, place) in enumerate(
            (
                (tr("모델"), paths.models_folder()),
                (tr("저장소"), paths.vault_folder()),
                (tr("설정"), paths.settings_file()),
                (tr("오류 기록"), log_file()),
            )
        ):
            where = WrappedLabel(str(place))
            where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(label(name, "section"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(where, row, 1)
        button = QPushButton(tr("폴더 열기"))
        button.setEnabled(paths.home().is_dir())
        button.clicked.connect(lambda: _open(paths.home()))
        grid.addWidget(button, grid.rowCount(), 1, Qt.AlignmentFlag.AlignLeft)
        return grid

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._theme.pixels(16))
        grid.setVerticalSpacing(self._theme.pixels(8))
        grid.setColumnMinimumWidth(0, self._theme.pixels(150))
        grid.setColumnStretch(1, 1)
        return grid

    def _restyle(self) -> None:
        for sign, icon in self._signs:
            colour = icon if icon in ("error", "warning", "ok") else "accent"
            sign.setPixmap(self._theme.icon(icon, colour).pixmap(self._theme.pixels(18)))


def _open(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

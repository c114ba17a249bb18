"""What can be asked, while nothing was asked yet; the way to the folders where there are none."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from biseo_ui.i18n import tr
from biseo_ui.theme import Theme
from biseo_ui.widgets.cards import CardPage
from biseo_ui.widgets.labels import label
from biseo_ui.widgets.wrapped_label import WrappedLabel

WHAT = (
    "자료실의 문서에서 답이 되는 문장을 찾아, 문장마다 어느 파일의 몇 쪽인지 함께 보여 드립니다."
    " 문서에 답이 없으면 없다고 말하고 가장 가까운 대목을 보여 드립니다."
)
NO_FOLDER = "자료실에 폴더가 없습니다. 법령, 편람, 지난 문서가 든 폴더를 먼저 넣어 주세요."
NO_MODEL = "쓸 수 있는 언어 모델이 없어 규칙으로 찾은 문장과 대목만 보여 드립니다."
SUGGESTIONS = (
    "처리기간을 늘리면 누구에게 알리나요?",
    "신청할 때 무슨 서류를 내야 하나요?",
    "보고서는 언제까지 내나요?",
    "제14조는 무엇을 정하나요?",
)


class AskStart(CardPage):
    """Signals:
    suggested: a question that is to be put into the field.
    folders_wanted: the folders of the library are wanted.
    """

    suggested = Signal(str)
    folders_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        card = QFrame()
        card.setObjectName("sheetcard")
        column = QVBoxLayout(card)
        pixels = theme.pixels
        column.setContentsMargins(*(pixels(n) for n in (28, 22, 28, 22)))
        column.setSpacing(pixels(10))
        column.addWidget(label(tr("자료실에 묻기"), "title"))
        column.addWidget(WrappedLabel(tr(WHAT)))
        super().__init__(theme, 640, card, parent=parent)
        self.setAccessibleName(tr("자료실에 묻기"))
        self._none = WrappedLabel(tr(NO_FOLDER), "warning")
        self.folders = QPushButton(tr("찾기에서 폴더 넣기"))
        self.folders.clicked.connect(self.folders_wanted)
        self._plain = WrappedLabel(tr(NO_MODEL), "muted")
        self._head = label(tr("이렇게 물을 수 있습니다"), "section")
        questions = [tr(words) for words in SUGGESTIONS]
        self.suggestions = [QPushButton(words) for words in questions]
        column.addWidget(self._none)
        column.addWidget(self.folders, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._plain)
        column.addSpacing(pixels(4))
        column.addWidget(self._head)
        for button, question in zip(self.suggestions, questions, strict=True):
            button.setProperty("role", "link")
            button.setToolTip(tr("이 질문을 아래 칸에 넣습니다. 고쳐서 물을 수 있습니다."))
            button.clicked.connect(lambda _checked=False, words=question: self.suggested.emit(words))
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_state(False, True)

    def show_state(self, empty: bool, model: bool) -> None:
        """Whether the library has no folder, and whether there is a model."""
        self._none.setVisible(empty)
        self.folders.setVisible(empty)
        self._plain.setVisible(not model)
        for widget in (self._head, *self.suggestions):
            widget.setVisible(not empty)

"""The middle before there is a draft: three steps, an example, or the model to prepare."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from biseo_ui.i18n import tr
from biseo_ui.model_state import ModelState
from biseo_ui.theme import Theme
from biseo_ui.widgets.button_row import ButtonRow
from biseo_ui.widgets.cards import CardPage, PointsCard
from biseo_ui.widgets.model_card import ModelCard

STEPS = (
    ("open", "자료를 넣습니다", "계획서나 회의 자료를 창에 끌어다 놓거나 Ctrl+O로 엽니다."),
    ("file", "문서 종류를 고릅니다", "왼쪽에서 보도자료, 기획안 같은 종류를 고르고 필요한 칸만 채웁니다."),
    ("write", "작성을 누릅니다", "Ctrl+Enter로도 됩니다. 초안을 읽고 고쳐 저장하면 끝납니다."),
)

OTHERS = (
    ("manual", "매뉴얼 점검표와 문제지", "Ctrl+Shift+M"),
    ("cases", "도시 사례 비교표", "Ctrl+Shift+D"),
)


class StartView(CardPage):
    """Signals:
    open_wanted, example_wanted, import_wanted: buttons.
    other_wanted: id of something that is made without the model.
    """

    open_wanted = Signal()
    example_wanted = Signal()
    import_wanted = Signal()
    other_wanted = Signal(str)

    def __init__(self, theme: Theme, models: ModelState, parent: QWidget | None = None) -> None:
        steps = PointsCard(
            theme,
            tr("자료 하나로 초안까지"),
            [
                (icon, f"{number}. {tr(strong)}", tr(plain))
                for number, (icon, strong, plain) in enumerate(STEPS, start=1)
            ],
        )
        self.model_card = ModelCard(theme, models)
        super().__init__(theme, 600, self.model_card, steps, parent=parent)
        self._theme, self._models = theme, models
        self.setAccessibleName(tr("시작"))
        self.model_card.import_wanted.connect(self.import_wanted)
        self.open = QPushButton(tr("파일 열기"))
        self.open.clicked.connect(self.open_wanted)
        self.example = QPushButton(tr("예시 문서로 시작"))
        self.example.setToolTip(tr("지어낸 축제 운영계획으로 보도자료를 써 봅니다."))
        self.example.clicked.connect(self.example_wanted)
        steps.column.addWidget(ButtonRow(theme, self.open, self.example))
        self.others = []
        for kind, words, keys in OTHERS:
            other = QPushButton(tr(words))
            other.setProperty("role", "link")
            other.setToolTip(f"{tr(words)} ({keys})")
            other.clicked.connect(lambda _on=False, kind=kind: self.other_wanted.emit(kind))
            self.others.append(other)
        steps.column.addWidget(ButtonRow(theme, *self.others))
        models.changed.connect(self._on_models)
        theme.changed.connect(self._restyle)
        self._restyle()
        self._on_models()

    def _restyle(self) -> None:
        self.open.setIcon(self._theme.icon("open"))

    def _on_models(self) -> None:
        self.model_card.setVisible(self._models.known and self._models.active is None)

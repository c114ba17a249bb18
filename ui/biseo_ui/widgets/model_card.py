"""What to do when there is no model yet."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from biseo_ui.i18n import tr
from biseo_ui.model_state import ModelState, size_words
from biseo_ui.theme import Theme
from biseo_ui.widgets.button_row import ButtonRow
from biseo_ui.widgets.wrapped_label import WrappedLabel

NEEDED = "초안을 쓰려면 이 PC에 언어 모델이 있어야 합니다."
WITH_DEFAULT = "함께 설치된 기본 모델을 한 번만 준비하면 됩니다. (약 1.1GB, 1분 안팎)"
WITHOUT_DEFAULT = "전산 담당자에게 받은 모델 파일(.gguf)을 가져와 주세요."


class IntakeBar(QWidget):
    """Progress of copying or checking a model, with a way to stop it."""

    def __init__(self, theme: Theme, models: ModelState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._models = models
        self._label = WrappedLabel(tr("준비하는 중"))
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("모델 준비 진행률"))
        stop = QPushButton(tr("그만두기"))
        stop.clicked.connect(models.cancel)
        row = QHBoxLayout()
        row.addWidget(self._bar, 1)
        row.addWidget(stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(4))
        column.addWidget(self._label)
        column.addLayout(row)
        models.progressed.connect(self._on_progress)
        models.changed.connect(self._on_changed)
        self._on_changed()

    def _on_progress(self, progress: Any) -> None:
        total = max(1, progress.total_bytes)
        share = round(100 * progress.done_bytes / total)
        self._bar.setRange(0, 100)
        self._bar.setValue(share)
        done, whole = size_words(progress.done_bytes), size_words(total)
        self._label.setText(f"{progress.label} {share}% ({done} / {whole})")

    def _on_changed(self) -> None:
        self.setVisible(self._models.busy)
        if not self._models.busy:
            self._label.setText(tr("준비하는 중"))
            self._bar.setRange(0, 0)


class ModelCard(QFrame):
    """Shown while no model is installed. `import_wanted`: the official has a file of their own."""

    import_wanted = Signal()

    def __init__(self, theme: Theme, models: ModelState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sheetcard")
        self._models = models
        pixels = theme.pixels
        title = QLabel(tr("언어 모델을 준비합니다"))
        title.setProperty("role", "title")
        self._words = QLabel()
        self._words.setWordWrap(True)
        self.install = QPushButton(tr("기본 모델 준비"))
        self.install.setProperty("role", "primary")
        self.install.clicked.connect(models.install_default)
        self.bring = QPushButton(tr("모델 파일 가져오기…"))
        self.bring.clicked.connect(self.import_wanted)
        self._buttons = ButtonRow(theme, self.install, self.bring)
        column = QVBoxLayout(self)
        column.setContentsMargins(pixels(28), pixels(24), pixels(28), pixels(24))
        column.setSpacing(pixels(14))
        for widget in (title, self._words, self._buttons, IntakeBar(theme, models)):
            column.addWidget(widget, 0, Qt.AlignmentFlag(0))
        models.changed.connect(self._on_changed)
        self._on_changed()

    def _on_changed(self) -> None:
        there = self._models.default_available
        self._words.setText(tr(NEEDED) + " " + (tr(WITH_DEFAULT) if there else tr(WITHOUT_DEFAULT)))
        self.install.setVisible(there)
        self.bring.setProperty("role", "" if there else "primary")
        self.bring.style().polish(self.bring)
        self._buttons.setVisible(not self._models.busy)

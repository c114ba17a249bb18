"""The models on this PC: licence, size, whether the file is whole; use, check, remove."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from biseo_ui.i18n import tr
from biseo_ui.model_state import ModelState, size_words
from biseo_ui.theme import Theme
from biseo_ui.widgets.labels import label
from biseo_ui.widgets.lock_note import LockNote, lock
from biseo_ui.widgets.model_card import IntakeBar

FORBIDDEN = "기관 정책에서 승인하지 않은 모델이어서 쓸 수 없습니다."


class ModelList(QWidget):
    """Signals:
    import_wanted: the official has a model file of their own.
    removal_wanted: a model's file is to go; asked again before it does.

    Args:
        only: what the policy says about models; empty where any may be used.
    """

    import_wanted = Signal()
    removal_wanted = Signal(object)

    def __init__(self, theme: Theme, models: ModelState, only: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._models, self._only = theme, models, only
        self.setAccessibleName(tr("모델 목록"))
        self.install = QPushButton(tr("기본 모델 준비"))
        self.install.clicked.connect(models.install_default)
        self.bring = QPushButton(tr("모델 파일 가져오기…"))
        self.bring.clicked.connect(self.import_wanted)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.pixels(8))
        self._cards: list[QWidget] = []
        self._none = label("", "muted", wrap=True)
        row = QHBoxLayout()
        row.addWidget(self.install)
        row.addWidget(self.bring)
        row.addStretch(1)
        self._column.addWidget(self._none)
        self._column.addWidget(IntakeBar(theme, models))
        self._column.addWidget(LockNote(theme, only))
        self._column.addLayout(row)
        models.changed.connect(self._refresh)
        theme.changed.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        for card in self._cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = [self._card(entry) for entry in self._models.entries]
        for number, card in enumerate(self._cards):
            self._column.insertWidget(number, card)
        self._none.setText(tr("아직 모델이 없습니다.") if self._models.known else tr("모델을 확인하는 중입니다."))
        self._none.setVisible(not self._cards)
        self.install.setVisible(self._models.default_available and not any(e.verified for e in self._models.entries))
        for button in (self.install, self.bring):
            button.setEnabled(not self._models.busy)

    def _card(self, entry: Any) -> QFrame:
        pixels = self._theme.pixels
        card = QFrame()
        card.setObjectName("card")
        card.setProperty("active", "true" if entry.active else "false")
        column = QVBoxLayout(card)
        column.setContentsMargins(pixels(14), pixels(10), pixels(14), pixels(10))
        column.setSpacing(pixels(4))
        name = entry.name + (tr(" – 사용 중") if entry.active else "")
        column.addWidget(label(name, "section", wrap=True))
        facts = [
            size_words(entry.size_bytes),
            tr("라이선스 {name}").format(name=entry.licence or tr("표시 없음")),
            entry.quantization,
            tr("메모리 {size:.0f}GB 이상 PC").format(size=entry.min_ram_gb),
            tr("파일 확인됨") if entry.verified else tr("파일 확인 안 됨"),
        ]
        column.addWidget(label(" · ".join(fact for fact in facts if fact), wrap=True))
        pieces = (entry.sha256[at : at + 16] for at in range(0, len(entry.sha256), 16))
        hash_line = label("SHA-256 " + " ".join(pieces), "muted", wrap=True)
        hash_line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(hash_line)
        barred = tr(FORBIDDEN) if not getattr(entry, "allowed", True) else ""
        column.addWidget(LockNote(self._theme, barred))
        if note := getattr(entry, "note", ""):
            column.addWidget(label(f"⚠ {note}", "warning", wrap=True))
        row = QHBoxLayout()
        for words, slot, shown, reason in (
            (tr("이 모델 쓰기"), lambda: self._models.use(entry.id), not entry.active, barred),
            (tr("파일 확인"), lambda: self._models.verify(entry.id), True, ""),
            (tr("지우기"), lambda: self.removal_wanted.emit(entry), True, ""),
        ):
            button = QPushButton(words)
            button.setAccessibleName(f"{entry.name} {words}")
            button.setVisible(shown)
            button.setEnabled(not self._models.busy)
            button.clicked.connect(lambda _on=False, slot=slot: slot())
            if reason:
                lock(button, reason)
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        return card

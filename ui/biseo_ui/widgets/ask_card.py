"""One question to the library, and what came of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from biseo.asking import NEAREST, NOT_ADVICE, REFUSAL
from biseo_ui.ask_record import Asked, one_line, place_words
from biseo_ui.i18n import tr
from biseo_ui.theme import Theme
from biseo_ui.widgets.ask_passages import PassageList
from biseo_ui.widgets.ask_place import PlaceButton
from biseo_ui.widgets.ask_sentence import SentenceRow
from biseo_ui.widgets.button_row import ButtonRow
from biseo_ui.widgets.labels import label
from biseo_ui.widgets.lock_note import lock
from biseo_ui.widgets.no_drag import NoDrag
from biseo_ui.widgets.wrapped_label import WrappedLabel

STEPS = {
    "searching": "대목을 찾는 중",
    "queued": "초안을 쓰고 있어, 그 일이 끝나면 답을 씁니다. 찾은 대목은 지금 볼 수 있습니다.",
    "loading": "언어 모델을 준비하는 중",
    "writing": "답 초안을 쓰는 중",
}
BY_MODEL = "답 초안 – 원문과 맞추어 확인해 주세요"
BY_RULE = "규칙으로 찾은 답 – 원문과 맞추어 확인해 주세요"
NOTHING = "자료실에서 가까운 대목을 찾지 못했습니다. 다른 말로 묻거나 그 내용이 든 폴더를 넣어 주세요."
NO_PASSAGES = "찾은 대목이 없습니다."


class AskCard(QFrame):
    """Args:
        copying_barred: why nothing may be copied; empty where it may.

    Signals:
        opened: a `Citation` or a `Passage` whose place is wanted.
        wanted: an `AnswerSentence` that is wanted in the draft.
        copy_wanted: the answer is wanted on the clipboard.
        again_wanted: the question is to be asked once more.
    """

    opened = Signal(object)
    wanted = Signal(object)
    copy_wanted = Signal()
    again_wanted = Signal()

    def __init__(self, theme: Theme, number: int, copying_barred: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sheetcard")
        self._theme, self._turn, self._shown = theme, Asked(""), Asked("")
        self.sentences: list[SentenceRow] = []
        self.places: list[PlaceButton] = []
        pixels = theme.pixels
        self._number = label(tr("질문 {number}").format(number=number), "muted")
        self.question = WrappedLabel("", "section")
        self.question.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        NoDrag(self.question)
        self.carried = WrappedLabel("", "muted")
        self._sign = QLabel()
        self.status = WrappedLabel("", "muted")
        steps = QHBoxLayout()
        steps.setSpacing(pixels(6))
        steps.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        steps.addWidget(self.status, 1)
        self.ribbon = WrappedLabel("", "ribbon")
        self.draft = WrappedLabel()
        self.refusal = WrappedLabel()
        self._answer = QWidget()
        self._lines = QVBoxLayout(self._answer)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(pixels(6))
        self.legal = WrappedLabel(tr(NOT_ADVICE), "warning")
        self.note = WrappedLabel("", "warning")
        self.copy = QPushButton(tr("복사"))
        self.copy.setAccessibleName(tr("답을 근거와 함께 복사"))
        self.copy.setToolTip(tr("질문, 답, 근거를 글로 복사합니다."))
        self.copy.clicked.connect(self.copy_wanted)
        if copying_barred:
            lock(self.copy, copying_barred)
        self.again = QPushButton(tr("다시 묻기"))
        self.again.setToolTip(tr("같은 질문을 한 번 더 묻습니다."))
        self.again.clicked.connect(self.again_wanted)
        self.buttons = ButtonRow(theme, self.copy, self.again)
        self.passages = PassageList(theme)
        self.passages.opened.connect(self.opened)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(pixels(n) for n in (16, 12, 16, 12)))
        column.setSpacing(pixels(7))
        column.addWidget(self._number)
        column.addWidget(self.question)
        column.addWidget(self.carried)
        column.addLayout(steps)
        column.addWidget(self.ribbon)
        column.addWidget(self.draft)
        column.addWidget(self._answer)
        column.addWidget(self.refusal)
        column.addWidget(self.legal)
        column.addWidget(self.note)
        column.addWidget(self.passages)
        column.addWidget(self.buttons)
        theme.changed.connect(self._restyle)

    @property
    def turn(self) -> Asked:
        """What is shown."""
        return self._turn

    def show_turn(self, turn: Asked, step: str = "") -> None:
        """Take what is known now; `step` says what is being done, in words."""
        before, self._turn = self._turn, turn
        self.question.setText(turn.question)
        self.setAccessibleName(tr("질문: {question}").format(question=turn.question))
        self.carried.setText(tr("이어서 물은 주제: {subject}").format(subject=turn.carried) if turn.carried else "")
        self.carried.setVisible(bool(turn.carried))
        self._show_step(step)
        self.ribbon.setText(tr(BY_MODEL) if turn.by_model else tr(BY_RULE))
        self.ribbon.setVisible(bool(turn.sentences))
        if not turn.under_way:
            self.draft.setText("")
        self.draft.setVisible(turn.under_way and bool(self.draft.text()))
        if turn.sentences != before.sentences:
            self._show_sentences()
        self._answer.setVisible(bool(turn.sentences))
        self._show_refusal()
        self.legal.setVisible(turn.legal)
        self.note.setText(turn.note)
        self.note.setVisible(bool(turn.note))
        self.buttons.setVisible(not turn.under_way)
        self.copy.setVisible(turn.replied)
        unfolded = not turn.sentences
        if turn.passages != before.passages or bool(turn.sentences) != bool(before.sentences):
            self.passages.show_passages(turn.passages, unfolded)

    def show_step(self, step: str) -> None:
        """What is being done, in words; the time goes on."""
        if self._turn.under_way:
            self._show_step(step)

    def show_words(self, words: str) -> None:
        """The answer so far, which is not yet checked."""
        self.draft.setText(words)
        self.draft.setVisible(bool(words))

    # inside

    def _show_step(self, step: str) -> None:
        turn = self._turn
        self.status.setText(step or tr(STEPS.get(turn.state, "")))
        for widget in (self._sign, self.status):
            widget.setVisible(turn.under_way)
        self._restyle()

    def _show_refusal(self) -> None:
        turn = self._turn
        words = ""
        if turn.refused:
            words = f"{tr(REFUSAL)} {tr(NEAREST)}" if turn.passages else tr(NOTHING)
        elif not turn.under_way and not turn.replied and not turn.passages:
            words = tr(NO_PASSAGES)
        self.refusal.setText(words)
        self.refusal.setVisible(bool(words))

    def _show_sentences(self) -> None:
        while self._lines.count():
            item = self._lines.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.sentences, self.places = [], []
        known = {each: number for number, each in enumerate(self._turn.citations, start=1)}
        before: tuple[str, str] | None = None
        for number, sentence in enumerate(self._turn.sentences, start=1):
            quoted = (sentence.citations[0].source, sentence.citations[0].article) if sentence.verbatim else None
            row = SentenceRow(self._theme, number, sentence, known, named=quoted is not None and quoted == before)
            before = quoted
            row.opened.connect(self.opened)
            row.wanted.connect(self.wanted)
            self.sentences.append(row)
            self._lines.addWidget(row)
        sources = QWidget()
        column = QVBoxLayout(sources)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._lines.addWidget(sources)
        for each, number in known.items():
            where = place_words(each.source, each.article, each.page)
            place = PlaceButton(
                self._theme, f"[{number}] {where}", tr("근거 {number} 열기: {where}").format(number=number, where=where)
            )
            place.setAccessibleDescription(one_line(each.text))
            place.clicked.connect(lambda _checked=False, each=each: self.opened.emit(each))
            self.places.append(place)
            column.addWidget(place, 0, Qt.AlignmentFlag.AlignLeft)

    def _restyle(self) -> None:
        self._sign.setPixmap(self._theme.icon("wait", "accent").pixmap(self._theme.pixels(16)))
        self.copy.setIcon(self._theme.icon("copy"))

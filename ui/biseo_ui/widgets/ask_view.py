"""자료실에 묻기: a field for the question, and below each other what was asked and answered."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from biseo.asking import Citation
from biseo_ui.alerts import Alerts
from biseo_ui.ask_desk import AskDesk
from biseo_ui.ask_record import Asked, Passage, answer_words
from biseo_ui.i18n import tr
from biseo_ui.ime import ImeWatch
from biseo_ui.slices import Slices
from biseo_ui.theme import Theme
from biseo_ui.widgets.ask_card import STEPS, AskCard
from biseo_ui.widgets.ask_field import AskField
from biseo_ui.widgets.ask_start import AskStart
from biseo_ui.widgets.button_row import ButtonRow
from biseo_ui.widgets.elided_label import ElidedLabel
from biseo_ui.widgets.wrapped_label import WrappedLabel
from biseo_ui.work_clock import duration

FIRST = 12
"""So many turns of a conversation are shown before somebody asks for the older ones."""
SECOND_MS = 1000
WIDEST = 940
"""Pixels at 100 %: longer lines are hard to read."""
BRING_MS = 400
"""So long a turn is kept in view while its size settles."""


@dataclass(frozen=True)
class ShelfNews:
    """What the library holds now.

    Attributes:
        known: whether that is known yet.
        folders: how many folders it has.
        reading: its folders are being read.
        done, total: files that were read, of so many; 0 of 0 while they are counted.
    """

    known: bool = False
    folders: int = 0
    reading: bool = False
    done: int = 0
    total: int = 0


class AskView(QWidget):
    """Args:
        line: what stands above a draft that is copied.
        copying_barred: why nothing may be copied; empty where it may.

    Signals:
        citation_opened: path, start and stop in the text of the file, page (0 where it has none): what carries a
            sentence, or a passage that was found, is to be shown.
        place_opened: the same as a `Citation` or a `Passage`.
        passage_wanted: an `AnswerSentence` is wanted in the draft.
        folders_wanted: the folders of the library are wanted.
        copy_wanted: words for the clipboard.
    """

    citation_opened = Signal(str, int, int, int)
    place_opened = Signal(object)
    passage_wanted = Signal(object)
    folders_wanted = Signal()
    copy_wanted = Signal(str)

    def __init__(
        self, theme: Theme, ime: ImeWatch, desk: AskDesk, line: str, copying_barred: str = "",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._theme, self._ime, self.desk, self._line, self._barred = theme, ime, desk, line, copying_barred
        self._news = ShelfNews()
        self._first = 0
        self._said = 0
        self._since = 0.0
        self.cards: list[AskCard] = []
        self._old: list[AskCard] = []
        self._slices = Slices(self)
        self.alerts = Alerts(theme)
        self.field = AskField(theme, ime)
        self.start = AskStart(theme)
        self._second = QTimer(self)
        self._second.setInterval(SECOND_MS)
        self._second.timeout.connect(self._on_second)
        self._brought: AskCard | None = None
        self._bringing = QTimer(self)
        self._bringing.setSingleShot(True)
        self._bringing.setInterval(BRING_MS)
        self._bringing.timeout.connect(self._on_brought)
        self._make_parts()
        self._layout()
        self._connect()
        self._restyle()
        self.show_news(self._news)
        self._on_subject()
        self._on_shown()

    # what the window calls

    def show_news(self, news: ShelfNews) -> None:
        """What the library holds now."""
        self._news = news
        words = ""
        if news.known and not news.folders:
            words = tr("자료실에 폴더가 없어 물을 것이 없습니다.") if self.cards else ""
        elif news.reading:
            words = (
                tr("자료실을 읽는 중이라 읽은 것에서만 답합니다. ({done:,} / {total:,})").format(
                    done=news.done, total=news.total
                )
                if news.total
                else tr("자료실의 폴더를 살펴보는 중입니다. 지금까지 읽은 것에서만 답합니다.")
            )
        self.state.setText(words)
        self.state.setVisible(bool(words))
        self.start.show_state(news.known and not news.folders, self.desk.has_model)

    def escape(self) -> bool:
        """Esc: stop what is under way, or leave the question about deleting; whether there was either."""
        if self.desk.busy:
            self._stop()
            return True
        if not self.question.isHidden():
            self._on_kept()
            return True
        return False

    def forget(self) -> None:
        """Hold no word of what was asked."""
        self.alerts.clear()
        self.desk.forget()
        self._slices.stop()
        while self._old:
            self._drop(self._old.pop())
        self.field.clear()
        self.field.document().clearUndoRedoStacks()
        self.subject.setText("")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.send.setMinimumHeight(self.field.height_of(1))  # after the style sheet, which sets one of its own

    # keys

    def event(self, event: QEvent) -> bool:
        # Esc belongs to the window, unless there is something to stop here.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            here = self.desk.busy or not self.question.isHidden()
            if event.key() == Qt.Key.Key_Escape and here and not self._ime.composing:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self._ime.composing and self.escape():
            return
        super().keyPressEvent(event)

    # asking

    def _on_asked(self) -> None:
        if self.desk.busy:
            self.desk.ask(self.field.question() or ".")  # says that it is at work
        elif self.desk.ask(self.field.question()):
            self.field.clear()

    def _on_send(self) -> None:
        if self.desk.busy:
            self._stop()
        else:
            self._on_asked()
        self.field.setFocus()

    def _stop(self) -> None:
        self.desk.stop()
        self._say(tr("멈췄습니다."))

    def _on_began(self) -> None:
        self._since, self._said = time.monotonic(), 0
        self.alerts.clear("info", "warning", "ok")
        self._second.start()
        self._show_send()

    def _on_ended(self) -> None:
        self._second.stop()
        self._show_send()
        turn = self.desk.talk.turns[-1] if self.desk.talk.turns else None
        if turn is not None:
            self._say(_told(turn))
        if self.isVisible():
            self._bring(len(self.desk.talk.turns) - 1)

    def _on_words(self, number: int, words: str) -> None:
        from biseo.text.sentences import split_sentences

        card = self._card(number)
        if card is None:
            return
        card.show_words(words)
        whole = split_sentences(words)[:-1]  # the last one may still go on
        for span in whole[self._said :]:
            self._say(span.text)
        self._said = max(self._said, len(whole))

    def _on_second(self) -> None:
        number = len(self.desk.talk.turns) - 1
        card = self._card(number)
        if card is not None:
            card.show_step(self._step(self.desk.talk.turns[number]))

    def _step(self, turn: Asked) -> str:
        """What is being done, and since when."""
        if not turn.under_way:
            return ""
        words = self.desk.label or tr(STEPS[turn.state])
        passed = time.monotonic() - self._since
        if turn.state == "queued" or passed < 1:
            return words
        return tr("{words} · {time} 지남").format(words=words, time=duration(passed))

    # what is shown

    def _on_shown(self) -> None:
        """Another conversation is there."""
        self._slices.stop()
        self._on_brought()
        for card in self.cards:
            card.hide()
        self._old += self.cards
        self.cards = []
        self.question.hide()
        turns = self.desk.talk.turns
        self._first = max(0, len(turns) - FIRST)
        self._show_older()
        self._show_page()
        self._slices.start(self._fill(), then=lambda: self._bring(len(turns) - 1), failed=_raise)

    def _fill(self) -> Iterator[None]:
        while self._old:
            self._drop(self._old.pop())
            yield
        for number in range(self._first, len(self.desk.talk.turns)):
            self._add(number)
            yield

    def _on_added(self, number: int) -> None:
        if self._slices.busy:  # an old conversation is still being shown: its last turns are shown at once
            self._slices.stop()
            for left in range(self._first + len(self.cards), number):
                self._add(left)
        self._add(number)
        self._show_page()
        self._bring(number)

    def _add(self, number: int, at: int | None = None) -> None:
        card = AskCard(self._theme, number + 1, self._barred)
        card.opened.connect(self._on_opened)
        card.wanted.connect(self.passage_wanted)
        card.copy_wanted.connect(lambda: self._on_copy(card))
        # Not inside of the card's own signal: a long conversation is shown anew, without its oldest cards.
        card.again_wanted.connect(lambda: QTimer.singleShot(0, self, lambda: self.desk.ask(card.turn.question)))
        turn = self.desk.talk.turns[number]
        card.show_turn(turn, self._step(turn))
        if at is None:
            self.cards.append(card)
            self._column.insertWidget(self._column.count() - 1, card)  # above the room that is left
        else:
            self.cards.insert(at, card)
            self._column.insertWidget(at + 1, card)  # below the way to the older ones

    def _on_changed(self, number: int) -> None:
        card = self._card(number)
        if card is not None:
            turn = self.desk.talk.turns[number]
            if turn.under_way and turn.passages and not card.turn.passages:
                self._say(tr("대목 {count}개를 찾았습니다.").format(count=len(turn.passages)))
            card.show_turn(turn, self._step(turn))

    def _card(self, number: int) -> AskCard | None:
        at = number - self._first
        return self.cards[at] if 0 <= at < len(self.cards) else None

    def _on_older(self) -> None:
        """The turns before those that are shown."""
        first = max(0, self._first - FIRST)
        top = self.cards[0] if self.cards else None
        for number in range(self._first - 1, first - 1, -1):
            self._add(number, 0)
        self._first = first
        self._show_older()
        if top is not None:
            QTimer.singleShot(0, top, lambda: self.scroll.ensureWidgetVisible(top))

    def _show_older(self) -> None:
        self.older.setVisible(self._first > 0)
        self.older.setText(tr("앞의 질문 {count}개 더 보기").format(count=min(FIRST, self._first)))

    def _show_page(self) -> None:
        there = bool(self.desk.talk.turns)
        self.stack.setCurrentIndex(1 if there else 0)
        self.delete.setVisible(there)
        self.anew.setVisible(there)
        stays = tr("빈 화면에서 다시 묻습니다. 지금까지의 대화는 기록에 남습니다.")
        goes = tr("빈 화면에서 다시 묻습니다. 지금까지의 대화는 보관하지 않고 지웁니다.")
        self.anew.setToolTip(stays if self.desk.keeper.keeps else goes)
        self.show_news(self._news)

    def _bring(self, number: int) -> None:
        """Show a turn from its beginning, once it has its size."""
        self._brought = self._card(number)
        self._bringing.start()
        self._scroll_to_brought()

    def _scroll_to_brought(self) -> None:
        """From its beginning, or to its end where all of it can be seen; again when sizes have become others."""
        card = self._brought
        if card is not None:
            gap = self._theme.pixels(8)
            bottom = card.y() + card.height() + gap - self.scroll.viewport().height()
            self.scroll.verticalScrollBar().setValue(min(card.y() - gap, max(bottom, 0)))

    def _on_brought(self) -> None:
        """Long enough for the layout; or somebody scrolls."""
        self._bringing.stop()
        self._brought = None

    def _drop(self, card: AskCard) -> None:
        """A card whose words must not live on."""
        self._column.removeWidget(card)
        parts: list[QObject] = [card, *card.findChildren(QObject)]
        shiboken6.delete(card)
        for part in parts:
            vars(part).clear()

    # what is done with an answer

    def _on_opened(self, place: Citation | Passage) -> None:
        self.citation_opened.emit(place.source, place.start, place.stop, place.page or 0)
        self.place_opened.emit(place)

    def _on_copy(self, card: AskCard) -> None:
        self.copy_wanted.emit(answer_words(card.turn, self._line))

    # subject, deleting

    def _on_subject(self) -> None:
        subject = self.desk.subject
        self.subject.setText(tr("이어 묻는 주제: {subject}").format(subject=subject) if subject else "")
        self._follow.setVisible(bool(subject) and not self.desk.busy)

    def _ask_delete(self) -> None:
        self.question.show()
        self.keep.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_kept(self) -> None:
        self.question.hide()
        self.field.setFocus()

    def _on_sure(self) -> None:
        self.question.hide()
        self.desk.delete()
        self.field.setFocus()

    def _on_anew(self) -> None:
        if not self.desk.keeper.keeps:  # it would be gone
            self._ask_delete()
            return
        self.desk.start_anew()
        self.field.setFocus()

    def _on_dropped(self) -> None:
        self.desk.drop_subject()
        self.field.setFocus()

    def _say(self, words: str) -> None:
        """To a screen reader."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.field, words))

    # making

    def _make_parts(self) -> None:
        self.state = WrappedLabel("", "muted")
        self.send = QPushButton()
        self.send.setProperty("role", "primary")
        self.subject = ElidedLabel()
        self.subject.setProperty("role", "muted")
        self.drop = QPushButton(tr("주제 빼기"))
        self.drop.setToolTip(tr("다음 질문은 앞의 질문과 이어 보지 않습니다."))
        self.anew = QPushButton(tr("새 주제로 묻기"))
        self.delete = QPushButton(tr("대화 지우기"))
        self.delete.setToolTip(tr("지금까지 묻고 답한 것을 화면과 저장소에서 지웁니다."))
        for button in (self.drop, self.anew, self.delete):
            button.setProperty("role", "link")
        self.older = QPushButton()
        self.older.setProperty("role", "link")
        self.question = QFrame()
        self.question.setObjectName("message")
        self.question.setProperty("kind", "warning")
        self.sure = QPushButton(tr("지우기"))
        self.sure.setAccessibleName(tr("대화를 되살릴 수 없게 지우기"))
        self.keep = QPushButton(tr("그만두기"))
        inner = QVBoxLayout(self.question)
        inner.addWidget(WrappedLabel(tr("이 대화의 질문과 답을 모두 지웁니다. 지우면 되살릴 수 없습니다.")))
        inner.addWidget(ButtonRow(self._theme, self.keep, self.sure))
        self.question.hide()

    def _layout(self) -> None:
        pixels = self._theme.pixels
        turns = QWidget()
        turns.setObjectName("scrolled")
        self._column = QVBoxLayout(turns)
        self._column.setContentsMargins(*(pixels(n) for n in (12, 8, 12, 8)))
        self._column.setSpacing(pixels(10))
        self._column.addWidget(self.older, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(1)
        self.scroll = QScrollArea()
        self.scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll.setWidgetResizable(True)
        self.scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll.setAccessibleName(tr("묻고 답한 것"))
        self._turns = turns
        holder = QWidget()
        holder.setObjectName("scrolled")
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(turns, 1)
        line.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.scroll.setWidget(holder)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.start)
        self.stack.addWidget(self.scroll)
        top = QHBoxLayout()
        top.setContentsMargins(*(pixels(n) for n in (12, 6, 12, 0)))
        top.addWidget(self.state, 1)
        top.addStretch(0)
        top.addWidget(self.anew, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.delete, 0, Qt.AlignmentFlag.AlignTop)
        asking = QFrame()
        asking.setObjectName("actions")
        below = QVBoxLayout(asking)
        below.setContentsMargins(*(pixels(n) for n in (12, 8, 12, 10)))
        below.setSpacing(pixels(4))
        self._follow = QWidget()
        follow = QHBoxLayout(self._follow)
        follow.setContentsMargins(0, 0, 0, 0)
        follow.addWidget(self.subject, 1)
        follow.addWidget(self.drop)
        row = QHBoxLayout()
        row.addWidget(self.field, 1)
        row.addWidget(self.send, 0, Qt.AlignmentFlag.AlignBottom)
        below.addWidget(self._follow)
        below.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.alerts)
        column.addWidget(self.question)
        column.addWidget(self.stack, 1)
        column.addWidget(asking)
        self.setFocusProxy(self.field)

    def _connect(self) -> None:
        desk = self.desk
        desk.shown.connect(self._on_shown)
        desk.added.connect(self._on_added)
        desk.changed.connect(self._on_changed)
        desk.words.connect(self._on_words)
        desk.subject_changed.connect(self._on_subject)
        desk.began.connect(self._on_began)
        desk.ended.connect(self._on_ended)
        desk.ended.connect(self._on_subject)
        desk.told.connect(lambda kind, words, advice: self.alerts.tell(kind, words, advice))
        self.field.asked.connect(self._on_asked)
        self.send.clicked.connect(self._on_send)
        self.drop.clicked.connect(self._on_dropped)
        self.anew.clicked.connect(self._on_anew)
        self.delete.clicked.connect(self._ask_delete)
        self.sure.clicked.connect(self._on_sure)
        self.keep.clicked.connect(self._on_kept)
        self.older.clicked.connect(self._on_older)
        self.start.suggested.connect(self._on_suggested)
        self.start.folders_wanted.connect(self.folders_wanted)
        bar = self.scroll.verticalScrollBar()
        bar.rangeChanged.connect(self._scroll_to_brought)
        bar.actionTriggered.connect(self._on_brought)
        self._theme.changed.connect(self._restyle)

    def _on_suggested(self, words: str) -> None:
        self.field.setPlainText(words)
        self.field.selectAll()
        self.field.setFocus()

    def _show_send(self) -> None:
        busy = self.desk.busy
        self.send.setText(tr("멈춤") if busy else tr("묻기"))
        self.send.setToolTip(tr("답을 그만 씁니다. 찾은 대목은 남습니다. (Esc)") if busy else tr("묻습니다. (Enter)"))
        self.send.setIcon(self._theme.icon("stop" if busy else "search", "accent_text"))

    def _restyle(self) -> None:
        self._show_send()
        self._turns.setMaximumWidth(self._theme.pixels(WIDEST))
        self.send.setMinimumHeight(self.field.height_of(1))
        self.drop.setIcon(self._theme.icon("close", "accent"))
        self.anew.setIcon(self._theme.icon("add", "accent"))
        self.delete.setIcon(self._theme.icon("remove", "accent"))


def _told(turn: Asked) -> str:
    """What came of a question, for a screen reader."""
    if turn.sentences:
        return tr("답이 나왔습니다. 문장 {sentences}개, 근거 {cited}개.").format(
            sentences=len(turn.sentences), cited=len(turn.citations)
        )
    if turn.refused:
        return tr("자료실에서 답을 확인하지 못했습니다. 가까운 대목 {count}개.").format(count=len(turn.passages))
    return turn.note


def _raise(error: Exception) -> None:
    raise error

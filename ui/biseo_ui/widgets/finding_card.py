"""One finding with all that can be done about it: what, why, by which rule, and what would be right."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from biseo.document import MISSING, Finding, Settled
from biseo_ui.finding_kinds import KINDS, can_be_confirmed, can_be_hidden, is_hidden, kind_of
from biseo_ui.i18n import tr
from biseo_ui.theme import Theme
from biseo_ui.widgets.button_row import ButtonRow
from biseo_ui.widgets.reason_bar import ReasonBar
from biseo_ui.widgets.wrapped_label import WrappedLabel

TAKE_KEY, KEEP_KEY, TAKE_ALL_KEY = "Ctrl+.", "Ctrl+,", "Ctrl+Shift+."


class _Row(ButtonRow):
    """Gone where none of its buttons is shown."""

    def refresh(self) -> None:
        self.setVisible(any(not button.isHidden() for button in self._buttons))


class FindingCard(QFrame):
    """Empty and hidden without a finding. `reasons` asks why it is left.

    Signals:
        fixed: the correction is taken.
        fixed_all: the certain corrections of the same rule are wanted.
        kept: finding and reason: the text stays.
        confirmed: the official says that it is true.
        blanked: it becomes `[확인 필요]`.
        reopened: a finding that was set aside counts again.
        hidden: a placeholder takes the value's place, wherever it stands.
        hidden_all: the same for all personal data of the draft.
        shown: the value takes its placeholder's place again.
        shown_all: all values do.
    """

    fixed = Signal(object)
    fixed_all = Signal(object)
    kept = Signal(object, str)
    confirmed = Signal(object)
    blanked = Signal(object)
    reopened = Signal(object)
    hidden = Signal(object)
    hidden_all = Signal()
    shown = Signal(object)
    shown_all = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAccessibleName(tr("고른 확인할 곳"))
        self.finding: Finding | None = None
        self._shown: object = None
        self._message = WrappedLabel()
        self._where = WrappedLabel("", "muted")
        self._right = WrappedLabel()
        self._decided = WrappedLabel("", "muted")
        self.take = self._button(tr("고치기"), lambda: self.fixed.emit(self.finding))
        self.take_all = self._button(tr("같은 종류 모두 고치기"), lambda: self.fixed_all.emit(self.finding))
        self.confirm = self._button(tr("사실 확인함"), lambda: self.confirmed.emit(self.finding))
        self.confirm.setToolTip(tr("자료에는 없지만 사실임을 직접 확인했을 때 누릅니다. 검토 기록에 남습니다."))
        self.blank = self._button(tr("{missing}로").format(missing=MISSING), self._on_blank)
        self.blank.setAccessibleName(tr("{missing}로 바꾸기").format(missing=MISSING))
        self.blank.setToolTip(tr("지금 확인할 수 없으면 빈자리로 바꾸고 나중에 채웁니다."))
        self.keep = self._button(tr("그대로 두기"), self.ask_reason)
        self.keep.setToolTip(tr("까닭을 남기고 글을 그대로 둡니다. ({key})").format(key=KEEP_KEY))
        self.again = self._button(tr("다시 확인하기"), lambda: self.reopened.emit(self.finding))
        self.again.setToolTip(tr("그대로 두기로 한 것을 거두고 확인할 곳에 다시 넣습니다."))
        self.hide_value = self._button(tr("가리기 {key}").format(key=TAKE_KEY), lambda: self.hidden.emit(self.finding))
        self.hide_value.setProperty("role", "primary")
        self.hide_value.setAccessibleName(tr("가리기"))
        self.hide_value.setToolTip(
            tr("같은 값이 나오는 곳을 모두 [이름1]과 같은 표시로 바꿉니다. 언제든 다시 볼 수 있습니다. ({key})").format(
                key=TAKE_KEY
            )
        )
        self.hide_all = self._button(tr("개인정보 모두 가리기"), self.hidden_all)
        self.hide_all.setToolTip(
            tr("이 초안의 개인정보를 한꺼번에 가립니다. 그대로 두기로 한 것은 남깁니다. ({key})").format(
                key=TAKE_ALL_KEY
            )
        )
        self.show_value = self._button(
            tr("다시 보이기 {key}").format(key=TAKE_KEY), lambda: self.shown.emit(self.finding)
        )
        self.show_value.setAccessibleName(tr("다시 보이기"))
        self.show_value.setToolTip(
            tr("이 표시가 있는 곳에 원래 값을 모두 되돌려 놓습니다. ({key})").format(key=TAKE_KEY)
        )
        self.show_all = self._button(tr("모두 다시 보이기"), self.shown_all)
        self.show_all.setToolTip(tr("가려 둔 값을 모두 되돌려 놓습니다. ({key})").format(key=TAKE_ALL_KEY))
        self.reasons = ReasonBar(theme)
        self.reasons.given.connect(self._on_reason)
        self.reasons.closed.connect(self._on_reason_closed)
        self._theme = theme
        column = QVBoxLayout(self)
        pixels = theme.pixels
        column.setContentsMargins(pixels(10), pixels(8), pixels(10), pixels(8))
        column.setSpacing(pixels(5))
        for part in (self._message, self._where, self._right, self._decided):
            column.addWidget(part)
        buttons = (
            (self.hide_value, self.show_value, self.take, self.keep, self.again),
            (self.hide_all, self.show_all),
            (self.confirm, self.blank),
            (self.take_all,),
        )
        self._rows = [_Row(theme, *row) for row in buttons]
        for row in self._rows:
            column.addWidget(row)
        column.addWidget(self.reasons)
        self.hide()

    def show_finding(self, finding: Finding | None, alike: int = 0, settled: Settled | None = None) -> None:
        """Show it, or nothing.

        Args:
            alike: how many findings of its rule have a certain correction.
            settled: what the official decided on it.
        """
        if self._shown == (finding, alike, settled):
            return
        if finding != self.finding:
            self.reasons.hide()
        self._shown, self.finding = (finding, alike, settled), finding
        self.setVisible(finding is not None)
        if finding is None:
            return
        self._message.setText(finding.message)
        colour = "error" if finding.severity == "error" else "warning"
        self._message.setProperty("role", "" if is_hidden(finding) else colour)
        self._message.style().polish(self._message)
        kind = kind_of(finding)
        authority = finding.authority or (tr("자료와 대조") if kind in ("fact", "missing", "evidence") else "")
        self._where.setText(" · ".join(part for part in (tr(KINDS[kind]), authority) if part))
        open_, words = settled is None, " ".join(finding.text.split())
        self._right.setText(f"{words} → {finding.suggestion}" if finding.suggestion and words else finding.suggestion)
        self._right.setVisible(bool(finding.suggestion) and open_)
        self._decided.setVisible(not open_)
        if settled is not None:
            what = tr("사실로 확인함") if settled.confirmed else tr("그대로 둠")
            self._decided.setText(": ".join(part for part in (what, settled.reason) if part))
        self._show_buttons(finding, alike, open_)
        self.setAccessibleDescription(" ".join((finding.message, self._where.text(), self._right.text())))

    def _show_buttons(self, finding: Finding, alike: int, open_: bool) -> None:
        can_fix = bool(finding.suggestion and finding.text) and open_
        self.take.setVisible(can_fix)
        self.take.setProperty("role", "primary" if finding.certain else "")
        self.take.style().polish(self.take)
        self.take.setText(tr("고치기 {key}").format(key=TAKE_KEY) if finding.certain else tr("고치기"))
        self.take.setToolTip(finding.suggestion)
        self.take.setAccessibleDescription(finding.suggestion)
        self.take_all.setVisible(can_fix and finding.certain and alike > 1)
        self.take_all.setText(tr("같은 종류 {count}곳 모두 고치기").format(count=alike))
        fact = open_ and can_be_confirmed(finding)
        self.confirm.setVisible(fact)
        self.blank.setVisible(fact and bool(finding.text))
        private, hidden = open_ and can_be_hidden(finding), is_hidden(finding)
        self.hide_value.setVisible(private)
        self.hide_all.setVisible(private)
        self.show_value.setVisible(hidden)
        self.show_all.setVisible(hidden)
        self.keep.setVisible(open_ and not hidden)
        self.again.setVisible(not open_)
        for row in self._rows:
            row.refresh()

    def ask_reason(self) -> None:
        """Ask why the text stays as it is."""
        if self.finding is not None and not self.keep.isHidden():
            self.reasons.open()

    def _on_reason(self, reason: str) -> None:
        self.reasons.hide()
        if self.finding is not None:
            self.kept.emit(self.finding, reason)

    def _on_reason_closed(self) -> None:
        self.keep.setFocus()

    def _on_blank(self) -> None:
        self.blanked.emit(self.finding)

    def _button(self, words: str, slot: object) -> QPushButton:
        button = QPushButton(words)
        button.clicked.connect(slot)
        return button

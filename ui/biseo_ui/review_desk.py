"""The review of a draft: findings looked at and decided, proposals taken or left, and the completion."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from biseo.document import Draft, Finding
from biseo_ui.completion import Bar, bars_of, review_now
from biseo_ui.draft_session import DraftSession
from biseo_ui.finding_kinds import can_be_hidden, is_hidden
from biseo_ui.i18n import tr
from biseo_ui.proposals import Piece
from biseo_ui.widgets.completion_panel import CompletionPanel
from biseo_ui.widgets.draft_area import DraftArea
from biseo_ui.widgets.draft_text import Edit
from biseo_ui.widgets.proposal_panel import ProposalPanel
from biseo_ui.widgets.review_panel import ReviewPanel

CONFIRMED = "사실 확인함"
DONE = "검토를 마쳐 초안 표시를 뗐습니다."
REOPENED = "글을 고쳐 다시 초안이 되었습니다."


class ReviewDesk(QObject):
    """Wires the panels of the right region to the session and the page.

    Args:
        right: shows one of the panels.
        open_right: makes the right region visible.
        say: tells screen readers a sentence.
        private: what personal data stands in a draft, in words.
        grade_required: a draft without a security grade cannot be completed.
    """

    def __init__(
        self, session: DraftSession, area: DraftArea, right: QStackedWidget, review: ReviewPanel,
        proposals: ProposalPanel, completion: CompletionPanel, open_right: Callable[[], object],
        say: Callable[[str], object], private: Callable[[Draft], str], grade_required: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(right)
        self._session, self._area, self._right = session, area, right
        self.review, self.proposals, self.completion = review, proposals, completion
        self._open_right, self._say, self._private = open_right, say, private
        self._going, self._grade_required = False, grade_required
        self.current: Finding | None = None
        self._connect()

    def _connect(self) -> None:
        session, editor, card = self._session, self._area.editor, self.review.card
        editor.pointed.connect(self._on_pointed)
        self.review.finding_chosen.connect(self.go_to)
        self.review.offers.clicked.connect(self.show_proposals)
        card.fixed.connect(self.fix)
        card.fixed_all.connect(self.fix_alike)
        card.kept.connect(lambda finding, reason: session.dismiss(finding, reason, reason == tr(CONFIRMED)))
        card.confirmed.connect(lambda finding: session.dismiss(finding, tr(CONFIRMED), confirmed=True))
        card.blanked.connect(self.blank)
        card.reopened.connect(session.reopen)
        card.hidden.connect(self.hide)
        card.hidden_all.connect(self.hide_all)
        card.shown.connect(self.show_again)
        card.shown_all.connect(self.show_all_again)
        self.review.hidden.clicked.connect(self.show_all_again)
        self.proposals.pointed.connect(self._on_piece)
        self.proposals.closed.connect(lambda: self._show(self.review))
        session.proposals.changed.connect(self._on_proposals)
        session.offered.connect(self._on_offered)
        for way in (self._area.done, self.review.complete):
            way.clicked.connect(self.show_completion)
        self.completion.closed.connect(lambda: self._show(self.review))
        self.completion.completed.connect(self._on_completed)
        self.completion.withdrawn.connect(session.review.withdraw)
        self.completion.bar_chosen.connect(self._on_bar)
        session.history.changed.connect(self._on_words)
        session.review.changed.connect(self._on_review)
        session.review.reopened.connect(self._on_reopened)
        session.checks.idle.connect(self._refresh_completion)
        session.grade_changed.connect(self._refresh_completion)
        session.checks.idle.connect(self._look_for_private)
        panel = self._right.parentWidget() or self._right
        for keys, slot in ((QKeySequence.StandardKey.Undo, editor.undo), (QKeySequence.StandardKey.Redo, editor.redo)):
            self._shortcut(panel, keys, slot)

    def _shortcut(self, panel: QWidget, keys: QKeySequence.StandardKey, slot: Callable[[], object]) -> None:
        """Undo and redo work beside the page as well as on it."""
        shortcut = QShortcut(QKeySequence(keys), panel)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(lambda: slot() if not self._area.editor.locked else None)

    # what is shown

    def refresh(self) -> None:
        """Show sections, findings and marks as they are now."""
        session, editor = self._session, self._area.editor
        findings, settled = session.findings(), session.settled_findings()
        if self.current is not None and is_hidden(self.current):
            self.current = session.hiding.card(editor.textCursor().selectionStart())
        elif self.current not in findings and self.current not in settled:
            self.current = None
        self.review.show_state(list(session.states.values()), findings, session.writing, settled)
        self.review.show_hidden(session.hiding.count())
        editor.mark(findings, self.current)
        editor.mark_unfinished({name: str(session.states[name]) for name in session.unfinished})
        self._show_card()
        self._refresh_completion()

    def _show_card(self) -> None:
        finding = self.current
        if finding is None:
            self.review.show_card(None)
            return
        state = self._session.states.get(finding.section)
        settled = state.decision(finding) if state is not None else None
        self.review.show_card(finding, len(self._alike(finding)), settled)

    def show_review(self) -> None:
        """The list of findings."""
        self._show(self.review)

    def show_proposals(self) -> None:
        """What is proposed."""
        if self._session.proposals:
            self._show(self.proposals)
            self.proposals.list.setFocus()

    def show_completion(self) -> None:
        """The five points, and what bars the completion."""
        if self._session.has_draft:
            self._show(self.completion)
            self._refresh_completion()
            self._look_for_private()
            first = self.completion.points[0].box if not self._bars() else self.completion.back
            first.setFocus()

    def _show(self, panel: QWidget) -> None:
        self._right.setCurrentWidget(panel)
        self._open_right()

    # findings

    def step(self, way: int) -> None:
        """Go to the next (1) or previous (-1) finding, or piece of a proposal while these are shown."""
        if self._right.currentWidget() is self.proposals:
            self.proposals.step(way)
            return
        finding = self.review.step(way)
        if finding is not None:
            self._show(self.review)
            self.go_to(finding)

    def go_to(self, finding: Finding) -> None:
        """Show the finding on the page and on its card."""
        self._going = True
        self.current = finding
        editor = self._area.editor
        if editor.words_of(finding) is not None:
            editor.show_finding(finding)
        else:
            editor.show_words(finding.section, finding.start, finding.end)
        self._going = False
        self._show_card()
        self._open_right()
        self._say(f"{finding.text} {finding.message}".strip())

    def take(self) -> None:
        """Take the piece that is shown, or the certain correction of the current finding."""
        if self._right.currentWidget() is self.proposals:
            self.proposals.take_current()
        elif self.current is None:
            return
        elif is_hidden(self.current):
            self.show_again(self.current)
        elif not self.review.card.hide_value.isHidden():
            self.hide(self.current)
        elif self.current.certain and not self.review.card.take.isHidden():
            self.fix(self.current)

    def keep(self) -> None:
        """Leave the piece that is shown, or ask why the current finding is left."""
        if self._right.currentWidget() is self.proposals:
            self.proposals.leave_current()
        elif self.current is not None and not is_hidden(self.current):
            self._show(self.review)
            self.review.card.ask_reason()

    def take_all(self) -> None:
        """Take all pieces, or propose all certain corrections of the current finding's rule."""
        if self._right.currentWidget() is self.proposals:
            self.proposals.take_rest()
        elif self.current is None:
            return
        elif is_hidden(self.current):
            self.show_all_again()
        elif can_be_hidden(self.current):
            self.hide_all()
        elif self.current.certain:
            self.fix_alike(self.current)

    def keep_all(self) -> None:
        """Leave all pieces."""
        if self._right.currentWidget() is self.proposals:
            self.proposals.leave_rest()

    def fix(self, finding: Finding) -> None:
        """Put the suggestion where the words stand."""
        place = self._place(finding)
        if place is not None:
            section, start = place
            self._session.text.change_words([Edit(section, start, start + len(finding.text), finding.suggestion)])
            self._told(finding, len(finding.suggestion) - len(finding.text))

    def blank(self, finding: Finding) -> None:
        """Turn its words into `[확인 필요]`; the particle behind them is made right."""
        from biseo.checks.completion import to_missing

        place = self._place(finding)
        if place is None:
            return
        section, start = place
        words = self._session.text.section_text(section)
        end = start + len(finding.text)
        new = to_missing(words, replace(finding, start=start, end=end))
        same = 0  # characters at the end that stay
        while same < len(words) - end and new[-1 - same] == words[-1 - same]:
            same += 1
        self._session.text.change_words([Edit(section, start, len(words) - same, new[start : len(new) - same])])
        self._told(finding, len(new) - len(words))

    def fix_alike(self, finding: Finding) -> None:
        """Propose the certain corrections of that rule in the whole draft."""
        by_section: dict[str, list[Finding]] = {}
        for each in self._alike(finding):
            by_section.setdefault(each.section, []).append(each)
        session, texts = self._session, {}
        for section, findings in by_section.items():
            texts[section] = _corrected(session.text.section_text(section), findings)
        session.proposals.correct(texts, {name: session.states[name].title for name in texts})
        self.show_proposals()

    # personal data

    def hide(self, finding: Finding) -> None:
        """Put a placeholder in the place of the value, wherever in the draft it stands."""
        place = self._place(finding) if self._may_hide() else None
        if place is None:
            return
        section, start = place
        there = replace(finding, section=section, start=start, end=start + len(finding.text))
        self._told_hidden(self._session.hiding.hide(there))

    def hide_all(self) -> None:
        """The same for all personal data of the draft."""
        if self._may_hide():
            self._told_hidden(self._session.hiding.hide_all())

    def show_again(self, finding: Finding) -> None:
        """Put the value back wherever its placeholder stands."""
        if self._may_hide():
            self._told_shown(self._session.hiding.show(finding.text))

    def show_all_again(self) -> None:
        """Put all values back."""
        if self._may_hide():
            self._told_shown(self._session.hiding.show())

    def _may_hide(self) -> bool:
        if self._session.writing:
            self._area.alerts.tell(
                "info", tr("초안을 쓰는 동안에는 가리거나 다시 보일 수 없습니다."), tr("다 쓴 뒤에 해 주세요.")
            )
        return not self._session.writing

    def _told_hidden(self, count: int) -> None:
        if count:
            self._say(tr("{count}곳을 가렸습니다. Ctrl+Z로 되돌릴 수 있습니다.").format(count=count))
        self.refresh()

    def _told_shown(self, count: int) -> None:
        if count:
            self._say(tr("{count}곳을 다시 보였습니다.").format(count=count))
        self.refresh()

    def leave_place(self) -> bool:
        """Esc: close the question for a reason, or go back from another panel to the review; False in the review."""
        if self.review.card.reasons.dismiss():
            return True
        inside = self._right.isAncestorOf(QApplication.focusWidget() or self._right.window())
        if self._session.writing or not inside or self._right.currentWidget() is self.review:
            return False
        self._show(self.review)
        self.review.issues.setFocus()
        return True

    def _alike(self, finding: Finding) -> list[Finding]:
        return [f for f in self._session.findings() if f.rule == finding.rule and f.certain and f.suggestion and f.text]

    def _place(self, finding: Finding) -> tuple[str, int] | None:
        """Section and offset where its words stand now; told, and None, where they are gone."""
        cursor = self._area.editor.words_of(finding)
        words = cursor.selectedText().replace("\u2029", "\n").replace("\xa0", " ") if cursor is not None else ""
        place = self._session.text.offset_at(cursor.selectionStart()) if cursor is not None else None
        if place is None or words != finding.text:
            self._area.alerts.tell("info", tr("그동안 글이 바뀌어 고치지 않았습니다."), tr("다시 확인해 주세요."))
            return None
        return place

    def _told(self, finding: Finding, more: int) -> None:
        self._session.fixed(finding, more)
        self._say(tr("고쳤습니다: {old}").format(old=finding.text))

    def _on_pointed(self, position: int) -> None:
        if self._going or self._session.writing:
            return
        finding = self._session.hiding.card(position) or self._area.editor.finding_at(position)
        if finding is not None and finding != self.current and is_hidden(finding):
            self._say(finding.message)
        if finding != self.current:
            self.current = finding
            self._show_card()

    # proposals

    def _on_piece(self, piece: Piece) -> None:
        self._going = True
        self._area.editor.show_words(piece.section, piece.start, piece.end)
        self._going = False

    def _on_proposals(self) -> None:
        desk = self._session.proposals
        self.review.show_offers(len(desk.pieces()))
        if desk.writing and self._right.currentWidget() is self.review:
            self._show(self.proposals)
        elif not desk and self._right.currentWidget() is self.proposals:
            self._show(self.review)
        self._refresh_completion()

    def _on_offered(self, title: str) -> None:
        count = len(self._session.proposals.pieces())
        self._show(self.proposals)
        self._say(tr("{title} 절을 다시 썼습니다. 바꿀 곳이 {count}군데 있습니다.").format(title=title, count=count))

    # completion

    def _bars(self) -> list[Bar]:
        session = self._session
        bars = bars_of(session.states.values(), bool(session.proposals))
        if self._grade_required and not session.grade:
            bars.append(Bar(tr("보안 등급을 정하지 않았습니다."), grade=True))
        return bars

    def _refresh_completion(self) -> None:
        if self._right.currentWidget() is not self.completion:
            return
        session = self._session
        busy = tr("쓰기가 끝나면 검토를 마칠 수 있습니다.") if session.writing else ""
        if not busy and session.checks.busy:
            busy = tr("고친 글을 확인하고 있습니다. 잠시 기다려 주세요.")
        blanks = sum(finding.rule == "FACT_MISSING" for state in session.states.values() for finding in state.findings)
        self.completion.show_state(self._bars(), session.review.current, busy, blanks)

    def _look_for_private(self) -> None:
        if self._right.currentWidget() is self.completion and self._session.has_draft:
            self.completion.show_private(self._private(self._session.draft()))

    def _on_bar(self, bar: Bar) -> None:
        if bar.finding is not None:
            self._show(self.review)
            self.go_to(bar.finding)
        elif bar.section:
            self._area.editor.show_section(bar.section)
        elif bar.grade:
            self._area.grade.ask()
        else:
            self.show_proposals()

    def _on_completed(self) -> None:
        session = self._session
        if self._bars() or session.writing or session.checks.busy:
            self._refresh_completion()
            return
        session.review.complete(
            review_now(each for state in session.states.values() for each in state.settled.values())
        )
        self._area.alerts.tell("ok", tr(DONE), tr("이제 저장하거나 인쇄하면 최종본으로 나갑니다."))
        self._say(tr("검토를 마쳤습니다."))

    def _on_words(self) -> None:
        if self._session.review.current is None:
            self.completion.clear_ticks()
        self._refresh_completion()

    def _on_review(self, complete: bool) -> None:
        self._area.show_review(complete)
        self._area.alerts.drop(tr(REOPENED if complete else DONE))
        if not complete:
            self.completion.clear_ticks()
        self._refresh_completion()

    def _on_reopened(self) -> None:
        self._area.alerts.tell(
            "info",
            tr(REOPENED),
            tr("고친 것을 되돌리면(Ctrl+Z) 검토 완료도 돌아옵니다. 새 글은 다시 검토해 주세요."),
        )


def _corrected(text: str, findings: list[Finding]) -> str:
    """The text with those suggestions put in; of two that overlap the first."""
    parts, at = [], 0
    for finding in sorted(findings, key=lambda each: each.start):
        if finding.start >= at and text[finding.start : finding.end] == finding.text:
            parts += [text[at : finding.start], finding.suggestion]
            at = finding.end
    return "".join([*parts, text[at:]])

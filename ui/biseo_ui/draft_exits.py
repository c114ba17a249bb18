"""How a draft leaves the window: into a file, onto the clipboard, into an agency's form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from biseo.errors import PolicyError, UserFacingError
from biseo.policy import ADVICE, NO_GRADE, Policy
from biseo_ui.alerts import Alerts
from biseo_ui.dialogs.file_dialogs import FileDialogs
from biseo_ui.draft_session import DraftSession
from biseo_ui.file_name import file_name
from biseo_ui.i18n import tr
from biseo_ui.privacy_gate import Dress, PrivacyGate
from biseo_ui.widgets.form_view import FormView

DRAFT = "(초안)"
"""Behind the name that is offered for a file that is still a draft."""
_RULES = {"print": "printing", "copy": "clipboard"}


class DraftExits(QObject):
    """Everything passes the policy and the privacy gate; what is no final document says so in its name and on its page.

    Args:
        ask_grade: lets the official give the document its security grade.
    """

    def __init__(
        self, session: DraftSession, dialogs: FileDialogs, privacy: PrivacyGate, alerts: Alerts,
        policy: Policy | None = None, ask_grade: Callable[[], object] = lambda: None,
    ) -> None:  # fmt: skip
        super().__init__(session)
        self._session, self._dialogs, self._privacy, self._alerts = session, dialogs, privacy, alerts
        self._policy, self._ask_grade = policy or Policy(), ask_grade
        self._after_save: Callable[[], object] | None = None
        self.kept: Callable[[], bool] = lambda: False
        """Gives the draft to the store; whether it is found there again when it has gone from the page."""
        session.saved.connect(self._on_saved)
        session.save_failed.connect(self._on_save_failed)

    def save(self, then: Callable[[], object] | None = None, kind: str = "") -> None:
        """Ask for a file and write the draft into it; `then` is done once it is written. `kind` is offered first."""
        session = self._session
        if session.request is None or not session.has_draft or not self.may_leave("save"):
            return

        def choose(dress: Dress) -> None:
            name = self._name(kind, dress(session.draft()).title)  # a file's name tells as much as its words

            def chosen(path: Path, overwrite: bool) -> None:
                self._after_save = then  # only now: who cancels the dialog has asked for nothing
                session.save(path, overwrite, dress)

            self._dialogs.save_document(name, chosen)

        self._privacy.pass_draft(session.draft(), "save", choose)

    def copy(self) -> None:
        """Put the whole draft on the clipboard, as it would be written into a file."""
        if not self._session.has_draft or not self.may_leave("copy"):
            return
        from biseo_ui.draft_clipboard import copy_draft  # the writers are not needed at start

        def copy(dress: Dress) -> None:
            draft = dress(self._session.draft())
            copy_draft(draft)
            what = tr("문서 전체를 복사했습니다.") if draft.review else tr("초안 전체를 복사했습니다.")
            self._alerts.tell("ok", what, tr("한글이나 Word, 메일에 붙여 넣을 수 있습니다."))

        self._privacy.pass_draft(self._session.draft(), "copy", copy)

    def may_leave(self, way: str) -> bool:
        """Whether the policy lets the draft leave by `save`, `print` or `copy`; told where it does not."""
        try:
            if way == "save" and not self._policy.allows_any_format:
                raise PolicyError("policy-format", self._policy.reason("formats"), ADVICE)
            if way in _RULES:
                self._policy.require(_RULES[way])
            self._policy.require_grade(self._session.draft().grade)
        except PolicyError as error:
            action = (tr("등급 정하기"), self._ask_grade) if error.code == "policy-grade" else None
            self._alerts.tell("warning", error.message, error.advice, action)
            return False
        return True

    def forget_refusal(self) -> None:
        """The document has its grade now."""
        self._alerts.drop(NO_GRADE)

    def with_draft_settled(self, then: Callable[[], object]) -> None:
        """Do `then` once the draft is kept, saved, or may be dropped; not at all when the official says no."""
        if self.kept() or not self._session.dirty:
            then()
            return
        answer = self._dialogs.ask_unsaved()
        if answer == "discard":
            then()
        elif answer == "save":
            self.save(then)

    def known_values(self, form: FormView) -> dict[str, str]:
        """What the draft and its form say, by the name that a field of an agency's form may have, too."""
        values = form.values()
        known: dict[str, str] = {}
        for field in form.task.fields if form.task is not None else ():
            value = values.get(field.id)
            if isinstance(value, str) and value not in field.choices[:1]:  # a choice left as it was says nothing
                known[field.label] = value
        if self._session.has_draft and self._session.request is not None:
            draft = self._session.with_values()
            for section in draft.sections:
                if section.text.strip():
                    known[section.title] = section.text
            known |= {"제목": draft.title, "문서요지": draft.summary, "키워드": ", ".join(draft.keywords)}
        return {name: words for name, words in known.items() if words.strip()}

    def _name(self, kind: str, title: str) -> str:
        """The name that is offered: the one chosen before, or the title; only a draft is called one."""
        session = self._session
        assert session.request is not None
        if session.file is not None:
            name = session.file.name
            if session.review.current is not None:
                name = name.replace(DRAFT, "")
            return f"{name.removesuffix(session.file.suffix)}.{kind}" if kind else name
        name = file_name(title, session.request.task.title)
        if session.review.current is None:
            name += DRAFT
        return f"{name}.{kind}" if kind else name

    def _on_saved(self, path: Path) -> None:
        self._alerts.clear("error")
        self._alerts.tell("ok", tr("저장됨: {path}").format(path=path))
        then, self._after_save = self._after_save, None
        if then is not None:
            then()

    def _on_save_failed(self, error: UserFacingError) -> None:
        self._after_save = None
        self._alerts.show_error(error)

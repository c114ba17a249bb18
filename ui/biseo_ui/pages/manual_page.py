"""The page where check lists and quiz sheets are made of manuals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QPushButton, QWidget

from biseo.document import Document, Draft, Grade
from biseo_ui.extract_desk import Extracted
from biseo_ui.extract_rows import ExtractRow, rows_of_manual
from biseo_ui.i18n import tr
from biseo_ui.pages.extract_page import ExtractPage
from biseo_ui.widgets.field_editors import ArrowBox

if TYPE_CHECKING:
    from biseo.manuals.action import Action
    from biseo.manuals.checklist import Manual

COUNTS = (10, 20, 30, 50)
FEWER = "답이 하나로 정해지는 문제가 {count}개뿐이어서 그만큼만 만들었습니다."
NONE = "고른 줄로는 답이 하나로 정해지는 문제를 만들지 못했습니다."


class ManualPage(ExtractPage):
    """행동 점검표 and 숙지 문제지, from what manuals say."""

    TASK = "manual"
    TITLE = "매뉴얼 점검표와 문제지"
    EMPTY = "매뉴얼 파일이나 매뉴얼이 든 폴더를 골라 주세요."
    ABOUT = (
        "매뉴얼에서 해야 할 일을 담당과 단계별로 찾아 점검표로 저장하고, 숙지 훈련에 쓸 문제지와 정답지를 만듭니다. "
        "언어 모델 없이 규칙으로 찾으며, 항목마다 매뉴얼의 조와 쪽을 적습니다."
    )
    BUSY = "매뉴얼을 읽는 중"
    COLUMNS = ("할 일", "담당", "단계·시기", "근거")
    SHARES = (46, 18, 14, 22)
    FILTERS = (("담당으로 거르기", "모든 담당"), ("단계로 거르기", "모든 단계"))

    @staticmethod
    def find(documents: Sequence[Document], names: Sequence[str]) -> tuple[Any, tuple[ExtractRow, ...]]:
        from biseo.manuals.checklist import read_manuals

        manual = read_manuals(documents, names)
        return manual, rows_of_manual(manual)

    def leaving(self) -> tuple[QPushButton, ...]:
        if not hasattr(self, "checklist"):
            self.quiz = QPushButton(tr("문제지 저장"))
            self.quiz.setToolTip(tr("문제지와 정답지를 파일 두 개로 저장합니다. 누를 때마다 다른 문제를 냅니다."))
            self.quiz.clicked.connect(self.save_quiz)
            self.checklist = QPushButton(tr("점검표 저장"))
            self.checklist.setToolTip(tr("넣기로 고른 줄을 점검표로 저장합니다. (Ctrl+S)"))
            self.checklist.setProperty("role", "primary")
            self.checklist.clicked.connect(self.save)
        return self.quiz, self.checklist

    def settings(self) -> tuple[QWidget, ...]:
        self._seed = 0
        self.grouping = ArrowBox(self._theme)
        self.grouping.setAccessibleName(tr("점검표를 묶는 기준"))
        for words, kind in (("점검표를 담당별로", "role"), ("점검표를 단계별로", "stage")):
            self.grouping.addItem(tr(words), kind)
        self.grouping.setMinimumContentsLength(12)
        self.count = ArrowBox(self._theme)
        self.count.setAccessibleName(tr("문제의 수"))
        for count in COUNTS:
            self.count.addItem(tr("문제 {count}개").format(count=count), count)
        return self.grouping, self.count

    def counted(self, found: Extracted) -> str:
        manual: Manual = found.result
        if not found.rows:
            return tr("문서에서 해야 할 일을 적은 항목을 찾지 못했습니다.")
        return tr("파일 {files}개에서 할 일 {count}건을 찾았습니다. 담당이 드러나지 않은 것은 {open}건입니다.").format(
            files=len(found.names), count=len(found.rows), open=sum(not action.roles for action in manual.actions)
        )

    def save(self) -> None:
        """Ctrl+S: the check list of the rows that are ticked."""
        if self.desk.result is None:
            return
        manual, kept, grouping = self._manual(), self._kept(), self.grouping.currentData()
        grade: Grade = self._grade

        def drafts() -> Sequence[Draft]:
            from biseo.manuals.paper import checklist_draft

            return (checklist_draft(kept, manual.sources, grouping, grade),)

        self.leave("manual_checklist", drafts)

    def save_quiz(self) -> None:
        """The quiz sheet and its answers, of the rows that are ticked; another one every time."""
        if self.desk.result is None:
            return
        from biseo.manuals.paper import quiz_drafts
        from biseo.manuals.quiz import make_quiz

        manual, kept, seed = self._manual(), self._kept(), self._seed
        count, grade = int(self.count.currentData()), self._grade
        whole = len(kept) == len(manual.actions)
        self._seed += 1

        def drafts() -> Sequence[Draft]:
            from biseo.errors import InputFileError

            steps = manual.steps if whole else ()
            questions = make_quiz(kept, steps, count, seed, sentences=manual.sentences)
            if not questions:
                raise InputFileError("no-questions", NONE, "숫자나 담당이 적힌 줄을 더 넣어 주세요.")
            self._made = len(questions)
            return quiz_drafts(questions, manual.sources, grade)

        self.leave("manual_quiz", drafts)

    def _on_saved(self, task: str, path: Any) -> None:
        super()._on_saved(task, path)
        if task == "manual_quiz" and self._made < int(self.count.currentData()):
            self.alerts.tell("info", tr(FEWER).format(count=self._made), tr("줄을 더 넣으면 문제가 늘어납니다."))

    def _manual(self) -> Manual:
        assert self.desk.result is not None
        manual: Manual = self.desk.result.result
        return manual

    def _kept(self) -> tuple[Action, ...]:
        actions = self._manual().actions
        return tuple(actions[row.key[0]] for row in self.model.kept())

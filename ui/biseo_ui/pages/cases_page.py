"""The page where a table of what other cities do is made of files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QPushButton

from biseo.document import Document, Draft, Grade
from biseo_ui.extract_desk import Extracted
from biseo_ui.extract_rows import ExtractRow, rows_of_cases
from biseo_ui.i18n import tr
from biseo_ui.pages.extract_page import ExtractPage

if TYPE_CHECKING:
    from biseo.cases.case import Case, CaseTable, Part


class CasesPage(ExtractPage):
    """도시 사례 비교표: city, content, budget and lesson, from what files say."""

    TASK = "cases"
    TITLE = "도시 사례 비교표"
    EMPTY = "도시 사례가 적힌 파일이나 폴더를 골라 주세요."
    ABOUT = (
        "파일에서 도시마다 하는 일과 예산, 파일에 적힌 시사점을 찾아 비교표로 저장합니다. 언어 모델 없이 규칙으로 "
        "찾으며, 칸마다 원문과 쪽을 적고, 파일에 없는 내용은 [확인 필요]로 둡니다."
    )
    BUSY = "사례 파일을 읽는 중"
    COLUMNS = ("옮긴 말", "도시", "칸", "근거")
    SHARES = (50, 18, 10, 22)
    FILTERS = (("도시로 거르기", "모든 도시"), ("칸으로 거르기", "모든 칸"))

    @staticmethod
    def find(documents: Sequence[Document], names: Sequence[str]) -> tuple[Any, tuple[ExtractRow, ...]]:
        from biseo.cases.finding import read_cases

        table = read_cases(documents, names)
        return table, rows_of_cases(table)

    def leaving(self) -> tuple[QPushButton, ...]:
        if not hasattr(self, "sheet"):
            self.sheet = QPushButton(tr("비교표 저장"))
            self.sheet.setToolTip(tr("넣기로 고른 줄을 비교표로 저장합니다. (Ctrl+S)"))
            self.sheet.setProperty("role", "primary")
            self.sheet.clicked.connect(self.save)
        return (self.sheet,)

    def counted(self, found: Extracted) -> str:
        table: CaseTable = found.result
        if not found.rows:
            return tr("파일에서 도시의 사례를 찾지 못했습니다.")
        words = tr("파일 {files}개에서 도시 {count}곳의 사례를 찾았습니다.").format(
            files=len(found.names), count=len(table.cases)
        )
        if table.mentioned:
            named = ", ".join(case.city for case in table.mentioned[:5])
            words += " " + tr("이름만 나온 도시: {named}").format(named=named)
        return words

    def save(self) -> None:
        """Ctrl+S: the table of the rows that are ticked."""
        if self.desk.result is None:
            return
        table: CaseTable = self.desk.result.result
        keys = {row.key for row in self.model.kept()}
        grade: Grade = self._grade

        def drafts() -> Sequence[Draft]:
            from biseo.cases.paper import cases_draft

            cases = [_only(case, number, keys) for number, case in enumerate(table.cases)]
            told = [case for case in cases if case.content or case.budget or case.lesson]
            return (cases_draft(told, table.sources, grade),)

        self.leave("city_cases", drafts)


def _only(case: Case, number: int, keys: set[tuple[int, ...]]) -> Case:
    """A case with those of its statements that are ticked."""

    def kept(place: int, parts: tuple[Part, ...]) -> tuple[Part, ...]:
        return tuple(part for at, part in enumerate(parts) if (number, place, at) in keys)

    return replace(case, content=kept(0, case.content), budget=kept(1, case.budget), lesson=kept(2, case.lesson))

"""Check lists and quiz sheets as documents that the writers can write."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from biseo.citation import Citation
from biseo.document import Draft, Evidence, Grade, Section
from biseo.manuals.action import NO_ROLE, NO_STAGE, Action
from biseo.manuals.checklist import by_role, by_stage
from biseo.manuals.quiz import KIND_NAMES, Question

Grouping = Literal["role", "stage"]
_HEAD = ("□", "할 일", "시기", "근거", "확인자", "시각")


def checklist_draft(
    actions: Sequence[Action], sources: Sequence[str], grouping: Grouping = "role", grade: Grade = ""
) -> Draft:
    """A check list: a table for each role (or stage) with a box to tick, the place in the manual, and room to sign."""
    groups = by_role(actions) if grouping == "role" else by_stage(actions)
    about = Section("about", "", _about(sources), "rule", heading=False)
    sections = [about]
    for number, (name, group) in enumerate(groups.items(), 1):
        column = "단계·시기" if grouping == "role" else "담당·시기"
        rows: list[tuple[str, ...]] = [(_HEAD[0], _HEAD[1], column, *_HEAD[3:])]
        rows += [_row(action, name, grouping) for action in group]
        words = "\n".join("\t".join(row) for row in rows)
        evidence = tuple(_evidence(action.citation) for action in group)
        sections.append(
            Section(
                f"group-{number}", f"{name} ({len(group)}건)", words, "rule", evidence, rows=tuple(rows), header_rows=1
            )
        )
    title = "역할별 행동 점검표" if grouping == "role" else "단계별 행동 점검표"
    return Draft("manual_checklist", "plain", title, tuple(sections), grade=grade, by_rule=True)


def _about(sources: Sequence[str]) -> str:
    named = ", ".join(sources)
    return (
        f"매뉴얼: {named}\n매뉴얼의 문장을 규칙에 따라 그대로 옮긴 점검표입니다. "
        f"'{NO_ROLE}'은 매뉴얼에 담당이 드러나지 않은 항목입니다."
    )


def _row(action: Action, group: str, grouping: Grouping) -> tuple[str, ...]:
    if grouping == "role":
        when = ["·".join(action.stages)] if action.stages else []
        others = [role for role in action.roles if role != group]
        text = action.text + (f" (함께: {', '.join(others)})" if others else "")
    else:
        when = ["·".join(action.roles) or NO_ROLE]
        text = action.text
    if action.helpers:
        text += f" (협조: {', '.join(action.helpers)})" if "협조" not in action.text else ""
    if action.timing:
        when.append(action.timing)
    places = "\n".join(str(place) for place in (action.citation, *action.also))
    return ("□", text, "\n".join(when) or ("–" if grouping == "role" else NO_STAGE), places, "", "")


def _evidence(citation: Citation) -> Evidence:
    return Evidence(citation.source, citation.page, " ".join(citation.text.split()))


def quiz_drafts(questions: Sequence[Question], sources: Sequence[str], grade: Grade = "") -> tuple[Draft, Draft]:
    """The sheet of questions and, apart from it, the sheet of answers with the places in the manual."""
    head = f"매뉴얼: {', '.join(sources)}\n이름:                    점수:        / {len(questions)}"
    sheet = (
        Section("about", "", head, "rule", heading=False),
        *(
            Section(
                f"question-{number}",
                f"문제 {number} ({KIND_NAMES[question.kind]})",
                "\n".join([question.prompt, *question.lines]),
                "rule",
            )
            for number, question in enumerate(questions, 1)
        ),
    )
    rows = [("번호", "정답", "매뉴얼의 문장", "근거")]
    rows += [
        (str(number), question.answer, " ".join(question.citation.text.split()), str(question.citation))
        for number, question in enumerate(questions, 1)
    ]
    words = "\n".join("\t".join(row) for row in rows)
    evidence = tuple(_evidence(question.citation) for question in questions)
    answers = Section("answers", "정답과 근거", words, "rule", evidence, rows=tuple(rows), header_rows=1)
    return (
        Draft("manual_quiz", "plain", "매뉴얼 숙지 문제지", sheet, grade=grade, by_rule=True),
        Draft("manual_quiz_answers", "plain", "매뉴얼 숙지 문제지 – 정답", (answers,), grade=grade, by_rule=True),
    )

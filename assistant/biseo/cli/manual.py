"""`biseo manual`: check lists and quiz sheets from manuals. No model."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

from biseo.cli.arguments import Arguments
from biseo.cli.console import Console
from biseo.cli.gathered import citation_data, gathered, unread_data
from biseo.cli.options import telling_of_force
from biseo.cli.privacy import guarded_draft
from biseo.document import Draft
from biseo.errors import InputFileError, UsageError
from biseo.gathering import Gathered
from biseo.manuals.action import NO_ROLE, Action
from biseo.manuals.checklist import Manual, chosen, read_manuals
from biseo.manuals.paper import checklist_draft, quiz_drafts
from biseo.manuals.quiz import KIND_NAMES, Question, make_quiz
from biseo.policy import Policy
from biseo.writers import check_target, write_document


def run_manual(arguments: Arguments, console: Console, cancel: Event, policy: Policy) -> int:
    """Make a check list or a quiz from manuals.

    Raises:
        UserFacingError: with what happened and what to do.
        Cancelled: the user stopped it.
    """
    targets = _targets(arguments, policy)
    if not targets or console.as_json:  # what is printed can be put into a file by any shell
        policy.require_format("txt")
    found = gathered(arguments.files, console, cancel)
    manual = read_manuals(found.documents, found.names)
    actions = chosen(manual.actions, arguments.role, arguments.stage)
    if not actions:
        raise _nothing(manual)
    if arguments.action == "checklist":
        drafts: tuple[Draft, ...] = (
            checklist_draft(actions, manual.sources, "stage" if arguments.by == "stage" else "role", arguments.grade),
        )
        data = _checklist_data(manual, actions)
        words = _checklist_words(manual, actions)
    else:
        steps = () if arguments.role or arguments.stage else manual.steps
        questions = make_quiz(actions, steps, arguments.count, arguments.seed, sentences=manual.sentences)
        if not questions:
            raise InputFileError(
                "no-questions",
                "이 매뉴얼에서는 답이 하나로 정해지는 문제를 만들지 못했습니다.",
                "숫자나 담당이 적힌 문장이 더 있는 매뉴얼을 골라 주세요.",
            )
        if len(questions) < arguments.count:
            console.note(f"답이 하나로 정해지는 문제가 {len(questions)}개뿐이어서 그만큼만 만들었습니다.")
        drafts = quiz_drafts(questions, manual.sources, arguments.grade)
        data, words = _quiz_data(questions), _quiz_words(questions)
    guarded, private = [], []
    for draft in drafts:
        clean, told = guarded_draft(draft, found.documents, arguments.mask, policy, console)
        guarded.append(clean)
        private.append(told)
    if private[0]["masked"] and arguments.out is None:
        words = "\n".join(section.text for draft in guarded for section in draft.sections)
    saved: list[Path] = []
    with telling_of_force():
        for target in targets:
            check_target(target, overwrite=arguments.force)
        for draft, target in zip(guarded, targets, strict=False):
            saved.append(write_document(draft, target, overwrite=arguments.force))
    data |= _common(found, saved, private[0])
    if any(told["masked"] for told in private):
        data = _masked_data(data, guarded)
    console.result(
        data, "\n".join([_count_words(data), *(f"저장했습니다: {path}" for path in saved)]) if saved else words
    )
    return 0


def _targets(arguments: Arguments, policy: Policy) -> tuple[Path, ...]:
    """Where the documents go; the answers beside the questions, with `_정답` in their name."""
    if arguments.out is None:
        return ()
    policy.require_format(arguments.out.suffix)
    policy.require_grade(arguments.grade, "--grade C, --grade S, --grade O 가운데 하나를 붙여 주세요.")
    if arguments.action == "checklist":
        return (arguments.out,)
    return (arguments.out, arguments.out.with_name(f"{arguments.out.stem}_정답{arguments.out.suffix}"))


def _nothing(manual: Manual) -> InputFileError | UsageError:
    if manual.actions:
        return UsageError(
            "no-such-actions",
            "이 담당과 단계에 맞는 항목이 없습니다.",
            f"담당: {', '.join(manual.roles)}. 단계: {', '.join(manual.stages)}.",
        )
    return InputFileError(
        "no-actions",
        "문서에서 해야 할 일을 적은 항목을 찾지 못했습니다.",
        "매뉴얼이나 지침 파일이 맞는지 확인해 주세요.",
    )


def _common(found: Gathered, saved: list[Path], private: dict[str, Any]) -> dict[str, Any]:
    return {
        "sources": list(found.names),
        "unread": unread_data(found),
        "personal_data": private,
        "out": [str(path) for path in saved],
    }


def _checklist_data(manual: Manual, actions: tuple[Action, ...]) -> dict[str, Any]:
    kept = replace(manual, actions=actions)
    return {
        "roles": list(kept.roles),
        "stages": list(kept.stages),
        "items": [
            {
                "text": action.text,
                "roles": list(action.roles),
                "helpers": list(action.helpers),
                "stages": list(action.stages),
                "timing": action.timing,
                "citation": citation_data(action.citation),
                "also": [citation_data(also) for also in action.also],
            }
            for action in actions
        ],
    }


def _masked_data(data: dict[str, Any], drafts: list[Draft]) -> dict[str, Any]:
    """The result with the masked document instead of the manual's own words."""
    kept = {key: value for key, value in data.items() if key not in ("items", "questions")}
    sections = [
        {"title": section.title, "text": section.text, "rows": [list(row) for row in section.rows]}
        for draft in drafts
        for section in draft.sections
    ]
    return kept | {"sections": sections}


def _checklist_words(manual: Manual, actions: tuple[Action, ...]) -> str:
    lines = [f"{len(actions)}건"]
    for role in replace(manual, actions=actions).roles:
        lines.append(f"\n[{role}]")
        for action in actions:
            if role in (action.roles or (NO_ROLE,)):
                when = " ".join(filter(None, ("·".join(action.stages), action.timing)))
                lines.append(f"□ {action.text}{f' [{when}]' if when else ''}\n    {action.citation}")
    return "\n".join(lines)


def _quiz_data(questions: tuple[Question, ...]) -> dict[str, Any]:
    return {
        "questions": [
            {
                "kind": question.kind,
                "prompt": question.prompt,
                "lines": list(question.lines),
                "answer": question.answer,
                "citation": citation_data(question.citation),
            }
            for question in questions
        ]
    }


def _quiz_words(questions: tuple[Question, ...]) -> str:
    lines = []
    for number, question in enumerate(questions, 1):
        lines.append(f"{number}. ({KIND_NAMES[question.kind]}) {question.prompt}")
        lines += [f"   {line}" for line in question.lines]
    lines.append("\n[정답]")
    lines += [f"{number}. {one.answer}  – {one.citation}" for number, one in enumerate(questions, 1)]
    return "\n".join(lines)


def _count_words(data: dict[str, Any]) -> str:
    if "questions" in data:
        return f"문제 {len(data['questions'])}개를 만들었습니다."
    return f"할 일 {len(data['items'])}건을 옮겼습니다." if "items" in data else "개인정보를 가려 옮겼습니다."

"""Quiz sheets: every answer is in the manual, and nothing else in the manual answers the question as well."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from biseo.document import Block, Document
from biseo.manuals.checklist import Manual, read_manuals
from biseo.manuals.facts_of import same_value
from biseo.manuals.paper import checklist_draft, quiz_drafts
from biseo.manuals.quiz import Question, make_quiz
from biseo.readers import read_document
from biseo.readers.plain import read_plain
from biseo.writers import write_document

LABELLED = Path(__file__).parent / "labelled"
NAMES = ("disaster.md", "festival.md", "complaint.md", "wildfire.md")


@pytest.fixture(scope="module")
def manual() -> Manual:
    documents = [read_plain(str(LABELLED / name), "md") for name in NAMES]
    return read_manuals(documents, NAMES)


def _quiz(manual: Manual, count: int, seed: int = 0) -> tuple[Question, ...]:
    return make_quiz(manual.actions, manual.steps, count, seed, sentences=manual.sentences)


def test_the_same_seed_gives_the_same_sheet_and_another_another(manual: Manual) -> None:
    assert _quiz(manual, 12, 5) == _quiz(manual, 12, 5)
    assert _quiz(manual, 12, 5) != _quiz(manual, 12, 6)


def test_all_kinds_and_no_sentence_twice(manual: Manual) -> None:
    questions = _quiz(manual, 20)
    assert len(questions) == 20
    assert {question.kind for question in questions} == {"blank", "ox", "choice", "order"}
    spans = sorted((one.citation.path, one.citation.start, one.citation.stop) for one in questions)
    for (path, _, stop), (other, start, _) in pairwise(spans):
        assert path != other or stop <= start


@pytest.mark.parametrize("seed", range(8))
def test_answers_come_from_the_cited_sentence(manual: Manual, seed: int) -> None:
    for question in _quiz(manual, 60, seed):
        sentence = " ".join(question.citation.text.split())
        if question.kind == "blank":
            gap = question.lines[0]
            assert question.answer in sentence
            assert question.answer not in gap
        elif question.kind == "choice":
            sign, answer = question.answer.split(" ", 1)
            assert f"{sign} {answer}" in question.lines[-1]
            assert question.lines[-1].count(answer) == 1
        elif question.kind == "ox" and question.answer == "O":
            assert sentence in question.lines[0]
        elif question.kind == "ox":
            assert sentence not in question.lines[0]
            wrong, right = question.answer.removeprefix("X (").removesuffix(")").split(" → ")
            assert wrong in question.lines[0]
            assert right in sentence


def _manual(*lines: str) -> Manual:
    blocks = tuple(Block("item", f"- {line}") for line in lines)
    return read_manuals([Document("지침.txt", "txt", "", None, blocks)], ["지침.txt"])


def test_a_figure_that_another_sentence_gives_differently_is_never_asked() -> None:
    manual = _manual(
        "상황실장은 피해 현황을 30분 이내에 본부장에게 보고한다.",
        "상황실장은 피해 현황을 1시간 이내에 본부장에게 보고한다.",
    )
    assert not [one for one in _quiz(manual, 20) if "피해 현황을 (" in one.lines[0]]


def test_a_wrong_option_is_not_another_spelling_of_the_right_one() -> None:
    assert same_value("60 분", "1 시간")
    assert same_value("7 일", "1 주")
    assert not same_value("60 분", "1 분")
    manual = _manual(
        "상황실장은 피해를 60분 이내에 보고한다.",
        "도로과장은 장비를 1시간 이내에 보낸다.",
        "홍보과장은 문자를 2시간 이내에 발송한다.",
        "보건소장은 약품을 3시간 이내에 배부한다.",
        "총무과장은 인력을 4시간 이내에 소집한다.",
    )
    for seed in range(10):
        for question in _quiz(manual, 10, seed):
            if question.kind == "choice" and "분" in question.answer:
                assert "1시간" not in question.lines[-1]


def test_two_roles_that_share_the_work_are_no_options() -> None:
    manual = _manual(
        "상황실장은 안내 방송으로 주민에게 대피를 알린다.",
        "이장은 안내 방송으로 주민에게 대피를 알린다.",
        "도로과장은 장비를 보낸다.",
        "홍보과장은 문자를 발송한다.",
        "보건소장은 약품을 배부한다.",
    )
    for seed in range(10):
        assert not [one for one in _quiz(manual, 10, seed) if "안내 방송" in one.lines[0] and one.answer != "O"]


def test_too_few_facts_give_fewer_questions() -> None:
    assert len(_quiz(_manual("주변을 정리한다."), 10)) == 0


@pytest.mark.parametrize("suffix", [".docx", ".hwpx", ".md", ".txt"])
def test_sheets_are_written_and_read_back(manual: Manual, tmp_path: Path, suffix: str) -> None:
    checklist = checklist_draft(manual.actions, manual.sources)
    path = write_document(checklist, tmp_path / f"점검표{suffix}")
    text = read_document(path).text
    packed = "".join(text.split())
    for action in manual.actions:
        bare = "".join(action.text.split()).replace("*", "")
        assert bare in packed.replace("\\", "")
    assert "초안" not in text
    assert "확인자" in text


def test_the_answers_stand_on_a_sheet_of_their_own(manual: Manual, tmp_path: Path) -> None:
    questions = _quiz(manual, 10)
    sheet, answers = quiz_drafts(questions, manual.sources)
    asked = read_document(write_document(sheet, tmp_path / "문제.hwpx")).text
    told = read_document(write_document(answers, tmp_path / "정답.hwpx")).text
    assert "정답" not in asked
    assert "문제 10" in asked
    assert all(question.answer.split(" ", 1)[-1] in told.replace("\\", "") for question in questions)

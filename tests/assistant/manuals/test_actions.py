"""What is found in manuals, against what a person reads in them, and the traps that were met on real files."""

from __future__ import annotations

from pathlib import Path

import pytest

from biseo.document import Block, Document, table_block
from biseo.manuals.action import Action
from biseo.manuals.actions import find_actions, find_steps
from biseo.manuals.checklist import by_role, by_stage, chosen, read_manuals
from biseo.readers.plain import read_plain

LABELLED = Path(__file__).parent / "labelled"


def _packed(text: str) -> str:
    return "".join(text.split())


def _score(name: str) -> tuple[float, float, float, float]:
    """Recall and precision of items, and the shares of right roles and stages among those found."""
    document = read_plain(str(LABELLED / f"{name}.md"), "md")
    lines = (LABELLED / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    wanted = [tuple(line.split("\t")) for line in lines]
    actions = list(find_actions(document))
    found = len(actions)
    hits: list[tuple[Action, str, str]] = []
    for beginning, roles, stage in wanted:
        match = next((one for one in actions if _packed(one.text).startswith(_packed(beginning))), None)
        if match is not None:
            actions.remove(match)
            hits.append((match, roles, stage))
    roles_right = sum(",".join(one.roles) == roles for one, roles, _ in hits)
    stages_right = sum(
        _packed(",".join(name.removesuffix(" 단계") for name in one.stages)) == _packed(stage) for one, _, stage in hits
    )
    return len(hits) / len(wanted), len(hits) / found, roles_right / len(hits), stages_right / len(hits)


@pytest.mark.parametrize("name", ["disaster", "festival", "complaint", "wildfire"])
def test_labelled_manuals(name: str) -> None:
    recall, precision, roles, stages = _score(name)
    assert recall >= 0.96
    assert precision >= 0.96
    assert roles >= 0.96
    assert stages >= 0.96


@pytest.mark.parametrize("name", ["disaster", "festival", "complaint", "wildfire"])
def test_every_item_stands_in_the_file_to_the_letter(name: str) -> None:
    document = read_plain(str(LABELLED / f"{name}.md"), "md")
    for action in find_actions(document):
        citation = action.citation
        assert document.text[citation.start : citation.stop] == citation.text
        assert _packed(action.text) == _packed(citation.text)
        assert citation.place
        assert all(_packed(role) in _packed(document.text) for role in action.roles)


def _document(*lines: str) -> Document:
    return Document("지침.txt", "txt", "", None, tuple(Block("paragraph", line) for line in lines))


def _texts(*lines: str) -> list[str]:
    return [action.text for action in find_actions(_document(*lines))]


@pytest.mark.parametrize(
    "line",
    [
        "제1조(목적) 이 지침은 재난 대응에 필요한 사항을 정함을 목적으로 한다.",
        "이 고시는 고시한 날부터 시행한다.",
        "본부장은 시장으로 한다.",
        "제3조제2항 중 “서한”을 “공식 문서”로 한다.",
        "담당자는 현장을 확인할 수 있다.",
        "문서는 결재권자가 서명함으로써 성립한다.",
        "지난해에는 안전사고가 없었다.",
        "이해도를 높이고자 함",
        "산불은 봄철에 많이 발생한다.",
    ],
)
def test_statements_are_nothing_to_do(line: str) -> None:
    assert _texts(line) == []


def test_a_topic_that_is_no_role_does_not_hand_the_work_to_a_role_inside() -> None:
    (action,) = find_actions(_document("피해 결과는 상황실장이 확인한 뒤 보고하여야 한다."))
    assert action.roles == ()


def test_the_second_clause_of_an_article_does_not_inherit_a_subject() -> None:
    actions = find_actions(
        _document("제3조(이의신청) ① 신청인은 이의를 신청한다. ② 10일 이내에 결과를 통지하여야 한다.")
    )
    assert [action.roles for action in actions] == [("신청인",), ()]
    assert actions[1].text == "10일 이내에 결과를 통지하여야 한다."
    assert actions[1].timing == "10일 이내에"


@pytest.mark.parametrize("name", ["안전과장", "경제과", "교통과", "안전반", "행정국", "추진단"])
def test_bodies_whose_names_end_like_other_words(name: str) -> None:
    (action,) = find_actions(_document(f"{name}은 현장을 점검한다."))
    assert action.roles == (name,)


@pytest.mark.parametrize("name", ["점검 결과", "교통", "처리 단계", "전통시장", "관리대장", "전반"])
def test_words_that_end_like_bodies_are_none(name: str) -> None:
    (action,) = find_actions(_document(f"{name}은 상황판에 기록한다."))
    assert action.roles == ()


def test_a_merged_cell_counts_for_the_rows_below_and_matrix_columns_name_the_stage() -> None:
    rows = [
        ["담당", "관심", "심각"],
        ["상황관리반", "비상연락망 정비", "매시간 피해 집계"],
        ["", "당직 근무 강화", "- 대책본부 보고\n- 언론 브리핑 실시"],
    ]
    document = Document("표.hwpx", "hwpx", "", 1, (table_block(rows, page=3),))
    actions = find_actions(document)
    assert [(action.text, action.stages) for action in actions] == [
        ("비상연락망 정비", ("관심",)),
        ("매시간 피해 집계", ("심각",)),
        ("당직 근무 강화", ("관심",)),
        ("대책본부 보고", ("심각",)),
        ("언론 브리핑 실시", ("심각",)),
    ]
    assert {action.roles for action in actions} == {("상황관리반",)}
    assert {action.citation.page for action in actions} == {3}
    for action in actions:
        assert document.text[action.citation.start : action.citation.stop] == action.citation.text


def test_a_short_name_is_put_back_in_full() -> None:
    actions = find_actions(
        _document(
            "제1조(구성) 재난안전대책본부장(이하 “본부장”이라 한다)은 상황을 총괄하여야 한다.",
            "제2조(소집) 본부장은 회의를 소집한다.",
        )
    )
    assert {action.roles for action in actions} == {("재난안전대책본부장",)}


def test_steps_only_where_the_manual_says_that_the_order_counts() -> None:
    counted = ("1. 접수 내용 확인", "2. 현장 조사", "3. 결과 통지")
    for heading in ("처리 절차", "□ 처리 절차"):
        (found,) = find_steps(_document(heading, *(f" {line}" for line in counted)))
        assert found.steps == ("접수 내용 확인", "현장 조사", "결과 통지")
    assert find_steps(_document("□ 준비물", *(f" {line}" for line in counted))) == ()


def test_groups_and_choice() -> None:
    document = read_plain(str(LABELLED / "disaster.md"), "md")
    manual = read_manuals([document, document], ["가.md", "나.md"])
    assert all(len(action.also) == 1 and action.also[0].source == "나.md" for action in manual.actions)
    assert list(by_role(manual.actions))[-1] == "담당 미지정 [확인 필요]"
    stages = list(by_stage(manual.actions))
    assert [stage for stage in stages if stage in ("평시", "심각", "복구")] == ["평시", "심각", "복구"]
    road = chosen(manual.actions, role="도로과", stage="복구")
    assert [action.helpers for action in road] == [("건설협회",)]
    assert chosen(manual.actions, role="담당 미지정")

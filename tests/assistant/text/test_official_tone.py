from __future__ import annotations

import pytest

from biseo.text.official_tone import ruled_sentence, to_letter_sentence


@pytest.mark.parametrize(
    ("note", "sentence"),
    [
        ("안전요원 24명 지원 요청", "안전요원 24명 지원을 요청합니다."),
        ("명단을 붙임 서식으로 제출", "명단을 붙임 서식으로 제출하여 주시기 바랍니다."),
        ("4. 10.까지 명단 제출", "4. 10.까지 명단을 제출하여 주시기 바랍니다."),
        ("회의 참석", "회의에 참석하여 주시기 바랍니다."),
        ("담당자 2명 참석", "담당자 2명이 참석하여 주시기 바랍니다."),
        ("교통 통제 협조", "교통 통제에 협조하여 주시기 바랍니다."),
        ("적극 협조", "적극 협조하여 주시기 바랍니다."),
        ("누리집 게시", "누리집에 게시하여 주시기 바랍니다."),
        ("자료를 보내 주세요", "자료를 보내 주시기 바랍니다."),
        ("서식으로 작성해서 보내달라고 함", "서식으로 작성해서 보내 주시기 바랍니다."),
        ("기한 내 제출할 것", "기한 내 제출하여 주시기 바랍니다."),
        ("결과를 보낼 것", "결과를 보내기 바랍니다."),
        ("공문을 받을 것", "공문을 받기 바랍니다."),
        ("제출하시기 바랍니다.", "제출하여 주시기 바랍니다."),
        ("제출하시기 바람", "제출하여 주시기 바랍니다."),
        ("주차 공간이 좁아 대중교통 이용 부탁", "주차 공간이 좁아 대중교통 이용을 부탁드립니다."),
        # What we do ourselves is asked of nobody.
        ("교통비는 우리 시에서 부담", "교통비는 우리 시에서 부담합니다."),
        ("결과는 우리 도에서 통보", "결과는 우리 도에서 통보합니다."),
        ("구간은 따로 알려 드림", "구간은 따로 알려 드립니다."),
        ("열매를 10. 20.까지 미리 떨어뜨려 치움", "열매를 10. 20.까지 미리 떨어뜨려 치웁니다."),
        ("나무를 모두 베는 것은 어려움", "나무를 모두 베는 것은 어렵습니다."),
        ("주민이 겪는 어려움", "주민이 겪는 어려움입니다."),
        ("자체 점검을 마침", "자체 점검을 마칩니다."),
        ("안전요원 24명을 배치한다.", "안전요원 24명을 배치합니다."),
        ("주차장을 늘렸다", "주차장을 늘렸습니다."),
        ("설명을 받는다", "설명을 받습니다."),
        ("설명회를 연다", "설명회를 엽니다."),
        ("위험이 크다", "위험이 큽니다."),
        ("이것은 과제다", "이것은 과제입니다."),
        ("필요하다", "필요합니다."),
        ("문제가 있음", "문제가 있습니다."),
        ("점심 제공 없음", "점심 제공이 없습니다."),
        ("특이 사항은 없음", "특이 사항은 없습니다."),
        ("고장 신고는 24시간 받고 있음", "고장 신고는 24시간 받고 있습니다."),
        ("기한을 늦출 수 없음", "기한을 늦출 수 없습니다."),
        ("없음", "없습니다."),
        ("4월에 완료 예정", "4월에 완료 예정입니다."),
        ("기한을 지켜 주시기 바랍니다.", "기한을 지켜 주시기 바랍니다."),
        ("가능한가?", "가능한가?"),
    ],
)
def test_a_note_becomes_a_sentence(note: str, sentence: str) -> None:
    assert to_letter_sentence(note, asks=True) == sentence
    assert to_letter_sentence(sentence, asks=True) == sentence


@pytest.mark.parametrize("note", ["구급차 1대 지원", "안전요원 96명 배치", "기한 내 조치", "합동 점검 실시"])
def test_who_does_it_is_not_guessed(note: str) -> None:
    assert to_letter_sentence(note) == to_letter_sentence(note, asks=True) == note
    assert to_letter_sentence(note, asks=False).endswith("합니다.")
    assert to_letter_sentence(f"우리 시에서 {note}", asks=True).endswith("합니다.")


@pytest.mark.parametrize("note", ["명단 제출", "누리집에 포스터 게시", "널리 홍보"])
def test_who_is_to_do_it_is_not_guessed(note: str) -> None:
    assert to_letter_sentence(note) == note
    assert to_letter_sentence(note, asks=True).endswith("하여 주시기 바랍니다.")
    assert "바랍니다" not in to_letter_sentence(note, asks=False)


@pytest.mark.parametrize("note", ["조명과 냉난방 연장 가동", "강당 개방"])
def test_what_may_be_asked_for_is_not_said_to_be_so(note: str) -> None:
    assert to_letter_sentence(note, asks=True) == note


@pytest.mark.parametrize("note", ["참가비 무료", "주민 모임", "첫날 저녁 무대광장"])
def test_nouns_that_no_rule_knows_are_told_apart(note: str) -> None:
    assert ruled_sentence(note) == ""
    assert to_letter_sentence(note) == f"{note}입니다."


def test_nothing_stays_nothing() -> None:
    assert to_letter_sentence(" ") == ""
    assert to_letter_sentence("[확인 필요]") == "[확인 필요]"

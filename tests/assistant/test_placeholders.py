"""Placeholders: what they stand for, where places in a text with them answer to the text with the values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biseo.checks.facts import FactBase, check_facts
from biseo.checks.privacy import find_personal, find_private
from biseo.document import CarriedSentence, Draft, Evidence, Finding, HiddenValue, Letter, Section, SwotItem
from biseo.masking import Placeholders
from biseo.masking.drafts import count_hidden, count_in_draft, masked_draft, with_masks, with_values
from biseo.masking.placeholders import told_of
from biseo.masking.texts import count_in_texts, dressed_texts
from biseo.worksession import WorkSession, from_json

NAME, PHONE = HiddenValue("[이름1]", "name", "홍길동"), HiddenValue("[휴대전화1]", "mobile", "010-1234-5678")
HOLDER = Placeholders((NAME, PHONE))
PIECES = st.lists(
    st.sampled_from(["신청인 ", "[이름1]", "[휴대전화1]", "은 왔다. ", "\n", "[이름2]", "𠮷 "]), max_size=12
)


@given(PIECES, st.data())
def test_places_answer_to_each_other(pieces: list[str], data: st.DataObject) -> None:
    text = "".join(pieces)
    overlay = HOLDER.reveal(text)
    assert overlay.shown == HOLDER.restore(text) and overlay.hidden == text
    start = data.draw(st.integers(0, len(overlay.shown)))
    end = data.draw(st.integers(start, len(overlay.shown)))
    first, last = overlay.to_hidden(start, end)
    assert 0 <= first <= last <= len(text)
    if not overlay.touches(start, end):
        assert text[first:last] == overlay.shown[start:end]
    elif end > start:
        assert overlay.shown[start:end] in HOLDER.restore(text[first:last])


def test_cover_hides_only_what_is_asked_for_and_stands_alone() -> None:
    text = "신청인 홍길동(010-1234-5678)과 홍길동구청, 김영희"
    overlay = HOLDER.cover(text, {"[이름1]"})
    assert overlay.hidden.startswith("신청인 [이름1](010-1234-5678)과 ")
    assert HOLDER.restore(overlay.hidden) == text == overlay.shown
    assert HOLDER.cover(text, ()).hidden == text


def test_an_address_keeps_its_region() -> None:
    holder = Placeholders()
    hidden = holder.hide("주소: 대전광역시 서구 둔산로 123, 101동 1203호")
    assert hidden == "주소: 대전광역시 서구 [주소1]"
    assert holder.mask(hidden) == "주소: 대전광역시 서구 ○○○ ○○○, ○○○○ ○○○○○"
    assert holder.cover(holder.restore(hidden), {"[주소1]"}).hidden == hidden


def test_a_mark_that_somebody_typed_is_left_alone() -> None:
    assert HOLDER.restore("[이름9] [이름1]") == "[이름9] 홍길동"
    assert Placeholders().mark("name", "홍길동", "여기 [이름1]이 있다") == "[이름2]"
    assert Placeholders((HiddenValue("홍길동", "name", "x"), HiddenValue("[이름1]", "nonsense", "x"))).values == ()


def test_findings_move_with_the_words_and_say_no_value() -> None:
    text = "신청인 [이름1]은 2027. 1. 6. 왔다. [휴대전화1]"
    overlay = HOLDER.reveal(text)
    shown = overlay.shown

    def finding(words: str, rule: str) -> Finding:
        start = shown.index(words)
        message, suggestion = f"{words} 확인: 홍길동", words
        return Finding(rule, "error", start, start + len(words), words, message, suggestion)

    found = [
        finding("홍길동", "PRIVACY_NAME"), finding("1234", "FACT_UNSUPPORTED"),
        finding("2027. 1. 6.", "FACT_UNSUPPORTED"),
        finding("홍길동은 2027. 1. 6. 왔다", "FACT_QUOTE"),
    ]  # fmt: skip
    kept = overlay.cover_findings(found, HOLDER)
    assert [each.text for each in kept] == ["2027. 1. 6.", "[이름1]은 2027. 1. 6. 왔다"]
    assert all(text[each.start : each.end] == each.text for each in kept)
    assert "홍길동" not in "".join(each.message + each.suggestion for each in kept)


def test_a_placeholder_is_no_fact_and_no_personal_data() -> None:
    text = "신청인 [이름1]([휴대전화1], [주소1])은 [주민등록번호1]로 등록된 [차량번호12]를 [계좌번호3]에 냈다."
    assert find_private(text) == ()
    holder = Placeholders()
    hidden = holder.hide("신청인 홍길동(010-1234-5678)은 12가3456 차량을 등록했다. 주민등록번호 850302-2112347")
    overlay = holder.reveal(hidden)
    found = (*check_facts(overlay.shown, FactBase([], ()), "a"), *find_personal(overlay.shown))
    assert len(found) >= 5 and overlay.cover_findings(found, holder) == ()


def draft() -> Draft:
    evidence = (Evidence("a.txt", 1, "홍길동이 신청했다."),)
    sections = (
        Section(
            "a",
            "내용",
            "신청인 [이름1]이 왔다. 김영희 씨도 왔다.",
            "model",
            evidence,
            sentences=(CarriedSentence(0, 3),),
        ),
        Section("b", "명단", "성명\t[이름1]", "form", rows=(("성명", "[이름1]"),)),
        Section("c", "강점", "", "model", items=(SwotItem("[이름1]의 제안", evidence),)),
    )
    letter = Letter(agency="한빛시", receivers=("[이름1] 귀하",), foot=("주무관 김철수",))
    return Draft("t", "official", "[이름1] 회신", sections, letter=letter)


def test_drafts_leave_with_values_or_masks() -> None:
    assert count_hidden(draft(), HOLDER) == {"이름": 6}
    shown, masked = with_values(draft(), HOLDER), with_masks(draft(), HOLDER)
    assert shown.title == "홍길동 회신" and shown.sections[1].rows == (("성명", "홍길동"),)
    assert shown.letter is not None and shown.letter.receivers == ("홍길동 귀하",)
    assert "홍길동" not in repr(masked) and "[이름" not in repr(masked) and "김영희" in repr(masked)
    assert masked.letter is not None and masked.letter.receivers == ("○○○ 귀하",)
    assert masked.letter.foot == ("주무관 김철수",)
    everything = masked_draft(masked, HOLDER.pairs)
    assert "김영희" not in repr(everything) and "김철수" in repr(everything)


def test_receivers_who_are_private_are_found_and_masked() -> None:
    one = Draft("t", "official", "회신", (), letter=Letter(receivers=("홍길동 귀하",), via=""))
    assert count_in_draft(one) == {"이름": 1}
    masked = masked_draft(one).letter
    assert masked is not None and masked.head == ("수신  ○○○ 귀하", "(경유)") and masked.receivers == ("○○○ 귀하",)
    office = Draft("t", "official", "회신", (), letter=Letter(receivers=("한빛시장", "가람군수(총무과장)")))
    assert count_in_draft(office) == {} and masked_draft(office).letter is not None
    assert masked_draft(office).letter.receivers == ("한빛시장", "가람군수(총무과장)")  # type: ignore[union-attr]


@pytest.mark.parametrize(("answer", "name", "phone"), [
    ("mask", "○○○", "***-****-****"), ("seen", "○○○", "010-2222-3333"), ("keep", "홍길동", "010-2222-3333"),
])  # fmt: skip
def test_fields_of_a_form(answer: str, name: str, phone: str) -> None:
    texts = {"성명": "[이름1]", "연락처": "010-2222-3333", "담당 부서": "총무과"}
    assert count_in_texts(texts, (), HOLDER) == ("휴대전화 1곳", "이름 1곳")
    assert dressed_texts(texts, answer, (), HOLDER) == {"성명": name, "연락처": phone, "담당 부서": "총무과"}


def test_values_are_kept_with_the_work_and_never_shown() -> None:
    work = WorkSession("press", hidden=HOLDER.values)
    assert from_json(work.to_json()).hidden == (NAME, PHONE)
    assert from_json(WorkSession("press").to_json()).hidden == ()
    told = repr(work) + repr(HOLDER) + repr(HOLDER.reveal("[이름1]")) + told_of(NAME)
    assert "홍길동" not in told and "010" not in told


def test_what_no_text_shows_is_forgotten() -> None:
    holder = Placeholders((NAME, PHONE))
    holder.keep_only(["자료에는 [이름1]만 있다"])
    assert holder.values == (NAME,)
    holder.keep_only([])
    assert not holder

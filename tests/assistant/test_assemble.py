from __future__ import annotations

import pytest
from tests.assistant.drafting.conftest import PLAN, document

from biseo.document import Document, Section
from biseo.drafting.assemble import assemble, source_title, summarize_in_short
from biseo.drafting.keywords import find_keywords
from biseo.drafting.request import DraftRequest
from biseo.tasks.catalogue import find_task


def worded(*texts: str) -> list[Section]:
    return [Section(f"s{number}", "부분", text, "model") for number, text in enumerate(texts)]


def test_the_gist_is_at_most_200_characters_of_whole_sentences() -> None:
    gist = summarize_in_short(worded(*PLAN))
    assert len(gist) <= 200
    assert gist.endswith(".") and gist.startswith(PLAN[0])
    assert len(summarize_in_short(worded("가" * 500))) == 200
    assert summarize_in_short([]) == ""


def test_the_gist_takes_only_what_was_worded() -> None:
    table = Section("t", "표", "가\t나", "model", rows=(("가", "나"),))
    form = Section("f", "인사", "안녕하십니까?", "form")
    assert summarize_in_short([form, table, *worded(PLAN[0])]) == PLAN[0]


@pytest.mark.parametrize("length", range(1, 220, 13))
def test_the_gist_of_any_length(length: int) -> None:
    sentence = "가" * length + "다."
    gist = summarize_in_short(worded(f"{sentence} {sentence} {sentence}"))
    assert 0 < len(gist) <= 200


def test_titles() -> None:
    press = DraftRequest(find_task("press"), (document(*PLAN),), {})
    sections = [Section("headline", "제목", "한빛시 책잔치", "model"), Section("subhead", "부제", "안전하게", "model")]
    draft = assemble(press, sections)
    assert (draft.title, draft.subtitle, draft.profile) == ("한빛시 책잔치", "안전하게", "press")
    summary = DraftRequest(find_task("summary"), (document(*PLAN, title="2026 책잔치"),), {})
    assert assemble(summary, []).title == "2026 책잔치 요약"
    assert assemble(DraftRequest(find_task("report"), (document(*PLAN),), {}), []).title == "[확인 필요]"
    named = DraftRequest(find_task("report"), (document(*PLAN),), {"name": "{date} 검토"})
    assert assemble(named, []).title == "{date} 검토"


def test_what_sources_are_called() -> None:
    assert source_title([]) == ""
    assert source_title([document("가", path="C:\\자료\\한파 대책.hwpx", title="")]) == "한파 대책"
    assert source_title([document("가", path="scan001.pdf", title="")]) == "자료"
    assert source_title([document("가", path="a.pdf", title="겨울철  한파\n대책")]) == "겨울철 한파 대책"
    assert source_title([document("가", path="a.pdf", title="긴 제목 " * 20)]) == "자료"


def test_keywords() -> None:
    words = find_keywords("\n".join(PLAN))
    assert 3 <= len(words) <= 5
    assert any("책잔치" in word for word in words)
    assert "시민" in words
    assert len(set(words)) == len(words)
    assert find_keywords("") == ()
    assert not {"추진", "계획", "있음"} & set(find_keywords("추진 추진 계획 계획 있음 있음 도서관 도서관"))


def test_keywords_are_without_particles_and_each_said_once() -> None:
    words = find_keywords("도서관은 도서관에서 도서관의 주차장을 주차장으로 도서관 운영위원회가 도서관 운영위원회를")
    assert "도서관" in words and "주차장" in words
    assert not any(word.endswith(("은", "에서", "의", "을", "으로")) for word in words)


def test_a_document_stays_as_it_is() -> None:
    source = document(*PLAN)
    assemble(DraftRequest(find_task("summary"), (source,), {}), worded(*PLAN))
    assert source == document(*PLAN) and isinstance(source, Document)


@pytest.mark.parametrize(("chosen", "printed"), [("S", "S"), ("표시 안 함", ""), (None, "")])
def test_a_grade_is_printed_when_it_was_chosen(chosen: str | None, printed: str) -> None:
    form = {"grade": chosen} if chosen else {}
    assert assemble(DraftRequest(find_task("report"), (), form), ()).grade == printed


def test_the_courtesies_of_letters_are_no_keywords() -> None:
    letter = "야간 개방과 관련하여 요청하오니 협조하여 주시기 바랍니다. 편성표를 알려 드립니다."
    assert not [word for word in find_keywords(letter, 20) if word.endswith(("니다", "오니", "기"))]

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biseo.checks.evidence import EvidenceIndex, passages_in_text, passages_of
from biseo.document import Block, Document, Passage, table_block

SEEDS = Path(__file__).parents[4] / "shared" / "seeds"
TEXT = """한빛시는 도서관 야간 개방 시간을 밤 10시까지 늘린다고 밝혔다.
무인 대출기는 역 앞 광장과 시청 로비 두 곳에 놓인다.
올해 예산은 3억 2천만 원이며 절반은 국비로 충당한다.
시는 산사태 위험 지역에 감지기 40대를 달고 문자로 대피를 알린다.
홍길동 시장은 시민 편의를 위해 노력하겠다고 말했다."""
PASSAGES = passages_in_text(TEXT, "자료.txt")


@pytest.mark.parametrize(
    ("sentence", "line"),
    [
        ("도서관을 밤 10시까지 야간 개방한다.", 0),
        ("무인 대출기를 시청 로비와 역 광장에 설치한다.", 1),
        ("예산은 3억 2,000만 원이다.", 2),
        ("산사태 위험 지역에는 감지기를 달아 대피를 안내한다.", 3),
        ("시민 편의를 위해 다양한 사업을 추진한다.", None),
        ("행정 서비스 개선과 업무 효율 향상이 기대된다.", None),
        ("도서관 예산을 두 배로 늘린다.", None),
        ("", None),
        ("한빛시는 인공지능 교육을 확대한다.", None),
    ],
)
def test_precision(sentence: str, line: int | None) -> None:
    found = [evidence.text for evidence in EvidenceIndex(PASSAGES).find(sentence)]
    assert found[:1] == ([] if line is None else [TEXT.split("\n")[line]])


def test_passages_keep_page_and_offset() -> None:
    document = Document(
        "가\\나/계획.pdf",
        "pdf",
        "",
        2,
        (Block("paragraph", "첫째다. 둘째다.", page=1), table_block([["이름", "수"], ["서버", "3"]], 2)),
    )
    passages = passages_of(document)
    assert [(p.source, p.page, p.text) for p in passages] == [
        ("계획.pdf", 1, "첫째다."),
        ("계획.pdf", 1, "둘째다."),
        ("계획.pdf", 2, "이름\t수"),
        ("계획.pdf", 2, "서버\t3"),
    ]
    assert all(document.text[p.start :].startswith(p.text) for p in passages)


def test_a_second_passage_must_add_something() -> None:
    twice = (*PASSAGES, *(Passage("다른.txt", None, p.text) for p in PASSAGES))
    found = EvidenceIndex(twice).find("도서관을 밤 10시까지 야간 개방한다.")
    assert [evidence.source for evidence in found] == ["자료.txt"]


def test_a_thousand_passages_thirty_sentences() -> None:
    passages = [Passage("a", None, f"{p.text} 구역 {i}가{i * 7}나") for i in range(200) for p in PASSAGES]
    began = time.process_time()
    index = EvidenceIndex(passages)
    for passage in passages[:30]:
        assert index.find(passage.text)
    assert time.process_time() - began < 3


@given(st.text(max_size=60), st.lists(st.text(max_size=40), max_size=4))
def test_any_text(sentence: str, texts: list[str]) -> None:
    found = EvidenceIndex([Passage("a", None, text) for text in texts]).find(sentence)
    assert len(found) <= 2
    assert all(evidence.text in texts for evidence in found)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed articles are not here")
def test_the_festival_article() -> None:
    index = EvidenceIndex(passages_in_text(next(SEEDS.glob("001*")).read_text(encoding="utf-8"), "기사"))
    (evidence, *_) = index.find("대형 산불 등 재난 상황에서 신속한 보고 체계를 갖춘다.")
    assert "재난 대응 매뉴얼" in evidence.text
    assert index.find("예산을 확보하여 지역 경제를 활성화한다.") == ()


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("자원관리사의 절반이 1년을 채우지 못하고 그만둔다.", "자원관리사의 절반이 1년을 채우지 못하고 그만둠"),
        ("자리가 모자라 신청한 마을 15곳이 기다린다.", "자리가 모자라 신청한 마을 15곳이 기다림"),
    ],
)
def test_the_closing_of_an_outline_is_the_sentence_itself(source: str, line: str) -> None:
    index = EvidenceIndex(passages_in_text(source, "현황.txt"))
    assert [found.text for found in index.find(line)] == [source]
    assert index.find(line.replace("5", "6").replace("1년", "2년")) == ()

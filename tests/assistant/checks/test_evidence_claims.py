"""What rules a passage out, and what a passage may leave unsaid."""

import pytest

from biseo.checks.evidence import EvidenceIndex, carried_sentences, passages_of, source_names, states_something
from biseo.document import Block, Document, table_block

DOCUMENT = Document(
    "보고.txt",
    "txt",
    "",
    None,
    (
        Block("heading", "겨울 제설 대책 보고", 1),
        Block("heading", "추진 실적", 2),
        Block("paragraph", "문가람 들풀시 부시장은 지난 3일 제설차 18대를 고갯길에 먼저 보내라고 지시했다."),
        Block("paragraph", "그는 염화칼슘 420톤을 미리 확보했다고 밝혔다."),
        Block("paragraph", "고갯길 네 곳은 눈이 오면 버스를 다니지 못하게 한다."),
        Block("paragraph", "제설 단가는 3만 원에서 4만 원으로 올렸다."),
        Block("paragraph", "국비 5억 원과 시비 7억 원을 쓴다."),
        Block("heading", "장비 현황", 2),
        table_block([["구분", "제설차", "살포기"], ["동부 사업소", "11대", "6대"], ["서부 사업소", "7대", "9대"]]),
    ),
)
INDEX = EvidenceIndex(passages_of(DOCUMENT))


def found(sentence: str) -> list[str]:
    return [evidence.text[:12] for evidence in INDEX.find(sentence)]


@pytest.mark.parametrize(
    ("sentence", "begins"),
    [
        ("제설차 18대를 고갯길에 우선 보낼 것을 지시했다.", ["문가람 들풀시 부시장은"]),
        ("문가람 부시장은 염화칼슘 420톤을 사전에 확보했다고 말했다.", ["그는 염화칼슘 420톤"]),
        ("눈이 오면 고갯길 4곳은 버스를 다니지 못하게 한다.", ["고갯길 네 곳은 눈이 "]),
        ("제설 단가 인상(3만 원→4만 원)", ["제설 단가는 3만 원에"]),
        ("동부 사업소의 살포기는 6대이다.", ["동부 사업소\t11대\t"]),
        (
            "염화칼슘 420톤을 확보하고, 국비 5억 원과 시비 7억 원을 쓴다.",
            ["그는 염화칼슘 420톤", "국비 5억 원과 시비 7"],
        ),
    ],
)
def test_carried(sentence: str, begins: list[str]) -> None:
    shown = found(sentence)
    assert len(shown) == len(begins)
    assert all(text.startswith(begin[:10]) for text, begin in zip(shown, begins, strict=True))


@pytest.mark.parametrize(
    "sentence",
    [
        "제설차 81대를 고갯길에 먼저 보내라고 지시했다.",
        "하가람 부시장은 염화칼슘 420톤을 미리 확보했다고 밝혔다.",
        "고갯길 네 곳은 눈이 와도 버스를 다니게 한다.",
        "고갯길 네 곳은 눈이 오면 버스를 다닐 수 있다.",
        "제설 단가는 4만 원에서 3만 원으로 바뀌었다.",
        "제설 단가를 3만 원에서 4만 원으로 내렸다.",
        "국비 7억 원과 시비 5억 원을 쓴다.",
        "동부 사업소의 살포기는 11대이다.",
        "서부 사업소의 살포기는 6대이다.",
        "구름시는 염화칼슘 420톤을 미리 확보했다.",
        "염화칼슘 420톤을 확보하고 주민에게 나누어 준다.",
        "제빙차 18대를 고갯길에 먼저 보낸다.",
        "시민의 안전을 위해 최선을 다할 계획이다.",
        "추진 실적",
        "",
    ],
)
def test_ruled_out(sentence: str) -> None:
    assert found(sentence) == []


def test_sentences_of_a_section_keep_their_places() -> None:
    lines = ("ㅇ 제설차 18대를 고갯길에 먼저 보낸다.", "  - 새 장비를 외국에서 들여온다", "ㅇ [확인 필요]")
    text = "\n".join((*lines, "많은 관심 부탁드립니다."))
    sentences = carried_sentences(text, INDEX)
    assert [text[each.start : each.end] for each in sentences] == [
        "제설차 18대를 고갯길에 먼저 보낸다.",
        "새 장비를 외국에서 들여온다",
        "[확인 필요]",
        "많은 관심 부탁드립니다.",
    ]
    assert [bool(each.evidence) for each in sentences] == [True, False, False, False]
    assert [each.unsupported for each in sentences] == [False, True, False, False]


@pytest.mark.parametrize(
    ("sentence", "states"),
    [
        ("새 장비를 외국에서 들여온다.", True),
        ("예산은 3억 원이다.", True),
        ("안녕하십니까.", False),
        ("귀하의 가정에 건강과 행복이 함께하시기를 바랍니다.", False),
        ("붙임  계획서 1부.  끝.", False),
        ("자료에서 찾지 못함 [확인 필요]", False),
        ("항목\t금액", False),
        ("추진 배경", False),
    ],
)
def test_what_needs_evidence(sentence: str, states: bool) -> None:
    assert states_something(sentence) == states


def test_sources_of_one_name_are_told_apart() -> None:
    documents = [
        Document(path, "txt", "", None, (Block("paragraph", text),))
        for path, text in (
            ("C:\\일\\2025\\계획.txt", "제설차 18대를 보낸다."),
            ("C:\\일\\2026\\계획.txt", "제설차 25대를 보낸다."),
            ("/일/안내.txt", "끝"),
            ("/일/안내.txt", "끝"),
        )
    ]
    names = source_names(documents)
    assert names[:2] == ("2025/계획.txt", "2026/계획.txt")
    assert len(set(names)) == 4
    index = EvidenceIndex([p for each in zip(documents, names, strict=True) for p in passages_of(*each)])
    assert [evidence.source for evidence in index.find("제설차 25대를 보낸다.")] == ["2026/계획.txt"]

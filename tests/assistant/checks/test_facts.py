from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biseo.checks.facts import GIVEN, FactBase, check_facts, nearest
from biseo.document import Block, Document, table_block
from biseo.text.facts import find_facts

SEEDS = Path(__file__).parents[4] / "shared" / "seeds"
SOURCE = Document(
    "폴더\\한빛시 계획.hwpx",
    "hwpx",
    "",
    2,
    (
        Block("heading", "2026년 한빛시 업무자동화 계획", 1, 1),
        Block("paragraph", "홍길동 한빛시장은 지난 7일 회의에서 14개 부서, 17개 업무를 자동화한다고 밝혔다.", page=1),
        Block(
            "paragraph",
            "연간 4374시간과 1억4100만원을 아낀다. 접수는 2026. 3. 2.~3. 6. 09:00~18:00이다.",
            page=1,
        ),
        Block("paragraph", "홍 시장은 “시민에게 더 나은 행정을 제공하겠다”고 말했다. 30명이 참석했다.", page=2),
        Block("paragraph", "접수하고 14일 이내에 알린다.", page=2),
        Block("paragraph", "(단위: 천원)", page=2),
        table_block([["연번", "항목", "금액", "인원"], ["1", "서버", "12,000", "5"], ["2", "교육", "3,500", "6명"]], 2),
    ),
)
BASE = FactBase([SOURCE], ["2026. 5. 1.(금) 10:00", "김가람", "031-000-1234", "5000000"])


SAID = """
14개 부서|14개|17개 행정·공공업무|4,374시간|1억 4,100만 원|141,000,000원|7일|3월 2일부터 6일까지|2일~6일
2026년 3월 6일|18시|오후 6시|09:00~18:00|서른 명|30명|홍길동 시장|홍길동 한빛시장|홍 시장|500만 원|5월 1일 오전 10시
처리기간 14일|14일간|031-000-1234|김가람 주무관|12,000천원|1,200만 원|350만 원|5명|6명|2026년|2026
“시민에게 더 나은 행정을 제공하겠다”
'시민에게 더 나은 행정을 제공하겠다.'|"시민에게더나은 행정을 제공하겠다!\"
"""


@pytest.mark.parametrize("text", SAID.strip().replace("\n", "|").split("|"))
def test_supported(text: str) -> None:
    assert check_facts(text, BASE) == ()
    assert all(BASE.support(fact) for fact in find_facts(text, surnames=BASE.surnames))


@pytest.mark.parametrize(
    ("text", "rule", "suggestion"),
    [
        ("4374건", "FACT_UNSUPPORTED", "4374시간"),
        ("15개 부서", "FACT_UNSUPPORTED", "14개 부서"),
        ("17개 부서", "FACT_UNSUPPORTED", "17개 업무"),
        ("14개 업무", "FACT_UNSUPPORTED", "14개 부서"),
        ("1억 4,200만 원", "FACT_UNSUPPORTED", "1억4100만원"),
        ("2026년 3월 7일", "FACT_UNSUPPORTED", None),
        ("2025년 3월 6일", "FACT_UNSUPPORTED", None),
        ("11월 7일", "FACT_UNSUPPORTED", "7일"),
        ("19:00", "FACT_UNSUPPORTED", None),
        ("45%", "FACT_UNSUPPORTED", None),
        ("1명", "FACT_UNSUPPORTED", None),
        ("031-000-1235", "FACT_UNSUPPORTED", "031-000-1234"),
        ("제14조", "FACT_UNSUPPORTED", ""),
        ("김철수 과장", "FACT_UNSUPPORTED", None),
        ("홍길동 군수", "FACT_NAME_POST", "홍길동 한빛시장"),
        ("홍길동 부시장", "FACT_NAME_POST", "홍길동 한빛시장"),
        ("“시민에게 더 좋은 행정을 제공하겠다”", "FACT_QUOTE", "“시민에게 더 나은 행정을 제공하겠다”"),
        ("[확인 필요]", "FACT_MISSING", ""),
        ("[인용 확인]", "FACT_MISSING", ""),
    ],
)
def test_findings(text: str, rule: str, suggestion: str | None) -> None:
    (finding,) = check_facts(f"시는 {text}", BASE, "lead")
    assert (finding.rule, finding.text, finding.section) == (rule, text, "lead")
    assert finding.severity == ("warning" if rule in ("FACT_MISSING", "FACT_NAME_POST") else "error")
    assert finding.message.endswith("주세요.")
    if suggestion is not None:
        assert finding.suggestion == suggestion


def test_evidence_tells_file_and_page() -> None:
    (fact,) = find_facts("30명")
    evidence = BASE.support(fact)
    assert evidence is not None
    assert (evidence.source, evidence.page, evidence.text) == ("한빛시 계획.hwpx", 2, "30명이 참석했다.")
    (amount,) = find_facts("500만 원")
    given_evidence = BASE.support(amount)
    assert given_evidence is not None
    assert given_evidence.source == GIVEN


def test_an_invented_number_in_an_invented_quotation_is_told_too() -> None:
    rules = [finding.rule for finding in check_facts("시장은 “내년에는 업무를 50개로 늘리겠다”고 말했다.", BASE)]
    assert rules == ["FACT_QUOTE", "FACT_UNSUPPORTED"]


def test_an_empty_base_supports_nothing() -> None:
    assert [finding.rule for finding in check_facts("30명이 3월 2일에 왔다.", FactBase())] == ["FACT_UNSUPPORTED"] * 2


def test_nearest_is_silent_when_nothing_is_alike() -> None:
    (fact,) = find_facts("제14조")
    assert nearest(fact, BASE) is None


@given(
    st.text(alphabet=st.sampled_from("0123456789.,~: 년월일시원명개부서만억%제조“”\"'가홍길동시장\n\t[]"), max_size=60)
)
def test_any_text(text: str) -> None:
    for finding in check_facts(text, BASE):
        assert finding.text == text[finding.start : finding.end]
    document = Document("x.txt", "txt", "", None, (Block("paragraph", text),))
    own = check_facts(text, FactBase([document]))
    assert not [finding for finding in own if finding.severity == "error"]


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed articles are not here")
def test_an_article_supports_itself() -> None:
    for path in sorted(SEEDS.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        blocks = tuple(Block("paragraph", line) for line in text.split("\n"))
        assert check_facts(text, FactBase([Document(str(path), "txt", "", None, blocks)])) == ()


def test_a_branch_of_an_article_is_said_by_its_paragraphs() -> None:
    base = FactBase((), ["「지방공무원법」 제65조의3제1항과 제66조에 따른다."])
    for said in ("제65조의3제1항", "제65조의3", "제1항", "제66조"):
        assert check_facts(f"이 일은 {said}에 따른다.", base) == ()
    for unsaid in ("제65조", "제65조의31", "제3조", "제66조제1항"):
        assert [finding.text for finding in check_facts(f"이 일은 {unsaid}에 따른다.", base)] == [unsaid]

"""A sentence with its citation is carried by the source that the citation names, and by no other."""

from __future__ import annotations

import pytest

from biseo.checks.evidence import EvidenceIndex, passages_of
from biseo.document import Block, Document

RULE = (
    "민원 처리 규정",
    "제14조(처리기간의 연장) ① 그 기간을 한 차례 연장할 수 있다. ② 처리기간을 연장하였을 때에는 연장 사유와 처리완료 "
    "예정일을 민원인에게 지체 없이 알려야 한다.",
)
SENTENCE = "처리기간을 연장하였을 때에는 연장 사유와 처리완료 예정일을 민원인에게 지체 없이 알려야 한다"
FILE = "민원 처리 규정.hwpx"


def index(name: str = FILE, page: int | None = 3) -> EvidenceIndex:
    document = Document(f"/자료/{name}", "hwpx", RULE[0], page, tuple(Block("paragraph", w, page=page) for w in RULE))
    return EvidenceIndex(passages_of(document, name))


@pytest.mark.parametrize(
    "citation", ["(「민원 처리 규정」 제14조)", "(「민원 처리 규정」)", "(「민원 처리 규정」 3쪽)"]
)
def test_a_cited_sentence_is_carried(citation: str) -> None:
    (found,) = index().find(f"{SENTENCE}{citation}.")
    assert (found.source, found.page) == (FILE, 3) and SENTENCE in found.text


@pytest.mark.parametrize(
    "citation",
    [
        "(「다른 규정」 제14조)",
        "(「민원 처리 규정」 제15조)",
        "(「민원 처리 규정」 4쪽)",
        "(「민원 처리 규정」 제14조의2)",
    ],
)
def test_a_citation_of_something_else_is_not(citation: str) -> None:
    assert index().find(f"{SENTENCE}{citation}.") == ()


def test_a_passage_of_its_own_is_the_file() -> None:
    name = f"{FILE}, 제14조(처리기간의 연장)"
    (found,) = index(name).find(f"{SENTENCE}(「민원 처리 규정」 제14조).")
    assert found.source == name


def test_other_words_are_not_carried_by_their_citation() -> None:
    assert index().find("수수료는 시장이 따로 정하여 고시하는 금액으로 한다(「민원 처리 규정」 제14조).") == ()

"""What the command line says of sentences and what carries them."""

import json

from biseo.cli.write import draft_data, words_of
from biseo.document import CarriedSentence, Draft, Evidence, Section, SwotItem
from biseo.events import Coverage, Drafted
from biseo_models.engine import Stats

CARRIED = Evidence("계획.txt", 2, "안전요원 24명을 배치한다.")
TEXT = "ㅇ 안전요원 24명 배치\nㅇ 봉사단이 행사를 도움\nㅇ 자료에서 찾지 못함 [확인 필요]"
SECTION = Section(
    "strengths",
    "강점",
    TEXT,
    "model",
    (CARRIED,),
    (
        SwotItem("안전요원 24명 배치", (CARRIED,)),
        SwotItem("봉사단이 행사를 도움", inferred=True),
        SwotItem("자료에서 찾지 못함 [확인 필요]", inferred=True),
    ),
    sentences=(CarriedSentence(2, 14, (CARRIED,)), CarriedSentence(17, 28), CarriedSentence(31, 49, states=False)),
)
DRAFT = Draft("swot", "report", "강약점 분석", (SECTION,))


def test_sentences_stand_beside_the_evidence_of_the_section() -> None:
    drafted = Drafted(DRAFT, Stats(), Coverage(1, 1, 1, 1))
    section = json.loads(json.dumps(draft_data(drafted, None)))["sections"][0]
    assert section["evidence"] == [{"source": "계획.txt", "page": 2, "text": CARRIED.text}]
    first, second, third = section["sentences"]
    assert first == {"start": 2, "end": 14, "text": TEXT[2:14], "evidence": section["evidence"], "states": True}
    assert (second["evidence"], second["states"], third["states"]) == ([], True, False)
    assert [item["inferred"] for item in section["items"]] == [False, True, True]


def test_an_inferred_item_says_so() -> None:
    lines = words_of(DRAFT, None).splitlines()
    assert "ㅇ 봉사단이 행사를 도움 (추정)" in lines
    assert "ㅇ 안전요원 24명 배치" in lines
    assert "ㅇ 자료에서 찾지 못함 [확인 필요]" in lines

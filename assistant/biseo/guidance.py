"""What a person confirms before a draft of the assistant becomes a document of the office."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Point:
    """One point of the guidance on AI in the administration.

    Attributes:
        statement: what the person says with a tick, in the first person.
        advice: what to look at before.
        source: the guidance or law it comes from.
    """

    id: str
    title: str
    statement: str
    advice: str
    source: str


_INTELLIGENCE = "국가정보원 「챗GPT 등 생성형 AI 활용 보안 가이드라인」(2023. 6.)"
_INTERIOR = "행정안전부 「챗GPT 활용방법 및 주의사항 안내서」(2023. 5.)"

POINTS = (
    Point(
        "input",
        "비공개 내용·개인정보",
        "넣은 자료와 이 문서에, 들어가서는 안 되는 비공개 내용이나 개인정보가 없음을 확인했습니다.",
        "자료는 이 PC 밖으로 나가지 않지만, 문서는 나갑니다. 대외비와 남의 개인정보가 남아 있지 않은지 봐 주세요.",
        _INTELLIGENCE,
    ),
    Point(
        "facts",
        "사실 확인",
        "숫자, 날짜, 이름, 인용한 말, 근거 법령이 사실과 맞는지 자료와 원문으로 확인했습니다.",
        "프로그램이 찾지 못한 잘못이 있을 수 있습니다. 처음부터 끝까지 한 번 읽어 주세요.",
        f"{_INTELLIGENCE}, {_INTERIOR}",
    ),
    Point(
        "copyright",
        "저작권",
        "다른 사람의 글, 표, 사진을 옮긴 곳은 출처를 밝혔거나 써도 되는 것임을 확인했습니다.",
        "보도 기사나 다른 기관의 글을 그대로 옮긴 문장이 없는지 봐 주세요.",
        f"{_INTELLIGENCE}, {_INTERIOR}",
    ),
    Point(
        "author",
        "작성자와 책임",
        "담당 공무원인 제가 이 문서의 작성자이며, 내용에 책임을 집니다.",
        "문서는 결재권자가 결재해야 성립합니다. 프로그램의 확인이 결재를 대신하지 않습니다.",
        f"{_INTERIOR}, 「행정업무의 운영 및 혁신에 관한 규정」 제6조제1항",
    ),
    Point(
        "mark",
        "인공지능 활용 표시",
        "인공지능을 활용해 쓴 사실을 밝혀야 하는 문서인지 확인했습니다.",
        "활용한 사실은 문서 속성에 남습니다. 본문에 밝혀야 하는 문서라면 직접 적어 주세요.",
        "「인공지능 발전과 신뢰 기반 조성 등에 관한 기본법」 제31조",
    ),
)

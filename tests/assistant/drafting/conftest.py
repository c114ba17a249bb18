from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from biseo.document import Block, Document, Draft, Section
from biseo.drafting.pipeline import write_draft
from biseo.drafting.request import DraftRequest
from biseo.events import Drafted, DraftEvent, Notice
from biseo.tasks.catalogue import find_task
from biseo.tasks.definition import FormValue, TaskDefinition
from biseo_models.scripted import ScriptedEngine

PLAN = (
    "한빛시는 2026. 5. 8.(금)부터 5. 10.(일)까지 한빛도서관에서 책잔치를 운영한다.",
    "지난해에는 시민 4,200명이 책잔치를 찾아 주차 공간이 부족했고 안내 인력도 부족했다는 지적이 있었다.",
    "올해는 작가 강연 6회와 헌책 나눔 장터를 도입해 시민 참여를 확대할 계획이다.",
    "안전요원 24명을 배치하고 임시 주차장 120면을 마련해 사고 위험을 줄인다.",
    "사업비는 35,000,000원이며 도서관 운영 예산을 활용해 절감한다.",
    "김하늘 한빛도서관장은 “책과 사람이 만나는 따뜻한 자리를 정성껏 준비하겠다”고 말했다.",
    "시는 사전에 비상 연락 체계를 점검하고 행사 뒤에는 시민 의견을 모아 다음 행사에 반영할 예정이다.",
)
FORMS: dict[str, dict[str, FormValue]] = {
    "press": {"agency": "한빛시", "release": "2026. 4. 20.(월) 09:00", "department": "도서관정책과",
              "officer": "이보람 주무관", "phone": "031-111-2222"},
    "proposal": {"name": "한빛 책잔치", "department": "도서관정책과", "period": "2026. 5. 8.~5. 10.",
                 "budget_rows": [{"item": "강연", "basis": "6회", "amount": "12,000,000"},
                                 {"item": "안전", "basis": "24명", "amount": "480만 원"}]},
    "plan": {"name": "한빛 책잔치", "department": "도서관정책과", "period": "2026. 5. 8.~5. 10."},
    "report": {"name": "책잔치 운영 검토", "department": "도서관정책과", "date": "2026. 4. 20.(월)"},
    "reply": {"receipt": "1AA-2604-0000001", "opinion": "주차장을 120면 늘렸습니다. 안내 인력을 배치하겠습니다.",
              "agency": "한빛시", "department": "도서관정책과", "officer": "이보람 주무관", "phone": "031-111-2222"},
    "letter": {"kind": "협조 요청", "receivers": "한빛소방서장, 한빛경찰서장",
               "subject": "한빛 책잔치 안전관리 협조 요청",
               "gist": "구급차 1대 지원 요청\n5. 6.(수) 합동 점검에 담당자 2명 참석\n참가비 무료", "due": "2026-04-20",
               "reference": "도서관정책과-12호(2026.1.6)", "attached": [{"name": "운영 계획", "copies": ""}],
               "agency": "한빛시", "sender": "한빛시장"},
    "summary": {},
    "swot": {},
}  # fmt: skip


def document(*lines: str, path: str = "자료/책잔치 계획.txt", title: str = "", pages: int | None = None) -> Document:
    return Document(path, "txt", title, pages, tuple(Block("paragraph", line) for line in lines))


class Never:
    def is_set(self) -> bool:
        return False


class Drafting:
    """Drafts with a scripted model and keeps everything that was told."""

    def __init__(self) -> None:
        self.engine = ScriptedEngine([])
        self.events: list[DraftEvent] = []

    def __call__(
        self,
        task: str | TaskDefinition,
        script: Any = "",
        *,
        form: dict[str, FormValue] | None = None,
        sources: Sequence[Document] = (),
        context: int = 8192,
        cancel: threading.Event | None = None,
        pace: Callable[[], None] | None = None,
        reading: Any = "auto",
    ) -> Draft:
        answer = (lambda job: script) if isinstance(script, str) else script
        self.engine = ScriptedEngine(answer, context=context, pace=pace)
        self.events = []
        if isinstance(task, str):
            form = FORMS[task] if form is None else form
            task = find_task(task)
        self.request = DraftRequest(task, tuple(sources) or (document(*PLAN),), form or {}, 0, reading)
        for event in write_draft(self.engine, self.request, cancel or Never()):
            self.events.append(event)
        assert isinstance(self.events[-1], Drafted)
        self.drafted = self.events[-1]
        return self.drafted.draft

    @property
    def notices(self) -> list[str]:
        return [event.message for event in self.events if isinstance(event, Notice)]

    def section(self, name: str) -> Section:
        return next(section for section in self.drafted.draft.sections if section.id == name)


@pytest.fixture
def drafting() -> Drafting:
    return Drafting()

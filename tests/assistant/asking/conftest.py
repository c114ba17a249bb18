"""A library of a few made rules, read in this process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from biseo.library import Library, MemoryShelf
from biseo.readers import Limits
from biseo.readers.child import read

RULE = """# 달님시 공유 자전거 운영 조례
## 제3조(이용 자격)
① 자전거는 13세 이상인 사람이 빌릴 수 있다. ② 보호자는 13세 미만인 어린이를 태울 수 없다.
## 제5조(대여 시간)
① 자전거는 한 번에 3시간까지 빌릴 수 있다. ② 대여 시간은 반납 전에 한 차례 1시간을 늘릴 수 있다. \
다만, 기다리는 사람이 있으면 늘릴 수 없다.
## 제6조(요금)
① 이용 요금은 30분에 500원으로 하고, 장애인과 국가유공자에게는 요금을 받지 아니한다. \
② 요금은 반납한 날의 다음 날에 결제한다.
## 제8조(사고)
이용자는 사고가 나면 112에 신고하고 운영센터에 즉시 알려야 한다.
## 제9조(처리 기한)
1. 고장 신고: 2일 이내 2. 환불 신청: 5일 이내
"""
PLAN = """# 가을 걷기 대회 계획
## 개요
ㅇ 일시: 2026. 10. 17.(토) 09:00
ㅇ 장소: 달님호수 광장
ㅇ 예산: 1,200만원
## 안전
안전요원 40명을 배치한다. 비가 오면 대회를 한 주 미룬다.
"""


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    folder = tmp_path / "자료 (공용)"
    folder.mkdir()
    (folder / "공유 자전거 조례.md").write_text(RULE, encoding="utf-8")
    (folder / "걷기 대회 계획.md").write_text(PLAN, encoding="utf-8")
    shelf = MemoryShelf()
    library = Library(shelf, lambda path, _cancel: read(str(path), Limits()))
    for _ in library.add(folder):
        pass
    yield library
    shelf.close()

"""How long the checks take over 1 MB of text: prints, never fails.

.venv/bin/python tests/bench/checking.py
"""

from __future__ import annotations

import time
from collections.abc import Callable

from biseo.checks.form import check_form
from biseo.checks.privacy import find_personal
from biseo.checks.report import check_document
from biseo.checks.style import Profile, check_style
from biseo.document import Block, Document

LINES = (
    "1. 총무과-12(2026. 1. 6.)와 관련하여 붙임과 같이 알려 드리니 협조하여 주시기 바랍니다.",
    "가. 일시: 2026. 3. 5.(목) 14:00~16:00, 시청 대회의실(문의: 044-200-1234)",
    "나. 소요예산: 금113,560원(금일십일만삼천오백육십원), 국비 50%, 시비 50%",
    "일시 : 2026.3.5.(목) 오후 2시 30분, 참석 인원 300여명, 약 500여 곳의 컨텐츠를 제공할수 있다.",
    "시는 지역 주민의 생활 여건을 개선하기 위하여 도로와 공원을 정비하고 안전시설을 보강하는 사업을 추진하고 있으며, "
    "금번 사업으로 인하여 주민의 불편이 최소화될 것으로 기대하고 있습니다.",
    "구분\t건수\t비고\n개방\t1,234\t3분기\n활용\t567\t4분기",
)
# What a careless pattern could choke on.
NASTY = {
    "공백": " " * 2000 + "가\n",
    "숫자": "1234567890" * 200 + "\n",
    "한글 한 낱말": "가나다라마바사아자차" * 200 + "\n",
    "괄호": "(" * 2000 + "\n",
    "쌍점": "가 : " * 500 + "\n",
    "날짜": "2026.1.6.~" * 200 + "\n",
    "따옴표": "‘가" * 1000 + "\n",
}


def megabyte(piece: str) -> str:
    """The text again and again until it holds a million bytes of UTF-8."""
    return piece * (1_000_000 // len(piece.encode()) + 1)


def measure(name: str, work: Callable[[], object]) -> None:
    best = min(_once(work) for _ in range(2))
    print(f"{name:<24} {best:6.2f} s")


def _once(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> None:
    text = megabyte("\n".join(LINES) + "\n")
    document = Document("", "txt", "", None, tuple(Block("paragraph", line) for line in text.split("\n")))
    print(f"1 MB = {len(text):,}자")
    profiles: tuple[Profile, ...] = ("official", "report", "press")
    check_style(text[:2000])  # the data are read and the patterns made
    for profile in profiles:
        measure(f"표기 {profile}", lambda profile=profile: check_style(text, profile))  # type: ignore[misc]
    measure("형식", lambda: check_form(document, "plan"))
    measure("개인정보", lambda: find_personal(text))
    measure("모두", lambda: check_document(document))
    for name, piece in NASTY.items():
        nasty = megabyte(piece)
        measure(f"표기, {name}", lambda nasty=nasty: check_style(nasty))  # type: ignore[misc]


if __name__ == "__main__":
    main()

from __future__ import annotations

import pytest

from biseo.drafting.quadrants import quadrant_of


@pytest.mark.parametrize(
    "measure",
    [
        "메신저를 통한 24시간 민원상담서비스도 개발 중",
        "침수와 화재를 미리 예측하고 대응하는 통합 관제망을 구축함",
        "홀로 사는 여성에게 범죄예방 물품 6종을 지원함",
        "복지 교통 민원 등 여러 분야에 결합해 시민 편의를 제고 방침",
        "사건사고, 민원교통, 주요 현황 등을 한눈에 보는 상황판을 설치했음",
        "취약계층 200가구에 안부 확인 장비를 보급함",
        "초과근무 내역과 수당 금액을 비교하는 업무를 자동화했음",
    ],
)
def test_a_measure_against_a_trouble_is_neither_weakness_nor_threat(measure: str) -> None:
    assert quadrant_of(measure) not in ("weaknesses", "threats")


@pytest.mark.parametrize(
    ("sentence", "quadrant"),
    [
        ("민원 처리가 늦어짐", "weaknesses"),
        ("사고 대응 인력이 모자람", "weaknesses"),
        ("화재 예방 시설이 낡음", "weaknesses"),
        ("대형 산불이 잇따라 피해가 커짐", "threats"),
        ("오류 발생률이 낮다는 장점이 있음", "strengths"),
        ("방문 없이 모든 절차를 마칠 수 있게 됨", ""),
    ],
)
def test_what_is_told_of_a_trouble_still_counts(sentence: str, quadrant: str) -> None:
    assert quadrant_of(sentence) == quadrant


@pytest.mark.parametrize(
    "needed",
    [
        "업무 환경 개선이 필수",
        "보고 체계를 사전에 정비해 갖추는 것이 중요함",
        "각 부서가 안내서를 숙지하고 절차를 마련할 것",
    ],
)
def test_what_is_still_to_be_done_is_a_weakness(needed: str) -> None:
    assert quadrant_of(needed) == "weaknesses"

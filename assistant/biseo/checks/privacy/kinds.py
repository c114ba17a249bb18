"""The kinds of personal data that are looked for, what they are called, and why they matter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from biseo.document import Severity

Kind = Literal[
    "resident_number",
    "foreigner_number",
    "passport",
    "driver_license",
    "mobile",
    "phone",
    "email",
    "account",
    "card",
    "business_number",
    "health_insurance",
    "military_number",
    "customs_code",
    "vehicle",
    "address",
    "name",
    "birth_date",
]


@dataclass(frozen=True)
class PersonalData:
    """One place in a text where personal data stands.

    Attributes:
        start, end: character offsets in the text that was looked at.
        keep: how many characters from `start` say no more than the region of an address (`대전광역시 서구 `).
    """

    kind: Kind
    start: int
    end: int
    keep: int = 0


LABELS: dict[Kind, str] = {
    "resident_number": "주민등록번호",
    "foreigner_number": "외국인등록번호",
    "passport": "여권번호",
    "driver_license": "운전면허번호",
    "mobile": "휴대전화",
    "phone": "전화번호",
    "email": "전자우편",
    "account": "계좌번호",
    "card": "카드번호",
    "business_number": "사업자등록번호",
    "health_insurance": "건강보험증 번호",
    "military_number": "군번",
    "customs_code": "개인통관고유부호",
    "vehicle": "차량번호",
    "address": "주소",
    "name": "이름",
    "birth_date": "생년월일",
}
"""What officials call each kind."""

_UNIQUE: frozenset[Kind] = frozenset({"resident_number", "foreigner_number", "passport", "driver_license"})


def severity_of(kind: Kind) -> Severity:
    """고유식별정보 (개인정보 보호법 제24조) is an error in a finished text; other personal data a warning."""
    return "error" if kind in _UNIQUE else "warning"


def authority_of(kind: Kind) -> str:
    """The article that asks for care."""
    if kind == "resident_number":
        return "개인정보 보호법 제24조의2"
    return "개인정보 보호법 제24조" if kind in _UNIQUE else "개인정보 보호법 제3조, 정보공개법 제9조제1항제6호"

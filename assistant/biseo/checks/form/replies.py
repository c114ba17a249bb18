"""Replies: a refusal names its remedy, every reply its official (민원법 제27조, 같은 법 시행령 제31조)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from biseo.document import Finding

_DECISION = (
    "수용|허가|승인|인가|설치|지원|반영|허용|수리|지급|발급|이행|처리"
    "|신설|증설|철거|이전|연장|면제|감면|환급|보상|배상|변경|등록|지정|공개"
)
# What cannot be read as anything but a refusal of what was asked for.
_REFUSAL = re.compile(
    rf"(?:{_DECISION})(?:을|를|이|가|은|는)?[ ]?(?:할|해 드릴|하여 드릴|될)[ ]?수[ ]?없(?:습니다|음을|음)"
    rf"|(?:{_DECISION})(?:을|를|이|가|은|는|하기|하기가|하기는|해 드리기|해 드리기가|하여 드리기)?[ ]?"
    r"(?:어렵습니다|어려움을|어렵다는"
    r"|곤란합니다|곤란함을|불가합니다|불가함을|불가능합니다|불가능함을|불가하)"
    r"|(?:수용|받아들일|인정할) ?(?:할 )?수 없(?:습니다|음)|불수용|불승인|불허(?:가|합니다|함)|"
    r"반려(?:합니다|하였|함을|되었)"
    r"|거부(?:합니다|하였습니다|함을|하기로|처분을 하|처분합니다)"
)
_NOT_REFUSED = re.compile(r"^[^\n.]{0,12}(?:아닙니다|아니며|않습니다|사유에 해당하지 않)")
_REMEDY = re.compile(r"이의[ ]?신청|행정[ ]?심판|행정[ ]?소송|권리[ ]?구제|구제[ ]?절차")
_REASON = re.compile(
    r"따라|따른|의거|근거|때문|사유|이유|인해|관계로|제[0-9]+조|이므로|므로|아서|어서|여서|라서|으로[ ,]|로서"
    r"|결과|구역|위반|저촉|부족|해당"
)
_PHONE = re.compile(
    r"(?:0[0-9]{1,3}[)][ ]?|0[0-9]{1,3}[-. ])[0-9]{3,4}[-.][0-9]{4}"
    r"|1[568][0-9]{2}-[0-9]{4}|(?<![0-9])[0-9]{3,4}-[0-9]{4}(?![0-9-])"
)
_OFFICIAL = re.compile(r"담당자?|주무관|사무관|팀장|과장|계장|연구사|연구관|서기관|지도사|실무관")


def check_refusal(text: str, rest: str = "", section: str = "") -> Iterator[Finding]:
    """REPLY_REMEDY and REPLY_REASON.

    Args:
        rest: the other parts of the same reply, where the remedy may stand.
    """
    for match in _REFUSAL.finditer(text):
        if _NOT_REFUSED.match(text, match.end()):
            continue
        place = (match.start(), match.end(), match[0])
        if not _REMEDY.search(text) and not _REMEDY.search(rest):
            yield Finding(
                "REPLY_REMEDY", "error", *place,
                "민원을 거부하면서 구제 절차를 알리지 않았습니다. 이의신청, 행정심판 등의 절차와 기간을 적어 주세요.",
                "", "민원 처리에 관한 법률 제27조제3항, 제35조제1항", section,
            )  # fmt: skip
        if not _REASON.search(text) and not _REASON.search(rest):
            yield Finding(
                "REPLY_REASON", "error", *place,
                "민원을 거부하는 이유가 보이지 않습니다. 이유와 근거 법령을 적어 주세요.",
                "", "민원 처리에 관한 법률 제27조제3항", section,
            )  # fmt: skip
        return


def check_contact(text: str, section: str = "") -> Iterator[Finding]:
    """REPLY_CONTACT: the official's office, name and telephone number."""
    authority = "민원 처리에 관한 법률 시행령 제31조"
    if not _PHONE.search(text):
        message = "담당자의 연락처가 없습니다. 담당자의 소속, 성명, 전화번호를 적어 주세요."
        yield Finding("REPLY_CONTACT", "error", 0, 0, "", message, "", authority, section)
    elif not _OFFICIAL.search(text):
        message = "담당자의 소속과 성명이 보이지 않습니다. 전화번호와 함께 적어 주세요."
        yield Finding("REPLY_CONTACT", "warning", 0, 0, "", message, "", authority, section)

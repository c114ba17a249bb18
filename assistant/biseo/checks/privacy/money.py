"""Bank accounts and payment cards."""

from __future__ import annotations

import re
from collections.abc import Iterator

from biseo.checks.privacy.identity import digits_of
from biseo.checks.privacy.kinds import PersonalData
from biseo.checks.privacy.reading import Reading

_SEP = r"[ \t]{0,2}-?[ \t]{0,2}\n?"
_CARD = re.compile(
    rf"(?<![0-9])(?<![0-9]-)[3-69][0-9]{{3}}(?:{_SEP}[0-9]{{4}}){{3}}(?![0-9])(?!-[0-9])"
    rf"|(?<![0-9])(?<![0-9]-)3[47][0-9]{{2}}{_SEP}[0-9]{{6}}{_SEP}[0-9]{{5}}(?![0-9])(?!-[0-9])"
)
_ACCOUNT = re.compile(
    r"(?<![0-9A-Za-z])(?<![0-9][-.])"
    r"(?:[0-9]{2,6}(?:[ \t]?-[ \t]?\n?[0-9]{1,8}){1,4}|[0-9]{3,6}(?: [0-9]{2,7}){2,3}|[0-9]{10,16})(?![0-9])(?!-[0-9])"
)
_BANK = re.compile(
    r"계[ ]?좌|예금주|(?:국민|신한|우리|하나|기업|산업|수협|농협|축협|대구|부산|경남|광주|전북"
    r"|제주|씨티|제일|시티|토스|iM)[ ]?(?:은행|뱅크)"
    r"|케이뱅크|카카오[ ]?뱅크|농[ ]?협|수[ ]?협|신[ ]?협|새마을[ ]?금고|우체국|통장|입금|송금"
)
_NO_ACCOUNT = re.compile(
    r"전화|☎|팩스|사업자|과목|접수[ ]?번호|문서|관리[ ]?번호|날짜|일시|금액|고지서[ ]?번호|전자[ ]?납부"
)
_DATE = re.compile(r"(?:19|20)[0-9]{2}-[01]?[0-9]-[0-3]?[0-9]$")
_UNIT = re.compile(r"[ ]?(?:원|천원|만원|백만|억|개|건|명|그루|%|㎡)")
_HOLDER_OFFICE = re.compile(
    r"예금주[ :]{0,3}[가-힣()\s]{0,14}?(?:시청|구청|군청|도청|시|구|군|도|재단|협회|위원회"
    r"|공동모금회|금고|공사|공단|조합|센터|학교|세외수입)(?![가-힣])"
)
_CARD_LABEL = re.compile(r"카드[ ]?번호|(?:신용|체크|법인|선불|직불)[ ]?카드")
_REACH = 30


def find_money(reading: Reading) -> Iterator[PersonalData]:
    """Cards by check digit or label (a mistyped one is one, too), accounts by the words around them.

    An authority's own account is none.
    """
    for match in reading.numbers(_CARD):
        if luhn(digits_of(match[0])) or _CARD_LABEL.search(reading.label(match.start())):
            yield PersonalData("card", match.start(), match.end())
    for match in reading.numbers(_ACCOUNT):
        if 9 <= len(digits_of(match[0])) <= 16 and _is_account(reading, match):
            yield PersonalData("account", match.start(), match.end())


def luhn(digits: str) -> bool:
    """Whether the check digit of a card number holds."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 * (value > 9)
    return total % 10 == 0 and len(set(digits)) > 1


def _is_account(reading: Reading, match: re.Match[str]) -> bool:
    label = reading.label(match.start(), _REACH)
    named = max((found.end() for found in _BANK.finditer(label)), default=-1)
    other = max((found.end() for found in _NO_ACCOUNT.finditer(label)), default=-1)
    after = reading.after(match.end(), 24)
    if named < 0 and re.match(r"[ ]?[(,/]?[ ]?(?:[가-힣]{2,4}은행|농협|신협|예금주|계좌|[가-힣]{3,4}뱅크)", after):
        named = len(label)
    if named < 0 or other > named or _DATE.match(match[0]) or _UNIT.match(after):
        return False
    around = reading.label(match.start(), 60) + " " + after
    return not _HOLDER_OFFICE.search(around)

"""Telephones and mail of people. Offices' numbers, 대표번호 and the mail of authorities are none of theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from biseo.checks.privacy.circumstances import owner_of
from biseo.checks.privacy.kinds import PersonalData
from biseo.checks.privacy.reading import Reading

_GAP = r"[ \t]{0,2}[-.)·/~]?[ \t]{0,2}\n?[ \t]{0,2}"
_COUNTRY = r"(?:\+?82[ )-]{0,2}\(?0?\)?)"
_MOBILE = re.compile(
    rf"(?<![0-9])(?<![0-9][-.])\(?(?:{_COUNTRY}1|01)[016789]{_GAP}"
    rf"(?:[0-9]{{3,4}}{_GAP}[0-9]{{4}}|[0-9]{{2}}\n[0-9]{{2}}-[0-9]{{4}})(?![0-9])(?!-[0-9])"
)
_EXAMPLE = re.compile(r"0{3,4}[^0-9]{0,6}0{4}\)?$")
"""Nobody's number: zeros show where the digits go."""
_PHONE = re.compile(
    rf"(?<![0-9])(?<![0-9][-.])\(?(?:{_COUNTRY}|0)(?:2|3[1-3]|4[1-4]|5[1-5]|6[1-4]|70|50[2-8]?)\)?{_GAP}"
    rf"[1-9][0-9]{{2,3}}[ \t]{{0,2}}[-. ·\t][ \t]{{0,2}}[0-9]{{4}}(?![0-9])(?!-[0-9])"
)
_PHONE_PLAIN = re.compile(r"(?<![0-9-])0(?:2|3[1-3]|4[1-4]|5[1-5]|6[1-4]|70)[1-9][0-9]{6,7}(?![0-9-])")
_MAIL = re.compile(
    r"(?<![A-Za-z0-9._%+@-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}"
    r"(?:[ \t]{0,2}@[ \t]{0,2}|[ ]?[(\[](?:at|골뱅이)[)\]][ ]?)"
    r"(?:[A-Za-z0-9-]{1,63}[ ]?\.[ ]?){1,4}[A-Za-z]{2,12}(?![A-Za-z0-9@])",
    re.IGNORECASE,
)
_AT = re.compile(r"@|[(\[](?:at|AT|At|골뱅이)[)\]]")
_AUTHORITY = re.compile(r"(?:korea\.kr|\.go\.kr|\bgo\.kr|\.mil\.kr)$", re.IGNORECASE)
_COMMON_MAIL = re.compile(
    r"@(?:naver|gmail|daum|hanmail|kakao|nate|outlook|hotmail|yahoo|icloud|hanmir|korea|empas|dreamwiz)\.",
    re.IGNORECASE,
)


def find_contacts(reading: Reading) -> Iterator[PersonalData]:
    """Mobile numbers always, other telephones and mail where they are a private person's."""
    for match in reading.around(_AT, 66, 70, _MAIL):
        if not _is_office_mail(reading, match):
            yield PersonalData("email", match.start(), match.end())
    for match in reading.numbers(_MOBILE):
        if _EXAMPLE.search(match[0]):
            continue
        start = match.start() + (match[0].startswith("(") and ")" not in match[0])
        yield PersonalData("mobile", start, match.end())
    for pattern in (_PHONE, _PHONE_PLAIN):
        for match in reading.numbers(pattern):
            start = match.start() + (match[0].startswith("(") and ")" not in match[0])
            if owner_of(reading, start) == "private":
                yield PersonalData("phone", start, match.end())


def _is_office_mail(reading: Reading, match: re.Match[str]) -> bool:
    address = match[0].replace(" ", "").replace("\t", "")
    if _AUTHORITY.search(address):
        return True
    return not _COMMON_MAIL.search(address) and owner_of(reading, match.start()) == "office"


def mails(reading: Reading) -> Iterator[tuple[str, PersonalData]]:
    """Every mail address, whoever's it is."""
    for match in reading.around(_AT, 66, 70, _MAIL):
        key = re.sub(r"\s", "", re.sub(r"[(\[](?:at|골뱅이)[)\]]", "@", match[0].lower()))
        yield key, PersonalData("email", match.start(), match.end())

"""Names of private persons: by what they are called (민원인, 성명), by 씨 and 님, by the column of a list.

Officials named with their post are none: 담당자 ○○○ 주무관, 과장 ○○○, ○○○ 시장.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from biseo.checks.privacy.kinds import PersonalData
from biseo.checks.privacy.name_words import (
    COMMON,
    COMMON_SURNAMES,
    DOUBLE_SURNAMES,
    GIVEN,
    NAME_LABELS,
    OFFICIAL_ROLES,
    PARTICLES,
    ROLES,
    SHORT_ROLES,
    SUFFIXES,
    SURNAMES,
)
from biseo.checks.privacy.reading import Reading
from biseo.text.people import base_post


def _any_of(table: tuple[str, ...]) -> str:
    """The words as alternatives, the longest first; `_` stands for a space."""
    return "|".join(sorted(table, key=len, reverse=True)).replace("_", "[ ]?")


_LABEL = r"성[ ]{0,4}명|이[ ]{0,4}름|" + _any_of(NAME_LABELS)
_ROLE = f"(?:{_any_of(ROLES)})|(?<![가-힣])(?:{_any_of(SHORT_ROLES)})"
_FIRST = "".join(sorted({word[0] for word in (*ROLES, *SHORT_ROLES, *NAME_LABELS)}))
_NAMED = re.compile(
    rf"(?P<role>(?=[{_FIRST}])(?:{_ROLE})|(?<![가-힣])[가-힣]{{2,5}}(?:[인자]|생(?!님))"
    rf"|(?<![가-힣])(?:{_LABEL}))(?:들|명)?(?P<about>[ ]?\([^()\n]{{1,12}}\))?(?:[은는])?"
    r"(?P<sep>[ ]{0,4}[:)][ ]{0,4}|[ ]{0,3}\t[ \t]{0,40}|[ ]?\(|[ ]{1,4}|\n[ ]{0,4})"
)
_NEXT = re.compile(r"(?:[ ]?[,·/、‧・ㆍ][ ]?\n?|[ ]?및[ ])")
_WORD = re.compile(r"[가-힣]+")
_SPACED = re.compile(r"(?P<name>[가-힣](?:[ ]{1,3}[가-힣]){2})(?![가-힣])")
_LATIN = re.compile(r"[A-Z][A-Za-z'-]+(?:,?[ ][A-Z][A-Za-z'.-]*){1,4}")
_CALL = re.compile(r"[씨님]|귀하|[ ](?:[군양]|학생|어린이|어르신|할[머아]|환자|회원)")
_CALLED = re.compile(
    r"(?<![가-힣])(?P<name>[가-힣]{2,4})[ ]?(?P<call>씨|님|귀하|군|양|학생|어린이|어르신|할머니"
    r"|할아버지|환자|회원)(?=[^가-힣]|$|[은는이가을를의와과도께에])"
)
_BEFORE_ROLE = re.compile(
    rf"(?<![가-힣])(?P<name>[가-힣]{{3,4}}|{_LATIN.pattern})[ ]?\((?:{_any_of((*ROLES, *NAME_LABELS))}|주민|시민|본인"
    r"|[A-Za-z0-9._%+-]{2,40}@(?![a-z.-]*(?:korea|go)\.kr)"
    r"|[0-9]{1,2}\)[ ]?(?:씨|군|양|님)"
    r"|[남여](?=[,)/ 성])|만?[ ]?[0-9]{1,3}[ ]?세|01[016789][- .]?[0-9]|(?:19"
    r"|20)?[0-9]{2}[.년 ]+[0-9]{1,2}[.월 ]+[0-9]{1,2}[.일 ]*생)"
)
_AND_OTHERS = re.compile(r"(?<![가-힣])(?P<name>[가-힣]{3,4})[ ]외[ ]?[0-9]{1,4}[ ]?[명인]")
_OTHERS = re.compile(r"[ ]외[ ]?[0-9]")
_BEFORE_NUMBER = re.compile(
    r"(?<![가-힣])(?P<name>[가-힣]{3})[ ]?[(,/\t ]{1,3}"
    r"(?:[0-9]{2}(?:0[1-9]|1[0-2])[0-3][0-9][ ]?-[ ]?[1-8*]|01[016789][-. ]?[0-9]{3,4}[-. ]?[0-9]{4})"
)
_AFTER_ACCOUNT = re.compile(
    r"(?:은행|농협|수협|신협|금고|뱅크|우체국|계좌)[^\n가-힣]{0,12}[0-9]{2,6}(?:-[0-9]{1,8}){1,4}[ ]?[,/(]?[ ]?"
    r"(?P<name>[가-힣]{3})(?=[ ]?(?:[),./;\n]|$))"
)
_HOLDERS = re.compile("은행|농협|수협|신협|금고|뱅크|우체국|계좌")
_ADDRESSED = re.compile(r"귀하[ ]?\((?P<name>[가-힣]{2,4})\)")
_ADDRESSEE = re.compile(r"귀하[ ]?\(")
_BRACKET = re.compile(r"\((?=[가-힣0-9A-Za-z])")
_RESIDENT = re.compile(r"[0-9]{6}[ ]?-[ ]?[1-8*]|01[016789][-. ]?[0-9]{3}")
_OFFICIAL = re.compile(r"담당|직[급위책]|기안|검토|결재|책임자|작성자|보고자|주무관|사무관|팀장|과장")
_PRIVATE_COLUMN = re.compile(
    r"생년월일|생일|주민|주[ ]*소|거주|성별|나이|연령|신청|휴대|계좌|보호자|학년|참[가여]|수강|차량"
)
_OFFICIAL_COLUMN = re.compile(r"직[급위책]|부서|담당|업무|보직|임용")
_NAME_COLUMN = re.compile(rf"^[ ]*(?:{_LABEL}|{_any_of(ROLES)}|학생|회원|주민)(?:명)?[ ]*(?:\(.{{0,10}}\))?[ ]*$")
_NO_FOREIGN = re.compile(r"서명|기재|입력|확인|생략|표기|작성|변경|다음|같음|미상|없음|해당|필수|참조|공개|비공개")
_PUBLIC_POST = re.compile(r"[ ]([가-힣]{2,10})")
_OFFICIAL_ENDS = tuple(OFFICIAL_ROLES)
_NO_PERSON = COMMON | frozenset(ROLES)


def find_names(reading: Reading) -> Iterator[PersonalData]:
    """Names of private persons."""
    text = reading.text
    for match in _NAMED.finditer(text):
        yield from _after_label(reading, match)
    for match in reading.around(_CALL, 5, 2, _CALLED):
        if _called(match["name"], match["call"], match[0]):
            yield _name(match.start("name"), match.end("name"))
    told = ((_ADDRESSED, _ADDRESSEE), (_AFTER_ACCOUNT, _HOLDERS))
    for pattern, anchor in (*told, (_BEFORE_ROLE, _BRACKET), (_BEFORE_NUMBER, _RESIDENT), (_AND_OTHERS, _OTHERS)):
        for match in reading.around(anchor, 60, 30, pattern):
            word = match["name"]
            if (word[0].isascii() or is_person(word, told=True)) and not _post_before(text, match.start()):
                yield _name(match.start("name"), match.end("name"))
    yield from _columns(reading)


def is_person(word: str, told: bool = False) -> bool:
    """Whether a word can be a person's full name and is no other word.

    Args:
        told: what follows says that it is a person (an age, a date of birth).
    """
    if len(word) == 4:
        return word.startswith(DOUBLE_SURNAMES) and word[2] in GIVEN and word[3] in GIVEN
    if len(word) == 3 and word.startswith(DOUBLE_SURNAMES) and word[2] in GIVEN:
        return True
    if len(word) not in (2, 3) or word[0] not in SURNAMES or not set(word[1:]) <= GIVEN:
        return False
    if len(word) == 3 and word[-1] in "시군" and not told:
        return False  # 예금주 한빛시, 신청인 가람군
    if word in _NO_PERSON or (not told and word[:2] in COMMON and word[-1] in SUFFIXES):
        return False
    return not base_post(word) and not (len(word) == 3 and word[1:] in COMMON and word[0] not in COMMON_SURNAMES)


def name_length(text: str, start: int, sure: bool) -> int:
    """How many characters from `start` are a name, 0 when none is.

    Args:
        sure: a label with a colon, a bracket or a cell's border stands before it; short and rare names count, too.
    """
    word_match = _WORD.match(text, start)
    if word_match is None:
        return 0
    word = word_match[0]
    for length in (4, 3, 2):
        if length > len(word) or (length == 2 and not sure):
            continue
        rest = word[length:]
        if rest and not _may_follow(rest):
            continue
        name = word[:length]
        if length == 2 and (rest not in ("", "씨", "님") or name[0] not in COMMON_SURNAMES):
            continue
        if length < len(word) and word in COMMON:
            continue
        rare = name[0] not in COMMON_SURNAMES and length == 3
        if is_person(name) and (sure or not (rare and name[2] in "은이의도로가")):
            return length
    return 0


def _may_follow(rest: str) -> bool:
    """Whether what is written onto a name is a particle, or 씨 or 님 with one."""
    if rest[0] in "씨님" and len(rest) <= 3:
        return True
    return any(rest == end or (len(end) > 1 and rest.startswith(end)) for end in PARTICLES)


def _after_label(reading: Reading, match: re.Match[str]) -> Iterator[PersonalData]:
    text = reading.text
    sure = match["sep"].strip(" ") != ""
    is_label = re.fullmatch(_LABEL, match["role"]) is not None
    if match["role"].endswith(_OFFICIAL_ENDS):
        return
    before = text[max(reading.line_start(match.start()), match.start() - 40) : match.start()]
    if is_label and _OFFICIAL.search(before):
        return
    first_cell = not text[reading.line_start(match.start()) : match.start()].strip()
    if "\t" in match["sep"] and is_label and not first_cell and reading.head_row(match.end()):
        return  # within the row of a table with a head: columns decide
    about = (match["about"] or "").strip(" ()")
    if is_person(about):
        yield _name(match.start("about") + match["about"].index(about), match.end("about") - 1)
        return
    place = match.end()
    if "\n" in match["sep"] and not _alone_in_lines(reading, match):
        return
    first = True
    while True:
        length = name_length(text, place, sure)
        if not length and sure and first:
            length = _unusual(text, place, match["role"], is_label)
        if not length or _public(text, place + length):
            return
        yield _name(place, place + length)
        after = _NEXT.match(text, place + length)
        if after is None:
            return
        place, first = after.end(), False


def _alone_in_lines(reading: Reading, match: re.Match[str]) -> bool:
    """Whether a label fills its line, and at most a short name the next one."""
    below = reading.line(reading.line_number(match.end()))
    return not reading.text[reading.line_start(match.start()) : match.start()].strip() and len(below.strip()) <= 8


def _unusual(text: str, place: int, role: str, is_label: bool) -> int:
    """Names written apart (홍 길 동), in Latin letters or of foreigners in Hangul."""
    spaced = _SPACED.match(text, place)
    if spaced is not None and is_person(re.sub(r"\s", "", spaced["name"])):
        return len(spaced["name"])
    latin = _LATIN.match(text, place)
    if latin is not None:
        return len(latin[0])
    word = _WORD.match(text, place)
    if is_label and word is not None and 5 <= len(word[0]) <= 9 and not _NO_FOREIGN.search(word[0]):
        following = text[word.end() : word.end() + 2].lstrip(" ")
        if not following or following[0] in "\n\t,(/":
            return len(word[0])
    return 0


def _called(name: str, call: str, whole: str) -> bool:
    if call not in ("씨", "님", "귀하") and " " not in whole:
        return False
    if not is_person(name) or (call != "씨" and name[0] not in COMMON_SURNAMES):
        return False
    if len(name) == 2:
        return call == "씨" and " " in whole
    return not (name[:2] in COMMON and call != "씨" and name[2] in SUFFIXES)


def _public(text: str, end: int) -> bool:
    """Whether a public post follows the name (김철수 시장): an office holder."""
    match = _PUBLIC_POST.match(text, end)
    return match is not None and base_post(match[1]) not in ("", "씨", "대표", "회장", "이사", "강사", "작가", "기자")


def _post_before(text: str, start: int) -> bool:
    before = re.search(r"([가-힣]{2,10})[ ]$", text[max(0, start - 12) : start])
    return before is not None and base_post(before[1]) not in ("", "씨")


def _columns(reading: Reading) -> Iterator[PersonalData]:
    for begin, heads in reading.table_lines():
        row = " ".join(heads)
        if not _PRIVATE_COLUMN.search(row) and _OFFICIAL_COLUMN.search(row):
            continue
        cells = reading.text[begin : reading.line_end(begin)].split("\t")
        for head, cell in zip(heads, cells, strict=False):
            if _NAME_COLUMN.match(head) and (is_person(cell.replace(" ", "")) or _LATIN.fullmatch(cell.strip())):
                yield _name(begin + len(cell) - len(cell.lstrip()), begin + len(cell.rstrip()))
            begin += len(cell) + 1


def _name(start: int, end: int) -> PersonalData:
    return PersonalData("name", start, end)

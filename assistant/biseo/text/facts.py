"""Facts of a text: dates, times, periods, amounts, counts, percentages, telephone numbers, articles, names, quotations.

Every digit of a text belongs to one fact or to an item mark (`1.`, `(1)`) at the start of a line; that is what makes
"no invented number" something that can be checked.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from biseo.text.characters import fold_width, is_hangul, words
from biseo.text.dates import DateSpan, find_hangul_hours, join_spans, read_date, read_tail, read_time
from biseo.text.named_bodies import find_bodies
from biseo.text.numerals import from_hangul, from_mixed, from_native, plain
from biseo.text.people import find_people
from biseo.text.quotes import Quoted, quoted_spans
from biseo.text.units import UNITS, QuantityKind, read_counted, read_unit

FactKind = Literal[
    "date", "time", "period", "amount", "count", "percent", "phone", "article", "number", "name", "quotation",
    "organisation", "place", "law",
]  # fmt: skip


@dataclass(frozen=True)
class Fact:
    """Something that can be looked up.

    Attributes:
        text: as written; `text == whole[start:end]`.
        value: normal form; facts of one kind that mean the same have the same value.
            date: `2026-01-06`, `--01-06`, `---06`; time: `15:20` (`?03:20` without 오전 or 오후); period: two of them
            with `/`; amount: `141000000 원`; count: `4374 시간`, `14 개 부서`, `7~9 급`; percent: `12.5 %`; phone: its
            digits; article: `14조1항`, `3의2조1항`; number: its plain digits, or the token it is part of (`3D`,
            `2026-12`); name: `김하균 행정부시장`; quotation, organisation, place, law: letters and digits.
    """

    kind: FactKind
    text: str
    value: str
    start: int
    end: int


SHORTEST_QUOTATION = 8
SHORTEST_TITLE = 12
"""Letters that “…” and ‘…’ must hold to count as a quotation; less is a term."""

_DIGIT = re.compile(r"[0-9]")
_PHONE = re.compile(
    r"(?:0[0-9]{1,3}[)][ ]?|0[0-9]{1,3}[-.][ ]?)[0-9]{3,4}[-.][0-9]{4}(?![0-9])"
    r"(?:~[0-9]{1,4}(?![0-9-])|[/,][0-9]{1,4}(?![0-9,.)-]))?"
    r"|1[568][0-9]{2}-[0-9]{4}(?![0-9-])"
    r"|01[016789][0-9]{7,8}(?![0-9])"
)
_PHONE_LABEL = re.compile(r"(?:전화|☎|연락처|문의|번호|내선|국번[ ]?없이|팩스)[ ]?:?[ ]?$")
_LOCAL_PHONE = re.compile(r"[0-9]{3,4}-[0-9]{4}(?![0-9-])|1[0-9]{2}(?![0-9.,])")
_NUM = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,6}|[0-9]{1,20})(?:\.[0-9]{1,10})?(?![0-9])"
_PLACE = r"[ ]?(?:[십백천]?[만억조](?![기약간점원])|[십백천]?[만억조](?=원)|[천백](?=[0-9만억조 원개명건여]))"
_QUANTITY = re.compile(rf"{_NUM}(?:{_PLACE}(?:[ ]?{_NUM}(?={_PLACE}|[^0-9]|$))?){{0,5}}")
_SIMPLE = re.compile(_NUM)
_ARTICLE = re.compile(
    r"[0-9]{1,5}(?:[ ]{0,2}-[ ]{0,2}[0-9]{1,5})?[ ]?(?:조(?:의[ ]?[0-9]{1,2})?|항|호|장|절|편|관|목)"
    r"(?:[ ]?제?[0-9]{1,3}항)?(?:[ ]?제?[0-9]{1,3}호(?:의[0-9]{1,2})?)?(?:[ ]?[가-하]목)?"
)
_BRANCH = re.compile(r"([0-9]+)[ ]?(조|호)의[ ]?([0-9]+)")
_BARE_ARTICLE = re.compile(r"[0-9]{1,4}조[ ]?제?[0-9]{1,3}항")
_LAW_BEFORE = re.compile(r"(?:법|령|영|규칙|조례|규정|별표|별지|같은|동)[」』]?[ ]?$")
_JOINED = re.compile(r"[0-9]+(?:[-/:·.,][0-9]+)*")
_TOKEN_LEFT = re.compile(r"[A-Za-z][A-Za-z0-9.+-]{0,18}$")
_LETTERED = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2,10}-$")
_TOKEN_RIGHT = re.compile(r"[A-Za-z][A-Za-z0-9]{0,18}")
_MARK = re.compile(
    r"(?m)^[ \t]*(?:붙임[ \t]+)?(?P<mark>[([][0-9]{1,3}[)\]]|[0-9]{1,3}[)]|[0-9]{1,2}(?:[.-][0-9]{1,2}){0,3}\."
    r"|[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}(?=[ ][가-힣]))(?=[ \t]*[^0-9\s.,:~/)-]|[ \t]+[0-9][0-9,]{0,12}[가-힣])"
)
_UNIT_BEHIND_MARK = re.compile(r"[ ]?(?:[억만천조원%㎞㎡~-]|(?:배|점|명|톤|km|ha)(?![가-힣A-Za-z]))")
_SIGNS = {"$": "달러", "₩": "원", "￦": "원", "€": "유로", "¥": "엔"}
# 14:00-16:00, 3월 5일-7일: the hyphen stands between two halves of a period; else it belongs to a number (2026-12).
_HALF_BEFORE = re.compile(r"(?:[0-9]:[0-5][0-9]|[0-9]\.|[0-9][일월시분]|[일월화수목금토]\))-$")
_TO = re.compile(r"[ ]?~[ ]?|-")
_ABOUT = re.compile(r"[ ]?(?:여|몇)(?=[ ]?[가-힣])")
_ALONE = r"(?<![가-힣])"
_END = r"(?=[^가-힣]|$|[은는이가을를의에도로과와만씩임]|까지|부터)"
_HANGUL_MONEY = re.compile(
    _ALONE
    + r"(?:금[ ]?)?([일이삼사오육칠팔구십백천만억조]{2,40}(?=[ ]?원)|[십백천만억](?= 원))[ ]?원(?:(?=정)|"
    + _END
    + ")"
)
_SINO = re.compile(
    _ALONE + r"([일이삼사오육칠팔구십백천만억]{2,16})[ ]?(명|건|개|시간|개월|가구|곳|년간|마리|그루|회|세|대)" + _END
)
_NATIVE = re.compile(
    _ALONE + r"((?:열|스물|스무|서른|마흔|쉰|예순|일흔|여든|아흔)?"
    r"(?:한|하나|두|둘|세|셋|석|네|넷|넉|다섯|여섯|일곱|여덟|아홉)?)([ ]?)"
    r"(명|사람|곳|군데|건|개|차례|시간|달|개월|해|살|대|마리|권|장|채|척|그루|팀|쌍|가구|회|부서|종)" + _END
)
_NATIVE_DAYS = {
    word: days for days, word in enumerate(words("이틀 사흘 나흘 닷새 엿새 이레 여드레 아흐레 열흘"), 2)
} | {"보름": 15}
_DAYS = re.compile(
    _ALONE + "(" + "|".join(sorted(_NATIVE_DAYS, key=len, reverse=True)) + ")(?:[ ]?간|[ ]?동안)?" + _END
)


def item_marks(text: str) -> tuple[tuple[int, int], ...]:
    """Where item marks with digits (`1.`, `1)`, `(1)`, `1.2.`) stand at line starts: offsets (start, end)."""
    folded = fold_width(text)
    marks = []
    for match in _MARK.finditer(folded):
        start, mark = match.start("mark"), match["mark"]
        if read_date(folded, start) is not None or (mark.startswith(("19", "20")) and len(mark) > 4):
            continue
        if "." in mark.rstrip(".") and _UNIT_BEHIND_MARK.match(folded, match.end()):
            continue
        marks.append((start, match.end()))
    return tuple(marks)


def find_facts(
    text: str, *, quotations: bool = True, surnames: Collection[str] = (), named: bool = False
) -> tuple[Fact, ...]:
    """All facts, in order, without overlap.

    Args:
        quotations: report what stands in quotation marks as a quotation (facts inside it are then not reported);
            else look through the marks.
        surnames: people known otherwise: `김 부시장` is recognised for these.
        named: also organisations, places and laws, which are told by their names alone.
    """
    folded = fold_width(text)
    quotes = [quote for quote in quoted_spans(text) if _is_quotation(text, quote)] if quotations else []
    found: list[Fact] = [
        Fact("quotation", text[quote.start : quote.end], letters(text[quote.start : quote.end]), quote.start, quote.end)
        for quote in quotes
    ]
    taken = bytearray(len(text))
    for fact in found:
        taken[fact.start : fact.end] = b"\1" * (fact.end - fact.start)
    numeric = _numeric_facts(folded, quotes)
    for fact in numeric:
        taken[fact.start : fact.end] = b"\1" * (fact.end - fact.start)
    found.extend(numeric)
    for person in find_people(folded, surnames):
        if taken.find(1, person.start, person.end) < 0:
            value = f"{person.name} {person.post}".rstrip()
            found.append(Fact("name", "", value, person.start, person.end))
            taken[person.start : person.end] = b"\1" * (person.end - person.start)
    for fact in _spelled_facts(folded):
        if taken.find(1, fact.start, fact.end) < 0:
            found.append(fact)
            taken[fact.start : fact.end] = b"\1" * (fact.end - fact.start)
    for body in find_bodies(folded) if named else ():
        if taken.find(1, body.start, body.end) < 0:
            found.append(Fact(body.kind, "", letters(body.value), body.start, body.end))
            taken[body.start : body.end] = b"\1" * (body.end - body.start)
    found.sort(key=lambda fact: fact.start)
    return tuple(Fact(fact.kind, text[fact.start : fact.end], fact.value, fact.start, fact.end) for fact in found)


def letters(text: str) -> str:
    """Only letters and digits, width and case folded: what two quotations are compared by."""
    return "".join(char for char in fold_width(text).casefold() if char.isalnum())


def _is_quotation(text: str, quote: Quoted) -> bool:
    long_enough = SHORTEST_QUOTATION if quote.double else SHORTEST_TITLE
    return len(letters(text[quote.start : quote.end])) >= long_enough


def _numeric_facts(folded: str, quotes: list[Quoted]) -> list[Fact]:
    """Facts with digits outside the quotations, left to right."""
    marks = item_marks(folded)
    skips = sorted([(quote.start, quote.end) for quote in quotes] + list(marks))
    starts = [start for start, _ in skips]
    facts: list[Fact] = []
    spans: list[DateSpan] = []  # dates and times wait here for the other half of a period
    position = 0
    while (match := _DIGIT.search(folded, position)) is not None:
        at = match.start()
        index = bisect_right(starts, at) - 1
        if index >= 0 and at < skips[index][1]:
            position = skips[index][1]
            continue
        stop = skips[index + 1][0] if index + 1 < len(skips) else len(folded)
        span = None
        fact = _read_phone(folded, at)
        if fact is None:
            span = _read_day_or_time(folded, at)
            if span is not None and span.end > stop:
                span = None
            if span is None:
                fact = _read_number(folded, at)
                if fact.end > stop:
                    fact = _bare(folded, at)
        if span is not None:
            position = span.end
            joined = join_spans(folded, spans[-1], span) if spans and spans[-1].end <= span.start else None
            if joined is not None:
                spans[-1] = joined
            else:
                spans.append(span)
        elif fact is not None:
            position = fact.end
            facts.append(fact)
    facts.extend(Fact(span.kind, "", span.value, span.start, span.end) for span in spans)
    return _without_overlap(facts)


def _without_overlap(facts: list[Fact]) -> list[Fact]:
    """Facts in order; an opening such as 제 or ' that reaches into the fact before is cut off."""
    facts.sort(key=lambda fact: fact.end)
    kept: list[Fact] = []
    for fact in facts:
        start = max(fact.start, kept[-1].end) if kept else fact.start
        kept.append(fact if start == fact.start else Fact(fact.kind, "", fact.value, start, fact.end))
    return kept


def _read_day_or_time(folded: str, at: int) -> DateSpan | None:
    before = folded[at - 1 : at]
    if before == "-" and not _HALF_BEFORE.search(folded, max(0, at - 6), at):
        return None
    if before == "제" or (before.isascii() and before.isalpha()):
        return None
    span = read_date(folded, at)
    if span is not None:
        return read_tail(folded, span) if span.kind == "date" else span
    return read_time(folded, at)


def _read_phone(folded: str, at: int) -> Fact | None:
    if at and (folded[at - 1].isdigit() or folded[at - 1] == "-"):
        return None
    match = _PHONE.match(folded, at)
    if match is None and _PHONE_LABEL.search(folded, max(0, at - 8), at):
        match = _LOCAL_PHONE.match(folded, at)
    if match is None:
        return None
    start = at - 1 if folded[at - 1 : at] == "(" and ")" in match[0] else at
    main = re.split(r"[~/,]", match[0])[0]
    return Fact("phone", "", "".join(char for char in main if "0" <= char <= "9"), start, match.end())


def _read_number(folded: str, at: int) -> Fact:
    """The fact with digits at the position that is neither date, time nor telephone number."""
    start = at
    before = folded[at - 1 : at]
    if before == "제" or (before == " " and folded[at - 2 : at - 1] == "제" and not is_hangul(folded[at - 3 : at - 2])):
        start = at - 1 if before == "제" else at - 2
        article = _ARTICLE.match(folded, at)
        if article is not None:
            return Fact("article", "", _article_value(article[0]), start, article.end())
    elif _LAW_BEFORE.search(folded, max(0, at - 4), at) or _BARE_ARTICLE.match(folded, at):
        article = _ARTICLE.match(folded, at)
        if article is not None and "조" in article[0]:
            return Fact("article", "", _article_value(article[0]), at, article.end())
    if (before.isascii() and before.isalpha()) or _LETTERED.search(folded, max(0, at - 12), at):
        return _token(folded, at)
    quantity = _quantity(folded, at, start)
    return quantity if quantity is not None else _bare(folded, at)


def _article_value(text: str) -> str:
    """Without 제 and blanks; 제3조의2제1항 is `3의2조1항`, for `3조의21항` could be two things."""
    return _BRANCH.sub(r"\1의\3\2", text).replace(" ", "").replace("제", "")


def _quantity(folded: str, at: int, start: int) -> Fact | None:
    """A number with a unit: money, percent or count, also as a range with the unit once (`7~9급`)."""
    match = _QUANTITY.match(folded, at)
    if match is None:
        return None
    end = match.end()
    value = from_mixed(match[0])
    if value is None:
        match = _SIMPLE.match(folded, at)
        value = from_mixed(match[0]) if match else None
        if match is None or value is None:
            return None
        end = match.end()
    amount = plain(value)
    gap = _TO.match(folded, end)
    if gap is not None:
        second = _QUANTITY.match(folded, gap.end())
        second_value = from_mixed(second[0]) if second else None
        if second is not None and second_value is not None and _unit(folded, second.end()) is not None:
            amount, end = f"{amount}~{plain(second_value)}", second.end()
    unit = _unit(folded, end)
    if unit is None:
        if end < len(folded) and folded[end].isascii() and folded[end].isalpha():
            return _token(folded, at)
        joined = _JOINED.match(folded, at)
        if joined is not None and joined.end() > end:
            return None
        sign = _SIGNS.get(folded[at - 1 : at])
        if sign is not None:
            return Fact("amount", "", f"{amount} {sign}", at - 1, end)
        return Fact("number", "", amount, start, end)
    kind, name, stop = unit
    if (
        kind == "amount"
        and folded[start - 1 : start] == "금"
        and start
        and not is_hangul(folded[start - 2 : start - 1])
    ):
        start -= 1
    if kind == "count" and name == "개":
        counted = read_counted(folded, stop)
        if counted is not None:
            name, stop = f"개 {counted[0]}", counted[1]
    elif kind == "count" and name == "부서":
        name = "개 부서"
    return Fact(kind, "", f"{amount} {name}", start, stop)


def _unit(folded: str, position: int) -> tuple[QuantityKind, str, int] | None:
    about = _ABOUT.match(folded, position)
    return read_unit(folded, about.end() if about is not None else position)


def _token(folded: str, at: int) -> Fact:
    """Digits that are part of a word with Latin letters: 3D, COVID-19, gogk88."""
    left = _TOKEN_LEFT.search(folded, max(0, at - 20), at)
    start = left.start() if left else at
    joined = _JOINED.match(folded, at)
    end = joined.end() if joined else at + 1
    right = _TOKEN_RIGHT.match(folded, end)
    end = right.end() if right else end
    return Fact("number", "", folded[start:end].upper(), start, end)


def _bare(folded: str, at: int) -> Fact:
    """Digits alone, joined ones (2026-12, 6·25) together."""
    joined = _JOINED.match(folded, at)
    end = joined.end() if joined else at + 1
    text = folded[at:end]
    value = from_mixed(text) if len(text) < 40 and not set(text) & set("-·/:") else None
    return Fact("number", "", plain(value) if value is not None else text, at, end)


def _spelled_facts(folded: str) -> list[Fact]:
    """Numbers in Hangul, only where they are certain: 쉰 명, 세 차례, 금일십만원, 오후 세 시, 사흘."""
    facts = [Fact(span.kind, "", span.value, span.start, span.end) for span in find_hangul_hours(folded)]
    for match in _HANGUL_MONEY.finditer(folded):
        value = from_hangul(match[1])
        if value:
            facts.append(Fact("amount", "", f"{value} 원", match.start(), match.end()))
    for match in _SINO.finditer(folded):
        value = from_hangul(match[1])
        if value and value >= 10:
            facts.append(Fact("count", "", f"{value} {UNITS[match[2]]}", match.start(), match.end()))
    for match in _NATIVE.finditer(folded):
        word, space, unit = match.groups()
        value = from_native(word) if word else None
        if value is None or (len(word) == 1 and not space) or (word == "한" and unit not in ("명", "건", "차례")):
            continue
        name, end = ("개 부서" if unit == "부서" else UNITS[unit]), match.end()
        counted = read_counted(folded, end) if name == "개" else None
        if counted is not None:
            name, end = f"개 {counted[0]}", counted[1]
        facts.append(Fact("count", "", f"{value} {name}", match.start(), end))
    for match in _DAYS.finditer(folded):
        facts.append(Fact("count", "", f"{_NATIVE_DAYS[match[1]]} 일", match.start(), match.end()))
    return facts

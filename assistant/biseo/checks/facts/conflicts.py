"""The same thing named with two numbers in one text: 참가 인원 300명 here, 참가 인원 350명 there.

A thing is told by the word beside the number; what else its clause and the heading above it say must not speak of two
things. Precision first: 지난해 and 올해, 목표 and 실적, two headings with their own words are two things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from biseo.checks.facts.base import FactBase
from biseo.checks.facts.contexts import family_of
from biseo.checks.facts.keys import keys_of, keys_said
from biseo.checks.facts.sentences import Sentence, sentences_of
from biseo.document import Draft, Finding
from biseo.text.characters import fold_width, words
from biseo.text.content_words import content_words
from biseo.text.facts import Fact, find_facts, item_marks
from biseo.text.numerals import from_mixed
from biseo.text.particles import particle
from biseo.text.people import same_post

_BREAK = re.compile(r"[,;()\[\]\n\t/※→·]|(?<=[가-힣])(?:지만|고|며)[ ,]|(?<=[가-힣])(?:중|가운데)[ ,]")
_LABEL = re.compile(r"(?P<word>[가-힣A-Za-z]{2,12}(?: (?:인원|예산|기간|시간|비용|금액|면적|규모|수|장소|일시))?)"
                    r"(?:은|는|이|가|을|를|의|으로|로)?[ ]*:?[ ]*(?:총|모두|금|약|각)?[ ]*$")  # fmt: skip
_QUALIFIERS = re.compile(
    r"지난해|작년|올해|내년|전년|당초|기존|변경|목표|실적|예상|현재|상반기|하반기|오전|오후|평일|주말"
    r"|학기|방학|성인|어린이|청소년|어르신|신규|누적|최대|최소|하루|매일|매월|매주|한 달|연간|월평균|1인당"
    r"|[0-9]차|제[0-9]+|추가|더 |씩|이상|이하|이내|미만|초과|평균|각각|전체|남성|여성|1일차|2일차"
    r"|본선|예선|신청|접수|마감"
)
_NOT_SAID = re.compile(
    r"[ ]?(?:에서|보다|→|씩|이상|이하|이내|미만|초과|당(?![가-힣])|대비|안팎|내외|\s?(?:늘|줄|증가|감소|더))"
)
_ABOUT = re.compile(r"[0-9만천백]여|약$")
_STRUCTURE = frozenset(
    words("""
    개요 예산 소요 소요예산 현황 계획 추진 일정 사업 사업비 재원 내용 세부 세부내용 행사 규모 기타 사항 안내 요약
    제목 본문 추진계획 추진일정 사업개요 행사개요 산출기초 예정 총괄 결과 보고 검토 필요 방안 대상 방법 열린다
    연다 이다 개최 마련 투입 편성 확보 들여 들인다 배정 지원 소요된다 든다 참여 참가 참석 모집""")
)
_GENERIC_LABELS = frozenset(
    words("""
    경우 이후 이전 이번 가운데 동안 사이 기준 최근 현재 시간 하루 매년 매월 올해 지난 다음 오전 오후 국비 도비 시비
    군비 구비 자부담 지방비 남성 여성 문의 전화 팩스 담당 주무관 과장 팀장 단가 수량 금액 비고 구분 사람 이상
    이하 정도""")
)
_TOTAL_COST = frozenset(
    words("총사업비 총예산 소요예산 총소요예산 사업예산 전체사업비 사업비 총비용 소요비용 소요사업비")
)
_TOTAL_ROW = re.compile(r"(?:총\s*)?합\s*계|총\s*계|계|총\s*액")
_BUDGET = re.compile(r"예산|사업비|재원|소요액|투자|금액|원\)")
_COMPARED = 24


@dataclass(frozen=True)
class _Thing:
    """A fact with what it is the number of, and the words that tell this thing from others."""

    fact: Fact
    label: str
    family: str
    scope: frozenset[str]
    qualifiers: frozenset[str]
    sentence: tuple[str, int]
    section: str = ""


def check_conflicts(
    text: str, base: FactBase | None = None, section: str = "", sentences: Sequence[Sentence] | None = None
) -> tuple[Finding, ...]:
    """FACT_CONFLICT at every place where a text names one thing with two numbers; offsets refer to the text.

    Args:
        base: tells which of the two the sources have, and that the sources have both for two things.
        sentences: the text's `sentences_of`, where they are known already.
    """
    things = list(_things(sentences if sentences is not None else sentences_of(text)))
    return tuple(replace(finding, section=section) for finding in _conflicts(things, base))


def draft_conflicts(draft: Draft, base: FactBase | None = None) -> tuple[Finding, ...]:
    """FACT_CONFLICT over all sections of a draft; offsets refer to the text of the section that a finding names."""
    things = []
    for section in draft.sections:
        found = _things(sentences_of(section.text), section.title)
        things += [replace(thing, section=section.id, sentence=(section.id, thing.sentence[1])) for thing in found]
    titles = {section.id: section.title for section in draft.sections}
    return tuple(_conflicts(things, base, titles))


def _things(sentences: Sequence[Sentence], title: str = "") -> Iterator[_Thing]:
    parent = ""
    heads: list[str] = []
    above = title
    row_end = -1
    for sentence in sentences:
        span, facts = sentence.span, sentence.facts
        yield from _people(facts, span.start)
        if "\t" in span.text:
            cells = span.text.split("\t")
            heads = heads if heads and span.start <= row_end + 1 else cells
            row_end = span.end
            if facts:
                yield from _in_row(span.text, span.start, cells, heads, above)
            continue
        heads = []
        above = span.text
        if not facts and len(span.text) <= 30:
            parent = span.text  # a heading, or an item that the ones below it belong to
            continue
        if facts:
            yield from _in_sentence(span.text, span.start, facts, parent)


def _in_sentence(sentence: str, offset: int, facts: Sequence[Fact], parent: str) -> Iterator[_Thing]:
    folded = fold_width(sentence)
    marks = item_marks(folded)
    qualifiers: frozenset[str] | None = None
    for number, fact in enumerate(facts):
        family = family_of(fact)
        if not family or family in ("phone", "article") or "~" in fact.value or _NOT_SAID.match(folded, fact.end):
            continue
        start = facts[number - 1].end if number else max((end for _, end in marks), default=0)
        for match in _BREAK.finditer(folded, start, fact.start):
            start = match.end()
        left = folded[start : fact.start]
        label = _LABEL.search(left)
        if label is None or _ABOUT.search(fact.text) or left.rstrip().endswith("약"):
            continue
        name = _name(label["word"])
        if name in _GENERIC_LABELS or len(name) < 2:
            continue
        stop = _BREAK.search(folded, fact.end)
        end = stop.start() if stop else len(folded)
        if number + 1 < len(facts):
            end = min(end, facts[number + 1].start)
        dates = {
            other.value for other in facts if other.kind == "date" and family != "date" and other.start < fact.start
        }
        scope = _words_of(left[: label.start()]) | _words_of(folded[fact.end : end]) | _words_of(parent) | dates
        if any(other.kind == "date" and len(other.value) == 4 for other in facts):
            scope |= {other.value for other in facts if other.kind == "date" and len(other.value) == 4}
        if qualifiers is None:
            qualifiers = frozenset(_QUALIFIERS.findall(folded))
        moved = Fact(fact.kind, fact.text, fact.value, fact.start + offset, fact.end + offset)
        yield _Thing(moved, name, family, frozenset(scope - {name}), qualifiers, ("", offset))


def _in_row(row: str, offset: int, cells: Sequence[str], heads: Sequence[str], above: str) -> Iterator[_Thing]:
    """Labels beside values (사업명 | … | 총사업비 | …), and the total of a budget."""
    place = offset
    total = any(_TOTAL_ROW.fullmatch(cell.strip()) for cell in cells[:2])
    for column, cell in enumerate(cells):
        bare = cell.strip()
        facts = find_facts(bare, quotations=False) if any(char.isdigit() for char in bare) else ()
        label = fold_width(cells[column - 1]).replace(" ", "") if column else ""
        if len(facts) == 1 and facts[0].text == bare:
            fact = facts[0]
            start = place + cell.index(bare)
            head = heads[column] if column < len(heads) else ""
            in_won = _won(fact, head) if total and _BUDGET.search(f"{head} {above}") else None
            if in_won is not None and heads is not cells:
                yield _Thing(
                    replace(in_won, start=start, end=start + len(bare)),
                    "총사업비",
                    "원",
                    frozenset(),
                    frozenset(),
                    ("", offset),
                )
            elif len(cells) in (2, 4) and column % 2 == 1 and len(cells[0]) <= 12 and label and not _has_digit(label):
                family = family_of(fact)
                if family and family not in ("phone", "article") and label not in _GENERIC_LABELS:
                    moved = Fact(fact.kind, fact.text, fact.value, start, start + len(bare))
                    if label in _TOTAL_COST:
                        yield _Thing(moved, _name(label), family, frozenset(), frozenset(), ("", offset))
        place += len(cell) + 1


def _won(fact: Fact, head: str) -> Fact | None:
    """The amount of a cell of money; a bare number counts in the unit of its head."""
    if fact.kind == "amount":
        return fact
    if fact.kind != "number" or "원" not in head:
        return None
    unit = re.search(r"((?:십|백|천|만|백만|억)?)원", head)
    scale = from_mixed("1" + unit[1]) if unit and unit[1] else 1
    return Fact("amount", fact.text, f"{int(float(fact.value) * float(scale or 1))} 원", fact.start, fact.end)


def _has_digit(text: str) -> bool:
    return any(char.isdigit() for char in text)


def _name(label: str) -> str:
    bare = label.replace(" ", "")
    for ending in ("으로", "은", "는", "이", "가", "을", "를", "의", "로"):
        if bare.endswith(ending) and len(bare) - len(ending) >= 2:
            bare = bare[: -len(ending)]
            break
    return "총사업비" if bare in _TOTAL_COST else bare


def _words_of(text: str) -> frozenset[str]:
    return frozenset(word for word, _ in content_words(text) if word not in _STRUCTURE)


def _people(facts: Sequence[Fact], offset: int) -> Iterator[_Thing]:
    """People named in full with their posts."""
    for fact in facts:
        name, _, post = fact.value.partition(" ")
        if fact.kind == "name" and len(name) > 1 and post:
            moved = replace(fact, start=fact.start + offset, end=fact.end + offset)
            yield _Thing(moved, name, "name", frozenset(), frozenset(), ("", moved.start))


def _conflicts(
    things: Sequence[_Thing], base: FactBase | None, titles: dict[str, str] | None = None
) -> Iterator[Finding]:
    groups: dict[tuple[str, str], list[_Thing]] = {}
    for thing in things:
        groups.setdefault((thing.label, thing.family), []).append(thing)
    told: set[tuple[str, int]] = set()
    for group in groups.values():
        for number, thing in enumerate(group):
            for other in group[max(0, number - _COMPARED) : number]:
                if not _speak_of_one(thing, other) or not _contradict(thing, other):
                    continue
                if base is not None and base.support(thing.fact) is not None and base.support(other.fact) is not None:
                    continue  # the sources have both: two things that our words do not tell apart
                for here, there in ((thing, other), (other, thing)):
                    if (here.section, here.fact.start) not in told:
                        told.add((here.section, here.fact.start))
                        yield _finding(here, there, base, titles or {})


def _contradict(one: _Thing, other: _Thing) -> bool:
    if one.sentence == other.sentence or one.fact.value == other.fact.value:
        return False
    if one.family == "name":
        return not same_post(one.fact.value.partition(" ")[2], other.fact.value.partition(" ")[2])
    first, second = one.fact, other.fact
    if first.kind in ("date", "period") and first.kind != second.kind:
        return False
    return not (set(keys_of(first)) & set(keys_said(second)) or set(keys_of(second)) & set(keys_said(first)))


def _speak_of_one(one: _Thing, other: _Thing) -> bool:
    return one.qualifiers == other.qualifiers and (one.scope <= other.scope or other.scope <= one.scope)


def _finding(here: _Thing, there: _Thing, base: FactBase | None, titles: dict[str, str]) -> Finding:
    title = titles.get(there.section, "")
    if there.section != here.section and title:
        where = f"'{title}' 부분에서는"
    else:
        where = "앞에서는" if there.fact.start < here.fact.start else "뒤에서는"
    quoted = f"'{there.fact.text}'{particle(there.fact.text, '으로')}"
    if here.family == "name":
        message = f"같은 사람을 {where} {quoted} 적었습니다. 어느 직위가 맞는지 확인해 주세요."
    else:
        message = f"같은 것('{here.label}')을 {where} {quoted} 적었습니다. 어느 쪽이 맞는지 확인해 주세요."
    suggestion = ""
    if base is not None and base.support(here.fact) is None and base.support(there.fact) is not None:
        suggestion = there.fact.text
        message = message.replace("어느", f"자료에는 '{suggestion}'{particle(suggestion, '이')} 있습니다. 어느")
    fact = here.fact
    return Finding(
        "FACT_CONFLICT",
        "warning",
        fact.start,
        fact.end,
        fact.text,
        message,
        suggestion,
        "같은 글에서 대조",
        here.section,
    )

"""Figures of one sentence that do not fit one another: a share, a growth, a total with its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from biseo.checks.facts.quantities import Quantity, quantity_of
from biseo.checks.facts.sentences import Sentence, sentences_of
from biseo.checks.facts.source_sums import rounded
from biseo.document import Finding
from biseo.text.characters import fold_width
from biseo.text.facts import Fact
from biseo.text.numerals import plain

_OF = re.compile(r"(?:[ ]?(?:중|가운데|중에서|가운데서)[ ,]|의[ ])")
_SHARE_GAP = re.compile(r"[ ]?(?:\([ ]?(?:전체의[ ]?)?|인[ ]|으로[ ](?:전체의[ ])?|,[ ](?:전체의[ ]))")
_FROM = re.compile(r"[ ]?에서[ ]")
_TO = re.compile(r"[ ]?(?:으로|로)[ ](?:약[ ])?")
_GREW = re.compile(r"[ ]?(?:가[ ]|이[ ])?(?:늘|증가|상승|올|높|성장)")
_SHRANK = re.compile(r"[ ]?(?:가[ ]|이[ ])?(?:줄|감소|하락|내[려렸]|낮)")
_OPEN = re.compile(r"[ ]?\([ ]?")
_NOT_PARTS = re.compile(
    r"중|가운데|포함|제외|각|씩|이상|이하|당|최대|최소|등|약|[0-9만천백십]여|내외|평균|작년|지난해|전년|올해|대비|[×x*/~→]"
)
_TOTAL_BEHIND = re.compile(r"[ ]*[,·]?[ ]*(?:모두|합계|합쳐|합하면|총)[ ]*(?:총|모두)?[ ]*$")
_JOINED = re.compile(r"[ ]?(?:,|·|와|과|및)[ ]?[가-힣A-Za-z ()]{0,16}$")
_FUND_SHARES = re.compile(r"(?:(?:국비|도비|시비|군비|구비|자부담|지방비|기금|민자)[ ]?[0-9.]{1,5}[ ]?%[ ,·/:]*){2,6}")
_FUND_SHARE = re.compile(r"([0-9.]{1,5})[ ]?%")


def check_arithmetic(text: str, section: str = "", sentences: Sequence[Sentence] | None = None) -> tuple[Finding, ...]:
    """FACT_PERCENT and FACT_SUM: a percentage that its parts do not make, a total that is not their sum; warnings.

    Args:
        sentences: the text's `sentences_of`, where they are known already.
    """
    findings = []
    for sentence in sentences if sentences is not None else sentences_of(text):
        span = sentence.span
        facts = [fact for fact in sentence.facts if fact.kind != "name"]
        if "\t" in span.text or len(facts) < 2:
            continue
        folded = fold_width(span.text)
        numbers = [(fact, quantity) for fact in facts if (quantity := quantity_of(fact)) is not None]
        for fact, rule, message, right in (
            *_shares(folded, numbers),
            *_growth(folded, numbers),
            *_totals(folded, facts),
            *_fund_shares(folded),
        ):
            start = span.start + fact.start
            findings.append(
                Finding(
                    rule,
                    "warning",
                    start,
                    start + len(fact.text),
                    fact.text,
                    message,
                    right,
                    "계산 확인",
                    section=section,
                )
            )
    return tuple(findings)


Wrong = tuple[Fact, str, str, str]
Numbers = Sequence[tuple[Fact, Quantity]]


def _shares(text: str, numbers: Numbers) -> Iterator[Wrong]:
    """300명 가운데 90명(30%)."""
    for (whole_fact, whole), (part_fact, part), (fact, share) in zip(numbers, numbers[1:], numbers[2:], strict=False):
        if (
            share.unit != "%"
            or whole.unit != part.unit
            or part.unit in ("%", "%p")
            or not 0 < part.value <= whole.value
        ):
            continue
        if not _OF.match(text, whole_fact.end) or not _SHARE_GAP.fullmatch(text[part_fact.end : fact.start]):
            continue
        if len(text[whole_fact.end : part_fact.start]) > 40:
            continue
        yield from _judge(fact, share, part.value * 100 / whole.value, f"{part.text} ÷ {whole.text}")


def _growth(text: str, numbers: Numbers) -> Iterator[Wrong]:
    """100명에서 130명으로 30% 늘었다."""
    for (old_fact, old), (new_fact, new), (fact, share) in zip(numbers, numbers[1:], numbers[2:], strict=False):
        if share.unit != "%" or old.unit != new.unit or old.unit in ("%", "%p") or old.value <= 0:
            continue
        if not _FROM.match(text, old_fact.end) or not _TO.fullmatch(text[new_fact.end : fact.start]):
            continue
        change = (new.value - old.value) * 100 / old.value
        grew, shrank = _GREW.match(text, fact.end), _SHRANK.match(text, fact.end)
        if grew or shrank:
            yield from _judge(fact, share, change if grew else -change, f"{old.text}에서 {new.text}")


def _judge(fact: Fact, said: Quantity, right: Decimal, words: str) -> Iterator[Wrong]:
    value = fact.value.split(" ")[0]
    places = len(value.partition(".")[2])
    if abs(right - said.value) < Decimal(1).scaleb(-places):
        return  # rounded or cut off
    shown = plain(rounded(right, max(places, 1)))
    message = f"비율이 맞지 않습니다. {words}이면 {shown}%입니다. 수와 비율을 확인해 주세요."
    yield fact, "FACT_PERCENT", message, f"{shown}%" if right > 0 else ""


def _totals(text: str, facts: Sequence[Fact]) -> Iterator[Wrong]:
    """총 50명(남 20명, 여 30명), and 남 20명, 여 30명, 총 50명."""
    for number, fact in enumerate(facts):
        total = quantity_of(fact)
        if total is None or total.unit in ("%", "%p"):
            continue
        opened = _OPEN.match(text, fact.end)
        if opened is not None:
            close = text.find(")", opened.end())
            inner = [other for other in facts[number + 1 :] if other.end <= close]
            if close > 0 and not _NOT_PARTS.search(text, opened.end(), close):
                yield from _compare(fact, total, inner)
        if _TOTAL_BEHIND.search(text, max(0, fact.start - 12), fact.start):
            yield from _compare(fact, total, _listed(text, facts, number))


def _listed(text: str, facts: Sequence[Fact], number: int) -> list[Fact]:
    """The facts that are listed directly before one, with only a word or two between each."""
    listed: list[Fact] = []
    end = number
    while end > 0:
        before, fact = facts[end - 1], facts[end]
        gap = text[before.end : fact.start]
        wanted = _TOTAL_BEHIND if end == number else _JOINED
        if not wanted.match(gap) or (end != number and _NOT_PARTS.search(gap)):
            break
        listed.append(before)
        end -= 1
    return listed


def _compare(fact: Fact, total: Quantity, parts: Sequence[Fact]) -> Iterator[Wrong]:
    quantities = [quantity_of(part) for part in parts]
    if len(parts) < 2 or any(quantity is None or quantity.unit != total.unit for quantity in quantities):
        return
    known = [quantity for quantity in quantities if quantity is not None]
    right = sum((quantity.value for quantity in known), Decimal(0))
    if right == total.value:
        return
    words = " + ".join(quantity.text for quantity in known)
    message = f"합계가 맞지 않습니다. {words} = {right:,}{total.unit}입니다. 수를 확인해 주세요."
    yield fact, "FACT_SUM", message, ""


def _fund_shares(text: str) -> Iterator[Wrong]:
    """국비 50%, 도비 20%, 시비 20%: the shares of the funds make a hundred."""
    for match in _FUND_SHARES.finditer(text):
        shares = [Decimal(share) for share in _FUND_SHARE.findall(match[0]) if share.count(".") <= 1 and share != "."]
        if len(shares) >= 2 and sum(shares) != 100:
            said = match[0].rstrip(" ,·/:")
            message = f"재원 비율을 더하면 {plain(sum(shares, Decimal(0)))}%입니다. 비율을 확인해 주세요."
            yield Fact("percent", said, "", match.start(), match.start() + len(said)), "FACT_PERCENT", message, ""

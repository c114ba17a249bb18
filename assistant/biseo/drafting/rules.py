"""Sections that are found in the sources by rule: key figures, and words of a person quoted as they stand."""

from __future__ import annotations

from collections.abc import Sequence

from biseo.document import Evidence, Passage, Section
from biseo.drafting.wording import unmarked
from biseo.tasks.definition import SectionPlan
from biseo.text.facts import find_facts

FIGURE_KINDS = {
    "date": "날짜",
    "period": "기간",
    "time": "시각",
    "amount": "금액",
    "count": "수량",
    "percent": "비율",
    "phone": "연락처",
}
MOST_FIGURES = 20
NO_QUOTATION = "[인용 확인]"
_SHORTEST_QUOTATION = 15
_CONTEXT = 24


def figures_section(plan: SectionPlan, passages: Sequence[Passage], elsewhere: int = 0, each: int = 0) -> Section:
    """A table of the dates, amounts and counts of the sources, each value once, with the words around it.

    Args:
        elsewhere: how many there are in all, where the passages are only those that matter.
        each: most figures of one passage, 0 for all.
    """
    most = plan.lines[1] or MOST_FIGURES
    rows: list[tuple[str, ...]] = []
    evidence: list[Evidence] = []
    seen: set[tuple[str, str]] = set()
    for passage in passages:
        before = len(rows)
        for fact in find_facts(passage.text):
            if fact.kind not in FIGURE_KINDS or (fact.kind, fact.value) in seen:
                continue
            if each and len(rows) - before == each:
                break
            seen.add((fact.kind, fact.value))
            place = f"{passage.source} {passage.page}쪽" if passage.page else passage.source
            rows.append((FIGURE_KINDS[fact.kind], fact.text, _around(passage.text, fact.start, fact.end), place))
            evidence.append(Evidence(passage.source, passage.page, passage.text))
    if not rows:
        return Section(plan.id, plan.title, "자료에 날짜나 숫자가 없음", "rule", heading=plan.heading)
    left = max(len(rows), elsewhere) - min(len(rows), most)
    if left > 0:
        rows = [*rows[:most], ("그 밖", f"{left}건", "자료에서 확인", "")]
    table = (("구분", "내용", "앞뒤 말", "출처"), *rows)
    text = "\n".join("\t".join(row) for row in table)
    found = tuple(dict.fromkeys(evidence[:most]))
    return Section(plan.id, plan.title, text, "rule", found, rows=table, header_rows=1, heading=plan.heading)


def figures_in(section: Section) -> int:
    """How many figures a section made by `figures_section` speaks of, those it only counts among them."""
    last = section.rows[-1] if section.rows else ("",)
    counted = int(last[1].removesuffix("건")) if last[0] == "그 밖" else 0
    return max(0, len(section.rows) - 1 - bool(counted)) + counted


def quotation_section(plan: SectionPlan, given: str, passages: Sequence[Passage]) -> Section:
    """What the official gave, else the longest sentence of the sources that quotes a person, else a mark to fill in."""
    if given:
        return Section(plan.id, plan.title, given, "form", heading=plan.heading)
    quoting = [passage for passage in passages if _longest_quotation(passage.text) >= _SHORTEST_QUOTATION]
    if not quoting:
        return Section(plan.id, plan.title, NO_QUOTATION, "rule", heading=plan.heading)
    chosen = max(quoting, key=lambda passage: _longest_quotation(passage.text))
    evidence = (Evidence(chosen.source, chosen.page, chosen.text),)
    return Section(plan.id, plan.title, unmarked(chosen.text), "rule", evidence, heading=plan.heading)


def _longest_quotation(text: str) -> int:
    hangul = sum("가" <= character <= "힣" for character in text)
    if hangul < len(text) / 3 or not text.rstrip().endswith("."):
        return 0
    return max((len(fact.text) for fact in find_facts(text) if fact.kind == "quotation"), default=0)


def _around(text: str, start: int, end: int) -> str:
    left, right = max(0, start - _CONTEXT), min(len(text), end + _CONTEXT)
    words = text[left:right].replace("\n", " ").replace("\t", " ").strip()
    return ("…" if left else "") + words + ("…" if right < len(text) else "")

"""Tables that are found in the sources by rule: what is disputed and on what grounds, what a meeting decided.

Every cell holds words of the sources, each row says where they stand. What the sources do not say is not filled in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from biseo.document import Evidence, Section
from biseo.drafting.digest.lines import Line
from biseo.drafting.quadrants import is_favourable
from biseo.drafting.wording import said_in, unmarked
from biseo.tasks.definition import SectionPlan
from biseo.text.characters import words
from biseo.text.facts import find_facts
from biseo.text.noun_endings import to_outline
from biseo.text.reporting import content_of_report

NOT_SAID = "-"
MOST_ROWS = 12
_LONGEST_HEADING = 20

_DISPUTED = words("""
    쟁점 이견 갈등 반대 논란 우려 지적 부족 미흡 곤란 어려움 문제 불편 민원 위반 초과 지연 누락 중복 과다 소홀 취약
    사각지대 형평성 실효성""")
_GROUNDS = re.compile(r"\d[\d,.]*|따르면|근거|때문|조사|감사|설문|통계|제\s?\d+조")
_ENDS = "(?:했|하였|됐|되었|함|됨|한다|된다|하기로)"
_DECIDED = re.compile(rf"(?:의결|결정|확정|승인|합의|채택|가결|부결|선정)(?:{_ENDS}|$)|기로 ?(?:{_ENDS}|합의|결정)")
_ASKED = rf"(?:요청|지시|당부|주문){_ENDS}"
_DUTY = r"[해하]여?야 ?(?:한다|함|합니다|할)?"
_MEANT = r"(?:예정|계획)(?:이다|임|입니다)?"
_TO_DO = re.compile(
    rf"(?:{_DUTY}|바랍니다|바란다|바람|할 것|하도록 (?:한다|함|할 것)|{_ASKED}|{_MEANT})$"
    r"|까지.{0,40}(?:제출|보고|완료|마련|통보|회신|입력|점검)"
)
_DECIDED_ABOVE = re.compile(r"결정|의결|합의|심의 결과|확정")
_TO_DO_ABOVE = re.compile(r"할 일|조치|향후|후속|추진 사항|지시|협조|당부|과제")
_LABEL = re.compile(r"^(?P<label>결정|의결|합의|할 일|조치|지시|후속 조치)(?: ?사항)?\s*[:：]\s*(?P<rest>.+)")
_WHO, _WHEN = ("담당부서", "담당", "소관", "책임", "주관"), ("기한", "완료일", "일정")
_NAMES = "|".join((*_WHO, *_WHEN))
_LABELLED = re.compile(
    rf"[(（,;/·\s]*(?P<label>{_NAMES}|담당 부서)\s*[:：]\s*(?P<words>[^()（）,;/|]{{2,30}}?)"
    rf"(?=[)）,;/|]|\s{{2}}|$|\s(?:{_NAMES})\s?[:：])"
)
_OFFICES = "과|팀|국|실|담당관|센터|사업소|위원회|본부|읍|면|동|공단|재단"
_OFFICE = re.compile(
    rf"(?:^|[\s(])(?P<name>[가-힣A-Za-z0-9·]{{1,13}}(?:{_OFFICES}))(?:장)?(?:은|는|이|가|에서|에서는|에|에게)(?=\s)"
)
_POSTS = "과장|팀장|국장|실장|주무관|사무관|센터장|소장|위원장|담당관"
_PERSON = re.compile(
    rf"(?:^|[\s(])(?P<name>[가-힣]{{2,4}} ?(?:[가-힣]{{2,8}} ?)?(?:{_POSTS}))(?:은|는|이|가)?(?=[\s,)])"
)
_LOOSE_DUE = re.compile(r"((?:이번|다음|내|올|매)\s?(?:달|주|년|해|월)?\s?(?:말|초|중순|상반기|하반기)?)\s?까지")
_COLUMNS = {
    "what": r"할 ?일|조치|내용|결정|과제|안건|지시",
    "who": r"담당|소관|주관|부서",
    "due": r"기한|완료|일정|시기",
}
_NO_DUE = frozenset({"period", "time", "percent", "amount", "count", "number", "phone"})


def issues_section(plan: SectionPlan, lines: Sequence[Line]) -> Section:
    """쟁점–근거: sentences that tell of a problem, beside what the sources say for it."""
    most, alone = plan.lines[1] or MOST_ROWS, _is_alone(lines)
    found: list[tuple[float, Line, Line]] = []
    sentences = [line for line in lines if line.kind == "sentence"]
    for number, line in enumerate(sentences):
        weight = _disputed(line)
        if weight:
            found.append((weight, line, _grounds(sentences, number)))
    found.sort(key=lambda each: (-each[0], each[1].place))
    kept: list[tuple[float, Line, Line]] = []
    for each in found:
        if not said_in(each[1].text, (other.text for _, other, _ in kept[-200:])):
            kept.append(each)
    shown = sorted(kept[:most], key=lambda each: each[1].place)
    rows: list[tuple[str, ...]] = [
        (_outline(issue), unmarked(ground.text), _place(ground, alone)) for _, issue, ground in shown
    ]
    evidence = [line.evidence for _, issue, ground in shown for line in (issue, ground)]
    return _table(
        plan, ("쟁점", "근거", "출처"), rows, evidence, len(kept) - len(shown), "자료에 쟁점으로 볼 문장이 없음"
    )


def meeting_section(plan: SectionPlan, lines: Sequence[Line]) -> Section:
    """회의 결과: decisions and things to do, with who and until when where the sentence or its labels say so."""
    most, alone = plan.lines[1] or MOST_ROWS, _is_alone(lines)
    rows: list[tuple[str, ...]] = []
    evidence: list[Evidence] = []
    said: list[str] = []
    more = 0
    for line in lines:
        row = _table_row(line) if line.kind == "row" else _meeting_row(line) if line.kind == "sentence" else None
        if row is None or said_in(row[1], said[-200:]):
            continue
        said.append(row[1])
        if len(rows) == most:
            more += 1
            continue
        rows.append((*row, _place(line, alone)))
        evidence.append(line.evidence)
    head = ("구분", "내용", "담당", "기한", "출처")
    return _table(plan, head, rows, evidence, more, "자료에 결정하거나 하기로 한 일이 없음")


def _table(
    plan: SectionPlan,
    head: tuple[str, ...],
    rows: list[tuple[str, ...]],
    evidence: Sequence[Evidence],
    more: int,
    none: str,
) -> Section:
    if not rows:
        return Section(plan.id, plan.title, none, "rule", heading=plan.heading)
    if more > 0:
        rows = [*rows, ("그 밖", f"{more}건", *("자료에서 확인", "", "")[: len(head) - 2])]
    table = (head, *rows)
    text = "\n".join("\t".join(row) for row in table)
    found = tuple(dict.fromkeys(evidence))
    return Section(plan.id, plan.title, text, "rule", found, rows=table, header_rows=1, heading=plan.heading)


def _disputed(line: Line) -> float:
    """How much of a dispute a sentence is; 0 for none."""
    count = sum(word in line.text for word in _DISPUTED)
    above = any(word in line.above for word in ("쟁점", "문제", "애로", "지적", "한계"))
    if not count and not above:
        return 0.0
    bad = is_favourable(line.text, line.above)
    if bad is True or len(line.text) < 12 or (bad is None and not above and count < 2):
        return 0.0
    return count + 2.0 * above + 1.0 * bool(_GROUNDS.search(line.text))


def _grounds(sentences: Sequence[Line], number: int) -> Line:
    """The sentence that gives the grounds: itself if it has figures, else the next or last one of its paragraph."""
    line = sentences[number]
    if _GROUNDS.search(line.text):
        return line
    near = [sentences[other] for other in (number + 1, number - 1) if 0 <= other < len(sentences)]
    beside = (one for one in near if (one.source, one.above) == (line.source, line.above))
    return next((one for one in beside if abs(one.block - line.block) <= 1 and _GROUNDS.search(one.text)), line)


def _meeting_row(line: Line) -> tuple[str, str, str, str] | None:
    text = unmarked(line.text)
    label = _LABEL.match(text)
    bare = label["rest"] if label else text
    fields = {each["label"].replace(" ", ""): each["words"].strip() for each in _LABELLED.finditer(bare)}
    bare = _LABELLED.sub("", bare).strip(" ()（）,;/") if fields else bare
    plain = bare.rstrip(". ")
    kind = ""
    if label:
        kind = "결정" if label["label"] in ("결정", "의결", "합의") else "할 일"
    elif _DECIDED.search(plain):
        kind = "결정"
    elif _TO_DO.search(plain):
        kind = "할 일"
    elif fields or (len(line.above) <= _LONGEST_HEADING and not plain.endswith("다")):
        if _DECIDED_ABOVE.search(line.above):
            kind = "결정"
        elif _TO_DO_ABOVE.search(line.above) or fields:
            kind = "할 일"
    if not kind or len(bare) < 6:
        return None
    who = next((fields[name] for name in _WHO if name in fields), "") or _who(bare)
    due = next((fields[name] for name in _WHEN if name in fields), "") or _due(bare)
    return kind, to_outline(content_of_report(bare)), who or NOT_SAID, due or NOT_SAID


def _table_row(line: Line) -> tuple[str, str, str, str] | None:
    """A row of a table that has such columns itself: 할 일 | 담당 | 기한."""
    heads = [cell.strip() for cell in line.head.split("|")]
    cells = [cell.strip() for cell in line.text.split("|")]
    if len(heads) != len(cells):
        return None
    where = {
        name: next((place for place, head in enumerate(heads) if re.search(pattern, head)), None)
        for name, pattern in _COLUMNS.items()
    }
    what, who, due = where["what"], where["who"], where["due"]
    if what is None or (due is None and not re.search(r"할 ?일|조치|결정|지시", heads[what])) or not cells[what]:
        return None
    kind = "결정" if re.search("결정|의결", heads[what]) else "할 일"
    return (
        kind,
        cells[what],
        (cells[who] if who is not None else "") or NOT_SAID,
        (cells[due] if due is not None else "") or NOT_SAID,
    )


def _who(text: str) -> str:
    person, office = _PERSON.search(text), _OFFICE.search(text)
    found = [match for match in (person, office) if match]
    return min(found, key=lambda match: match.start())["name"] if found else ""


def _due(text: str) -> str:
    """The date before 까지, as written."""
    for fact in find_facts(text, quotations=False):
        if fact.kind not in _NO_DUE and re.match(r"\s?(?:\([가-힣]\))?\s?까지", text[fact.end :]):
            return fact.text
    loose = _LOOSE_DUE.search(text)
    return loose[1].strip() if loose and loose[1].strip() else ""


def _outline(line: Line) -> str:
    return to_outline(content_of_report(unmarked(line.text)))


def _is_alone(lines: Sequence[Line]) -> bool:
    """Whether there is one source only, whose name need not stand in every row."""
    return len({line.source for line in lines}) == 1


def _place(line: Line, alone: bool) -> str:
    page = f"{line.page}쪽" if line.page else ""
    return page if page and alone else f"{line.source} {page}".strip()

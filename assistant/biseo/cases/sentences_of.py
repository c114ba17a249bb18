"""Which of a sentence's words stand in which cell: content, budget or lesson, and how it is shortened."""

from __future__ import annotations

import re

from biseo.cases.case import Cell
from biseo.cases.cities import Mention
from biseo.cases.words import cues, leftovers
from biseo.text.facts import Fact, find_facts
from biseo.text.noun_endings import split_clauses, to_outline, without_connective
from biseo.text.quotes import quoted_spans
from biseo.text.reporting import content_of_report

_LONG = 110
_LONGEST = 400
_SPEECH = re.compile(
    r"(?:고|라며|면서)\s?[^\"”]{0,30}(?:말했|밝혔|강조|전했|덧붙|설명|당부|주문|요구|지시|언급|약속|다짐|소개|평가)"
)
_LEADING = re.compile(
    r"^(?:한편|또한|특히|아울러|이에 따라|이에|이를 위해|그 결과|실제로|이 밖에도?|우선|먼저|나아가|여기에|이와 함께"
    r"|이 가운데|더불어|이후)[,]?\s+"
)
_QUOTES = frozenset("\"'“‘")
_CAPTION = re.compile(r"^\s*[▲△◀▶!]|\[\]\(\)|©|ⓒ|\(사진|기자\s*[|=]|@[a-z]")
_OWN_SUBJECT = re.compile(r"^(?:[가-힣]{2,6},?\s)?(?:시|군|구|도)(?:청)?(?:은|는|가|이)\s")
_ASKS = re.compile(r"(?:당부|주문|요구|지시|요청)했(?:다|음)$")
_SUM = re.compile(r"(?:모두|총|합쳐|합하면|합계)\s?$")
_UNKNOWN = re.compile(r"(?:밝혀지지|알려지지|확인되지|공개되지|드러나지) 않")
_DESCRIBES = re.compile(r"(?:이다|도시다|지역이다|꼽힌다|차지한다|위치한다|알려져 있다|있는 도시|편이다)$")
_SAID_ON = re.compile(r"(?<=고)\s(?:지난\s|오는\s)?(?:\d{1,2}월\s)?\d{1,2}일(?=\s(?:밝혔|전했|발표했))")
_COSTS = re.compile(r"[가-힣]+비(?=[가-힣]?[\s,]|$)")
_SUBJECT_END = re.compile(r"(?:청)?(?:은|는|이|가|에서는|에서도|도|의 경우(?:는|에는)?)[,]?\s+")
_OWN = re.compile(r"^(?:시|군|구|도)(?:청)?(?:은|는|가|이)\s+")
_NEAR = 14
_ORGANISATIONS = re.compile(
    r"^(?:한편,? )?(?:정부|국회|[가-힣]{2,8}(?:부|청|원|처|위원회|연구원|협회|학회)|전문가들|업계|학계)"
    r"(?:은|는|이|가|에 따르면)\s"
)
_LABEL = re.compile(r"^\s*[\[(<【]?\s*([가-힣·\s]{2,12}?)\s*[\])>】]?\s*[:：]\s*")


def label_of(text: str) -> tuple[Cell | None, int]:
    """What a line says of itself before a colon (`예산: 12억 원`), and where its words begin."""
    match = _LABEL.match(text)
    if match is None:
        return None, 0
    cell = heading_of(match[1])
    return cell, match.end() if cell else 0


def heading_of(text: str) -> Cell | None:
    """The cell that a heading or column head names, if any."""
    packed = re.sub(r"[(（][^)）]*[)）]|[\s\[\]<>【】·:\-–.\dⅠ-Ⅻ□○가-하]?[.)]|[\s\[\]<>【】·:\-–□■○●◦]", "", text)
    for cell, name in (("lesson", "lesson_headings"), ("budget", "budget_headings"), ("content", "content_headings")):
        if packed in cues(name):
            return cell  # type: ignore[return-value]
    return None


def is_speech(text: str) -> bool:
    """Whether a sentence is what somebody says, in quotation marks."""
    if _ASKS.search(text.rstrip(" .")):
        return True
    return any(quote.double for quote in quoted_spans(text)) and bool(_SPEECH.search(text))


def is_caption(text: str) -> bool:
    """Whether a line is the caption of a picture or the like."""
    return bool(_CAPTION.search(text)) or any(mark in text for mark in leftovers("mixed_in"))


def ends_page(text: str) -> bool:
    """Whether nothing of an article follows on a news page."""
    return any(mark in text for mark in leftovers("markers"))


def is_whole(text: str) -> bool:
    """Whether a text ends as a sentence does."""
    return len(text) <= _LONGEST and text.rstrip(" .)”\"'’").endswith(("다", "음", "함", "임", "됨"))


def speaks_of_itself(text: str) -> bool:
    """Whether the subject of a sentence is 시, 군, 구 or 도 alone: the city spoken of before."""
    return bool(_OWN_SUBJECT.match(text))


def unknown(text: str) -> bool:
    """Whether a sentence only says that something is not known."""
    return bool(_UNKNOWN.search(text))


def describes(text: str) -> bool:
    """Whether a sentence only says what a city is, not what it does."""
    return bool(_DESCRIBES.search(text.rstrip(" .")))


def of_others(text: str) -> bool:
    """Whether a sentence is about a ministry or the like, not about the city spoken of before."""
    return bool(_ORGANISATIONS.match(text)) or "후보" in text  # what a candidate promises is no case


def does_something(text: str) -> bool:
    """Whether a sentence tells what somebody does."""
    bare = _COSTS.sub("", text)
    return any(word in bare for word in cues("doing"))


def teaches(text: str) -> bool:
    """Whether a sentence itself states an effect, a result or a lesson."""
    return any(word in text for word in cues("lessons"))


def budgets(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The amounts of a sentence that are the money of a project, each with its cue word."""
    amounts = [fact for fact in find_facts(text, quotations=False) if fact.kind == "amount"]
    found: list[tuple[int, int, str]] = []
    for place, fact in enumerate(amounts):
        left = amounts[place - 1].end if place else 0
        right = amounts[place + 1].start if place + 1 < len(amounts) else len(text)
        span = _with_cue(text, fact, left, right)
        if span is None and found and _follows(text, found[-1][1], fact):
            span = (fact.start, fact.end)
        if span is None and found and (sum_of := _SUM.search(text, left, fact.start)):
            span = (sum_of.start(), fact.end)
        if span is not None:
            found.append((*span, fact.value))
    return tuple((" ".join(text[start:end].split()), (value,)) for start, end, value in found)


def _follows(text: str, end: int, fact: Fact) -> bool:
    return text[end : fact.start].strip(" ,·+/(") in ("", "와", "과", "및")


def _with_cue(text: str, fact: Fact, left: int, right: int) -> tuple[int, int] | None:
    """From the cue to the amount, or from the amount to the cue behind it; None where it is other money."""
    before = text[max(left, fact.start - _NEAR) : fact.start]
    after = text[fact.end : min(right, fact.end + _NEAR)]
    clause = re.split(r"[,;]\s|(?<=[고며])\s", after)[0]
    if any(word in clause for word in cues("no_budget")) or any(
        word in text[max(left, fact.start - _NEAR) : fact.start] for word in cues("no_budget")
    ):
        return None
    cut = max(before.rfind(", "), before.rfind("; "))
    near = before[cut + 1 :]
    offset = max(left, fact.start - _NEAR) + cut + 1
    places = [(near.rfind(word), word) for word in cues("budget") if word in near]
    if places:
        return offset + min(place for place, _ in places), fact.end
    places = [(clause.find(word), word) for word in cues("budget") if word in clause]
    if places:
        place, word = min(places, key=lambda one: (one[0], -len(one[1])))
        return fact.start, fact.end + place + len(word)
    return None


def shortened(text: str, mentions: tuple[Mention, ...] = ()) -> str:
    """A sentence as a clause: without who says it and whose it is, closed with a noun."""
    begin = 0
    lead = _LEADING.match(text)
    skip = lead.end() if lead else 0
    for mention in mentions:
        if mention.subject and mention.start <= skip + 1:
            after = _SUBJECT_END.match(text, mention.end)
            begin = after.end() if after else 0
    words = text[begin:] if begin else text
    words = _OWN.sub("", without_connective(_LEADING.sub("", words)))
    words = _SAID_ON.sub("", words).strip(" ,")
    said = content_of_report(words)
    if said == words.strip():
        said = to_outline(words)
    elif words[:1] in _QUOTES and not said.startswith(words[0]):
        said = words[0] + said
    if len(said) <= _LONG:
        return said
    clauses = split_clauses(said)
    kept: list[str] = []
    for clause in clauses:
        if kept and sum(map(len, kept)) + len(clause) > _LONG:
            break
        kept.append(clause)
    return ", ".join(kept)

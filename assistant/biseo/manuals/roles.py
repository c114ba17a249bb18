"""Who has to do it: posts, bodies and people as a manual names them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from biseo.manuals.words import listed, word_set
from biseo.text.characters import words

_BRACKETS = re.compile(r"[(（〈<\[【「『][^)）〉>\]】」』]{0,200}[)）〉>\]】」』]")
_FRAME = " []<>〈〉【】「」『』《》()·-–:：*"
_JOINT = re.compile(r"\s*(?:,|/|\s및\s|\s또는\s|(?<=[가-힣])[와과]\s)\s*|·")
_NAME = re.compile(r"[가-힣○A-Z0-9·]+")
_PARTICLE = re.compile(r"(께서는|에서는|에서|께서|은|는|이|가)$")
_FIRST = 9
"""A subject stands among so many first words of a sentence."""
_HEAD = re.compile(r"^[(（〈<\[【]\s*([^)）〉>\]】]{2,40})\s*[)）〉>\]】]\s*")
_COLON = re.compile(r"^([^:：,.]{2,30}?)\s*[:：]\s+(?=\S)")
_TAIL = re.compile(
    r"\s*(?:[(（\[〈<]\s*(?P<in>[^()（）\[\]]{2,60})\s*[)）\]〉>]|(?:[-–→⇒]\s*|,\s*)(?P<out>(?:담당|주관|협조)[^.]{2,40}))\s*\.?$"
)
_LABELLED = re.compile(
    r"(담당자?|담당부서|주관|주관부서|책임자?|총괄|협조|협조부서|지원|협조기관)\s*[:：]\s*([^:：;]+?)"
    r"(?=[,;]?\s*(?:담당|주관|협조|책임|지원)|[;]|$)"
)
_HELPING = ("협조", "지원")
_CLAUSE = re.compile(r"[가-힣](?:하는|한|할|된|되는|될|받은|[하되으]면)\s|경우|때|\s시\s")
_ALIAS = re.compile(
    r"(?<![가-힣○·])([가-힣○·]{1,20}(?: [가-힣○·]{1,20}){0,3}) ?"
    r"\(이하\s*[\"“'‘「]([^\"”'’」]{2,20})[\"”'’」]\s*(?:이라|라)\s*(?:한다|함)"
)
_BEFORE = frozenset(words("해당 관할 소관 현장 행사장 축제장 구역별 반별 각 전 모든 주무 처리 담당 시설 지역"))
"""Words that belong to the role behind them."""


@dataclass(frozen=True)
class Told:
    """What a sentence says of who does it.

    Attributes:
        roles: who does it.
        helpers: who helps.
        text: the sentence without the words in brackets or before a colon that only named the role.
        start: where `text` begins in the sentence.
        subject: where the subject with its particle stands in the sentence; `(0, 0)` where it has none.
        words: the subject's own words, without its particle.
    """

    roles: tuple[str, ...]
    helpers: tuple[str, ...]
    text: str
    start: int = 0
    subject: tuple[int, int] = (0, 0)
    words: str = ""


def is_role(name: str) -> bool:
    """Whether the last word of a name is a post, a body or people who act."""
    words = name.split()
    if not words or len(words) > 5 or not all(_NAME.fullmatch(word) for word in words):
        return False
    last = words[-1]
    if last == "장":  # 처리부서의 장
        return len(words) > 1 and words[-2].endswith("의") and is_role(" ".join([*words[:-2], words[-2][:-1]]))
    if last in word_set("people") or last in word_set("mayors"):
        return True
    if last in word_set("no_mayors"):
        return False
    if last.endswith(listed("posts")):
        return last != "원장" and not last.endswith(_NO_POSTS)
    if last.endswith(listed("bodies")) and last not in ("공사", "공단", "협회"):
        return True
    if last.endswith(("시장", "군수")) and len(last) <= 6:
        return True
    if last.endswith(listed("no_bodies")) or last in word_set("no_bodies_alone"):
        return False
    return len(last) >= 3 and last.endswith(listed("short_bodies"))


_NO_POSTS = (
    "점검대장",
    "등록대장",
    "인계대장",
    "발급대장",
    "출입대장",
    "일지대장",
    "관리대장",
    "접수대장",
    "기록대장",
    "처리대장",
    "저장소장",
    "단위원장",
)


def roles_in(text: str) -> tuple[str, ...]:
    """The roles of a list of them (`안전총괄과, 도로과`); nothing when a part of it is no role."""
    cleaned = _BRACKETS.sub(" ", text.replace("\n", " , ")).strip(_FRAME + ".,")
    if not cleaned:
        return ()
    whole = " ".join(cleaned.split())
    if whole in word_set("bodies") or whole in word_set("posts") or whole in word_set("mayors"):
        return (whole,)
    parts = [" ".join(part.split()) for part in _JOINT.split(cleaned) if part.strip()]
    if parts and all(is_role(part) for part in parts):
        return tuple(dict.fromkeys(parts))
    return (whole,) if is_role(whole) and "," not in whole else ()


def roles_of_label(text: str) -> tuple[str, ...]:
    """The roles of a heading that is nothing but them (`가. 상황관리반`, `현장통제반장의 임무`)."""
    label = _BRACKETS.sub(" ", text).strip(_FRAME + ".,") or text.strip(_FRAME + ".,")
    label = " ".join(label.split())
    found = roles_in(label)
    if found:
        return found
    packed = label.replace(" ", "")
    for tail in listed("role_tails"):
        if packed.endswith(tail) and len(packed) > len(tail):
            return roles_in(_cut(label, len(tail)).removesuffix("의"))
    return ()


def _cut(label: str, count: int) -> str:
    """The label without so many letters at its end, blanks not counted."""
    while count and label:
        if not label[-1].isspace():
            count -= 1
        label = label[:-1]
    return label.strip()


def told_in(sentence: str) -> Told:
    """Who a sentence or item says has to do it."""
    text, start = sentence, 0
    roles: tuple[str, ...] = ()
    helpers: tuple[str, ...] = ()
    head = _HEAD.match(text)
    if head and (named := roles_in(head[1])):
        roles, start = named, head.end()
    elif (colon := _COLON.match(text)) and (named := roles_in(colon[1])):
        roles, start = named, colon.end()
    text = text[start:]
    tail = _TAIL.search(text)
    if tail:
        inside = tail["in"] or tail["out"]
        labelled = _LABELLED.findall(inside)
        for label, names in labelled:
            named = roles_in(names.strip(" ,"))
            if label.startswith(_HELPING):
                helpers += named
            else:
                roles += tuple(name for name in named if name not in roles)
        if not labelled and not roles:
            roles = roles_in(inside)
    subject, span = _subject(text)
    if subject:
        roles, words = subject, text[span[0] : span[1]]
        bare = _PARTICLE.sub("", words)
        return Told(roles, helpers, text, start, (start + span[0], start + span[1]), bare)
    return Told(roles, helpers, text, start)


def _subject(sentence: str) -> tuple[tuple[str, ...], tuple[int, int]]:
    """The role that a sentence is about, and where it stands with its particle."""
    words = list(re.finditer(r"\S+", sentence))
    weak: tuple[tuple[str, ...], tuple[int, int]] | None = None
    topic = False
    for place, match in enumerate(words[:_FIRST]):
        bare = match[0].rstrip(",")
        # 안전총괄과장(부재 시 안전팀장)은
        bare = _BRACKETS.sub("", bare)
        particle = _PARTICLE.search(bare)
        if particle is None:
            continue
        if particle[1] in ("은", "는") and len(bare) > 2 and not is_role(bare[:-1]) and place < 3 and bare != "장은":
            topic = True  # 문서는 결재권자가 … : the sentence is about something else
        name = bare[: particle.start()]
        if name == "장" and place and words[place - 1][0].endswith("의") and is_role(words[place - 1][0][:-1]):
            begin = words[place - 1].start()
            return ((sentence[begin : match.start()] + name,), (begin, match.start() + len(name) + len(particle[1])))
        if len(name) < 2:
            continue
        parts = name.split("·")
        if not is_role(name) and not (len(parts) > 1 and is_role(parts[-1])):
            continue
        first = place
        while first and _joins(words[first - 1][0], sentence, words[first - 1].end()):
            first -= 1
        if first == 1 and name.endswith(_NAMED_BY_WORK) and _is_work(words[0][0]):
            first = 0
        begin = words[first].start()
        whole = sentence[begin : match.start()] + name
        named = roles_in(whole) or (" ".join(whole.split()),)
        found = (named, (begin, match.start() + len(match[0].rstrip(","))))
        kind = particle[1]
        if kind in ("은", "는", "께서는", "에서는") and (kind != "에서는" or name.endswith(_UNITS)):
            return found
        if kind in ("이", "가", "께서"):
            if weak is None and not topic and not _CLAUSE.search(sentence, match.end()):
                weak = found
        elif weak is None and kind in ("에서", "에서는") and name.endswith(_UNITS):
            weak = found
    return weak or ((), (0, 0))


_UNITS = ("과", "팀", "반", "상황실", "부서", "본부", "국", "담당관", "민원실")


_NAMED_BY_WORK = ("반", "팀", "반장", "팀장", "반원", "팀원", "요원", "담당자", "책임자")
_NO_WORK = frozenset(
    words("""
    다만 또한 특히 이때 즉시 매일 매월 매주 평시 사전 이후 먼저 우선 경우 아울러 그리고
    필요시 유사시 비상시 단 이어 해당
    """)
)


def _is_work(word: str) -> bool:
    """Whether the first word of a sentence belongs to the name behind it: 피해 조사반은."""
    return (
        2 <= len(word) <= 4
        and bool(re.fullmatch(r"[가-힣]+", word))
        and word not in _NO_WORK
        and not re.search(r"(?:은|는|을|를|에|의|로|면|때|시|후|전|한|된|할|여|고|며|서|히|게)$", word)
    )


def _joins(word: str, sentence: str, end: int) -> bool:
    """Whether a word before a role belongs to its name or list: a body, or a role with 와, 및, comma."""
    bare = word.rstrip(",")
    if bare in ("및", "또는"):
        return True
    if word.endswith(","):
        return is_role(bare)
    if bare.endswith(("와", "과")) and is_role(bare[:-1]):
        return True
    if bare in (
        "해당",
        "관할",
        "소관",
        "현장",
        "행사장",
        "축제장",
        "구역별",
        "반별",
        "각",
        "전",
        "모든",
        "주무",
        "처리",
        "담당",
        "시설",
        "지역",
    ):
        return True
    return is_role(bare) and not _PARTICLE.search(bare)


def aliases_in(text: str) -> dict[str, str]:
    """Short names that a manual gives itself: `재난안전대책본부장(이하 "본부장"이라 한다)`."""
    found = {}
    for match in _ALIAS.finditer(text):
        name = match[1].split()
        while name and not is_role(" ".join(name)):
            name = name[1:]
        # only the role itself, not the words that lead to it
        while len(name) > 1 and not is_role(name[0]) and name[0] not in ("현장",):
            name = name[1:]
        if name and is_role(match[2]):
            found[match[2]] = " ".join(name)
    return found

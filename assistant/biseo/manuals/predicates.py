"""Whether a line tells somebody to do something: by how it ends."""

from __future__ import annotations

import re

from biseo.manuals.words import listed, word_set
from biseo.text.characters import final_consonant, is_hangul

_N, _L, _B = 4, 8, 17  # places of ㄴ ㄹ ㅂ among the final consonants
_TAIL = re.compile(r"\s*(?:[(（\[〈<][^()（）\[\]]{0,200}[)）\]〉>]|[-–→⇒]\s*(?:담당|주관|협조)\s*[:：].*|※.*)$")
_MUST = re.compile(r"(?:[여해어아]야|도록|토록)\s?(?:한다|합니다|함|할 것|하며|하고)$|(?:도록|토록)$")
_MAY = re.compile(r"수\s?(?:있|없)(?:다|음|습니다)$")
_NOT = re.compile(
    r"(?:지\s?(?:않는다|아니한다|않아야 한다|말 것|말아야 한다|않음|아니함|않습니다|마십시오|마세요|않을 것|아니할 것)"
    r"|안\s?(?:된다|됨|됩니다))$"
)
_POLITE = re.compile(r"(?:십시오|세요|주시기 바랍니다|바랍니다|바람|시기 바람)$")
_DEFINING = re.compile(r"(?:로|라고|이라|라|같이|고자)[”’\"']? ?(?:한다|합니다|함)$")
_FOLLOW = re.compile(r"(?:에|을|를|의) ?따(?:른다|름|릅니다)$")
_OTHERWISE = re.compile(r"(?:다음|아래|각|별표|별지|같은)\s?.*(?:와|과)\s?같(?:다|음|습니다)$")
_OF_ITSELF = re.compile(
    r"^(?:이|본)\s(?:매뉴얼|지침|규정|요령|계획|안내서|기준|편람|고시|훈령|예규|조례|규칙|영|법)[은는]"
)
_STATING_ENDS = ("이다", "였다", "었다", "았다", "했다", "됐다", "된다", "있다", "없다", "입니다")
_WHETHER = re.compile(r"(?:여부|상태|유무|이상 유무|작동 여부)$")
_LEAD = re.compile(r"(?:다음|아래)\s?(?:각\s?호|각\s?목|각\s?사항|사항|조치|업무|임무|절차|순서)?의?\s?.{0,25}$")


def core(text: str) -> str:
    """The line without what stands behind its predicate: brackets, notes, full stops."""
    text = " ".join(text.split())
    while True:
        cut = _TAIL.sub("", text.rstrip(" .;,。ㆍ·")).rstrip(" .;,。")
        if cut == text or not cut:
            return cut or text
        text = cut


def is_lead(text: str) -> bool:
    """Whether a line only leads to the items below it: 다음 각 호의 조치를 한다."""
    return bool(_LEAD.search(core(text))) and ("다음" in text or "아래" in text)


def tells_to(text: str) -> bool:
    """Whether a whole sentence tells what must be done (…한다, …할 것, …하여야 함, …하십시오)."""
    line = core(text)
    if len(line) < 4 or _MAY.search(line) or _OF_ITSELF.match(line):
        return False
    if _NOT.search(line) or _MUST.search(line) or _POLITE.search(line):
        return True
    if _FOLLOW.search(line) or _OTHERWISE.search(line):
        return False
    if _DEFINING.search(line):
        return False
    last = line.split()[-1]
    if last in word_set("describing") or last.endswith(_STATING_ENDS):
        return False
    if line.endswith("다"):
        before = line[-2:-1]
        if line.endswith("니다"):
            return is_hangul(line[-3]) and final_consonant(line[-3]) == _B and not last.endswith(("습니다", "됩니다"))
        return is_hangul(before) and final_consonant(before) == _N
    if line.endswith("것"):
        before = line[:-1].rstrip()[-1:]
        return is_hangul(before) and final_consonant(before) == _L
    if last in word_set("stating"):
        return False
    return last.endswith(listed("verbal_nouns")) and not last.endswith(("됨", "포함"))


def names_doing(text: str) -> bool:
    """Whether an item ends in a noun of doing (유관기관 상황 전파)."""
    line = core(text)
    return line.endswith(listed("doing")) and not line.endswith(("에 대비", "경우 보고"))


def asks_whether(text: str) -> bool:
    """Whether an item names something to look at (소화기 비치 여부)."""
    return bool(_WHETHER.search(core(text)))

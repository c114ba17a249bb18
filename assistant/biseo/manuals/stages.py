"""When it has to be done: stages that a manual names, and the time words of a sentence."""

from __future__ import annotations

import re

from biseo.manuals.words import listed, stage_names

_LEVELS = "관심|주의|경계|심각"
_NAMES = "평상시|평시|예방|대비|대응|복구|관심|주의|경계|심각"
_IN_SENTENCE = (
    re.compile(rf"(?<![가-힣])({_NAMES})(?:[·,/~]\s?({_NAMES}))*\s?단계"),
    re.compile(rf"(?<![가-힣])({_LEVELS})(?:[·,/~]\s?({_LEVELS}))*\s?(?:경보|발령|이상)"),
    re.compile(r"(?<![가-힣])(평상시|평시)(?=에|\s|,)"),
)
_NUMBERED = re.compile(r"(?<![가-힣])비상\s?[1-4]\s?단계|(?<![가-힣\d])[1-9]\s?단계")
_NAMED = re.compile(r"(?<![가-힣])([가-힣]{2,6})\s?단계(?![가-힣])")
_TITLE = re.compile(r"(?:매뉴얼|지침|편람|안내서|계획|규정|요령집|교본)\s*$")
_FRAME = " []<>〈〉【】「」『』()·-–:：*.,□■○"
_AFTER = re.compile(
    r"(?:단계|경보|발령|이상|시|활동|조치|사항|요령|대책|체계|업무|절차|점검|및|행동|주요|준비|관리|교육|훈련|임무|기|[\s·,/~()0-9])*"
)
_BRACKETS = re.compile(r"[(（][^)）]*[)）]")
_SPLIT = re.compile(rf"^(?:{_NAMES})(?:(?:[·,/~]|\s및\s|\s)\s?(?:{_NAMES}))*")
_TIMES = re.compile(
    r"(?:(?:발생|인지|접수|발견|통보|보고|요청|발령|종료|접수일|발효|해제|상황\s?종료|신고)\s?(?:일로부터|일부터|후|시점부터|즉시)\s?)?"
    r"(?:\d+(?:\.\d+)?\s?(?:초|분|시간|근무시간|일|주|개월|영업일|근무일)|열흘|이틀|사흘|보름)\s?(?:이내에?|안에|내에?(?=[\s가-힣]|$)|전까지|전에|전|후에|후|마다|간격(?:으로)?|단위로)"
    r"|(?<![가-힣])(?:\d{1,2}:\d{2}|(?:오전|오후)\s?\d{1,2}시(?:\s?\d{1,2}분)?|\d{1,2}시)\s?(?:까지|이전|전까지)"
    r"|(?<![가-힣])즉시|(?<![가-힣])지체\s?없이|(?<![가-힣])신속(?:히|하게)|(?<![가-힣])수시로?(?![가-힣])|(?<![가-힣])상시(?![가-힣])"
    r"|(?<![가-힣])매(?:일|주|월|시간|년|분기|회)(?![가-힣])|(?<![가-힣])(?:일|주|월|연|분기|반기)\s?\d+회(?:\s이상)?"
    r"|(?<![가-힣])(?:당일|익일|다음\s?날|전날|행사\s?전일|행사\s?당일)(?:까지)?"
    r"|(?<![가-힣])[가-힣]{2,8}(?:\s[가-힣]{2,6})?\s(?:발생|발령|접수|종료|발효|발견|해제|도달|초과|감지|확인)\s?시(?=[\s,에]|$)"
)


def stages_of_label(label: str) -> tuple[str, ...]:
    """The stages of a heading (`□ 경계 단계`, `대응·복구`, `비상 2단계`); of a title of a whole manual none."""
    words = " ".join(label.split()).strip(_FRAME)
    if not words or _TITLE.search(words) or len(words) > 40:
        return ()
    numbered = _NUMBERED.search(words)
    if numbered:
        return (_spaced(numbered[0]),)
    start = _SPLIT.match(words)
    if start:
        rest = _BRACKETS.sub("", words[start.end() :])
        if _AFTER.fullmatch(rest) or rest.lstrip().startswith("단계"):
            return _names(start[0])
    inside = in_sentence(words)
    if inside:
        return inside
    packed = _BRACKETS.sub("", words).replace(" ", "")
    for phase in listed("phases"):
        if packed.startswith(phase) and _AFTER.fullmatch(packed[len(phase) :]):
            return (_original(words, phase),)
    named = _NAMED.search(words)
    return (f"{named[1]} 단계",) if named and len(words) <= 20 else ()


def in_sentence(text: str) -> tuple[str, ...]:
    """The stages that a sentence names itself (심각 단계에서는 …)."""
    found: list[str] = []
    for pattern in _IN_SENTENCE:
        for match in pattern.finditer(text):
            found += _names(match[0])
    if not found and (numbered := re.search(r"(?<![가-힣])비상\s?[1-4]\s?단계", text)):
        found.append(_spaced(numbered[0]))
    return tuple(dict.fromkeys(found))


def timing_of(text: str) -> str:
    """The time words of a sentence as written, joined by a comma."""
    found = [" ".join(match[0].split()) for match in _TIMES.finditer(text)]
    return ", ".join(dict.fromkeys(found))


def _names(text: str) -> tuple[str, ...]:
    names = stage_names()
    return tuple(dict.fromkeys(names.get(word, word) for word in re.findall(_NAMES, text)))


def _original(words: str, phase: str) -> str:
    """The words of a heading that spell a phase, with their blanks."""
    end = 0
    for letter in phase:
        end = words.index(letter, end) + 1
    return words[:end]


def _spaced(text: str) -> str:
    return re.sub(r"\s?([0-9])\s?단계", r" \1단계", text).strip()

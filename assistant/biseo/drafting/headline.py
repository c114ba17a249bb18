"""A headline made from the sentence that tells the news, by rule: who, when and where, what, and the deed as a noun."""

from __future__ import annotations

import re

_SENTENCE = re.compile(
    r"^(?P<who>(?:[가-힣]+ )?[가-힣]+(?:[시군구도원부처청]|공사|공단|재단|센터))(?:은|는|이|가) "
    r"(?P<rest>.+[가-힣]다)\.?$"
)
_YEAR = re.compile(r"(?:올해|\d{4}년) (?=\d{1,2}월)")
_QUOTED_OBJECT = re.compile(
    r"(?P<before>.*?)(?P<name>['‘][^'’]{2,30}['’](?: [가-힣0-9]{1,8}){0,2})(?:을|를) (?P<after>.*)$"
)
_MODIFIES = re.compile(r"[는은한된할될린운] $")
_LONG_TIME = re.compile(r"^.*?(?:부터 .{1,20}?까지|[월일시)]까지|[월일시]에) ")
_DEEDS = (
    (re.compile(r"(?:을|를)? ?문(?:을)? (?:연다|열었다)$"), " 개소"),
    (re.compile(r"(?:을|를)? ?(?:연다|열었다)$"), " 개최"),
    (re.compile(r"(?:을|를)? ?(?:달았다|단다|세웠다|세운다)$"), " 설치"),
    (re.compile(r"(?:을|를)? ?(?:만들었다|만든다)$"), " 조성"),
    (re.compile(r"(?:을|를)? ?(?:뽑는다|뽑았다)$"), " 선발"),
    (re.compile(r"(?:을|를)? ?(?:늘린다|늘렸다|넓힌다|넓혔다)$"), " 확대"),
    (re.compile(r"(?:을|를)? ?(?:줄인다|줄였다)$"), " 감축"),
    (re.compile(r"(?:을|를)? ?(?:고친다|고쳤다)$"), " 정비"),
    (re.compile(r"(?:을|를)? ?(?:나눈다|나눴다|나누었다)$"), " 나눔"),
    (
        re.compile(r"(?:을|를)? ?([가-힣]{2,6})(?:(?:한다|했다|하였다)(?:고 밝혔다)?|할 (?:예정|계획|방침)이다)$"),
        r" \1",
    ),
)


def headline_of(sentence: str, most: int) -> str:
    """The headline of a sentence in which an agency does something; empty when the rules do not suit it.

    Args:
        most: characters that it may have.
    """
    found = _SENTENCE.match(sentence.strip())
    if not found:
        return ""
    rest = _YEAR.sub("", found["rest"])
    named = _QUOTED_OBJECT.match(rest)
    if named:
        before = "" if _MODIFIES.search(named["before"]) else named["before"]
        deed = _deed(f"을 {named['after'].split(' ')[-1]}")
        when_where = " ".join(named["after"].split(" ")[:-1])
        if when_where.endswith("문"):
            when_where, deed = when_where.removesuffix("문").rstrip(), _deed(f"을 문 {named['after'].split(' ')[-1]}")
        parts = [before.strip(), when_where, named["name"]] if deed else []
        line = " ".join(part for part in parts if part) + deed if deed else ""
    else:
        line = _deed(rest)
    if not line:
        return ""
    title = f"{found['who']}, {line}"
    if len(title) > most:
        title = f"{found['who']}, {_LONG_TIME.sub('', line)}"
    return title if len(title) <= most else ""


def _deed(words: str) -> str:
    """Words whose closing verb is a noun, the mark of its object gone; empty for a verb that has none here."""
    for pattern, noun in _DEEDS:
        if pattern.search(words):
            return pattern.sub(noun, words)
    return ""

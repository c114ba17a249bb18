"""Headlines by rule: who, when and where, what, and the deed as a noun; below it the figure that says most."""

from __future__ import annotations

import re
from collections.abc import Sequence

from biseo.drafting.wording import headline_ending
from biseo.text.facts import find_facts

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
_PURPOSE = re.compile(r"^.*?(?:위해|위하여|도록) ")
_DEEDS = (
    (re.compile(r"(?:을|를)? ?문(?:을)? (?:연다|열었다)$"), " 개소"),
    (re.compile(r"(?:을|를)? ?(?:연다|열었다)$"), " 개최"),
    (re.compile(r"(?:을|를)? ?(?:달았다|단다|세웠다|세운다)$"), " 설치"),
    (re.compile(r"(?:을|를)? ?(?:만들었다|만든다)$"), " 조성"),
    (re.compile(r"(?:을|를)? ?(?:뽑는다|뽑았다)$"), " 선발"),
    (re.compile(r"(?:을|를)? ?(?:늘린다|늘렸다|넓힌다|넓혔다)$"), " 확대"),
    (re.compile(r"(?:을|를)? ?(?:줄인다|줄였다)$"), " 감축"),
    (re.compile(r"(?:을|를)? ?(?:고친다|고쳤다)$"), " 정비"),
    (re.compile(r"(?:을|를)? ?(?:놓는다|놓았다|들여놓는다|들여놓았다)$"), " 설치"),
    (re.compile(r"(?:을|를)? ?(?:둔다|두었다|뒀다)$"), " 배치"),
    (re.compile(r"(?:을|를)? ?(?:짓는다|지었다)$"), " 건립"),
    (re.compile(r"(?:을|를)? ?(?:옮긴다|옮겼다)$"), " 이전"),
    (re.compile(r"(?:을|를)? ?(?:바꾼다|바꾸었다|바꿨다)$"), " 개편"),
    (re.compile(r"(?:을|를)? ?(?:보탠다|보탰다|돕는다|도왔다)$"), " 지원"),
    (re.compile(r" (?:줄었다|줄어든다)$"), " 감소"),
    (re.compile(r" (?:늘었다|늘어난다)$"), " 증가"),
    (re.compile(r" (?:올랐다|오른다)$"), " 상승"),
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
    for less in (_PURPOSE, _LONG_TIME):
        if len(title) > most:
            line = less.sub("", line)
            title = f"{found['who']}, {line}"
    return title if len(title) <= most else ""


def subtitle_of(sentences: Sequence[str], shortest: int, most: int) -> str:
    """The sentence with the figure that says most (a share, then a count, then an amount), its verb a noun.

    Empty when there is none of between `shortest` and `most` characters.
    """
    ranked: list[tuple[int, int, str]] = []
    for place, sentence in enumerate(sentences):
        kinds = {fact.kind for fact in find_facts(sentence, quotations=False)}
        weight = next((rank for rank, kind in enumerate(("percent", "count", "amount")) if kind in kinds), None)
        words = sentence.rstrip(".")
        line = _deed(words) or headline_ending(words)
        if weight is not None and sentence.endswith("다.") and shortest <= len(line) <= most:
            ranked.append((weight, place, line))
    return min(ranked)[2] if ranked else ""


def _deed(words: str) -> str:
    """Words whose closing verb is a noun, the mark of its object gone; empty for a verb that has none here."""
    for pattern, noun in _DEEDS:
        if pattern.search(words):
            return pattern.sub(noun, words)
    return ""

"""Ideas of an analysis: which of the model's can stand, and those that follow from its lines by rule.

A small model restates the line it was to answer, or talks about the task ("이는 위협을 나타냄"). What can stand
proposes one thing and is not the line again; what is missing names the thing that is to be dealt with, and no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from biseo.document import MISSING
from biseo.drafting.subject import telling_words
from biseo.text.characters import final_consonant
from biseo.text.similarity import pairs

RESTATED = 0.6
"""Share of an idea's syllable pairs in the line it answers from which on it says it again."""

SHORTEST_TOPIC, LONGEST_TOPIC = 3, 22
"""Characters; a single word of two syllables (변화, 본관) says too little."""

_WAYS = {
    "weaknesses": "{topic} 개선 방안 마련",
    "threats": "{topic} 관련 대응 방안 마련",
    "opportunities": "{topic} 연계·활용 방안 검토",
}
_PROPOSES = re.compile(
    r"(?:방안|검토|추진|도입|강화|운영|개선|확대|마련|활용|구축|개발|제공|지원|협력|협업|설치|실시|홍보|연계|모집|교육|정비|조성"
    r"|개설|개최|개방|공유|배치|채용|확보|위탁|공모|협약|체결|시범|전환|보급|설명회|조사|단축|통합)$"
)
_TALKS = re.compile(r"위협|약점|강점|기회|과제|자료|그러나|하지만|이는|하면서|때문|[.?!;]|:$")
_OPENS = re.compile(r"^(?:무엇|어떻게|새로 해 볼 일|아이디어)\s*[:：]\s*")
_MARKED = re.compile(r"(?:은|는|이|가|을|를|에|에서|으로|로|와|과|도|께서|들이|들은)$")
_NUMERAL = re.compile(r"^(?:한|두|세|네|약|총|모두|전체|매년|해마다|올해|지난해|작년|최근)$")
_SAYS_OF_NEXT = re.compile(r"(?:[은는을]|[가-힣]던|[가-힣][져어아려켜]|하고|하여|되어)$")
_ADVERBS = ("역시", "또한", "모두", "특히")
_YEAR = re.compile(r"^\d{4}년[에도의은]?$")
_MARKS = re.compile(r"[(),:“”\"]")
_N = 4  # place of ㄴ among the final consonants


def stands(idea: str, answered: Sequence[str]) -> bool:
    """Whether an idea proposes one thing for one of the lines without saying it again."""
    own, words = pairs(idea), telling_words(idea)
    if not _PROPOSES.search(idea) or _TALKS.search(idea) or not own:
        return False
    if any(len(own & pairs(line)) > RESTATED * len(own) for line in answered):
        return False
    return any(words & telling_words(line) for line in answered)


def bare_idea(line: str) -> str:
    """An idea without the words it was asked for with."""
    return _OPENS.sub("", line)


def ideas_by_rule(items: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """What is to be dealt with, a line of each quadrant in turn; a thing is named once.

    Args:
        items: lines by the id of their quadrant, the quadrants in the order in which they take turns.
    """
    named: set[str] = set()
    most = max((len(lines) for lines in items.values()), default=0)
    for place in range(most):
        for quadrant, lines in items.items():
            topic = topic_of(lines[place]) if place < len(lines) else ""
            if topic and topic not in named and quadrant in _WAYS:
                named.add(topic)
                yield _WAYS[quadrant].format(topic=topic)


def topic_of(line: str) -> str:
    """What a line speaks of: its first words without numbers, up to the first particle; empty where that is unclear."""
    if MISSING in line or line.startswith(("각 ", "모든 ", "여러 ")):
        return ""
    words: list[str] = []
    for word in line.split():
        if any(character.isdigit() for character in word) or _NUMERAL.match(word):
            if words:
                break
            if not (_YEAR.match(word) or _NUMERAL.match(word)):
                return ""  # 25일부터 열리는 …
            continue
        marked = _MARKED.search(word)
        bare = word[: marked.start()] if marked else word
        if len(bare) < 2 and marked:
            bare = word  # 도로, not 도 with a particle
            marked = None
        words.append(bare)
        if marked or len(words) == 4:
            break
    while len(words) > 1 and _is_said_of_next(words[0]):
        del words[0]
    if len(words) > 1 and words[-1] in _ADVERBS:
        del words[-1]
    topic = " ".join(words).strip("‘’'\"“”(),")
    return topic if SHORTEST_TOPIC <= len(topic) <= LONGEST_TOPIC and not _MARKS.search(topic) else ""


def _is_said_of_next(word: str) -> bool:
    """Whether a word is a verb, and no part of a name: 넘긴 (수도관), 지어져 (승강기가)."""
    return bool(_SAYS_OF_NEXT.search(word)) or (len(word) == 2 and final_consonant(word[-1]) == _N)

"""개조식 (outline style): a sentence's closing verb turned into its noun form, 했습니다 → 했음, 한다 → 함."""

from __future__ import annotations

import re

from biseo.text.characters import final_consonant, with_final
from biseo.text.stems import L, N, in_l

_D, _LM, _M, _B, _S = 7, 10, 16, 17, 19  # places of ㄷ ㄻ ㅁ ㅂ ㅅ among the final consonants
_FIXED = (
    ("할 예정입니다", " 예정"),
    ("할 예정이다", " 예정"),
    ("할 계획입니다", " 계획"),
    ("할 계획이다", " 계획"),
    ("할 방침이다", " 방침"),
    ("예정입니다", "예정"),
    ("예정이다", "예정"),
    ("계획입니다", "계획"),
    ("계획이다", "계획"),
    ("방침이다", "방침"),
    ("중입니다", "중"),
    ("중이다", "중"),
    ("만듭니다", "만듦"),
    ("만든다", "만듦"),
    ("것입니다", "것임"),
    ("것이다", "것임"),
)
_PLAIN_DA = re.compile(r"[가-힣]다$")
_NOUNS_IN_DA = re.compile(
    r"(?:바다|캐나다|르완다|우간다|(?:^|\s)(?:판다|소다)|^사이다|탄산 ?소다|자이언트 ?판다|다다|마다|보다|데다)$"
)
_REGULAR_IN_B = "잡뽑입씹접집꼽업좁굽"
_IRREGULAR_IN_S = ("짓", "잇", "낫", "붓", "긋", "젓")
_IRREGULAR_IN_D = ("듣", "깨닫", "싣", "일컫")
# A stem that ends in a vowel before a bare 다 is 이다 or one of these; else it is a noun (과제다).
_STEMS_IN_VOWEL = re.compile(
    r"(?:(?<![차사아나])이|(?<!이)하|빠르|다르|바르|고르|이르|푸르|서투르|가파르|무르|배부르|쁘|아프|슬프|고프|어설프|헤프|비싸|값싸|힘차|알차|벅차"
    r"|거세|드세|굳세|억세|느리|어리|흐리|여리|질기|아니|나누|바꾸|가꾸|꿈꾸|꾸미|그리|열리|알리|올리|살리|배우|키우|세우|채우"
    r"|만나|떠나|거듭나|일어나|늘어나|이루|다루|(?:^|\s)(?:크|세|싸|희|차))$"
)


_REPORTS = "(강조|당부|주문|요청|지시|지적|언급|발표|제안|요구|약속|제시)"
_SAID = re.compile(rf"{_REPORTS}(?:(?:했|하였)음|함)$")
_CONNECTIVES = re.compile(
    r"^(?:또한|특히|한편|아울러|이어|그리고|하지만|그러나|이에|이를 위해|더불어|그는|이날 회의에서는)[,]?\s+"
)


_CLAUSE = re.compile(r"(?<=[고며])(?<!사고),\s+")
_OPEN_CLAUSES = (
    (
        re.compile(rf"{_REPORTS}(?:하고|하며|했고|했으며|하면서)$"),
        r"\1",
    ),
    (re.compile(r"(?<=[했됐왔갔였었았])(?:으며|고)$"), "음"),
    (re.compile(r"(?:하며|하고)$"), "함"),
    (re.compile(r"(?:이며|이고)$"), "임"),
)
"""How a clause that goes on is closed: …지적하고 → …지적, …했으며 → …했음."""


def split_clauses(sentence: str) -> list[str]:
    """The co-ordinate clauses of a sentence (…고, …며, …), quotations never cut."""
    pieces: list[str] = []
    for piece in _CLAUSE.split(sentence):
        if pieces and _is_open(pieces[-1]):
            pieces[-1] = f"{pieces[-1]}, {piece}"
        else:
            pieces.append(piece)
    return pieces


def _is_open(text: str) -> bool:
    """Whether a quotation or a bracket is still open at the end."""
    paired = any(text.count(first) > text.count(last) for first, last in ("“”", "‘’", "()"))
    return paired or text.count('"') % 2 == 1


def without_connective(line: str) -> str:
    """The line without a word that ties it to the one before (또한, 한편)."""
    return _CONNECTIVES.sub("", line.strip())


def to_outline(line: str) -> str:
    """A sentence as a line of an outline: no connective before it, its verb a noun, 강조했다 → 강조."""
    bare = _SAID.sub(r"\1", to_noun_ending(without_connective(line)))
    for pattern, closed in _OPEN_CLAUSES:
        if pattern.search(bare):
            return pattern.sub(closed, bare)
    return bare


def to_noun_ending(line: str) -> str:
    """The line with its last predicate as a noun and without a full stop; unchanged when it ends otherwise."""
    bare = line.rstrip().rstrip(".").rstrip()
    for ending, noun in _FIXED:
        if bare.endswith(ending):
            return (bare[: -len(ending)].rstrip() + noun) if noun[0] == " " else bare[: -len(ending)] + noun
    if bare.endswith("니다") and len(bare) > 2 and not bare.endswith("아니다"):
        return _polite(bare[:-2])
    if _PLAIN_DA.search(bare) and not _NOUNS_IN_DA.search(bare):
        return _plain(bare[:-1])
    return bare


def to_polite(line: str) -> str:
    """A note as a whole polite sentence: …없음 → …없습니다., …예정 → …예정입니다.; whole sentences stay."""
    bare = line.rstrip().rstrip(".").rstrip()
    if not bare or bare.endswith(("다", "까", "요", "]")):
        return f"{bare}." if bare and not bare.endswith("]") else bare
    if bare.endswith("음") and len(bare) > 1 and final_consonant(bare[-2]) != 0:
        return f"{bare[:-1]}습니다."
    if bare.endswith(("함", "됨", "임")):
        return bare[:-1] + with_final(bare[-1], _B) + "니다."
    return f"{bare}입니다."


def _polite(stem: str) -> str:
    if stem.endswith("습") and len(stem) > 1:
        return _closed(stem[:-1])
    if final_consonant(stem[-1]) == _B:
        return _open(stem)
    return stem + "니다"


def _plain(stem: str) -> str:
    last = stem[-1]
    if last == "는" and len(stem) > 1 and final_consonant(stem[-2]) != 0:
        return _closed(stem[:-1])  # 않는다 → 않음
    if final_consonant(last) == N:
        return _open(stem)  # 한다 → 함
    if final_consonant(last) == 0:
        return stem[:-1] + with_final(last, _M) if _STEMS_IN_VOWEL.search(stem) else stem + "임"  # 크다 → 큼
    return _closed(stem)  # 했다 → 했음


def _open(stem: str) -> str:
    """The noun of a stem that ended in a vowel, or in ㄹ, before its ㄴ or ㅂ."""
    from_l = in_l(stem[:-1] + with_final(stem[-1], L))
    return stem[:-1] + with_final(stem[-1], _LM if from_l else _M)


def _closed(stem: str) -> str:
    """The noun of a stem that ends in a consonant: 높 → 높음, 어렵 → 어려움, 짓 → 지음, 듣 → 들음."""
    last = stem[-1]
    if final_consonant(last) == _B and last not in _REGULAR_IN_B:
        return stem[:-1] + with_final(last, 0) + "움"
    if final_consonant(last) == _S and stem.endswith(_IRREGULAR_IN_S):
        return stem[:-1] + with_final(last, 0) + "음"
    if final_consonant(last) == _D and stem.endswith(_IRREGULAR_IN_D):
        return stem[:-1] + with_final(last, L) + "음"
    return stem + "음"

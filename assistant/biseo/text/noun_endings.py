"""개조식 (outline style): a sentence's closing verb turned into its noun form, 했습니다 → 했음, 한다 → 함."""

from __future__ import annotations

import re

_BASE, _FINALS = 0xAC00, 28
_N, _M, _B = 4, 16, 17  # places of ㄴ ㅁ ㅂ among the final consonants
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
_NOUNS_IN_DA = ("바다", "소다", "판다", "캐나다", "사이다", "르완다", "우간다", "다다")


_REPORTS = "(강조|당부|주문|요청|지시|지적|언급|발표|제안|요구|약속|제시)"
_SAID = re.compile(rf"{_REPORTS}(?:(?:했|하였)음|함)$")
_CONNECTIVES = re.compile(
    r"^(?:또한|특히|한편|아울러|이어|그리고|하지만|그러나|이에|이를 위해|더불어|그는|이날 회의에서는)[,]?\s+"
)


_CLAUSE = re.compile(r"(?<=[고며]),\s+")
_OPEN_CLAUSES = (
    (
        re.compile(r"(강조|당부|주문|요청|지시|지적|언급|발표|제안|요구|약속|제시)(?:하고|하며|했고|했으며|하면서)$"),
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


def to_outline(line: str) -> str:
    """A sentence as a line of an outline: no connective before it, its verb a noun, 강조했다 → 강조."""
    bare = _SAID.sub(r"\1", to_noun_ending(_CONNECTIVES.sub("", line.strip())))
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
    if bare.endswith("니다") and len(bare) > 2:
        return _polite(bare[:-2])
    if _PLAIN_DA.search(bare) and not bare.endswith(_NOUNS_IN_DA):
        return _plain(bare[:-1])
    return bare


_ASKS = re.compile(r"(?:주세요|주십시오|주시기 바랍니다|주시기 바람|주시길 바랍니다|주기 바람|주기를 바람|주면 좋겠습니다)$")


def to_request(line: str) -> str:
    """What someone asks for, as a noun: …그려 주세요 → …그려 달라는 요청; unchanged when nothing is asked."""
    return _ASKS.sub("달라는 요청", line.rstrip().rstrip(".").rstrip())


def to_polite(line: str) -> str:
    """A note as a whole polite sentence: …없음 → …없습니다., …예정 → …예정입니다.; whole sentences stay."""
    bare = line.rstrip().rstrip(".").rstrip()
    if not bare or bare.endswith(("다", "까", "요", "]")):
        return f"{bare}." if bare and not bare.endswith("]") else bare
    if bare.endswith("음") and len(bare) > 1 and _final(bare[-2]) not in (None, 0):
        return f"{bare[:-1]}습니다."
    if bare.endswith(("함", "됨", "임")):
        return bare[:-1] + _with_final(bare[-1], _B) + "니다."
    return f"{bare}입니다."


def _polite(stem: str) -> str:
    if stem.endswith("습"):
        return stem[:-1] + "음"
    if _final(stem[-1]) == _B:
        return stem[:-1] + _with_final(stem[-1], _M)
    return stem + "니다"


def _plain(stem: str) -> str:
    last = stem[-1]
    if last == "는" and len(stem) > 1 and _final(stem[-2]) not in (None, 0):
        return stem[:-1] + "음"  # 않는다 → 않음
    if _final(last) == _N:
        return stem[:-1] + _with_final(last, _M)  # 한다 → 함
    if _final(last) == 0:
        return stem[:-1] + _with_final(last, _M)  # 크다 → 큼
    return stem + "음"  # 했다 → 했음


def _final(syllable: str) -> int | None:
    code = ord(syllable) - _BASE
    return code % _FINALS if 0 <= code < 11172 else None


def _with_final(syllable: str, final: int) -> str:
    code = ord(syllable) - _BASE
    return chr(_BASE + code - code % _FINALS + final)

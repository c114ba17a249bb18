"""Which quadrant of a strengths-and-weaknesses analysis a sentence belongs to, as far as its words tell.

A small model writes "half of the staff leave within a year" among the strengths (seen). Words decide only where they
are clear: what a thing is (good or bad to have more of), which way it goes, whom the sentence speaks of, and the
heading of the source above it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files

from biseo.text import characters
from biseo.text.characters import final_consonant, with_final
from biseo.text.facts import find_facts

_SIDES = {
    (True, False): "strengths",
    (False, False): "weaknesses",
    (True, True): "opportunities",
    (False, True): "threats",
}
QUADRANTS = tuple(_SIDES.values())

LONGEST_HEADING = 20
"""Characters of a line that can be a heading of the source."""

_APART = 20
"""Most characters between a thing and the way it goes, in one clause."""

_SUBJECT = re.compile(r"^(?:\S+ ){0,5}?\S*[가-힣](?:은|는|이|가|께서|들이|에서|에서는)(?= )")
_ANOTHER_BODY = re.compile(r"[가-힣]+(?:공사|협회|조합|연합회|\d사|교육부|은행)(?=[가이은는과와])")
_OFFERS = re.compile(r"자고 (?:했|하|함|한|제안)|[어아해려] (?:왔|옴|온다)[가-힣.]*$")
"""What comes from others: they propose something, or 알려 왔다, 부탁해 왔다."""

_OF_THE_AGENCY = re.compile(r"^(?:우리 )?[가-힣]*(?:시|군|구|도|공단|재단|도서관|센터)[은는] ")
_DENIAL = re.compile(r" (?:않|못)[가-힣]*")
_NONE = re.compile(r" 없[가-힣]*")
_DENIES = re.compile(r"[가-힣]지(?:도|는)? (?:않|못)[가-힣]*")
_HELPS = re.compile(r"[아어여려워해겨켜내] ?(?:준|줌|줄|줬|주[는기며고었어])[가-힣]*|자고 (?:했|하|함|한|제안)[가-힣]*")
"""What somebody does for another (빌려준다), and what he proposes to do together (세우자고 했다)."""

_N, _L, _LM, _M, _B, _SS = 4, 8, 10, 16, 17, 20  # places of ㄴ ㄹ ㄻ ㅁ ㅂ ㅆ among the final consonants
_A, _EO, _YEO, _O, _WA, _WAE, _OE, _U, _WO, _EU, _I = 0, 4, 6, 8, 9, 10, 11, 13, 14, 18, 20  # places of vowels
_KIND_OF_FIGURE = "율|률|수|액|량|자|객|비|폭|횟수|건수| 수| 건수| 횟수"
_PARTICLE = "이|가|은|는|을|를|도|의|과|와|에|에서|로|으로"
_NEEDED = re.compile(
    r"(?:필요|필수|시급|절실|중요|관건|과제)(?:함|하다|임|이다|한 (?:실정|상황|상태)임?)?[.\"”]?$"
    r"|(?:마련|정비|숙지|보완|개선|확보|점검)할 것$"
)
"""How a sentence ends that says what is still to be done."""

_TROUBLES = frozenset(
    characters.words("""
    민원 갈등 분쟁 위험 사각지대 한계 우려 불편 불만 인파 밀집 사고 사건사고 화재 범죄 재난 산불 침수 실종 낙상 노후
    부정수급 체납 소음 악취 폭염 한파 호우 태풍 침체 위기""")
)
_TROUBLE = re.compile(rf"(?<![가-힣])({'|'.join(sorted(_TROUBLES, key=len, reverse=True))})([가-힣]*)")
_NO_TROUBLE = re.compile(r"(?<![가-힣])(?:취약계층|취약 계층|재난안전|초과근무|민원실|민원인)[가-힣]*")
_LACKING = re.compile(r"(?<= )없는(?= )")
_AS_SUBJECT = re.compile(r"[이가은는도만]|들[이은도]")
_AGAINST = re.compile(
    r"[^.]{0,30}?(?:예방|방지|대응|대비|해소|극복|해결|예측|차단|최소화|상담|처리|알림|신고|모니터링)"
)
_AGAINST_ALONE = re.compile(r"(?:예방|방지|대응|대비|해소|극복|해결|예측|차단|상담|처리|알림|신고)")
_IS_MEASURE = re.compile(
    r"(?:운영|구축|설치|도입|제공|조성|추진|실시|시행|마련|개발|확대|강화|신설|지원|배치|개설|보급|활용|정비|점검|결합|제고|활성화)"
    r"(?:함|한다|하고|할|했음|했다|하기로 함)?(?: 예정| 계획| 방침| 중)?(?:임|이다|인 사업|하는 사업)?[.]?$"
)
_SENTENCE_END = re.compile(r"(?:[다음함임됨듦]|예정|계획|것)\.?$")


@cache
def _words(name: str) -> tuple[str, ...]:
    text = (files("biseo_resources") / "words" / "quadrants.toml").read_text(encoding="utf-8")
    listed = (way.replace("_", " ") for way in tomllib.loads(text)[name].split())
    return tuple(form for way in listed for form in (_forms(way[:-1]) if way.endswith("~") else (way,)))


def _forms(stem: str) -> tuple[str, ...]:
    """How the forms of a verb begin: 막히 → 막히 막혀 막혔 막힌 막힐 막힘 막힙."""
    before, last = stem[:-1], stem[-1]
    final = final_consonant(last)
    if final == _L:
        return (stem, before + with_final(last, _N), before + with_final(last, _LM))
    if final:
        soft = before + with_final(last, 0)
        return (stem, soft + "우", soft + "운", soft + "움", soft + "워", soft + "웠") if final == _B else (stem,)
    if last == "르":
        head = before[:-1] + with_final(before[-1], _L)
        joined = tuple(head + vowel for vowel in ("라", "러", "랐", "렀"))
    else:
        drawn = _with_vowel(last)
        joined = tuple(before + syllable for one in drawn for syllable in (one, with_final(one, _SS)))
    return (stem, *joined, *(before + with_final(last, final) for final in (_N, _L, _M, _B)))


def _with_vowel(syllable: str) -> tuple[str, ...]:
    """The last syllable of a stem drawn together with 아 or 어: 히 → 혀, 오 → 와, 추 → 춰."""
    place = ord(syllable) - 0xAC00
    vowel = place // 28 % 21
    drawn = {_I: (_YEO,), _O: (_WA,), _U: (_WO,), _EU: (_A, _EO), _OE: (_WAE,)}
    if syllable == "하":
        return ("해",)
    return tuple(chr(ord(syllable) + (other - vowel) * 28) for other in drawn.get(vowel, (vowel,)))


def _any(ways: Sequence[str]) -> str:
    return "|".join(".{0,20}".join(map(re.escape, way.split("…"))) for way in sorted(ways, key=len, reverse=True))


@cache
def _pattern(name: str, composed: bool = False) -> re.Pattern[str]:
    """Words of a list; `composed`: only those of a thing and its verb, else only the others."""
    return re.compile(rf"(?<![가-힣])(?:{_any([way for way in _words(name) if ('…' in way) == composed])})[가-힣]*")


@cache
def _going(things: str, ways: tuple[str, ...]) -> re.Pattern[str]:
    """A thing with the way it goes, in one clause (민원이 줄었다), as group 1; matches may lie in each other."""
    verbs = _any([word for way in ways for word in _words(way)])
    thing = rf"(?:{_any(_words(things))})(?:{_KIND_OF_FIGURE})?(?:{_PARTICLE})?(?![가-힣])"
    return re.compile(rf"(?=({thing}[^,]{{0,{_APART}}}?(?<![가-힣])(?:{verbs})[가-힣]*))")


def is_favourable(sentence: str, heading: str = "") -> bool | None:
    """Whether a sentence tells of something good; None where its words do not say, or say both.

    What stands last decides between the clauses of a sentence: 어려움이 있었으나 나아졌다. A thing with its verb goes
    before the bare verb (민원이 줄었다), the thing nearest to the verb before others.

    Args:
        heading: the heading of the source above it, which decides where the words do not.
    """
    sentence = _without_answered(sentence)
    good = _last_word(sentence, "favourable", ("good_things", ("rises",)), ("bad_things", ("falls", "none_of")))
    bad = _last_word(sentence, "unfavourable", ("good_things", ("falls", "none_of")), ("bad_things", ("rises",)))
    if good != bad:
        return good > bad
    good_above, bad_above = bool(_above("heading_good", heading)), bool(_above("heading_bad", heading))
    return None if good_above == bad_above else good_above


@lru_cache(maxsize=4096)  # bounded: caches that hold words are emptied by the lock
def _without_answered(sentence: str) -> str:
    """The sentence with those troubles blotted out that it tells a measure against: 사고에 빠르게 대응, 범죄예방."""
    measure = bool(_IS_MEASURE.search(sentence))

    def left(match: re.Match[str]) -> str:
        rest = match.string[match.end() :]
        told = _AS_SUBJECT.fullmatch(match[2]) or not (
            measure or _AGAINST_ALONE.search(match[2]) or _AGAINST.match(rest)
        )
        return match[0] if told else _blot(match)

    without = _TROUBLE.sub(left, _NO_TROUBLE.sub(_blot, sentence))
    return _LACKING.sub(_blot, without) if measure else without


def _blot(match: re.Match[str]) -> str:
    return "□" * len(match[0])


def _last_word(sentence: str, name: str, *going: tuple[str, tuple[str, ...]]) -> tuple[int, bool, int]:
    """Where the last words of one side end, whether they are a thing with its verb, and where these begin."""
    other = "unfavourable" if name == "favourable" else "favourable"
    found = [(match.end(), False, 0) for match in _pattern(name).finditer(sentence) if not _is_denied(match)]
    denied = [match for match in _pattern(other).finditer(sentence) if _is_denied(match)]
    found += [(_end_of_denial(match), True, match.start()) for match in denied]
    found += [(match.end(), True, match.start()) for match in _pattern(name, True).finditer(sentence)]
    found += [(match.end(1), True, match.start(1)) for each in going for match in _going(*each).finditer(sentence)]
    helped = _HELPS if name == "favourable" else _DENIES
    found += [(match.end(), False, -1) for match in helped.finditer(sentence)]
    return max(found, default=(-1, False, 0))


def _is_denied(match: re.Match[str]) -> bool:
    """Whether the next word denies a match: 갖추지 | 않은, 멈춤 | 없이."""
    return _end_of_denial(match) > match.end()


def _end_of_denial(match: re.Match[str]) -> int:
    verb = match[0].endswith(("지", "지도", "지는"))
    denial = (_DENIAL if verb else _NONE).match(match.string, match.end())
    return denial.end() if denial else match.end()


def is_outside(sentence: str, heading: str = "") -> bool:
    """Whether a sentence speaks of what is not in the agency's hands."""
    if _above("heading_outside", heading) or _OFFERS.search(sentence):
        return True
    sentence = _without_answered(sentence)
    subject = _SUBJECT.match(sentence)
    if subject:
        others, own = (_first(_pattern(name), subject[0]) for name in ("outside_subjects", "inside_subjects"))
        others = min(others, _first(_ANOTHER_BODY, subject[0]))
        if others < own:
            return True
        if own < others or _above("heading_inside", heading) or _OF_THE_AGENCY.match(sentence):
            return False
    if _above("heading_inside", heading):
        return False
    found = [match[0] for match in _pattern("outside").finditer(sentence)]
    if is_favourable(sentence, heading):
        found = [word for word in found if not word.startswith(_words("hazards"))]
    return bool(found)


def _first(pattern: re.Pattern[str], text: str) -> tuple[int, int]:
    """Where the first words of a pattern stand, the longer ones first."""
    return min(((found.start(), -len(found[0])) for found in pattern.finditer(text)), default=(len(text), 0))


def _above(name: str, heading: str) -> bool:
    return any(word in heading for word in _words(name))


def quadrant_of(sentence: str, heading: str = "") -> str:
    """Id of the section a sentence belongs to; empty where its words do not tell."""
    good = False if _NEEDED.search(sentence) else is_favourable(sentence, heading)
    return "" if good is None else _SIDES[good, is_outside(sentence, heading)]


def quadrant_until_judged(sentence: str, heading: str = "") -> str:
    """Where a sentence stands that words call neither good nor bad: what an agency has and does, or what is offered."""
    return _SIDES[True, is_outside(sentence, heading)]


def is_misplaced(sentence: str, quadrant: str) -> bool:
    """Whether a sentence says clearly the contrary of what its quadrant is for."""
    good = is_favourable(sentence)
    return good is not None and quadrant in QUADRANTS and good is not (quadrant in ("strengths", "opportunities"))


def headings_above(sentences: Sequence[str]) -> list[str]:
    """For each sentence of a source the heading it stands under; empty where there is none."""
    found: list[str] = []
    heading = ""
    for sentence in sentences:
        if is_heading(sentence):
            heading = sentence
        found.append(heading)
    return found


def is_heading(line: str) -> bool:
    """Whether a line only names what follows: short, without facts, and no sentence."""
    bare = line.strip()
    if not 1 < len(bare) <= LONGEST_HEADING or ":" in bare or _SENTENCE_END.search(bare):
        return False
    return not find_facts(bare, quotations=False)

"""Which passage of the sources carries a sentence of the draft.

Precision first: evidence that does not carry the sentence is worse than none, so words that many passages share weigh
little, a match needs several words in common, and what stays below the threshold gets nothing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from biseo.document import Document, Evidence, Passage
from biseo.text.characters import fold_width, is_hangul, words
from biseo.text.dates import date_from_value
from biseo.text.facts import find_facts
from biseo.text.sentences import split_sentences
from biseo.text.similarity import pairs

LEAST_COVER = 0.45
"""Share of a sentence's weight that a passage must have in common with it."""
LEAST_COVER_WITH_FACT = 0.3
"""The same when a date, name or other fact is shared too."""
LEAST_WORDS = 3
"""Content words in common, at least; a sentence of two must have both. With a shared fact one is enough."""
_SECOND_ADDS = 0.12
"""A second passage must carry this much of the weight that the first left open."""
_GENERIC_WEIGHT = 0.25
NEARLY_VERBATIM = 0.75
"""Share of a sentence's syllable pairs found in one passage from which on it says the same."""
_VERBATIM_LENGTH = 12

_WORD = re.compile(r"[가-힣]+|[A-Za-z][A-Za-z0-9+-]*|[0-9][0-9,.]*")
_ENDINGS = sorted(
    words("""
    에서는 에서도 으로는 으로써 으로서 에게는 까지는 부터는 이라고 이라며 이라는 이었다 입니다 됩니다 합니다
    했습니다 해야 하려 하길 한다고 했다고 된다고 하겠다 하겠다고 하였다 하였으며 하였고 하고자 하도록 하기로
    하면서 하는 하여 하고 하며 하기 하게 하지 한다 했다 했고 했으며 할 되는 되어 되고 되며 된다 됐다 되었다
    되었으며 될 돼 시켜 시키고 시킨다 시키는 에서 에게 으로 까지 부터 처럼 보다 이나 이며 이고 이다 라고 라며 라는
    에는 에도 와의 과의 들을 들이 들은 들의 들에게 은 는 이 가 을 를 의 에 와 과 도 로 만 등 및 씩 해 한 함 됨 임
    다"""),
    key=len,
    reverse=True,
)
# Words that every administrative text is made of; alone they prove nothing.
_GENERIC = frozenset(
    words("""
    추진 행정 업무 강화 지원 위해 통해 대한 대해 관련 사업 계획 운영 활용 제공 서비스 시민 주민 구민 도민 개선
    확대 구축 마련 향상 높이 높일 필요 가능 다양 다양한 효율 효과 기대 예정 방침 강조 밝혔 당부 요청 이번 이날
    또한 특히 한편 그는 있는 있다 있도록 있으며 없는 것을 것이 것으로 수 등을 등이 지속 적극 적극적 중심 바탕 기반
    분야 현장 문제 과정 부분 경우 모든 각종 주요 전반 더욱 보다 함께 따라 위한 의한 통한 기관 공공 지역 사회 정책
    실시 진행 노력 수립 도모 제고 역할 중요 중요성 성과 결과 내용 사항 방안 체계 시행 참여 관리 한다고 했다고
    된다고 한다 했다 하는 해야 앞으 앞으로 올해 지난 지난해 내년 최근 서울 부산 대구 인천 광주 대전 울산 세종 경기
    강원 충북 충남 전북 전남 경북 경남 제주""")
)  # fmt: skip
# Words in 시, 군, 구 that are no place; every other one names the agency itself, which all its sentences do.
_NO_PLACES = frozenset(
    words("""
    연구 도구 요구 기구 인구 가구 욕구 입구 출구 지구 친구 창구 강구 복구 촉구 즉시 동시 전시 상시 수시 개시 제시
    지시 표시 일시 임시 명시 게시 공시 역시 다시 도시 감시 무시 고시 응시 중시 택시 접시 장군 해군 육군 공군""")
)


def passages_of(document: Document) -> tuple[Passage, ...]:
    """The sentences of a document's blocks and the rows of its tables, in order, with page and offset in its text."""
    name = PurePath(document.path.replace("\\", "/")).name
    passages = []
    offset = 0
    for block in document.blocks:
        for span in split_sentences(block.text):
            passages.append(Passage(name, block.page, span.text, offset + span.start))
        offset += len(block.text) + 1
    return tuple(passages)


def passages_in_text(text: str, source: str) -> tuple[Passage, ...]:
    """The sentences of a plain text, as passages of a source that has no pages."""
    return tuple(Passage(source, None, span.text, span.start) for span in split_sentences(text))


class EvidenceIndex:
    """Passages made ready for many look-ups. Building is linear in their text, a look-up in the passages it touches."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = tuple(passages)
        read = [_read(passage.text, said_in_part=True) for passage in self._passages]
        self._terms = [terms for terms, _ in read]
        self._words = [stems for _, stems in read]
        self._joined = ["".join(passage.text.split()).lower() for passage in self._passages]
        self._pairs_of: dict[int, frozenset[str]] = {}
        self._postings: dict[str, list[int]] = {}
        for number, terms in enumerate(self._terms):
            for term in terms:
                self._postings.setdefault(term, []).append(number)

    def __len__(self) -> int:
        return len(self._passages)

    def find(self, sentence: str, limit: int = 2) -> tuple[Evidence, ...]:
        """The passages that carry the sentence, best first, at most `limit`; nothing when none carries it."""
        if not self._passages or limit < 1:
            return ()
        terms, stems = _read(sentence, said_in_part=False)
        weights = {term: self._weight(term) * share for term, share in terms.items()}
        total = sum(weights.values())
        if not total:
            return ()
        shared: dict[int, float] = {}
        for term, weight in weights.items():
            for number in self._postings.get(term, ()):
                shared[number] = shared.get(number, 0.0) + weight
        facts = {term for term in terms if term.startswith("#") and not term.startswith("#name")}
        ranked = sorted(shared.items(), key=lambda pair: (-pair[1], pair[0]))[:40]
        candidates = []
        own = pairs(sentence)
        for number, weight in ranked:
            cover = weight / total
            if len(own) >= _VERBATIM_LENGTH and len(own & self._pairs(number)) >= NEARLY_VERBATIM * len(own):
                candidates.append((max(cover, NEARLY_VERBATIM), number))
                continue
            same_facts = sum(1 for fact in facts if fact in self._terms[number])
            same_words = _shared_words(stems, self._words[number], self._joined[number])
            if same_words < max(2, min(LEAST_WORDS, len(stems))) and not (same_words and same_facts):
                continue
            if cover < (LEAST_COVER_WITH_FACT if same_facts else LEAST_COVER):
                continue
            candidates.append((cover, number))
        candidates.sort(key=lambda pair: (-pair[0], pair[1]))
        chosen: list[int] = []
        covered: set[str] = set()
        texts: set[str] = set()
        for _, number in candidates:
            if self._passages[number].text in texts:
                continue
            new = {term for term in weights if term in self._terms[number]} - covered
            if chosen and sum(weights[term] for term in new) / total < _SECOND_ADDS:
                continue
            chosen.append(number)
            covered |= new
            texts.add(self._passages[number].text)
            if len(chosen) == limit:
                break
        return tuple(
            Evidence(passage.source, passage.page, passage.text) for passage in (self._passages[n] for n in chosen)
        )

    def _pairs(self, number: int) -> frozenset[str]:
        if number not in self._pairs_of:
            self._pairs_of[number] = pairs(self._passages[number].text)
        return self._pairs_of[number]

    def _weight(self, term: str) -> float:
        # A floor on the number of passages: in a text of ten sentences rarity means little yet.
        count = max(len(self._passages), 20)
        rarity = math.log((count + 1) / (len(self._postings.get(term, ())) + 0.5))
        return max(rarity, 0.1) * (_GENERIC_WEIGHT if term.startswith("=") else 1.0)


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            return word[: -len(ending)]
    return word


def _is_generic(word: str) -> bool:
    return word in _GENERIC or (2 <= len(word) <= 4 and word[-1] in "시군구" and word not in _NO_PLACES)


def _content(text: str) -> Iterator[str]:
    """Words of two characters and more, endings off; numbers are left to the facts."""
    for match in _WORD.finditer(fold_width(text)):
        word = match[0].lower()
        if word[0].isdigit():
            continue
        if is_hangul(word[0]):
            word = _stem(word)
        if len(word) >= 2:
            yield word


def _shared_words(one: frozenset[str], other: frozenset[str], joined: str) -> int:
    """How many words of the first stand in the second: whole, inside a compound, or with a common head."""
    heads = {word[:3] for word in other if len(word) >= 3}
    return sum(1 for word in one if word in other or word in joined or (len(word) >= 4 and word[:3] in heads))


def _read(text: str, *, said_in_part: bool) -> tuple[dict[str, float], frozenset[str]]:
    """What a sentence is compared by: its terms (syllable bigrams, Latin words, facts) and its words but generic ones.

    Each comes with its weight: a generic word (marked `=`) counts once, a long word more than a short one but not in
    proportion, a fact (marked `#`) as much as a word or two. Who says something is little evidence of what is said, so
    a person counts as one term and not by syllables.

    Args:
        said_in_part: also what the facts say in part, as a source does (11월 7일 says 7일).
    """
    terms: dict[str, float] = {}
    facts = find_facts(text, quotations=False)
    words_only = text
    for fact in facts:
        if fact.kind == "name":
            words_only = words_only[: fact.start] + " " * len(fact.text) + words_only[fact.end :]
    stems = set()
    for word in _content(words_only):
        if _is_generic(word):
            terms["=" + word] = 1.0
            continue
        stems.add(word)
        if not is_hangul(word[0]):
            terms[word] = 1.0
        else:
            bigrams = len(word) - 1
            for index in range(bigrams):
                terms[word[index : index + 2]] = 1 / math.sqrt(bigrams)
    for fact in facts:
        if fact.kind == "name":
            terms["#name " + fact.value.split(" ")[0]] = 0.5
        elif fact.kind in ("date", "period"):
            for value in _dates_said(fact.value) if said_in_part else (fact.value,):
                terms["#date " + value] = 1.0
        elif fact.kind != "number" or len(fact.value) > 2:
            terms[f"#{fact.kind} {fact.value}"] = 1.5 if fact.kind in ("amount", "percent", "phone") else 1.0
    return terms, frozenset(stems)


def _dates_said(value: str) -> set[str]:
    said = {value}
    for half in value.split("/"):
        date = date_from_value(half)
        said.update(date.parts if date else ())
    return said

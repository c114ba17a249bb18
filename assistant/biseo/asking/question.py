"""A question understood: what it wants, and the words that an answer has to be about."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from biseo.asking.wants import Want, attribute_kind, want_of
from biseo.asking.words import lists
from biseo.library.query import parse
from biseo.text.characters import final_consonant, with_final, words

_ASKING = re.compile(
    r"몇\s?(?:[가-힣]+|%)|며칠[가-힣]*|얼마나?(?:\s(?:자주|오래))?[가-힣]*|언제[가-힣]*|어디[가-힣]*|누구[가-힣]*|누가|누굴"
    r"|무엇[가-힣]*|뭐[가-힣]*|뭘|뭔[가-힣]*|까닭[가-힣]*|이유[가-힣]*|무슨(?:\s요일[가-힣]*)?|어떤|어떻게|어떠[가-힣]*|어느|왜"
)
_ENDING = re.compile(
    r"(?:을|를|ㄹ|할|될|볼)?\s?수\s?(?:있|없)[가-힣]*|(?:해야|하여야|되어야)\s?(?:하나|합니|하는|되나|됩니|하|할)[가-힣]*"
    r"|(?:하|되|주|받|있|없)?(?:나요|습니까|ㅂ니까|는가요|은가요|을까요|는지요?|인가요|인가|입니까|합니까|됩니까|건가요|가요|죠|지요|까요)\s*[?.]*$"
)
_FILLER = re.compile(
    r"(?:이라는|라는)\s?(?:말은|것은|뜻은|말이)|(?:알려|가르쳐|설명해)\s?(?:줘|주세요|주십시오|달라)[가-힣]*"
)
_NOUN_MARK = re.compile(r"(?:은|는|이|가|을|를|의|에|에서|에게|도|과|와|으로|로|까지|부터|만)$")
_TOKEN = re.compile(r"[가-힣]+|[0-9]+[가-힣]*|[^\W_가-힣]+|,")
DURING = r"동안|간(?![가-힣])|이상|이하|이내로|(?:일|주|월|달|년|시간|분)까지|범위|생애|지나"
"""How long something lasts, not by when it has to be done."""
_RATES = (
    (r"한\s?달에|매달|월\s?얼마", r"(?<![0-9가-힣])월\s?[0-9]|매월|매달|한\s?달"),
    (r"하루에|일일|하루\s?얼마", r"하루|1일|매일|일당"),
    (r"(?:일|한|1)\s?[년해]에|매년|연간", r"매년|해마다|연\s?[0-9]|연간|1년|한\s?해"),
    (r"한\s?번에|한\s?차례에|[1한]\s?회에", r"한\s?번에|회당|1회|한\s?차례"),
    (r"며칠에|며칠날", r"[0-9]일에|[0-9]\.에|[0-9]일\s?지급"),
    (r"며칠\s?(?:안|이내|내)", r"이내|안에|까지"),
    (r"며칠\s?전", r"전까지|전에"),
    (r"[며몇얼][가-힣\s]{1,4}동안", DURING),
)
_CONNECTIVES = tuple(
    words("""
    면 고 야 게 어도 아도 기 던 어서 아서 해서 와서 나서 져 춰 워 져서 춰서 면서 는데 지만 다가 도록 눌러 몰라 걸려""")
)
_DENIALS = ("취소", "거절", "거부", "중단", "중지", "폐지", "금지", "제외", "반려", "해지", "철회")
_ALTHOUGH = re.compile(r"[써와봐돼줘둬셔어아려져춰워]도$")
_ADJECTIVES = frozenset("많적높낮좋작크길짧넓좁모젊늙밝얇싸남쌓보하되오가쓰두")
_MODIFYING = frozenset("한된쓴린낸긴운은을른든난던할될쓸릴낼길올갈볼줄킬질졌었했았겼났렸")
"""Last syllables of a verb before a noun."""
_SUBJECT = 0.7
"""Weight from which on a verb belongs to the subject."""
_PAID = re.compile(r"(?:[비료금세값액돈]|수당|~.)$")
"""Names of payments, which stand for payments only."""
_PER = re.compile(r"(?:시간|건|회|명|인|장|개|일|가구|세대|권|끼)당")
_WHICH = re.compile(r"(?:어떤|무슨)\s")
_WHAT = re.compile(r"[은는이가]\s?(?:무엇|뭐|뭔)")
_TOPIC = re.compile(r"(?:은|는|이|가|도)$")
_ACTION = re.compile(r"(?:하|되|해|돼|한|된|할|될|받|시키|려면|면|으면|어|아|여|지|고|게|는데|기)")


@dataclass(frozen=True)
class Term:
    """A word that an answer has to be about.

    Attributes:
        stem: without particle and ending.
        others: beginnings of words that say the same.
        weight: what it counts for before it is known how rare it is.
        name: it names a thing, so that it can hardly be left out; a verb can be said in many ways.
        focus: it belongs to the phrase that is asked about (회원증 재발급 수수료는).
        scope: it names one of the documents that were found.
    """

    stem: str
    others: tuple[str, ...]
    weight: float
    name: bool
    focus: bool = False
    scope: bool = False

    @property
    def said_otherwise(self) -> tuple[str, ...]:
        """Words of the same meaning that are worth looking for in the library."""
        return tuple(word for word in self.others if len(word) > 1 and word[0] != "~")[:6]


@dataclass(frozen=True)
class Asked:
    """A question understood.

    Attributes:
        text: the question as typed, on one line.
        terms: words an answer has to be about.
        carried: words of earlier turns that this question left out.
        within: files that were cited before, where an answer is looked for first.
        follows: the question itself says that it goes on (그럼 …); without what was carried it means nothing.
        asks: it says in its own words what is wanted.
        echo: 까지 or 부터 where it stands behind the word of asking (얼마까지): the answer repeats it.
        modal: 투표할 수 있 where the question asks so; a sentence that says so answers it.
        rate: pattern of what the answer is measured by (한 달에 → 월, 매월); empty where nothing is said of it.
    """

    text: str
    want: Want
    terms: tuple[Term, ...]
    echo: str = ""
    rate: str = ""
    carried: tuple[Term, ...] = ()
    within: frozenset[str] = frozenset()
    follows: bool = False
    asks: bool = True
    modal: str = ""

    @property
    def subject(self) -> str:
        """What it is about: names, those of earlier turns first."""
        own = [term.stem for term in self.terms if term.name or term.weight >= _SUBJECT]
        return " ".join([*(term.stem for term in self.carried if term.stem not in own), *own])


def understood(question: str) -> Asked:
    """Understand a question."""
    text = " ".join(question.split())
    asking = _ASKING.search(text)
    want = want_of(text, _last_noun(text))
    rest = _FILLER.sub(" ", _ASKING.sub(" , ", _in_plain_words(text)))
    terms: dict[str, Term] = {}
    phrase: list[str] = []
    tokens = _TOKEN.findall(rest)
    for place, token in enumerate(tokens):
        if token == ",":
            phrase = []
            continue
        final = place == len(tokens) - 1 or tokens[place + 1] == "수"
        found = _terms(token, final, tokens[place + 1] if not final else "")
        for term in found:
            terms.setdefault(term.stem, term)
        phrase = [*phrase, *(term.stem for term in found if term.name)] if all(term.name for term in found) else []
        if found and place and tokens[place - 1] == "," and _WHICH.search(text) and all(term.name for term in found):
            for stem in phrase:  # 어떤 상품을
                terms[stem] = replace(terms[stem], focus=True)
        if _TOPIC.search(token) and any(term.name for term in found):
            for stem in phrase:
                terms[stem] = replace(terms[stem], focus=True)
        if _NOUN_MARK.search(token) and not token.endswith("의"):
            phrase = []
    if want.hard:
        terms = {stem: term for stem, term in terms.items() if stem not in lists().generic} or terms
    elif _WHAT.search(text) and sum(term.name for term in terms.values()) > 1:
        named = next((stem for stem in reversed(terms) if terms[stem].focus), "")
        if named and re.search(
            rf"[는은한된할될인]\s{re.escape(named)}", text
        ):  # the kind of thing that is asked for: 발의자를 나타내는 기호는 무엇인가요
            terms[named] = replace(terms[named], focus=False, weight=0.4)
    echo = re.search(r"(?:까지|부터|마다)", asking[0]) if asking else None
    rate = next((pattern for words, pattern in _RATES if re.search(words, text)), "")
    modal = re.search(r"[가-힣]+\s수\s(?:있|없)", text)
    return Asked(
        text,
        want,
        tuple(terms.values()),
        echo[0] if echo else "",
        rate,
        asks=bool(asking or _ENDING.search(text)),
        modal=modal[0] if modal else "",
    )


def _in_plain_words(text: str) -> str:
    """A question with turns of speech in the words of documents: 대 주나요 as 지원하나요."""
    for said, plain in lists().turns:
        text = said.sub(plain, text)
    return text


def _terms(token: str, final: bool, following: str) -> list[Term]:
    """The telling words of one word as typed."""
    light = lists().light
    found: list[Term] = []
    if re.match(r"[0-9]+[가-힣]", token):  # 3단계, 5일: nothing but itself will do
        stem = re.sub(
            r"(?<=[가-힣])(?:에서는|에서|에는|에|은|는|이|가|을|를|의|도|과|와|으로|로|까지|부터|면|인|일)$", "", token
        )
        return [Term(stem, (), 1.0, True)]
    for word in parse(token).words:
        stem = re.sub(r"(?:까지만?|부터|마다|하느라고?|한가요|인가요)$", "", word.stem) or word.stem
        stem = _whole(stem, token)
        if len(stem) > 3 and stem == token and stem.endswith("도"):
            stem = stem[:-1]  # 외국인도
        if final and len(stem) > 1 and stem == token and stem.endswith("나"):
            stem = stem[:-1]  # 내보내나
        if token in light or stem in light or (final and _ENDING.fullmatch(token)):
            continue
        alone = [other.stem for other in word.others if len(other.stem) == 1 and stem.startswith(other.stem)]
        if len(stem) == 2 and alone and (stem == token or token[1] != "이"):  # 아이가 is no 아
            if alone[0] in light:
                continue
            stem = alone[0]
        verbal = _is_verbal(token, stem, final, following)
        money = not verbal and attribute_kind(stem) == "money"  # 수당 is no 사업비, whatever a search may take it for
        bare = with_final(stem, 0) if verbal and len(stem) == 1 and final_consonant(stem) in (4, 8) else stem
        alike = lists().alike(stem) + (lists().alike(bare) if bare != stem else ())
        if len(stem) > 2 and _PAID.search(stem):
            alike = tuple(other for other in alike if _PAID.search(other))  # 연체료 is not said by 연체
        others = [other.stem for other in word.others if other.stem != stem and not money] + list(alike)
        weight = 1.0 if not verbal else 0.2 if len(stem) == 1 and not others else 0.7 if final else 0.45
        denies = stem.startswith(_DENIALS)  # 취소하려면: what is said of 신청 does not answer it
        if _PER.fullmatch(stem):
            found.append(Term(stem, (f"1{stem[:-1]}", f"한{stem[:-1]}"), 1.0, True, True))
            continue
        found.append(Term(stem, tuple(dict.fromkeys(others)), weight, not verbal, denies))
    return found


def _whole(stem: str, token: str) -> str:
    """A stem that lost too much or too little: 아이가 is 아이, 과장님 is 과장, 보고해요 is 보고."""
    if len(stem) == 1 and re.match(rf"{stem}이(?:가|는|를|의|와|도|에게|들|랑)", token):
        return stem + "이"
    if len(stem) > 2 and stem.endswith("님"):
        return stem[:-1]
    if len(stem) > 2 and stem.endswith("고가"):
        return stem[:-1]  # 사고가, 신고가
    if stem == token and len(stem) > 2:
        return re.sub(r"(?:해|돼|되어|하여)?(?:요|야|라고|다고|지도)$", "", stem)
    return stem


def _is_verbal(token: str, stem: str, final: bool, following: str) -> bool:
    """Whether a word of the question is a verb."""
    if following == "수" or (final and not re.search(r"(?:인가요?|입니까|은|는)$", token)):
        return True
    rest = token[len(stem) :] if token.startswith(stem) else ""
    if (stem in _ADJECTIVES and rest) or (len(token) < 5 and _ALTHOUGH.search(token)):
        return True
    if rest:
        return bool(_ACTION.match(rest)) and not _NOUN_MARK.fullmatch(rest)
    if token[-1] in _MODIFYING:  # 쓴, 빌릴 before a noun
        return len(token) < 4 and bool(following)
    if token in ("무게", "가게", "경기", "보기", "크기", "공고", "광고", "창고", "신고", "보고", "사고"):
        return False
    return len(token) > 1 and token.endswith(_CONNECTIVES)


def _last_noun(text: str) -> str:
    words = re.findall(r"[가-힣]+", text)
    return _bare(words[-1]) if words else ""


def _bare(word: str) -> str:
    return re.sub(r"(?:은|는|이|가|을|를|인가요|입니까)$", "", word)

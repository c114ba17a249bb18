"""The tone of official letters: a note as a polite sentence (제출 → 제출하여 주시기 바랍니다), no -하시기 바랍니다."""

from __future__ import annotations

import re

from biseo.text.characters import final_consonant, is_hangul, with_final, words
from biseo.text.noun_endings import to_polite
from biseo.text.particles import attach

_N, _L, _B = 4, 8, 17  # places of ㄴ ㄹ ㅂ among the final consonants
ASKING = "주시기 바랍니다."

_ASKED_OF_OTHERS = words("""
    제출 회신 통보 송부 지참 추천 작성 게시 홍보 배포 숙지 준수 등록 입력 신청 전파 이행 협조 참석 참여 참고""")
"""What a note that ends so asks of its reader, where the writer does not speak of himself."""

_DONE = words("""
    담당 주관 대행 보관 관리 지원 부담 배치 운영 실시 개최 진행 추진 설치 지급 제공 마련
    시행 구성 모집 접수 선정 발송 배부 공개 공고 게재 안내 확대 강화 정비 점검 조치 검토
    반영 통제 변경 연기 취소 연장 보완 개선 철거 감면 면제 송부 회신 통보 제출 게시 홍보
    배포 가동 개방 대여 비치 부착 교체 회수 순찰 청소 수리 제작 신설 폐지 이관 정산 집행 편성
    확보 조사 수거 소독 방역 견학 상담 접종 전환 이전""")
_OURSELVES = re.compile(r"(?:우리|저희|본) ?(?:시|도|군|구|부|처|청|과|국|원|기관|부서|공단)")
_TO_A_PLACE = re.compile(r"(?:회의|회|교육|행사|훈련|식|워크숍|조사|사업|캠페인|누리집|게시판|홈페이지|누리소통망)$")
_IN_PLACES = ("참석", "참여", "게시", "게재", "공고", "등록", "입력")
_PEOPLE = re.compile(r"(?:자|장|원|관|명|인|급)$")
_BOUND = re.compile(
    r"(?:[을를은는이가의에와과도만]|에서|으로|로|까지|부터|에게|께|내|이내|전|이전|후|이후|시|중|별|따라|반드시|꼭|모두|즉시|미리"
    r"|함께|적극|널리|바로|수시|매일|매주|매월|별도|추가|다시|직접|우선|공동|전량|일괄|사전|자체|[게히])$"
)
"""Words behind which no particle is missing."""

_VERB_AS_NOUN = re.compile(
    r"(?:[을를에게]|으로|로|가|이) [가-힣]*[냄침림킴임줌둠뀜짐김춤눔움](?<!모임)(?<!어려움)$"
    r"|[려여해내워아어] (?:드림|줌|둠|치움|세움|옮김)$"
)
_IS_HARD = re.compile(r"(?:(?:것|기)(?:은|는|이|가|도)|[올내]해는|지금은|당장은|에는|서는|로는|적으로) 어려움$")
"""Where 어려움 is said of something: 겪는 어려움 is a noun."""
_NOUN_LIKE_A_VERB = re.compile(r"(?:모임|알림|나눔|도움|그림|움직임|쓰임|책임|선임|후임|전임|담임|게임|프로그램)$")
"""A note that closes with a verb as a noun: 명단을 보냄, 알려 드림."""

_PLEASE = re.compile(
    r"(?P<verb>.*?)\s?(?:주세요|주십시오|주시길 (?:바람|바랍니다)|주기(?:를)? (?:바람|바랍니다|요청|당부)"
    r"|주시기(?:를)? (?:바람|바랍니다|요망)|달라고 (?:함|요청|부탁)|달라는 (?:요청|부탁))$"
)
_BE_TO = re.compile(r"하(?:시기|기|시길)(?:를)? (?:바랍니다|바람|요망)$|할 것(?:을 (?:요청|당부|요망)(?:함|합니다)?)?$")
_WISH = re.compile(r"(?P<verb>[가-힣]+?)(?:시)?(?:기|길)(?:를)? (?:바람|요망)$")
_THING_TO_DO = re.compile(r"(?P<stem>[가-힣]*)(?P<last>[가-힣]) 것$")
_STEM_WITHOUT_이 = re.compile(
    r"(?:[하크르느쁘프그]|(?<![가-힣])싸|아니|나누|바꾸|꾸미|열리|알리|올리|살리|배우|키우|세우|채우|만나|이루|보이|줄이|높이"
    r"|모이|쓰이|붙이|움직이|이)$"
)


def to_letter_sentence(note: str, asks: bool | None = None) -> str:
    """A note of the official's as a sentence of a letter; whole polite sentences stay.

    A noun that no rule knows is closed with 입니다.

    Args:
        asks: whether a bare 제출 is for the readers to do (True) or was done by the writers (False). Who is to do what
            a noun says is never guessed: 지원 in a letter that asks for help may be either's, so it stays as it is.
    """
    bare = note.strip().rstrip(".").rstrip()
    return ruled_sentence(note, asks) or (f"{bare}입니다." if bare else "")


def ruled_sentence(note: str, asks: bool | None = None) -> str:
    """The same, but nothing where no rule is sure of the sentence."""
    bare = note.strip().rstrip(".").rstrip()
    if not bare or bare.endswith("]"):
        return bare
    if please := _PLEASE.fullmatch(bare):
        return f"{please['verb']} {ASKING}"
    if _BE_TO.search(bare):
        return _BE_TO.sub(f"하여 {ASKING}", bare)
    if wish := _WISH.search(bare):
        return f"{bare[: wish.start()]}{wish['verb']}기 바랍니다."
    if to_do := _THING_TO_DO.search(bare):
        return f"{bare[: to_do.start()]}{_without_l(to_do['stem'], to_do['last'])}기 바랍니다."
    if bare.endswith("니다") or bare[-1] in "?까요":
        return bare if bare[-1] == "?" else f"{bare}."
    if bare.endswith("다"):
        return _polite_from_plain(bare[:-1])
    return _noun_phrase(bare, asks)


def _without_l(stem: str, last: str) -> str:
    """The stem before 것: 보낼 → 보내, 받을 → 받."""
    if last == "을" and stem:
        return stem
    return stem + (with_final(last, 0) if final_consonant(last) == _L else last)


def _polite_from_plain(stem: str) -> str:
    """A plain sentence without its 다: 한 → 합니다., 했 → 했습니다., 받는 → 받습니다., 크 → 큽니다."""
    last = stem[-1:]
    if not is_hangul(last):
        return f"{stem}다."
    if last == "는" and len(stem) > 1 and final_consonant(stem[-2]):
        return f"{stem[:-1]}습니다."
    if final_consonant(last) == _N:
        return f"{stem[:-1]}{with_final(last, _B)}니다."
    if final_consonant(last):
        return f"{stem}습니다."
    if _STEM_WITHOUT_이.search(stem):
        return f"{stem[:-1]}{with_final(last, _B)}니다."
    return f"{stem}입니다."


def _noun_phrase(phrase: str, asks: bool | None) -> str:
    """A note that ends with a noun: what is asked for, what is done, or what is so; nothing for another noun."""
    before, _, last = phrase.rpartition(" ")
    if last in ("요청", "부탁"):
        asked = f"{attach(before, '을')} " if before and not _BOUND.search(before) else f"{before} " if before else ""
        return f"{asked}{last}{'합' if last == '요청' else '드립'}니다."
    if last == "없음" and is_hangul(before[-1:]) and not _BOUND.search(before) and before[-1] not in "고지수데리바":
        return f"{attach(before, '이')} 없습니다."
    ours = asks is False or bool(_OURSELVES.search(phrase))
    if asks and not ours and last in _ASKED_OF_OTHERS:
        return f"{_with_object(before, last)}하여 {ASKING}"
    if last in _DONE and before and ours:
        return f"{_with_object(before, last)}합니다."
    if last in _DONE or last in _ASKED_OF_OTHERS:
        return phrase
    if _IS_HARD.search(phrase):
        return f"{phrase.removesuffix('려움')}렵습니다."
    if _VERB_AS_NOUN.search(phrase):
        return f"{phrase[:-1]}{with_final(phrase[-1], _B)}니다."
    known = phrase.endswith(("음", "함", "됨", "임", "예정", "계획", "중")) and not _NOUN_LIKE_A_VERB.search(phrase)
    return to_polite(phrase) if known else ""


def _with_object(before: str, doing: str) -> str:
    """`명단 제출` → `명단을 제출`, `회의 참석` → `회의에 참석`, `담당자 참석` → `담당자가 참석`."""
    if doing in _IN_PLACES and _TO_A_PLACE.search(before):
        return f"{before}에 {doing}"
    if not before or _BOUND.search(before) or not (is_hangul(before[-1]) or before[-1] in ")」』’”"):
        return f"{before} {doing}".strip()
    if doing in ("참석", "참여", "협조"):
        whose = _PEOPLE.search(before) and doing != "협조"
        return f"{attach(before, '이')} {doing}" if whose else f"{before}에 {doing}"
    return f"{attach(before, '을')} {doing}"

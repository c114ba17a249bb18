"""What kind of answer a question wants, and how it is seen in a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from biseo.asking.words import lists

_NUMBER = (
    r"(?:[0-9][0-9,.]*\s?(?:[십백천만억조]+\s?[0-9,]*\s?){0,4}(?:여\s?)?"
    r"|(?<![가-힣])(?:한|두|세|네|석|넉|다섯|여섯|일곱|여덟|아홉|열|스무|서른)\s?"
    r"|(?<![가-힣])[일이삼사오육칠팔구십백]{1,4}\s?(?=개월|일간))"
)
_MONTHLY = "매일|매주|매월|매년|분기|반기|해마다|달마다|날마다|격주|수시"
_SOON = "즉시|지체\\s?없이|바로|당일|전날|다음\\s?날|다음\\s?달"
_DAY_WORDS = "이틀|사흘|나흘|닷새|열흘|보름|하루"
_DATE = r"[0-9]{4}\s?[.년]|[0-9]{1,2}\s?월\s?[0-9]{1,2}\s?일|(?<![0-9.])[0-9]{1,2}\.\s?[0-9]{1,2}\."
_CLOCK = r"[0-9]{1,2}\s?시(?![간각])|[0-9]{1,2}:[0-9]{2}"
_PLACE = (
    r"[가-힣0-9](?:과|팀|실|관|청|소|원|역|장|층)(?:에서|에게|에|으로|로)(?![가-힣])"
    r"|(?:센터|구역|시스템|누리집|위원회|담당관|부서|기관|창구|하단|상단|가운데|오른쪽|왼쪽|옆|아래|공원|둔치|112|119|체육관|회관|회의실|학교)"
    r"(?:의|에서|에게|에|으로|로|은|는|이|가|과|와|이며|,|\s|\(|\)|$)"
)
_PERSON = (
    r"[가-힣](?:장|과|팀|관|자|인|원|위원회|센터|조|청|사람|회|단|부서|직원|주민|시민|군|찰|권자|법인)"
    r"(?:이|가|은|는|에게|에|의|만|과|와|께|을|를|으로|이나|에서|\s|$)"
)


@dataclass(frozen=True)
class Want:
    """A kind of answer.

    Attributes:
        name: of the kind; empty where any sentence may be the answer.
        pattern: what a sentence with such an answer holds.
        hard: a sentence without it is no answer.
    """

    name: str = ""
    pattern: re.Pattern[str] | None = None
    hard: bool = False

    def met(self, sentence: str) -> bool:
        """Whether a sentence may hold such an answer."""
        return self.pattern is None or bool(self.pattern.search(sentence))


ANYTHING = Want()


def _want(name: str, pattern: str, hard: bool = True) -> Want:
    return Want(name, re.compile(pattern), hard)


_DAYS = rf"{_NUMBER}(?:근무)?(?:일(?![가-힣]*요일)|주|개월|달|년|시간)|{_DAY_WORDS}|{_SOON}|{_DATE}|매월|매년"
_MONEY = (
    rf"{_NUMBER}(?:원|달러|배(?![가-힣]*[차정포]))|[금료비값액돈]의?\s?(?:절반|전액|전부)|전액|무료|무상|면제|부담하지"
    r"|[료금비용][은는을를도]?\s?받지\s?(?:않|아니)"
)
_PERCENT = rf"{_NUMBER}(?:퍼센트|프로|%|%p)|{_NUMBER}분의\s?{_NUMBER}"
_POINT = (
    rf"{_NUMBER}(?:근무)?(?:일|주|개월|달|년|시간)\s?"
    r"(?:이내|안|전|후|이?\s?경과|까지|부터|째|뒤|이?\s?지[나난])"
)
"""A span with what makes a point in time of it."""
_WHEN = (
    rf"{_POINT}|{_DAY_WORDS}|{_SOON}|{_DATE}|{_CLOCK}|[월화수목금토일]요일|{_MONTHLY}|[0-9]월"
    r"|(?:한|된|되는|하는|난|은|진|를|던)\s때|까지|부터|전에|함으로써"
)
_KINDS = {
    "days": _want("days", _DAYS),
    "money": _want("money", _MONEY),
    "percent": _want("percent", _PERCENT),
    "when": _want("when", _WHEN),
    "time": _want("time", _CLOCK),
    "hours": _want("hours", rf"{_NUMBER}(?:근무)?(?:시간|분)|{_CLOCK}"),
    "weekday": _want("weekday", r"[월화수목금토일]요일"),
    "age": _want("age", rf"{_NUMBER}(?:세(?![가-힣])|세\s|살)|[0-9]세"),
    "people": _want("people", rf"{_NUMBER}(?:명|사람|인(?!\s?(?:가구|당|실|용))(?![가-힣]))"),
    "times": _want("times", rf"{_NUMBER}(?:번|회|차례)|{_MONTHLY}"),
    "size": _want("size", rf"{_NUMBER}(?:밀리미터|센티미터|미터|제곱미터|킬로미터|mm|cm|km|m|㎡|㎜|㎝|포인트)"),
    "phone": _want("phone", r"[0-9]{2,4}\)?[-.\s][0-9]{3,4}[-.][0-9]{4}|1[568][0-9]{2}-[0-9]{4}|국번\s?없이"),
    "often": _want("often", rf"{_MONTHLY}|마다|{_NUMBER}(?:번|회|차례)|간격"),
    "much": _want("much", rf"{_DAYS}|{_MONEY}|{_PERCENT}|{_NUMBER}[가-힣㎡%]|절반|전부|전액|일부|{_MONTHLY}|마다"),
    "where": _want("where", _PLACE),
    "who": _want("who", rf"{_PERSON}|누구"),
    "why": _want("why", r"때문|위하여|위해|위한|사유|까닭|이므로|으로\s인|라서|아서|어서|려고|하고자|어려|많았"),
    "may": _want(
        "may",
        r"[할을를될]\s?수\s?(?:있|없)|(?:지|지는|하여서는|해서는)\s?(?:아니|않|못|안)|여야|해야|아야|어야|금지|제외|가능|불가|면제|중지|아니\s?(?:한|된|되)"
        r"|받는다|한다|된다|준다|없다|있다|않는다",
        hard=False,
    ),
}  # fmt: skip

_UNITS = (
    (r"퍼센트|프로(?![가-힣]*그램)|%", "percent"),
    (r"글자|자(?=[까이가로 ])", ""),
    (r"시간", "hours"),
    (r"시", "time"),
    (r"요일", "weekday"),
    (r"일|달|개월|년|주(?!년)", "days"),
    (r"살|세(?!대)", "age"),
    (r"명|사람|인(?![가-힣])", "people"),
    (r"번|회|차례", "times"),
    (r"원", "money"),
    (r"킬로미터|미터|센티|제곱미터", "size"),
)
_COUNTED = re.compile(r"몇\s?([가-힣]+|%)")
_HOW_MUCH = re.compile(r"얼마")
_HOW = re.compile(r"얼마나")


def want_of(question: str, attribute: str) -> Want:
    """What a question wants.

    Args:
        attribute: its last noun, for questions without a word of asking.
    """
    counted = _COUNTED.search(question)
    if counted:
        return _counted(counted[1], question)
    if re.search(r"며칠|몇일", question):
        return _KINDS["days"]
    if re.search(r"무슨\s?요일", question):
        return _KINDS["weekday"]
    if _HOW.search(question):
        return _KINDS["often" if re.search(r"얼마나\s?자주", question) else "much"]
    if _HOW_MUCH.search(question):
        named = _by_attribute(question.partition("얼마")[0])
        return named if named.name in ("days", "percent", "size", "people") else _KINDS["money"]
    if re.search(r"언제|어느\s?날", question):
        return _KINDS["when"]
    if re.search(r"어디|어느\s?(?:곳|부서|과|기관|층)", question):
        return _KINDS["where"]
    if re.search(r"누가|누구|누굴", question):
        return _KINDS["who"]
    if re.search(r"왜|까닭|이유", question):
        return _KINDS["why"]
    if re.search(r"어떻게|어떠", question):
        return ANYTHING
    if re.search(r"무엇|뭐|뭘|무슨|어떤", question):
        named = _by_attribute(re.split(r"무엇|뭐|뭘", question)[0])
        return named if named.hard else ANYTHING
    if re.search(
        r"(?:되나|되는|됩니까|되요|돼요|될까|있나|있습니까|있어|있을까|없나|하나|합니까|해야|주나|받나)[가-힣]*\s*\??$",
        question,
    ):
        return _KINDS["may"]
    return _KINDS.get(attribute_kind(attribute), ANYTHING)


def attribute_kind(word: str) -> str:
    """The kind that a noun such as 나이 asks for; empty for others."""
    return _attributes().get(word, "")


def _by_attribute(words: str) -> Want:
    for word in reversed(re.findall(r"[가-힣]+", words)[-2:]):
        kind = attribute_kind(word) or attribute_kind(re.sub(r"(?:은|는|이|가|을|를)$", "", word))
        if kind:
            return _KINDS[kind]
    return ANYTHING


def _counted(unit: str, question: str) -> Want:
    if re.search(r"(?:전화|번호|연락처)[가-힣]*\s?몇\s?번", question):
        return _KINDS["phone"]
    for pattern, kind in _UNITS:
        if re.match(pattern, unit):
            if not kind:
                return _want("count", rf"{_NUMBER}(?:글자|자(?![가-힣])|자[를가이은는까 ])")
            return _exactly(kind, unit)
    bare = re.sub(r"(?:까지|부터|이나|이|가|을|를|은|는|에|로|인가요|이에요|예요|인지|입니까)+$", "", unit) or unit
    if bare.startswith("분") and "분의" not in unit:
        return _want("count", rf"{_NUMBER}(?:분(?!의)|시간)|즉시")
    if "분의" in question:
        return _want("count", rf"분의\s?{_NUMBER}|절반|전원|모두|퍼센트")
    if bare[0] == "개":
        return _want("count", rf"{_NUMBER}(?:개(?!월)|가지|종|곳|군데)")
    if bare[0] == "단" or bare[0] == "급":
        return _want("count", rf"{_NUMBER}{bare[0]}")
    return _want("count", rf"{_NUMBER}{re.escape(bare)}")


def _exactly(kind: str, unit: str) -> Want:
    """Days for 며칠 and 몇 일; for 몇 년 nothing smaller than months."""
    if kind == "days" and unit.startswith(("년", "달", "개월")):
        return _want("days", rf"{_NUMBER}(?:개월|년|달|연간)|{_DATE}|생애")
    return _KINDS[kind]


@lru_cache(maxsize=1)
def _attributes() -> dict[str, str]:
    return {word: kind for kind, words in lists().attributes.items() for word in words}

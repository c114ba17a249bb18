"""Amounts: `금113,560원(금일십일만삼천오백육십원)` (시행규칙 제2조제2항), commas, units of thousands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from biseo.checks.style.page import Page, Spans
from biseo.checks.style.rulebook import Hit
from biseo.document import Severity
from biseo.text.numerals import LIMIT, from_hangul, from_mixed, to_hangul

_MIXED = r"[0-9][0-9,]{0,26}(?:[ ]?[십백천]?[만억조](?:[ ]?[0-9][0-9,]{0,14})?){0,4}"
_FORMAL = re.compile(
    rf"(?<![가-힣A-Za-z0-9])금(?P<s1>[ ]*)(?P<n>{_MIXED})(?P<s2>[ ]*)원(?:정|整)?(?![가-힣])"
    r"(?P<tail>(?P<s3>[ ]*)\((?P<h>[^()\n]{1,80})\))?"
)
_FORMAL_PARTICLE = re.compile(
    rf"(?<![가-힣A-Za-z0-9])금(?P<s1>[ ]*)(?P<n>{_MIXED})(?P<s2>[ ]*)원(?:정)?"
    r"(?=[을은이의에과로](?![가-힣])|으로|까지|입니다|이다|이며|이고)(?P<tail>(?P<s3>)(?P<h>))"
)
_PAIR = re.compile(r"(?<![0-9,.])(?P<n>[0-9][0-9,]{2,26})[ ]?원[ ]?\((?P<h>[^()\n]{2,60})\)")
_HANGUL = re.compile(r"[ ]*(?P<gold>일?금)?[ ]*(?P<n>[영일이삼사오육칠팔구십백천만억조경 ]{1,50})원(?:정|整)?[ ]*")
_TURNED = re.compile(
    r"(?<![가-힣])(?:일금|금)[ ]?(?P<h>[일이삼사오육칠팔구십백천만억조 ]{2,50})원(?:정|整)?[ ]?"
    r"\([ ]?[금₩￦\\]?[ ]?(?P<n>[0-9][0-9,]{2,26})[ ]?원?[ ]?\)"
)
_PLAIN = re.compile(r"(?<![0-9,.A-Za-z-])(?P<n>[1-9][0-9]{3,15})(?P<won>[ ]?원(?![칙인본장생가격고문래시활형동]))")
_BROKEN = re.compile(r"(?<![0-9,.])(?P<n>[0-9]{1,3}(?:,[0-9]{1,4}){1,5})[ ]?원(?![칙인본])")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})*")
_THOUSANDS = re.compile(r"(?<![0-9,.])(?P<n>[0-9][0-9,]{1,15})(?P<unit>천|백만)[ ]?원(?![칙인본])")


def find_money(page: Page) -> Iterator[Hit]:
    """MONEY_ findings of a page."""
    text = page.text
    taken: set[int] = set()
    for pattern in (_FORMAL, _FORMAL_PARTICLE):
        for match in pattern.finditer(text):
            if match.start() in taken or page.history.touch(*match.span()):
                continue
            taken.add(match.start())
            yield from _formal(page, match)
    inside = Spans((start, start + 40) for start in taken)
    for match in _PAIR.finditer(text):
        if not inside.touch(match.start(), match.start() + 1):
            yield from _pair(match)
    for match in _TURNED.finditer(text):
        yield from _turned(match)
    for match in _PLAIN.finditer(text):
        if not inside.touch(match.start(), match.start() + 1):
            yield Hit("MONEY_COMMA", match.start(), match.end(), f"{int(match['n']):,}{match['won']}")
    for match in _BROKEN.finditer(text):
        if not _GROUPED.fullmatch(match["n"]) and not inside.touch(match.start(), match.start() + 1):
            yield Hit("MONEY_COMMA", match.start(), match.end(), "", certain=False)
    for match in _THOUSANDS.finditer(text):
        number = int(match["n"].replace(",", "")) * (1000 if match["unit"] == "천" else 1_000_000)
        if not page.tables.touch(*match.span()) and 10_000 <= number < LIMIT:
            yield Hit("MONEY_CHEON", match.start(), match.end(), f"{_in_words(number)} 원")


def _formal(page: Page, match: re.Match[str]) -> Iterator[Hit]:
    value = from_mixed(match["n"])
    if value is None or value != int(value) or not 0 < value < LIMIT:
        return
    won = int(value)
    hangul = _HANGUL.fullmatch(match["h"] or "")
    figures_end = match.start("tail") if match["tail"] else match.end()
    end = match.end() if hangul else figures_end
    right = f"금{won:,}원"
    if hangul or page.profile == "official":
        right += f"(금{to_hangul(won)}원)"
    severity: Severity | None = "warning" if page.tables.touch(*match.span()) else None
    start = match.start()
    said = from_hangul(hangul["n"].replace(" ", "")) if hangul else None
    agree = said == won
    if match["s1"] or match["s2"] or (hangul and match["s3"]):
        yield Hit("MONEY_SPACE", start, end, right, severity, agree or not hangul)
    if match["n"].isascii() and not _GROUPED.fullmatch(match["n"]):
        yield Hit("MONEY_COMMA", start, end, right, severity, agree or not hangul)
    if hangul is None:
        yield Hit("MONEY_HANGUL", start, end, right, severity)
        return
    written = page.text[match.start("h") : match.end("h")]
    if not agree:
        yield Hit("MONEY_MISMATCH", start, end, right)
    elif written != f"금{to_hangul(won)}원":
        message = "한글 금액은 '금'으로 시작하고 '일'을 빠짐없이 적어 주세요."
        yield Hit("MONEY_MISMATCH", start, end, right, severity, True, message)


def _turned(match: re.Match[str]) -> Iterator[Hit]:
    """Hangul first and the figures behind it: 일금 오백만원정(₩5,000,000)."""
    said = from_hangul(match["h"].replace(" ", ""))
    if said is not None and said != int(match["n"].replace(",", "")):
        yield Hit("MONEY_MISMATCH", match.start(), match.end())


def _pair(match: re.Match[str]) -> Iterator[Hit]:
    """Figures and Hangul side by side without 금."""
    hangul = _HANGUL.fullmatch(match["h"])
    if hangul is None:
        return
    said = from_hangul(hangul["n"].replace(" ", ""))
    if said is not None and said != int(match["n"].replace(",", "")):
        yield Hit("MONEY_MISMATCH", match.start(), match.end())


def _in_words(number: int) -> str:
    """2,134만 5천: 조, 억 and 만 with commas, whole thousands as 천."""
    parts = []
    for name, size in (("조", 10**12), ("억", 10**8), ("만", 10**4)):
        group, number = divmod(number, size)
        if group:
            parts.append(f"{group:,}{name}")
    if number:
        parts.append(f"{number // 1000}천" if number % 1000 == 0 else f"{number:,}")
    return " ".join(parts)

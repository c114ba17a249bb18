"""Cells of a sheet as a person sees them: number formats of Excel (ECMA-376 18.8.31) as a Korean Excel shows them.

Two things are kept as facts instead of as seen: exponents and fractions (1.23E+08, 1 1/2) stand as plain numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache

from biseo.readers.date_format import date_tokens, written_date

# Quoted words, an escaped sign, a currency, conditions and other brackets, blanks and fillers, the rest.
_TOKENS = re.compile(r'"([^"]*)"|[\\!](.)|\[\$([^\]-]*)[^\]]*\]|(\[[^\]]*\])|[_*].|(General|G/표준)|(.)', re.DOTALL)
_SECTION = re.compile(r'(?:"[^"]*"|[\\!_*].|\[[^\]]*\]|[^;])*(?:;|$)', re.DOTALL)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b, "<>": lambda a, b: a != b,
}  # fmt: skip
_MOST_SECTIONS = 4
_GENERAL_DIGITS = 10


@dataclass(frozen=True)
class _Section:
    """One part of a format: `tokens` are (is it words, text); digits, commas and points each a token of one sign."""

    text: str
    tokens: tuple[tuple[bool, str], ...]
    condition: tuple[str, float] | None

    @property
    def signs(self) -> str:
        return "".join(sign for words, sign in self.tokens if not words)


def shown(value: object, number_format: str, since_1904: bool = False) -> str:
    """A cell's value as the sheet shows it.

    Args:
        since_1904: days count from 1904, where `value` is a day count.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    sections = _sections(number_format)
    if isinstance(value, str):
        return _text(value, sections)
    if isinstance(value, (int, float)):
        section, signed = _chosen(float(value), sections)
        if date_tokens(section.text):
            return written_date(_as_date(value, section.text, since_1904), section.text)
        return _number(value, section, signed)
    if isinstance(value, (datetime, date, time, timedelta)):
        return written_date(value, sections[0].text)
    return str(value)


@lru_cache(maxsize=256)
def _sections(number_format: str) -> tuple[_Section, ...]:
    found: list[_Section] = []
    for match in _SECTION.finditer(number_format or "General"):
        if len(found) < _MOST_SECTIONS and (match[0] or not found):
            text = match[0].removesuffix(";")
            condition = _CONDITION.search(text)
            bound = (condition[1], float(condition[2])) if condition else None
            found.append(_Section(text, _tokens(text), bound))
    if number_format.endswith(";") and len(found) < _MOST_SECTIONS:
        found.append(_Section("", (), None))
    return tuple(found)


def _tokens(text: str) -> tuple[tuple[bool, str], ...]:
    found: list[tuple[bool, str]] = []
    for match in _TOKENS.finditer(text):
        quoted, escaped, currency, bracket, general, sign = match.groups()
        if bracket is not None:
            continue
        if general:
            found.append((False, "G"))
        elif sign is not None and sign in "0#?.,%@/eE":
            found.append((False, sign))
        else:
            found.append((True, quoted or escaped or currency or sign or ""))
    return tuple(found)


def _chosen(value: float, sections: tuple[_Section, ...]) -> tuple[_Section, bool]:
    """The section for a number, and whether a minus is still to be written."""
    if any(one.condition for one in sections):
        for one in sections[:3]:
            if one.condition is None or _COMPARE[one.condition[0]](value, one.condition[1]):
                return one, value < 0
        return sections[-1], value < 0
    if value < 0 and len(sections) > 1:
        return sections[1], False
    if value == 0 and len(sections) > 2:
        return sections[2], False
    return sections[0], value < 0


def _text(value: str, sections: tuple[_Section, ...]) -> str:
    section = sections[3] if len(sections) == _MOST_SECTIONS else sections[0]
    if len(sections) < _MOST_SECTIONS and "@" not in section.signs:
        return value
    return "".join(value if not words and text == "@" else text if words else "" for words, text in section.tokens)


def _number(value: int | float, section: _Section, signed: bool) -> str:
    signs = section.signs
    if re.search("[/eE]", signs):
        text = _general(abs(value))
    elif re.search("[0#?]", signs):
        text = _digits(abs(value), section)
    elif re.search("[G@]", signs):
        before, behind = _around(section)
        text = before + _general(abs(value)) + behind
    else:
        text = "".join(sign for words, sign in section.tokens if words)
    # A minus before nothing but zeros is not written.
    signed = signed and bool(text) and (re.search("[1-9]", text) is not None or re.search(r"\d", text) is None)
    return ("-" if signed else "") + text.strip()


def _around(section: _Section) -> tuple[str, str]:
    """Words before and behind the number."""
    first = next(at for at, (words, _) in enumerate(section.tokens) if not words)
    before = "".join(text for words, text in section.tokens[:first] if words)
    return before, "".join(text for words, text in section.tokens[first:] if words)


def _general(value: int | float) -> str:
    """A number without a format: as many digits as fit into eleven signs; whole numbers stay whole."""
    if isinstance(value, float) and value.is_integer() and value < 1e15:
        return str(int(value))
    if isinstance(value, int):
        return str(value)
    if 0 < value < 1:
        text = format(value, ".9f").rstrip("0")
        return text.rstrip(".") if re.search("[1-9]", text) else format(value, ".5g")
    return format(value, f".{_GENERAL_DIGITS}g")


def _digits(value: int | float, section: _Section) -> str:
    """The digits of a number in the places of its format, words between them where they stand."""
    number = Decimal(repr(value))
    if not number.is_finite():
        return str(value)
    tokens = list(section.tokens)
    signs = section.signs
    point = next((at for at, token in enumerate(tokens) if token == (False, ".")), len(tokens))
    places = [at for at, (words, sign) in enumerate(tokens) if not words and sign in "0#?"]
    whole = [at for at in places if at < point]
    fraction = [at for at in places if at > point]
    last = whole[-1] if whole else -1
    commas = [at for at, token in enumerate(tokens) if token == (False, ",") and at < point]
    thousands = sum(at > last for at in commas)  # `#,##0,` shows thousands
    grouped = any(whole and whole[0] < at < last for at in commas)
    with localcontext(prec=400):
        number = number.scaleb(2 * signs.count("%") - 3 * thousands)
        number = number.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
    before, _, behind = f"{number:f}".partition(".")
    before = before.lstrip("0") or ("0" if fraction and behind.strip("0") else "")
    if grouped:
        zeros = sum(tokens[at][1] == "0" for at in whole)
        before = _grouped(before.rjust(zeros, "0"))
    written: dict[int, str] = {}
    if whole and (grouped or len(whole) == 1):
        written[whole[0]] = before or ("0" if tokens[last][1] == "0" else "")
    else:
        rest = before
        for at in reversed(whole):
            digit = rest if at == whole[0] else rest[-1:]
            rest = rest[:-1]
            written[at] = digit or ("0" if tokens[at][1] == "0" else "")
        before = "" if whole else before
    while fraction and tokens[fraction[-1]][1] in "#?" and behind.endswith("0"):
        behind = behind[:-1]
        written[fraction.pop()] = ""
    written.update(zip(fraction, behind, strict=False))
    text = ""
    for at, (words, sign) in enumerate(tokens):
        if words or sign == "%":
            text += sign
        elif sign == "." and at == point:
            # Digits before the point without a place of their own (`.0`).
            text += ("" if whole else before) + ("." if behind else "")
        else:
            text += written.get(at, "")
    return text


def _grouped(digits: str) -> str:
    return re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", digits)


def _as_date(value: int | float, pattern: str, since_1904: bool) -> object:
    """A day count as the date it is."""
    from openpyxl.styles.numbers import is_timedelta_format
    from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

    try:
        return from_excel(
            value, CALENDAR_MAC_1904 if since_1904 else CALENDAR_WINDOWS_1900, timedelta=is_timedelta_format(pattern)
        )
    except (OverflowError, ValueError):
        return value

"""Names of fields as people write them: `성 명`, `성명:` and `성명` are the same."""

from __future__ import annotations

import re
import unicodedata

LONGEST_LABEL = 40
_SPACED = re.compile(r"(?:[가-힣]\s+)+[가-힣]")
_EDGE = ":：*＊ \t\n"
_CHOICE = re.compile(r"[□■☐☑☒○●◯]|\[\s*\]|\(\s*\)|［\s*］|（\s*）")
_FIGURES = re.compile(r"(?=.*\d)[\d,.\s%원천백만억조명건개~∼:()/·\-]+")
_DATE_LINE = re.compile(r"\d*\s*년\s*\d*\s*월\s*\d*\s*일")
_ORDINAL = re.compile(r"순번|연번|일련번호|순위|no\.?", re.IGNORECASE)
_WORD = re.compile(r"[가-힣A-Za-z\u4e00-\u9fff]")


def tidy_name(text: str) -> str:
    """The name as shown: one line, no colon at its end, `성 명` as `성명`."""
    line = " ".join(unicodedata.normalize("NFC", text).split()).strip(_EDGE)
    return line.replace(" ", "") if _SPACED.fullmatch(line) else line


def field_key(name: str) -> str:
    """What two spellings of one name have in common."""
    return "".join(unicodedata.normalize("NFKC", name).split()).strip(_EDGE).casefold()


def is_figure(text: str) -> bool:
    """Whether a cell says a number or an amount."""
    return bool(_FIGURES.fullmatch(tidy_name(text)))


def is_ordinal(text: str, *, head: bool) -> bool:
    """Whether a label only counts rows. `번호` does where it heads a column; beside a cell it asks for a number."""
    line = tidy_name(text)
    return bool(_ORDINAL.fullmatch(line)) or (head and line == "번호")


def is_label(text: str) -> bool:
    """Whether a cell's words can name the cell beside it: short words, neither a figure, a choice nor a sentence."""
    line = tidy_name(text)
    if not line or len(field_key(line)) > LONGEST_LABEL or not _WORD.search(line) or "{{" in line:
        return False
    if line.startswith(("※", "<", "〈", "《")) or line.endswith(("다.", "요.", "오.", "귀하", "귀중")):
        return False
    if "YYYY" in line or _DATE_LINE.match(line) or _FIGURES.fullmatch(line):
        return False
    return not _CHOICE.search(line)

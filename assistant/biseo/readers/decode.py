"""Bytes of a text file to text: UTF-8, UTF-16 and CP949, the encodings of Korean offices."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Control characters that text files do contain.
_TEXT_CONTROLS = frozenset(b"\t\n\r\x0b\x0c\x1a\x1b\x1c\x1d\x1e\x1f")
_KOREAN = ("euc-kr", "euckr", "ks-c-5601-1987", "ks-c-5601", "ksc5601", "ks-x-1001", "windows-949", "ms949", "uhc")
PLAUSIBLE = 0.9
MOST_UNREADABLE = 0.02
MOST_ZEROS = 0.05
_COMMON = re.compile("[\t\n\r -~\xa7\xb0\xb7\xd7\u2010-\u27ff\u3000-\u318f\u3200-\u33ff\u4e00-\u9fff가-힣]")


def looks_binary(head: bytes) -> bool:
    """Whether the first bytes of a file (a few KB) cannot be the beginning of a text in any encoding we read."""
    if any(head.startswith(bom) for bom, _ in _BOMS):
        return False
    if b"\x00" in head:
        if _utf16_name(head) is not None:
            return False
        # Old systems fill texts up with zeros, or leave one between fields.
        filled = head.rstrip(b"\x00")
        head = filled.replace(b"\x00", b"")
        if not head or len(filled) - len(head) > max(MOST_ZEROS * len(filled), 4):
            return True
    controls = sum(byte < 32 and byte not in _TEXT_CONTROLS for byte in head)
    if controls > len(head) // 100:
        return True
    return min(_unreadable(head, "utf-8"), _unreadable(head, "cp949")) > MOST_UNREADABLE


def decode(data: bytes) -> tuple[str, int]:
    """The text of a file and how many characters of it could not be read (they stand as U+FFFD)."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            text = data.decode(name, errors="replace")
            return text, text.count("\ufffd")
    if b"\x00" in data:
        name = _utf16_name(data[:65536]) or ""
        if name:
            text = data.decode(name, errors="replace")
            return text, text.count("\ufffd")
    try:
        return data.decode("utf-8"), 0
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp949"), 0
    except UnicodeDecodeError:
        pass
    texts = [data.decode(name, errors="replace") for name in ("utf-8", "cp949")]
    counts = [text.count("\ufffd") for text in texts]
    best = 0 if counts[0] <= counts[1] else 1
    return texts[best], counts[best]


def decode_named(data: bytes, charset: str) -> tuple[str, int]:
    """Like `decode` for bytes whose encoding was stated; a statement that does not fit them is not believed."""
    name = charset.strip().lower().replace("_", "-")
    if name in _KOREAN:
        name = "cp949"  # what Korean programs mean by all of these
    if not any(data.startswith(bom) for bom, _ in _BOMS):
        try:
            return data.decode(name), 0
        except (LookupError, UnicodeError, ValueError):
            pass
    return decode(data)


def _utf16_name(head: bytes) -> str | None:
    """The byte order of UTF-16 without a mark, when the bytes read as Korean or Latin text in it."""
    even = head[: len(head) // 2 * 2]
    for name in ("utf-16-le", "utf-16-be"):
        text = even.decode(name, errors="replace")
        if not text:
            continue
        if len(_COMMON.findall(text)) >= PLAUSIBLE * len(text):
            return name
    return None


def _unreadable(head: bytes, encoding: str) -> float:
    """Share of characters that `encoding` cannot read; half a character at the end does not count."""
    text = codecs.getincrementaldecoder(encoding)(errors="replace").decode(head)
    return text.count("\ufffd") / max(len(text), 1)

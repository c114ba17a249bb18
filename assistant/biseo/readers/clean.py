"""Text as the rest of the program expects it: NFC, `\\n` and `\\t` the only control characters."""

from __future__ import annotations

import re
import unicodedata

from biseo.text.characters import unify_line_ends

# Symbol fonts put their characters into the private use area; these are the bullets seen in Korean office documents.
_SYMBOLS = {
    0xF06C: "●", 0xF06D: "❍", 0xF06E: "■", 0xF06F: "□", 0xF070: "□", 0xF071: "□", 0xF072: "□", 0xF073: "◆",
    0xF074: "◆", 0xF075: "◆", 0xF076: "❖", 0xF077: "◆", 0xF09E: "·", 0xF09F: "•", 0xF0A0: "■", 0xF0A1: "○",
    0xF0A2: "○", 0xF0A4: "◎", 0xF0A7: "▪", 0xF0A8: "□", 0xF0B7: "•", 0xF0D8: "▶", 0xF0E0: "→", 0xF0E8: "→",
    0xF0F0: "⇨", 0xF0FC: "✓", 0xF0FE: "☑",
}  # fmt: skip
# Hancom's boxed digits 1–10.
_SYMBOLS.update({0xF02B1 + n: chr(0x2460 + n) for n in range(10)})

_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_PRIVATE = re.compile("[" + "".join(map(chr, _SYMBOLS)) + "]")
_SPACES = re.compile(r"[ \t\n]+")


def clean_text(text: str) -> str:
    """`text` in NFC with one kind of line break, no control or invisible characters, no broken surrogates."""
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        return text  # nothing that is changed below is printable
    text = unify_line_ends(text)
    text = _DROPPED.sub("", text)
    text = _SURROGATES.sub("\ufffd", text)
    text = _PRIVATE.sub(lambda match: _SYMBOLS[ord(match[0])], text)
    return unicodedata.normalize("NFC", text.replace("\u00a0", " "))


def bullet_sign(text: str) -> str:
    """The bullet of a list; one from a symbol font we do not know becomes a plain one."""
    cleaned = clean_text(text).strip()
    return "•" if not cleaned or any(unicodedata.category(c) == "Co" for c in cleaned) else cleaned


def clean_line(text: str) -> str:
    """`clean_text` on one line: line breaks and tabs become single spaces, ends are stripped."""
    return _SPACES.sub(" ", clean_text(text)).strip()

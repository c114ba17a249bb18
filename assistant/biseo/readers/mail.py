"""EML and MHT: who wrote what to whom, and the body. Attachments are named, never opened."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.header import decode_header
from email.message import Message
from pathlib import Path

from biseo.document import Document
from biseo.readers import refusal
from biseo.readers.clean import clean_line, clean_text
from biseo.readers.collect import Collector
from biseo.readers.decode import decode, decode_named
from biseo.readers.html import add_html, decode_html

LONGEST_HEADER = 4000
MOST_PARTS = 1000
NAMES_SHOWN = 10
_SHOWN = (("subject", "제목"), ("from", "보낸 사람"), ("to", "받는 사람"), ("cc", "참조"), ("date", "보낸 날짜"))
# A plain part this much longer than the page beside it has words that the page lacks.
FULLER = 1.5
_HEADER_LINE = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,60}:[ \t\r\n]")
_MAIL_HEADERS = re.compile(
    rb"^(?:received|return-path|delivered-to|from|to|subject|date|message-id|mime-version|x-[a-z0-9-]+|content-type"
    rb"|reply-to|dkim-signature|cc):",
    re.IGNORECASE | re.MULTILINE,
)


def looks_like_mail(head: bytes) -> bool:
    """Whether a file begins with the headers of a mail."""
    head = head.lstrip(b"\xef\xbb\xbf").lstrip()
    return bool(_HEADER_LINE.match(head)) and len({match[0].lower() for match in _MAIL_HEADERS.finditer(head)}) >= 3


def read_mail(path: str, kind: str) -> Document:
    """A mail (`eml`): its head as lines, then its body; or a page saved with its pictures (`mht`).

    Raises:
        InputFileError: damaged.
    """
    try:
        message = message_from_bytes(Path(path).read_bytes(), policy=policy.compat32)
    except (RecursionError, ValueError, LookupError) as error:
        raise refusal.damaged(path) from error
    collector = Collector()
    subject = ""
    if kind == "eml":
        headers: dict[str, str] = {}
        for name, value in message.raw_items():
            headers.setdefault(name.lower(), str(value))
        for name, label in _SHOWN:
            text = header_text(headers.get(name, ""))
            text = _sent(text) if name == "date" else text
            subject = subject or (text if name == "subject" else "")
            if text:
                collector.add_text(f"{label}: {text}")
    parts = _Parts()
    parts.sort(message)
    title = ""
    for part in parts.bodies:
        title = _add_body(collector, part) or title
    collector.pictures += parts.pictures
    if parts.attached:
        names = ", ".join(parts.attached[:NAMES_SHOWN])
        more = f" 외 {len(parts.attached) - NAMES_SHOWN}개" if len(parts.attached) > NAMES_SHOWN else ""
        collector.add_note(f"첨부 파일: {names}{more}")
        collector.warn(
            f"첨부 파일 {len(parts.attached)}개는 읽지 않았습니다({names}{more}). 필요하면 따로 저장해 열어 주세요."
        )
    if parts.cut:
        collector.warn("메일의 구조가 복잡해 일부를 읽지 못했습니다. 원본과 대조해 주세요.")
    return collector.document(path, kind, subject or title)


def _sent(date: str) -> str:
    """When a mail was sent, as Korean offices write it; as it stands where it is no date."""
    from email.utils import parsedate_to_datetime

    try:
        when = parsedate_to_datetime(date)
    except (ValueError, TypeError, IndexError, OverflowError):
        return date
    return (
        f"{when.year}. {when.month}. {when.day}.({'월화수목금토일'[when.weekday()]}) {when.hour:02d}:{when.minute:02d}"
    )


def header_text(raw: str) -> str:
    """A header as a mail program shows it: encoded words (RFC 2047) decoded, bare bytes of old Korean mailers too."""
    raw = raw[:LONGEST_HEADER]
    if not raw.isascii():
        raw, _unread = decode(raw.encode("utf-8", "surrogateescape"))
    try:
        pieces = decode_header(raw)
    except (ValueError, LookupError):  # base64 that is none
        return clean_line(raw)
    text = ""
    for piece, charset in pieces:
        if isinstance(piece, str):
            text += piece
        elif charset:
            text += decode_named(piece, charset)[0]
        else:
            text += piece.decode("raw_unicode_escape", "replace") if piece.isascii() else decode(piece)[0]
    return clean_line(text) or clean_line(raw)


class _Parts:
    """The parts of a mail by what becomes of them."""

    def __init__(self) -> None:
        self.bodies: list[Message] = []
        self.attached: list[str] = []
        self.pictures = 0
        self.cut = False
        self._left = MOST_PARTS

    def sort(self, part: Message, depth: int = 0) -> None:
        """Goes through `part` and all inside it; of alternatives only the fullest is taken."""
        self._left -= 1
        if self._left < 0 or depth > 30:
            self.cut = True
            return
        kind = part.get_content_type()
        name = _file_name(part)
        attached = part.get_content_disposition() == "attachment"
        if kind.startswith("message/") and depth:
            inner = part.get_payload()
            first = inner[0] if isinstance(inner, list) and inner else None
            subject = dict(first.raw_items()).get("Subject", "") if isinstance(first, Message) else ""
            self.attached.append(name or header_text(str(subject)) or "전달된 메일")
        elif part.is_multipart():
            children = [one for one in part.get_payload() if isinstance(one, Message)]
            if kind == "multipart/alternative":
                children = _fullest(children)
            for child in children:
                self.sort(child, depth + 1)
        elif kind in ("text/plain", "text/html") and not attached and not (name and self.bodies):
            self.bodies.append(part)
        elif kind.startswith("image/") and not attached:
            self.pictures += 1
        elif attached or name:
            self.attached.append(name or "이름 없는 파일")


def _fullest(children: list[Message]) -> list[Message]:
    """Of the same text in several forms the page, for its tables; the plain one only when it says clearly more."""
    pages = [one for one in children if one.get_content_type() != "text/plain"]
    plain = [one for one in children if one.get_content_type() == "text/plain"]
    if not pages or not plain:
        return (pages or plain)[-1:]
    trial = Collector()
    shown = pages[-1]
    for one in shown.walk():
        if one.get_content_type() == "text/html":
            _add_body(trial, one)
    length = sum(len("".join(block.text.split())) for block in trial.blocks)
    if len("".join(_plain(plain[-1]).split())) > FULLER * length:
        return plain[-1:]
    return [shown]


def _add_body(collector: Collector, part: Message) -> str:
    """Adds one text part; the title of a page is returned."""
    if part.get_content_type() == "text/html":
        text, _unread = decode_html(_bytes(part), _charset(part))
        return add_html(collector, text)
    for line in clean_text(_plain(part)).split("\n"):
        collector.add_text(line)
    return ""


def _plain(part: Message) -> str:
    data = _bytes(part)
    charset = _charset(part)
    return (decode_named(data, charset) if charset else decode(data))[0]


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _charset(part: Message) -> str:
    try:
        charset = part.get_content_charset() or ""
    except (ValueError, LookupError, AttributeError):
        return ""
    return "" if charset in ("us-ascii", "ascii") else charset


def _file_name(part: Message) -> str:
    try:
        name = part.get_filename() or ""
    except (ValueError, LookupError, AttributeError, TypeError):
        return ""
    return Path(header_text(name).replace("\\", "/")).name[:120]

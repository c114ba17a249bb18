"""What a file is, by its content; its name may only confirm it."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path
from typing import Literal

from biseo.readers import refusal
from biseo.readers.gate import check_container
from biseo.readers.limits import Limits

Kind = Literal["hwpx", "hwp", "docx", "pdf", "xlsx", "xls", "csv", "txt", "md", "html", "eml", "mht"]

HEAD_BYTES = 4096
RENAMED = "파일 이름의 확장자와 달리 내용이 {}이므로 그 형식으로 읽었습니다."

_NAMES = {
    "hwpx": "한글 문서(HWPX)",
    "hwp": "한글 문서(HWP)",
    "docx": "워드 문서(DOCX)",
    "pdf": "PDF 문서",
    "xlsx": "엑셀 문서(XLSX)",
    "xls": "구형 엑셀 문서(XLS)",
    "csv": "표 자료(CSV)",
    "txt": "텍스트 파일",
    "md": "텍스트 파일(MD)",
    "html": "웹 문서(HTML)",
    "eml": "전자우편(EML)",
    "mht": "웹 문서(MHT)",
}
_SUFFIXES: dict[str, Kind] = {
    ".hwpx": "hwpx", ".hwtx": "hwpx", ".hwp": "hwp", ".hwt": "hwp", ".docx": "docx", ".docm": "docx", ".dotx": "docx",
    ".pdf": "pdf", ".xlsx": "xlsx", ".xlsm": "xlsx", ".csv": "csv", ".tsv": "csv", ".txt": "txt", ".text": "txt",
    ".md": "md", ".markdown": "md", ".html": "html", ".htm": "html", ".xhtml": "html", ".eml": "eml", ".mht": "mht",
    ".mhtml": "mht", ".xls": "xls", ".xlt": "xls",
}  # fmt: skip
_SAVE_HWPX = "한글에서 열어 HWPX로 다시 저장해 주세요."
_SAVE_DOCX = "워드에서 열어 DOCX로 다시 저장해 주세요."
_SAVE_XLSX = "엑셀에서 열어 XLSX로 다시 저장해 주세요."
_SAVE_PDF = "파워포인트에서 PDF로 저장해 주세요."
_SAVE_EML = "메일 프로그램에서 EML로 저장하거나 내용을 복사해 텍스트 파일로 저장해 주세요."
_CHOOSE = "HWPX, HWP, DOCX, PDF, XLSX, HTML, EML 또는 텍스트 파일을 선택해 주세요."
_SAVE_OTHER = "원래 프로그램에서 HWPX, DOCX 또는 PDF로 다시 저장해 주세요."
_OLD_SUFFIXES = {
    ".doc": ("구형 워드 문서(DOC)", _SAVE_DOCX),
    ".ppt": ("파워포인트 문서(PPT)", _SAVE_PDF),
    ".msg": ("아웃룩 메일(MSG)", _SAVE_EML),
}
# Streams by which a compound file tells what it is.
_OLE_STREAMS = {
    "WordDocument": ".doc", "PowerPoint Document": ".ppt", "__properties_version1.0": ".msg",
}  # fmt: skip
# First bytes of formats that are met in offices and cannot be read here.
_UNSUPPORTED: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "그림(PNG)", "글자가 들어 있는 원본 문서를 사용해 주세요."),
    (b"\xff\xd8\xff", "그림(JPEG)", "글자가 들어 있는 원본 문서를 사용해 주세요."),
    (b"GIF8", "그림(GIF)", "글자가 들어 있는 원본 문서를 사용해 주세요."),
    (b"BM", "그림(BMP)", "글자가 들어 있는 원본 문서를 사용해 주세요."),
    (b"II*\x00", "그림(TIFF)", "글자가 들어 있는 원본 문서를 사용해 주세요."),
    (b"MM\x00*", "그림(TIFF)", "글자가 들어 있는 원본 문서를 사용해 주세요."),
    (b"{\\rtf", "서식 있는 텍스트(RTF)", _SAVE_DOCX),
    (b"7z\xbc\xaf\x27\x1c", "압축 파일(7Z)", "압축을 푼 뒤 안에 든 문서를 열어 주세요."),
    (b"Rar!\x1a\x07", "압축 파일(RAR)", "압축을 푼 뒤 안에 든 문서를 열어 주세요."),
    (b"\x1f\x8b\x08", "압축 파일(GZ)", "압축을 푼 뒤 안에 든 문서를 열어 주세요."),
    (b"ALZ\x01", "압축 파일(ALZ)", "압축을 푼 뒤 안에 든 문서를 열어 주세요."),
    (b"EGGA", "압축 파일(EGG)", "압축을 푼 뒤 안에 든 문서를 열어 주세요."),
    (b"MZ", "실행 파일", "문서 파일을 선택해 주세요."),
    (b"\x7fELF", "실행 파일", "문서 파일을 선택해 주세요."),
)
_DRM_MARKS = (b"DRMONE", b"NASCA DRM FILE", b"SCDSA0", b"FasooSecure", b"MarkAny")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|table)\b",
    re.IGNORECASE | re.DOTALL,
)

_PAGE = re.compile(rb"\s*<(?:!doctype\s+html|html|table)\b", re.IGNORECASE)
_MAIL_SIGN = re.compile(rb"^(?:mime-version|content-type|received|message-id):", re.IGNORECASE | re.MULTILINE)


def detect(path: str, limits: Limits) -> tuple[Kind, tuple[str, ...]]:
    """Kind of the file at `path` and Korean warnings about its name. Zip containers have passed the gate.

    Raises:
        InputFileError: not a kind that can be read, or the name promises another one.
    """
    with Path(path).open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    if any(mark in head[:256] for mark in _DRM_MARKS):
        raise refusal.drm(path)
    kind: Kind
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        kind = _zip_kind(path, limits)
    elif head.startswith(_OLE):
        kind = _ole_kind(path)
    elif b"%PDF-" in head[:1024]:
        kind = "pdf"
    else:
        kind = _text_kind(path, head)
    return kind, _compare(path, kind)


def _compare(path: str, kind: Kind) -> tuple[str, ...]:
    """A warning when the name promises another kind than the content is. The content counts."""
    suffix = Path(path).suffix.lower()
    named = _SUFFIXES.get(suffix)
    if named == kind or (named is None and suffix not in _OLD_SUFFIXES):
        return ()
    return (RENAMED.format(_NAMES[kind]),)


def _zip_kind(path: str, limits: Limits) -> Kind:
    try:
        with zipfile.ZipFile(path) as archive:
            check_container(path, archive, limits)
            names = set(archive.namelist())
            mimetype = b""
            if "mimetype" in names:
                with archive.open("mimetype") as stream:
                    mimetype = stream.read(128).strip()
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, OverflowError) as error:
        raise refusal.damaged(path) from error
    except RuntimeError as error:  # zipfile's word for a part with a password
        raise refusal.encrypted(path) from error
    except OSError as error:
        raise refusal.damaged(path) from error
    if mimetype == b"application/hwp+zip" or "Contents/content.hpf" in names:
        return "hwpx"
    if mimetype.startswith(b"application/vnd.oasis.opendocument"):
        raise refusal.unsupported(path, "오픈도큐먼트 문서(ODF)", _SAVE_OTHER)
    if mimetype == b"application/epub+zip":
        raise refusal.unsupported(path, "전자책(EPUB)", _SAVE_OTHER)
    if "word/document.xml" in names or any(re.fullmatch(r"word/document\d*\.xml", name) for name in names):
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        raise refusal.unsupported(path, "이진 엑셀 문서(XLSB)", _SAVE_XLSX)
    if "ppt/presentation.xml" in names:
        raise refusal.unsupported(path, "파워포인트 문서(PPTX)", _SAVE_PDF)
    suffix = Path(path).suffix.lower()
    if suffix in _SUFFIXES:
        if names:
            raise refusal.wrong_type(path, _NAMES[_SUFFIXES[suffix]], "다른 종류의 압축 파일")
        raise refusal.damaged(path)
    raise refusal.unsupported(path, "압축 파일(ZIP)", "압축을 푼 뒤 안에 든 문서를 열어 주세요.")


def _ole_kind(path: str) -> Kind:
    from dochan import cfb

    try:
        with cfb.OleFileIO(path) as ole:
            if ole.exists("EncryptedPackage") or ole.exists("EncryptionInfo"):
                raise refusal.encrypted(path)
            hwp = ole.exists("FileHeader") and ole.openstream("FileHeader").read(32).startswith(b"HWP Document File")
            workbook = ole.exists("Workbook") or ole.exists("Book")
            found = next((name for name in _OLE_STREAMS if ole.exists(name)), "")
    except (OSError, ValueError) as error:
        raise refusal.damaged(path) from error
    if hwp:
        return "hwp"
    if workbook:
        return "xls"
    if not found:
        raise refusal.damaged(path)
    name, advice = _OLD_SUFFIXES[_OLE_STREAMS[found]]
    raise _not_ours(path, _SUFFIXES.get(Path(path).suffix.lower()), name, advice)


def _text_kind(path: str, head: bytes) -> Kind:
    from biseo.readers.decode import looks_binary
    from biseo.readers.mail import looks_like_mail

    suffix = Path(path).suffix.lower()
    promised = _SUFFIXES.get(suffix)
    for magic, name, advice in _UNSUPPORTED:
        # Two-letter magics also begin ordinary words.
        if head.startswith(magic) and (len(magic) > 2 or looks_binary(head)):
            raise _not_ours(path, promised, name, advice)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        raise _not_ours(path, promised, "그림(WEBP)", "글자가 들어 있는 원본 문서를 사용해 주세요.")
    plain = head.lstrip(b"\xef\xbb\xbf")
    # Both are called .hwp by right: no contradiction, only too old or too rare.
    if head.startswith(b"HWP Document File V"):
        raise refusal.unsupported(path, "한글 3.0 이하의 옛 문서", _SAVE_HWPX)
    if b"<HWPML" in head[:1024]:
        raise refusal.unsupported(path, "한글 XML 문서(HWPML)", _SAVE_HWPX)
    if looks_binary(head):
        if promised not in (None, "txt", "md", "csv") or suffix in (*_OLD_SUFFIXES, ""):
            raise refusal.damaged(path)
        raise refusal.unsupported(path, "문서가 아닌 파일", _CHOOSE)
    if promised in ("txt", "md", "csv"):
        # A text may quote a page or a mail; it is one when it is built like one from its first sign on.
        if promised != "md" and _PAGE.match(plain):
            return "html"
        return "eml" if promised != "csv" and looks_like_mail(plain) and _MAIL_SIGN.search(plain) else promised
    if promised in ("eml", "mht") or looks_like_mail(plain):
        return "mht" if promised == "mht" else "eml"
    if promised == "html" or _HTML.match(plain):
        return "html"
    if plain.lstrip().startswith(b"<?xml"):
        raise refusal.unsupported(path, "XML 자료", _SAVE_OTHER)
    # Sheets that web services hand out as .xls are often text with tabs.
    return "csv" if promised in ("xls", "xlsx") and re.match(rb"[^\r\n]*[\t,]", plain) else "txt"


def _not_ours(path: str, promised: Kind | None, found: str, advice: str) -> Exception:
    if promised is not None:
        return refusal.wrong_type(path, _NAMES[promised], found, advice)
    return refusal.unsupported(path, found, advice)

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from tests.assistant.readers.tiny_ole import write_ole

from biseo.errors import InputFileError
from biseo.readers.detect import detect
from biseo.readers.gate import escapes
from biseo.readers.limits import Limits

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refused(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(InputFileError) as caught:
        detect(str(path), limits or Limits())
    error = caught.value
    assert error.exit_code == 3
    assert any("가" <= c <= "힣" for c in error.message)
    assert any("가" <= c <= "힣" for c in error.advice)
    return error.code


def pack(path: Path, parts: dict[str, bytes | str], compression: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("old.hwp", b"HWP Document File V3.00 \x1a\x01\x02", "unsupported"),
        ("a.hwp", b'<?xml version="1.0"?><HWPML Version="2.8">', "unsupported"),
        ("a.png", b"\x89PNG\r\n\x1a\n\x00\x00", "unsupported"),
        ("a.hwpx", b"\x89PNG\r\n\x1a\n\x00\x00", "wrong-type"),
        ("a.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF", "unsupported"),
        ("a.rtf", b"{\\rtf1\\ansi", "unsupported"),
        ("a.doc", OLE + b"\x00" * 600, "damaged"),
        ("a.hwp", bytes(range(256)), "damaged"),
        ("a.bin", bytes(range(256)), "unsupported"),
        ("a.docx", b"\x9b DRMONE  This Document is encrypted", "encrypted"),
        ("a.hwp", b"SCDSA004" + b"\x00" * 50, "encrypted"),
        ("a.docx", b"PK\x03\x04 and then nothing", "damaged"),
        ("a.exe", b"MZ\x90\x00\x03\x00", "unsupported"),
    ],
)
def test_refused_by_content(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert refused(path) == code


@pytest.mark.parametrize(
    ("name", "parts", "code"),
    [
        ("a.zip", {"a.txt": "가"}, "unsupported"),
        ("a.hwpx", {"a.txt": "가"}, "wrong-type"),
        ("a.pptx", {"ppt/presentation.xml": "<a/>"}, "unsupported"),
        ("a.odt", {"mimetype": "application/vnd.oasis.opendocument.text"}, "unsupported"),
        ("a.docx", {"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'}, "unsafe"),
        ("a.docx", {"word/document.xml": "<!DOCTYPE a><a/>".encode("utf-16")}, "unsafe"),
        ("a.docx", {"word/document.xml": "<a/>", "../b.xml": "<a/>"}, "unsafe"),
        ("a.docx", {"word/document.xml": b" " * 3_000_000}, "unsafe"),
    ],
)
def test_containers(tmp_path: Path, name: str, parts: dict[str, bytes | str], code: str) -> None:
    assert refused(pack(tmp_path / name, parts)) == code


def test_limits_of_containers(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.docx", {"word/document.xml": "<a/>", "b": b"12345", "c": b"12345"}, zipfile.ZIP_STORED)
    assert detect(str(path), Limits()) == ("docx", ())
    assert refused(path, Limits(entries=2)) == "unsafe"
    assert refused(path, Limits(part_bytes=4)) == "unsafe"
    assert refused(path, Limits(unpacked_bytes=10)) == "unsafe"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.txt", "txt"),
        ("a.md", "md"),
        ("a.csv", "csv"),
        ("a", "txt"),
        ("a.log", "txt"),
        ("A.TXT", "txt"),
        ("a.eml", "eml"),
        ("a.htm", "html"),
        ("a.mht", "mht"),
    ],
)
def test_text_kinds(tmp_path: Path, name: str, kind: str) -> None:
    path = tmp_path / name
    path.write_text("BMW 차량 3대", encoding="utf-8")
    assert detect(str(path), Limits()) == (kind, ())


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("fake.docx", b"%PDF-1.7\n", "pdf"),
        ("fake.txt", b"%PDF-1.7\n", "pdf"),
        ("fake.pdf", "그냥 글입니다.".encode(), "txt"),
        ("fake.hwp", b"<!DOCTYPE html><html><body>", "html"),
        ("대장.xls", "\ufeff<html><body><table>".encode(), "html"),
        ("대장.xls", "이름\t비고\r\n".encode("cp949"), "csv"),
        ("a.doc", b"<?xml version='1.0'?>\n<!DOCTYPE html>", "html"),
        ("a.txt", b"From: a@b.kr\nTo: c@d.kr\nSubject: x\nMIME-Version: 1.0\n\n", "eml"),
        ("a.csv", b"<table><tr><td>1</table>", "html"),
        ("a.txt", b"<!DOCTYPE html><p>", "html"),
        ("a.html", b"From: a@b.kr\nTo: c@d.kr\nSubject: x\nMIME-Version: 1.0\n\n", "eml"),
    ],
)
def test_the_content_counts_not_the_name(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    found, warnings = detect(str(path), Limits())
    assert found == kind
    assert len(warnings) == 1
    assert "확장자와 달리" in warnings[0]


@pytest.mark.parametrize(
    ("parts", "kind"), [({"word/document.xml": "<a/>"}, "docx"), ({"mimetype": "application/hwp+zip"}, "hwpx")]
)
def test_containers_by_content(tmp_path: Path, parts: dict[str, bytes | str], kind: str) -> None:
    found, warnings = detect(str(pack(tmp_path / "a.pdf", parts)), Limits())
    assert (found, len(warnings)) == (kind, 1)


@pytest.mark.parametrize(
    ("name", "stream", "word"),
    [("a.doc", "WordDocument", "DOCX"), ("a.docx", "WordDocument", "DOCX"), ("a.ppt", "PowerPoint Document", "PDF"),
     ("a.msg", "__properties_version1.0", "EML")],
)  # fmt: skip
def test_old_formats_are_refused_with_advice(tmp_path: Path, name: str, stream: str, word: str) -> None:
    path = write_ole(tmp_path / name, {stream: b"\x00" * 5000})
    with pytest.raises(InputFileError) as caught:
        detect(str(path), Limits())
    assert word in caught.value.advice
    assert "다시 저장해" in caught.value.advice or "저장해" in caught.value.advice


def test_hwpx_called_hwp_is_read_with_a_warning(tmp_path: Path) -> None:
    kind, warnings = detect(str(pack(tmp_path / "a.hwp", {"mimetype": "application/hwp+zip"})), Limits())
    assert kind == "hwpx"
    assert len(warnings) == 1


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("word/document.xml", False),
        ("../a", True),
        ("a/../../b", True),
        ("/a", True),
        ("C:\\a", True),
        ("a\\..\\b", True),
        ("a..b", False),
    ],
)
def test_escapes(name: str, bad: bool) -> None:
    assert escapes(name) is bad


@pytest.mark.parametrize("text", ["From: 총무과\nTo: 안전과\nSubject: 회의\n", "<붙임> 표 1부", "표시: <table>"])
def test_a_text_that_only_resembles_another_kind(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert detect(str(tmp_path / "a.txt"), Limits()) == ("txt", ())

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

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
        ("fake.docx", b"%PDF-", "wrong-type"),
        ("fake.txt", b"%PDF-1.7\n", "wrong-type"),
        ("fake.pdf", "그냥 글입니다.".encode(), "wrong-type"),
        ("fake.hwp", b"<!DOCTYPE html><html><body>", "wrong-type"),
        ("page.html", b"<html><body>", "unsupported"),
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
        ("a.hwpx", {"word/document.xml": "<a/>"}, "wrong-type"),
        ("a.docx", {"mimetype": "application/hwp+zip"}, "wrong-type"),
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
    [("a.txt", "txt"), ("a.md", "md"), ("a.csv", "csv"), ("a", "txt"), ("a.log", "txt"), ("A.TXT", "txt")],
)
def test_text_kinds(tmp_path: Path, name: str, kind: str) -> None:
    path = tmp_path / name
    path.write_text("BMW 차량 3대", encoding="utf-8")
    assert detect(str(path), Limits()) == (kind, ())


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

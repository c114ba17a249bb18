from __future__ import annotations

import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biseo.readers.clean import clean_line, clean_text
from biseo.readers.decode import decode, looks_binary
from biseo.readers.marks import is_chapter, item_level
from biseo.text.cleaning import strip_bold

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp949")
KOREAN = st.text(st.sampled_from("가각낡다쀍뷁힣 행정민원2026.1(월)ㄱㅎ·「」○□※①㉮~A-z%\n"), max_size=200)


@pytest.mark.parametrize("encoding", ENCODINGS)
@settings(deadline=None)
@given(text=KOREAN)
def test_korean_comes_back_from_every_encoding(encoding: str, text: str) -> None:
    # One word of ordinary Korean settles what the encoding is; single rare syllables would not.
    text = "행정 문서 " + text
    assert decode(text.encode(encoding)) == (text, 0)


@settings(deadline=None)
@given(KOREAN)
def test_text_is_never_taken_for_binary(text: str) -> None:
    for encoding in ENCODINGS:
        assert not looks_binary(("행정 문서 " + text).encode(encoding))


def test_binary_is_not_text() -> None:
    assert looks_binary(bytes(range(256)) * 4)
    assert looks_binary(b"\x00\x01\x02\x03" * 100)


def test_unreadable_bytes_are_counted_and_shown() -> None:
    text, unread = decode("행정".encode() + b"\xff" + "문서".encode())
    assert text == "행정\ufffd문서"
    assert unread == 1


@settings(deadline=None)
@given(st.text())
def test_clean_text_has_no_controls_and_is_stable(text: str) -> None:
    cleaned = clean_text(text)
    assert not any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t" for c in cleaned)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert clean_text(cleaned) == cleaned
    cleaned.encode("utf-8")


def test_clean_text_joins_jamo_and_keeps_lines() -> None:
    assert clean_text(unicodedata.normalize("NFD", "대한민국") + "\r\n가\r나\x00\u200b다") == "대한민국\n가\n나다"
    assert clean_text("\uf06d 추진 \U000f02b1") == "❍ 추진 ①"
    assert clean_line("  가\t나\n다 ") == "가 나 다"


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("1. 추진 배경", 1),
        ("가. 목적", 2),
        ("1) 대상", 3),
        ("가) 방법", 4),
        ("(1) 서식", 5),
        ("(가) 엑셀", 6),
        ("① 기관별", 7),
        ("㉮ 세부", 8),
        ("□ 행사 개요", 1),
        ("○ 일시", 2),
        ("ㅇ 장소", 2),
        ("- 대상", 3),
        ("※ 참고", 4),
        ("· 가운데점", 3),
        ("△ 세모", 4),
        ("* 출처", 4),
        ("2026. 1. 6.(화)", 0),
        ("1. 6.(화) 개최", 0),
        ("1.5배 증가", 0),
        ("다.", 0),
        ("-5도", 0),
        ("가나다", 0),
        ("ㅇㅇ시", 0),
        ("(재)문화재단", 0),
        ("12) 항목", 3),
        ("2024년", 0),
    ],
)
def test_marks(line: str, level: int) -> None:
    assert item_level(line) == level


def test_chapters() -> None:
    assert is_chapter("Ⅰ. 추진 배경")
    assert is_chapter("제1장 총칙")
    assert not is_chapter("제1장에서 말한 바와 같이 " * 5)
    assert not is_chapter("제3조제2항")


def test_txt(tmp_path: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "보고.txt"
    path.write_bytes("행사 개최 계획\r\n\r\n1. 개요\r\n  가. 일시: 2026. 1. 6.(화)\r\n본문입니다.\r\n".encode("cp949"))
    document = read_here(path)
    assert [(b.kind, b.level, b.text) for b in document.blocks] == [
        ("paragraph", 0, "행사 개최 계획"),
        ("item", 1, "1. 개요"),
        ("item", 2, "가. 일시: 2026. 1. 6.(화)"),
        ("paragraph", 0, "본문입니다."),
    ]
    assert (document.title, document.format, document.pages, document.warnings) == ("행사 개최 계획", "txt", None, ())


def test_markdown(tmp_path: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "a.md"
    path.write_text(
        "# 제목\n\n본문 **굵게**\n\n> 인용\n\n- 하나\n- 가. 둘\n\n| 가 | 나 |\n|---|--:|\n| 1 | 2 |\n\n---\n끝\n",
        encoding="utf-8",
    )
    document = read_here(path)
    assert [(b.kind, b.text) for b in document.blocks] == [
        ("heading", "제목"),
        ("paragraph", "본문 굵게"),
        ("paragraph", "인용"),
        ("item", "- 하나"),
        ("item", "가. 둘"),
        ("table", "가\t나\n1\t2"),
        ("paragraph", "끝"),
    ]
    assert document.title == "제목"


def test_bold_marks_that_never_close_cost_little() -> None:
    line = "**가 " * 60_000
    started = time.process_time()
    assert strip_bold(line) == line
    assert time.process_time() - started < 5


def test_zeros_between_words_are_left_out(tmp_path: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "a.txt"
    for encoding in ("utf-8", "cp949"):
        path.write_bytes("대장 자료\x00끝 글이다.\n둘째 줄".encode(encoding) + b"\x00" * 300)
        assert read_here(path).text == "대장 자료끝 글이다.\n둘째 줄"


def test_markdown_of_other_kinds(tmp_path: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "a.md"
    path.write_text(
        "---\ntitle: 계획\ntags: 축제\n---\n"
        "큰 제목\n====\n\n작은 제목\n---\n\n예산 > 지출 **1,200**원\n<!-- 안 보이는\n말 -->\n> > 인용\n\n"
        "가 | 나\n--- | :-:\n1 | 2\n\n| 다 | 라 |\n|---|---|\n| 3\\|4 | 5 |\n\n글 | 글\n\n---\n끝",
        encoding="utf-8",
    )
    assert [(b.kind, b.level, b.text) for b in read_here(path).blocks] == [
        ("paragraph", 0, "title: 계획"),
        ("paragraph", 0, "tags: 축제"),
        ("heading", 1, "큰 제목"),
        ("heading", 2, "작은 제목"),
        ("paragraph", 0, "예산 > 지출 1,200원"),
        ("paragraph", 0, "인용"),
        ("table", 0, "가\t나\n1\t2"),
        ("table", 0, "다\t라\n3|4\t5"),
        ("paragraph", 0, "글 | 글"),
        ("paragraph", 0, "끝"),
    ]

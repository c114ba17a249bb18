"""Masking: nothing of a value stays, everything else does."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from docx import Document as new_docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from tests.assistant.checks.test_privacy import cases, unmarked

from biseo.checks.privacy import find_private
from biseo.document import Block, Document, Draft, Section, table_block
from biseo.errors import InputFileError, OutputFileError, UsageError
from biseo.masking import Placeholders, mask_text, mask_value
from biseo.masking.markup import read_part
from biseo.masking.masked_file import mask_file, masked_blocks
from biseo.readers import read_document
from biseo.writers import write_document

SECRETS = ("홍길동", "010-1234-5678", "1234-5678", "850302-2112347", "둔산로", "hong@naver.com", "850302")
LINES = [
    "민원인 홍길동의 연락처는 010-1234-5678이다.",
    "주민등록번호 850302-2112347, 주소: 대전광역시 서구 둔산로 123, 101동 1203호",
    "전자우편 hong@naver.com",
    "담당자: 김철수 주무관(042-611-1234)",
]


@pytest.mark.parametrize("line", cases("personal.txt"))
def test_nothing_stays_and_twice_is_once(line: str) -> None:
    text, wanted = unmarked(line)
    masked = mask_text(text)
    assert len(masked) == len(text)
    assert mask_text(masked) == masked
    for _, start, end in wanted:
        assert text[start:end] not in masked
    outside = [place for place in range(len(text)) if not any(start <= place < end for _, start, end in wanted)]
    assert all(masked[place] == text[place] for place in outside)


@given(st.lists(st.sampled_from([unmarked(line)[0] for line in cases("personal.txt") + cases("ordinary.txt")])))
def test_reversible_gives_the_text_back(lines: list[str]) -> None:
    text = "\n".join(lines)
    holder = Placeholders()
    hidden = holder.hide(text)
    assert holder.restore(hidden) == text
    assert find_private(hidden) == ()


def test_a_label_at_the_head_of_a_row_tells_whatever_stands_above() -> None:
    text = "부서\t직급\t성명\t전화\n총무과\t주무관\t정우진\t042-611-1001\n성명\t윤서준\t생년월일\t1985. 3. 2."
    holder = Placeholders()
    hidden = holder.hide(text)
    assert "윤서준" not in hidden and "정우진" in hidden
    assert find_private(hidden) == ()
    assert "윤서준" not in mask_text("구분\t내용\n성명\t윤서준\n연락처\t010-2345-6789")


def test_placeholders() -> None:
    holder = Placeholders()
    assert holder.hide("민원인 홍길동, [이름1] 아님") == "민원인 [이름2], [이름1] 아님"
    assert holder.hide("홍길동은 다시 왔다. 신청인 김영희") == "[이름2]은 다시 왔다. 신청인 [이름3]"
    assert holder.restore("[이름3]와 [이름2], [이름9]") == "김영희와 홍길동, [이름9]"
    assert "홍길동" not in repr(holder)


def test_region_and_form_stay() -> None:
    assert mask_value("address", "대전광역시 서구 둔산로 123, 101동 1203호", 9) == "대전광역시 서구 ○○○ ○○○, ○○○○ ○○○○○"
    assert mask_value("birth_date", "1985년 3월 2일") == "****년 *월 *일"
    assert mask_value("email", "hong@naver.com") == "****@*****.***"


def test_text_file_keeps_everything_else(tmp_path: Path) -> None:
    source, out = tmp_path / "민원.txt", tmp_path / "가림.txt"
    source.write_text("\n\n  ".join(LINES), encoding="utf-8")
    masked = mask_file(source, out)
    words = out.read_text(encoding="utf-8")
    assert not [secret for secret in SECRETS if secret in words]
    assert "\n\n  " in words and "김철수 주무관(042-611-1234)" in words
    text = read_document(source).text
    assert [item.kind for item in masked.found] == ["name", "mobile", "resident_number", "address", "email"]
    assert text[masked.found[0].start : masked.found[0].end] == "홍길동"
    assert masked.masked[0] == "○○○"


def _docx(path: Path) -> None:
    document = new_docx()
    document.core_properties.author = "홍길동"
    document.core_properties.subject = "홍길동 민원"
    paragraph = document.add_paragraph("민원인 홍")
    paragraph.add_run("길").bold = True
    paragraph.add_run("동의 연락처는 010-12")
    paragraph.add_run("34-5678이다.")
    deleted = OxmlElement("w:del")
    deleted.set(qn("w:id"), "7")
    deleted.set(qn("w:author"), "홍길동")
    run, words = OxmlElement("w:r"), OxmlElement("w:delText")
    words.text = "지운 번호 010-9999-8888"
    run.append(words)
    deleted.append(run)
    paragraph._p.append(deleted)
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip(
        [cell for row in table.rows for cell in row.cells], ["성명", "생년월일", "박민수", "850302"], strict=True
    ):
        cell.text = words
    document.sections[0].header.paragraphs[0].text = "머리말 홍길동 hong@naver.com"
    document.sections[0].footer.paragraphs[0].text = "박민수 담당 아님"
    document.add_paragraph("끝 문장 & <표시>는 그대로 남는다.")
    document.save(str(path))


def _everything(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def test_docx_is_masked_in_place(tmp_path: Path) -> None:
    source, out = tmp_path / "민원.docx", tmp_path / "가린 민원.docx"
    _docx(source)
    mask_file(source, out)
    raw = _everything(out)
    text = read_document(out).text
    for secret in ("홍길동", "박민수", "850302", "34-5678", "9999-8888", "hong@", "지운"):
        assert secret not in raw and secret not in text
    assert "○○○의 연락처는 ***-****-****이다." in text
    assert "○○○\t******" in text
    assert "끝 문장 & <표시>는 그대로 남는다." in text
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(out) as after:
        assert before.namelist() == after.namelist()
        assert before.read("word/styles.xml") == after.read("word/styles.xml")
    assert new_docx(str(out)).paragraphs[0].runs[1].bold


def test_hwpx_is_masked_in_place(tmp_path: Path) -> None:
    source, out = tmp_path / "민원.hwpx", tmp_path / "가림.hwpx"
    rows = (("성명", "주소", "휴대전화"), ("박민수", "둔산로 12", "010-1234-5678"))
    sections = (
        Section("a", "내용", "\n".join(LINES), "rule"),
        Section("b", "명단", "", "rule", rows=rows, header_rows=1),
    )
    write_document(Draft("t", "report", "홍길동 민원", sections, summary="홍길동의 민원"), source)
    mask_file(source, out)
    raw, text = _everything(out), read_document(out).text
    for secret in (*SECRETS, "박민수"):
        assert secret not in raw and secret not in text
    assert "김철수 주무관(042-611-1234)" in text
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(out) as after:
        assert before.namelist() == after.namelist()
        assert before.read("Contents/header.xml") == after.read("Contents/header.xml")


def test_other_formats_become_a_plain_document(tmp_path: Path) -> None:
    source = tmp_path / "명단.csv"
    source.write_text("성명,생년월일,연락처\n박민수,850302,010-1234-5678\n", encoding="utf-8")
    for suffix in ("docx", "hwpx", "txt", "md"):
        out = tmp_path / f"가림.{suffix}"
        mask_file(source, out)
        text = read_document(out).text
        assert "○○○\t******\t***-****-****" in text
        assert "인공지능" not in text
        if suffix in ("docx", "hwpx"):
            assert "인공지능" not in _everything(out)


def test_masked_blocks_keep_rows() -> None:
    document = Document(
        "a", "csv", "", None, (Block("paragraph", "명단"), table_block([["성명", "생년월일"], ["박민수", "850302"]]))
    )
    _, table = masked_blocks(document, find_private(document.text))
    assert table.rows == (("성명", "생년월일"), ("○○○", "******"))


def test_what_cannot_be_looked_into_goes(tmp_path: Path) -> None:
    source, out = tmp_path / "개체.docx", tmp_path / "가림.docx"
    _docx(source)
    with zipfile.ZipFile(source, "a") as archive:
        archive.writestr("word/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0" + "홍길동".encode("utf-16-le"))
    masked = mask_file(source, out)
    assert any("개체" in notice for notice in masked.notices)
    with zipfile.ZipFile(out) as archive:
        assert not [name for name in archive.namelist() if "embeddings" in name]


def test_refusals(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text(LINES[0], encoding="utf-8")
    there = tmp_path / "b.txt"
    there.write_text("있음", encoding="utf-8")
    with pytest.raises(OutputFileError):
        mask_file(source, there)
    assert there.read_text(encoding="utf-8") == "있음"
    mask_file(source, there, overwrite=True)
    with pytest.raises(UsageError):
        mask_file(source, source, overwrite=True)
    with pytest.raises(UsageError):
        mask_file(source, tmp_path / "c.pdf")
    with pytest.raises(InputFileError):
        mask_file(tmp_path / "없음.txt", tmp_path / "d.txt")


def test_a_value_that_stays_bars_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, out = tmp_path / "a.txt", tmp_path / "b.txt"
    source.write_text(LINES[0], encoding="utf-8")
    monkeypatch.setattr("biseo.masking.masked_file.mask_spans", lambda text, items: text)
    with pytest.raises(OutputFileError) as caught:
        mask_file(source, out)
    assert caught.value.code == "not-masked"
    assert "홍길동" not in str(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_markup() -> None:
    source = '<w:p><w:r><w:t>홍&amp;&#44600;</w:t></w:r><w:r><w:t>동</w:t></w:r></w:p><a href="tel:010-1234-5678"/>'
    part = read_part(source)
    assert part.words == "홍&길동\ntel:010-1234-5678"
    masked = part.with_masks("○&○○\ntel:***-****-****")
    assert masked == '<w:p><w:r><w:t>○&amp;○</w:t></w:r><w:r><w:t>○</w:t></w:r></w:p><a href="tel:***-****-****"/>'

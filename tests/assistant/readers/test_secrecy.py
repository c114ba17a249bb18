from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
import pytest
from tests.assistant.readers.test_hancom import cell, paragraph, write_hwpx
from tests.assistant.readers.tiny_pdf import write_pdf

from biseo.document import Block, Document, table_block
from biseo.errors import ClassifiedFileError
from biseo.readers import read_document
from biseo.readers.secrecy import secret_mark

BODY = (
    "2026년 을지연습 실시 계획",
    "□ 추진 배경",
    "ㅇ 비상 대비 태세를 점검한다.",
    "ㅇ 관계 부서가 함께한다.",
    "□ 행정사항",
    "끝.",
)


def document(*lines: str, notes: tuple[str, ...] = (), name: str = "a.txt", tables: tuple[Block, ...] = ()) -> Document:
    blocks = tables + tuple(Block("paragraph", line) for line in lines) + tuple(Block("note", note) for note in notes)
    return Document(name, "txt", "", None, blocks)


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("대외비", "대외비"),
        ("대 외 비", "대외비"),
        ("[대외비]", "대외비"),
        ("【 Ⅲ급 비밀 】", "Ⅲ급비밀"),
        ("Ⅱ급비밀", "Ⅱ급비밀"),
        ("II급비밀", "II급비밀"),
        ("3급 비밀", "3급비밀"),
        ("군사Ⅲ급비밀", "군사Ⅲ급비밀"),
        ("*** 대외비 ***", "대외비"),
        ("대외비(보호기간: 2026. 12. 31.까지)", "대외비"),
        ("대외비 (2026. 12. 31.한)", "대외비"),
        ("비   밀", "비밀"),
        ("[대외비] 2026년 을지연습 실시 계획", "대외비"),
        ("제목: (Ⅲ급비밀) 회의 자료", "Ⅲ급비밀"),
        ("2026년 을지연습 실시 계획(대외비)", "대외비"),
        ("보안등급: 대외비", "대외비"),
        ("비밀 등급 : Ⅱ급", "Ⅱ급"),
    ],
)
def test_marks_at_the_top(line: str, mark: str) -> None:
    assert secret_mark(document(line, *BODY)) == mark


@pytest.mark.parametrize("mark", ["대외비", "Ⅲ급비밀", "비밀", "대외비 - 1 -", "2026년 계획\n대외비", "대외비(사본 3)"])
def test_marks_in_margins_and_watermarks(mark: str) -> None:
    assert secret_mark(document(*BODY, notes=("한빛시", mark)))


def test_marks_at_the_foot_in_a_box_on_pages_and_in_the_name() -> None:
    assert secret_mark(document(*BODY, "대외비"))
    assert secret_mark(document(*BODY, tables=(table_block([["대외비", "보존기간 3년"], ["을지연습", ""]]),)))
    register = table_block([["", "Ⅲ급비밀"], ["연번", "성명"], *[[str(n), "김하늘"] for n in range(20)]])
    assert secret_mark(document(tables=(register,)))
    graded = table_block([["문서번호", "1"], ["보안등급", "대외비"], *[["항목", "내용"] for _ in range(10)]])
    assert secret_mark(document(*BODY, tables=(graded,)))
    pages = tuple(
        Block("paragraph", line, page=page)
        for page in (1, 2, 3)
        for line in ("가", "나", "다", "라", f"{page}", "대외비", "마", "바", "사", "아")
    )
    assert secret_mark(Document("a.pdf", "pdf", "", 3, pages))
    assert secret_mark(document(*BODY, name="자료/(대외비) 을지연습.hwpx"))


@pytest.mark.parametrize(
    "lines",
    [
        ("대외비 관리 요령", "□ 대외비의 정의", "ㅇ 대외비는 비밀에 준하여 다룬다."),
        ("비밀의 종류", "Ⅰ급비밀", "Ⅱ급비밀", "Ⅲ급비밀", "대외비"),
        ("Ⅰ급비밀", "누설되면 전쟁을 일으킬 수 있는 비밀", "Ⅱ급비밀", "누설되면 국가안전보장에 막대한 지장을 줄 비밀"),
        ("보안업무 안내서", "문서에 비밀이나 대외비 표시가 있는지 확인한다.", "비밀 표시"),
        ("(대외비) 및 비밀의 관리", "본문"),
        ("「대외비」 관리지침 개정", "본문"),
        ("1. 관련: 비상대비과-12(대외비)", "2. 위 호와 관련하여 알립니다."),
        ("대외비 해제", "본문"),
        ("대외비 아님", "본문"),
        ("비밀번호", "본문"),
        ("비밀번호: 1234", "본문"),
        ("영업 비밀", "본문"),
        ("보안등급: S(민감)", "본문"),
        ("보안등급: 일반", "본문"),
        ("비밀등급: Ⅰ급, Ⅱ급, Ⅲ급", "본문"),
        ("제1장 총칙", "나", "다", "라", "마", "대외비", "바", "사", "아", "자"),
        ("비공개", "대외주의"),
        ("□ 대외비", "ㅇ 정의"),
        ("가정의 달 행사", "2급", "3급 관사"),
    ],
)
def test_texts_that_only_speak_of_it(lines: tuple[str, ...]) -> None:
    assert secret_mark(document(*lines)) == ""


def test_notes_and_tables_that_only_speak_of_it() -> None:
    assert secret_mark(document(*BODY, notes=("메모: 대외비", "[1] 대외비", "대외비 문서의 관리", "비밀번호"))) == ""
    grades = table_block([["구분", "Ⅰ급비밀", "Ⅱ급비밀", "Ⅲ급비밀"], ["보관", "금고", "금고", "캐비닛"]])
    assert secret_mark(document(*BODY, tables=(grades,))) == ""
    register = table_block([["연번", "등급"], *[[str(n), "대외비"] for n in range(20)]])
    assert secret_mark(document(*BODY, tables=(register,))) == ""
    form = table_block([["보안등급", "일반[ ], 보안[ ]"], ["과제명", "국문"]])
    assert secret_mark(document(*BODY, tables=(form,))) == ""
    assert secret_mark(document(*BODY, name="대외비 관리 요령.hwpx")) == ""


def test_marked_files_are_refused_whole(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_paragraph("2026년 계획")
    word.sections[0].header.paragraphs[0].text = "대외비"
    word.save(str(tmp_path / "a.docx"))
    book = openpyxl.Workbook()
    book.active.append(["", "Ⅲ급비밀"])
    book.active.append(["연번", "성명"])
    book.save(tmp_path / "a.xlsx")
    box = f'<hp:tbl rowCnt="1" colCnt="1"><hp:tr>{cell(0, 0, "대 외 비")}</hp:tr></hp:tbl>'
    write_hwpx(tmp_path / "a.hwpx", paragraph("", 0, box) + paragraph("2026년 계획"))
    page = [(280.0, 800.0, 16.0, "대외비"), (50.0, 700.0, 10.0, "본문이다.")]
    write_pdf(tmp_path / "하나.pdf", [page])
    write_pdf(tmp_path / "여럿.pdf", [page, page, page])
    (tmp_path / "a.txt").write_text("Ⅱ급비밀\n\n본문\n", encoding="utf-8")
    (tmp_path / "a.eml").write_text("Subject: [대외비] 회의\nFrom: a@b.kr\nTo: c@d.kr\n\n본문", encoding="utf-8")
    for path in sorted(tmp_path.iterdir()):
        with pytest.raises(ClassifiedFileError) as caught:
            read_document(path)
        assert caught.value.code == "classified"
        assert caught.value.exit_code == 5
        assert "표시가 있어 열지 않았습니다." in caught.value.message
        assert "본문" not in caught.value.message + caught.value.advice

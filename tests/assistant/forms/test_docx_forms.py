from __future__ import annotations

import shutil
import subprocess
import zipfile
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import given, settings
from hypothesis import strategies as st

from biseo.forms import Form
from biseo.forms.container import replace_parts
from biseo.forms.filling import fill as fill_template
from biseo.forms.process import fill_form, find_fields
from biseo.forms.proof import same_but_filled
from biseo.forms.template import open_template
from biseo.readers.limits import Limits

TEXT_BOX = """<w:r {ns} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml">
<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx>
</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox>
</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"""


def template(path: Path) -> Path:
    """A form as an office would make it in Word."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "{{기관명}}"
    document.sections[0].footer.paragraphs[0].text = "담당: {{담당자}}"
    document.add_heading("참가 신청서", 1)
    paragraph = document.add_paragraph("신청인 ")
    for words, bold in (("{{성", True), ("명", False), ("}} 귀하", False)):
        paragraph.add_run(words).bold = bold
    document.add_paragraph("{{내용}}", style="List Bullet")
    table = document.add_table(rows=4, cols=4)
    table.style = "Table Grid"
    for row, column, words in (
        (0, 0, "생 년 월 일"), (0, 2, "연락처:"), (1, 0, "주소"), (2, 0, "가족"), (2, 1, "이름"), (3, 1, "나이"),
    ):  # fmt: skip
        table.cell(row, column).text = words
    table.cell(1, 1).merge(table.cell(1, 3))
    table.cell(2, 0).merge(table.cell(3, 0))
    table.cell(2, 2).merge(table.cell(2, 3))
    table.cell(3, 2).merge(table.cell(3, 3))
    document.add_paragraph("□ 동의함  □ 동의하지 않음")
    document.save(str(path))
    return path


def words_of(path: Path) -> str:
    """All text of body, tables, header and footer, as python-docx reads it."""
    document = docx.Document(str(path))
    section = document.sections[0]
    parts = [document.element.body, section.header._element, section.footer._element]
    return "\n".join("".join(one.itertext(qn("w:t"))) for part in parts for one in part.iter(qn("w:p")))


def test_fields(tmp_path: Path) -> None:
    form = find_fields(template(tmp_path / "신청서.docx"))
    assert isinstance(form, Form) and form.format == "docx"
    assert [(field.name, field.kind, field.where) for field in form.fields] == [
        ("성명", "mark", "본문"),
        ("내용", "mark", "본문"),
        ("생년월일", "label", "본문 1번째 표 1행 2열"),
        ("연락처", "label", "본문 1번째 표 1행 4열"),
        ("주소", "label", "본문 1번째 표 2행 2열"),
        ("이름", "label", "본문 1번째 표 3행 3열"),
        ("나이", "label", "본문 1번째 표 4행 3열"),
        ("기관명", "mark", "머리말"),
        ("담당자", "mark", "꼬리말"),
    ]


def test_filled_and_nothing_else_changed(tmp_path: Path) -> None:
    path = template(tmp_path / "신청서.docx")
    out = tmp_path / "채운 신청서.docx"
    fill_form(
        path,
        {
            "성명": " 홍길동", "내용": "첫째\n둘째", "생년월일": "1990. 1. 2.", "연락처": "042-000-0000",
            "주소": "서구\n둔산동", "이름": "홍", "나이": "3세", "기관명": "한빛시", "담당자": "김 & 이",
        },
        out,
    )  # fmt: skip
    text = words_of(out)
    for words in (
        "홍길동 귀하",
        "첫째\n둘째",
        "1990. 1. 2.",
        "서구\n둔산동",
        "한빛시",
        "담당: 김 & 이",
        "□ 동의함  □ 동의하지 않음",
    ):
        assert words in text
    assert "{{" not in text
    document = docx.Document(str(out))
    runs = document.paragraphs[1].runs
    assert [run.text for run in runs] == ["신청인 ", "홍길동", "", " 귀하"] and runs[1].bold
    assert [one.style.name for one in document.paragraphs[2:4]] == ["List Bullet", "List Bullet"]
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out) as new:
        changed = [name for name in old.namelist() if old.read(name) != new.read(name)]
        assert new.namelist() == old.namelist()
    assert sorted(changed) == ["word/document.xml", "word/footer1.xml", "word/header1.xml"]


def test_a_text_box_is_filled_in_both_of_its_copies_and_counted_once(tmp_path: Path) -> None:
    document = docx.Document()
    table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>성명</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    inside = f"<w:p><w:r><w:t>{{{{표시}}}}</w:t></w:r></w:p>{table}<w:p/>"
    document.add_paragraph()._p.append(parse_xml(TEXT_BOX.format(ns=nsdecls("w"), inside=inside)))
    path = tmp_path / "상자.docx"
    document.save(str(path))
    form = find_fields(path)
    assert [(field.name, field.places) for field in form.fields] == [("표시", 1), ("성명", 1)]
    out = tmp_path / "결과.docx"
    fill_form(path, {"표시": "하나", "성명": "둘"}, out)
    assert words_of(out).count("하나") >= 2
    with zipfile.ZipFile(out) as archive:
        assert archive.read("word/document.xml").decode().count(">둘<") == 2


def test_what_is_deleted_or_controlled_is_no_field(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("남는 {{글}}")._p
    paragraph.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>{{{{지운 것}}}}</w:delText></w:r></w:del>"))
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "종류"
    control = f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p/></w:sdtContent></w:sdt>"
    table.cell(0, 1)._tc.insert(1, parse_xml(control))
    path = tmp_path / "양식.docx"
    document.save(str(path))
    assert [field.name for field in find_fields(path).fields] == ["글"]


@settings(max_examples=40, deadline=None)
@given(cuts=st.lists(st.integers(1, 20), max_size=6), value=st.text(st.sampled_from("가 &<\n\t1"), max_size=10))
def test_a_mark_is_found_however_it_is_cut(
    tmp_path_factory: pytest.TempPathFactory, cuts: list[int], value: str
) -> None:
    text = "앞 {{성 명}} 뒤 {{나이}}."
    places = sorted({0, *(cut for cut in cuts if cut < len(text)), len(text)})
    document = docx.Document()
    paragraph = document.add_paragraph()
    for start, end in pairwise(places):
        paragraph.add_run(text[start:end])
    folder = tmp_path_factory.mktemp("cut")
    path, out = folder / "양식.docx", folder / "채움.docx"
    document.save(str(path))
    form = open_template(str(path), Limits())
    filling = fill_template(form, {"성명": value, "나이": "3"})
    out.write_bytes(replace_parts(str(path), filling.parts))
    assert same_but_filled(form, filling, str(out))
    kept = value.strip("\n ")
    said = kept if kept.strip() else ""
    assert docx.Document(str(out)).paragraphs[0].text == f"앞 {said} 뒤 3."


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_filled_form(tmp_path: Path) -> None:
    path, out = template(tmp_path / "신청서.docx"), tmp_path / "채움.docx"
    fill_form(path, {"성명": "홍길동", "주소": "서구\n둔산동", "내용": "첫째\n둘째"}, out, allow_empty=True)
    command = [
        "soffice",
        f"-env:UserInstallation={(tmp_path / 'lo').as_uri()}",
        "--headless",
        "--convert-to",
        "txt:Text",
    ]
    subprocess.run([*command, "--outdir", str(tmp_path), str(out)], check=True, capture_output=True, timeout=120)
    text = (tmp_path / "채움.txt").read_text(encoding="utf-8-sig")
    for words in ("홍길동 귀하", "첫째", "둘째", "서구", "둔산동", "□ 동의함"):
        assert words in text

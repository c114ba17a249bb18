"""Content controls of Word: found by their names, filled without their guide, nothing else changed."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from biseo.forms.container import replace_parts
from biseo.forms.filling import fill as fill_template
from biseo.forms.process import fill_form, find_fields
from biseo.forms.proof import same_but_filled
from biseo.forms.template import open_template
from biseo.readers.limits import Limits

GUIDE = "텍스트를 입력하려면 여기를 클릭하세요."
_GREY = '<w:rPr><w:rStyle w:val="PlaceholderText"/><w:b/></w:rPr>'


def control(inside: str, name: str = "", more: str = "", *, guided: bool = True) -> str:
    alias = f'<w:alias w:val="{name}"/>' if name else ""
    sign = "<w:showingPlcHdr/>" if guided else ""
    return (
        f'<w:sdt {nsdecls("w")}><w:sdtPr>{alias}<w:id w:val="7"/>{more}{sign}</w:sdtPr>'
        f"<w:sdtContent>{inside}</w:sdtContent></w:sdt>"
    )


def run(words: str = GUIDE, looks: str = _GREY) -> str:
    return f"<w:r>{looks}<w:t>{words}</w:t></w:r>"


def build(path: Path) -> Path:
    document = docx.Document()
    line = document.add_paragraph("신청인: ")._p
    line.append(parse_xml(control(run(), "성명", "<w:text/>")))
    line.append(parse_xml(f"<w:r {nsdecls('w')}><w:t> (인)</w:t></w:r>"))
    document.add_paragraph("연락처: ")._p.append(parse_xml(control(run())))
    body = document.element.body
    body.insert(-1, parse_xml(control(f"<w:p><w:pPr/>{run()}</w:p>", "사업 내용")))
    document.add_paragraph("작성일 ")._p.append(parse_xml(control("", "작성일", "<w:date/>", guided=False)))
    document.add_paragraph()._p.append(parse_xml(control(run("이미 적은 글", ""), "적은 것", guided=False)))
    for more in ("<w:dropDownList/>", "<w:picture/>", '<w:dataBinding w:xpath="/a" w:storeItemID="b"/>',
                 '<w:lock w:val="sdtContentLocked"/>'):  # fmt: skip
        document.add_paragraph()._p.append(parse_xml(control(run(), "다른 것", more)))
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).text, table.cell(1, 0).text = "생년월일", "주소"
    table.cell(0, 1).paragraphs[0]._p.append(parse_xml(control(run())))
    row = table.rows[1]._tr
    cell = row.tc_lst[1]
    row.remove(cell)
    row.append(parse_xml(control(f"<w:tc><w:tcPr/><w:p>{run()}</w:p></w:tc>")))
    document.save(str(path))
    return path


VALUES = {
    "성명": "홍길동", "연락처": "042-000-0000", "사업 내용": "첫째\n둘째", "작성일": "2026. 1. 6.",
    "생년월일": "1990. 1. 2.", "주소": "한빛시",
}  # fmt: skip


def test_controls_are_named_by_their_maker_or_their_place(tmp_path: Path) -> None:
    form = find_fields(build(tmp_path / "양식.docx"))
    assert {field.name for field in form.fields} == set(VALUES)
    assert {field.kind for field in form.fields} == {"control"}
    assert form.fields[0].text == GUIDE


def test_controls_are_filled_and_nothing_else_changed(tmp_path: Path) -> None:
    path, out = build(tmp_path / "양식.docx"), tmp_path / "채움.docx"
    fill_form(path, VALUES, out)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out) as new:
        assert [one for one in old.namelist() if old.read(one) != new.read(one)] == ["word/document.xml"]
        before, after = (one.read("word/document.xml").decode() for one in (old, new))
    for words in ("홍길동", "042-000-0000", "2026. 1. 6.", "1990. 1. 2.", "한빛시", "이미 적은 글"):
        assert f">{words}<" in after
    # Those that are no field keep their guide and its sign.
    assert after.count(GUIDE) == after.count("<w:showingPlcHdr/>") == 4
    assert before.count("<w:sdt>") == after.count("<w:sdt>") or before.count("<w:sdt ") == after.count("<w:sdt ")
    runs = [one for one in docx.Document(str(out)).element.body.iter(qn("w:r")) if "홍길동" in "".join(one.itertext())]
    assert len(runs) == 1 and runs[0].rPr.find(qn("w:rStyle")) is None and runs[0].rPr.find(qn("w:b")) is not None


def test_the_proof_sees_a_sign_that_went_elsewhere(tmp_path: Path) -> None:
    path, out = build(tmp_path / "양식.docx"), tmp_path / "채움.docx"
    form = open_template(str(path), Limits())
    filling = fill_template(form, {"성명": "홍길동"})
    out.write_bytes(replace_parts(str(path), filling.parts))
    assert same_but_filled(form, filling, str(out))
    name, data = next(iter(filling.parts.items()))
    out.write_bytes(replace_parts(str(path), {name: data.replace(b"<w:showingPlcHdr/>", b"", 1)}))
    assert not same_but_filled(form, filling, str(out))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_shows_what_was_filled_in(tmp_path: Path) -> None:
    out = tmp_path / "채움.docx"
    fill_form(build(tmp_path / "양식.docx"), VALUES, out)
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/lo", "--headless", "--convert-to", "txt:Text"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(out)], check=True, capture_output=True, timeout=120)
    text = (tmp_path / "채움.txt").read_text(encoding="utf-8")
    assert all(line in text for words in VALUES.values() for line in words.split("\n"))

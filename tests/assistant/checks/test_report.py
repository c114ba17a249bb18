"""All checks of a document together."""

from __future__ import annotations

from biseo.checks.report import check_document, table_spans
from biseo.document import Block, Document, table_block


def document(form: str, *blocks: Block) -> Document:
    return Document(f"가.{form}", form, "", None, blocks)


def test_spaces_of_a_pdf_are_no_errors() -> None:
    block = Block("paragraph", "일시 : 2026.1.6. 오후 3시 협조하여 주시기 바랍니다. 끝.")
    text = {finding.rule: finding for finding in check_document(document("docx", block), "official").findings}
    pdf = {finding.rule: finding for finding in check_document(document("pdf", block), "official").findings}
    assert text.keys() == pdf.keys() >= {"COLON", "DATE_SPACE", "TIME_AMPM", "END_SPACE"}
    assert {rule for rule in pdf if pdf[rule].severity == "error"} == {"TIME_AMPM"}
    assert text["COLON"].certain and not pdf["COLON"].certain
    assert "PDF" in pdf["COLON"].message


def test_tables_have_their_place() -> None:
    made = document("docx", Block("paragraph", "가나"), table_block([["일시", "2026.1.6."]]), Block("paragraph", "다"))
    [(start, end)] = table_spans(made)
    assert made.text[start:end] == "일시\t2026.1.6."
    found = check_document(made, "official").findings
    assert [(finding.rule, finding.severity) for finding in found] == [("DATE_SPACE", "warning")]


def test_facts_are_counted() -> None:
    source = document("txt", Block("paragraph", "부스 24개와 예산 500만 원"))
    report = check_document(document("txt", Block("paragraph", "부스 24개, 600만 원")), "report", [source])
    assert (report.facts.checked, report.facts.supported, report.facts.unsupported) == (2, 1, 1)
    assert all(finding.authority for finding in report.findings)


def test_reckoned_facts_wrong_use_and_names_are_told() -> None:
    source = document(
        "txt",
        Block("paragraph", "축제 예산은 국비 5억 원, 시비 3억 원이다."),
        Block("paragraph", "농산물 장터는 10:00~17:00, 달빛축제는 18:00~22:00에 연다."),
    )
    text = "축제 예산은 국비 5억 원, 시비 3억 원 등 총 8억 원이다. 농산물 장터는 18:00~22:00에 연다. 청연재단이 돕는다."
    report = check_document(document("txt", Block("paragraph", text)), "press", [source])
    assert (report.facts.checked, report.facts.supported, report.facts.computed, report.facts.unsupported) == (
        5,
        4,
        1,
        1,
    )
    told = {finding.rule: finding for finding in report.findings if finding.rule.startswith("FACT_")}
    assert {rule: finding.text for rule, finding in told.items()} == {
        "FACT_WRONG_USE": "18:00~22:00",
        "FACT_ORGANISATION": "청연재단",
    }
    assert {finding.authority for finding in told.values()} == {"자료와 대조"}

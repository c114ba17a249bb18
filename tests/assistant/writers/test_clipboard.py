"""What a copied draft becomes: HTML whose items hang and whose tables have heads, plain text with tabs."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from biseo.document import Draft, Letter, Section
from biseo.writers import lay_out
from biseo.writers.clipboard import to_html, to_plain
from biseo.writers.profiles import find_profile

ROWS = (("구분", "내용"), ("행사", "첫째\n둘째"), ("합계", "1,200"))
DRAFT = Draft(
    "plan",
    "plain",
    "책잔치 <운영> 계획",
    (
        Section("a", "개요", "1. 첫째 & 항목이다.\n가. 아래 항목이다.\n2. 둘째 항목이다.\n설명이다.", "model"),
        Section("t", "현황", "", "rule", rows=ROWS, header_rows=1),
    ),
)


class Shape(HTMLParser):
    """Checks that every tag is closed and counts them."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.count: dict[str, int] = {}
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.count[tag] = self.count.get(tag, 0) + 1
        if tag not in ("br", "col"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def shape(html: str) -> Shape:
    made = Shape()
    made.feed(html)
    made.close()
    assert not made.open
    return made


def test_plain_text_keeps_marks_indents_and_cells() -> None:
    text = to_plain(lay_out(DRAFT))
    lines = text.split("\n")
    assert "1. 첫째 & 항목이다." in lines and "  가. 아래 항목이다." in lines
    assert "구분\t내용" in lines and "행사\t첫째 / 둘째" in lines
    assert lines[0].startswith("[인공지능 초안") and "" in lines


def test_html_is_whole_and_keeps_items_and_tables() -> None:
    html = to_html(lay_out(DRAFT), find_profile("plain"))
    made = shape(html)
    assert made.count["table"] == 1 and made.count["thead"] == 1
    assert made.count["th"] == 2 and made.count["td"] == 4 and made.count["h1"] == 1
    assert "책잔치 <운영> 계획" in made.text and "첫째 & 항목이다." in made.text
    assert "ol" not in made.count and "text-indent:-" in html


@pytest.mark.parametrize("task", ["swot", "plan"])
def test_quadrants_stand_two_by_two(task: str) -> None:
    names = (("strengths", "강점"), ("weaknesses", "약점"), ("opportunities", "기회"), ("threats", "위협"))
    quarters = tuple(Section(id_, title, f"ㅇ {title} 내용", "model") for id_, title in names)
    pieces = lay_out(Draft(task, "report", "분석", quarters))
    made = shape(to_html(pieces, find_profile("report")))
    assert made.count.get("tr", 0) == (2 if task == "swot" else 0)
    plain = to_plain(pieces)
    assert all(f"{title} 내용" in plain for _, title in names)


def test_a_run_of_blanks_and_an_empty_line_keep_their_place() -> None:
    draft = Draft("plan", "plain", "계획", (Section("a", "개요", "가  나", "form"),))
    assert "가&nbsp; 나" in to_html(lay_out(draft), find_profile("plain"))


def test_words_of_an_item_begin_where_its_second_line_does_in_the_font_of_the_copy() -> None:
    draft = Draft("plan", "plain", "계획", (Section("a", "개요", "1. 첫째\n2. 둘째", "model"),))
    html = to_html(lay_out(draft), find_profile("plain"))
    (hanging,) = {float(found) for found in re.findall(r"text-indent:-([\d.]+)pt", html)}
    # "1. " in 맑은 고딕 of 11 points; three even 타 would be 16.5.
    assert hanging == pytest.approx(11 * 1.11, abs=0.1)


def test_a_title_of_two_lines_has_one_rule() -> None:
    draft = Draft("report", "report", "첫째 줄\n둘째 줄", (Section("a", "개요", "글이다.", "model"),))
    first, second = re.findall(r"<h1.*?</h1>", to_html(lay_out(draft), find_profile("report")))
    assert "border-bottom" not in first and "border-bottom" in second


def test_subject_and_sender_of_a_letter_stand_apart_from_the_body() -> None:
    letter = Letter("한빛시", ("○○군수",), sender="한빛시장")
    draft = Draft(
        "official", "official", "알림", (Section("a", "", "알립니다.", "model", heading=False),), letter=letter
    )
    text = to_plain(lay_out(draft))
    assert "제목  알림\n\n알립니다.  끝.\n\n한빛시장" in text

"""Paper: pages, PDF, preview and printer, with real widgets and a real PDF reader."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from defusedxml import ElementTree
from PySide6.QtCore import Qt
from PySide6.QtGui import QPageRanges
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from tests.ui.conftest import Stage
from tests.ui.test_keys import focus
from tests.ui.test_window import messages, written

from biseo.document import Draft, Letter, Section
from biseo.errors import OutputFileError
from biseo.writers.layout import DRAFT_LINE
from biseo_ui.dialogs import print_dialog
from biseo_ui.main_window import MainWindow
from biseo_ui.printing.pdf import pdf_bytes, write_pdf
from biseo_ui.printing.press import chosen_sheets
from biseo_ui.printing.setting import set_draft
from biseo_ui.printing.sheet import Sheet

ROWS = (("구분", "내용", "금액"), *((str(n), f"{n}째 사업의 내용을 자세히 적는다.", "1,200") for n in range(1, 80)))
TALL = "\n".join("가나다라마바사 아자차카타파하" for _ in range(120))


def draft(*sections: Section, **more: Any) -> Draft:
    return Draft("plan", "official", "책잔치 운영계획", sections, **more)


def lines(text: str, title: str = "본문") -> Section:
    return Section("body", title, text, "model")


def words(data: bytes) -> str:
    pdf = pypdfium2.PdfDocument(data)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf).replace("\r", "")
    finally:
        pdf.close()


def test_a_pdf_gives_its_korean_back_and_carries_its_fonts(qapp: QApplication) -> None:
    text = "1. 개최 기간은 2026. 5. 8.(금)이다.\n가. 장소: 한빛도서관\n2. 문의: 042-000-0000"
    data = pdf_bytes(set_draft(draft(lines(text))), "책잔치")
    found = words(data)
    for wanted in ("개최 기간은 2026. 5. 8.(금)이다.", "장소: 한빛도서관", "042-000-0000", "- 1 -", "인공지능 초안"):
        assert wanted in found
    assert b"/FontFile" in data
    pdf = pypdfium2.PdfDocument(data)
    assert pdf[0].get_size() == pytest.approx((595.28, 841.89), abs=1)
    pdf.close()


def test_quotes_and_dashes_are_copied_as_they_were_written(qapp: QApplication) -> None:
    text = "‘한빛시’는 “책잔치”를 연다 – 5. 8.~5. 10., 10−2=8 · 끝"
    found = words(pdf_bytes(set_draft(draft(lines(text))), "책잔치"))
    assert text in found.replace("\ufffe", "")
    assert "\t" not in found


def test_a_pdf_carries_summary_and_keywords(qapp: QApplication, tmp_path: Path) -> None:
    paper = draft(lines("글이다."), summary="책잔치 <요지> & " + "가" * 300, keywords=("책", "잔치", "한빛"))
    data = write_pdf(paper, tmp_path / "초안.pdf", False).read_bytes()
    start, end = data.index(b"<x:xmpmeta"), data.index(b"</x:xmpmeta>") + len(b"</x:xmpmeta>")
    packet = ElementTree.fromstring(data[start:end])
    said = [text.strip() for text in packet.itertext() if text.strip()]
    (summary,) = [text for text in said if text.startswith("책잔치 <요지> & ")]
    assert len(summary) == 200
    assert {"책", "잔치", "한빛", "인공지능 초안"} <= set(said)
    assert "책, 잔치, 한빛, 인공지능 초안" in data[start:end].decode()
    assert "글이다." in words(data)


def test_figures_behind_latin_letters_are_copied_as_figures(qapp: QApplication) -> None:
    written = "계획(안).hwpx(3쪽), A4 12장, CO2 450kg, COVID-19"
    for profile in ("official", "report", "press", "plain"):
        paper = Draft("plan", profile, "계획", (lines(written), Section("t", "표", "", "rule", rows=((written,),))))
        assert words(pdf_bytes(set_draft(paper), "계획")).replace("\n", " ").count(written) == 2


def test_every_page_says_that_it_is_a_draft_where_files_do_and_shows_its_grade(qapp: QApplication) -> None:
    sheets = set_draft(draft(lines("글이다.\n" * 90), grade="S"))
    assert len(sheets) > 1
    assert sheets[0].text().startswith(DRAFT_LINE)
    assert all("보안등급: S(민감)" in sheet.text() and f"- {n} -" in sheet.text() for n, sheet in enumerate(sheets, 1))


def test_a_table_repeats_its_head_and_loses_no_row(qapp: QApplication) -> None:
    sheets = set_draft(draft(Section("t", "현황", "", "rule", rows=ROWS, header_rows=1)))
    assert len(sheets) > 1
    assert all("구분" in sheet.text() for sheet in sheets)
    whole = "\n".join(sheet.text() for sheet in sheets)
    assert all(f"{n}째" in whole for n in range(1, 80))


def test_a_cell_higher_than_a_page_is_broken_and_complete(qapp: QApplication) -> None:
    sheets = set_draft(draft(Section("t", "현황", "", "rule", rows=(("가", "나"), ("짧다", TALL)), header_rows=1)))
    assert len(sheets) >= 3
    assert sum(sheet.text().count("가나다라") for sheet in sheets) == 120


def test_a_heading_never_stands_alone_at_the_foot(qapp: QApplication) -> None:
    for count in range(30, 44):
        first = Section("a", "앞", "\n".join(["글이다."] * count), "model")
        for sheet in set_draft(draft(first, Section("b", "뒤에 오는 제목", "다음 글이다.", "model"))):
            if "뒤에 오는 제목" in sheet.text():
                assert "다음 글이다." in sheet.text()


def test_a_heading_stays_with_a_table_whose_first_row_is_higher_than_a_page(qapp: QApplication) -> None:
    rows = (("구분", "내용"), ("가", TALL * 2))
    table = Section("t", "긴 표", "", "rule", rows=rows, header_rows=1)
    first, *_rest = (sheet.text() for sheet in set_draft(draft(table, subtitle="부제")))
    assert "책잔치 운영계획" in first and "긴 표" in first and "자차카타파하" in first


def test_sender_and_foot_of_a_letter_stay_on_one_page(qapp: QApplication) -> None:
    letter = Letter("한빛시", ("○○군수",), sender="한빛시장", signers=("주무관 홍길동",), phone="044")
    for count in range(20, 44):
        paper = draft(lines("\n".join(["글이다."] * count)), letter=letter)
        for sheet in set_draft(paper):
            text = sheet.text()
            assert ("한빛시장" in text) == ("주무관 홍길동" in text) == ("전화번호  044" in text)


def test_sums_never_stand_alone_on_a_page(qapp: QApplication) -> None:
    for count in range(25, 50):
        body = tuple((f"{n}째 사업", "1,200") for n in range(count))
        rows = (("구분", "금액"), *body, ("합계", "9,999"))
        table = Section("t", "예산", "", "rule", rows=rows, header_rows=1)
        last = set_draft(Draft("plan", "report", "계획", (table,)))[-1].text()
        assert "합계" in last and f"{count - 1}째 사업" in last


def test_the_foot_stands_clear_of_the_text(qapp: QApplication) -> None:
    sheet = set_draft(draft(lines("\n".join(["글이다."] * 80)), grade="S"))[0]
    (foot,) = {round(y) for line, _x, y in sheet.lines if line.layout.text() == "- 1 -"}
    grade = next(line.layout.text() for line, _x, y in sheet.lines if "보안등급" in line.layout.text())
    below = [y + line.height for line, _x, y in sheet.lines if line.layout.text() == "글이다."]
    assert max(below) <= foot + 1 and grade


def test_a_mark_keeps_a_long_word_beside_it(qapp: QApplication) -> None:
    sheet = set_draft(draft(lines("1. " + "가나다라" * 40 + "\n2. 다음")))[0]
    assert "1. 가나다라" in sheet.text()


def test_a_title_of_two_lines_has_one_rule_and_is_one_block(qapp: QApplication) -> None:
    report = Draft("report", "report", "첫째 줄\n둘째 줄", (lines("글이다."),))
    sheet = set_draft(report)[0]
    titles = [(line, y) for line, _x, y in sheet.lines if line.layout.text() in ("첫째 줄", "둘째 줄")]
    assert [bool(line.rule) for line, _y in titles] == [False, True]
    assert titles[1][1] == pytest.approx(titles[0][1] + titles[0][0].height)


def test_words_are_kept_whole_and_items_hang(qapp: QApplication) -> None:
    text = "1. " + "한빛도서관에서 책잔치를 엽니다 " * 12 + "\n2. 다음 항목"
    sheet = set_draft(draft(lines(text, title="")))[0]
    rows = [line for line, _x, _y in sheet.lines if "한빛" in line.layout.text()]
    shown = [row for row in sheet.text().split("\n") if "책잔치" in row]
    assert len(rows) > 1 and rows[1].x > rows[0].x
    assert all(
        word in ("1.", "2.", "한빛도서관에서", "책잔치를", "엽니다") for row in shown[1:] for word in row.split()[:-1]
    )


def test_a_long_word_and_an_emoji_break_nothing(qapp: QApplication) -> None:
    sheets = set_draft(draft(lines("가" * 3000 + " 😀" * 100)))
    assert sum(sheet.text().count("가") for sheet in sheets) >= 3000


def test_a_pdf_takes_the_place_of_a_file_whole_or_not_at_all(qapp: QApplication, tmp_path: Path) -> None:
    target = tmp_path / "초안.pdf"
    target.write_bytes(b"old")
    with pytest.raises(OutputFileError) as refused:
        write_pdf(draft(lines("글이다.")), target, False)
    assert refused.value.code == "exists" and target.read_bytes() == b"old"
    assert write_pdf(draft(lines("글이다.")), target, True) == target
    assert target.read_bytes().startswith(b"%PDF-")
    assert [path.name for path in tmp_path.iterdir()] == ["초안.pdf"]


def previewed(stage: Stage, qtbot: QtBot) -> MainWindow:
    window = written(stage, qtbot)
    focus(window, qtbot, window.work.area.editor)
    qtbot.keyClick(window.work.area.editor, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.pages.currentWidget() is not window.work, timeout=20_000)
    assert window.pages.currentWidget() is window.preview_page
    qtbot.waitUntil(lambda: window.preview_page.view.sheet.image is not None, timeout=10_000)
    return window


def test_ctrl_p_shows_the_pages_and_escape_goes_back(stage: Stage, qtbot: QtBot) -> None:
    window = previewed(stage, qtbot)
    view = window.preview_page.view
    assert view.pages >= 1 and "인쇄 미리보기" in view.sheet.accessibleName()
    assert DRAFT_LINE in view.sheet.accessibleDescription()
    assert window.preview_page.print.hasFocus()
    width = view.sheet.image.width()
    qtbot.keyClick(view.sheet, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: view.sheet.image.width() > width)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.pages.currentWidget() is window.work


def test_the_window_does_not_wait_while_pages_are_set_and_painted(stage: Stage, qtbot: QtBot) -> None:
    window = previewed(stage, qtbot)
    page = window.preview_page
    long = draft(lines("\n".join(f"{n}. 항목 {n}의 내용을 적고 다음 줄까지 이어 쓴다." * 2 for n in range(1, 99))))
    page.show_draft(long)
    longest, last = 0.0, time.perf_counter()
    while page.view.sheet.image is None:
        QApplication.processEvents()
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
    assert page.view.pages > 3
    assert longest < 0.25  # 0.05 on a quiet PC


def test_without_a_printer_a_sentence_says_so_and_offers_pdf(
    stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = previewed(stage, qtbot)
    monkeypatch.setattr(print_dialog, "has_printer", lambda: False)
    qtbot.mouseClick(window.preview_page.print, Qt.MouseButton.LeftButton)
    told = window.preview_page.alerts.messages()[0]
    assert "프린터가 없습니다." in told.text and "PDF" in told.advice
    target = stage.home / "초안.pdf"
    stage.dialogs.target = target
    with qtbot.waitSignal(window.work.session.saved, timeout=10_000):
        qtbot.mouseClick(window.preview_page.pdf, Qt.MouseButton.LeftButton)
    assert stage.dialogs.asked[-1].endswith(".pdf")
    assert "책잔치" in words(target.read_bytes())
    assert "저장됨" in window.preview_page.alerts.messages()[0].text


def test_printing_hands_every_page_to_the_printer(stage: Stage, qtbot: QtBot) -> None:
    window = previewed(stage, qtbot)
    target = stage.home / "프린터.pdf"

    def choose(_parent: Any, _pages: int, then: Any) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(target))
        then(printer)

    window.preview_page.choose = choose
    with qtbot.waitSignal(window.preview_page.press.printed, timeout=10_000):
        window.preview()
    assert "책잔치" in words(target.read_bytes())
    assert window.preview_page.alerts.messages()[0].text == "프린터로 보냈습니다."
    assert window.preview_page.print.isEnabled()


def pdf_printer(target: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    return printer


def test_chosen_pages_copies_and_order_are_kept(qapp: QApplication, tmp_path: Path) -> None:
    sheets = set_draft(draft(lines("\n".join(["글이다."] * 200))))
    assert len(sheets) == 6

    def sent(**options: Any) -> list[int]:
        printer = pdf_printer(tmp_path / "a.pdf")
        for name, value in options.items():
            getattr(printer, name)(value)
        return [sheets.index(sheet) + 1 for sheet in chosen_sheets(sheets, printer)]

    assert sent() == [1, 2, 3, 4, 5, 6]
    assert sent(setPageRanges=QPageRanges.fromString("2-3,5")) == [2, 3, 5]
    assert sent(setPageRanges=QPageRanges.fromString("2-3"), setPageOrder=QPrinter.PageOrder.LastPageFirst) == [3, 2]
    two = QPageRanges.fromString("1-2")
    assert sent(setPageRanges=two, setCopyCount=2, setCollateCopies=True) == [1, 2, 1, 2]
    assert sent(setPageRanges=two, setCopyCount=2, setCollateCopies=False) == [1, 1, 2, 2]


def test_printing_stops_between_two_pages(stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    window = previewed(stage, qtbot)
    page, painted = window.preview_page, threading.Event()
    page.press._sheets = [*page.press._sheets] * 3
    real, seen = Sheet.paint, []

    def paint(self: Sheet, painter: Any, scale: float) -> None:
        seen.append(self)
        painted.set()
        go_on.wait(60)
        real(self, painter, scale)

    go_on = threading.Event()
    monkeypatch.setattr(Sheet, "paint", paint)
    page.choose = lambda _parent, _pages, then: then(pdf_printer(stage.home / "프린터.pdf"))
    window.preview()
    qtbot.waitUntil(painted.is_set, timeout=10_000)
    message = page.alerts.messages()[0]
    assert message.text == "프린터로 보내는 중입니다."
    with qtbot.waitSignal(page.press.cancelled, timeout=10_000):
        next(button for button in message.findChildren(QPushButton) if button.text() == "인쇄 취소").click()
        go_on.set()
    assert len(seen) == 1
    assert page.alerts.messages()[0].text == "인쇄를 취소했습니다." and page.print.isEnabled()


@pytest.mark.qt_log_ignore("QPainter::begin", "QPdfEngine", "QPrinter")
def test_a_printer_that_refuses_is_told(stage: Stage, qtbot: QtBot) -> None:
    window = previewed(stage, qtbot)

    def choose(_parent: Any, _pages: int, then: Any) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(stage.home / "없는 폴더" / "a.pdf"))
        then(printer)

    window.preview_page.choose = choose
    with qtbot.waitSignal(window.preview_page.press.failed, timeout=10_000):
        window.preview()
    assert "받지 않았습니다." in window.preview_page.alerts.messages()[0].text


def test_saving_as_pdf_from_the_dialog(stage: Stage, qtbot: QtBot) -> None:
    window = written(stage, qtbot)
    stage.dialogs.target = stage.home / "보도 자료.pdf"
    with qtbot.waitSignal(window.work.session.saved, timeout=20_000):
        window.work.save()
    assert "책잔치" in words(stage.dialogs.target.read_bytes())
    assert "저장됨" in messages(window)

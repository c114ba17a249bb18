"""Parts that need no window."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from biseo.errors import Cancelled, UserFacingError
from biseo.events import Progress
from biseo.tasks.definition import FormValue
from biseo_ui import crash
from biseo_ui.evidence_lookup import sentence_at
from biseo_ui.example import load_example
from biseo_ui.file_name import file_name
from biseo_ui.jobs import JobRunner
from biseo_ui.notation import find_date, grouped, official_date
from biseo_ui.theme import DARK, LIGHT, PAIRS, Colours, contrast
from biseo_ui.widgets.field_editors import FieldEditor
from biseo_ui.work_clock import WorkClock, duration


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_contrast_of_every_pair(colours: Colours, ink: str, ground: str) -> None:
    assert contrast(getattr(colours, ink), getattr(colours, ground)) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_controls_are_seen_against_their_ground(colours: Colours) -> None:
    assert contrast(colours.control, colours.panel) >= 3


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("한빛시, 책잔치 개최", "한빛시, 책잔치 개최"),
        ('제목: "질문?" <1/2>', "제목 질문 1 2"),
        ("끝에 점...", "끝에 점"),
        ("con", "_con"),
        ("\t\n", "보도자료"),
        ("가" * 200, "가" * 80),
    ],
)
def test_file_names_that_windows_takes(title: str, name: str) -> None:
    assert file_name(title, "보도자료") == name


def test_notation() -> None:
    assert grouped("1200000") == "1,200,000"
    assert grouped("3,500원") == "3,500"
    assert grouped("약 3천만 원") == "약 3천만 원"
    assert official_date(date(2026, 3, 5)) == "2026. 3. 5.(목)"
    assert find_date("2026. 3. 5.(목) 09:00") == date(2026, 3, 5)
    assert find_date("2026. 13. 5.") is None


def test_sentence_at() -> None:
    text = "□ 책잔치를 연다. 작가 강연도 한다.\nㅇ 무료이다."
    assert sentence_at(text, 3) == "책잔치를 연다."
    assert sentence_at(text, 15) == "작가 강연도 한다."
    assert sentence_at(text, len(text)) == "무료이다."
    assert sentence_at("", 0) == ""


def test_the_example_is_there_and_fits_its_task() -> None:
    from biseo.tasks.catalogue import find_task

    example = load_example()
    assert example.path.is_file()
    assert set(example.form) <= {field.id for field in find_task(example.task).fields}


def test_clock_tells_time_and_share() -> None:
    clock = WorkClock("준비")
    assert clock.percent == -1
    clock.progress(Progress(2, 5, "자료 읽는 중"))
    assert (clock.label, clock.percent) == ("자료 읽는 중", 40)
    clock.plan({"head": 0, "lead": 100, "body": 300}, 3)
    clock.section("head", 1, "머리")
    clock.section_done("head")
    clock.section("lead", 2, "리드")
    assert (clock.label, clock.percent, clock.writing) == ("절 2/3 쓰는 중 – 리드", 0, True)
    clock.progress(Progress(300, 1200, "자료 읽는 중"))
    assert (clock.label, clock.percent, clock.writing) == ("자료 읽는 중 – 1/3 마침", 25, False)
    clock.words("lead", "한빛시는")
    assert (clock.label, clock.percent, clock.writing) == ("절 2/3 쓰는 중 – 리드", 1, True)
    assert clock.remaining is None
    clock.section_done("lead")
    clock.section_done("lead")
    assert (clock.percent, clock.done) == (25, 2)
    assert clock.remaining is not None
    clock.progress(Progress(0, 3, "본문 다듬는 중"))
    assert (clock.label, clock.percent) == ("본문 다듬는 중 – 2/3 마침", 25)
    clock.finish()
    assert clock.remaining is None
    assert duration(125) == "2분 5초"


def test_clock_of_sections_side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr("biseo_ui.work_clock.time.monotonic", lambda: now)
    clock = WorkClock()
    clock.plan({"lead": 100, "body": 300}, 4, done=2)
    clock.section("lead", 3, "리드")
    clock.section("body", 4, "본문")
    for _ in range(11):  # ten characters a second, five of each section
        clock.words("lead", "가나다라마")
        clock.words("body", "바사아자차")
        now += 1
    assert clock.label == "절 2개 쓰는 중 – 2/4 마침"
    assert clock.speed == pytest.approx(10, rel=0.15)
    assert clock.percent == round(100 * 110 / 400)
    assert clock.remaining == pytest.approx(11 * 290 / 110)
    clock.words("lead", "긴" * 100)
    assert clock.percent == round(100 * (95 + 55) / 400)  # never wholly done before it is finished
    clock.section("lead", 3, "리드")
    assert clock.percent == round(100 * (95 + 55) / 400)  # the bar does not go back, the time left does
    assert clock.remaining == pytest.approx(11 * 345 / 55)
    clock.section_done("body")
    assert clock.label == "절 3/4 쓰는 중 – 리드"
    clock.section_done("lead")
    assert (clock.done, clock.percent) == (4, 100)


def test_jobs_tell_how_they_end(qtbot: QtBot) -> None:
    runner = JobRunner()
    error = UserFacingError("x", "무슨 일이 있었습니다.", "이렇게 하세요.")

    def works(_cancel: threading.Event) -> Iterator[int]:
        yield 1
        yield 2

    def fails(_cancel: threading.Event) -> Iterator[int]:
        yield 1
        raise error

    def breaks(_cancel: threading.Event) -> Iterator[int]:
        raise KeyError("secret text")
        yield 1

    def waits(cancel: threading.Event) -> Iterator[int]:
        yield 1
        cancel.wait(10)
        raise Cancelled

    events: list[object] = []
    job = runner.start("engine", works)
    job.item.connect(events.append)
    with qtbot.waitSignal(job.done):
        pass
    assert events == [1, 2]
    with qtbot.waitSignal(runner.start("engine", fails).failed) as failed:
        pass
    assert failed.args == [error]
    with qtbot.waitSignal(runner.start("files", breaks).broke) as broke:
        pass
    assert isinstance(broke.args[0], KeyError)
    job = runner.start("checks", waits)
    job.item.connect(lambda _event: job.cancel())
    with qtbot.waitSignal(job.cancelled):
        pass
    assert runner.shutdown(5)


def test_a_fault_is_recorded_without_its_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BISEO_HOME", str(tmp_path))
    try:
        raise ValueError("주민등록번호가 든 문서의 문장")
    except ValueError as error:
        crash.record(error)
    written = crash.log_file().read_text(encoding="utf-8")
    assert "ValueError" in written
    assert "test_small_parts.py" in written
    assert "문장" not in written


def test_the_command_line_never_loads_qt() -> None:
    code = (
        "import sys\nfrom biseo_ui.launch import main\n"
        "try:\n    main(['tasks', '--json'])\nexcept SystemExit:\n    pass\n"
        "sys.exit('PySide6' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_the_window_loads_no_parser_and_no_model_at_start() -> None:
    code = (
        "import sys, biseo_ui.app\n"
        "heavy = {'docx', 'hwpx', 'dochan', 'openpyxl', 'psutil', 'pypdfium2', 'llama_cpp', 'lxml', 'numpy',"
        " 'PySide6.QtNetwork', 'biseo.drafting.pipeline'}\n"
        "found = heavy & set(sys.modules)\nprint(found)\nsys.exit(bool(found))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()


def test_an_editor_that_lacks_its_value_is_refused(qtbot: QtBot) -> None:
    class Half(FieldEditor):
        def value(self) -> FormValue:
            return ""

    with pytest.raises(TypeError):
        Half()
    with pytest.raises(TypeError):
        FieldEditor()

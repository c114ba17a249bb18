from __future__ import annotations

import zipfile
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.assistant.forms.form_files import (
    empty_paragraph,
    paragraph,
    section_of,
    slot,
    table_paragraph,
    write_hwpx,
)

from biseo.errors import InputFileError, OutputFileError, UsageError
from biseo.forms import EmptyFieldsError, FormField
from biseo.forms.container import replace_parts
from biseo.forms.filling import Filling
from biseo.forms.filling import fill as fill_template
from biseo.forms.process import fill_form, find_fields
from biseo.forms.proof import same_but_filled
from biseo.forms.template import Template, open_template
from biseo.readers.limits import Limits

SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "samples"


def fields(path: Path) -> dict[str, FormField]:
    """What the child process finds, without the process."""
    return {slate.name: slate.told() for slate in open_template(str(path), Limits()).slates}


def filled(path: Path, **values: str) -> str:
    """The section after filling, proved in this process."""
    out = path.with_name("채움.hwpx")
    template, filling = prepared(path, values)
    assert not filling.unknown
    out.write_bytes(replace_parts(str(path), filling.parts))
    assert same_but_filled(template, filling, str(out))
    return section_of(out)


def prepared(path: Path, values: dict[str, str]) -> tuple[Template, Filling]:
    template = open_template(str(path), Limits())
    return template, fill_template(template, values)


def test_marks_and_their_places(tmp_path: Path) -> None:
    path = write_hwpx(
        tmp_path / "양식.hwpx",
        paragraph("수신: {{수신자}} 귀하"),
        paragraph("{{ 성 명 }}은 {{수신자}}에게 알린다."),
        table_paragraph([["내용", "{{내용}}"]]),
    )
    found = fields(path)
    assert list(found) == ["수신자", "성명", "내용"]
    assert found["수신자"] == FormField("수신자", "mark", "본문", "{{수신자}}", 2)
    assert found["내용"].where == "본문 1번째 표"


def test_a_mark_over_several_runs_takes_the_looks_of_the_first(tmp_path: Path) -> None:
    path = write_hwpx(tmp_path / "양식.hwpx", paragraph("이름 {{성", "명", "}} 귀하", shape=4))
    assert '<hp:run charPrIDRef="4"><hp:t>이름 홍길동</hp:t></hp:run>' in (text := filled(path, 성명="홍길동"))
    assert '<hp:run charPrIDRef="5"><hp:t></hp:t></hp:run>' in text
    assert '<hp:run charPrIDRef="6"><hp:t> 귀하</hp:t></hp:run>' in text


def test_everything_else_keeps_its_bytes(tmp_path: Path) -> None:
    path = write_hwpx(tmp_path / "양식.hwpx", paragraph("앞 &< 글"), paragraph("{{값}}"), paragraph("뒤 글"))
    before = section_of(path)
    after = filled(path, 값="A & B <C>")
    start = before.index("{{값}}")
    assert after[:start] == before[:start]
    assert after[start:].startswith("A &amp; B &lt;C&gt;</hp:t></hp:run></hp:p>")
    assert after.endswith(before[before.index("</hp:p>", start) :])
    # Only the changed paragraph is laid out anew.
    assert (before.count("linesegarray"), after.count("linesegarray")) == (6, 4)


def test_the_container_keeps_order_compression_and_every_other_entry(tmp_path: Path) -> None:
    path = write_hwpx(tmp_path / "양식.hwpx", paragraph("{{값}}"), extra={"BinData/그림.png": bytes(range(256)) * 9})
    out = tmp_path / "결과.hwpx"
    fill_form(path, {"값": "가"}, out)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out) as new:
        assert new.testzip() is None
        assert new.namelist() == old.namelist() and new.namelist()[0] == "mimetype"
        for one, other in zip(old.infolist(), new.infolist(), strict=True):
            assert (one.compress_type, one.date_time) == (other.compress_type, other.date_time)
            if one.filename != "Contents/section0.xml":
                assert old.read(one) == new.read(other)
    raw_old, raw_new = path.read_bytes(), out.read_bytes()
    assert raw_new[:58] == raw_old[:58] and raw_new[30:38] == b"mimetype"


def test_several_lines(tmp_path: Path) -> None:
    path = write_hwpx(
        tmp_path / "양식.hwpx",
        paragraph("  {{내용}}", shape=5, page_break=1),
        paragraph("끝: {{내용}}."),
        table_paragraph([["비고", empty_paragraph() * 2]]),
    )
    text = filled(path, 내용="하나\n둘\n셋", 비고="가\n나\n다\n라")
    assert "끝: 하나<hp:lineBreak/>둘<hp:lineBreak/>셋." in text
    for line in ("  하나", "  둘", "  셋"):
        assert f'<hp:run charPrIDRef="5"><hp:t>{line}</hp:t></hp:run>' in text
    assert text.count('pageBreak="1"') == 1
    assert text.count('<hp:run charPrIDRef="7"><hp:t>') == 4


def test_cells_are_named_by_their_labels(tmp_path: Path) -> None:
    path = write_hwpx(
        tmp_path / "양식.hwpx",
        table_paragraph(
            [
                [("신청인", 2, 1), "성 명:", "", "생년월일", ""],
                ["주  소", ("", 1, 3)],
                [("담당자", 2, 1), "성 명", "", "직위", ""],
                ["확인", "□ 예 □ 아니요", "비고", ""],
                [("의견", 1, 5)],
                [("", 1, 5)],
            ]
        ),
    )
    found = fields(path)
    assert list(found) == ["신청인 성명", "생년월일", "주소", "담당자 성명", "직위", "비고", "의견"]
    assert {field.kind for field in found.values()} == {"label"}
    assert found["주소"].where == "본문 1번째 표 2행 3열"
    text = filled(path, **{"담당자성명": "김담당", "주소": "대전광역시 서구"})
    assert text.index("김담당") > text.index("담당자") and text.count("□ 예 □ 아니요") == 1


def test_columns_and_rows_name_a_cell_together(tmp_path: Path) -> None:
    path = write_hwpx(
        tmp_path / "양식.hwpx",
        table_paragraph(
            [
                [("구분", 2, 1), ("정부지원", 1, 2), ("자부담", 1, 2)],
                ["현금", "현물", "현금", "현물"],
                ["총계", "", "", "", ""],
                ["1단계", "", "1,000원", "", ""],
            ]
        ),
    )
    assert list(fields(path)) == [
        "총계 정부지원 현금", "총계 정부지원 현물", "총계 자부담 현금", "총계 자부담 현물",
        "1단계 정부지원 현금",
        "1단계 자부담 현금",
        "1단계 자부담 현물",
    ]  # fmt: skip


def test_tables_inside_tables_and_rows_without_names(tmp_path: Path) -> None:
    inner = table_paragraph([["전화", ""]])
    path = write_hwpx(
        tmp_path / "양식.hwpx", table_paragraph([["연락처", inner], ["번호", "이름"], ["", ""], ["", ""]])
    )
    assert list(fields(path)) == ["전화", "이름", "이름 (2)"]
    assert filled(path, 전화="042-000-0000").count("042-000-0000") == 1


def test_slots(tmp_path: Path) -> None:
    path = write_hwpx(tmp_path / "양식.hwpx", slot("", "날짜"))
    assert fields(path)["날짜"] == FormField("날짜", "slot", "본문", "날짜", 1)
    text = filled(path, 날짜="2026. 5. 8.")
    assert 'dirty="1"' in text and ">날짜</hp:t>" not in text
    assert text.index("일자: ") < text.index("2026. 5. 8.") < text.index("fieldEnd")
    again = tmp_path / "채움.hwpx"
    assert fields(again) == {}  # what somebody has filled in stays


def test_empty_fields_are_named_and_nothing_is_written(tmp_path: Path) -> None:
    path = write_hwpx(tmp_path / "양식.hwpx", paragraph("{{가}} {{나}} {{다}}"))
    out = tmp_path / "결과.hwpx"
    with pytest.raises(EmptyFieldsError, match="나, 다") as caught:
        fill_form(path, {"가": "하나", "나": "  "}, out)
    assert caught.value.names == ("나", "다") and caught.value.exit_code == 2
    assert [one.name for one in tmp_path.iterdir()] == ["양식.hwpx"]
    result = fill_form(path, {"가": "하나", "나": ""}, out, allow_empty=True)
    assert (result.filled, result.empty) == (("가",), ("나", "다"))
    assert "하나  {{다}}" in section_of(out)  # 나 was said to be empty, of 다 nothing was said


def test_refusals(tmp_path: Path) -> None:
    path = write_hwpx(tmp_path / "양식.hwpx", paragraph("{{가}}"))
    out = tmp_path / "결과.hwpx"
    with pytest.raises(UsageError, match="없는 칸") as unknown:
        fill_form(path, {"가": "1", "나": "2"}, out)
    assert unknown.value.code == "unknown-field"
    with pytest.raises(UsageError) as suffix:
        fill_form(path, {"가": "1"}, tmp_path / "결과.docx")
    assert suffix.value.code == "unknown-format"
    with pytest.raises(OutputFileError) as itself:
        fill_form(path, {"가": "1"}, path, overwrite=True)
    assert itself.value.code == "is-template"
    out.write_bytes(b"old")
    with pytest.raises(OutputFileError) as exists:
        fill_form(path, {"가": "1"}, out)
    assert exists.value.code == "exists" and out.read_bytes() == b"old"
    with pytest.raises(InputFileError) as nothing:
        fill_form(write_hwpx(tmp_path / "빈.hwpx", paragraph("글")), {"가": "1"}, tmp_path / "새.hwpx")
    assert nothing.value.code == "no-fields"


def test_a_file_that_is_not_the_template_filled_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from biseo.forms import process

    path = write_hwpx(tmp_path / "양식.hwpx", paragraph("{{가}}"), paragraph("다른 글"))
    real = process.replacing

    def spoiling(target: Path):  # type: ignore[no-untyped-def]
        manager = real(target)
        temporary = manager.__enter__()
        original = type(temporary).write_bytes

        class Spoilt(type(temporary)):  # type: ignore[misc]
            def write_bytes(self, data: bytes) -> int:
                other = write_hwpx(tmp_path / "남.hwpx", paragraph("하나"), paragraph("다른 금"))
                return original(self, other.read_bytes())

        class Manager:
            def __enter__(self) -> Path:
                return Spoilt(temporary)

            def __exit__(self, *about: object) -> object:
                return manager.__exit__(*about)

        return Manager()

    monkeypatch.setattr(process, "replacing", spoiling)
    with pytest.raises(OutputFileError) as caught:
        fill_form(path, {"가": "하나"}, tmp_path / "결과.hwpx")
    assert caught.value.code == "not-verified"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["남.hwpx", "양식.hwpx"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace("다른 글", "다른 금"),
        lambda text: text.replace("하나", "하 나"),
        lambda text: text.replace('paraPrIDRef="3"', 'paraPrIDRef="4"', 1),
        lambda text: text.replace('rowSpan="1"', 'rowSpan="2"', 1),
        lambda text: text.replace("</hs:sec>", paragraph("더") + "</hs:sec>"),
    ],
)
def test_the_proof_sees_every_other_change(tmp_path: Path, spoil) -> None:  # type: ignore[no-untyped-def]
    path = write_hwpx(tmp_path / "양식.hwpx", paragraph("{{가}}"), paragraph("다른 글"), table_paragraph([["나", ""]]))
    template, filling = prepared(path, {"가": "하나", "나": "둘"})
    out = tmp_path / "결과.hwpx"
    parts = {name: spoil(content.decode()).encode() for name, content in filling.parts.items()}
    assert parts != filling.parts
    out.write_bytes(replace_parts(str(path), parts))
    assert not same_but_filled(template, filling, str(out))


def test_hwp_is_refused_with_advice() -> None:
    path = SAMPLES / "pairs_hwpforge" / "table_01_basic_2x2.hwp"
    if not path.exists():
        pytest.skip("no samples beside the project")
    with pytest.raises(InputFileError, match="HWP") as caught:
        find_fields(path)
    assert caught.value.code == "template-hwp" and "HWPX" in caught.value.advice


@pytest.mark.parametrize(
    "name", ["traversal.hwpx", "xxe.hwpx", "laughs.docx", "bomb.docx", "encfake.hwpx", "deep.hwpx"]
)
def test_hostile_templates_are_refused(name: str) -> None:
    path = SAMPLES / "hostile" / name
    if not path.exists():
        pytest.skip("no samples beside the project")
    with pytest.raises(InputFileError):
        find_fields(path)


TEXT = st.text(st.sampled_from("가나 <&>\"'{}.1"), max_size=12)


@settings(max_examples=60, deadline=None)
@given(before=TEXT, after=TEXT, value=TEXT, cuts=st.lists(st.integers(0, 40), max_size=6), data=st.data())
def test_a_mark_is_found_however_it_is_cut(
    tmp_path_factory: pytest.TempPathFactory, before: str, after: str, value: str, cuts: list[int], data: st.DataObject
) -> None:
    before, after = before.replace("{", "(").replace("}", ")"), after.replace("{", "(").replace("}", ")")
    text = f"{before}{{{{ 성명 }}}}{after}"
    places = sorted({0, *(cut for cut in cuts if cut < len(text)), len(text)})
    pieces = [text[start:end] for start, end in pairwise(places)]
    folder = tmp_path_factory.mktemp("cut")
    path = write_hwpx(folder / "양식.hwpx", paragraph(*pieces))
    template, filling = prepared(path, {"성명": value})
    assert [slate.name for slate in template.slates] == ["성명"]
    (folder / "채움.hwpx").write_bytes(replace_parts(str(path), filling.parts))
    assert same_but_filled(template, filling, str(folder / "채움.hwpx"))
    (line,) = [template.dialect.line(one) for one in reopened(folder / "채움.hwpx").walk() if one.name == "p"]
    assert line.text == f"{before}{value.strip(' ') if value.strip() else ''}{after}"


def reopened(path: Path):  # type: ignore[no-untyped-def]
    return open_template(str(path), Limits()).parts[0].root


@pytest.mark.parametrize(
    "name",
    ["hwpx_gov/gov_donation_report_form.hwpx", "pairs_hwpforge/table_20_real_world_ministry_stress.hwpx"],
)
def test_real_forms(tmp_path: Path, name: str) -> None:
    path = SAMPLES / name
    if not path.exists():
        pytest.skip("no samples beside the project")
    form = find_fields(path)
    values = {field.name: f"채움{number}번" for number, field in enumerate(form.fields)}
    out = tmp_path / "채운 양식.hwpx"
    result = fill_form(path, values, out)
    assert len(result.filled) == len(form.fields) > 100
    text = two_readers(out)
    before = two_readers(path)
    for words, old in zip(text, before, strict=True):
        for value in values.values():
            assert value in words
            words = words.replace(value, "", 1)
        assert "".join(words.split()) == "".join(old.split())


def two_readers(path: Path) -> tuple[str, str]:
    """The text of the file as dochan and unhwp read it."""
    import unhwp
    from dochan import Dochan

    return str(Dochan(str(path)).to_plain_text()), str(unhwp.extract_text(str(path)))


class _Stream:
    """A file that cannot go back, as a web server writes to: sizes then follow the data."""

    def __init__(self) -> None:
        self.data = b""

    def write(self, data: bytes) -> int:
        self.data += data
        return len(data)

    def flush(self) -> None:
        pass


def test_containers_of_other_programs(tmp_path: Path) -> None:
    made = write_hwpx(tmp_path / "보통.hwpx", paragraph("{{가}}"))
    stream = _Stream()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(stream, "w") as new:  # type: ignore[call-overload]
        new.comment = "설명".encode()
        for entry in old.infolist():
            fresh = zipfile.ZipInfo(entry.filename)
            fresh.compress_type, fresh.extra = entry.compress_type, b"\xca\xfe\x02\x00ok"
            with new.open(fresh, "w", force_zip64=True) as part:
                part.write(old.read(entry))
    path = tmp_path / "흘림.hwpx"
    path.write_bytes(stream.data)
    assert "하나" in filled(path, 가="하나")
    with zipfile.ZipFile(tmp_path / "채움.hwpx") as new, zipfile.ZipFile(path) as old:
        assert new.testzip() is None and new.comment == old.comment
        for entry in new.infolist():
            assert new.read(entry) == old.read(entry.filename) or entry.filename == "Contents/section0.xml"


def test_a_part_in_another_encoding(tmp_path: Path) -> None:
    path = write_hwpx(tmp_path / "양식.hwpx", paragraph("{{가}}"))
    with zipfile.ZipFile(path) as old:
        text = old.read("Contents/section0.xml").decode().replace("UTF-8", "UTF-16")
        parts = {name: old.read(name) for name in old.namelist()}
    parts["Contents/section0.xml"] = text.encode("utf-16")
    with zipfile.ZipFile(path, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)
    assert "하나" in filled(path, 가="하나")


def test_a_template_of_another_library(tmp_path: Path) -> None:
    from hwpx.document import HwpxDocument

    document = HwpxDocument.new()
    document.add_paragraph("수신: {{수신}}")
    table = document.add_table(2, 2)
    table.set_cell_text(0, 0, "성 명:")
    table.set_cell_text(1, 0, "주 소")
    path, out = tmp_path / "양식.hwpx", tmp_path / "결과.hwpx"
    document.save_to_path(str(path))
    assert [field.name for field in find_fields(path).fields] == ["수신", "성명", "주소"]
    fill_form(path, {"수신": "한빛시장\n귀하", "성명": "홍길동", "주소": "서구\n둔산동"}, out)
    for text in two_readers(out):
        for words in ("한빛시장", "귀하", "홍길동", "서구", "둔산동"):
            assert words in text
    again = HwpxDocument.open(str(out))
    assert "홍길동" in "".join(cell.text for row in again.paragraphs[-1].tables[0].rows for cell in row.cells)

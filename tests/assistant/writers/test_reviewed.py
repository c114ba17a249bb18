"""A draft that a person has taken over: the draft line goes, that AI was used stays in the properties."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from biseo.document import Draft, Review, Section
from biseo.guidance import POINTS
from biseo.writers import write_document
from biseo.writers.layout import DRAFT_LINE, Notice, lay_out
from biseo.writers.properties import AI_DRAFT, AI_USED

HEAD = Section("head", "머리", "", "rule", rows=(("기관", "한빛시"), ("담당", "도서관과")), heading=False)
BODY = Section("body", "본문", "□ 하나이다.\nㅇ 둘이다.", "model")
REVIEW = Review("2026-05-08T10:00:00+09:00", "kim", tuple(point.id for point in POINTS))


def drafts() -> list[Draft]:
    """With a text or a table on top, for nothing stands above it any more."""
    sections = ((HEAD, BODY), (BODY,))
    return [
        Draft("press", look, "제목", these) for look in ("official", "report", "press", "plain") for these in sections
    ]


@pytest.mark.parametrize("draft", drafts(), ids=lambda draft: f"{draft.profile}-{len(draft.sections)}")
def test_only_the_draft_line_goes_from_the_layout(draft: Draft) -> None:
    before, after = lay_out(draft), lay_out(replace(draft, review=REVIEW))
    assert before == (Notice(DRAFT_LINE), *after)


@pytest.mark.parametrize("suffix", ["docx", "hwpx", "txt", "md"])
@pytest.mark.parametrize("draft", drafts()[:3], ids=lambda draft: f"{draft.profile}-{len(draft.sections)}")
def test_a_final_file_says_that_ai_was_used_and_not_that_it_is_a_draft(
    draft: Draft, suffix: str, tmp_path: Path
) -> None:
    words = {}
    for name, one in (("초안", draft), ("완료", replace(draft, review=REVIEW))):
        path = write_document(one, tmp_path / f"{name}.{suffix}")
        if suffix in ("txt", "md"):
            words[name] = path.read_text(encoding="utf-8-sig")
        else:
            with zipfile.ZipFile(path) as archive:
                words[name] = "".join(archive.read(n).decode("utf-8", "replace") for n in archive.namelist())
    assert DRAFT_LINE in words["초안"]
    assert AI_DRAFT not in words["완료"]
    if suffix in ("docx", "hwpx"):
        assert AI_USED in words["완료"]
        assert "2026-05-08 담당자가 검토를 마친 문서" in words["완료"]


def test_the_guidance_has_five_points_with_their_sources() -> None:
    assert [point.id for point in POINTS] == ["input", "facts", "copyright", "author", "mark"]
    for point in POINTS:
        assert point.source and point.statement.endswith("다.") and point.advice.endswith(("요.", "다."))

"""What the history shows of a stored work: its title, where it stands, the words that search finds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from biseo.errors import UsageError
from biseo.tasks.catalogue import find_task
from biseo.worksession import SectionWords, WorkSession, digest

LONGEST_TITLE = 120
MISSING = "[확인 필요]"
PHASES = {
    "begun": "쓰기 전",
    "filling": "양식 채우는 중",
    "writing": "쓰는 중",
    "stopped": "쓰다 멈춤",
    "draft": "초안",
    "reviewed": "검토 완료",
    "asked": "질문과 답",
}
"""Where a work stands, and its name."""


SUBJECT = "제목 "
"""How the subject of a letter begins on the page."""


@dataclass(frozen=True)
class Entry:
    """Title, phase (see `PHASES`) and text of one work."""

    title: str
    phase: str
    text: str


def entry_of(work: WorkSession) -> Entry:
    """How a work stands in the history."""
    filled = work.filling.values.values() if work.filling is not None else ()
    text = "\n".join([page_text(work.words), *_form_words(work), *filled])
    return Entry(_title(work)[:LONGEST_TITLE], phase_of(work), text)


def phase_of(work: WorkSession) -> str:
    """Where it stands, a key of `PHASES`."""
    if not work.marks:
        return "filling" if work.only_filling else "begun"
    phases = {mark.phase for mark in work.marks}
    if "writing" in phases or "waiting" in phases:
        return "writing"
    if phases & {"stopped", "unwritten"}:
        return "stopped"
    if work.review is not None and digest(work.words) == work.review_of:
        return "reviewed"
    return "draft"


def section_text(words: SectionWords) -> str:
    """All that stands in one section, cells separated by tabs."""
    rows = "\n".join("\t".join(row) for row in words.rows)
    return "\n".join(part for part in (words.above, words.text, rows, words.below) if part)


def page_text(words: tuple[SectionWords, ...]) -> str:
    """All that stands on the page."""
    return "\n".join(part for each in words for part in (each.heading, section_text(each)) if part)


def _title(work: WorkSession) -> str:
    if work.filling is not None and work.only_filling:
        return f"양식: {Path(work.filling.path).stem}"
    try:
        task = find_task(work.task)
    except UsageError:
        return work.task
    texts = {each.id: _first_line(section_text(each)) for each in work.words}
    if texts.get("#title") and MISSING not in texts["#title"]:
        return texts["#title"]
    values = {name: value for name, value in work.form.items() if isinstance(value, str)}
    wanted = re.findall(r"\{(\w+)\}", task.document_title)
    filled = {name: texts.get(name) or _first_line(values.get(name, "")) for name in wanted}
    if all(words and MISSING not in words for words in filled.values()):
        title = task.document_title
        for name, words in filled.items():
            title = title.replace(f"{{{name}}}", words.removeprefix(SUBJECT).lstrip())
        return title.strip()
    if work.sources:
        return f"{task.title}: {Path(work.sources[0].path).stem}"
    return next((words for words in texts.values() if words and MISSING not in words), task.title)


def _form_words(work: WorkSession) -> list[str]:
    found = []
    for value in work.form.values():
        if isinstance(value, str):
            found.append(value)
        else:
            found += [word for row in value for word in row.values()]
    return [word for word in found if word]


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "")

"""From finished sections to a draft: title, 문서요지, keywords."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from biseo.document import MISSING, Document, Draft, Finding, Grade, Section
from biseo.drafting.form import FilledForm
from biseo.drafting.keywords import find_keywords
from biseo.drafting.letter import take_letter
from biseo.drafting.request import DraftRequest
from biseo.drafting.wording import unmarked
from biseo.text.sentences import split_sentences

SUMMARY_LENGTH = 200
LONGEST_TITLE = 40
_SLOT = re.compile(r"\{(\w+)\}")
_GRADES: dict[str, Grade] = {"C": "C", "S": "S", "O": "O"}


def assemble(request: DraftRequest, sections: Sequence[Section], findings: Sequence[Finding] = ()) -> Draft:
    """The draft of these sections, in the order of the task; also used after the official changed them."""
    task, form = request.task, FilledForm(request.task, request.form)
    letter, subject, body = take_letter(task, sections)
    titles = {plan.id for plan in task.sections if plan.shape == "title"}
    openings = {plan.id for plan in task.sections if plan.shape == "opening"}
    worded = [section for section in body if section.origin == "model" and section.id not in titles]
    worded = [replace(section, origin="model") for section in body if section.id in openings] + worded
    return Draft(
        task.id,
        task.profile,
        subject or _fill(task.document_title, request, form, sections) or task.title,
        body,
        _fill(task.subtitle, request, form, sections),
        summarize_in_short(worded),
        find_keywords("\n".join(section.text for section in worded)),
        tuple(findings),
        letter=letter,
        grade=_GRADES.get(form.words("grade"), ""),
    )


def source_title(sources: Sequence[Document]) -> str:
    """What the sources are about, for a title: the first one's title, or its file's name where that is Korean."""
    if not sources:
        return ""
    title = " ".join(sources[0].title.split())
    name = PurePath(sources[0].path.replace("\\", "/")).stem
    if 0 < len(title) <= LONGEST_TITLE and title != name:
        return title
    return name if any("가" <= character <= "힣" for character in name) else "자료"


def summarize_in_short(sections: Sequence[Section]) -> str:
    """문서요지: the first worded sentences, at most 200 characters, whole sentences where they fit."""
    summary = ""
    for section in sections:
        if section.origin != "model" or section.rows:
            continue
        for span in split_sentences(section.text):
            words = unmarked(span.text)
            if MISSING in words:
                continue
            if words and words[-1].isalnum():
                words += "."
            if summary and len(summary) + 1 + len(words) > SUMMARY_LENGTH:
                return summary
            summary = f"{summary} {words}".strip()[:SUMMARY_LENGTH]
    return summary


def _fill(template: str, request: DraftRequest, form: FilledForm, sections: Sequence[Section]) -> str:
    texts = {section.id: section.text for section in sections}

    def word(slot: re.Match[str]) -> str:
        name = slot[1]
        if name in texts:
            return texts[name]
        given = form.words(name)
        field = form.field(name)
        if given or field is None:
            return given
        return MISSING if field.required else source_title(request.sources)

    return _SLOT.sub(word, template)

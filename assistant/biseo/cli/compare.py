"""`biseo compare`: two versions of one document, several documents, or one report made of them. No model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import Event
from typing import Any, cast

from biseo.checks.privacy import find_private
from biseo.cli.arguments import Arguments
from biseo.cli.console import Console
from biseo.cli.options import telling_of_force
from biseo.cli.privacy import guarded_draft
from biseo.comparing.comparison import Compared, Comparison, View, compare_documents
from biseo.comparing.data import comparison_data
from biseo.comparing.merging import merge
from biseo.comparing.old_and_new import old_and_new
from biseo.comparing.side_by_side import side_by_side
from biseo.comparing.stopping import Stop
from biseo.comparing.telling import words_of_contents, words_of_versions
from biseo.document import Document, Draft
from biseo.errors import UsageError
from biseo.events import Progress
from biseo.masking.words import mask_text, values_of
from biseo.policy import Policy
from biseo.readers import read_document
from biseo.writers import check_target, write_document
from biseo.writers.layout import lay_out
from biseo.writers.text_file import write_text

_NAMES = ("path", "name", "source", "out")


def run_compare(arguments: Arguments, console: Console, cancel: Event, policy: Policy) -> int:
    """Tell what differs, and write it as a document when asked to.

    Raises:
        UserFacingError: with what happened and what to do.
        Cancelled: the user stopped it.
    """
    if len(arguments.files) < 2:
        raise UsageError("too-few", "견줄 문서가 두 개보다 적습니다.", "파일을 두 개 이상 적어 주세요.")
    if arguments.out is not None:
        with telling_of_force():
            check_target(arguments.out, overwrite=arguments.force)
        policy.require_format(arguments.out.suffix)
        policy.require_grade(arguments.grade, "--grade C, --grade S, --grade O 가운데 하나를 붙여 주세요.")
    if arguments.out is None or console.as_json:  # what is printed can be put into a file by any shell
        policy.require_format("txt")
    sources = tuple(_read(arguments, console, cancel))
    comparison = _compare(arguments, console, cancel, sources)
    if comparison.kept is not None and not arguments.view:
        console.note(_told(comparison))
    draft = _draft(arguments, comparison, cancel)
    draft, private = guarded_draft(draft, sources, arguments.mask, policy, console)
    with telling_of_force():
        saved = write_document(draft, arguments.out, overwrite=arguments.force) if arguments.out else None
    data = comparison_data(comparison)
    if arguments.view == "merge":
        data |= {"view": "merge", "sections": [_section(draft, place) for place in range(len(draft.sections))]}
    if private["masked"]:
        data = cast("dict[str, Any]", _masked(data, sources))
    data |= {"out": str(saved) if saved else None, "personal_data": private}
    console.result(data, f"저장했습니다: {saved}" if saved else _words(comparison, draft, arguments, private["masked"]))
    return 0


def _read(arguments: Arguments, console: Console, cancel: Event) -> list[Document]:
    documents = []
    for number, file in enumerate(arguments.files):
        console.progress(number, len(arguments.files), "문서를 읽는 중")
        document = read_document(file, cancel)
        for warning in document.warnings:
            console.note(warning)
        documents.append(document)
    return documents


def _compare(arguments: Arguments, console: Console, cancel: Event, sources: Sequence[Document]) -> Comparison:
    view = "contents" if arguments.view == "merge" else arguments.view
    found: Comparison | None = None
    for event in compare_documents(sources, cast("View", view) if view else None, cancel):
        if isinstance(event, Progress):
            console.progress(event.done, event.total, event.label)
        elif isinstance(event, Compared):
            found = event.comparison
    assert found is not None
    return found


def _draft(arguments: Arguments, comparison: Comparison, cancel: Event) -> Draft:
    if arguments.view == "merge":
        return merge(comparison, arguments.grade, Stop(cancel))
    if comparison.view == "versions":
        return old_and_new(comparison, arguments.grade, dashes=not arguments.words)
    return side_by_side(comparison, arguments.grade)


def _told(comparison: Comparison) -> str:
    share = int(100 * (comparison.kept or 0))  # never all of it while something differs
    if comparison.view == "versions":
        return f"두 문서의 글이 {share}% 겹쳐 한 문서의 두 판으로 견주었습니다. 내용 비교는 --view contents로 봅니다."
    return f"두 문서의 글이 {share}% 겹쳐 서로 다른 문서로 견주었습니다. 판 비교는 --view versions로 봅니다."


def _words(comparison: Comparison, draft: Draft, arguments: Arguments, masked: bool) -> str:
    """What is printed: a list of the changes; where personal data are masked or a report is made, the document."""
    if not masked and arguments.view != "merge":
        return words_of_versions(comparison) if comparison.versions else words_of_contents(comparison)
    return write_text(draft, lay_out(draft)).decode("utf-8-sig").replace("\r\n", "\n").rstrip()


def _section(draft: Draft, place: int) -> dict[str, Any]:
    section = draft.sections[place]
    data: dict[str, Any] = {
        "id": section.id,
        "title": section.title,
        "text": section.text,
        "evidence": [
            {"source": each.source, "page": each.page, "text": each.text} for each in section.evidence
        ],
    }  # fmt: skip
    if section.rows:
        data["rows"] = [list(row) for row in section.rows]
    return data


def _masked(value: object, sources: Sequence[Document]) -> object:
    known = tuple(pair for source in sources for pair in values_of(source.text, find_private(source.text)))

    def through(each: object) -> object:
        if isinstance(each, str):
            return mask_text(each, known)
        if isinstance(each, Mapping):
            return {key: item if key in _NAMES else through(item) for key, item in each.items()}
        return [through(item) for item in each] if isinstance(each, list) else each

    return through(value)

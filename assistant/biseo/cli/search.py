"""`biseo search`: passages of the library."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from typing import Any

from biseo.cli.arguments import Arguments
from biseo.cli.console import Console
from biseo.cli.library import opened
from biseo.errors import UsageError
from biseo.library import Filter, Hit
from biseo.library.errors import library_error

_MOST_BATCH = 32 << 20
_NOTHING = "자료실에 폴더가 없습니다. biseo library add 폴더로 먼저 넣어 주세요."


def run_search(arguments: Arguments, console: Console, cancel: Event) -> int:
    """Find passages for one question, or for each line of a file.

    Raises:
        UserFacingError: with what happened and what to do.
        Cancelled: the user stopped it.
    """
    if (arguments.batch is None) == (not arguments.query.strip()):
        raise UsageError(
            "no-query", "찾을 말이나 질문 파일 가운데 하나를 적어 주세요.", 'biseo search "예산 편성" 꼴로 써 주세요.'
        )
    questions = [arguments.query] if arguments.batch is None else _questions(arguments.batch)
    kinds = frozenset(kind.strip().lower().removeprefix(".") for kind in arguments.kind.split(",") if kind.strip())
    within = Filter(arguments.folder, kinds, arguments.since, arguments.until)
    with opened(console, cancel, read=True) as library:
        if not library.folders():
            console.note(_NOTHING)
        library.warm()
        found = [(question, library.search(question, arguments.top, within)) for question in questions]
    if arguments.batch is None:
        console.result([_data(hit) for hit in found[0][1]], _words(found[0][1]))
    else:
        data = [{"query": question, "results": [_data(hit) for hit in hits]} for question, hits in found]
        console.result(data, "\n\n".join(f"[{question}]\n{_words(hits)}" for question, hits in found))
    return 0


def _questions(path: Path) -> list[str]:
    from biseo.readers.decode import decode

    try:
        if path.stat().st_size > _MOST_BATCH:
            raise library_error("no-batch")
        text, _unread = decode(path.read_bytes())
    except (OSError, ValueError):
        raise library_error("no-batch") from None
    return [line.strip() for line in text.replace("\r", "\n").split("\n") if line.strip()]


def _data(hit: Hit) -> dict[str, Any]:
    return {
        "rank": hit.rank,
        "score": hit.score,
        "source": hit.source,
        "page": hit.page,
        "text": hit.text,
        "head": hit.head,
        "article": hit.article,
        "start": hit.start,
        "stop": hit.stop,
        "marks": [list(mark) for mark in hit.marks],
        "snippet": {"text": hit.snippet.text, "marks": [list(mark) for mark in hit.snippet.marks]},
        "copies": list(hit.copies),
    }


def _words(hits: list[Hit]) -> str:
    if not hits:
        return "찾은 대목이 없습니다."
    lines = []
    for hit in hits:
        place = (
            Path(hit.source).name + (f" {hit.page}쪽" if hit.page else "") + (f" {hit.article}" if hit.article else "")
        )
        lines.append(f"{hit.rank}. {place}\n   {_marked(hit)}\n   {hit.source}")
    return "\n".join(lines)


def _marked(hit: Hit) -> str:
    """The snippet with brackets around what was looked for."""
    text, pieces, place = hit.snippet.text, [], 0
    for start, stop in hit.snippet.marks:
        pieces += [text[place:start], "[", text[start:stop], "]"]
        place = stop
    return "".join([*pieces, text[place:]])

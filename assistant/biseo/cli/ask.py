"""`biseo ask`: a question answered from the library, with citations."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from typing import Any

from biseo import paths
from biseo.asking import DOUBTED, NEAREST, NOT_ADVICE, Reply, ask
from biseo.cli.arguments import Arguments
from biseo.cli.console import Console
from biseo.cli.library import opened
from biseo.errors import ModelError, UsageError
from biseo.events import Progress
from biseo.library import Hit
from biseo.policy import Policy
from biseo_models.catalogue import ModelStore
from biseo_models.engine import Engine
from biseo_models.opening import open_engine

_NOTHING = "자료실에 폴더가 없습니다. biseo library add 폴더로 먼저 넣어 주세요."
_NO_MODEL = "쓸 수 있는 언어 모델이 없어 찾은 문장만으로 답했습니다."
_PASSAGES = "모델을 쓰지 않고 찾은 대목만 보여 드립니다."
_MOST_QUESTION = 1_000
_SHORT = 160


def run_ask(arguments: Arguments, console: Console, cancel: Event, policy: Policy) -> int:
    """Answer a question, or show the passages only.

    Raises:
        UserFacingError: with what happened and what to do.
        Cancelled: the user stopped it.
    """
    question = " ".join(arguments.query.split())
    if not question or len(question) > _MOST_QUESTION:
        raise UsageError(
            "no-question",
            "질문이 없거나 너무 깁니다.",
            f'biseo ask "처리기간은 며칠까지 늘릴 수 있나요?"처럼 {_MOST_QUESTION:,}자 안쪽으로 적어 주세요.',
        )
    with opened(console, cancel, read=True) as library:
        if not library.folders():
            console.note(_NOTHING)
        if arguments.passages:
            hits = tuple(library.search(question, arguments.top))
            console.result(_passages_data(hits), _passages_words(hits))
            return 0
        engine = _engine(policy, console)
        try:
            reply = None
            for event in ask(question, library, engine, cancel):
                if isinstance(event, Progress):
                    console.progress(event.done, event.total, event.label)
                elif isinstance(event, Reply):
                    reply = event
        finally:
            if engine is not None:
                engine.close()
    assert reply is not None
    console.result(reply_data(reply), reply_words(reply))
    return 0


def _engine(policy: Policy, console: Console) -> Engine | None:
    """The model, not loaded yet; a question that rules alone decide never loads it."""
    try:
        return open_engine(ModelStore(paths.models_folder(), allowed=policy.models), policy.models)
    except ModelError:
        console.note(_NO_MODEL)
        return None


def reply_data(reply: Reply) -> dict[str, Any]:
    """The reply as the contract's JSON, with more beside it."""
    numbers = {citation: number for number, citation in enumerate(reply.citations, 1)}
    return {
        "answer": reply.text,
        "refused": reply.refused,
        "citations": [
            {
                "source": each.source, "page": each.page, "text": each.text, "article": each.article,
                "start": each.start, "stop": each.stop,
            }
            for each in reply.citations
        ],
        "sentences": [
            {"text": each.text, "citations": [numbers[one] for one in each.citations], "verbatim": each.verbatim}
            for each in reply.sentences
        ],
        "nearest": [_hit_data(hit) for hit in reply.nearest],
        "legal": reply.legal,
        "notice": NOT_ADVICE if reply.legal else "",
        "subject": reply.subject,
        "by_model": reply.by_model,
        "doubted": reply.doubted,
    }  # fmt: skip


def reply_words(reply: Reply) -> str:
    """The reply for people: the answer, then what it rests on."""
    if reply.refused:
        lines = [reply.text]
        if reply.nearest:
            lines += [NEAREST, "", *_hits(reply.nearest)]
        return "\n".join(lines)
    numbers = {citation: number for number, citation in enumerate(reply.citations, 1)}
    lines = [
        f"{each.text} {''.join(f'[{numbers[one]}]' for one in each.citations)}" for each in reply.sentences
    ]  # fmt: skip
    lines += ["", "근거"]
    for each, number in numbers.items():
        lines.append(f"[{number}] {_place(each.source, each.page, each.article)}")
        lines.append(f'    "{each.text}"')
        lines.append(f"    {each.source}")
    lines.append("")
    lines.append("답은 자료의 문장을 그대로 옮긴 것입니다. 앞뒤 내용을 확인한 뒤 써 주세요.")
    if reply.doubted:
        lines.append(DOUBTED)
    if reply.legal:
        lines.append(NOT_ADVICE)
    return "\n".join(lines)


def _passages_data(hits: tuple[Hit, ...]) -> dict[str, Any]:
    return {"answer": "", "refused": False, "citations": [], "nearest": [_hit_data(hit) for hit in hits]}


def _passages_words(hits: tuple[Hit, ...]) -> str:
    return "\n".join([_PASSAGES, "", *_hits(hits)]) if hits else "찾은 대목이 없습니다."


def _hit_data(hit: Hit) -> dict[str, Any]:
    return {
        "source": hit.source, "page": hit.page, "text": hit.text, "article": hit.article, "start": hit.start,
        "stop": hit.stop,
    }  # fmt: skip


def _hits(hits: tuple[Hit, ...]) -> list[str]:
    lines = []
    for number, hit in enumerate(hits, 1):
        words = " ".join(hit.text.split())
        lines.append(f"{number}. {_place(hit.source, hit.page, hit.article or hit.head.split(chr(10))[-1])}")
        lines.append(f"   {words if len(words) <= _SHORT else words[:_SHORT] + '…'}")
        lines.append(f"   {hit.source}")
    return lines


def _place(source: str, page: int | None, article: str) -> str:
    parts = [Path(source).name, article, f"{page}쪽" if page else ""]
    return ", ".join(part for part in parts if part)

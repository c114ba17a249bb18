"""What of the sources was read, and what the draft rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from biseo.document import Section
from biseo.drafting.digest.reading import Digested
from biseo.drafting.sources import ReadSource
from biseo.events import Coverage


def coverage_of(sources: Sequence[ReadSource], sections: Iterable[Section], digested: Digested | None) -> Coverage:
    """The account of a finished draft: every page is read or named."""
    passages = sum(len(source.passages) for source in sources)
    unread = {source.name: source.unread for source in sources}
    total = sum(source.pages for source in sources)
    rests: dict[str, set[int]] = {}
    plain: dict[str, None] = {}
    for section in sections:
        for evidence in section.evidence:
            if evidence.page is None:
                plain[evidence.source] = None
            else:
                rests.setdefault(evidence.source, set()).add(evidence.page)
    rests_on = [f"{name} {page_list(sorted(pages))}" for name, pages in rests.items()]
    return Coverage(
        total - sum(map(len, unread.values())),
        total,
        passages,
        passages,
        tuple(f"{name} {page_list(pages)}" for name, pages in unread.items() if pages),
        (*rests_on, *(name for name in plain if name not in rests)),
        digested.parts if digested else 0,
        digested.by_model if digested else 0,
    )


def page_list(pages: Sequence[int]) -> str:
    """Pages as people write them: `1쪽, 3~5쪽`; they are sorted."""
    spans: list[list[int]] = []
    for page in pages:
        if spans and page == spans[-1][1] + 1:
            spans[-1][1] = page
        else:
            spans.append([page, page])
    return ", ".join(f"{first}쪽" if first == last else f"{first}~{last}쪽" for first, last in spans)


def told(coverage: Coverage) -> str:
    """One line for people: `자료 1,000쪽 가운데 998쪽을 읽음 (읽지 못한 쪽: …) · 근거: …`."""
    words = (
        f"자료 {coverage.pages_total:,}쪽 가운데 {coverage.pages_read:,}쪽"
        f"(문장과 표의 행 {coverage.passages_read:,}개)을 읽었습니다."
    )
    if coverage.unreadable:
        words += f" 글이 없거나 읽지 못한 쪽: {' · '.join(coverage.unreadable)}."
    if coverage.parts:
        words += f" 규칙은 {coverage.parts:,}부분을 모두, 모델은 {coverage.parts_by_model:,}부분을 읽었습니다."
    if coverage.rests_on:
        words += f" 근거로 삼은 곳: {' · '.join(coverage.rests_on)}."
    return words

"""The table of city cases as a document that the writers can write."""

from __future__ import annotations

from collections.abc import Sequence

from biseo.cases.case import CELL_NAMES, Case, Cell, Part
from biseo.citation import Citation
from biseo.document import MISSING, Draft, Evidence, Grade, Section

_CELLS: tuple[Cell, ...] = ("content", "budget", "lesson")


def cases_draft(cases: Sequence[Case], sources: Sequence[str], grade: Grade = "") -> Draft:
    """도시, 내용, 예산, 시사점, each statement with a number that leads to its sentence, file and page below."""
    numbers: dict[tuple[str, int, int], int] = {}
    cited: list[Citation] = []

    def number(citation: Citation) -> int:
        key = (citation.path, citation.start, citation.stop)
        if key not in numbers:
            numbers[key] = len(numbers) + 1
            cited.append(citation)
        return numbers[key]

    def lines(parts: Sequence[Part]) -> str:
        many = len(parts) > 1
        told = [f"{'· ' if many else ''}{part.text} [{number(part.citation)}]" for part in parts]
        return "\n".join(told) or MISSING

    rows: list[tuple[str, ...]] = [("도시", *(CELL_NAMES[cell] for cell in _CELLS))]
    for case in cases:
        city = f"{case.city} [{number(case.named)}]"  # no name without its place
        rows.append((city, *(lines(case.cell(cell)) for cell in _CELLS)))
    proof: list[tuple[str, ...]] = [("번호", "원문", "출처(쪽)")]
    proof += [(str(place), " ".join(one.text.split()), _source(one)) for place, one in enumerate(cited, 1)]
    about = (
        f"사례 파일: {', '.join(sources)}\n파일의 문장을 규칙에 따라 줄여 옮겼습니다. "
        f"대괄호 안의 수는 아래 근거표의 번호이며, {MISSING}은 파일에 적혀 있지 않은 내용입니다."
    )
    evidence = tuple(Evidence(one.source, one.page, " ".join(one.text.split())) for one in cited)
    sections = (
        Section("about", "", about, "rule", heading=False),
        Section("cases", "비교표", _words(rows), "rule", evidence, rows=tuple(rows), header_rows=1),
        Section("proof", "근거표", _words(proof), "rule", evidence, rows=tuple(proof), header_rows=1),
    )
    return Draft("city_cases", "plain", "도시 사례 비교표", sections, grade=grade, by_rule=True)


def _source(citation: Citation) -> str:
    return f"{citation.source}({citation.page}쪽)" if citation.page else citation.source


def _words(rows: Sequence[tuple[str, ...]]) -> str:
    return "\n".join("\t".join(row) for row in rows)

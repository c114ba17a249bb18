"""Where a statement of a document stands, to the letter."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Citation:
    """The place of a statement.

    Attributes:
        source: name of the file.
        path: where the file is.
        page: 1-based; None where the format has none.
        place: article or headings above it, `제5조(상황 전파)`, `대응 단계 > 상황관리반`.
        start, stop: offsets in the document's text; `text` stands there.
        text: the manual's own words, white space as in the file.
    """

    source: str
    path: str
    page: int | None
    place: str
    start: int
    stop: int
    text: str

    def __str__(self) -> str:
        parts = [self.source, self.place, f"{self.page}쪽" if self.page else ""]
        return ", ".join(part for part in parts if part)

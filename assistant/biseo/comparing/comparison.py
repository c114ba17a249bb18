"""The way through: documents in, the view of them out, with progress on the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from biseo.checks.passages import source_names
from biseo.comparing.matters import Matter, find_matters
from biseo.comparing.shared import Statement, find_statements
from biseo.comparing.stopping import Stop
from biseo.comparing.units import Contents, take_apart
from biseo.comparing.versions import VERSIONS, VersionDifference, compare_versions, share_kept
from biseo.document import Document
from biseo.errors import UsageError
from biseo.events import Progress
from biseo_models.engine import CancelFlag

View = Literal["versions", "contents"]


@dataclass(frozen=True)
class Comparison:
    """What was found.

    Attributes:
        view: whether the documents were compared as versions of one, or by what they say.
        kept: of two documents, how much of the shorter is in the other (0 to 1); None for more.
        texts: the documents, taken apart, the older version first.
        versions: the difference where `view` is `versions`, else None.
        statements, matters: what they say, where `view` is `contents`.
    """

    view: View
    kept: float | None
    texts: tuple[Contents, ...]
    versions: VersionDifference | None = None
    statements: tuple[Statement, ...] = ()
    matters: tuple[Matter, ...] = ()

    @property
    def likely(self) -> View:
        """The view that fits the documents, whatever was chosen."""
        return "versions" if self.kept is not None and self.kept >= VERSIONS else "contents"


@dataclass(frozen=True)
class Compared:
    """The comparison is done."""

    comparison: Comparison


def compare_documents(
    documents: Sequence[Document], view: View | None = None, cancel: CancelFlag | None = None
) -> Iterator[Progress | Compared]:
    """Compare two or more documents.

    Args:
        documents: the older version first.
        view: how to look at them; None chooses by how much two of them share.

    Raises:
        UsageError: fewer than two documents, or versions of more than two.
        Cancelled: the user stopped it.
    """
    if len(documents) < 2:
        raise UsageError("too-few", "견줄 문서가 두 개보다 적습니다.", "문서를 두 개 이상 골라 주세요.")
    if view == "versions" and len(documents) > 2:
        raise UsageError(
            "too-many", "판 비교는 문서 두 개로만 할 수 있습니다.", "문서를 두 개만 고르거나 내용 비교를 골라 주세요."
        )
    stop = Stop(cancel)
    steps = len(documents) + 2
    texts = []
    for number, (document, name) in enumerate(zip(documents, source_names(documents), strict=True)):
        yield Progress(number, steps, "문서를 문장으로 나누는 중")
        texts.append(take_apart(document, name, stop))
    yield Progress(len(documents), steps, "문서를 견주는 중")
    kept = share_kept(texts[0], texts[1], stop) if len(texts) == 2 else None
    chosen = view or ("versions" if kept is not None and kept >= VERSIONS else "contents")
    if chosen == "versions":
        difference = compare_versions(texts[0], texts[1], stop)
        yield Compared(Comparison("versions", kept, tuple(texts), versions=difference))
        return
    statements = find_statements(texts, stop)
    yield Progress(len(documents) + 1, steps, "숫자와 항목을 맞추는 중")
    matters = find_matters(texts, stop)
    yield Compared(Comparison("contents", kept, tuple(texts), statements=statements, matters=matters))

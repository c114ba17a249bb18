"""Sources that the model cannot hold, made to fit: all of them read, the weightiest lines kept in levels.

Every line is read and weighed by rule. The model reads the weightiest part of every stretch, or all parts when asked
to, and what it finds worth telling weighs more; the words stay those of the source. So a thousand pages are read in
minutes, nothing is left out unread, and no fact goes through the small model's hands.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from biseo.document import Document, Evidence
from biseo.drafting.digest.by_model import AT_ONCE, Digests, chosen_by, read_parts
from biseo.drafting.digest.levels import KEPT, Digest, Point, choose, reduce
from biseo.drafting.digest.lines import Line, lines_of
from biseo.drafting.digest.parts import PART_TOKENS, Part, split_parts
from biseo.drafting.digest.weights import weigh
from biseo.drafting.prompts import document_text
from biseo.drafting.request import How
from biseo.drafting.sources import ReadSource
from biseo.drafting.wording import unmarked
from biseo.errors import Cancelled
from biseo.events import Progress
from biseo_models.engine import CancelFlag, Engine, Stats

MODEL_PARTS = AT_ONCE
"""Parts the model reads of its own accord, all side by side: a minute or two, whatever the length."""

_AT_ONCE = 400
"""Lines counted between two looks at the cancel flag."""

_HEADING_TOKENS = 12


@dataclass(frozen=True)
class Digested:
    """Long sources as they fit the model.

    Attributes:
        texts: (name, text) of every source, as prompts take them.
        points: the lines they are made of, in order.
        parts: parts the sources were cut into; `by_model` of them the model read.
        levels: how often what was kept was put together and made shorter again.
    """

    texts: tuple[tuple[str, str], ...]
    points: tuple[Point, ...]
    parts: int
    by_model: int
    levels: int
    stats: Stats = field(default_factory=Stats)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The lines that are sentences, with the headings above them, as the rules of the drafting take them."""
        found: list[str] = []
        above = ""
        for point in self.points:
            if point.above and point.above != above:
                above = point.above
                found.append(unmarked(above))
            if not point.head:
                found.append(unmarked(point.text))
        return tuple(found)

    def spread(self, count: int) -> list[Evidence]:
        """The weightiest lines with figures, from all stretches of the sources alike."""
        able = [point for point in self.points if any(map(str.isdigit, unmarked(point.text)))]
        bounds = [number * len(able) // count for number in range(count + 1)]
        stretches = [able[first:last] for first, last in itertools.pairwise(bounds) if last > first]
        best = [max(stretch, key=lambda point: (not point.head, point.weight)) for stretch in stretches]
        return [point.evidence[0] for point in best]


@dataclass(frozen=True)
class LongSources:
    """What is to be read, and for what.

    Attributes:
        read: the sources as the model would read them, beside their documents.
        names: what each source is called in the store, by its name.
        cues: words that the sections of the task look for.
        wanted: words of what the official asked about.
        barred: characters that the model must not write.
        how: who reads beside the rules.
    """

    read: Sequence[ReadSource]
    documents: Sequence[Document]
    names: Mapping[str, str]
    cues: frozenset[str] = frozenset()
    wanted: frozenset[str] = frozenset()
    barred: str = ""
    how: How = "auto"


def digest_sources(
    engine: Engine, sources: LongSources, room: int, digests: Digests, cancel: CancelFlag
) -> Iterator[Progress | Digested]:
    """Read everything and keep what fits `room` tokens; the last event is `Digested`.

    Raises:
        Cancelled: the flag was set; the model's digests that are whole are kept.
        ModelError: the model failed; the same.
    """
    lines = lines_of(sources.read, sources.documents)
    lengths: list[int] = []
    pages = _Pages(sources)
    for first in range(0, len(lines), _AT_ONCE):
        if cancel.is_set():
            raise Cancelled
        batch = lines[first : first + _AT_ONCE]
        lengths += engine.count([line.text for line in batch])
        yield pages.progress(batch[-1], first + len(batch), len(lines))
    most = min(PART_TOKENS, max(64, engine.info().context // 3))
    parts = split_parts(lines, lengths, most)
    weights = weigh(lines, sources.cues, sources.wanted)
    made = [_points(part, weights, lengths) for part in parts]
    chosen = _for_the_model(parts, made, sources.how)
    asked = [parts[place] for place in chosen]
    if asked:
        yield Progress(0, len(asked), _by_model_label(0, asked))
    read = read_parts(engine, asked, digests, sources.names, sources.barred, cancel)
    stats = Stats()
    for done, (place, raw, cost) in enumerate(read, 1):
        stats = stats + cost
        made[chosen[place]] = chosen_by(raw, asked[place], made[chosen[place]])
        yield Progress(done, len(asked), _by_model_label(done, asked))
    level = [
        Digest(choose(points, int(part.tokens * KEPT)), part.source, frozenset((part.source, n) for n in part.pages))
        for part, points in zip(parts, made, strict=True)
    ]
    yield replace(_fitting(engine, level, room, parts, len(asked)), stats=stats)


def _fitting(engine: Engine, level: Sequence[Digest], room: int, parts: Sequence[Part], by_model: int) -> Digested:
    """The digests reduced until their text, counted as a whole, fits."""
    goal = room
    while True:
        reduced, levels = reduce(level, goal)
        points = tuple(point for digest in reduced for point in digest.points)
        by_source = groupby(points, key=lambda point: point.evidence[0].source)
        texts = tuple((name, _text(list(own))) for name, own in by_source)
        length = engine.count([document_text(list(texts))])[0]
        if length <= room or goal < 32:
            return Digested(texts, points, len(parts), by_model, levels + 1)
        goal = min(goal * room // length, goal - 16)


def _text(points: Sequence[Point]) -> str:
    """The lines under their headings; rows under the head of their table."""
    out: list[str] = []
    above = head = ""
    for point in points:
        if point.above and point.above != above:
            out.append(point.above)
        if point.head and point.head != head:
            out.append(point.head)
        above, head = point.above, point.head
        out.append(point.text)
    return "\n".join(out)


def _points(part: Part, weights: Sequence[float], lengths: Sequence[int]) -> list[Point]:
    return [
        Point(
            line.text,
            (line.evidence,),
            line.place,
            weights[line.place],
            lengths[line.place] + 1 + (_HEADING_TOKENS if line.above else 0) + (len(line.head) * 3 // 4),
            line.above,
            line.head,
        )
        for line in part.lines
        if weights[line.place] > 0
    ]


def _for_the_model(parts: Sequence[Part], points: Sequence[Sequence[Point]], how: How) -> list[int]:
    """Places of the parts that the model reads: the weightiest of every stretch of the sources."""
    able = [place for place, own in enumerate(points) if own]
    if how == "rule":
        return []
    if how == "all" or len(able) <= MODEL_PARTS:
        return able
    weight = {place: sum(sorted((point.weight for point in points[place]), reverse=True)[:5]) for place in able}
    stretches = [
        able[number * len(able) // MODEL_PARTS : (number + 1) * len(able) // MODEL_PARTS]
        for number in range(MODEL_PARTS)
    ]
    return [max(stretch, key=weight.__getitem__) for stretch in stretches]


def _by_model_label(done: int, asked: Sequence[Part]) -> str:
    return f"모델이 중요한 부분 읽는 중 – {done:,} / {len(asked):,}부분"


class _Pages:
    """How far the reading is, in pages where the sources have them."""

    def __init__(self, sources: LongSources) -> None:
        self._before: dict[str, int] = {}
        self._total = 0
        self._paged = True
        for source, document in zip(sources.read, sources.documents, strict=True):
            self._before[source.name] = self._total
            self._total += source.pages
            self._paged = self._paged and document.pages is not None

    def progress(self, line: Line, done: int, lines: int) -> Progress:
        if not self._paged:
            return Progress(done, lines, f"긴 자료 읽는 중 – {done:,} / {lines:,}줄 읽음")
        page = self._before[line.source] + (line.page or 0)
        page = self._total if done == lines else min(page, self._total)
        return Progress(page, self._total, f"긴 자료 읽는 중 – {page:,} / {self._total:,}쪽 읽음", pages=True)

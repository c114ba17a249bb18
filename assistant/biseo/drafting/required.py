"""What a draft must hold: the sentences of the sources that carry facts, each given to the section that is to say it.

A small model drops facts, so they are not left to it: what a section lacks when the model is done is put there from its
sentence. How many sentences are required is bounded by what the sections may hold; of a long source the more telling
ones are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from biseo.checks.facts import FactBase
from biseo.drafting.bench import LONGEST_SENTENCE
from biseo.drafting.quadrants import quadrant_of
from biseo.drafting.wording import said_in
from biseo.tasks.definition import SectionPlan
from biseo.text.facts import Fact, find_facts
from biseo.text.similarity import pairs

KINDS = frozenset({"date", "period", "time", "amount", "count", "percent", "phone"})
SHARE_OF_PROSE = 0.8
"""How much of a section's longest length required sentences may claim."""

SPARE = 2
"""Lines that a list may have beyond its most, for what it must say."""

SAID = 0.6
"""Share of a sentence's syllable pairs that a text must hold to say it."""

SAID_WITH_FACTS = 0.3
"""The same where the text has all of its facts."""

_SHORTEST = 12


@dataclass(frozen=True)
class Required:
    """A sentence of the sources that the draft must say; `place` is its place among them."""

    sentence: str
    place: int

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        return _numbers(self.sentence)

    @cached_property
    def _pairs(self) -> frozenset[str]:
        return pairs(self.sentence)

    def said_in(self, lines: Iterable[str]) -> bool:
        """Whether these lines say it: all of its facts, and enough of its words."""
        text = "\n".join(lines)
        enough = (SAID_WITH_FACTS if self.facts else SAID) * len(self._pairs)
        return bool(text) and len(self._pairs & pairs(text)) >= enough and self.facts_in(text)

    def facts_in(self, text: str) -> bool:
        """Whether a text has every one of its facts."""
        base = FactBase((), (text,))
        return all(base.support(fact) for fact in self.facts)


def share_out(sentences: Sequence[str], plans: Sequence[SectionPlan]) -> dict[str, tuple[Required, ...]]:
    """The required sentences by the section that is to say them, in the order of the sources.

    Paragraphs and lists take part. A sentence goes to the list with the most of its cue words that still has room, and
    where there is none, to the section that may hold most; what is left makes lists a little longer. Of an analysis
    only sentences with numbers are required, each in its quadrant.

    Args:
        sentences: of the sources, in their order.
        plans: all sections of the document.
    """
    homes = [plan for plan in plans if _takes_part(plan)]
    if not homes:
        return {}
    quoted = any(plan.shape == "quotation" for plan in plans)
    sharing = _Sharing(homes)
    left: list[Required] = []
    for place in _by_weight(sentences):
        if sharing.full and len(left) >= SPARE * len(homes):
            break
        one = Required(sentences[place], place)
        if quoted and "“" in one.sentence:
            continue  # a person's words have their own place
        if not sharing.take(one):
            left.append(one)
    for one in left:
        sharing.take(one, SPARE)
    lead = next((plan for plan in homes if plan.shape == "paragraph" and plan.lines[1]), None)
    if lead:
        _move_news(sharing.shared[sharing.largest.id], sharing.shared[lead.id])
    return {name: tuple(sorted(ones, key=lambda one: one.place)) for name, ones in sharing.shared.items() if ones}


class _Sharing:
    """Sections with the room they have left and what they were given."""

    def __init__(self, homes: Sequence[SectionPlan]) -> None:
        self._homes = homes
        self._rooms = {plan.id: _room(plan) for plan in homes}
        self._chosen: list[str] = []
        self.largest = max(homes, key=lambda plan: self._rooms[plan.id])
        self.shared: dict[str, list[Required]] = {plan.id: [] for plan in homes}

    @property
    def full(self) -> bool:
        return max(self._rooms.values()) < 1

    def take(self, one: Required, spare: int = 0) -> bool:
        """Give a sentence to the most suitable section with room; said twice in the sources, it counts as given.

        Args:
            spare: lines that a list may hold beyond its most.
        """
        if said_in(one.sentence, self._chosen):
            return True
        for plan in _suitable(self._homes, one.sentence, self.largest):
            cost, more = (len(one.sentence), 0) if plan.shape == "paragraph" else (1, spare)
            if self._rooms[plan.id] + more >= cost:
                self._rooms[plan.id] -= cost
                self.shared[plan.id].append(one)
                self._chosen.append(one.sentence)
                return True
        return False


def _move_news(body: list[Required], lead: list[Required]) -> None:
    """What the sources say first in a whole sentence is the news."""
    whole = sorted((one for one in body if one.sentence.endswith("다.")), key=lambda one: one.place)
    if whole:
        body.remove(whole[0])
        lead.append(whole[0])


def _numbers(sentence: str) -> tuple[Fact, ...]:
    return tuple(fact for fact in find_facts(sentence, quotations=False) if fact.kind in KINDS)


def _takes_part(plan: SectionPlan) -> bool:
    return plan.origin == "model" and plan.shape in ("items", "swot", "paragraph") and not plan.answers


def _room(plan: SectionPlan) -> float:
    """Lines of a list, characters of prose; prose of few sentences has none to give away."""
    if plan.shape in ("items", "swot"):
        return float(plan.lines[1])
    return 0.0 if plan.lines[1] else SHARE_OF_PROSE * plan.chars[1]


def _suitable(plans: Sequence[SectionPlan], sentence: str, largest: SectionPlan) -> list[SectionPlan]:
    """The sections that may say a sentence, the most suitable first."""
    if largest.shape == "swot":
        return [plan for plan in plans if plan.id == quadrant_of(sentence)] if _numbers(sentence) else []
    counts = [(sum(min(len(cue), 3) - 0.7 for cue in plan.cues if cue in sentence), plan) for plan in plans]
    cued = [plan for count, plan in sorted(counts, key=lambda pair: -pair[0]) if count]
    return [plan for plan in cued if not any(word in sentence for word in plan.against)] + [largest]


def _by_weight(sentences: Sequence[str]) -> list[int]:
    """Places of the sentences that can be required, the weightiest first.

    Facts weigh most, then what other sentences speak of too, then what stands first.
    """
    known = [pairs(sentence) for sentence in sentences]
    common = Counter(pair for own in known for pair in own)
    weights: dict[int, float] = {}
    for place, (sentence, own) in enumerate(zip(sentences, known, strict=True)):
        if not _SHORTEST <= len(sentence) <= LONGEST_SENTENCE:
            continue
        facts = bool(_numbers(sentence))
        shared = sum(common[pair] > 1 for pair in own) / max(1, len(own))
        weights[place] = 2 * facts + shared + 1 - place / len(sentences)
    return sorted(weights, key=lambda place: -weights[place])

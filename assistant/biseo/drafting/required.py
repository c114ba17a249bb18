"""What a draft must hold: the sentences of the sources that carry facts, each given to the section that is to say it.

A small model drops facts, so they are not left to it: what a section lacks when the model is done is put there from its
sentence. How many sentences are required is bounded by what the sections may hold; of a long source the more telling
ones are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from biseo.checks.facts import FactBase
from biseo.drafting.bench import LONGEST_SENTENCE
from biseo.drafting.quadrants import is_favourable, is_heading, quadrant_of, quadrant_until_judged
from biseo.drafting.wording import said_in
from biseo.tasks.definition import SectionPlan
from biseo.text.facts import Fact, find_facts
from biseo.text.similarity import pairs

KINDS = frozenset({"date", "period", "time", "amount", "count", "number", "percent", "phone"})
SHARE_OF_PROSE = 0.8
"""How much of a section's longest length required sentences may claim."""

SPARE = 2
"""Lines that a list may have beyond its most, for what it must say."""

SPARE_OF_ANALYSIS = 6
"""The same for a quadrant: where a sentence belongs there, it can go to no other."""

SAID = 0.6
"""Share of a sentence's syllable pairs that a text must hold to say it."""

SAID_WITH_FACTS = 0.3
"""The same where the text has all of its facts."""

HEADED = 6.0
"""What the heading of the source weighs that names a section; a cue of three syllables weighs 2.3."""

JUDGED = 2.0
"""What it weighs for a section of problems that a sentence tells of something bad."""

_CALENDAR = frozenset({"date", "period", "time", "phone"})
_YEARS = re.compile(r"\d{4}(?:/\d{4})?")
_QUOTED = re.compile(r"[“\"][^”\"]{10,}[”\"]")
_FIGURE = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_SHORTEST, _SHORTEST_WITH_FACTS = 12, 7


@dataclass(frozen=True)
class Required:
    """A sentence of the sources that the draft must say; `place` is its place among them."""

    sentence: str
    place: int

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        return _numbers(self.sentence)

    @cached_property
    def figures(self) -> frozenset[str]:
        """Numbers that are no fact of a known kind: 3,100전, 50㎜."""
        return _other_numbers(self.sentence)

    @cached_property
    def _pairs(self) -> frozenset[str]:
        return pairs(self.sentence)

    def said_in(self, lines: Iterable[str]) -> bool:
        """Whether these lines say it: all of its facts, and enough of its words."""
        text = "\n".join(lines)
        enough = (SAID_WITH_FACTS if self.facts or self.figures else SAID) * len(self._pairs)
        return bool(text) and len(self._pairs & pairs(text)) >= enough and self.facts_in(text)

    def facts_in(self, text: str) -> bool:
        """Whether a text has every one of its facts."""
        base = FactBase((), (text,))
        return self.figures <= frozenset(_FIGURE.findall(text)) and all(base.support(fact) for fact in self.facts)


def share_out(
    sentences: Sequence[str], plans: Sequence[SectionPlan], headings: Mapping[str, str] | None = None
) -> dict[str, tuple[Required, ...]]:
    """The required sentences by the section that is to say them, in the order of the sources.

    Paragraphs and lists take part. A sentence goes to the list that its heading names or with the most of its cue words
    that still has room, and where there is none, to the section that may hold most; what is left makes lists a little
    longer. Of an analysis only sentences with numbers are required, each in its quadrant; those that words call neither
    good nor bad are among the strengths or the opportunities until the official has judged them.

    Args:
        sentences: of the sources, in their order.
        plans: all sections of the document.
        headings: the heading of the source above a sentence, by sentence.
    """
    homes = [plan for plan in plans if _takes_part(plan)]
    if not homes:
        return {}
    quoted = any(plan.shape == "quotation" for plan in plans)
    sharing = _Sharing(homes, headings or {})
    left: list[Required] = []
    for place in _by_weight(sentences):
        if sharing.full and len(left) >= SPARE * len(homes):
            break
        if is_heading(sentences[place]):
            continue
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


def needs(plan: SectionPlan, ones: Sequence[Required], headings: Mapping[str, str]) -> list[Required]:
    """Those of a section's required sentences that it cannot spare: the few it has, and those under its own heading."""
    if len(ones) <= plan.lines[0]:
        return list(ones)
    return [one for one in ones if _is_headed(plan, headings.get(one.sentence, ""))]


def spare_lines(plan: SectionPlan) -> int:
    """Lines that a list may have beyond its most, for what it must say; of an analysis no figure may be lost."""
    return SPARE_OF_ANALYSIS if plan.shape == "swot" else SPARE


class _Sharing:
    """Sections with the room they have left and what they were given."""

    def __init__(self, homes: Sequence[SectionPlan], headings: Mapping[str, str]) -> None:
        self._homes = homes
        self._headings = headings
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
        if said_in(one.sentence, self._chosen) and one.facts_in("\n".join(self._chosen)):
            return True
        heading = self._headings.get(one.sentence, "")
        for plan in _suitable(self._homes, one.sentence, heading, self.largest):
            cost, more = (len(one.sentence), 0) if plan.shape == "paragraph" else (1, spare and spare_lines(plan))
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


def _other_numbers(sentence: str) -> frozenset[str]:
    spans = [(fact.start, fact.end) for fact in find_facts(sentence, quotations=False)]
    found = _FIGURE.finditer(sentence)
    return frozenset(one[0] for one in found if not any(start <= one.start() < end for start, end in spans))


def _matters(sentence: str) -> bool:
    """Whether a sentence has a figure that an analysis must hold: an amount, a count, a year, not a day or an hour."""
    if _QUOTED.search(sentence):
        return False
    facts = find_facts(sentence, quotations=False)
    counted = any(fact.kind in KINDS - _CALENDAR or _YEARS.fullmatch(fact.value) for fact in facts)
    return counted or bool(_other_numbers(sentence))


def _has_number(sentence: str) -> bool:
    return bool(_FIGURE.search(sentence))


def _takes_part(plan: SectionPlan) -> bool:
    return plan.origin == "model" and plan.shape in ("items", "swot", "paragraph") and not plan.answers


def _room(plan: SectionPlan) -> float:
    """Lines of a list, characters of prose; prose of few sentences has none to give away."""
    if plan.shape in ("items", "swot"):
        return float(plan.lines[1])
    return 0.0 if plan.lines[1] else SHARE_OF_PROSE * plan.chars[1]


def _suitable(plans: Sequence[SectionPlan], sentence: str, heading: str, largest: SectionPlan) -> list[SectionPlan]:
    """The sections that may say a sentence, the most suitable first."""
    if any(plan.shape == "swot" for plan in plans):
        if not _matters(sentence):
            return []
        named = quadrant_of(sentence, heading) or quadrant_until_judged(sentence, heading)
        return [plan for plan in plans if plan.id == named]
    counts = {plan.id: _suits(plan, sentence, heading) for plan in plans}
    cued = sorted((plan for plan in plans if counts[plan.id] > 0), key=lambda plan: -counts[plan.id])
    others = [plan for plan in plans if plan not in cued and plan is not largest and plan.shape != "paragraph"]
    fitting = [plan for plan in (*cued, *others) if not any(word in sentence for word in plan.against)]
    return [*fitting[: len(cued)], largest, *fitting[len(cued) :]]


def _suits(plan: SectionPlan, sentence: str, heading: str) -> float:
    """How well a sentence suits a section: the words of its own, and what the heading above it names."""
    count = sum(min(len(cue), 3) - 0.7 for cue in plan.cues if _has(sentence, cue))
    if plan.judged == "bad" and is_favourable(sentence) is False:
        count += JUDGED
    return count + (HEADED if _is_headed(plan, heading) else 0.0)


def _is_headed(plan: SectionPlan, heading: str) -> bool:
    """Whether a heading of the source names the section."""
    return bool(heading) and any(word in heading for word in (plan.title.split()[-1], *plan.headings))


def _has(sentence: str, cue: str) -> bool:
    """Whether a sentence has a cue; one syllable must stand as a word or behind a number (시는, 34곳)."""
    if len(cue) > 1:
        return cue in sentence
    return cue in sentence and bool(re.search(_alone(cue), sentence))


@cache
def _alone(cue: str) -> str:
    return rf"(?:(?<![가-힣\d]) ?|(?<=\d) ?){cue}(?:[은는이가을를에의과와도로](?:서|서는)?)?(?![가-힣])"


def _by_weight(sentences: Sequence[str]) -> list[int]:
    """Places of the sentences that can be required, the weightiest first.

    Facts weigh most, then what other sentences speak of too, then what stands first.
    """
    known = [pairs(sentence) for sentence in sentences]
    common = Counter(pair for own in known for pair in own)
    weights: dict[int, float] = {}
    for place, (sentence, own) in enumerate(zip(sentences, known, strict=True)):
        if not _SHORTEST_WITH_FACTS <= len(sentence) <= LONGEST_SENTENCE:
            continue
        facts = _has_number(sentence)
        if len(sentence) < _SHORTEST and not facts:
            continue
        shared = sum(common[pair] > 1 for pair in own) / max(1, len(own))
        weights[place] = 2 * facts + shared + 1 - place / len(sentences)
    return sorted(weights, key=lambda place: -weights[place])

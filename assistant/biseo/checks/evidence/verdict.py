"""Whether a passage carries a sentence: everything the sentence says must be said there, and nothing may disagree."""

from __future__ import annotations

import re
from typing import Protocol

from biseo.checks.evidence.meanings import EXCLUSIVE, NEGATIVE, OPPOSITES, SAYING
from biseo.checks.evidence.reading import Claim, Reading
from biseo.checks.evidence.words_of import Word
from biseo.text.people import same_post
from biseo.text.similarity import likeness

_LEAST = 2
"""Things in common that a passage must have of its own, numbers included."""
_ENDS_OF_PERIODS = {"시작": ("부터",), "마친": ("까지",)}
_REPORTED = re.compile(r"(?:" + "|".join(sorted(SAYING)) + r")[가-힣]{0,4}[.]?$")


class Around(Protocol):
    """What a passage takes for granted; looked up only when it is asked for.

    Attributes:
        above: its headings and the head of its table.
        before: the sentence before it.
        people: names and posts of whom it names, in full, else of who was named last before it.
        frame: keys of the last date before it.
        places: every place that its source names.
    """

    @property
    def above(self) -> Reading: ...
    @property
    def before(self) -> Reading | None: ...
    @property
    def people(self) -> tuple[tuple[str, str], ...]: ...
    @property
    def frame(self) -> frozenset[str]: ...
    @property
    def places(self) -> frozenset[str]: ...


def carries(sentence: Reading, passage: Reading, around: Around) -> float:
    """How well the passage carries the sentence; 0 when it does not."""
    if sentence.letters in passage.closed:
        return 2.0
    if not _people_agree(sentence, passage, around) or not _places_agree(sentence, passage, around):
        return 0.0
    if _excluded(sentence, passage) or any(quote not in passage.letters for quote in sentence.quotations):
        return 0.0
    own = _claims_in(sentence, passage, around)
    if own is None or _misplaced(sentence, passage):
        return 0.0
    words = _words_in(sentence, passage, around)
    if words is None or not words or words + own < min(_LEAST, len(sentence.said_words) + len(sentence.claims)):
        return 0.0
    if words + own < _LEAST:
        return 0.0
    return 1.0 + likeness(sentence.pairs, passage.pairs)


def _words_in(sentence: Reading, passage: Reading, around: Around) -> int | None:
    """How many of the sentence's words the passage says itself; None when it lacks one or denies one."""
    things: set[str] = set()
    missing_verbs = 0
    for word in sentence.said_words:
        clauses = _find(word, passage)
        if clauses is None:
            if word.kind == "verb":
                missing_verbs += 1
            elif not _taken_for_granted(word, passage, around):
                return None
            continue
        if not _polarity_agrees(word, clauses, sentence, passage):
            return None
        things.add(word.meaning or word.stem)
    if missing_verbs and (missing_verbs > 1 or len(things) + len(sentence.claims) < 3):
        return None
    return len(things)


def _taken_for_granted(word: Word, passage: Reading, around: Around) -> bool:
    if word.stem.startswith(NEGATIVE) and any(passage.denied):
        return True  # how something is denied is for the polarity to compare
    if word.meaning in _ENDS_OF_PERIODS and any(end in passage.text for end in _ENDS_OF_PERIODS[word.meaning]):
        return True
    if _find(word, around.above) is not None:
        return True
    return word.topic and around.before is not None and _find(word, around.before) is not None


def _find(word: Word, passage: Reading) -> set[int] | None:
    """Clauses of the passage that say the word; empty when it is said across clauses, None when it is not said."""
    stem = word.stem
    found = passage.by_stem.get(stem)
    if found:
        return found
    if word.meaning:
        found = passage.by_meaning.get(word.meaning)
        if found:
            return found
    if word.kind == "verb" or len(stem) < 3:
        found = passage.by_key.get(word.key) if word.kind != "noun" else None
        if found:
            return found
    found = {clause for token, clause in passage.tokens if stem in token}
    if found:
        return found
    if len(stem) >= 3 and stem in passage.joined:
        return set()
    if len(stem) >= 3 and stem[0] == "재":
        rest = {clause for token, clause in passage.tokens if stem[1:] in token}
        if rest and ("다시" in passage.text or "재" in passage.text):
            return rest
    return _find_parts(stem, passage) if len(stem) >= 4 and word.kind != "verb" else None


def _find_parts(stem: str, passage: Reading) -> set[int] | None:
    """A compound whose two halves stand in the passage as words of their own."""
    for cut in range(2, len(stem) - 1):
        if stem[:cut] in passage.by_stem and stem[cut:] in passage.by_stem:
            return passage.by_stem[stem[cut:]]
    return None


def _polarity_agrees(word: Word, clauses: set[int], sentence: Reading, passage: Reading) -> bool:
    """Whether what is said of the word is denied in both or in neither."""
    if not clauses or not (word.argument or word.start in sentence.predicates):
        return True
    if word.topic and len(sentence.starts) > 1:
        return True
    denied = sentence.denied[word.clause]
    if any(passage.denied[clause] == denied for clause in clauses):
        return True
    # What the passage is about holds for all of its clauses.
    return any(
        theirs.topic and theirs.clause in clauses and len(passage.starts) > 1 and _same_word(word, theirs)
        for theirs in passage.words
    )


def _same_word(one: Word, other: Word) -> bool:
    return one.stem in other.stem or bool(one.meaning and one.meaning == other.meaning)


def _excluded(sentence: Reading, passage: Reading) -> bool:
    """Whether they say opposite things, or two of which only one can be meant."""
    for meaning in sentence.by_meaning:
        opposites = OPPOSITES.get(meaning)
        if opposites and meaning not in passage.by_meaning and not opposites.isdisjoint(passage.by_meaning):
            return True
    for group in EXCLUSIVE:
        mine = {word for word in group if _says(sentence, word)}
        if mine:
            theirs = {word for word in group if _says(passage, word)}
            if theirs and not mine <= theirs:
                return True
    return False


def _says(reading: Reading, word: str) -> bool:
    return word in reading.text and any(token.startswith(word) for token, _ in reading.tokens)


def _people_agree(sentence: Reading, passage: Reading, around: Around) -> bool:
    for name, post in sentence.people:
        if any(_same_name(name, other) and _posts_agree(post, known) for other, known in around.people):
            continue
        if len(name) > 1 and not passage.people and name in passage.joined:
            continue
        return False
    return True


def _same_name(one: str, other: str) -> bool:
    return one == other or ((len(one) == 1 or len(other) == 1) and one[0] == other[0])


def _posts_agree(one: str, other: str) -> bool:
    return not one or not other or same_post(one, other) or same_post(other, one)


def _places_agree(sentence: Reading, passage: Reading, around: Around) -> bool:
    for place in sentence.places:
        if place in passage.places or place in passage.joined:
            continue
        if place not in around.places or (passage.places and passage.places.isdisjoint(sentence.places)):
            return False
    return True


def _claims_in(sentence: Reading, passage: Reading, around: Around) -> int | None:
    """How many of the sentence's numbers the passage says itself; None when one is missing or belongs elsewhere."""
    own = 0
    for claim in sentence.claims:
        said = [other for other in passage.claims if not other.said.isdisjoint(claim.asked)]
        if said:
            if not _belongs(claim, said, passage):
                return None
            own += 1
        elif _halves_said(claim, passage):
            own += 1
        elif around.above.said.isdisjoint(claim.asked) and not _framed(claim, sentence, passage, around):
            return None
    return own


def _halves_said(claim: Claim, passage: Reading) -> bool:
    """A period whose two ends the passage names one by one."""
    for key in claim.asked:
        kind, _, value = key.partition(" ")
        if kind == "period" and "/" in value:
            first, second = value.split("/")
            half = "time" if ":" in first else "date"
            return {f"{half} {first}", f"{half} {second}"} <= passage.said
        if kind == "count" and "~" in value:
            ends, _, unit = value.partition(" ")
            return {f"count {end} {unit}" for end in ends.split("~")} <= passage.said
    return False


def _framed(claim: Claim, sentence: Reading, passage: Reading, around: Around) -> bool:
    """The day on which something was said stands in the report's first sentence only."""
    if claim.sort != "date" or any(other.sort in ("date", "period") for other in passage.claims):
        return False
    return not around.frame.isdisjoint(claim.asked) and bool(_REPORTED.search(sentence.text.rstrip()))


def _belongs(claim: Claim, said: list[Claim], passage: Reading) -> bool:
    """Whether the number is said of the same thing: the word before it, and whether it is the old or the new value."""
    if claim.role and any(other.role for other in said) and not any(other.role in ("", claim.role) for other in said):
        return False
    if not claim.label:
        return True
    alike = [other for other in passage.claims if other.label and _same_label(claim.label, other.label)]
    rivals = [other for other in alike if other.sort == said[0].sort or passage.row]
    return not rivals or any(other in rivals for other in said)


def _same_label(one: str, other: str) -> bool:
    return one in other or other in one


def _misplaced(sentence: Reading, passage: Reading) -> bool:
    """Whether a number is taken from one clause of the passage and what it is said of from another that has its own."""
    if len(passage.starts) < 2 or not sentence.claims:
        return False
    asked = {key for claim in sentence.claims for key in claim.asked}
    for claim in sentence.claims:
        homes = {other.clause for other in passage.claims if not other.said.isdisjoint(claim.asked)}
        if not homes:
            continue
        sort = next(other.sort for other in passage.claims if not other.said.isdisjoint(claim.asked))
        rivals = {
            other.clause
            for other in passage.claims
            if other.sort == sort and other.said.isdisjoint(asked) and other.clause not in homes
        }
        if not rivals:
            continue
        for word in sentence.said_words:
            if word.clause != claim.clause:
                continue
            places = {theirs.clause for theirs in passage.words if not theirs.topic and word.stem in theirs.stem}
            if places and places <= rivals:
                return True
    return False

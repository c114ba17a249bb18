"""A question that goes on from earlier ones: what it left out is taken from them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from biseo.asking.question import Asked, Term, understood
from biseo.asking.reply import Turn
from biseo.asking.wants import ANYTHING
from biseo.checks.evidence.meanings import EXCLUSIVE

_GOES_ON = re.compile(
    r"^\s*(?:그럼|그러면|그렇다면|그리고|그런데|그래서|그때|그건|그게|그것|이건|이때|이것|거기|여기|혹시\s그)"
    r"|(?:^|\s)(?:그|이)\s[가-힣]+|거기|그때|그것|그건|그\s?(?:사람|날|경우)"
)
_ELLIPSIS = re.compile(r"(?:은|는|면|도|에는|에서는|까지는)요\s*\??\s*$")
_POINTING = re.compile(
    r"^\s*(?:그럼|그러면|그렇다면|그리고|그런데|그래서|그때는?|이때는?)\s*,?|(?:^|(?<=\s))(?:그건|그게|그것[은을도]?|거기[에서는]*|여기[에서는]*)\s"
)
_MOST_CARRIED = 4
_CARRIED = 0.5
_STANDS_ALONE = 2
"""Names from which on a question that does not point back stands alone."""


def continued(question: str, earlier: Sequence[Turn]) -> Asked:
    """A question understood as the next one of a conversation.

    Args:
        earlier: turns before it, oldest first.
    """
    bare = _POINTING.sub(" ", question).strip() or question
    ellipsis = _ELLIPSIS.search(bare)
    asked = understood(re.sub(r"요(\s*\??\s*)$", r"\1", bare) if ellipsis else bare)
    if not earlier:
        return asked if bare == question else replace(asked, text=" ".join(question.split()))
    last = earlier[-1]
    follows = bool(_GOES_ON.search(question)) or bool(ellipsis)
    own = [term for term in asked.terms if term.name]
    within = frozenset(source for source, _ in last.cited)
    if not follows and len(own) >= _STANDS_ALONE:
        return replace(asked, within=within)
    before = understood(last.question)
    carried = _left_out(last.subject, asked.terms)
    if ellipsis and asked.want is ANYTHING:
        # 그럼 주말에는요? asks what was asked, of something else
        asked = replace(asked, want=replace(before.want, hard=False), echo=before.echo, rate=before.rate)
        carried = _joined(carried, [term for term in before.terms if not term.name], asked.terms)
    return replace(asked, carried=carried, within=within, follows=follows)


def _left_out(subject: str, terms: Sequence[Term]) -> tuple[Term, ...]:
    """Names of the subject that the question does not say, and nothing that excludes what it says."""
    names = list(dict.fromkeys(subject.split()))[-_MOST_CARRIED:]
    found = [term for name in names for term in understood(name + "은?").terms]
    return _joined((), found, terms)


def _joined(first: Sequence[Term], more: Sequence[Term], terms: Sequence[Term]) -> tuple[Term, ...]:
    said = {term.stem for term in terms}
    shut_out = {word for group in EXCLUSIVE for word in group if any(word in stem for stem in said)}
    barred = {other for group in EXCLUSIVE if not shut_out.isdisjoint(group) for other in group}
    kept = {term.stem: replace(term, weight=_CARRIED * term.weight, focus=False) for term in (*first, *more)}
    return tuple(term for stem, term in kept.items() if stem not in said and not any(word in stem for word in barred))

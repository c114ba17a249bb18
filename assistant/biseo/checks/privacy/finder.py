"""All personal data of a text, in order and without overlap."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from biseo.checks.privacy.addresses import find_addresses
from biseo.checks.privacy.again import find_again
from biseo.checks.privacy.births import find_births
from biseo.checks.privacy.contacts import find_contacts
from biseo.checks.privacy.identity import find_identity
from biseo.checks.privacy.kinds import LABELS, Kind, PersonalData, authority_of, severity_of
from biseo.checks.privacy.money import find_money
from biseo.checks.privacy.names import find_names
from biseo.checks.privacy.reading import Reading
from biseo.checks.privacy.vehicles import find_vehicles
from biseo.document import Finding
from biseo.text.particles import attach

_FINDERS: tuple[Callable[[Reading], Iterator[PersonalData]], ...] = (
    find_identity,
    find_contacts,
    find_money,
    find_vehicles,
    find_births,
    find_addresses,
    find_names,
)
"""What is found first keeps its place where two finds overlap."""


def find_private(text: str, known: Sequence[tuple[Kind, str]] = ()) -> tuple[PersonalData, ...]:
    """Every place where personal data stands; offsets refer to `text`.

    A public official's name, post and office telephone in the course of duty is none (정보공개법 제9조제1항제6호 라목).

    Args:
        known: values found elsewhere; they are found here too, in whatever form and without any word around them.
    """
    lines = "".join(f"{' '.join(value.split())}\n" for _, value in known)
    reading = Reading.of(lines + "\n\n" + text if known else text)
    found = without_overlap(chain(_known(reading, known), *(finder(reading) for finder in _FINDERS)))
    found = without_overlap([*found, *find_again(reading, found)])
    shift = len(lines) + 2 if known else 0
    placed = (_original(reading, item) for item in found)
    return tuple(
        replace(item, start=item.start - shift, end=item.end - shift) for item in placed if item.start >= shift
    )


def _known(reading: Reading, known: Sequence[tuple[Kind, str]]) -> Iterator[PersonalData]:
    for number, (kind, _) in enumerate(known):
        line = reading.line(number)
        start = reading.line_begin(number)
        if line:
            yield PersonalData(kind, start, start + len(line))


def find_personal(text: str, section: str = "") -> tuple[Finding, ...]:
    """The same as findings of a check: rules `PRIVACY_…`, one a place."""
    return tuple(as_finding(item, text, section) for item in find_private(text))


def as_finding(item: PersonalData, text: str, section: str = "") -> Finding:
    """A place with personal data as a finding; what to do is left to the official."""
    return Finding(
        rule=f"PRIVACY_{item.kind.upper()}",
        severity=severity_of(item.kind),
        start=item.start,
        end=item.end,
        text=text[item.start : item.end],
        message=f"{attach(LABELS[item.kind], '이')} 들어 있습니다. 꼭 필요한지 확인하고, 아니면 가려 주세요.",
        authority=authority_of(item.kind),
        section=section,
    )


def without_overlap(items: Iterable[PersonalData]) -> list[PersonalData]:
    """The items by place; one that overlaps an earlier given one is left out."""
    kept: list[PersonalData] = []
    taken = bytearray()
    for item in items:
        if len(taken) < item.end:
            taken.extend(bytes(item.end - len(taken)))
        if not any(taken[item.start : item.end]):
            taken[item.start : item.end] = b"\1" * (item.end - item.start)
            kept.append(item)
    return sorted(kept, key=lambda item: item.start)


def _original(reading: Reading, item: PersonalData) -> PersonalData:
    start, end = reading.original(item.start, item.end)
    keep = reading.original(item.start, item.start + item.keep)[1] - start if item.keep else 0
    return PersonalData(item.kind, start, end, keep)

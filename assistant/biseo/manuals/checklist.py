"""Check lists of manuals: actions put together, chosen and grouped by role or stage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from biseo.checks.passages import passages_of
from biseo.document import Document
from biseo.manuals.action import NO_ROLE, NO_STAGE, Action, Steps
from biseo.manuals.actions import find_actions, find_steps

_ORDER = ("평시", "예방", "사전", "대비", "관심", "주의", "경계", "심각", "대응", "복구", "사후")


@dataclass(frozen=True)
class Manual:
    """What one or several manuals tell to do.

    Attributes:
        sources: names of the files, in order.
        actions: in reading order, the same thing told twice only once.
        steps: procedures.
        sentences: every sentence and table row, also those that tell nobody to do anything.
    """

    sources: tuple[str, ...]
    actions: tuple[Action, ...]
    steps: tuple[Steps, ...]
    sentences: tuple[str, ...] = ()

    @property
    def roles(self) -> tuple[str, ...]:
        """Every role, in the order in which they come; `NO_ROLE` last where it is needed."""
        return _names((action.roles for action in self.actions), NO_ROLE)

    @property
    def stages(self) -> tuple[str, ...]:
        """Every stage, from before a disaster to after it; others as they come."""
        return tuple(sorted(_names((action.stages for action in self.actions), NO_STAGE), key=stage_order))


def read_manuals(documents: Sequence[Document], names: Sequence[str]) -> Manual:
    """The actions and procedures of manuals; `names` are what they are called in citations."""
    actions: list[Action] = []
    steps: list[Steps] = []
    sentences: list[str] = []
    for document, name in zip(documents, names, strict=True):
        actions += find_actions(document, name)
        steps += find_steps(document, name)
        sentences += [passage.text for passage in passages_of(document, name) if not passage.heading]
    return Manual(tuple(names), _once(actions), tuple(steps), tuple(sentences))


def chosen(actions: Iterable[Action], role: str = "", stage: str = "") -> tuple[Action, ...]:
    """The actions of a role and a stage; names match whole or as a part, blanks aside. Empty matches everything."""
    return tuple(
        action
        for action in actions
        if _matches(action.roles or (NO_ROLE,), role) and _matches(action.stages or (NO_STAGE,), stage)
    )


def by_role(actions: Iterable[Action]) -> dict[str, tuple[Action, ...]]:
    """The actions of each role, those of one stage together; an action of two roles stands under both."""
    groups: dict[str, list[Action]] = {}
    for action in actions:
        for role in action.roles or (NO_ROLE,):
            groups.setdefault(role, []).append(action)
    if NO_ROLE in groups:
        groups[NO_ROLE] = groups.pop(NO_ROLE)
    return {role: tuple(sorted(group, key=_first_stage)) for role, group in groups.items()}


def by_stage(actions: Iterable[Action]) -> dict[str, tuple[Action, ...]]:
    """The actions of each stage, in the order of the stages."""
    groups: dict[str, list[Action]] = {}
    for action in actions:
        for stage in action.stages or (NO_STAGE,):
            groups.setdefault(stage, []).append(action)
    return {stage: tuple(groups[stage]) for stage in sorted(groups, key=stage_order)}


def stage_order(stage: str) -> int:
    """Place of a stage; what is none of the usual ones keeps its order behind them."""
    if stage == NO_STAGE:
        return len(_ORDER) + 1
    return _ORDER.index(stage) if stage in _ORDER else len(_ORDER)


def _first_stage(action: Action) -> int:
    return stage_order(action.stages[0] if action.stages else NO_STAGE)


def _matches(names: Iterable[str], wanted: str) -> bool:
    packed = "".join(wanted.split())
    return not packed or any(packed in "".join(name.split()) for name in names)


def _names(groups: Iterable[tuple[str, ...]], nothing: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    missing = False
    for group in groups:
        found.update(dict.fromkeys(group))
        missing = missing or not group
    return (*found, *((nothing,) if missing else ()))


def _once(actions: Iterable[Action]) -> tuple[Action, ...]:
    """The same words for the same roles and stages stand once, with every place that says so."""
    kept: dict[tuple[str, tuple[str, ...], tuple[str, ...]], Action] = {}
    for action in actions:
        key = ("".join(filter(str.isalnum, action.text)), action.roles, action.stages)
        if key in kept:
            kept[key] = replace(kept[key], also=(*kept[key].also, action.citation))
        else:
            kept[key] = action
    return tuple(kept.values())

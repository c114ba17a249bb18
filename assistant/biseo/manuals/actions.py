"""Everything that a manual tells somebody to do, by rule: in items, sentences and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from biseo.checks.passages import file_name
from biseo.citation import Citation
from biseo.document import Document
from biseo.manuals.action import Action, Steps
from biseo.manuals.cells import actions_of_table
from biseo.manuals.outline import Entry, outline
from biseo.manuals.predicates import asks_whether, core, is_lead, names_doing, tells_to
from biseo.manuals.roles import Told, aliases_in, roles_of_label, told_in
from biseo.manuals.stages import in_sentence, stages_of_label, timing_of
from biseo.manuals.words import listed
from biseo.text.sentences import split_sentences

_SHORT_LABEL = 26
_OBJECT = re.compile(r"[가-힣](?:을|를|에게|에서|으로|에)\s")
_IN_BRACKETS = re.compile(r"[(（【\[]([^)）】\]]+)[)）】\]]")
_ARROWS = re.compile(r"\s*(?:→|⇒|➡|▶|⟶|->|➔)\s*")
_FRAME = " []<>〈〉【】()·-–:：*.,"
_NUMBER = re.compile(
    r"제\s?\d+\s?(?:조(?:의\s?\d+)?|장|절|편|관)\s*[(（【\[]?|^[Ⅰ-Ⅻ]\s?[.．]?\s*|^\d+(?:[.-]\d+)*[.)]?\s+"
)
_CLAUSE = re.compile(r"[①-⑳]\s*")
_PROCEDURE = ("절차", "순서", "흐름도", "흐름", "처리과정", "진행과정", "방법")
_CHECKING = ("점검", "확인", "체크")
_MOST_STEPS = 7


@dataclass(frozen=True)
class _Source:
    """A document with its whole text, which is joined once, and what it is called."""

    path: str
    text: str
    name: str


def find_actions(document: Document, name: str = "") -> tuple[Action, ...]:
    """The actions of a manual in reading order.

    Args:
        name: what the manual is called in citations; the file's name where nothing is given.
    """
    name = name or file_name(document)
    source = _Source(document.path, document.text, name)
    aliases = aliases_in(source.text)
    found: list[Action] = []
    for entry in outline(document):
        if entry.kind == "heading" or _is_quiet(entry):
            continue
        if entry.kind == "table":
            found += [
                _action(source, entry, Told(cell.roles, cell.helpers, cell.text), cell.start, cell.stop,
                        cell.stages, cell.timing, aliases)
                for cell in actions_of_table(entry)
            ]  # fmt: skip
            continue
        found += _of_line(source, entry, aliases)
    return tuple(found)


def find_steps(document: Document, name: str = "") -> tuple[Steps, ...]:
    """Procedures: numbered items under words that say so (… 절차), and lines of arrows (접수 → 분류 → 처리)."""
    name = name or file_name(document)
    source = _Source(document.path, document.text, name)
    entries = outline(document)
    found: list[Steps] = []
    children: dict[int, list[Entry]] = {}
    for entry in entries:
        if entry.above:
            children.setdefault(id(entry.above[-1]), []).append(entry)
        if entry.kind in ("item", "paragraph") and len(parts := _ARROWS.split(_after_colon(entry.text))) >= 3:
            steps = tuple(" ".join(part.split()).strip(" .") for part in parts)
            lead = _before_colon(entry.text) or (_bare(entry.above[-1].text) if entry.above else "")
            if all(2 <= len(step) <= 30 for step in steps) and lead and _ends_as(lead, _PROCEDURE):
                found.append(Steps(lead, steps, _cite(source, entry, entry.start, entry.start + len(entry.text))))
    for entry in entries:
        lead = _bare(entry.text)
        if entry.kind not in ("heading", "label", "item") or not _ends_as(lead, _PROCEDURE):
            continue
        items = [one for one in children.get(id(entry), []) if one.kind == "item" and _counts(one.mark)]
        if len(items) < 3 or len(items) > _MOST_STEPS or len({one.depth for one in items}) > 1:
            continue
        start, stop = items[0].start, items[-1].start + len(items[-1].text)
        citation = _cite(source, items[0], start, stop)
        steps = tuple(" ".join(one.text.split()) for one in items)
        if len({re.sub(r"\s", "", step) for step in steps}) == len(steps):
            found.append(Steps(lead, steps, citation))
    return tuple(found)


def _counts(mark: str) -> bool:
    return bool(re.match(r"\(?\d|[①-⑳]|[가-하][.)]|\([가-하]\)", mark))


def _ends_as(lead: str, ends: tuple[str, ...]) -> bool:
    packed = re.sub(r"[(（][^)）]*[)）]", "", lead).replace(" ", "")
    return packed.endswith(ends)


def _bare(label: str) -> str:
    return _NUMBER.sub("", " ".join(label.split())).strip(_FRAME)


def _after_colon(text: str) -> str:
    head, colon, rest = text.partition(":")
    return rest if colon and "→" not in head else text


def _before_colon(text: str) -> str:
    head, colon, _ = text.partition(":")
    return _bare(head) if colon and "→" not in head else ""


def _is_quiet(entry: Entry) -> bool:
    """Whether it stands in a section that only tells how things are (목적, 정의, 현황)."""
    for label in entry.above:
        if label.kind not in ("heading", "label", "item") or len(label.text) > _SHORT_LABEL + 10:
            continue
        if _bare(label.text).replace(" ", "") in listed("quiet"):
            return True
        article = re.search(r"[(（【\[]([^)）】\]]+)[)）】\]]", label.text) if label.depth == 7 else None
        if article and article[1].replace(" ", "") in listed("quiet"):
            return True
    return False


def _of_line(source: _Source, entry: Entry, aliases: dict[str, str]) -> Iterator[Action]:
    """The actions of one line: each of its sentences, or the line as an item that ends in a noun of doing."""
    if _ARROWS.search(entry.text) and len(_ARROWS.split(entry.text)) >= 3:
        return
    sentences = split_sentences(entry.text)
    before: tuple[str, ...] = ()
    for place, span in enumerate(sentences):
        clause = _CLAUSE.match(span.text)
        skipped = clause.end() if clause else 0
        told = told_in(span.text[skipped:])
        before = told.roles or (() if clause else before)
        last = place == len(sentences) - 1
        if not _is_action(entry, told, span.text, last=last, only=len(sentences) == 1):
            continue
        if not told.roles and before:
            told = Told(before, told.helpers, told.text, told.start)
        start = entry.start + span.start + skipped + told.start
        stop = entry.start + span.end
        yield _action(source, entry, told, start, stop, (), "", aliases)


def _is_action(entry: Entry, told: Told, sentence: str, *, last: bool, only: bool) -> bool:
    text = told.text
    if is_lead(text):
        return False
    if tells_to(text):
        # 본부 아래에 상황실을 둔다: how it is made up, unless somebody is told to
        if core(text).endswith(("둔다", "구성한다")) and not told.roles:
            return False
        return not (entry.kind == "note" and not told.roles and "참고" in text)
    if entry.kind not in ("item",) or not last:
        return False
    words = core(text).split()
    if not names_doing(text):
        return asks_whether(text) and len(words) >= 2 and _stands_under(entry, _CHECKING)
    if (entry.below or entry.followed) and len(text) <= _SHORT_LABEL and not _OBJECT.search(text) and not told.start:
        return False
    return (len(words) >= 2 or bool(told.start)) and only


def _stands_under(entry: Entry, words: tuple[str, ...]) -> bool:
    return any(word in label.text for label in entry.above[-2:] for word in words)


def _action(
    source: _Source,
    entry: Entry, told: Told, start: int, stop: int, stages: tuple[str, ...],
    timing: str, aliases: dict[str, str],
) -> Action:  # fmt: skip
    words = source.text[start:stop]
    roles = told.roles or _roles_above(entry)
    own = in_sentence(told.text)
    stages = own or stages or _stages_above(entry)
    text = " ".join(words.split())
    return Action(
        text,
        tuple(dict.fromkeys(aliases.get(role, role) for role in roles)),
        tuple(dict.fromkeys(aliases.get(role, role) for role in told.helpers)),
        stages,
        timing or timing_of(told.text),
        _cite(source, entry, start, stop),
        text[told.subject[0] - told.start : told.subject[1] - told.start] if told.words else "",
    )


def _cite(source: _Source, entry: Entry, start: int, stop: int) -> Citation:
    return Citation(source.name, source.path, entry.page, entry.place, start, stop, source.text[start:stop])


def _words_of(label: Entry) -> str:
    """What a line above says; of a line of the deepest kind what stands in its brackets."""
    bracket = _IN_BRACKETS.search(label.text) if label.depth == 7 else None
    return bracket[1] if bracket else label.text


def _roles_above(entry: Entry) -> tuple[str, ...]:
    """The role of the nearest line above: a heading that is one, or a sentence that has one as its subject."""
    for label in reversed(entry.above):
        if label.depth == 1:
            continue
        words = _words_of(label)
        found = roles_of_label(_bare(words))
        if found:
            return found
        told = told_in(words)
        if told.roles and (told.start or told.words or is_lead(words)) and label.kind != "heading":
            return told.roles
    return ()


def _stages_above(entry: Entry) -> tuple[str, ...]:
    for label in reversed(entry.above):
        if label.depth == 1:
            continue
        words = _words_of(label)
        found = stages_of_label(_bare(words) or words) if len(words) <= 45 else in_sentence(words)
        if found:
            return found
    return ()

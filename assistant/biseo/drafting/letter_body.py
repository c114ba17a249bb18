"""The body of an official letter: what it is about in one sentence by rule, then the particulars as items below it."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from biseo.checks.style import check_style
from biseo.document import MISSING, Section
from biseo.drafting.asking import Answer, Question
from biseo.drafting.form import FilledForm
from biseo.drafting.letter import is_internal, officially
from biseo.drafting.lists import NOTHING_FOUND, ListWriter
from biseo.drafting.one_line import answer_lines, line_question, says_the_same
from biseo.drafting.subject import related
from biseo.drafting.wording import unmarked
from biseo.drafting.writer import SectionWriter
from biseo.events import DraftEvent, Notice, SectionStarted, SectionText
from biseo.tasks.definition import SectionPlan
from biseo.text.characters import ITEM_SYLLABLES
from biseo.text.dates import format_official, parse_full_date
from biseo.text.facts import find_facts
from biseo.text.noun_endings import to_outline
from biseo.text.official_tone import ASKING, ruled_sentence, to_letter_sentence
from biseo.text.particles import attach
from biseo.text.sentences import split_sentences
from biseo.text.similarity import pairs
from biseo_models.engine import CancelFlag

ENOUGH = 3
"""Labelled facts from which on the sources need no further lines."""

LONGEST_VALUE = 120
FULL_DATE = len("2026-01-06")
_ADDED = 0.3
"""Share of a worded note's syllable pairs that the note does not have."""

_OPTIONAL = re.compile(r"\[\[(?P<given>[^\]|]*)(?:\|(?P<absent>[^\]|]*))?\]\]")
_TOPIC = re.compile(r"\{topic\}(?P<first>[가-힣]{1,2})\([가-힣]\)")
_ANNOUNCES = re.compile(r"\s*(?:에 대한|을|를)?\s+(?:요청|의뢰|알림|안내|통보|회신|송부|답변)$")
_LEADS_ON = re.compile(r"(?:에 (?:따른|대한|관한)|[을를] 위한)$")
"""What is left behind a topic once the words that it led to are gone: 확대에 따른 (협조 요청)."""
_LABELLED = re.compile(r"(?P<label>[가-힣A-Za-z·][가-힣A-Za-z·\s]{0,13})\s*[:：](?!\d)\s*(?P<value>\S.*)")
_UNTIL = re.compile(r"\s*까지$")
_MARK = "ㅇ"


@dataclass(frozen=True)
class LetterWords:
    """What the official gave for the body of a letter.

    Attributes:
        lines: the lines of the sources, in which labelled facts are looked for.
        numbered: whether another item (관련) stands before the opening, so that it has a number itself.
    """

    form: FilledForm
    opening_plan: SectionPlan
    notes_field: str
    lines: tuple[str, ...]
    numbered: bool

    @property
    def sentence(self) -> str:
        """The opening by rule."""
        form = self.form
        template = dict(self.opening_plan.templates)[form.words(self.opening_plan.field)]
        due = _with_weekday(_UNTIL.sub("", officially(self._in_its_year(form.words("due")))))
        text = _OPTIONAL.sub(lambda part: part["given"] if due else part["absent"] or "", template)
        topic = topic_of(form.words("subject"), text)
        text = _TOPIC.sub(lambda slot: attach(topic, slot["first"]), text)
        return officially(text.replace("{topic}", topic).replace("{due}", due))

    def _in_its_year(self, due: str) -> str:
        """A day without a year with the year that the sources name it in, where that is one year."""
        day = next((fact for fact in find_facts(due) if fact.kind == "date" and fact.value.startswith("--")), None)
        if day is None:
            return due
        dates = {fact.value for line in self.lines for fact in find_facts(line) if fact.kind == "date"}
        named = [each for each in dates if len(each) == FULL_DATE and each.endswith(day.value[1:])]
        if len(named) != 1:
            return due
        return f"{due[: day.start]}{format_official(date.fromisoformat(named[0]))}{due[day.end :]}"

    @property
    def asks(self) -> bool | None:
        """Whether the letter asks its readers for something; None where it may do either (알림)."""
        return True if self.sentence.endswith(ASKING) else None if "알려" in self.sentence else False

    @property
    def internal(self) -> bool:
        return is_internal(self.form)

    @cached_property
    def _noted(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Labelled lines and notes, as the official wrote them."""
        labelled: list[str] = []
        notes: list[str] = []
        for line in self.form.words(self.notes_field).splitlines():
            bare = unmarked(line)
            match = _LABELLED.fullmatch(bare)
            if match:
                labelled.append(officially(f"{match['label'].strip()}: {match['value']}"))
            elif bare:
                notes += [span.text for span in split_sentences(bare)]
        return tuple(labelled), tuple(notes)

    @property
    def notes(self) -> tuple[str, ...]:
        return self._noted[1]

    def labelled(self, labels: Sequence[str]) -> list[str]:
        """Lines `일시: …`: those of the official first, then those of the sources that he did not give."""
        own, subject = list(self._noted[0]), self.form.words("subject")
        for label, found in self._wanted(labels):
            value = found[0]
            if _name(value) not in _name("\n".join([subject, *own])):
                own.append(officially(f"{label}: {value}"))
        return own

    def doubtful(self, labels: Sequence[str]) -> list[str]:
        """Names of facts for which the sources give several values, of which the first was taken."""
        return [label for label, found in self._wanted(labels) if len(found) > 1]

    def _wanted(self, labels: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
        """The labels that the sources have values for and the official has not given himself, with the values.

        One with a word before the name (추진 기간) stands for a name that no line has bare (기간).
        """
        given = {_name(line.partition(":")[0]) for line in self._noted[0]}
        known = {_name(label) for label in labels}
        longer = [label for label in self._values if " " in label and _name(label) not in known]
        bare = {_name(label): label for label in self._values}
        for label in labels:
            name = bare.get(_name(label)) or next((each for each in longer if each.split()[-1] == label), "")
            if name and _name(label) not in given and _name(name) not in given:
                yield label if _name(name) == _name(label) else name, self._values[name]

    @cached_property
    def _values(self) -> dict[str, list[str]]:
        """Values of the sources by the name of the fact as the first line has it, each once, in order."""
        names: dict[str, str] = {}
        found: dict[str, dict[str, None]] = {}
        for label, value in self._source_values():
            name = names.setdefault(_name(label), label.strip())
            found.setdefault(name, {})[officially(value)] = None
        return {label: list(values) for label, values in found.items()}

    def _source_values(self) -> Iterator[tuple[str, str]]:
        for line in self.lines:
            cells = [cell.strip() for cell in line.split(" | ")]
            if len(cells) in (2, 4):
                yield from ((cells[at], cells[at + 1]) for at in range(0, len(cells), 2) if cells[at + 1])
                continue
            match = _LABELLED.fullmatch(unmarked(line))
            if match and len(match["value"]) <= LONGEST_VALUE:
                yield match["label"], match["value"].strip()


def topic_of(subject: str, sentence: str) -> str:
    """What a subject is about, without the words that announce it and those that the sentence itself says."""
    topic = _ANNOUNCES.sub("", " ".join(subject.split())) or subject
    rest = sentence.replace("{topic}", "")
    while " " in topic:
        before, _, last = topic.rpartition(" ")
        if len(last) < 2 or last not in rest:
            break
        topic = before
    return _LEADS_ON.sub("", topic.strip()) or MISSING


def opening_section(plan: SectionPlan, letter: LetterWords) -> Section:
    """The first sentence. It is made by rule: a small model only spoiled it (see DECISIONS)."""
    text = f"2. {letter.sentence}" if letter.numbered else letter.sentence
    return Section(plan.id, plan.title, text, "rule", heading=plan.heading)


@dataclass(frozen=True)
class ParticularsWriter(SectionWriter):
    """Items below the opening: facts with their names, then the official's notes as sentences.

    Only where both say too little is the model asked for lines from the sources.
    """

    letter: LetterWords
    streams = False

    def questions(self) -> list[Question]:
        if self._from_sources:
            return self._list.questions()
        return [line_question(self.bench, self.plan, note) for note in self._worded]

    def finish(
        self, answers: Sequence[Answer], others: Sequence[Section], said: Sequence[str], cancel: CancelFlag
    ) -> Generator[DraftEvent, None, Section]:
        plan, lines = self.plan, list(self._labelled)
        if self._from_sources:
            before = [*said, *lines, self.letter.form.words("subject"), self.letter.sentence]
            made = yield from self._list.finish(answers, others, before, cancel)
            found = [line.removeprefix(_MARK).strip() for line in made.text.splitlines()]
            lines += self._right(officially(line) for line in self._on_the_subject(found))
        else:
            reworded = dict(zip(self._worded, answers, strict=True))
            lines += [self._noted(note, reworded.get(note)) for note in self.letter.notes]
        text = with_ladder(lines or [MISSING], below=self.letter.numbered)
        if doubtful := self.letter.doubtful(plan.labels):
            yield Notice(f"자료에 다른 값이 또 있어 처음 것을 썼으니 확인해 주세요: {', '.join(doubtful)}")
        yield SectionStarted(plan.id)
        yield SectionText(plan.id, text)
        return Section(plan.id, plan.title, text, "model", self.bench.evidence_of(text), heading=plan.heading)

    def _on_the_subject(self, found: Iterable[str]) -> list[str]:
        """Those of the lines that have to do with what the letter is about."""
        lines = [line for line in found if line != NOTHING_FOUND]
        return related(lines, self.letter.form.words("subject"), self.bench.statements)

    @staticmethod
    def _right(lines: Iterable[str]) -> list[str]:
        """The lines; those that no rule can put right are left out where others are left."""
        made = list(lines)
        right = [line for line in made if not any(f.severity == "error" for f in check_style(line, hints=False))]
        return right or made

    @property
    def _labelled(self) -> list[str]:
        return self.letter.labelled(self.plan.labels)

    @property
    def _from_sources(self) -> bool:
        return bool(self.bench.sentences) and not self.letter.notes and len(self._labelled) < ENOUGH

    @property
    def _worded(self) -> list[str]:
        """The notes that the model is asked to word: those that no rule is sure of. A small one only spoils others."""
        unsure = (note for note in self.letter.notes if not ruled_sentence(note, self.letter.asks))
        return [] if self._brief else list(dict.fromkeys(unsure))

    @property
    def _brief(self) -> bool:
        """Whether notes stay notes: inside an office, and where it cannot be told who is to do what one says."""
        ruled = (to_letter_sentence(note, self.letter.asks) for note in self.letter.notes)
        told = self.letter.asks is None and not all(line.endswith(("다.", "]", "?")) for line in ruled)
        return self.letter.internal or told

    @property
    def _list(self) -> ListWriter:
        """Lines from the sources, as an outline."""
        bench = replace(self.bench, task=replace(self.bench.task, profile="report", attributed=False))
        return ListWriter(bench, replace(self.plan, shape="items", marks=(_MARK,)), self.context)

    def _noted(self, note: str, answer: Answer | None) -> str:
        if self._brief:
            return officially(to_outline(note) if self.letter.internal else note.rstrip("."))
        ruled = officially(to_letter_sentence(note, self.letter.asks))
        for line in answer_lines(self.bench, self.plan, answer) if answer else ():
            better = officially(line)
            own, theirs = pairs(better), pairs(f"{note} {ruled}")
            if len(own - theirs) > _ADDED * len(own):
                continue
            if _same_in_kind(better, ruled) and says_the_same(better, note) and not self.bench.faults(better):
                return better
        return ruled


def with_ladder(lines: Sequence[str], *, below: bool) -> str:
    """The lines counted 가. 나. …, or 1. 2. … where they stand under no numbered item (시행규칙 제2조제1항)."""
    marks = ITEM_SYLLABLES if below else [str(number) for number in range(1, len(lines) + 1)]
    return "\n".join(f"{mark}. {line}" for mark, line in zip(marks, lines, strict=False))


def _same_in_kind(line: str, ruled: str) -> bool:
    """Whether both ask or both tell, and hold the same facts: 지원합니다 must not become 지원하여 주시기 바랍니다."""
    asks = line.endswith("바랍니다.")
    return line.endswith("니다.") and asks == ruled.endswith("바랍니다.") and _facts(line) == _facts(ruled)


def _facts(text: str) -> frozenset[tuple[str, str]]:
    return frozenset((fact.kind, fact.value) for fact in find_facts(text))


def _with_weekday(day: str) -> str:
    """A bare date with its weekday, which the calendar gives."""
    found = parse_full_date(day) if re.fullmatch(r"\d{4}\. \d{1,2}\. \d{1,2}\.", day) else None
    return format_official(found) if found else day


def _name(label: str) -> str:
    return "".join(label.split())

"""Sections that are prose: titles and paragraphs."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from math import inf

from biseo.document import MISSING, Section
from biseo.drafting.asking import Answer, Question, Words
from biseo.drafting.bench import LONGEST_SENTENCE, Workbench
from biseo.drafting.headline import headline_of, subtitle_of
from biseo.drafting.prompts import section_prompt, title_prompt
from biseo.drafting.required import Required
from biseo.drafting.retelling import is_premature, retold
from biseo.drafting.wording import paragraphs, said_in, title_line
from biseo.drafting.writer import SectionWriter
from biseo.events import DraftEvent, Progress, SectionStarted, SectionText
from biseo.tasks.definition import SectionPlan
from biseo.text.cleaning import is_order
from biseo.text.sentences import split_sentences
from biseo.text.similarity import likeness, pairs
from biseo_models.engine import CancelFlag, Prompt, Sampling

ATTEMPTS = 3
A_PARAGRAPH = 3
"""Sentences of a paragraph that was put together."""

SHORTEST_TITLE = 8
"""Characters of a title; what is shorter is a heading of the source (배경)."""

COPIED = 0.8
"""Likeness from which on a title is a sentence of the sources and no title of it."""

TELLS = 0.4
"""Likeness from which on a sentence tells what one of the sources does."""

_STOPS = ("[자료", "[할 일]", "[형식", "[작성 정보", "[제목", "[부제")
_TOO_LONG = 1.3


@dataclass(frozen=True)
class TitleWriter(SectionWriter):
    """A title: asked of the whole document; what is too long is shortened, or the first new sentences are."""

    def questions(self) -> list[Question]:
        bench, plan = self.bench, self.plan
        return [_question(bench, plan, section_prompt(bench.task, plan, bench.document, self.context))]

    def finish(
        self, answers: Sequence[Answer], others: Sequence[Section], said: Sequence[str], cancel: CancelFlag
    ) -> Generator[DraftEvent, None, Section]:
        bench, plan = self.bench, self.plan
        most = int(plan.chars[1] * _TOO_LONG)
        raw = answers[0].text.strip()
        fresh = [line for line in bench.statements if not said_in(line, said)]
        title = self._by_rule(fresh, others)
        if not self._good(title, said):
            title = title_line(raw, most)
            known = bench.words_known(title) and not self._is_copied(title)
            if not self._good(title, said) or not known or (self._is_second(others) and not bench.carries(title)):
                title = ""
        if not title:
            candidates = [text for text in (raw, *fresh) if 0 < len(text) <= LONGEST_SENTENCE][:ATTEMPTS]
            questions = [_question(bench, plan, title_prompt(plan, text)) for text in candidates]
            lines = [title_line(answer.text, most) for answer in bench.model.answers(questions, cancel)]
            good = [line for line in lines if self._good(line, said)]
            title = next(filter(bench.words_known, good), good[0] if good else "")
        if not title:
            named = () if self._is_second(others) else bench.sentences[:1]
            whole = next((line for line in (*named, *fresh) if self._fits(line, most)), "")
            title = title_line(whole, most) or MISSING
            bench.fill(plan.title)
        yield SectionStarted(plan.id)
        yield SectionText(plan.id, title)
        return Section(plan.id, plan.title, title, "model", bench.evidence_of(title), heading=plan.heading)

    def _by_rule(self, fresh: Sequence[str], others: Sequence[Section]) -> str:
        if self._is_second(others):
            return subtitle_of(fresh, *self.plan.chars)
        return next(filter(None, (headline_of(line, self.plan.chars[1]) for line in fresh)), "")

    def _is_second(self, others: Sequence[Section]) -> bool:
        """Whether the document has a title already that says who does what."""
        titles = {plan.id for plan in self.bench.task.sections if plan.shape == "title"}
        return any(section.id in titles for section in others)

    def _is_copied(self, title: str) -> bool:
        """Whether a title is a sentence of the sources whose verb became a noun, and nothing was left out."""
        own = pairs(title)
        return any(likeness(own, pairs(sentence)) >= COPIED for sentence in self.bench.statements)

    def _fits(self, line: str, most: int) -> bool:
        """Whether a line of the sources, the first of which may be the document's name, has the length of a title."""
        return self.plan.chars[0] <= len(line) <= most and ":" not in line

    def _good(self, title: str, said: Sequence[str]) -> bool:
        return len(title) >= SHORTEST_TITLE and self.bench.supports(title) and not said_in(title, said)


@dataclass(frozen=True)
class ParagraphsWriter(SectionWriter):
    """Paragraphs: what can stand of an answer is kept, and the next attempt goes on from there.

    What is still missing at the end is taken from the sources.
    """

    def questions(self) -> list[Question]:
        return [self._question(self.opening)]

    def finish(
        self, answers: Sequence[Answer], others: Sequence[Section], said: Sequence[str], cancel: CancelFlag
    ) -> Generator[DraftEvent, None, Section]:
        bench, plan = self.bench, self.plan
        raw, text = answers[0].text, ""
        for attempt in range(ATTEMPTS):
            if attempt:
                raw = yield from self._go_on(text, attempt, cancel)
            text = _joined(text, _standing(bench, plan, raw if text else self.opening + raw, [*said, text]))
            if self.opening and not text.startswith(self.opening.strip()):
                text = ""
            lacking = self.lacking(text, others)
            if len(text) + sum(len(one.sentence) for one in lacking) >= plan.chars[0]:
                break
        text = self._completed(text, lacking)
        if len(text) < plan.chars[0]:
            text = _filled(bench, plan, text or self.opening, said)
            bench.fill(plan.title)
        if plan.lines[1]:
            text = " ".join(span.text for span in split_sentences(text)[: plan.lines[1]])
        if bench.task.profile == "press":
            text = retold(text, bench.statements, said, bench.release, bench.agency)
        return Section(plan.id, plan.title, text, "model", bench.evidence_of(text), heading=plan.heading)

    def _completed(self, text: str, lacking: Sequence[Required]) -> str:
        """The text with the sentences it lacks, each for a poorer one or behind the one the sources have before it."""
        lines = [(self._place(span.text), span.text) for span in split_sentences(text)]
        put = False
        for one in lacking:
            sentence = self.bench.as_prose(one.sentence)
            if not sentence:
                continue
            same = next((index for index, (place, _) in enumerate(lines) if place == one.place), None)
            if same is not None:
                lines[same] = (one.place, sentence)  # it told the same with fewer facts
            else:
                behind = [index for index, (place, _) in enumerate(lines) if place is not None and place < one.place]
                lines.insert(max(behind, default=-1) + 1, (one.place, sentence))
            self.bench.fill(self.plan.title)
            put = True
        if not put:
            return text
        copies = sum(sentence in self.bench.statements for _, sentence in lines)
        if 2 * copies > len(lines):  # mostly the sources' words: in the sources' order
            lines.sort(key=lambda line: inf if line[0] is None else line[0])
        sentences = [sentence for _, sentence in lines]
        return "\n".join(" ".join(sentences[at : at + A_PARAGRAPH]) for at in range(0, len(sentences), A_PARAGRAPH))

    def _place(self, sentence: str) -> int | None:
        """Which sentence of the sources this one tells, or None."""
        own = pairs(sentence)
        alike = [likeness(own, pairs(source)) for source in self.bench.statements]
        best = max(range(len(alike)), key=alike.__getitem__, default=None)
        return best if best is not None and alike[best] >= TELLS else None

    def _go_on(self, text: str, attempt: int, cancel: CancelFlag) -> Generator[DraftEvent, None, str]:
        """The answer that goes on from a text, or begins anew where there is none."""
        opening = f"{text}\n" if text else self.opening
        yield SectionStarted(self.plan.id)
        if opening:
            yield SectionText(self.plan.id, opening)
        raw = ""
        for event in self.bench.model.ask_all([self._question(opening, attempt)], cancel):
            if isinstance(event, Words):
                raw += event.text
                yield SectionText(self.plan.id, event.text)
            elif isinstance(event, Progress):
                yield event
        return raw

    def _question(self, opening: str, attempt: int = 0) -> Question:
        bench, plan = self.bench, self.plan
        context = replace(self.context, opening=opening)
        return _question(bench, plan, section_prompt(bench.task, plan, bench.document, context), attempt)


def _question(bench: Workbench, plan: SectionPlan, prompt: Prompt, attempt: int = 0) -> Question:
    sampling = Sampling(
        temperature=0.3 + 0.2 * attempt,
        seed=bench.seed + 7919 * attempt,
        max_tokens=int(plan.chars[1] * 1.1) + 40,
        stop=(*_STOPS, "\n") if plan.shape == "title" else _STOPS,
    )
    return Question(prompt, sampling)


def _standing(bench: Workbench, plan: SectionPlan, raw: str, said: Sequence[str]) -> str:
    """What of an answer can stand: whole sentences, carried by the sources, new, and none it was asked with."""
    asked = (bench.task.instructions, plan.instructions)
    earlier = [sentence.text for text in (*said, *asked) for sentence in split_sentences(text)]
    lines: list[str] = []
    for paragraph in paragraphs(raw, plan, earlier).splitlines():
        told = [span.text for span in split_sentences(paragraph) if not is_order(span.text)]  # words of a person, bare
        told = [text for text in told if not is_premature(text, bench.release)]
        sentences = [bench.as_sentence(text) for text in told if bench.supports(text) and bench.carries(text)]
        if sentences:
            lines.append(" ".join(sentences))
    return "\n".join(lines)


def _joined(text: str, more: str) -> str:
    return f"{text}\n{more}" if text and more else text or more


def _filled(bench: Workbench, plan: SectionPlan, text: str, said: Sequence[str]) -> str:
    """The text with sentences of the sources behind it, in their order, until the section is long enough."""
    for sentence in bench.statements:
        if len(text) >= plan.chars[0]:
            break
        have = [span.text for span in split_sentences(text)]
        if len(sentence) >= 15 and sentence.endswith(".") and not said_in(sentence, [*said, *have]):
            text = _joined(text.rstrip(), sentence) if not plan.opening else f"{text.rstrip()} {sentence}"
    return text if text.strip() != plan.opening.strip() else f"{text}{MISSING}"

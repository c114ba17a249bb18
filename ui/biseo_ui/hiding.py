"""Personal data behind placeholders on the page: hidden and shown by the official, never lost in between."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from biseo.document import CarriedSentence, Document, Draft, Finding, HiddenValue, Section
from biseo.events import Drafted, SectionFinished
from biseo.worksession import SectionWords
from biseo_ui.finding_kinds import HIDDEN
from biseo_ui.proposals import ProposalDesk
from biseo_ui.section_state import SectionState
from biseo_ui.widgets.draft_reader import first_units, text_of, units
from biseo_ui.widgets.draft_text import DraftText, Edit

if TYPE_CHECKING:
    from biseo.checks.privacy import PersonalData
    from biseo.masking.placeholders import Overlay, Placeholders

Known = tuple[tuple[str, str], ...]
_APART = "\n\n"


class Hiding(QObject):
    """Knows the values behind the placeholders of one work. The checks see the true words, the page need not.

    Attributes:
        known: the values found in the sources, which are looked for on the page as well.
        spared: whether a section is left alone (head and foot of a letter name officials).

    Signals:
        changed: something was hidden, or shown again.
    """

    changed = Signal()

    def __init__(self, text: DraftText, proposals: ProposalDesk, states: Callable[[], dict[str, SectionState]]) -> None:
        super().__init__(text)
        self._text, self._proposals, self._states = text, proposals, states
        self.known: Callable[[], Known] = tuple
        self.spared: Callable[[str], bool] = lambda _section: False
        self._stored: tuple[HiddenValue, ...] = ()
        self._words: Placeholders | None = None
        self.taken: tuple[bytes, tuple[str | HiddenValue, ...]] = (b"", ())
        """What was last copied or cut masked, as it stood, by the token that lies on the clipboard beside it."""

    # what is hidden

    @property
    def words(self) -> Placeholders:
        """The values and their placeholders; the rules are loaded when they are first needed."""
        if self._words is None:
            from biseo.masking.placeholders import Placeholders

            self._words = Placeholders(self._stored)
        return self._words

    @property
    def values(self) -> tuple[HiddenValue, ...]:
        """All values of this work, to be kept with it in the encrypted store."""
        return self._stored if self._words is None else self._words.values

    def load(self, values: Iterable[HiddenValue]) -> None:
        """Another work, with the values that were stored with it."""
        self._stored, self._words = tuple(values), None
        self.taken = (b"", ())

    def begin(self, sources: Sequence[Document]) -> None:
        """A new draft: values of the one before go, unless the sources themselves show their placeholders."""
        if self.values:
            self.words.keep_only([document.text for document in sources])

    def marks(self) -> set[str]:
        """The placeholders that stand on the page."""
        if not self.values:
            return set()
        return {value.mark for name in self._text.section_ids() for *_, value in self._found(name)}

    def count(self) -> int:
        """How many places of the page are hidden."""
        return sum(len(self._found(name)) for name in self._text.section_ids()) if self.values else 0

    def places(self, words: str) -> list[tuple[int, int]]:
        """Where placeholders stand in words of the page."""
        return [(start, end) for start, end, _ in self.words.find(words)] if self.values else []

    def at(self, position: int) -> tuple[HiddenValue, int, int] | None:
        """What is hidden at a position of the document, and from where to where the placeholder stands."""
        if not self.values:
            return None
        block = self._text.page.findBlock(position)
        words = text_of(block)
        within = len(first_units(words, position - block.position()))
        for start, end, value in self.words.find(words):
            if start <= within <= end:
                return value, block.position() + units(words[:start]), block.position() + units(words[:end])
        return None

    def card(self, position: int) -> Finding | None:
        """The placeholder there as something that can be shown on the card; it says the kind, never the value."""
        found = self.at(position)
        place = self._text.offset_at(found[1]) if found is not None else None
        if found is None or place is None:
            return None
        from biseo.masking.placeholders import told_of

        value, (section, start) = found[0], place
        return Finding(
            HIDDEN, "suggestion", start, start + len(value.mark), value.mark, told_of(value), section=section
        )

    # hiding and showing

    def hide(self, finding: Finding) -> int:
        """Put the placeholder in the place of what was found, wherever in the draft it stands.

        Returns:
            How many places are hidden now that were not before.
        """
        found = self._look()
        values = {
            _key(self._text.section_text(section), item)
            for section, items in found.items()
            for item in items
            if section == finding.section and item.start < finding.end and finding.start < item.end
        }
        if not values and finding.section in found and finding.text:
            text = self._text.section_text(finding.section)
            if text[finding.start : finding.end] == finding.text:
                kind = finding.rule.removeprefix("PRIVACY_").lower()
                return self._put({finding.section: [(finding.start, finding.end, kind)]})
        return self._put(self._places(found, lambda key, _text, _item: key in values))

    def hide_all(self) -> int:
        """The same for all personal data of the draft; what the official decided to leave stays."""
        left = {
            text for state in self._states().values() for rule, text in state.settled if rule.startswith("PRIVACY_")
        }
        return self._put(
            self._places(self._look(), lambda _key, text, item: text[item.start : item.end] not in left)
        )  # fmt: skip

    def show(self, mark: str = "") -> int:
        """Put the value back wherever its placeholder stands; all values when none is named."""
        edits = [
            Edit(name, start, end, value.value)
            for name in self._text.section_ids()
            for start, end, value in self._found(name)
            if not mark or value.mark == mark
        ]
        words = self.words

        def back(text: str) -> str:
            return text.replace(mark, words.restore(mark)) if mark else words.restore(text)

        return self._change(edits, back)

    def _look(self) -> dict[str, list[PersonalData]]:
        """The personal data of each section, found in the whole of them."""
        from biseo.checks.privacy import find_private

        texts = {name: self._text.section_text(name) for name in self._text.section_ids() if not self.spared(name)}
        items = list(find_private(_APART.join(texts.values()), (*self.words.pairs, *self.known())))  # type: ignore[arg-type]
        found, begin = {}, 0
        for name, text in texts.items():
            end = begin + len(text)
            found[name] = [
                replace(item, start=item.start - begin, end=item.end - begin)
                for item in items
                if begin <= item.start and item.end <= end
            ]
            begin = end + len(_APART)
        return found

    def _places(
        self, found: Mapping[str, list[PersonalData]], wanted: Callable[[tuple[str, str], str, PersonalData], bool]
    ) -> dict[str, list[tuple[int, int, str]]]:
        places: dict[str, list[tuple[int, int, str]]] = {}
        for section, items in found.items():
            text = self._text.section_text(section)
            places[section] = [
                (item.start + item.keep, item.end, item.kind) for item in items if wanted(_key(text, item), text, item)
            ]
        return places

    def _put(self, places: Mapping[str, Sequence[tuple[int, int, str]]]) -> int:
        texts = {section: self._text.section_text(section) for section in places}
        taken = _APART.join(self._text.section_text(name) for name in self._text.section_ids())
        edits = [
            Edit(section, start, end, self.words.mark(kind, texts[section][start:end], taken))
            for section, spans in places.items()
            for start, end, kind in spans
        ]
        marks = {edit.words for edit in edits}
        return self._change(edits, lambda text: self.words.cover(text, marks).hidden)

    def _change(self, edits: list[Edit], offered: Callable[[str], str]) -> int:
        if not edits:
            return 0
        for state in self._states().values():
            own = [edit for edit in edits if edit.section == state.id]
            state.findings, state.wider = _moved(state.findings, own), _moved(state.wider, own)
        self._text.change_words(edits)
        self._proposals.reword(offered)
        self.changed.emit()
        return len(edits)

    def _found(self, section: str) -> list[tuple[int, int, HiddenValue]]:
        return self.words.find(self._text.section_text(section))

    # the words of another work, or from another place of this one

    def pieces(self, words: str) -> tuple[str | HiddenValue, ...]:
        """The words with their hidden values told apart, so that they can be put into any work."""
        pieces: list[str | HiddenValue] = []
        last = 0
        for start, end, value in self.words.find(words) if self.values else ():
            pieces += (words[last:start], value)
            last = end
        return (*pieces, words[last:])

    def joined(self, pieces: Iterable[str | HiddenValue]) -> str:
        """What `pieces` gave, with this work's own placeholders."""
        return "".join(
            each if isinstance(each, str) else self.words.mark(each.kind, each.value) for each in pieces
        )  # fmt: skip

    # what the checks see, and what they say

    def seal(self, page: Sequence[SectionWords]) -> tuple[SectionWords, ...]:
        """The page with its values: hiding a value makes no other document of it."""
        if not self.values:
            return tuple(page)
        back = self.words.restore
        return tuple(
            replace(
                each, heading=back(each.heading), text=back(each.text), above=back(each.above), below=back(each.below),
                rows=tuple(tuple(map(back, row)) for row in each.rows),
            )
            for each in page
        )  # fmt: skip

    def same(self, one: str, other: str) -> bool:
        """Whether two texts say the same, hidden or not."""
        return one == other or (bool(self.values) and self.words.restore(one) == self.words.restore(other))

    def revealed(self, section: Section, sources: Sequence[Document]) -> Section:
        """The section as the checks see it: with its values, as the sources have them."""
        if not self.values:
            return section
        stays = self._in_sources(sources)

        def back(text: str) -> str:
            return self.words.reveal(text, stays).shown

        return replace(
            section,
            text=back(section.text),
            rows=tuple(tuple(map(back, row)) for row in section.rows),
            items=tuple(replace(item, text=back(item.text)) for item in section.items),
        )

    def revealed_draft(self, draft: Draft, sources: Sequence[Document]) -> Draft:
        """The draft as the checks and the model see it."""
        if not self.values:
            return draft
        return replace(draft, sections=tuple(self.revealed(section, sources) for section in draft.sections))

    def reviewed(self, event: SectionFinished, sources: Sequence[Document]) -> SectionFinished | None:
        """What was found in a section that was revealed, on its words on the page; None when these are others now."""
        text = self._text.section_text(event.section.id)
        if not self.values:
            return event if text == event.section.text else None
        overlay = self.words.reveal(text, self._in_sources(sources))
        if overlay.shown != event.section.text:
            return None
        rows = self._text.rows(event.section.id) if event.section.rows else ()
        return self._covered(event, overlay, rows)

    def spread(self, findings: Sequence[Finding], sources: Sequence[Document]) -> tuple[Finding, ...]:
        """What was found in a draft that was revealed, on the words of the page."""
        if not self.values:
            return tuple(findings)
        stays = self._in_sources(sources)
        covered: list[Finding] = []
        for section in dict.fromkeys(finding.section for finding in findings):
            overlay = self.words.reveal(self._text.section_text(section), stays)
            own = [finding for finding in findings if finding.section == section]
            covered += overlay.cover_findings(own, self.words)
        return tuple(covered)

    def arriving(self, event: object) -> object:
        """An event of the drafting in which values that are hidden on the page are hidden, too."""
        marks = self.marks() if isinstance(event, SectionFinished | Drafted) else set()
        if not marks:
            return event
        if isinstance(event, SectionFinished):
            overlay = self.words.cover(event.section.text, marks)
            return self._covered(event, overlay, _covered_rows(event.section, overlay))
        assert isinstance(event, Drafted)
        draft, findings = event.draft, [f for f in event.draft.findings if not f.section]
        for section in draft.sections:
            own = [finding for finding in draft.findings if finding.section == section.id]
            findings += self.words.cover(section.text, marks).cover_findings(own, self.words)
        title, subtitle = (self.words.cover(words, marks).hidden for words in (draft.title, draft.subtitle))
        return replace(event, draft=replace(draft, findings=tuple(findings), title=title, subtitle=subtitle))

    def _covered(
        self, event: SectionFinished, overlay: Overlay, rows: tuple[tuple[str, ...], ...]
    ) -> SectionFinished:  # fmt: skip
        if not overlay.spans:
            return event
        marks = {overlay.hidden[span.start : span.end] for span in overlay.spans}
        section = event.section
        sentences = tuple(_placed(sentence, overlay) for sentence in section.sentences)
        items = tuple(replace(item, text=self.words.cover_words(item.text, marks)) for item in section.items)
        return replace(
            event,
            section=replace(section, text=overlay.hidden, rows=rows, items=items, sentences=sentences),
            findings=overlay.cover_findings(event.findings, self.words),
        )

    def _in_sources(self, sources: Sequence[Document]) -> set[str]:
        """Placeholders that the sources themselves show: there the values are hidden from the checks, too."""
        texts = [document.text for document in sources]
        return {value.mark for value in self.values if any(value.mark in text for text in texts)}


def _key(text: str, item: PersonalData) -> tuple[str, str]:
    """What a person would call the same value: without blanks and bars."""
    return item.kind, "".join(char for char in text[item.start + item.keep : item.end] if char.isalnum())


def _placed(sentence: CarriedSentence, overlay: Overlay) -> CarriedSentence:
    start, end = overlay.to_hidden(sentence.start, sentence.end)
    return replace(sentence, start=start, end=end)


def _covered_rows(section: Section, overlay: Overlay) -> tuple[tuple[str, ...], ...]:
    """The cells of a table; its text has them in order, one character between two of them."""
    rows, at = [], 0
    for row in section.rows:
        cells = []
        for cell in row:
            start, end = overlay.to_hidden(at, at + len(cell))
            cells.append(overlay.hidden[start:end])
            at += len(cell) + 1
        rows.append(tuple(cells))
    return tuple(rows)


def _moved(findings: tuple[Finding, ...], edits: Sequence[Edit]) -> tuple[Finding, ...]:
    """The findings behind edits that have been made; one whose words were changed is gone until it is found again."""
    kept: Any = []
    for finding in findings:
        if any(edit.start < finding.end and finding.start < edit.end for edit in edits):
            continue
        more = sum(len(edit.words) - (edit.end - edit.start) for edit in edits if edit.end <= finding.start)
        kept.append(replace(finding, start=finding.start + more, end=finding.end + more))
    return tuple(kept)

"""What the writers of single sections have in common: questions that need no other section, then the section."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from biseo.document import Section
from biseo.drafting.asking import Answer, Question
from biseo.drafting.bench import Workbench
from biseo.drafting.prompts import SectionContext
from biseo.drafting.required import Required
from biseo.events import DraftEvent
from biseo.tasks.definition import SectionPlan
from biseo_models.engine import CancelFlag


@dataclass(frozen=True)
class SectionWriter(ABC):
    """Makes one section in two steps, so that the first questions of all sections can be asked side by side.

    Attributes:
        must: sentences of the sources that the section says unless others do.
        streams: whether the words of the first answer are the section's text as it comes.
    """

    bench: Workbench
    plan: SectionPlan
    context: SectionContext
    must: tuple[Required, ...] = field(default=(), kw_only=True)
    streams: ClassVar[bool] = True

    @property
    def opening(self) -> str:
        """The words before the first answer's."""
        return self.context.opening

    @abstractmethod
    def questions(self) -> list[Question]:
        """What is asked first; depends on the sources and the form alone."""

    @abstractmethod
    def finish(
        self, answers: Sequence[Answer], others: Sequence[Section], said: Sequence[str], cancel: CancelFlag
    ) -> Generator[DraftEvent, None, Section]:
        """The section, from the answers to `questions`; the model is asked again for what they lack.

        Args:
            others: sections the model worded before.
            said: sentences that must not be said again.

        Raises:
            Cancelled: the flag was set.
            ModelError: the model failed.
        """

    def lacking(self, text: str, others: Sequence[Section]) -> list[Required]:
        """What neither this section's text nor the others say of what it must; a title says nothing for them."""
        titles = {plan.id for plan in self.bench.task.sections if plan.shape == "title"}
        said = [text, *(section.text for section in others if section.id not in titles)]
        return [one for one in self.must if not one.said_in(said)]

"""What the writers of single sections have in common: questions that need no other section, then the section."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from biseo.document import Section
from biseo.drafting.asking import Answer, Question
from biseo.drafting.bench import Workbench
from biseo.drafting.prompts import SectionContext
from biseo.events import DraftEvent
from biseo.tasks.definition import SectionPlan
from biseo_models.engine import CancelFlag


@dataclass(frozen=True)
class SectionWriter(ABC):
    """Makes one section in two steps, so that the first questions of all sections can be asked side by side.

    Attributes:
        streams: whether the words of the first answer are the section's text as it comes.
    """

    bench: Workbench
    plan: SectionPlan
    context: SectionContext
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

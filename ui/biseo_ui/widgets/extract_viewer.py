"""The source of a row drawn out of files, with the very place of its citation marked."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from biseo.citation import Citation
from biseo.document import Document
from biseo_ui.i18n import tr
from biseo_ui.jobs import JobRunner
from biseo_ui.services import Services
from biseo_ui.theme import Theme
from biseo_ui.widgets.library_viewer import LibraryViewer


class ExtractViewer(LibraryViewer):
    """Read only: without what can be done with passages of the library."""

    def __init__(self, theme: Theme, runner: JobRunner, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(theme, runner, services, parent=parent)
        self.setAccessibleName(tr("고른 줄의 원문"))
        self.back.setText(tr("원문 닫기"))
        self.back.setToolTip(tr("표로 돌아갑니다. (Esc)"))
        for part in (self.place, self.whole, self.insert, self.use, self.cite, self.file):
            part.hide()

    def show_citation(self, document: Document, citation: Citation) -> None:
        """Mark the words of the citation where they stand, not where the same words stand first."""
        self.show_whole(document, (citation.start, citation.stop), citation.page, citation.text)

"""What has changed between two stored states of a work."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from biseo.text.difference import compare
from biseo.worksession import SectionWords, WorkSession
from biseo_ui.i18n import tr
from biseo_ui.item_models.pieces_model import PiecesModel
from biseo_ui.proposals import Piece
from biseo_ui.theme import Theme
from biseo_ui.widgets.difference_delegate import DifferenceDelegate
from biseo_ui.widgets.wrapped_label import WrappedLabel
from biseo_ui.work_entry import section_text

HINT = "줄을 그은 글은 그 뒤에 빠졌고, 밑줄 친 글은 들어왔습니다."


class VersionView(QWidget):
    """The pieces of the difference, by section."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = PiecesModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(DifferenceDelegate(theme, self.list))
        self.list.setAccessibleName(tr("달라진 곳"))
        self.list.setAccessibleDescription(tr(HINT))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setTabKeyNavigation(False)
        self.told = WrappedLabel("", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(6))
        column.addWidget(self.told)
        column.addWidget(self.list, 1)

    def show_pieces(self, pieces: list[Piece]) -> None:
        """The result of `pieces_between`."""
        self.model.show(pieces)
        self.list.setVisible(bool(pieces))
        self.told.setText(tr(HINT) if pieces else tr("글이 같습니다."))


def pieces_between(old: WorkSession, new: WorkSession) -> list[Piece]:
    """What makes the words of `new` of those of `old`, section by section."""
    return list(_pieces(old, new))


def _pieces(old: WorkSession, new: WorkSession) -> Iterator[Piece]:
    titles = {mark.id: mark.title for work in (old, new) for mark in work.marks}
    before, after = ({words.id: words for words in work.words} for work in (old, new))
    for name in dict.fromkeys((*after, *before)):
        first, second = _text(before.get(name)), _text(after.get(name))
        title = titles.get(name, tr("제목") if name.startswith("#") else "")
        for change in compare(first, second):
            yield Piece(
                name, title, change.start, change.end, change.old, change.new, change.new_start, change.runs
            )  # fmt: skip


def _text(words: SectionWords | None) -> str:
    if words is None:
        return ""
    return "\n".join(part for part in (words.heading, section_text(words)) if part)

"""The history: stored works, found, opened again, compared, deleted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from biseo_ui.alerts import Alerts
from biseo_ui.i18n import tr
from biseo_ui.item_models.history_model import ABOUT_ROLE, HistoryModel
from biseo_ui.keeper import Keeper
from biseo_ui.store_lane import ELSEWHERE
from biseo_ui.theme import Theme
from biseo_ui.vault_host import VaultHost
from biseo_ui.widgets.labels import label
from biseo_ui.widgets.two_text_delegate import TwoTextDelegate
from biseo_ui.widgets.work_card import WorkCard
from biseo_ui.widgets.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from biseo.vault import Vault, WorkEntry

SEARCH_MS = 150
"""So long after the last key the search begins."""
MOST_FOUND = 500
NOTHING = {
    "empty": "아직 보관한 작업이 없습니다. 초안을 쓰면 저절로 보관되어 여기에서 다시 열 수 있습니다.",
    "none": "찾는 말이 든 작업이 없습니다. 다른 말로 찾아 주세요.",
    "without": "저장소를 쓰지 않고 있어 보관한 작업을 볼 수 없습니다. 프로그램을 다시 열면 저장소를 엽니다.",
    "wait": "저장소를 여는 중입니다.",
}
BARRED = "쓰던 작업은 닫을 때 지우니 필요한 것은 파일로 저장해 주세요."


class HistoryPage(QWidget):
    """Signals:
    reopened: a work was opened and is on its page now, or will be in a moment.
    talk_wanted: id of a conversation with the library that is to be shown.
    deleting: id of what is about to be deleted.

    Args:
        barred: why the policy allows no history; empty where it does.
    """

    reopened = Signal()
    talk_wanted = Signal(str)
    deleting = Signal(str)

    def __init__(
        self, theme: Theme, vault: VaultHost, keeper: Keeper, barred: str = "", parent: QWidget | None = None
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._theme, self._vault, self._keeper, self._barred = theme, vault, keeper, barred
        self._asked = 0
        self.alerts = Alerts(theme)
        self.model = HistoryModel(theme, self)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("제목과 글에서 찾기"))
        self.search.setAccessibleName(tr("기록에서 찾기"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(theme.pixels(360))
        self.count = QLabel()
        self.count.setProperty("role", "muted")
        self.anew = QPushButton(tr("새 작업"))
        self.anew.setToolTip(tr("빈 화면에서 시작합니다. 지금 작업은 기록에 남습니다."))
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(TwoTextDelegate(theme, ABOUT_ROLE, True, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setAccessibleName(tr("보관한 작업"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTabKeyNavigation(False)
        self.card = WorkCard(theme)
        self.nothing = WrappedLabel("", "muted")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(SEARCH_MS)
        self._layout()
        self._connect()

    # what the window calls

    def refresh(self) -> None:
        """Look at the store again."""
        state = self._vault.state.kind
        if self._barred:
            self._say("barred")
            return
        if not self._vault.is_open:
            self._say("wait" if state in ("closed", "opening", "making") else "without")
            return
        self._keeper.keep_now()
        query = self.search.text().strip()
        self._asked += 1
        asked = self._asked

        def look(vault: Vault) -> tuple[int, str, list[WorkEntry]]:
            return asked, query, vault.search(query, MOST_FOUND) if query else vault.works()

        job = self._vault.call(look)
        job.item.connect(lambda found: self._on_found(*found))
        job.failed.connect(self.alerts.show_error)

    def _on_vault(self) -> None:
        if self.isVisible():
            self.refresh()

    def current(self) -> WorkEntry | None:
        """The work that is chosen."""
        return self.model.entry(self.list.currentIndex().row())

    def open_current(self) -> None:
        """Open the chosen work in the place of the one on the page, which is kept."""
        entry = self.current()
        if entry is None:
            return
        if entry.task in ELSEWHERE:
            self.talk_wanted.emit(entry.id)
        elif entry.id == self._keeper.id:
            self.reopened.emit()
        elif self._keeper.writing:
            self.alerts.tell("warning", tr("초안을 쓰는 중입니다."), tr("다 쓰거나 멈춘 뒤에 열어 주세요."))
        else:
            self._keeper.open_work(entry.id, failed=self.alerts.show_error)

    # inside

    def _on_found(self, asked: int, query: str, entries: Sequence[WorkEntry]) -> None:
        if asked != self._asked:
            return
        before = self.current()
        self.model.show(entries, self._keeper.id, query)
        self.count.setText(tr("{count:,}개").format(count=len(entries)) if entries else "")
        if not entries:
            self._say("none" if query else "empty")
            return
        self._stack.setCurrentIndex(1)
        row = self.model.row_of(before.id) if before is not None else 0
        self.list.setCurrentIndex(self.model.index(max(0, row)))

    def _say(self, why: str) -> None:
        self.nothing.setText(self._barred + " " + tr(BARRED) if self._barred else tr(NOTHING[why]))
        self.search.setEnabled(why in ("none", "empty") and (why == "none" or bool(self.search.text())))
        self.count.clear()
        self._stack.setCurrentIndex(0)

    def _on_current(self, _index: QModelIndex, _before: QModelIndex) -> None:
        self.search.setEnabled(True)
        entry = self.current()
        self.card.show_entry(entry, entry is not None and entry.id == self._keeper.id)
        if entry is None:
            return
        job = self._vault.call(lambda vault: (entry.id, vault.versions(entry.id)))
        job.item.connect(lambda found: self.card.show_versions(*found))

    def _compare(self, first: int, second: int) -> None:
        entry = self.current()
        if entry is None:
            return

        def look(vault: Vault) -> tuple[str, Any]:
            from biseo.worksession import from_json
            from biseo_ui.widgets.version_view import pieces_between

            older, newer = (
                from_json((vault.load_version(each) if each else vault.load_work(entry.id)).decode("utf-8"))
                for each in (first, second)
            )
            return entry.id, pieces_between(older, newer)

        job = self._vault.call(look)
        job.item.connect(lambda found: self.card.show_difference(*found))
        job.failed.connect(self.alerts.show_error)

    def _delete(self) -> None:
        entry = self.current()
        if entry is None:
            return

        def remove(vault: Vault) -> None:
            vault.delete_work(entry.id)
            vault.log("delete", task=entry.task)

        row = self.list.currentIndex().row()
        self._keeper.leave(entry.id)
        self.deleting.emit(entry.id)
        job = self._vault.call(remove)
        job.done.connect(lambda: self._on_deleted(row))
        job.failed.connect(self.alerts.show_error)

    def _on_deleted(self, row: int) -> None:
        self.alerts.tell("ok", tr("작업을 지웠습니다."))
        following = self.model.entry(row + 1)
        if following is not None:
            self.list.setCurrentIndex(self.model.index(row + 1))
        self.refresh()

    def _on_anew(self) -> None:
        if self._keeper.writing:
            self.alerts.tell("warning", tr("초안을 쓰는 중입니다."), tr("다 쓰거나 멈춘 뒤에 시작해 주세요."))
            return
        self._keeper.start_anew()
        self.reopened.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the list."""
        if watched is self.list and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            slot = {
                Qt.Key.Key_Return: self.open_current,
                Qt.Key.Key_Enter: self.open_current,
                Qt.Key.Key_Delete: self.card.ask_delete,
            }.get(Qt.Key(event.key()))
            if slot is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                slot()
                return True
        return super().eventFilter(watched, event)

    def _connect(self) -> None:
        self.list.installEventFilter(self)
        self.search.textChanged.connect(lambda _words: self._delay.start())
        self.search.returnPressed.connect(lambda: self.list.setFocus())
        self._delay.timeout.connect(self.refresh)
        self.anew.clicked.connect(self._on_anew)
        self.list.doubleClicked.connect(lambda _index: self.open_current())
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.card.open.clicked.connect(self.open_current)
        self.card.delete_wanted.connect(self._delete)
        self.card.compare_wanted.connect(self._compare)
        self._vault.changed.connect(self._on_vault)  # a method, so that it ends with the page
        self.model.modelReset.connect(lambda: self.card.show_entry(None, False))

    def _layout(self) -> None:
        pixels = self._theme.pixels
        head = QFrame()
        head.setObjectName("header")
        row = QHBoxLayout(head)
        row.addWidget(label(tr("기록"), "title"))
        row.addSpacing(pixels(12))
        row.addWidget(self.search, 3)
        row.addWidget(self.count)
        row.addStretch(1)
        row.addWidget(self.anew)
        empty = QWidget()
        inner = QVBoxLayout(empty)
        inner.setContentsMargins(*(pixels(40) for _ in range(4)))
        inner.addWidget(self.nothing)
        both = QSplitter(Qt.Orientation.Horizontal)
        both.setChildrenCollapsible(False)
        left = QWidget()
        side = QVBoxLayout(left)
        side.setContentsMargins(pixels(10), pixels(10), pixels(4), pixels(10))
        side.addWidget(self.list)
        both.addWidget(left)
        both.addWidget(self.card)
        both.setStretchFactor(0, 1)
        both.setStretchFactor(1, 1)
        both.setSizes([500, 500])
        self._stack = QStackedWidget()
        self._stack.addWidget(empty)
        self._stack.addWidget(both)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.alerts)
        column.addWidget(self._stack, 1)
        self.setFocusProxy(self.list)

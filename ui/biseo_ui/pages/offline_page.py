"""The proof that nothing leaves this PC: processes, sockets, denied attempts, hashes, the store. It looks by itself."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from biseo.offline import words
from biseo_ui.alerts import Alerts
from biseo_ui.i18n import tr
from biseo_ui.theme import Theme
from biseo_ui.widgets.fact_grid import FactGrid
from biseo_ui.widgets.labels import label
from biseo_ui.widgets.reading_page import ReadingPage
from biseo_ui.widgets.status_line import OFFLINE
from biseo_ui.widgets.wrapped_label import WrappedLabel

SHOWN_ATTEMPTS = 12
"""The newest; the saved file has more."""
TURN_S = 0.02
LOOKING = "살펴보는 중입니다."
SAID = {
    "processes": "프로세스와 열린 소켓",
    "attempts": "막은 시도",
    "modules": "불러온 네트워크 모듈",
    "program": "프로그램과 모델의 해시",
    "libraries": "라이브러리의 해시",
    "store": "저장소와 열쇠",
    "policy": "보안 정책",
}


class OfflinePage(QWidget):
    """Shows what it is given.

    Signals:
        shown: it has become visible, or is not any more.
        save_wanted: the official wants it as a file.
        closed: back to work.
    """

    shown = Signal(bool)
    save_wanted = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._good: bool | None = None
        self._waiting: dict[str, Iterator[None]] = {}
        self._turns = QTimer(self)
        self._turns.setSingleShot(True)
        self._turns.timeout.connect(self._go_on)
        self.alerts = Alerts(theme)
        self.sign = QLabel()
        self.headline = WrappedLabel(tr(LOOKING), "title")
        self.about = WrappedLabel("", "muted")
        self.save = QPushButton(tr("파일로 저장"))
        self.save.setToolTip(tr("보안성 검토에 낼 수 있게 텍스트나 JSON 파일로 저장합니다."))
        self.save.setEnabled(False)
        self.save.clicked.connect(self.save_wanted)
        self.back = QPushButton(tr("돌아가기"))
        self.back.setToolTip(tr("하던 일로 돌아갑니다. (Esc)"))
        self.back.clicked.connect(self.closed)
        self.grids = {part: FactGrid(theme) for part in SAID}
        page = ReadingPage(theme, tr("외부 통신"))
        self._head = QHBoxLayout()
        self._head.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        self._head.addWidget(self.headline, 1)
        self._head.addWidget(self.save, 0, Qt.AlignmentFlag.AlignTop)
        self._head.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        page.column.addLayout(self._head)
        page.column.addWidget(self.about)
        for part, title in SAID.items():
            page.column.addSpacing(theme.pixels(10))
            page.column.addWidget(label(tr(title), "title"))
            page.column.addWidget(self.grids[part])
        page.column.addSpacing(theme.pixels(10))
        page.column.addWidget(label(tr("무엇을 뜻하고, 어떻게 확인하는가"), "title"))
        page.column.addWidget(WrappedLabel(tr(OFFLINE)))
        page.column.addWidget(WrappedLabel(tr(words.LIMITS)))
        page.column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.alerts)
        outer.addWidget(page, 1)
        self.setFocusProxy(page)
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_data(self, data: dict[str, Any], store: Sequence[str]) -> None:
        """Show a report (`biseo.offline.report.as_data`); what is as before is not touched.

        Args:
            store: lines about the store.
        """
        offline, versions = data["offline"], data["versions"]
        self._good = not offline["sockets_opened"] and not offline["blocked_attempts"]
        self.headline.setText(words.headline(offline))
        at = offline["time"].replace("T", " ")
        hook = tr("막는 장치가 작동하고 있습니다.") if offline["hook"] else tr("막는 장치를 켜지 않은 실행입니다.")
        self.about.setText(
            tr("{summary} {hook} {time}에 살펴보았고 몇 초마다 다시 살펴봅니다.").format(
                summary=words.summary(offline), hook=hook, time=at
            )
        )
        show = self._show
        show("processes", [words.process_pair(process) for process in offline["processes"]])
        tried = [words.attempt_pair(attempt) for attempt in reversed(offline["attempts"][-SHOWN_ATTEMPTS:])]
        show("attempts", tried or [(tr("없음"), "")])
        show("modules", words.module_pairs(offline))
        program = [(tr("프로그램 전체"), data["program"]["sha256"])]
        program += [
            (one["name"], f"{one['sha256']} ({words.files(one['files'])})") for one in data["program"]["packages"]
        ]
        program += [(tr("모델"), words.model_words(data["model"])), ("", data["model"].get("sha256", ""))]
        show("program", [row for row in program if row[1]])
        libraries = [(tr("라이브러리 전체"), data["dependencies"]["sha256"])]
        libraries += [
            (f"{one['name']} {one['version']}", one["record_sha256"] or tr("파일 목록 없음"))
            for one in data["dependencies"]["libraries"]
        ]
        show("libraries", [*libraries, (f"Python {versions['python']}", versions["python_sha256"])])
        show("store", [_split(line) for line in store])
        show("policy", [_split(line) for line in words.policy_words(data["policy"])])
        self._go_on()
        self.save.setEnabled(True)
        self._restyle()

    @property
    def whole(self) -> bool:
        """Whether all that was given is shown."""
        return not self._waiting

    def _show(self, part: str, rows: list[tuple[str, str]]) -> None:
        self._waiting[part] = self.grids[part].showing(rows)

    def _go_on(self) -> None:
        """Show rows for some milliseconds, then let the window do other things."""
        until = time.monotonic() + TURN_S
        for part, rows in tuple(self._waiting.items()):
            for _ in rows:
                if time.monotonic() > until:
                    self._turns.start()
                    return
            del self._waiting[part]

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.shown.emit(False)

    def event(self, event: QEvent) -> bool:
        # Before the window's own Esc, which stops the work.
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _restyle(self) -> None:
        pixels = self._theme.pixels
        self._head.setSpacing(pixels(10))
        name, colour = ("warning", "warning") if self._good is False else ("offline", "ok")
        self.sign.setPixmap(self._theme.icon(name, colour).pixmap(pixels(28)))


def _split(line: str) -> tuple[str, str]:
    name, colon, value = line.partition(": ")
    return (name, value) if colon else ("", line)

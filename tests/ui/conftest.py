"""A real window over a scripted engine, a fake model store and dialogs that answer at once."""

from __future__ import annotations

import gc
import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
import shiboken6
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from biseo.document import Block, Document
from biseo.errors import ModelError
from biseo.policy import Policy
from biseo.settings import Settings
from biseo_models.scripted import Answer, ScriptedEngine
from biseo_ui import app as root
from biseo_ui.engine_host import EngineHost
from biseo_ui.jobs import JobRunner
from biseo_ui.main_window import USUAL, MainWindow
from biseo_ui.services import Services
from biseo_ui.theme import Theme
from biseo_ui.vault_host import VaultHost


def pytest_configure(config: pytest.Config) -> None:
    # The offscreen platform says so of every window with a least size; it is no fault of the window's.
    config.addinivalue_line("qt_log_ignore", "This plugin does not support propagateSizeHints")


PLAN = (
    "2026 한빛시 책잔치 운영계획",
    "□ 한빛시는 2026. 5. 8.(금)부터 5. 10.(일)까지 한빛도서관에서 책잔치를 연다.",
    "□ 지난해에는 시민 4,200명이 책잔치를 찾았다.",
    "□ 올해는 작가 강연 6회와 헌책 나눔 장터를 운영한다.",
    "□ 안전요원 24명을 배치하고 임시 주차장 120면을 마련한다.",
    "□ 사업비는 35,000,000원이다.",
)


@pytest.fixture(autouse=True)
def words_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library's encoder is a process of 150 MB that takes seconds to load; its own tests start it."""
    monkeypatch.setattr("biseo.library.meaning.client.installed", lambda: False)


def put_look(window: MainWindow, name: str, scale: int) -> None:
    """Change the look and let all parts of the window follow."""
    window._on_look(name, scale)
    deadline = time.monotonic() + 20
    while window._theme.dressing.busy:
        assert time.monotonic() < deadline
        QTest.qWait(5)


@dataclass
class Entry:
    """What the window needs to know of a model."""

    id: str = "scripted"
    name: str = "Scripted 1B"
    path: Path = Path("scripted.gguf")
    sha256: str = "ab" * 32
    verified: bool = True
    licence: str = "Apache-2.0"
    parameters: int = 10**9
    quantization: str = "Q4_K_M"
    context: int = 8192
    size_bytes: int = 1_117_320_768
    min_ram_gb: float = 4.0
    active: bool = True
    note: str = ""


@dataclass(frozen=True)
class Intake:
    """Progress of taking a model in."""

    done_bytes: int
    total_bytes: int
    label: str


class FakeStore:
    """A store with the models it is given; `gate` holds an installation back until it is set."""

    def __init__(self, *entries: Entry) -> None:
        self.list = tuple(entries)
        self.available = True
        self.gate = threading.Event()
        self.gate.set()
        self.added: list[Path] = []
        self.tidied = 0

    def tidy(self) -> None:
        self.tidied += 1

    def entries(self) -> tuple[Entry, ...]:
        return self.list

    def active(self) -> Entry:
        for entry in self.list:
            if entry.active:
                return entry
        raise ModelError("no-model", "쓸 수 있는 모델이 없습니다.", "설정에서 모델을 준비해 주세요.")

    def default_available(self) -> bool:
        return self.available

    def install_default(self, cancel: threading.Event) -> Iterator[Intake]:
        yield Intake(400_000_000, 1_000_000_000, "기본 모델을 합치는 중")
        self.gate.wait(10)
        self.list = (Entry(),)
        yield Intake(1_000_000_000, 1_000_000_000, "기본 모델을 합치는 중")

    def add(self, file: Path, cancel: threading.Event) -> Iterator[Intake]:
        self.added.append(file)
        if file.suffix != ".gguf":
            raise ModelError("not-gguf", "모델 파일이 아닙니다.", "GGUF 파일을 골라 주세요.")
        self.list = (*(replace(entry, active=False) for entry in self.list), Entry(id=file.stem, name=file.stem))
        yield Intake(1, 1, "복사하는 중")

    def use(self, model_id: str) -> None:
        self.list = tuple(replace(entry, active=entry.id == model_id) for entry in self.list)

    def verify(self, model_id: str, cancel: threading.Event) -> Iterator[Intake]:
        yield Intake(1, 1, "확인하는 중")

    def remove(self, model_id: str) -> None:
        self.list = tuple(entry for entry in self.list if entry.id != model_id)


@dataclass
class FakeDialogs:
    """Answers every question as the test has set it."""

    documents: list[Path] = field(default_factory=list)
    folder: Path | None = None
    model: Path | None = None
    target: Path | None = None
    overwrite: bool = False
    unsaved: str = "discard"
    asked: list[str] = field(default_factory=list)

    def open_documents(self, then: Callable[[list[Path]], object]) -> None:
        then(self.documents)

    def open_folder(self, then: Callable[[Path], object]) -> None:
        if self.folder is not None:
            then(self.folder)

    def open_model(self, then: Callable[[Path], object]) -> None:
        if self.model is not None:
            then(self.model)

    def save_document(self, name: str, then: Callable[[Path, bool], object]) -> None:
        self.asked.append(f"save {name}")
        if self.target is not None:
            then(self.target, self.overwrite)

    def open_template(self, then: Callable[[Path], object]) -> None:
        if self.documents:
            then(self.documents[0])

    def save_filled(self, name: str, then: Callable[[Path, bool], object]) -> None:
        self.asked.append(f"fill {name}")
        if self.target is not None:
            then(self.target, self.overwrite)

    def ask_unsaved_form(self) -> str:
        self.asked.append("unsaved form")
        return self.unsaved

    def ask_unsaved(self) -> str:
        self.asked.append("unsaved")
        return self.unsaved


def read_text(path: Path, _cancel: threading.Event) -> Document:
    """Reads as the real reader does, without its process."""
    from biseo.errors import InputFileError

    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputFileError("damaged", "파일을 읽을 수 없습니다.", "다른 파일을 골라 주세요.") from error
    blocks = tuple(
        Block("item" if line.startswith("□") else "paragraph", line, level=1 if line.startswith("□") else 0, page=1)
        for line in lines
        if line
    )
    return Document(str(path), "txt", lines[0] if lines else "", 1, blocks, ())


ANSWERS = {
    "title": "한빛시 책잔치 개최",
    "prose": "한빛시는 한빛도서관에서 책잔치를 연다고 밝혔다. 올해는 작가 강연과 헌책 나눔 장터를 운영한다.",
}


def answer(job: Any) -> Answer:
    """A plain answer to whatever is asked."""
    return ANSWERS["title"] if "한 줄로" in job.prompt.task else ANSWERS["prose"]


class Stage:
    """Everything a test of the window needs, and what it may change."""

    def __init__(self, app: QApplication, home: Path) -> None:
        self.app = app
        self.home = home
        self.engine = ScriptedEngine(answer)
        self.store = FakeStore(Entry())
        self.dialogs = FakeDialogs()
        self.settings = Settings(notice_read=True)
        self.policy = Policy()
        self.runner = JobRunner()
        self.theme = Theme(app, "light", 100)
        self.services: Services = replace(
            root.real_services(),
            store=lambda: self.store,
            open_engine=lambda _entry: self.engine,
            read_document=read_text,
        )
        self.broke: list[Exception] = []
        self.runner.broke.connect(self.broke.append)
        self.vault: VaultHost | None = None

    def with_vault(self, keyring: Any) -> VaultHost:
        """Let the window have a real store in the home of this test."""
        self.vault = VaultHost(self.runner, None, keyring)
        return self.vault

    def open(self) -> MainWindow:
        """Show the window."""
        self.host = host = EngineHost(self.services.store, self.services.open_engine)
        dialogs: Any = self.dialogs
        self.window = root.build_window(
            self.app, self.theme, self.runner, self.services, host, self.settings, dialogs, self.vault, self.policy
        )
        self.window.resize(USUAL)  # whatever the screen of the platform
        self.window.show()
        assert QTest.qWaitForWindowExposed(self.window)
        return self.window

    def source(self, name: str = "운영 계획.txt", lines: tuple[str, ...] = PLAN) -> Path:
        """A file to drop."""
        path = self.home / name
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    def close(self) -> None:
        if self.vault is not None:
            ended: list[bool] = []
            self.runner.call("vault", self.vault.close).ended.connect(lambda: ended.append(True))
            while not ended:
                QTest.qWait(5)
        assert self.runner.shutdown(10)
        deadline = time.monotonic() + 10
        while self.runner.busy() and time.monotonic() < deadline:  # the last signals of ended jobs are on their way
            self.app.processEvents()
        assert not self.runner.busy()
        if hasattr(self, "window"):
            self.host.close()
            self.window.work.session.forget()
            self.window._closing = True
            self.window.close()
            shiboken6.delete(self.window)  # now, so that the next window becomes the active one
        shiboken6.delete(self.runner)
        shiboken6.delete(self.theme)


@pytest.fixture
def stage(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    monkeypatch.setenv("BISEO_HOME", str(tmp_path / "집"))
    gc.disable()  # as the program does: Qt objects must not be collected in a worker thread
    made = Stage(qapp, tmp_path)
    yield made
    made.close()
    gc.collect()
    gc.enable()
    assert not made.broke

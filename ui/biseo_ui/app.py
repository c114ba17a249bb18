"""The composition root: the only place of the window where things are constructed."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from biseo import policy_reading as policies
from biseo.document import Document, Draft
from biseo.errors import PolicyError
from biseo.pictures.picture import PagePicture
from biseo.policy import Policy
from biseo.settings import Settings
from biseo_models.engine import CancelFlag, Engine
from biseo_ui import crash, i18n, memory
from biseo_ui.collector import Collector
from biseo_ui.dialogs.file_dialogs import FileDialogs
from biseo_ui.engine_host import EngineHost
from biseo_ui.evidence_lookup import EvidenceLookup, sentence_at
from biseo_ui.ime import ImeWatch
from biseo_ui.jobs import Job, JobRunner
from biseo_ui.kept_digests import DraftWriter, KeptDigests
from biseo_ui.main_window import MainWindow
from biseo_ui.offline_desk import OfflineDesk
from biseo_ui.pages_ahead import AFTER_MS, import_pages
from biseo_ui.section_reviewer import SectionReviewer
from biseo_ui.services import Services, SourcesSize, Store
from biseo_ui.session_lock import lock_workstation
from biseo_ui.theme import Theme
from biseo_ui.vault_host import VaultHost

if TYPE_CHECKING:
    from biseo.asking import AskEvent, Turn
    from biseo.forms import Filled, Form
    from biseo.library import Library

PATIENCE_S = 5.0
"""How long the program waits for its work to end after the window was closed."""


def run() -> int:
    """Open the window and return the exit code when it is closed."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("biseo")
    app.setQuitOnLastWindowClosed(False)
    memory.begin()
    i18n.install(app)
    Collector(app)
    settings = Settings.load()
    theme = Theme(app, settings.theme, settings.scale)
    try:
        policy = policies.load()
    except PolicyError as error:
        return show_broken_policy(app, theme, error)
    runner = JobRunner(app)
    vault = VaultHost(runner, passphrase_required=policy.passphrase_required)
    digests = KeptDigests(lambda: vault.opened_now if policy.retention(settings.retention_days) else None)
    services = real_services(policy, digests)
    host = EngineHost(services.store, services.open_engine)
    window = build_window(app, theme, runner, services, host, settings, vault=vault, policy=policy)
    crash.install(window.tell_fault)
    window.closed.connect(partial(_end, app, runner, host, vault))
    window.lock.lock_pc = lock_workstation
    window.show()
    QTimer.singleShot(AFTER_MS, runner, lambda: runner.call("looking", import_pages))
    window.lock.begin()
    code = app.exec()
    runner.shutdown(PATIENCE_S)
    return code


def build_window(
    app: QApplication, theme: Theme, runner: JobRunner, services: Services, host: EngineHost, settings: Settings,
    dialogs: FileDialogs | None = None, vault: VaultHost | None = None, policy: Policy | None = None,
) -> MainWindow:  # fmt: skip
    """The window over those services; without a `vault` nothing is kept."""
    ime = ImeWatch(app)
    window = MainWindow(theme, ime, runner, services, host, settings, dialogs, vault, policy)
    OfflineDesk(window, theme, ime, runner, services.store)
    runner.broke.connect(crash.record)
    runner.broke.connect(lambda _error: window.tell_fault())
    return window


def show_broken_policy(app: QApplication, theme: Theme, error: PolicyError) -> int:
    """Say that the policy cannot be applied, until the window is closed; the exit code."""
    from biseo_ui.pages.broken_policy import BrokenPolicyWindow

    window = BrokenPolicyWindow(theme, error)
    theme.dress(window)
    window.closed.connect(app.quit)
    window.show()
    app.exec()
    return error.exit_code


def _end(app: QApplication, runner: JobRunner, host: EngineHost, vault: VaultHost) -> None:
    """Stop what runs, end the model process and the store in their own lanes; never wait for them in the window."""
    runner.cancel_all()
    ending = {runner.call("engine", host.close), runner.call("vault", vault.close)}

    def on_ended(job: Job) -> None:
        ending.discard(job)
        if not ending:
            app.quit()

    for job in tuple(ending):
        job.ended.connect(partial(on_ended, job))
    QTimer.singleShot(round(PATIENCE_S * 1000), app.quit)


def real_services(policy: Policy | None = None, digests: KeptDigests | None = None) -> Services:
    """The rooms beneath; each is imported when it is first used, in the worker thread that uses it.

    Args:
        policy: what it forbids is refused here as well, whatever the window offers.
        digests: keeps what was made of long sources; in memory where none is given.
    """
    reviewer, policy = SectionReviewer(), policy or Policy()
    writer = DraftWriter(digests or KeptDigests(lambda: None))
    return Services(
        store=cache(partial(_store, policy)),
        open_engine=partial(_open_engine, policy),
        read_document=_read_document,
        write_draft=writer,
        rewrite_sections=writer.rewrite,
        review_section=reviewer,
        review_draft=reviewer.whole,
        find_evidence=EvidenceLookup(),
        sentence_at=sentence_at,
        write_document=partial(_write_document, policy),
        find_fields=_find_fields,
        fill_form=partial(_fill_form, policy),
        prepare=_prepare,
        prepare_sources=_prepare_sources,
        draw_page=_draw_page,
        ask=_ask,
    )


def _store(policy: Policy) -> Store:
    from biseo import paths
    from biseo_models.catalogue import ModelStore

    return ModelStore(paths.models_folder(), allowed=policy.models)


def _open_engine(policy: Policy, entry: Any) -> Engine:
    from biseo_models.opening import open_model

    return open_model(entry, allowed=policy.models)


def _read_document(path: Path, cancel: threading.Event) -> Document:
    from biseo.readers import read_document

    return read_document(path, cancel)


def _find_fields(path: Path, cancel: threading.Event) -> Form:
    from biseo.forms.process import find_fields

    return find_fields(path, cancel)


def _fill_form(
    policy: Policy, path: Path, values: Mapping[str, str], out: Path, overwrite: bool, cancel: threading.Event
) -> Filled:  # fmt: skip
    from biseo.forms.process import fill_form

    policy.require_format(out.suffix)
    return fill_form(path, values, out, overwrite=overwrite, allow_empty=True, cancel=cancel)


def _prepare() -> None:
    import biseo.drafting.pipeline
    import biseo.writers  # noqa: F401


def _prepare_sources(engine: Engine, sources: Sequence[Document]) -> SourcesSize:
    from biseo.drafting.ahead import prepare_sources

    return prepare_sources(engine, sources)


def _draw_page(path: Path, page: int, width: int, passage: str, cancel: threading.Event) -> PagePicture:
    from biseo.pictures.process import draw_page

    return draw_page(path, page, width, passage, cancel)


def _ask(
    question: str, library: Library, engine: Engine | None, cancel: CancelFlag, earlier: Sequence[Turn]
) -> Iterator[AskEvent]:  # fmt: skip
    from biseo.asking import ask

    return ask(question, library, engine, cancel, earlier)


def _write_document(policy: Policy, draft: Draft, path: Path, overwrite: bool) -> Path:
    policy.require_format(path.suffix)
    policy.require_grade(draft.grade)
    if path.suffix.lower() == ".pdf":  # the one format that Qt makes
        from biseo_ui.printing.pdf import write_pdf

        return write_pdf(draft, path, overwrite)
    from biseo.writers import write_document

    return write_document(draft, path, overwrite=overwrite)

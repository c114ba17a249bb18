"""`biseo library encoder`: by which encoder the library is searched."""

from __future__ import annotations

from dataclasses import asdict
from threading import Event
from typing import Any

from biseo import paths
from biseo.cli.arguments import Arguments
from biseo.cli.console import Console
from biseo.errors import UserFacingError
from biseo.library.meaning import Meaning, MeaningGone
from biseo.library.meaning.choice import choice_of
from biseo.policy import Policy
from biseo_models.catalogue import ModelEntry, ModelStore
from biseo_models.errors import ModelError

NAME = "built-in"
"""What the encoder of the program is called here."""


def run_encoder(arguments: Arguments, console: Console, cancel: Event, policy: Policy) -> int:
    """Tell or choose the encoder; one that cannot be used is not chosen.

    Raises:
        ModelError: no such model, not an embedder, forbidden, changed, or it cannot be loaded.
        Cancelled: the user stopped it.
    """
    store = ModelStore(paths.models_folder(), allowed=policy.models)
    target = arguments.target
    if target == NAME:
        store.use_embedder("")
    elif target:
        console.note("모델을 열어 보고 있습니다.")
        _try(store.check_embedder(target), policy, cancel)
        store.use_embedder(target)
    console.result(*_told(store, changed=bool(target)))
    return 0


def _try(entry: ModelEntry, policy: Policy, cancel: Event) -> None:
    choice = choice_of(entry, check=policy.models is not None)
    meaning = Meaning(lambda: choice)
    try:
        meaning.try_out(cancel)
    except MeaningGone:
        raise ModelError(
            "embedding-failed",
            "뜻으로 찾는 모델을 열지 못했습니다.",
            "다른 모델을 골라 주세요. 고른 것은 바꾸지 않았습니다.",
        ) from None
    finally:
        meaning.stop()


def _told(store: ModelStore, *, changed: bool) -> tuple[dict[str, Any], str]:
    problem: UserFacingError | None = None
    embedders = store.embedders()
    chosen = next((entry for entry in embedders if entry.active), None)
    try:
        store.embedder()
    except UserFacingError as error:
        problem = error
    data = {
        "encoder": chosen.id if chosen else "" if problem else NAME,
        "sha256": chosen.sha256 if chosen else "",
        "problem": {"code": problem.code, "message": problem.message, "advice": problem.advice} if problem else None,
        "embedders": [{**asdict(entry), "path": str(entry.path)} for entry in embedders],
    }
    if problem:
        lines = [f"{problem.message} 지금은 낱말로만 찾습니다. {problem.advice}"]
    else:
        lines = [f"뜻으로 찾을 때 쓰는 모델: {chosen.id if chosen else '기본 부품(built-in)'}"]
    if changed:
        lines.append(
            "대목의 뜻은 다음에 자료실을 살필 때 새로 익힙니다. 바로 하려면 biseo library sync를 실행해 주세요."
        )
    others = [entry.id for entry in embedders if not entry.active]
    if others:
        lines.append(f"고를 수 있는 모델: {', '.join(others)}")
    return data, "\n".join(lines)

"""`biseo model`: the model files on this PC. Only `probe` loads one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from threading import Event
from typing import Any

from biseo import paths
from biseo.cli.arguments import Arguments
from biseo.cli.console import Console
from biseo.policy import Policy
from biseo_models.catalogue import IntakeProgress, ModelEntry, ModelStore
from biseo_models.machine import Machine, plan_memory, probe
from biseo_models.opening import open_model


def run_model(arguments: Arguments, console: Console, cancel: Event, policy: Policy) -> int:
    """List, add, choose or verify model files, or look whether this PC can run the chosen one.

    Raises:
        ModelError: the model cannot be used, or the policy does not allow it.
        Cancelled: the user stopped it.
    """
    store = ModelStore(paths.models_folder(), allowed=policy.models)
    machine = probe()
    tried: dict[str, Any] = {}
    if arguments.action == "add":
        _follow(store.add(arguments.file, cancel, embedders=True), console)
    elif arguments.action == "use":
        store.use(arguments.target)
    elif arguments.action == "verify":
        _follow(store.verify(arguments.target or store.active().id, cancel), console)
    elif arguments.action == "probe":
        tried = _try(store.active(), machine, console, policy)
    entries, embedders = store.entries(), store.embedders()
    data = {"models": [_entry(entry) for entry in (*entries, *embedders)], "machine": asdict(machine), **tried}
    console.result(data, "\n".join([_words(entries, embedders, machine), *_tried_words(tried)]))
    return 0


def prepare_default(store: ModelStore, console: Console, cancel: Event) -> None:
    """At first use: put the default model together when nothing else is there and its parts are installed.

    Raises:
        ModelError: the parts are damaged, or the disk is full.
        Cancelled: the user stopped it.
    """
    if not store.entries() and store.default_available():
        console.note("처음 쓰는 언어 모델을 준비합니다. 한 번만 하면 됩니다.")
        _follow(store.install_default(cancel), console)


def _try(entry: ModelEntry, machine: Machine, console: Console, policy: Policy) -> dict[str, Any]:
    """Load the model, measure how it runs best here, and keep that for every later start."""
    memory = plan_memory(entry, machine)
    console.note("모델을 열어 이 PC에 맞는 설정을 재고 있습니다.")
    with closing(open_model(entry, measure=True, allowed=policy.models)) as engine:
        info = engine.info()
        fit, used = engine.fit, engine.memory_bytes()
    assert fit is not None
    return {
        "fit": asdict(fit),
        "memory": {
            "context": info.context,
            "cache": memory.cache,
            "estimated_bytes": memory.bytes,
            "used_bytes": used,
        },
    }


def _tried_words(tried: dict[str, Any]) -> list[str]:
    if not tried:
        return []
    fit, memory = tried["fit"], tried["memory"]
    return [
        f"읽는 속도 1초에 {fit['reading']:.0f}, 쓰는 속도 {fit['writing']:.0f}, "
        f"{fit['parallel']}곳을 나란히 쓰면 {fit['together']:.0f}(단위: 모델의 글 조각)",
        f"스레드 {fit['threads']}개, 한 번에 다루는 분량 {memory['context']:,}, "
        f"메모리 {memory['used_bytes'] / 1e9:.1f} GB(어림 {memory['estimated_bytes'] / 1e9:.1f} GB)",
    ]


def _follow(work: Iterator[IntakeProgress], console: Console) -> None:
    for step in work:
        console.progress(step.done_bytes, step.total_bytes, step.label)
    console.clear()


def _entry(entry: ModelEntry) -> dict[str, Any]:
    data = asdict(entry)
    data["path"] = str(entry.path)
    return data


def _line(entry: ModelEntry) -> str:
    return (
        f"{'*' if entry.active else ' '} {entry.id}  {entry.size_bytes / 1e9:.2f} GB  {entry.quantization}  "
        f"{entry.licence or '이용 조건 미상'}  {'확인됨' if entry.verified else '확인 필요'}"
        f"{'' if entry.allowed else '  기관 정책에서 승인하지 않음'}"
    )


def _words(entries: tuple[ModelEntry, ...], embedders: tuple[ModelEntry, ...], machine: Machine) -> str:
    lines = [_line(entry) for entry in entries]
    if not lines:
        lines = ["아직 준비된 모델이 없습니다. 'biseo model add 파일'로 가져오거나 기본 모델을 준비해 주세요."]
    if embedders:
        lines += ["자료실에서 뜻으로 찾는 모델('biseo library encoder 모델'로 고릅니다)", *map(_line, embedders)]
    lines.append(
        f"이 PC: 코어 {machine.cores}개, 메모리 {machine.ram_gb:.1f} GB(남은 메모리 {machine.ram_free_gb:.1f} GB)"
    )
    return "\n".join(lines)

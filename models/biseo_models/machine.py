"""This PC: processor and memory, and whether a model fits."""

from __future__ import annotations

import platform
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from biseo_models.errors import ModelError

USUAL_CONTEXT = 8192
"""Context (in tokens) for which memory is judged before anyone asks for more."""

SPARE_TOKENS = 1024
"""Cache beyond the context: for the tasks and answers that stand side by side on a document."""

PROCESS_BYTES = 64 << 20
"""The model process itself, without any model."""

KEPT_BYTES = 256 << 20
"""Most memory for what was read of documents other than the newest."""

Q8_SHARE = 34 / 64
"""Size of a cache in q8_0 beside one in f16."""

_CHOICES = ((USUAL_CONTEXT, "f16"), (USUAL_CONTEXT, "q8_0"), (4096, "q8_0"))
"""Best first. Less than the last holds no draft beside its instructions."""

SYSTEM_BYTES = 2 << 30
"""What the operating system and this program need beside the model."""


@dataclass(frozen=True)
class Machine:
    """The PC as the program may use it. Memory in GB of 2^30 bytes.

    Attributes:
        cores: logical processors this process may run on.
        physical_cores: real ones; generation gains nothing from more threads than these.
        instruction_sets: vector instructions that llama.cpp can use.
    """

    cores: int
    physical_cores: int
    ram_gb: float
    ram_free_gb: float
    instruction_sets: tuple[str, ...]
    system: str
    processor: str


class Measured(Protocol):
    """What a header and a catalogue entry have in common."""

    @property
    def size_bytes(self) -> int: ...
    @property
    def kv_bytes_per_token(self) -> int: ...
    @property
    def compute_bytes(self) -> int: ...
    @property
    def context(self) -> int: ...


def probe() -> Machine:
    """Look at this PC. Takes a few milliseconds (macOS: one short child process)."""
    import psutil

    memory = psutil.virtual_memory()
    cores = _usable_cores(psutil.cpu_count() or 1)
    return Machine(
        cores=cores,
        physical_cores=min(psutil.cpu_count(logical=False) or cores, cores),
        ram_gb=round(memory.total / 2**30, 1),
        ram_free_gb=round(memory.available / 2**30, 1),
        instruction_sets=_instruction_sets(),
        system=f"{platform.system()} {platform.release()}",
        processor=platform.machine(),
    )


@dataclass(frozen=True)
class MemoryPlan:
    """How much of a text a model is to hold at once.

    Attributes:
        context: tokens.
        cache: `f16`, or `q8_0` where memory is short: about half the size for slightly rounded values.
        bytes: what running the model takes in all.
    """

    context: int
    cache: str
    bytes: int


def memory_needed(model: Measured, context: int = USUAL_CONTEXT, cache: str = "f16") -> int:
    """Bytes that running the model takes: weights, cache for `context` tokens and some spare ones, working memory.

    The context is capped at what the model was made for. The estimate is an upper one: models that cache only a
    window of the text take less. What is kept of documents other than the newest comes on top, within `KEPT_BYTES`.
    """
    tokens = (min(context, model.context) if model.context else context) + SPARE_TOKENS
    per_token = model.kv_bytes_per_token * (Q8_SHARE if cache == "q8_0" else 1)
    return model.size_bytes + int(tokens * per_token) + model.compute_bytes + PROCESS_BYTES


def usual_threads() -> int:
    """Threads to begin with: a core stays free where there are more than two."""
    cores = probe().physical_cores
    return cores - 1 if cores > 2 else cores


def threads_to_try() -> tuple[int, ...]:
    """Numbers of threads worth measuring; none takes the last of more than two cores."""
    machine = probe()
    most = machine.cores - 1 if machine.cores > 2 else machine.cores
    return tuple(sorted({max(1, most // 2), min(usual_threads(), most), most}))


def least_ram_gb(model: Measured) -> float:
    """Memory a PC must have in all, in GB, rounded up to the next half."""
    return -(-2 * (memory_needed(model) + SYSTEM_BYTES) // 2**30) / 2


def plan_memory(model: Measured, machine: Machine) -> MemoryPlan:
    """The largest context that fits into the memory that is free now.

    Raises:
        ModelError: `too-little-memory`, with the numbers.
    """
    for context, cache in _CHOICES:
        needed = memory_needed(model, context, cache)
        if needed <= machine.ram_free_gb * 2**30:
            return MemoryPlan(context, cache, needed)
    least = needed / 2**30
    advice = (
        "더 작은 모델을 골라 주세요."
        if least + SYSTEM_BYTES / 2**30 > machine.ram_gb
        else "다른 프로그램을 닫은 뒤 다시 시도하거나 더 작은 모델을 골라 주세요."
    )
    raise ModelError(
        "too-little-memory",
        f"이 모델을 쓰려면 메모리 {least:.1f}GB가 비어 있어야 하는데 "
        f"지금 {machine.ram_free_gb:.1f}GB가 비어 있습니다(전체 {machine.ram_gb:.1f}GB).",
        advice,
    )


def _usable_cores(present: int) -> int:
    """Processors this process may use: fewer than present inside a container or a restricted session."""
    import psutil

    try:
        return len(psutil.Process().cpu_affinity()) or present
    except (AttributeError, psutil.Error, OSError):  # macOS has no affinity
        return present


# name to show -> names that Linux (x86 flags, ARM features) and macOS (sysctl) use
_SETS = {
    "SSE4.2": {"sse4_2", "sse4.2"},
    "AVX": {"avx", "avx1.0"},
    "AVX2": {"avx2"},
    "F16C": {"f16c"},
    "FMA": {"fma"},
    "AVX-VNNI": {"avx_vnni"},
    "AVX-512": {"avx512f"},
    "AVX-512 VNNI": {"avx512_vnni", "avx512vnni"},
    "AMX": {"amx_int8"},
    "NEON": {"asimd", "neon", "advsimd"},
    "DotProd": {"asimddp", "feat_dotprod"},
    "I8MM": {"i8mm", "feat_i8mm"},
    "SVE": {"sve"},
}


def _named(words: set[str]) -> tuple[str, ...]:
    return tuple(name for name, spellings in _SETS.items() if spellings & words)


def _linux_words() -> set[str]:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return set()
    for line in text.splitlines():
        name, _, value = line.partition(":")
        if name.strip() in ("flags", "Features"):
            return set(value.split())
    return set()


def _macos_words() -> set[str]:
    names = (
        "machdep.cpu.features",
        "machdep.cpu.leaf7_features",
        "hw.optional.AdvSIMD",
        "hw.optional.arm.FEAT_DotProd",
        "hw.optional.arm.FEAT_I8MM",
    )
    words: set[str] = set()
    for name in names:
        try:
            asked = subprocess.run(["/usr/sbin/sysctl", "-n", name], capture_output=True, text=True, timeout=5)
        except (OSError, subprocess.SubprocessError):
            continue
        answer = asked.stdout.strip().lower()
        words |= {name.rpartition(".")[2].lower()} if answer == "1" else set(answer.split())
    return words


if sys.platform == "win32":

    def _instruction_sets() -> tuple[str, ...]:
        """`IsProcessorFeaturePresent` with the constants of winnt.h."""
        import ctypes

        features = {"NEON": 19, "SSE4.2": 38, "AVX": 39, "AVX2": 40, "AVX-512": 41, "DotProd": 43}
        present = ctypes.windll.kernel32.IsProcessorFeaturePresent
        arm = platform.machine().upper().startswith("ARM")
        return tuple(
            name for name, number in features.items() if (name in ("NEON", "DotProd")) == arm and present(number)
        )

elif sys.platform == "darwin":

    def _instruction_sets() -> tuple[str, ...]:
        return _named(_macos_words())

else:

    def _instruction_sets() -> tuple[str, ...]:
        return _named(_linux_words())

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


def memory_needed(model: Measured, context: int = USUAL_CONTEXT) -> int:
    """Bytes that running the model takes: weights, cache for `context` tokens, working memory.

    The context is capped at what the model was made for. The estimate is an upper one: models that cache only a
    window of the text take less.
    """
    tokens = min(context, model.context) if model.context else context
    return model.size_bytes + tokens * model.kv_bytes_per_token + model.compute_bytes


def least_ram_gb(model: Measured) -> float:
    """Memory a PC must have in all, in GB, rounded up to the next half."""
    return -(-2 * (memory_needed(model) + SYSTEM_BYTES) // 2**30) / 2


def check_fit(model: Measured, machine: Machine, context: int = USUAL_CONTEXT) -> None:
    """Make sure that the model can run now.

    Raises:
        ModelError: `too-little-memory`, with the numbers.
    """
    needed = memory_needed(model, context) / 2**30
    if needed <= machine.ram_free_gb:
        return
    advice = (
        "더 작은 모델을 골라 주세요."
        if needed + SYSTEM_BYTES / 2**30 > machine.ram_gb
        else "다른 프로그램을 닫은 뒤 다시 시도하거나 더 작은 모델을 골라 주세요."
    )
    raise ModelError(
        "too-little-memory",
        f"이 모델을 쓰려면 메모리 {needed:.1f}GB가 비어 있어야 하는데 "
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

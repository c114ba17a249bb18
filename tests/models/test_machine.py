from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from tests.models.gguf_files import write_gguf

from biseo_models import machine
from biseo_models.errors import ModelError
from biseo_models.gguf import read_header
from biseo_models.machine import PROCESS_BYTES, SPARE_TOKENS, Machine, least_ram_gb, memory_needed, plan_memory, probe

OFFICE = Machine(4, 2, 8.0, 4.0, ("AVX2",), "Windows 11", "AMD64")


def test_probe_sees_this_pc() -> None:
    seen = probe()
    assert 1 <= seen.physical_cores <= seen.cores
    assert 0 < seen.ram_free_gb <= seen.ram_gb
    assert seen.system and seen.processor


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ({"sse4_2", "avx", "avx2", "fma", "f16c"}, ("SSE4.2", "AVX", "AVX2", "F16C", "FMA")),
        ({"asimd", "asimddp", "i8mm"}, ("NEON", "DotProd", "I8MM")),
        ({"avx1.0", "avx2", "avx512f"}, ("AVX", "AVX2", "AVX-512")),
        (set(), ()),
    ],
)
def test_instruction_sets_have_one_name_everywhere(words: set[str], names: tuple[str, ...]) -> None:
    assert machine._named(words) == names


def test_memory_is_weights_cache_and_work(tmp_path: Path) -> None:
    header = read_header(write_gguf(tmp_path / "m.gguf"))
    fixed = header.size_bytes + header.compute_bytes + PROCESS_BYTES
    assert memory_needed(header, 1000) == fixed + (1000 + SPARE_TOKENS) * header.kv_bytes_per_token
    # not more than the model was made for
    assert memory_needed(header, 1_000_000) == fixed + (4096 + SPARE_TOKENS) * header.kv_bytes_per_token
    rounded = memory_needed(header, 1000, "q8_0") - fixed
    assert rounded == int((1000 + SPARE_TOKENS) * header.kv_bytes_per_token * 34 / 64)
    assert least_ram_gb(header) == 2.5


@dataclasses.dataclass(frozen=True)
class Weighed:
    size_bytes: int
    kv_bytes_per_token: int = 0
    compute_bytes: int = 0
    context: int = 4096


def test_fit_is_refused_with_the_numbers() -> None:
    plan_memory(Weighed(3 << 30), OFFICE)
    with pytest.raises(
        ModelError, match=r"5\.0GB가 비어 있어야 하는데 지금 4\.0GB가 비어 있습니다\(전체 8\.0GB\)"
    ) as caught:
        plan_memory(Weighed((5 << 30) - PROCESS_BYTES), OFFICE)
    assert caught.value.code == "too-little-memory"
    assert "닫은 뒤" in caught.value.advice
    with pytest.raises(ModelError) as caught:
        plan_memory(Weighed(7 << 30), OFFICE)
    assert "닫은 뒤" not in caught.value.advice


def test_a_shorter_or_rounded_cache_where_memory_is_short() -> None:
    model = Weighed(1 << 30, kv_bytes_per_token=200_000, compute_bytes=0, context=32768)
    chosen = [
        (plan.context, plan.cache)
        for free in (4.0, 2.2, 1.8)
        for plan in [plan_memory(model, dataclasses.replace(OFFICE, ram_free_gb=free))]
    ]
    assert chosen == [(8192, "f16"), (8192, "q8_0"), (4096, "q8_0")]
    with pytest.raises(ModelError) as caught:
        plan_memory(model, dataclasses.replace(OFFICE, ram_free_gb=1.5))  # loads, but holds no draft
    assert caught.value.code == "too-little-memory"
    assert plan_memory(model, OFFICE).bytes <= 4 << 30

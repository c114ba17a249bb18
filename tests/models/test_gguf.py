from __future__ import annotations

import struct
import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.models.gguf_files import ARRAY, TEXT, U32, entry, facts, gguf, text, write_gguf

from biseo_models.errors import ModelError
from biseo_models.gguf import is_split_name, read_header


def refusal(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    with pytest.raises(ModelError) as caught:
        read_header(path)
    assert caught.value.exit_code == 4
    return caught.value.code


def test_header_of_a_whole_file(tmp_path: Path) -> None:
    header = read_header(write_gguf(tmp_path / "한글 이름.gguf"))
    assert (header.architecture, header.name, header.licence) == ("qwen2", "시험 모델", "apache-2.0")
    assert (header.quantization, header.context, header.layers) == ("Q4_K_M", 4096, 2)
    assert (header.heads, header.kv_heads, header.key_length) == (4, (2, 2), 16)
    assert (header.parameters, header.vocabulary, header.chat_template) == (1024, 3, True)
    # 2 layers x 2 heads x (16 + 16) values x 2 bytes
    assert header.kv_bytes_per_token == 256
    assert header.header_bytes + header.tensor_bytes == header.size_bytes


def test_heads_may_differ_from_layer_to_layer(tmp_path: Path) -> None:
    path = write_gguf(tmp_path / "m.gguf", qwen2__attention__head_count_kv=[2, 0], qwen2__attention__key_length=8)
    header = read_header(path)
    assert header.kv_heads == (2, 0)
    assert header.kv_bytes_per_token == 2 * (8 + 16) * 2


def test_absent_facts_are_empty(tmp_path: Path) -> None:
    (tmp_path / "m.gguf").write_bytes(gguf({"general.architecture": "llama"}))
    header = read_header(tmp_path / "m.gguf")
    assert (header.name, header.licence, header.quantization, header.chat_template) == ("", "", "", False)
    assert header.kv_bytes_per_token == 0


def test_names_are_made_fit_to_show(tmp_path: Path) -> None:
    header = read_header(write_gguf(tmp_path / "m.gguf", general__name="모델\x00\n\x1b[31m" + "가" * 500))
    assert header.name.startswith("모델 [31m가")
    assert len(header.name) == 120


@pytest.mark.parametrize("content", [b"", b"GG", b"PK\x03\x04" + bytes(100), "한글 문서".encode()])
def test_other_files(tmp_path: Path, content: bytes) -> None:
    assert refusal(tmp_path / "m.gguf", content) == "not-a-model"


@pytest.mark.parametrize("version", [0, 1, 4, 3 << 24])
def test_other_versions(tmp_path: Path, version: int) -> None:
    content = bytearray(gguf())
    content[4:8] = struct.pack("<I", version)
    assert refusal(tmp_path / "m.gguf", bytes(content)) == "unsupported-model"


def test_every_truncation_is_seen(tmp_path: Path) -> None:
    whole = gguf()
    for length in [*range(4, 900, 7), len(whole) - 4096, len(whole) - 1]:
        assert refusal(tmp_path / "m.gguf", whole[:length]) == "model-damaged"


HUGE = 1 << 62
HOSTILE = {
    "entries": b"GGUF" + struct.pack("<IQQ", 3, 0, HUGE),
    "tensors": b"GGUF" + struct.pack("<IQQ", 3, HUGE, 0),
    "key": b"GGUF" + struct.pack("<IQQQ", 3, 0, 1, HUGE),
    "string": b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + text("general.name") + struct.pack("<IQ", TEXT, HUGE),
    "skipped string": b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + text("other") + struct.pack("<IQ", TEXT, HUGE),
    "strings": b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + text("x") + struct.pack("<IIQ", ARRAY, TEXT, 7_999_999),
    "long in array": b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + text("x") + struct.pack("<IIQQ", ARRAY, TEXT, 2, HUGE),
    "numbers": b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + text("x") + struct.pack("<IIQ", ARRAY, U32, HUGE),
    "nested": b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + text("x") + struct.pack("<IIQ", ARRAY, ARRAY, 1),
    "kind": b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + text("x") + struct.pack("<I", 99),
    "dimensions": b"GGUF" + struct.pack("<IQQ", 3, 1, 0) + text("t") + struct.pack("<I", HUGE >> 40),
    "shape": b"GGUF" + struct.pack("<IQQ", 3, 1, 0) + text("t") + struct.pack("<IQQQQIQ", 4, *[1 << 63] * 4, 0, 0),
    "offset": b"GGUF" + struct.pack("<IQQ", 3, 1, 0) + text("t") + struct.pack("<IQIQ", 1, 32, 0, HUGE),
    "half a block": b"GGUF" + struct.pack("<IQQ", 3, 1, 0) + text("t") + struct.pack("<IQIQ", 1, 33, 12, 0),
    "alignment": gguf(facts(general__alignment=0)),
    "layers": gguf(facts(qwen2__block_count=0xFFFFFFFF)),
    "no architecture": gguf({"general.name": "x"}),
    "many names": b"GGUF" + struct.pack("<IQQ", 3, 0, 999) + b"".join(entry(f"{i}.block_count", 1) for i in range(999)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_headers_are_refused_cheaply(tmp_path: Path, name: str) -> None:
    tracemalloc.start()
    started = time.monotonic()
    assert refusal(tmp_path / "m.gguf", HOSTILE[name]) == "model-damaged"
    assert time.monotonic() - started < 1
    assert tracemalloc.get_traced_memory()[1] < 4 << 20
    tracemalloc.stop()


WHOLE = gguf()


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changes=st.lists(st.tuples(st.integers(4, 700), st.binary(min_size=1, max_size=8)), max_size=6),
    length=st.integers(0, len(WHOLE)),
)
@example(changes=[], length=len(WHOLE))
def test_any_damage_ends_in_a_header_or_a_refusal(
    tmp_path: Path, changes: list[tuple[int, bytes]], length: int
) -> None:
    content = bytearray(WHOLE[:length])
    for place, piece in changes:
        content[place : place + len(piece)] = piece
    (tmp_path / "m.gguf").write_bytes(content)
    try:
        header = read_header(tmp_path / "m.gguf")
    except ModelError as error:
        assert error.code in ("not-a-model", "unsupported-model", "model-damaged")
    else:
        assert header.kv_bytes_per_token >= 0
        assert header.compute_bytes > 0


@pytest.mark.parametrize("kind", [4, 31, 43, 0xFFFFFFFF])
def test_weights_of_an_unknown_or_removed_kind(tmp_path: Path, kind: int) -> None:
    content = b"GGUF" + struct.pack("<IQQ", 3, 1, 0) + text("t") + struct.pack("<IQIQ", 1, 32, kind, 0)
    assert refusal(tmp_path / "m.gguf", content) == "unsupported-model"


def test_split_names() -> None:
    assert is_split_name("kanana-00001-of-00003.gguf")
    assert not is_split_name("kanana-00001-of-00001.gguf")
    assert not is_split_name("state-of-the-art.gguf")

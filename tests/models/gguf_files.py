"""Small GGUF files, made by hand."""

from __future__ import annotations

import struct
from pathlib import Path

TEXT, ARRAY, U32 = 8, 9, 4


def text(value: str) -> bytes:
    raw = value.encode()
    return struct.pack("<Q", len(raw)) + raw


def entry(key: str, value: str | int | list[str] | list[int]) -> bytes:
    if isinstance(value, str):
        return text(key) + struct.pack("<I", TEXT) + text(value)
    if isinstance(value, int):
        return text(key) + struct.pack("<II", U32, value)
    if value and isinstance(value[0], str):
        items = b"".join(text(str(item)) for item in value)
        return text(key) + struct.pack("<IIQ", ARRAY, TEXT, len(value)) + items
    numbers = b"".join(struct.pack("<I", item) for item in value)
    return text(key) + struct.pack("<IIQ", ARRAY, U32, len(value)) + numbers


def facts(**changes: str | int | list[str] | list[int]) -> dict[str, str | int | list[str] | list[int]]:
    """The metadata of a tiny model; `__` in a keyword stands for a dot."""
    made: dict[str, str | int | list[str] | list[int]] = {
        "general.architecture": "qwen2",
        "general.name": "시험 모델",
        "general.license": "apache-2.0",
        "general.file_type": 15,
        "qwen2.block_count": 2,
        "qwen2.context_length": 4096,
        "qwen2.embedding_length": 64,
        "qwen2.feed_forward_length": 128,
        "qwen2.attention.head_count": 4,
        "qwen2.attention.head_count_kv": 2,
        "tokenizer.ggml.tokens": ["가", "나", "다"],
        "tokenizer.chat_template": "{{ messages }}",
    }
    made.update({name.replace("__", "."): value for name, value in changes.items()})
    return made


def gguf(
    metadata: dict[str, str | int | list[str] | list[int]] | None = None,
    weights: bytes = bytes(4096),
    shape: int = 1024,
) -> bytes:
    """A whole file: one float tensor of `shape` values whose data are `weights`."""
    metadata = facts() if metadata is None else metadata
    head = b"GGUF" + struct.pack("<IQQ", 3, 1, len(metadata))
    head += b"".join(entry(key, value) for key, value in metadata.items())
    head += text("token_embd.weight") + struct.pack("<IQIQ", 1, shape, 0, 0)
    return head + bytes(-len(head) % 32) + weights


def write_gguf(path: Path, seed: int = 0, **changes: str | int | list[str] | list[int]) -> Path:
    """Write one; `seed` makes the content, and so the hash, another."""
    path.write_bytes(gguf(facts(**changes), weights=bytes([seed]) * 4096))
    return path

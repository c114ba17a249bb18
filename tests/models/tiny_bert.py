"""A tiny BERT as a GGUF file: one layer, weights by chance, every Hangul syllable a word piece of its own.

llama.cpp runs it like a real embedder, only that what it thinks of texts is how many syllables they share.
"""

from __future__ import annotations

import random
import struct
from pathlib import Path

from tests.models.gguf_files import entry, text

WIDTH, LONGEST = 96, 512
_SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
_SYLLABLES = [chr(code) for code in range(ord("가"), ord("힣") + 1)]


def write_tiny_bert(path: Path, seed: int = 1, pooling: int = 1, words: str = "t5") -> Path:
    """Write one.

    Args:
        path: of the file.
        seed: of the weights.
        pooling: 1 mean, 2 first token, 4 a score.
        words: kind of tokens: `t5` as multilingual models have them, `bert` with which llama.cpp reads no Korean.
    """
    tokens = [*_SPECIAL, "▁", *(f"▁{one}" for one in _SYLLABLES), *_SYLLABLES]
    head = [
        entry("general.architecture", "bert"),
        entry("general.name", "작은 임베딩"),
        entry("general.license", "cc0-1.0"),
        *(
            entry(f"bert.{name}", value)
            for name, value in (
                ("block_count", 1), ("context_length", LONGEST), ("embedding_length", WIDTH),
                ("feed_forward_length", WIDTH), ("attention.head_count", 2), ("pooling_type", pooling),
            )
        ),
        text("bert.attention.layer_norm_epsilon") + struct.pack("<If", 6, 1e-12),
        text("bert.attention.causal") + struct.pack("<I?", 7, False),
        entry("tokenizer.ggml.model", words),
        entry("tokenizer.ggml.pre", "default"),
        entry("tokenizer.ggml.token_type_count", 2),
        entry("tokenizer.ggml.tokens", tokens),
        _numbers("scores", "f", 6, [-1.0] * len(tokens)),
        _numbers("token_type", "i", 5, [3, 3, 3, 2] + [1] * (len(tokens) - len(_SPECIAL))),
        *(_flag(name) for name in ("add_bos_token", "add_eos_token", "add_space_prefix")),
        *(
            entry(f"tokenizer.ggml.{name}_token_id", number)
            for name, number in (
                ("bos", 0), ("cls", 0), ("padding", 1), ("eos", 2), ("seperator", 2), ("mask", 1), ("unknown", 3)
            )
        ),
    ]  # fmt: skip
    chance = random.Random(seed)

    def noise(count: int, size: float) -> bytes:
        return struct.pack(f"<{count}f", *(size * (2 * chance.random() - 1) for _ in range(count)))

    def same(value: float) -> bytes:
        return struct.pack("<f", value) * WIDTH

    inner = {name: noise(WIDTH, 1.0) for name in _SYLLABLES}  # a syllable at the beginning of a word is the same
    table = noise(WIDTH * (len(_SPECIAL) + 1), 0.01) + 2 * b"".join(inner.values())
    tensors: list[tuple[str, tuple[int, ...], bytes]] = [
        ("token_embd.weight", (WIDTH, len(tokens)), table),
        ("token_types.weight", (WIDTH, 2), bytes(8 * WIDTH)),
        ("position_embd.weight", (WIDTH, LONGEST), noise(WIDTH * LONGEST, 0.01)),
        ("token_embd_norm.weight", (WIDTH,), same(1)),
        ("token_embd_norm.bias", (WIDTH,), same(0)),
    ]
    for name in ("attn_q", "attn_k", "attn_v", "attn_output", "ffn_up", "ffn_down"):
        tensors += [
            (f"blk.0.{name}.weight", (WIDTH, WIDTH), noise(WIDTH * WIDTH, 0.02)),
            (f"blk.0.{name}.bias", (WIDTH,), same(0)),
        ]
    for name in ("attn_output_norm", "layer_output_norm"):
        tensors += [(f"blk.0.{name}.weight", (WIDTH,), same(1)), (f"blk.0.{name}.bias", (WIDTH,), same(0))]

    made, data = b"", b""
    for name, shape, content in tensors:
        made += text(name) + struct.pack("<I", len(shape)) + struct.pack(f"<{len(shape)}Q", *shape)
        made += struct.pack("<IQ", 0, len(data))
        data += content + bytes(-len(content) % 32)
    start = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(head)) + b"".join(head) + made
    path.write_bytes(start + bytes(-len(start) % 32) + data)
    return path


def _numbers(name: str, code: str, kind: int, values: list[float] | list[int]) -> bytes:
    packed = struct.pack(f"<{len(values)}{code}", *values)
    return text(f"tokenizer.ggml.{name}") + struct.pack("<IIQ", 9, kind, len(values)) + packed


def _flag(name: str) -> bytes:
    return text(f"tokenizer.ggml.{name}") + struct.pack("<I?", 7, True)

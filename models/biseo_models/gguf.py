"""Reads the header of a GGUF file: what model it is, and whether the file is whole.

Own parser, because the file comes from a stranger's USB stick and the header is read before anything trusts it:
every length is checked against a bound and against the file before it is used, and nothing is read into memory that
is not kept. Layout: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md (versions 2 and 3, little-endian).
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from biseo_models.errors import ModelError

MAX_ENTRIES = 16_384
MAX_TENSORS = 65_536
MAX_KEY = 65_535
MAX_KEPT = 64
MAX_KEPT_TEXT = 1 << 16
MAX_STRINGS = 8_000_000
MAX_LAYERS = 4_096
MAX_HEADER = 512 << 20

_TEXTS = ("general.architecture", "general.name", "general.license")
_NUMBERS = ("general.file_type", "general.alignment", "split.count")
_PER_MODEL = (
    ".context_length", ".block_count", ".embedding_length", ".feed_forward_length", ".attention.head_count",
    ".attention.head_count_kv", ".attention.key_length", ".attention.value_length", ".pooling_type",
)  # fmt: skip
_PER_LAYER = (".attention.head_count", ".attention.head_count_kv", ".feed_forward_length")
_TEMPLATE, _TOKENS = "tokenizer.chat_template", "tokenizer.ggml.tokens"

_SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "B", 10: "Q", 11: "q", 12: "d"}
_STRING, _ARRAY = 8, 9
_LENGTH = struct.Struct("<Q")
_WINDOW = 1 << 18

# ggml type number -> (values a block, bytes a block); from ggml_blck_size and ggml_type_size of the pinned build
_BLOCKS = {
    0: (1, 4), 1: (1, 2), 2: (32, 18), 3: (32, 20), 6: (32, 22), 7: (32, 24), 8: (32, 34), 9: (32, 36),
    10: (256, 84), 11: (256, 110), 12: (256, 144), 13: (256, 176), 14: (256, 210), 15: (256, 292),
    16: (256, 66), 17: (256, 74), 18: (256, 98), 19: (256, 50), 20: (32, 18), 21: (256, 110), 22: (256, 82),
    23: (256, 136), 24: (1, 1), 25: (1, 2), 26: (1, 4), 27: (1, 8), 28: (1, 8), 29: (256, 56), 30: (1, 2),
    34: (256, 54), 35: (256, 66), 39: (32, 17), 40: (64, 36), 41: (128, 18), 42: (64, 18),
}  # fmt: skip

_QUANTIZATIONS = {
    0: "F32", 1: "F16", 2: "Q4_0", 3: "Q4_1", 7: "Q8_0", 8: "Q5_0", 9: "Q5_1", 10: "Q2_K", 11: "Q3_K_S",
    12: "Q3_K_M", 13: "Q3_K_L", 14: "Q4_K_S", 15: "Q4_K_M", 16: "Q5_K_S", 17: "Q5_K_M", 18: "Q6_K", 19: "IQ2_XXS",
    20: "IQ2_XS", 21: "Q2_K_S", 22: "IQ3_XS", 23: "IQ3_XXS", 24: "IQ1_S", 25: "IQ4_NL", 26: "IQ3_S", 27: "IQ3_M",
    28: "IQ2_S", 29: "IQ2_M", 30: "IQ4_XS", 31: "IQ1_M", 32: "BF16", 36: "TQ1_0", 37: "TQ2_0", 38: "MXFP4",
    39: "NVFP4", 40: "Q1_0", 41: "Q2_0",
}  # fmt: skip


CACHE_TOKENS = 9216
"""Tokens of cache for which working memory is judged."""


@dataclass(frozen=True)
class GgufHeader:
    """What the header says. Lengths in tokens, sizes in bytes; an absent number is 0, an absent text is empty.

    Attributes:
        parameters: number of weights, counted from the tensor shapes.
        kv_heads: attention heads that are cached, one number a layer (0 where a layer caches nothing).
        key_length: values a head caches as key; `value_length` likewise.
        chat_template: the file says how a conversation is written for it.
        split_count: files the model is spread over; 0 or 1 for a whole one.
        header_bytes: where the tensor data begin.
        tensor_bytes: length of the tensor data.
        pooling: how the vectors of a text's tokens become one (1 mean, 2 first, 3 last, 4 a score of two texts).
    """

    architecture: str
    name: str
    licence: str
    parameters: int
    quantization: str
    context: int
    layers: int
    heads: int
    kv_heads: tuple[int, ...]
    embedding: int
    feed_forward: int
    key_length: int
    value_length: int
    vocabulary: int
    chat_template: bool
    split_count: int
    size_bytes: int
    header_bytes: int
    tensor_bytes: int
    pooling: int = 0

    @property
    def kv_bytes_per_token(self) -> int:
        """Cache for one token of context, in 16-bit values."""
        return 2 * (self.key_length + self.value_length) * sum(self.kv_heads)

    @property
    def compute_bytes(self) -> int:
        """Working memory beside weights and cache, for batches of 256 tokens.

        The largest buffers hold, for each token of a batch, one 32-bit value a vocabulary entry or one for each head
        and token of the cache, and the activations of the widest layer.
        """
        largest = max(self.vocabulary, self.heads * CACHE_TOKENS)
        return 256 * 4 * (largest + 4 * self.embedding + 2 * self.feed_forward)


def read_header(path: Path) -> GgufHeader:
    """The header of a GGUF file, with the promise that the file holds all the tensor data it announces.

    Takes 0.2 s for a large vocabulary and a few megabytes of memory, whatever the file says.

    Raises:
        ModelError: `not-a-model`, `unsupported-model` or `model-damaged`.
        OSError: the file cannot be read.
    """
    size = path.stat().st_size
    with path.open("rb") as stream:
        return _Parser(stream, size).header()


class _Parser:
    def __init__(self, stream: BinaryIO, size: int) -> None:
        self._stream = stream
        self._size = size
        self._limit = min(size, MAX_HEADER)
        self._strings = 0

    def header(self) -> GgufHeader:
        if self._stream.read(4) != b"GGUF":
            raise ModelError(
                "not-a-model",
                "고른 파일은 언어 모델 파일(GGUF)이 아닙니다.",
                "이름이 .gguf로 끝나는 모델 파일을 골라 주세요.",
            )
        version = self._number("I")
        if version not in (2, 3):
            raise ModelError(
                "unsupported-model",
                "모델 파일의 판이 이 프로그램에서 쓸 수 있는 것과 다릅니다.",
                "GGUF 2판이나 3판으로 만든 파일을 골라 주세요.",
            )
        tensors, entries = self._number("Q"), self._number("Q")
        if tensors > MAX_TENSORS or entries > MAX_ENTRIES:
            raise _damaged()
        facts = self._facts(entries)
        parameters, vocabulary, data = self._tensors(tensors)
        alignment = _whole(facts.get("general.alignment", 32))
        if alignment < 1 or alignment > 1 << 20:
            raise _damaged()
        start = -(-self._stream.tell() // alignment) * alignment
        if start + data > self._size:
            raise _damaged()
        return self._result(facts, parameters, vocabulary, start, data)

    def _facts(self, count: int) -> dict[str, object]:
        """The few entries that are used; the others are passed over."""
        facts: dict[str, object] = {}
        for _ in range(count):
            key = self._text(MAX_KEY)
            value = self._value(key, self._number("I"))
            if value is not None:
                facts[key] = value
                if len(facts) > MAX_KEPT:
                    raise _damaged()
        return facts

    def _value(self, key: str, kind: int) -> object:
        """The value when it is one of those that are kept, else `None`. Of the long ones only the length is kept."""
        if kind in _SCALARS:
            number = self._number(_SCALARS[kind])
            return number if key in _NUMBERS or key.endswith(_PER_MODEL) else None
        if kind == _STRING:
            if key in _TEXTS:
                return self._text(MAX_KEPT_TEXT)
            length = self._skip(self._number("Q"))
            return length if key == _TEMPLATE else None
        if kind == _ARRAY:
            return self._array(key)
        raise _damaged()

    def _array(self, key: str) -> object:
        kind, count = self._number("I"), self._number("Q")
        if kind == _STRING:
            self._strings += count
            if self._strings > MAX_STRINGS:
                raise _damaged()
            self._skip_texts(count)
            return count if key == _TOKENS else None
        if kind not in _SCALARS:
            raise _damaged()
        if key.endswith(_PER_LAYER) and count <= MAX_LAYERS:
            return tuple(self._number(_SCALARS[kind]) for _ in range(count))
        self._skip(count * struct.calcsize(_SCALARS[kind]))
        return None

    def _tensors(self, count: int) -> tuple[int, int, int]:
        """Number of weights, vocabulary according to the embedding table, and end of the data (from their start)."""
        parameters = vocabulary = end = 0
        for _ in range(count):
            name = self._text(MAX_KEY)
            dimensions = self._number("I")
            if dimensions > 4:
                raise _damaged()
            shape = [self._number("Q") for _ in range(dimensions)]
            kind, offset = self._number("I"), self._number("Q")
            values = math.prod(shape)
            if values > 1 << 50 or offset > self._size:
                raise _damaged()
            if kind not in _BLOCKS:
                raise ModelError(
                    "unsupported-model",
                    f"이 프로그램이 모르는 방식으로 줄인 모델 파일입니다(형식 {kind}).",
                    "Q4_K_M처럼 널리 쓰이는 방식으로 만든 파일을 골라 주세요.",
                )
            per_block, block_bytes = _BLOCKS[kind]
            if shape and shape[0] % per_block:
                raise _damaged()
            parameters += values
            end = max(end, offset + values // per_block * block_bytes)
            if name == "token_embd.weight" and len(shape) == 2:
                vocabulary = shape[1]
        return parameters, vocabulary, end

    def _result(self, facts: dict[str, object], parameters: int, vocabulary: int, start: int, data: int) -> GgufHeader:
        architecture = _label(facts.get("general.architecture"))
        if not architecture:
            raise _damaged()

        def number(key: str) -> int:
            return _whole(facts.get(f"{architecture}.{key}", 0))

        layers, embedding = number("block_count"), number("embedding_length")
        if layers > MAX_LAYERS:
            raise _damaged()
        heads = _per_layer(facts.get(f"{architecture}.attention.head_count", 0), layers)
        kv_heads = _per_layer(facts.get(f"{architecture}.attention.head_count_kv", heads), layers)
        most_heads = max(heads, default=0)
        head_length = embedding // most_heads if most_heads else 0
        file_type = facts.get("general.file_type")
        tokens = facts.get(_TOKENS)
        return GgufHeader(
            architecture=architecture,
            name=_label(facts.get("general.name")),
            licence=_label(facts.get("general.license")),
            parameters=parameters,
            quantization=_QUANTIZATIONS.get(file_type, "") if isinstance(file_type, int) else "",
            context=number("context_length"),
            layers=layers,
            heads=most_heads,
            kv_heads=kv_heads,
            embedding=embedding,
            feed_forward=max(_per_layer(facts.get(f"{architecture}.feed_forward_length", 0), layers), default=0),
            key_length=number("attention.key_length") or head_length,
            value_length=number("attention.value_length") or head_length,
            vocabulary=tokens if isinstance(tokens, int) else vocabulary,
            chat_template=bool(facts.get(_TEMPLATE)),
            split_count=_whole(facts.get("split.count", 0)),
            size_bytes=self._size,
            header_bytes=start,
            tensor_bytes=data,
            pooling=number("pooling_type"),
        )

    def _read(self, length: int) -> bytes:
        if self._stream.tell() + length > self._limit:
            raise _damaged()
        data = self._stream.read(length)
        if len(data) != length:
            raise _damaged()
        return data

    def _skip(self, length: int) -> int:
        if self._stream.tell() + length > self._limit:
            raise _damaged()
        # reading keeps the buffer; a seek would throw it away, and most skipped strings are a few bytes long
        if length <= 4096:
            self._read(length)
        else:
            self._stream.seek(length, 1)
        return length

    def _skip_texts(self, count: int) -> None:
        """Pass over an array of strings, a window of the file at a time: vocabularies have 100,000s of short ones."""
        window, place = b"", 0
        for _ in range(count):
            if place + 8 > len(window):
                window, place = self._window(window[place:]), 0
                if len(window) < 8:
                    raise _damaged()
            place += 8 + _LENGTH.unpack_from(window, place)[0]
            if place > len(window):
                self._stream.seek(-len(window), 1)
                self._skip(place)
                window, place = b"", 0
        self._stream.seek(place - len(window), 1)

    def _window(self, rest: bytes) -> bytes:
        """The bytes that are left of the last window and the ones after them."""
        length = min(_WINDOW, self._limit - self._stream.tell())
        return rest + self._stream.read(max(length, 0))

    def _number(self, code: str) -> int:
        value = struct.unpack("<" + code, self._read(struct.calcsize("<" + code)))[0]
        return value if isinstance(value, int) else 0

    def _text(self, longest: int) -> str:
        length = self._number("Q")
        if length > longest:
            raise _damaged()
        return self._read(length).decode("utf-8", errors="replace")


def _per_layer(value: object, layers: int) -> tuple[int, ...]:
    """One number a layer, from a number for all or a list."""
    numbers = tuple(_whole(number) for number in value) if isinstance(value, tuple) else (_whole(value),) * layers
    return numbers[:layers]


def _whole(value: object) -> int:
    """A count from the header; nonsense that would only blow up an estimate becomes 0."""
    return value if isinstance(value, int) and 0 <= value < 1 << 40 else 0


def _label(value: object) -> str:
    """A text of the header as something that can be shown: one line, no control characters, not endless."""
    text = value if isinstance(value, str) else ""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:120]


def _damaged() -> ModelError:
    return ModelError(
        "model-damaged",
        "모델 파일이 손상되었거나 끝까지 복사되지 않았습니다.",
        "원본에서 다시 복사한 뒤 다시 골라 주세요.",
    )


def is_split_name(name: str) -> bool:
    """Whether a file name says that the model is spread over several files (`…-00001-of-00003.gguf`)."""
    stem = name.lower().removesuffix(".gguf")
    head, _, last = stem.rpartition("-of-")
    return len(last) == 5 and last.isdigit() and head[-5:].isdigit() and int(last) > 1

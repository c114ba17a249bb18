"""The only module that loads llama.cpp: one model, one context, one answer at a time."""

from __future__ import annotations

import codecs
import contextlib
import ctypes
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import llama_cpp
import numpy as np
import psutil

from biseo_models.engine import EngineEvent, Finished, Job, ModelInfo, Prompt, Reading, Sampling, Stats, Token
from biseo_models.errors import Cancelled, ModelError
from biseo_models.guard import GuardState
from biseo_models.messages import LoadPlan
from biseo_models.template import ChatTemplate

BATCH = 256
"""Prompt tokens decoded at a time: small enough to report progress, large enough to be as fast as one big batch."""

SLOTS = 2
"""Prompts whose reading is kept: the long one on the document, and the short ones in between."""

SPARE = 1024
"""Cells of context beyond the longest prompt, so that a short prompt need not push out a long one."""

_WIDER = 4000
"""How many of the likeliest tokens are tried when the guard refuses all that the sampler left."""

_TOKEN_DTYPE = np.dtype([("id", np.int32), ("logit", np.float32), ("p", np.float32)], align=True)


class LlamaModel:
    """A loaded GGUF file with its context.

    Args:
        plan: what to load.
        cancelled: asked by llama.cpp's abort callback and between tokens; True stops the current answer.

    Raises:
        ModelError: llama.cpp cannot load the file.
    """

    def __init__(self, plan: LoadPlan, cancelled: Callable[[], bool]) -> None:
        self._errors: list[str] = []
        self._cancelled = cancelled
        self._log = llama_cpp.llama_log_callback(self._keep_errors)
        llama_cpp.llama_log_set(self._log, ctypes.c_void_p(0))
        llama_cpp.llama_backend_init()
        before = psutil.Process().memory_info().rss
        self._model = llama_cpp.llama_model_load_from_file(
            str(plan.path).encode(), llama_cpp.llama_model_default_params()
        )
        if not self._model:
            raise self._load_error()
        self._vocab = llama_cpp.llama_model_get_vocab(self._model)
        self._context = self._new_context(plan)
        self._memory = llama_cpp.llama_get_memory(self._context)
        self._cells = int(llama_cpp.llama_n_ctx(self._context))
        self._vocabulary = int(llama_cpp.llama_vocab_n_tokens(self._vocab))
        self._candidates = np.zeros(self._vocabulary, dtype=_TOKEN_DTYPE)
        self._batch = llama_cpp.llama_batch_init(BATCH, 0, 1)
        self._slots = [_Slot(number) for number in range(SLOTS)]
        self._slot = self._slots[0]
        self._pieces: dict[int, bytes] = {}
        self._template = ChatTemplate(
            (llama_cpp.llama_model_chat_template(self._model, None) or b"").decode(),
            self._special_text(llama_cpp.llama_vocab_bos(self._vocab)),
            self._special_text(llama_cpp.llama_vocab_eos(self._vocab)),
        )
        used = psutil.Process().memory_info().rss - before
        self.info = ModelInfo(
            plan.model_id,
            self._meta("general.name") or plan.path.stem,
            self.context,
            int(llama_cpp.llama_model_n_params(self._model)),
            self._quantization(),
            used,
        )

    def count(self, texts: list[str]) -> list[int]:
        """Length of each text in tokens, without special tokens."""
        return [len(self._tokenize(text, special=False)) for text in texts]

    def generate(self, job: Job) -> Iterator[EngineEvent]:
        """The answer to a job.

        Raises:
            Cancelled: `cancelled` became True.
            ModelError: the prompt leaves no room for an answer.
        """
        start = time.monotonic()
        prompt = self._prompt_tokens(job.prompt)
        if len(prompt) + 16 > self.context:
            raise ModelError(
                "prompt-too-long",
                f"자료와 지시가 모델이 한 번에 읽을 수 있는 분량을 넘습니다({len(prompt):,} / {self.context:,}).",
                "자료를 나누거나 필요한 부분만 넣어 주세요.",
            )
        cached = self._reuse(prompt, job.sampling.max_tokens)
        for done in self._read(prompt[cached:]):
            yield Reading(cached + done, len(prompt))
        room = min(job.sampling.max_tokens, self.context - len(prompt))
        guard = GuardState(job.guard) if job.guard else None
        if guard and job.prompt.opening:
            with contextlib.suppress(ValueError):
                guard.advance(job.prompt.opening.encode())
        first = 0.0
        output = line = 0
        reason = "length"
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        stops = _StopStrings(job.sampling.stop)
        with self._sampler(job.sampling) as chain:
            while output < room:
                token = self._sample(chain, guard)
                if token is None or llama_cpp.llama_vocab_is_eog(self._vocab, token):
                    reason = "end"
                    break
                output += 1
                piece = self._piece(token)
                if guard:
                    guard.advance(piece)
                text = stops.take(decoder.decode(piece))
                first = first or time.monotonic() - start
                if text:
                    yield Token(text)
                if stops.hit:
                    reason = "stop"
                    break
                line = len(text) - text.rindex("\n") - 1 if "\n" in text else line + len(text)
                if 0 < job.sampling.max_line < line:
                    reason = "line"
                    break
                if output < room:
                    self._decode([token])
        rest = stops.flush() if reason != "stop" else ""
        if rest:
            yield Token(rest)
        yield Finished(reason, Stats(len(prompt), cached, output, first, time.monotonic() - start))

    def close(self) -> None:
        """Free everything."""
        llama_cpp.llama_batch_free(self._batch)
        llama_cpp.llama_free(self._context)
        llama_cpp.llama_model_free(self._model)

    # Loading

    def _new_context(self, plan: LoadPlan) -> Any:
        params = llama_cpp.llama_context_default_params()
        trained = int(llama_cpp.llama_model_n_ctx_train(self._model))
        self.context = min(plan.context, trained) if trained else plan.context
        params.n_ctx = self.context + SPARE
        params.n_seq_max, params.kv_unified = SLOTS, True
        params.n_batch = params.n_ubatch = BATCH
        params.n_threads, params.n_threads_batch = plan.threads, plan.batch_threads
        params.no_perf = True
        self._abort = llama_cpp.ggml_abort_callback(lambda _data: self._cancelled())
        params.abort_callback = self._abort
        context = llama_cpp.llama_init_from_model(self._model, params)
        if not context:
            llama_cpp.llama_model_free(self._model)
            raise ModelError(
                "too-little-memory",
                "메모리가 모자라 언어 모델을 열지 못했습니다.",
                "다른 프로그램을 닫거나 더 작은 모델을 골라 주세요.",
            )
        return context

    def _keep_errors(self, level: int, text: bytes, _data: Any) -> None:
        if level >= 4:  # GGML_LOG_LEVEL_ERROR and continuations; never document text, only llama.cpp's own words
            self._errors = [*self._errors[-20:], text.decode("utf-8", "replace")]

    def _load_error(self) -> ModelError:
        told = " ".join(self._errors)
        if "unknown model architecture" in told:
            return ModelError(
                "unknown-architecture",
                "이 프로그램이 아직 다루지 못하는 종류의 모델입니다.",
                "설정 ▸ 모델에서 다른 GGUF 파일을 골라 주세요.",
            )
        if "alloc" in told or "memory" in told:
            return ModelError(
                "too-little-memory",
                "메모리가 모자라 언어 모델을 열지 못했습니다.",
                "다른 프로그램을 닫거나 더 작은 모델을 골라 주세요.",
            )
        return ModelError(
            "model-damaged",
            "모델 파일이 손상되어 열 수 없습니다.",
            "설정 ▸ 모델에서 다시 가져와 주세요.",
        )

    def _meta(self, key: str) -> str:
        buffer = ctypes.create_string_buffer(512)
        length = llama_cpp.llama_model_meta_val_str(self._model, key.encode(), buffer, len(buffer))
        return buffer.value.decode("utf-8", "replace") if length >= 0 else ""

    def _quantization(self) -> str:
        buffer = ctypes.create_string_buffer(256)
        llama_cpp.llama_model_desc(self._model, buffer, len(buffer))
        _, _, kind = buffer.value.decode("utf-8", "replace").partition("B ")  # "qwen2 1.5B Q4_K - Medium"
        return kind

    # Tokens

    def _tokenize(self, text: str, special: bool) -> list[int]:
        data = text.encode("utf-8", "replace")
        room = len(data) + 8
        tokens = (llama_cpp.llama_token * room)()
        length = llama_cpp.llama_tokenize(self._vocab, data, len(data), tokens, room, False, special)
        return list(tokens[:length])

    def _prompt_tokens(self, prompt: Prompt) -> list[int]:
        tokens: list[int] = []
        bos = llama_cpp.llama_vocab_bos(self._vocab)
        for piece in self._template.pieces(prompt):
            tokens += self._tokenize(piece.text, piece.special)
        if llama_cpp.llama_vocab_get_add_bos(self._vocab) and tokens[:1] != [bos]:
            tokens.insert(0, bos)
        return tokens

    def _piece(self, token: int) -> bytes:
        piece = self._pieces.get(token)
        if piece is None:
            buffer = ctypes.create_string_buffer(256)
            length = llama_cpp.llama_token_to_piece(self._vocab, token, buffer, len(buffer), 0, False)
            piece = self._pieces[token] = buffer.raw[: max(length, 0)]
        return piece

    def _special_text(self, token: int) -> str:
        if token < 0:
            return ""
        return (llama_cpp.llama_vocab_get_text(self._vocab, token) or b"").decode("utf-8", "replace")

    # Decoding

    def _reuse(self, prompt: list[int], answer: int) -> int:
        """Choose the slot that saves most, and keep what it holds of this prompt; returns how many tokens that is.

        The slots share the context's cells: when they do not suffice, the other slots are emptied.
        """
        shared = {slot.number: _common_prefix(slot.tokens, prompt) for slot in self._slots}

        def cost(slot: _Slot) -> float:
            same = shared[slot.number]
            return len(prompt) - same + 0.5 * (len(slot.tokens) - same)

        self._slot = min(self._slots, key=cost)
        same = min(shared[self._slot.number], len(prompt) - 1)  # the last token's logits begin the answer
        if not self._forget(self._slot, same):
            same = 0
        others = [slot for slot in self._slots if slot is not self._slot]
        if sum(len(slot.tokens) for slot in others) + len(prompt) + answer > self._cells:
            for slot in others:
                self._forget(slot, 0)
        return same

    def _forget(self, slot: _Slot, keep: int) -> bool:
        """Drop all but the first tokens of a slot; False when the model's memory can only be dropped whole."""
        done = bool(llama_cpp.llama_memory_seq_rm(self._memory, slot.number, keep, -1))
        if not done:
            llama_cpp.llama_memory_seq_rm(self._memory, slot.number, -1, -1)
            keep = 0
        del slot.tokens[keep:]
        return done

    def _read(self, tokens: list[int]) -> Iterator[int]:
        for start in range(0, len(tokens), BATCH):
            chunk = tokens[start : start + BATCH]
            self._decode(chunk)
            yield start + len(chunk)

    def _decode(self, tokens: list[int]) -> None:
        batch, slot = self._batch, self._slot
        past = len(slot.tokens)
        batch.n_tokens = len(tokens)
        for index, token in enumerate(tokens):
            batch.token[index] = token
            batch.pos[index] = past + index
            batch.n_seq_id[index] = 1
            batch.seq_id[index][0] = slot.number
            batch.logits[index] = index == len(tokens) - 1
        code = 2 if self._cancelled() else llama_cpp.llama_decode(self._context, batch)
        if code != 0:
            # What an aborted batch left behind is unknown: forget it, keep everything before.
            self._forget(slot, past)
            if code == 2 or self._cancelled():
                raise Cancelled
            raise ModelError(
                "decode-failed",
                "언어 모델이 글을 이어 쓰지 못했습니다.",
                "다시 시도해 주세요. 되풀이되면 설정 ▸ 모델에서 모델 파일을 확인해 주세요.",
            )
        slot.tokens += tokens

    # Sampling

    @contextlib.contextmanager
    def _sampler(self, sampling: Sampling) -> Iterator[Any]:
        chain = llama_cpp.llama_sampler_chain_init(llama_cpp.llama_sampler_chain_default_params())
        breakers = [b"\n", b":", b'"', b"*"]
        array = (ctypes.c_char_p * len(breakers))(*breakers)
        links = [
            llama_cpp.llama_sampler_init_penalties(
                self._vocabulary, sampling.repeat_window, sampling.repeat_penalty, 0.0, 0.0
            ),
            llama_cpp.llama_sampler_init_dry(
                self._vocab,
                sampling.dry_multiplier,
                1.75,
                sampling.dry_allowed_length,
                self.context,
                array,
                len(breakers),
            ),
        ]
        if sampling.temperature <= 0:
            links.append(llama_cpp.llama_sampler_init_top_k(1))
        else:
            links += [
                llama_cpp.llama_sampler_init_top_k(sampling.top_k),
                llama_cpp.llama_sampler_init_top_p(sampling.top_p, 1),
                llama_cpp.llama_sampler_init_min_p(sampling.min_p, 1),
                llama_cpp.llama_sampler_init_temp(sampling.temperature),
            ]
        # All ones would ask llama.cpp for a seed of its own choice.
        links.append(llama_cpp.llama_sampler_init_dist(sampling.seed & 0x7FFFFFFF))
        for link in links:
            llama_cpp.llama_sampler_chain_add(chain, link)
        try:
            yield chain
        finally:
            llama_cpp.llama_sampler_free(chain)

    def _sample(self, chain: Any, guard: GuardState | None) -> int | None:
        """The next token; None when the guard leaves nothing to write."""
        logits = llama_cpp.llama_get_logits_ith(self._context, -1)
        scores = np.ctypeslib.as_array(logits, shape=(self._vocabulary,))
        candidates = self._candidates
        candidates["id"] = np.arange(self._vocabulary, dtype=np.int32)
        candidates["logit"] = scores
        array = llama_cpp.llama_token_data_array(
            data=candidates.ctypes.data_as(ctypes.POINTER(llama_cpp.llama_token_data)),
            size=self._vocabulary,
            selected=-1,
            sorted=False,
        )
        llama_cpp.llama_sampler_apply(chain, ctypes.byref(array))
        sampled = int(array.data[array.selected].id)
        token: int | None = sampled
        if guard and not self._allowed(guard, sampled):
            left = sorted(((array.data[i].p, int(array.data[i].id)) for i in range(array.size)), reverse=True)
            token = self._first_allowed(guard, (other for _, other in left))
            if token is None:
                likeliest = np.argpartition(scores, -_WIDER)[-_WIDER:]
                ranked = likeliest[np.argsort(scores[likeliest])[::-1]]
                token = self._first_allowed(guard, map(int, ranked))
        if token is not None:
            llama_cpp.llama_sampler_accept(chain, token)
        return token

    def _first_allowed(self, guard: GuardState, tokens: Iterable[int]) -> int | None:
        return next((token for token in tokens if self._allowed(guard, token)), None)

    def _allowed(self, guard: GuardState, token: int) -> bool:
        if llama_cpp.llama_vocab_is_eog(self._vocab, token):
            return guard.may_end()
        piece = self._piece(token)
        return bool(piece) and guard.accepts(piece)


@dataclass
class _Slot:
    """A sequence of the context and the tokens it holds."""

    number: int
    tokens: list[int] = field(default_factory=list)


def _common_prefix(held: list[int], prompt: list[int]) -> int:
    same = 0
    for old, new in zip(held, prompt, strict=False):
        if old != new:
            break
        same += 1
    return same


class _StopStrings:
    """Lets text through up to the first stop string, holding back what could be the beginning of one."""

    def __init__(self, stops: tuple[str, ...]) -> None:
        self._stops = stops
        self._held = ""
        self.hit = False

    def take(self, text: str) -> str:
        self._held += text
        found = [self._held.index(stop) for stop in self._stops if stop in self._held]
        if found:
            self.hit = True
            return self._held[: min(found)]
        keep = max((self._overlap(stop) for stop in self._stops), default=0)
        out, self._held = self._held[: len(self._held) - keep], self._held[len(self._held) - keep :]
        return out

    def flush(self) -> str:
        out, self._held = self._held, ""
        return out

    def _overlap(self, stop: str) -> int:
        return next((n for n in range(min(len(stop) - 1, len(self._held)), 0, -1) if self._held.endswith(stop[:n])), 0)

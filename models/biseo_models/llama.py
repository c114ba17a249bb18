"""The only module that loads llama.cpp: one model and one context, as the decoder's `Runtime`."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

import llama_cpp
import numpy as np
import psutil

from biseo_models.courtesy import Courtesy
from biseo_models.engine import ModelInfo, Prompt, Sampling
from biseo_models.errors import Cancelled, ModelError
from biseo_models.machine import SPARE_TOKENS, probe, usual_threads
from biseo_models.messages import LoadPlan
from biseo_models.runtime import PromptTokens, Row
from biseo_models.template import ChatTemplate

BATCH = 256
"""Prompt tokens decoded at a time: small enough to report progress, large enough to be as fast as one big batch."""

PARALLEL = 8
"""Most answers side by side."""

_WIDE = 10.0
"""How far below the likeliest token's logit the others are looked at."""

_FEW = 512
"""Tokens that are looked at in any case."""

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
        os.environ["GGML_CPU_TILED_MM"] = "0"  # llama.cpp asks once: a step of eight rows 310, without them 190 ms
        llama_cpp.llama_backend_init()
        before = psutil.Process().memory_info().rss
        params = llama_cpp.llama_model_default_params()
        # A mapped file stays in memory beside the weights that llama.cpp packs anew: 2.0 instead of 1.4 GB were seen.
        params.load_mode = llama_cpp.LLAMA_LOAD_MODE_NONE
        self._model = llama_cpp.llama_model_load_from_file(str(plan.path).encode(), params)
        if not self._model:
            raise self._load_error()
        self._vocab = llama_cpp.llama_model_get_vocab(self._model)
        self._context = self._new_context(plan)
        self.set_threads(plan.fit.threads if plan.fit else usual_threads())
        self._memory = llama_cpp.llama_get_memory(self._context)
        self.cells = int(llama_cpp.llama_n_ctx(self._context))
        self.sequences, self.batch = PARALLEL + 1, BATCH
        self.rewinds = not (
            llama_cpp.llama_model_is_recurrent(self._model) or llama_cpp.llama_model_is_hybrid(self._model)
        )
        self._vocabulary = int(llama_cpp.llama_vocab_n_tokens(self._vocab))
        self._candidates = np.zeros(self._vocabulary, dtype=_TOKEN_DTYPE)
        self._rows = llama_cpp.llama_batch_init(BATCH, 0, 1)
        self._links: dict[Sampling, list[Any]] = {}
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

    def close(self) -> None:
        """Free everything."""
        for links in self._links.values():
            for link in links:
                llama_cpp.llama_sampler_free(link)
        llama_cpp.llama_batch_free(self._rows)
        llama_cpp.llama_free(self._context)
        llama_cpp.llama_model_free(self._model)

    def handles(self) -> tuple[Any, Any]:
        """llama.cpp's context and vocabulary, for measurements beside this class."""
        return self._context, self._vocab

    # Loading

    def _new_context(self, plan: LoadPlan) -> Any:
        params = llama_cpp.llama_context_default_params()
        trained = int(llama_cpp.llama_model_n_ctx_train(self._model))
        self.context = min(plan.context, trained) if trained else plan.context
        params.n_ctx = self.context + SPARE_TOKENS
        params.n_seq_max, params.kv_unified = PARALLEL + 1, True
        # Flash attention on a processor does not share work between the rows of a batch: 180 against 108 ms for four
        # answers on 1,500 tokens, 53 against 44 ms for one.
        params.flash_attn_type = llama_cpp.LLAMA_FLASH_ATTN_TYPE_DISABLED
        if plan.cache == "q8_0":
            params.type_k = params.type_v = llama_cpp.GGML_TYPE_Q8_0
            params.flash_attn_type = llama_cpp.LLAMA_FLASH_ATTN_TYPE_ENABLED  # a rounded cache needs it
        params.n_batch = params.n_ubatch = BATCH
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

    def prompt_tokens(self, prompt: Prompt) -> PromptTokens:
        """The prompt in tokens, cut behind its document."""
        shared: list[int] = []
        own: list[int] = []
        for piece in self._template.pieces(prompt):
            (shared if piece.shared else own).extend(self._tokenize(piece.text, piece.special))
        bos = llama_cpp.llama_vocab_bos(self._vocab)
        if llama_cpp.llama_vocab_get_add_bos(self._vocab) and shared[:1] != [bos]:
            shared.insert(0, bos)
        return PromptTokens(tuple(shared), tuple(own))

    def is_end(self, token: int) -> bool:
        """Whether a token ends the answer."""
        return bool(llama_cpp.llama_vocab_is_eog(self._vocab, token))

    def piece(self, token: int) -> bytes:
        """The bytes of a token; they may end within a character. Control tokens have none."""
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

    def decode(self, rows: Sequence[Row]) -> bool:
        """Work the rows in; False when the context has no room for them.

        Raises:
            Cancelled: stopped in the middle.
            ModelError: llama.cpp failed.
        """
        self._step_aside()
        batch = self._rows
        batch.n_tokens = len(rows)
        for index, row in enumerate(rows):
            batch.token[index] = row.token
            batch.pos[index] = row.position
            batch.n_seq_id[index] = 1
            batch.seq_id[index][0] = row.sequence
            batch.logits[index] = row.wanted
        code = 2 if self._cancelled() else llama_cpp.llama_decode(self._context, batch)
        if code == 2 or (code != 0 and self._cancelled()):
            raise Cancelled
        if code in (0, 1):
            return bool(code == 0)
        raise ModelError(
            "decode-failed",
            "언어 모델이 글을 이어 쓰지 못했습니다.",
            "다시 시도해 주세요. 되풀이되면 설정 ▸ 모델에서 모델 파일을 확인해 주세요.",
        )

    def set_threads(self, threads: int) -> None:
        """Use that many threads on a quiet PC, and fewer while other programs work."""
        self._courtesy = Courtesy(threads, probe().cores)
        self._threads = threads
        llama_cpp.llama_set_n_threads(self._context, threads, threads)

    def _step_aside(self) -> None:
        threads = self._courtesy.threads()
        if threads != self._threads:
            self._threads = threads
            llama_cpp.llama_set_n_threads(self._context, threads, threads)

    def copy(self, source: int, target: int, end: int) -> None:
        """Let the target sequence begin with the first `end` tokens of another one; they share its cells."""
        llama_cpp.llama_memory_seq_cp(self._memory, source, target, 0, end if self.rewinds else -1)

    def cut(self, sequence: int, keep: int) -> None:
        """Drop all but the first `keep` tokens of a sequence; a recurrent model can only keep none."""
        llama_cpp.llama_memory_seq_rm(self._memory, sequence, keep if keep else -1, -1)

    def save(self, sequence: int) -> tuple[Any, int]:
        """What a sequence holds, and its bytes."""
        size = int(llama_cpp.llama_state_seq_get_size(self._context, sequence))
        state = np.empty(size, dtype=np.uint8)
        llama_cpp.llama_state_seq_get_data(self._context, _bytes_of(state), size, sequence)
        return state, size

    def load(self, sequence: int, state: Any) -> bool:
        """Put a saved state into an empty sequence; False when it does not fit."""
        return bool(llama_cpp.llama_state_seq_set_data(self._context, _bytes_of(state), state.size, sequence))

    def sampler(self, sampling: Sampling, grammar: str) -> LlamaSampler:
        """A sampler for one answer; to be closed.

        Raises:
            ModelError: llama.cpp does not understand the grammar.
        """
        kind = replace(sampling, seed=0, max_tokens=0, max_line=0, stop=())
        if kind not in self._links:  # preparing them looks through the whole vocabulary: 28 ms
            self._links[kind] = sampler_links(self._vocab, kind, self.context)
        links = [llama_cpp.llama_sampler_clone(link) for link in self._links[kind]]
        # All ones would ask llama.cpp for a seed of its own choice.
        links.append(llama_cpp.llama_sampler_init_dist(sampling.seed & 0x7FFFFFFF))
        return LlamaSampler(self._context, self._vocab, self._candidates, links, grammar)


class LlamaSampler:
    """llama.cpp's own chain of samplers for one answer.

    The token is sampled freely first; only when that one is not allowed are the others tried, likeliest first: a
    grammar applied to the whole vocabulary at every token would cost three quarters of the speed.

    Args:
        context: llama.cpp's context.
        vocab: llama.cpp's vocabulary.
        candidates: room for one candidate a token of the vocabulary.
        links: llama.cpp's samplers, in order; the chain owns them.
        grammar: GBNF, or empty.

    Raises:
        ModelError: llama.cpp does not understand the grammar.
    """

    def __init__(self, context: Any, vocab: Any, candidates: Any, links: Iterable[Any], grammar: str) -> None:
        self._context, self._candidates, self._size = context, candidates, len(candidates)
        self._grammar = llama_cpp.llama_sampler_init_grammar(vocab, grammar.encode(), b"root") if grammar else None
        if grammar and not self._grammar:
            raise ModelError("bad-grammar", "글의 틀을 언어 모델에 알릴 수 없습니다.", "프로그램을 다시 설치해 주세요.")
        self._chain = llama_cpp.llama_sampler_chain_init(llama_cpp.llama_sampler_chain_default_params())
        for link in links:
            llama_cpp.llama_sampler_chain_add(self._chain, link)

    def close(self) -> None:
        """Free the samplers."""
        llama_cpp.llama_sampler_free(self._chain)
        if self._grammar:
            llama_cpp.llama_sampler_free(self._grammar)

    def sample(self, row: int, allowed: Callable[[int], bool] | None) -> int | None:
        """The token after row `row` of the last batch; None when nothing that is allowed was found."""
        logits = llama_cpp.llama_get_logits_ith(self._context, row)
        scores = np.ctypeslib.as_array(logits, shape=(self._size,))
        array = _array_of(self._likely(scores))
        llama_cpp.llama_sampler_apply(self._chain, ctypes.byref(array))
        token: int | None = int(array.data[array.selected].id)
        if (allowed or self._grammar) and self._first(allowed, np.array([token], dtype=np.int32)) is None:
            left = sorted(((array.data[i].p, int(array.data[i].id)) for i in range(array.size)), reverse=True)
            token = self._first(allowed, np.array([other for _, other in left], dtype=np.int32))
            if token is None:
                likeliest = np.argpartition(scores, -_WIDER)[-_WIDER:]
                token = self._first(allowed, likeliest[np.argsort(scores[likeliest])[::-1]])
        if token is not None:
            llama_cpp.llama_sampler_accept(self._chain, token)
            if self._grammar:
                llama_cpp.llama_sampler_accept(self._grammar, token)
        return token

    def _likely(self, scores: Any) -> Any:
        """The tokens that can come out of the chain, as candidates.

        All others have less than a twenty-thousandth of the likeliest one's chance, and weighing 150,000 of them takes
        a millisecond.
        """
        likely = np.flatnonzero(scores > scores.max() - _WIDE)
        if len(likely) < _FEW:
            likely = np.argpartition(scores, -_FEW)[-_FEW:]
        candidates = self._candidates[: len(likely)]
        candidates["id"] = likely
        candidates["logit"] = scores[likely]
        return candidates

    def _first(self, allowed: Callable[[int], bool] | None, tokens: Any) -> int | None:
        """The first of the tokens that guard and grammar allow."""
        if self._grammar:
            candidates = np.zeros(len(tokens), dtype=_TOKEN_DTYPE)
            candidates["id"] = tokens
            array = _array_of(candidates)
            llama_cpp.llama_sampler_apply(self._grammar, ctypes.byref(array))
            tokens = candidates["id"][np.isfinite(candidates["logit"])]
        return next((int(token) for token in tokens if allowed is None or allowed(int(token))), None)


def sampler_links(vocab: Any, sampling: Sampling, history: int) -> list[Any]:
    """llama.cpp's samplers of one answer in order, but for the last one that draws; whoever takes them frees them."""
    breakers = [b"\n", b":", b'"', b"*"]
    size = llama_cpp.llama_vocab_n_tokens(vocab)
    links = [
        llama_cpp.llama_sampler_init_penalties(size, sampling.repeat_window, sampling.repeat_penalty, 0.0, 0.0),
        llama_cpp.llama_sampler_init_dry(
            vocab,
            sampling.dry_multiplier,
            1.75,
            sampling.dry_allowed_length,
            history,
            (ctypes.c_char_p * len(breakers))(*breakers),
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
    return links


def _array_of(candidates: Any) -> Any:
    return llama_cpp.llama_token_data_array(
        data=candidates.ctypes.data_as(ctypes.POINTER(llama_cpp.llama_token_data)),
        size=len(candidates),
        selected=-1,
        sorted=False,
    )


def _bytes_of(state: Any) -> Any:
    return state.ctypes.data_as(ctypes.POINTER(ctypes.c_uint8))

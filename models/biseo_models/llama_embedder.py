"""What texts mean by a GGUF embedder of the user's: beside `llama.py` the only module that loads llama.cpp."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import llama_cpp
import numpy as np
import psutil
from numpy.typing import NDArray

from biseo_models.courtesy import Courtesy
from biseo_models.embedding import BACK, EmbedPlan, check_plan
from biseo_models.errors import ModelError
from biseo_models.known import embedder_prefixes
from biseo_models.machine import probe, usual_threads

TOKENS = 512
"""Most tokens of a text that are looked at: a passage of 900 letters has about as many, and llama.cpp keeps a number
for every token and word of the vocabulary."""
_ALIKE = ("민원 처리 기간", "마을 초록 가게")
"""Of the syllables of Korean llama.cpp leaves only the first consonant for BERT's own word pieces; to others Korean is
unknown altogether. These are the same to both."""


class LlamaEmbedder:
    """A loaded embedder.

    Args:
        plan: what to load.
        interrupted: asked by llama.cpp while a passage is computed; True breaks that off.

    Raises:
        ModelError: the file is gone or another one, llama.cpp cannot load it, memory is short, or it has no vectors of
            whole texts.
    """

    def __init__(self, plan: EmbedPlan, interrupted: Callable[[], bool]) -> None:
        check_plan(plan, psutil.virtual_memory().available)
        self._errors: list[str] = []
        self._log = llama_cpp.llama_log_callback(self._keep_errors)
        llama_cpp.llama_log_set(self._log, ctypes.c_void_p(0))
        llama_cpp.llama_backend_init()
        params = llama_cpp.llama_model_default_params()
        params.load_mode = llama_cpp.LLAMA_LOAD_MODE_NONE
        self._model = llama_cpp.llama_model_load_from_file(str(plan.path).encode(), params)
        if not self._model:
            raise self._load_error()
        self._breakable = False
        self._abort = llama_cpp.ggml_abort_callback(lambda _data: self._breakable and interrupted())
        self._vocab = llama_cpp.llama_model_get_vocab(self._model)
        self._context = self._new_context(llama_cpp.LLAMA_POOLING_TYPE_UNSPECIFIED)
        pooling = llama_cpp.llama_pooling_type(self._context)
        if pooling == llama_cpp.LLAMA_POOLING_TYPE_NONE:
            llama_cpp.llama_free(self._context)
            self._context = self._new_context(llama_cpp.LLAMA_POOLING_TYPE_MEAN)
        elif pooling == llama_cpp.LLAMA_POOLING_TYPE_RANK:
            raise ModelError("not-an-embedder", "뜻을 견주는 모델이 아닙니다.", f"다른 GGUF 파일을 골라 주세요. {BACK}")
        self._memory = llama_cpp.llama_get_memory(self._context)
        self._courtesy = Courtesy(usual_threads(), probe().cores)
        self._room = int(llama_cpp.llama_n_ctx(self._context))
        if self._tokens(_ALIKE[0]) == self._tokens(_ALIKE[1]):
            raise ModelError(
                "no-korean", "한국어를 읽지 못하는 모델입니다.", f"여러 언어를 다루는 임베딩 모델을 골라 주세요. {BACK}"
            )
        self._rows = llama_cpp.llama_batch_init(self._room, 0, 1)
        self.width = int(llama_cpp.llama_model_n_embd_out(self._model))
        self._prefixes = embedder_prefixes(f"{self._meta('general.architecture')} {self._meta('general.name')}")

    def question(self, text: str) -> NDArray[np.float32]:
        """What a question means, as `width` numbers of length 1.

        Raises:
            ModelError: llama.cpp failed.
        """
        vector = self._vector(self._prefixes[0] + text)
        assert vector is not None
        return vector

    def passage(self, text: str) -> NDArray[np.float32] | None:
        """What a passage means; None when it was broken off.

        Raises:
            ModelError: llama.cpp failed.
        """
        self._breakable = True
        try:
            return self._vector(self._prefixes[1] + text)
        finally:
            self._breakable = False

    def close(self) -> None:
        """Free everything."""
        llama_cpp.llama_batch_free(self._rows)
        llama_cpp.llama_free(self._context)
        llama_cpp.llama_model_free(self._model)

    def _vector(self, text: str) -> NDArray[np.float32] | None:
        tokens = self._tokens(text)
        if not tokens:
            return np.zeros(self.width, np.float32)
        if self._memory:
            llama_cpp.llama_memory_clear(self._memory, True)
        threads = self._courtesy.threads()
        llama_cpp.llama_set_n_threads(self._context, threads, threads)
        batch = self._rows
        batch.n_tokens = len(tokens)
        for index, token in enumerate(tokens):
            batch.token[index] = token
            batch.pos[index] = index
            batch.n_seq_id[index] = 1
            batch.seq_id[index][0] = 0
            batch.logits[index] = True
        code = llama_cpp.llama_decode(self._context, batch)
        if code == 2:
            return None
        numbers = llama_cpp.llama_get_embeddings_seq(self._context, 0) if code == 0 else None
        if not numbers:
            raise ModelError("embedding-failed", "뜻으로 찾는 모델이 글을 읽지 못했습니다.", BACK)
        vector = np.nan_to_num(np.ctypeslib.as_array(numbers, shape=(self.width,)).astype(np.float32))
        return vector / max(float(np.linalg.norm(vector)), 1e-9)

    def _tokens(self, text: str) -> list[int]:
        """The text in tokens with those that the model wants at its ends; what is too long loses its last words."""
        data = text.encode("utf-8", "replace")
        room = len(data) + 16
        tokens = (llama_cpp.llama_token * room)()
        length = llama_cpp.llama_tokenize(self._vocab, data, len(data), tokens, room, True, False)
        made = list(tokens[: max(length, 0)])
        return made if len(made) <= self._room else [*made[: self._room - 1], made[-1]]

    def _new_context(self, pooling: int) -> Any:
        params = llama_cpp.llama_context_default_params()
        trained = int(llama_cpp.llama_model_n_ctx_train(self._model))
        params.n_ctx = params.n_batch = params.n_ubatch = min(trained, TOKENS) if trained else TOKENS
        params.n_seq_max = 1
        params.embeddings = True
        params.pooling_type = pooling
        params.flash_attn_type = llama_cpp.LLAMA_FLASH_ATTN_TYPE_DISABLED
        params.no_perf = True
        params.abort_callback = self._abort
        context = llama_cpp.llama_init_from_model(self._model, params)
        if not context:
            raise self._too_little_memory()
        return context

    def _meta(self, key: str) -> str:
        buffer = ctypes.create_string_buffer(512)
        length = llama_cpp.llama_model_meta_val_str(self._model, key.encode(), buffer, len(buffer))
        return buffer.value.decode("utf-8", "replace") if length >= 0 else ""

    def _keep_errors(self, level: int, text: bytes, _data: Any) -> None:
        if level >= 4:
            self._errors = [*self._errors[-20:], text.decode("utf-8", "replace")]

    def _load_error(self) -> ModelError:
        told = " ".join(self._errors)
        if "unknown model architecture" in told:
            return ModelError("unknown-architecture", "이 프로그램이 아직 다루지 못하는 종류의 모델입니다.", BACK)
        if "alloc" in told or "memory" in told:
            return self._too_little_memory()
        return ModelError(
            "model-damaged", "모델 파일이 손상되어 열 수 없습니다.", f"biseo model add로 다시 넣어 주세요. {BACK}"
        )

    def _too_little_memory(self) -> ModelError:
        return ModelError(
            "too-little-memory",
            "메모리가 모자라 뜻으로 찾는 모델을 열지 못했습니다.",
            f"다른 프로그램을 닫은 뒤 다시 시도해 주세요. {BACK}",
        )

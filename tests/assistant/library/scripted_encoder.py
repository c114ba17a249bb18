"""Encoders that need no model: numbers by the syllables of a text, as many as the name of the choice says."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from biseo.library.meaning.choice import Choice
from biseo.library.meaning.worker import Encoder
from biseo_models.embedding import EmbedPlan
from biseo_models.errors import ModelError

LIKE = {"강아지": "반려견", "산책": "외출"}
ENDLESS = "끝없는 대목"


def choice(name: str, width: int) -> Choice:
    return Choice(f"scripted-{name}", EmbedPlan(Path(f"{name}-{width}"), name))


class Scripted:
    def __init__(self, width: int, waiting: Callable[[], bool]) -> None:
        self.width, self._waiting = width, waiting

    def vector(self, text: str) -> Any:
        import numpy as np

        for word, other in LIKE.items():
            text = text.replace(word, other)
        made = np.zeros(self.width, np.float32)
        for letter in text:
            if "가" <= letter <= "힣":
                made[ord(letter) * 7919 % self.width] += 1
        return made / max(float(np.linalg.norm(made)), 1e-9)

    def batches(self, texts: Sequence[str]) -> Iterator[Any]:
        import numpy as np

        for text in texts:
            if ENDLESS in text:
                end = time.monotonic() + 30
                while not self._waiting() and time.monotonic() < end:
                    time.sleep(0.002)
                yield np.empty((0, self.width), np.float32)
            yield self.vector(text)[None, :]


def make(chosen: Choice, waiting: Callable[[], bool]) -> Encoder:
    assert chosen.plan is not None
    name, _, width = chosen.plan.path.name.rpartition("-")
    if name == "broken":
        raise ModelError("model-damaged", "모델 파일이 손상되어 열 수 없습니다.", "다른 모델을 골라 주세요.")
    return Scripted(int(width), waiting)

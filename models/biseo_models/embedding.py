"""Which model file tells what texts mean; loaded by the encoder's process only."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from biseo_models.catalogue import ModelEntry
from biseo_models.errors import ModelError


@dataclass(frozen=True)
class EmbedPlan:
    """An embedder to load.

    Attributes:
        sha256: of the file; vectors of another one cannot be compared with its.
        check: compute the hash before it is loaded: the policy names files by it, and the list of models lies in a
            folder that the user can write.
    """

    path: Path
    sha256: str
    check: bool = False


def plan_for(entry: ModelEntry, *, check: bool) -> EmbedPlan:
    """The plan for a model of the list."""
    return EmbedPlan(entry.path, entry.sha256, check)


def check_plan(plan: EmbedPlan, free_bytes: float) -> None:
    """Make sure that the file can be loaded, before llama.cpp sees it.

    Raises:
        ModelError: `model-missing`, `model-changed`, `too-little-memory`.
    """
    try:
        size = plan.path.stat().st_size
        changed = plan.check and _hash(plan.path) != plan.sha256
    except OSError as error:
        raise ModelError(
            "model-missing",
            "자료실에서 뜻으로 찾는 모델의 파일을 열 수 없습니다.",
            f"파일이 그대로 있는지 확인해 주세요. {BACK}",
        ) from error
    if changed:
        raise ModelError("model-changed", "모델 파일이 처음 확인한 것과 달라져서 열지 않았습니다.", BACK)
    needed = size + WORKING_BYTES
    if needed > free_bytes:
        raise ModelError(
            "too-little-memory",
            f"뜻으로 찾는 모델을 열려면 메모리 {needed / 2**30:.1f}GB가 비어 있어야 하는데 "
            f"지금 {free_bytes / 2**30:.1f}GB가 비어 있습니다.",
            f"다른 프로그램을 닫은 뒤 다시 시도해 주세요. {BACK}",
        )


BACK = "기본 부품으로 되돌리려면 biseo library encoder built-in을 실행해 주세요."
WORKING_BYTES = 768 << 20
"""What an embedder takes beside its weights: numbers of one text of 512 tokens, and the process itself."""


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

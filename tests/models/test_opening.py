from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.models.gguf_files import gguf

from biseo_models import opening
from biseo_models.catalogue import ModelStore
from biseo_models.engine import CancelFlag
from biseo_models.errors import ModelError
from biseo_models.machine import Machine, probe
from biseo_models.opening import open_engine


class Never:
    def is_set(self) -> bool:
        return False


def store_with_model(folder: Path, cancel: CancelFlag) -> ModelStore:
    file = folder / "모델.gguf"
    file.write_bytes(gguf(weights=bytes(1 << 16)))
    store = ModelStore(folder / "models", ())
    for _ in store.add(file, cancel):
        pass
    return store


def test_without_a_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as caught:
        open_engine(ModelStore(tmp_path))
    assert caught.value.code == "no-model"


def test_the_chosen_model_is_opened_but_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = store_with_model(tmp_path, Never())
    seen: list[str] = []
    fits: Callable[..., None] = lambda entry, machine: seen.append(entry.id)  # noqa: E731
    monkeypatch.setattr(opening, "check_fit", fits)
    engine = open_engine(store)
    assert engine.process_id is None
    assert seen == [store.active().id]


def test_too_little_memory_is_told_before_anything_is_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    store = store_with_model(tmp_path, Never())
    small: Callable[[], Machine] = lambda: replace(probe(), ram_gb=0.01, ram_free_gb=0.001)  # noqa: E731
    monkeypatch.setattr(opening, "probe", small)
    with pytest.raises(ModelError) as caught:
        open_engine(store)
    assert caught.value.code == "too-little-memory"


def test_a_file_that_changed_is_not_opened(tmp_path: Path) -> None:
    store = store_with_model(tmp_path, Never())
    path = store.active().path
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(ModelError) as caught:
        open_engine(store)
    assert caught.value.code == "model-changed"

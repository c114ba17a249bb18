from __future__ import annotations

from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pytest
from tests.models.gguf_files import gguf

from biseo_models import opening
from biseo_models.catalogue import ModelStore
from biseo_models.engine import CancelFlag
from biseo_models.errors import ModelError
from biseo_models.fit import Fit, FitBook
from biseo_models.machine import Machine, probe
from biseo_models.opening import open_engine, open_model


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


def test_the_chosen_model_is_opened_but_not_loaded(tmp_path: Path) -> None:
    store = store_with_model(tmp_path, Never())
    engine = open_engine(store)
    assert engine.process_id is None
    assert engine.fit is None


def test_what_was_measured_on_this_pc_is_used_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    store = store_with_model(tmp_path, Never())
    entry, here = store.active(), probe()
    fit = Fit(2, 256, 8, 1.5, 100.0, 20.0, 40.0)
    FitBook(entry.path.parent, here, metadata.version("llama-cpp-python")).remember(entry.id, fit)
    assert open_engine(store).fit == fit
    assert open_model(entry, measure=True).fit is None
    monkeypatch.setattr(opening, "probe", lambda: replace(here, cores=here.cores + 1))
    assert open_engine(store).fit is None


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

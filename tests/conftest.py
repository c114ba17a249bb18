"""The real default model, put together once a session for the tests marked `model`."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from biseo_models.catalogue import ModelStore


@pytest.fixture(scope="session")
def model_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A `BISEO_HOME` whose default model is ready; skips where its data packages are not installed."""
    home = tmp_path_factory.mktemp("행정비서 자료")
    store = ModelStore(home / "models")
    if not store.default_available():
        pytest.skip("the data packages of the default model are not installed")
    for _ in store.install_default(threading.Event()):
        pass
    yield home
    shutil.rmtree(home, ignore_errors=True)  # a gigabyte that pytest would keep for three sessions


@pytest.fixture(scope="session")
def model_store(model_home: Path) -> ModelStore:
    """The store of `model_home`."""
    return ModelStore(model_home / "models")

from __future__ import annotations

from pathlib import Path

import pytest

from biseo import paths


def test_the_home_points_all_data_at_one_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "홍 길동"
    monkeypatch.setenv("BISEO_HOME", str(home))
    assert paths.home() == home
    assert paths.models_folder().is_relative_to(home)
    assert paths.settings_file().is_relative_to(home)
    assert not home.exists()


def test_without_it_the_folder_is_the_users_own(monkeypatch: pytest.MonkeyPatch) -> None:
    for value in (None, ""):
        if value is None:
            monkeypatch.delenv("BISEO_HOME", raising=False)
        else:
            monkeypatch.setenv("BISEO_HOME", value)
        assert paths.home().is_absolute()
        assert paths.home().name == "biseo"

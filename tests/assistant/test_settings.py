from __future__ import annotations

import json
from pathlib import Path

import pytest

from biseo.settings import Settings


def test_saved_and_loaded(tmp_path: Path) -> None:
    path = tmp_path / "새 폴더" / "settings.json"
    settings = Settings("dark", 150, True, 30, 5, {"hwpx": "press"}, {"agency": "한빛시"})
    settings.save(path)
    assert Settings.load(path) == settings
    assert "한빛시" in path.read_text(encoding="utf-8")
    assert [entry.name for entry in path.parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[1, 2]", b"null", b'"dark"', b"\xff\xfe\x00", b'{"unknown": 1}', b'{"theme": null, "scale": "150"}'],
)  # fmt: skip
def test_what_cannot_be_read_is_the_default(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    assert Settings.load(path) == Settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("scale", True), ("scale", 0), ("scale", 100000), ("scale", 150.5), ("theme", "purple"), ("notice_read", 1),
        ("last_task", {"hwpx": 3}), ("office", {"agency": ["x"]}), ("office", []),
    ],
)  # fmt: skip
def test_a_value_that_makes_no_sense_is_the_default_and_the_others_stay(
    tmp_path: Path, name: str, value: object
) -> None:
    path = tmp_path / "settings.json"
    other = "office" if name != "office" else "last_task"
    path.write_text(json.dumps({name: value, other: {"agency": "한빛시"}}), encoding="utf-8")
    settings = Settings.load(path)
    assert getattr(settings, name) == getattr(Settings(), name)
    assert getattr(settings, other) == {"agency": "한빛시"}


def test_a_missing_file_is_the_default_and_makes_nothing(tmp_path: Path) -> None:
    assert Settings.load(tmp_path / "none" / "settings.json") == Settings()
    assert list(tmp_path.iterdir()) == []


def test_the_home_is_where_settings_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BISEO_HOME", str(tmp_path / "집"))
    Settings(theme="light").save()
    assert Settings.load().theme == "light"
    assert (tmp_path / "집" / "settings.json").is_file()


def test_a_failed_save_leaves_the_old_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "settings.json"
    Settings(theme="light").save(path)

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        Settings(theme="dark").save(path)
    assert Settings.load(path).theme == "light"
    assert [entry.name for entry in tmp_path.iterdir()] == ["settings.json"]

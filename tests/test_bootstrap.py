from __future__ import annotations

import ctypes
import importlib.util
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def bootstrap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module, working on a folder of its own with two short requirement lists."""
    spec = importlib.util.spec_from_file_location("bootstrap_under_test", ROOT / "bootstrap.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, module)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "STATE", tmp_path / ".venv" / "biseo-setup.json")
    monkeypatch.setattr(module, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(module, "REQUIREMENTS", tmp_path / "requirements")
    (tmp_path / "requirements").mkdir()
    for name in ("build", "runtime", "model"):
        (tmp_path / "requirements" / f"{name}.txt").write_text(f"{name}==1\n", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("", encoding="utf-8")
    monkeypatch.setattr(module, "lacks_compiler", dict)
    return module


@pytest.fixture
def ran(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands of the set-up, which are only written down; making the environment makes its Python."""
    commands: list[list[str]] = []

    def run(command: list[object], environment: object = None) -> int:
        words = [str(word) for word in command]
        commands.append(words)
        if "venv" in words:
            bootstrap.PYTHON.parent.mkdir(parents=True)
            bootstrap.PYTHON.touch()
            (bootstrap.VENV / "pyvenv.cfg").touch()
        return 0

    monkeypatch.setattr(bootstrap, "run", run)
    return commands


def stages(bootstrap: ModuleType) -> list[object]:
    return [bootstrap.BUILD, bootstrap.RUNTIME, bootstrap.MODEL]


def installed(commands: list[list[str]]) -> list[str]:
    return [Path(words[-1]).name for words in commands if "install" in words]


def test_first_start_installs_everything_once(bootstrap: ModuleType, ran: list[list[str]], tmp_path: Path) -> None:
    bootstrap.set_up(stages(bootstrap), None, {})
    assert installed(ran) == ["build.txt", "runtime.txt", "model.txt", tmp_path.name]
    assert all("--no-deps" in words for words in ran if "install" in words)
    assert not any("--no-cache-dir" in words or "--index-url" in words for words in ran)
    ran.clear()
    bootstrap.set_up(stages(bootstrap), None, {})
    assert ran == []


def test_a_changed_list_is_installed_again_and_no_other(bootstrap: ModuleType, ran: list[list[str]]) -> None:
    bootstrap.set_up(stages(bootstrap), None, {})
    (bootstrap.REQUIREMENTS / "runtime.txt").write_text("runtime==2\n", encoding="utf-8")
    ran.clear()
    bootstrap.set_up(stages(bootstrap), None, {})
    assert installed(ran) == ["runtime.txt"]


def test_a_killed_set_up_is_taken_up_where_it_stopped(
    bootstrap: ModuleType, ran: list[list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    class Killed(BaseException):
        pass

    quiet = bootstrap.run

    def run(command: list[object], environment: object = None) -> int:
        if str(command[-1]).endswith("runtime.txt"):
            raise Killed
        return int(quiet(command, environment))

    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(bootstrap, "run", run)
        bootstrap.set_up(stages(bootstrap), None, {})
    assert json.loads(bootstrap.STATE.read_text(encoding="utf-8"))["running"] == "runtime"
    ran.clear()
    bootstrap.set_up(stages(bootstrap), None, {})
    assert installed(ran) == ["runtime.txt", "model.txt", tmp_path.name]
    # what was half installed is not trusted
    assert ["--force-reinstall" in words for words in ran if "install" in words] == [True, False, False]


def test_a_refused_install_is_one_sentence_and_is_tried_again(
    bootstrap: ModuleType, ran: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(bootstrap, "pip", lambda *_, **__: 1)
        with pytest.raises(bootstrap.SetupError, match="네트워크"):
            bootstrap.set_up(stages(bootstrap), None, {})
        with pytest.raises(bootstrap.SetupError, match="꾸러미 폴더"):
            bootstrap.set_up(stages(bootstrap), Path(), {})
    ran.clear()
    bootstrap.set_up(stages(bootstrap), None, {})
    assert "build.txt" in installed(ran)


def test_a_folder_of_wheels_is_the_only_source(
    bootstrap: ModuleType, ran: list[list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(bootstrap, "lacks_compiler", lambda: {"C++ 컴파일러": ["build-essential"]})
    bootstrap.set_up(stages(bootstrap), tmp_path / "꾸러미", {})
    for words in ran:
        if "install" in words:
            assert "--no-index" in words
            assert ("--find-links" in words) == words[-1].endswith(".txt")


def test_everything_that_is_missing_is_told_in_one_sentence_before_anything_is_made(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_library(name: str) -> None:
        raise OSError(name)

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(ctypes, "CDLL", no_library)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(bootstrap, "lacks_compiler", lambda: {"C++ 컴파일러": ["build-essential"]})
    monkeypatch.setattr(bootstrap.os, "environ", {"DISPLAY": ":0"})
    with pytest.raises(bootstrap.SetupError) as caught:
        bootstrap.set_up(stages(bootstrap), None, bootstrap.window_libraries())
    sentence = str(caught.value)
    assert "파이썬 venv 모듈, C++ 컴파일러, 창을 그리는 시스템 라이브러리" in sentence
    line = sentence.partition("sudo apt install ")[2].split()
    assert {"python3-venv", "build-essential", "libegl1", "libxcb-cursor0", "libxkbcommon-x11-0"} <= set(line)
    assert len(line) == len(set(line))
    assert not bootstrap.VENV.exists()


def test_no_screen_is_a_sentence(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(bootstrap.os, "environ", {})
    with pytest.raises(bootstrap.SetupError, match="화면에 연결되어 있지 않아"):
        bootstrap.main([])


@pytest.mark.skipif(sys.platform != "linux", reason="X11")
def test_a_screen_that_does_not_answer_is_a_sentence(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":9876")
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    with pytest.raises(bootstrap.SetupError, match="화면에 연결되어 있지 않아"):
        bootstrap.main([])


def test_a_full_disk_is_a_sentence(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap.shutil, "disk_usage", lambda _: type("usage", (), {"free": 1 << 30}))
    with pytest.raises(bootstrap.SetupError, match=r"4GB가 비어 있어야 하는데 1\.0GB"):
        bootstrap.set_up(stages(bootstrap), None, {})


def test_memory_only_window_asks_for_less(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(bootstrap.os, "environ", {"QT_QPA_PLATFORM": "offscreen"})
    assert "libxcb-cursor.so.0" not in bootstrap.window_libraries()
    monkeypatch.setattr(bootstrap.os, "environ", {"WAYLAND_DISPLAY": "wayland-0"})
    assert "libwayland-client.so.0" in bootstrap.window_libraries()
    monkeypatch.setattr(bootstrap.os, "environ", {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"})
    assert "libxcb-cursor.so.0" in bootstrap.window_libraries()


def test_usage_errors_are_sentences() -> None:
    for arguments in (["--wheels"], ["--wheels", "없는 폴더"], ["wheels"]):
        ended = subprocess.run(
            [sys.executable, str(ROOT / "bootstrap.py"), *arguments], capture_output=True, encoding="utf-8", check=False
        )
        assert ended.returncode == 1
        assert ended.stdout == ""
        assert "폴더" in ended.stderr and "Traceback" not in ended.stderr


def names(path: Path) -> dict[str, str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    pins = [line.partition(";")[0].strip() for line in lines if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+", pin) for pin in pins), "every line is an exact pin"
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, _, version in (pin.partition("==") for pin in pins)}


def test_lists_and_project_file_agree() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = {
        "runtime": project["dependencies"],
        "model": extras["model"],
        "dev": extras["dev"],
        "test-model": extras["test-model"],
    }
    for name, requirements in wanted.items():
        listed = names(ROOT / "requirements" / f"{name}.txt")
        for requirement in requirements:
            package, _, version = requirement.partition("==")
            assert listed[re.sub(r"[-_.]+", "-", package).lower()] == version


def test_lists_are_complete() -> None:
    """They are installed without dependencies, so nothing that one of them needs may be absent."""
    from importlib.metadata import PackageNotFoundError, distribution

    requirement_of = pytest.importorskip("packaging.requirements").Requirement
    lists = {path.stem: names(path) for path in (ROOT / "requirements").glob("*.txt")}
    have = lists["runtime"]
    for name in ("runtime", "model", "build", "dev", "test-model"):
        have = have | lists[name] if name != "runtime" else have
        for package, version in lists[name].items():
            try:
                found = distribution(package)
            except PackageNotFoundError:
                continue  # a tool of the build that this environment was made without
            assert found.version == version
            for text in found.requires or []:
                needed = requirement_of(text)
                if needed.marker is None or needed.marker.evaluate({"extra": ""}):
                    assert re.sub(r"[-_.]+", "-", needed.name).lower() in have, f"{package} needs {needed}"

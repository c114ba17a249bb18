"""The shape of the house: who imports whom, and that nothing heavy or foreign is loaded on the way."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOTS = {"assistant": "biseo", "models": "biseo_models", "resources": "biseo_resources", "ui": "biseo_ui"}
SOURCES = [path for root, package in ROOTS.items() for path in sorted((ROOT / root / package).rglob("*.py"))]
SEARCH = os.pathsep.join(str(ROOT / root) for root in ROOTS)


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts[1:]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def run(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": SEARCH, "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code, *arguments],
        env=environment, capture_output=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip


NATIVE = {"biseo_models.llama", "biseo_models.llama_embedder"}
"""The modules that load llama.cpp."""

IMPORT_ALL = """
import importlib, sys
for name in sys.argv[2:]:
    importlib.import_module(name)
foreign = [name for name in sys.argv[1].split(",") if name in sys.modules]
sys.exit(f"loaded: {foreign}" if foreign else 0)
"""


def test_core_loads_neither_qt_nor_the_model_engine() -> None:
    core = [module_of(path) for path in SOURCES if not path.is_relative_to(ROOT / "ui")]
    core = [name for name in core if name not in NATIVE and not name.endswith("__main__")]
    ended = run(IMPORT_ALL, "PySide6,llama_cpp", *core)
    assert ended.returncode == 0, ended.stderr


def test_starting_the_command_line_loads_no_heavy_library() -> None:
    heavy = "PySide6,llama_cpp,numpy,lxml,docx,hwpx,openpyxl,pypdfium2,dochan"
    ended = run(IMPORT_ALL, heavy, "biseo_ui.launch", "biseo.cli")
    assert ended.returncode == 0, ended.stderr


def test_window_loads_without_the_model_engine_or_network() -> None:
    names = [module_of(path) for path in SOURCES if path.is_relative_to(ROOT / "ui")]
    if "biseo_ui.app" not in names:
        pytest.skip("no window yet")
    ended = run(
        IMPORT_ALL,
        "llama_cpp,PySide6.QtNetwork,PySide6.QtQml,docx,hwpx,openpyxl,pypdfium2,http.client,urllib.request,ssl",
        *names,
    )
    assert ended.returncode == 0, ended.stderr


def test_import_contracts_hold() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", "import importlinter.cli as cli; cli.lint_imports_command()", "--no-cache"],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": SEARCH, "PYTHONUTF8": "1"},
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stdout


@pytest.mark.parametrize("path", SOURCES, ids=module_of)
def test_source_files(path: Path) -> None:
    """Every module says what it is; none opens a socket, prints, or carries a path or address of a build machine."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert ast.get_docstring(tree), "a module needs a docstring"
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""])
    }
    barred = {"socket", "ssl", "http", "urllib", "ftplib", "smtplib", "asyncio", "requests", "xmlrpc", "webbrowser"}
    assert not imported & barred
    if module_of(path) not in NATIVE:
        assert "llama_cpp" not in imported
    if not path.is_relative_to(ROOT / "ui"):
        assert "PySide6" not in imported
    assert "/work/" not in text and "/root/" not in text


def test_versions_agree() -> None:
    import biseo

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == biseo.__version__
    assert f"## {biseo.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_installed_dependency_is_in_the_licence_list() -> None:
    """Both ways: nothing is used that is not listed, nothing is listed in another version."""
    listed = {}
    for line in (ROOT / "THIRD_PARTY_LICENSES.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and len(cells) >= 3 and cells[1][:1].isdigit():
            listed[cells[0].lower()] = cells[1]
    for name in ("build", "runtime", "dev", "model", "test-model"):
        for line in (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                package, _, version = line.partition(";")[0].strip().partition("==")
                family = package.rstrip("0123456789") + "n" if "-part" in package else package
                assert listed.get(family) == version, package

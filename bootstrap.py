"""Sets the program up and opens it: `python3 bootstrap.py` (Windows: `py bootstrap.py`).

    bootstrap.py                     set up if needed, then open the window
    bootstrap.py write press …       set up if needed, then run that command
    bootstrap.py test [pytest …]     set up for development, then lint, types, import contracts, tests
    bootstrap.py wheels DIR          collect everything an installation takes in a folder; with --native an engine
                                     for this processor alone
    bootstrap.py --wheels DIR …      install from such a folder and from nowhere else

Standard library only. Everything goes into `.venv` beside this file; messages go to stderr, so that the output of a
command stays its own. A state file remembers which requirement lists are installed: the second start installs nothing,
and one that was killed is taken up where it stopped.
"""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):  # noqa: UP036  (this file is the one an older Python may meet)
    sys.exit(
        f"이 프로그램은 파이썬 3.11 이상에서 돌아갑니다(지금 {sys.version_info[0]}.{sys.version_info[1]}). "
        "파이썬 3.11 이상을 설치한 뒤 다시 실행해 주세요."
    )

import contextlib
import ctypes
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
REQUIREMENTS = ROOT / "requirements"
STATE = VENV / "biseo-setup.json"
WINDOWS = sys.platform == "win32"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
NEEDED_BYTES = 4 << 30

# What Qt's own libraries and its X11 plugin ask the system for, with the Debian packages they are in
# (found by following NEEDED from QtWidgets, QtSvg, QtPrintSupport and the xcb plugin of PySide6 6.12).
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
X11_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
ENGINE_LIBRARIES = {"libgomp.so.1": "libgomp1", "libstdc++.so.6": "libstdc++6"}
# Below PySide6, on each system; the same list is looked for by `biseo.offline.modules`.
QT_NETWORK_PARTS = (
    "QtNetwork.*", "Qt6Network.dll", "Qt/lib/libQt6Network.*", "Qt/lib/QtNetwork.framework/**/QtNetwork",
    "plugins/tls/*", "Qt/plugins/tls/*", "plugins/networkinformation/*", "Qt/plugins/networkinformation/*",
    "Qt/plugins/platforms/libqvnc.*", "plugins/generic/qtuiotouchplugin.*", "Qt/plugins/generic/libqtuiotouchplugin.*",
)  # fmt: skip
WAYLAND_LIBRARIES = {"libwayland-client.so.0": "libwayland-client0", "libwayland-cursor.so.0": "libwayland-cursor0"}


class SetupError(Exception):
    """Something the person at this PC can put right: one sentence for what, one for how."""


@dataclass(frozen=True)
class Stage:
    """One requirement list, installed as a whole."""

    name: str
    label: str

    @property
    def file(self) -> Path:
        return REQUIREMENTS / f"{self.name}.txt"

    def fingerprint(self) -> str:
        """Changes when the list changes."""
        return hashlib.sha256(self.file.read_bytes()).hexdigest()


BUILD = Stage("build", "설치 도구")
RUNTIME = Stage("runtime", "라이브러리(처음에는 10분쯤 걸립니다)")
MODEL = Stage("model", "기본 언어 모델(1.1GB)")
DEV = Stage("dev", "시험 도구")
TEST_MODEL = Stage("test-model", "시험용 언어 모델(0.5GB)")


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


# --- what the machine must have ---------------------------------------------------------------------------------------


def lacks_venv() -> dict[str, list[str]]:
    if importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        return {}
    return {"파이썬 venv 모듈": ["python3-venv"]}


def lacks_compiler() -> dict[str, list[str]]:
    """llama-cpp-python is compiled on this PC unless a wheel of it is at hand. Windows tells by itself, afterwards."""
    asked = os.environ.get("CXX", "").split()[:1]
    if WINDOWS or any(shutil.which(name) for name in (*asked, "c++", "g++", "clang++")):
        return {}
    return {"C++ 컴파일러": ["build-essential"]}


def lacks_engine_libraries() -> dict[str, list[str]]:
    """What an engine that was compiled elsewhere needs; with a compiler comes all of it."""
    return lacks_libraries(ENGINE_LIBRARIES, "언어 모델 엔진의 시스템 라이브러리") if sys.platform == "linux" else {}


def lacks_libraries(libraries: dict[str, str], name: str = "창을 그리는 시스템 라이브러리") -> dict[str, list[str]]:
    """Debian packages of the libraries that cannot be loaded."""
    packages = []
    for library, package in libraries.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            packages.append(package)
    return {name: sorted(set(packages))} if packages else {}


def require(lacking: dict[str, list[str]]) -> None:
    """One sentence and one line for everything that is missing."""
    if not lacking:
        return
    if sys.platform == "darwin":
        how = "xcode-select --install"
    else:
        how = f"sudo apt install {' '.join(package for packages in lacking.values() for package in packages)}"
    raise SetupError(f"이 PC에 다음이 없어 시작할 수 없습니다: {', '.join(lacking)}. 다음을 실행해 주세요: {how}")


def require_disk() -> None:
    free = shutil.disk_usage(ROOT).free
    if free < NEEDED_BYTES:
        raise SetupError(
            f"설치하려면 디스크에 {NEEDED_BYTES / 2**30:.0f}GB가 비어 있어야 하는데 "
            f"{free / 2**30:.1f}GB가 남아 있습니다. 필요 없는 파일을 지운 뒤 다시 실행해 주세요."
        )


def qt_platform() -> str:
    """The Qt platform plugin that will draw the window on Linux."""
    asked = os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0]
    return asked or ("xcb" if os.environ.get("DISPLAY") or not os.environ.get("WAYLAND_DISPLAY") else "wayland")


def window_libraries() -> dict[str, str]:
    """What a window needs here; for one that is only drawn in memory less."""
    if sys.platform != "linux":
        return {}
    return QT_LIBRARIES | {"xcb": X11_LIBRARIES, "wayland": WAYLAND_LIBRARIES}.get(qt_platform(), {})


def require_screen() -> None:
    """There is a screen, and it answers: without one Qt ends the process with a message for programmers."""
    if sys.platform != "linux":
        return
    named = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    if not named or (qt_platform() == "xcb" and not x_server_answers()):
        raise SetupError(
            "화면에 연결되어 있지 않아 창을 열 수 없습니다. "
            "바탕 화면에서 실행하거나 명령줄로 써 주세요: python3 bootstrap.py tasks"
        )


def x_server_answers() -> bool:
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:  # told as a missing library
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    for function in (xcb.xcb_connection_has_error, xcb.xcb_disconnect):
        function.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    answers = not xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return answers


# --- the state of the set-up ------------------------------------------------------------------------------------------


def read_state() -> dict[str, str]:
    """Fingerprints by stage; under `running` the stage that was begun and not ended."""
    try:
        state = json.loads(STATE.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(key): str(value) for key, value in state.items()} if isinstance(state, dict) else {}


def write_state(state: dict[str, str]) -> None:
    temporary = STATE.with_suffix(".tmp")
    temporary.write_text(json.dumps(state, indent=1), encoding="utf-8")
    temporary.replace(STATE)


def project_fingerprint() -> str:
    return hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + str(ROOT).encode()).hexdigest()


def is_ready(stages: list[Stage], state: dict[str, str]) -> bool:
    return (
        "running" not in state
        and PYTHON.exists()
        and state.get("project") == project_fingerprint()
        and all(state.get(stage.name) == stage.fingerprint() for stage in stages)
    )


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two set-ups in one folder would spoil each other: the second waits. The system frees the lock of a dead one."""
    with (ROOT / ".biseo-setup.lock").open("a+", encoding="utf-8") as stream:
        if sys.platform == "win32":
            import msvcrt

            def take() -> None:
                stream.seek(0)
                msvcrt.locking(stream.fileno(), msvcrt.LK_LOCK, 1)  # tries for 10 s
        else:
            import fcntl

            def take() -> None:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)

        told = False
        while True:
            try:
                take()
                break
            except OSError:
                if not told:
                    say("다른 창에서 설치하고 있어 끝나기를 기다립니다.")
                told = True
                if not WINDOWS:
                    time.sleep(0.5)
        yield


# --- installing -------------------------------------------------------------------------------------------------------


def run(command: list[str | Path], environment: dict[str, str] | None = None) -> int:
    """Run a command whose output is for people; nothing is read from the keyboard."""
    words = [str(part) for part in command]
    return subprocess.run(words, stdin=subprocess.DEVNULL, stdout=sys.stderr, env=environment, check=False).returncode


def pip(*arguments: str | Path, environment: dict[str, str] | None = None) -> int:
    common = ("--no-input", "--disable-pip-version-check")
    # isolated from the caller's PYTHONPATH and user packages, not from the machine's pip configuration
    clean = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "PYTHONHOME")}
    clean |= {"PYTHONNOUSERSITE": "1", "PYTHONUTF8": "1"} | (environment or {})
    return run([PYTHON, "-m", "pip", *arguments[:1], *common, *arguments[1:]], clean)


def make_venv() -> None:
    if PYTHON.exists() and (VENV / "pyvenv.cfg").exists() and run([PYTHON, "-c", "import pip"]) == 0:
        return
    say("파이썬 환경을 만드는 중입니다(.venv).")
    if run([sys.executable, "-m", "venv", "--clear", VENV]):
        raise SetupError("파이썬 환경(.venv)을 만들지 못했습니다. 위의 내용을 확인한 뒤 다시 실행해 주세요.")


def install_stage(stage: Stage, state: dict[str, str], source: list[str | Path]) -> None:
    if state.get(stage.name) == stage.fingerprint() and state.get("running") != stage.name:
        return
    broken = state.get("running") == stage.name
    say(f"{'중단된 설치를 다시 ' if broken else '설치'}하는 중입니다: {stage.label}")
    state["running"] = stage.name
    write_state(state)
    # pip killed half-way may leave a package that looks installed
    again = ["--force-reinstall"] if broken else []
    code = pip("install", "--no-deps", "--no-build-isolation", *again, *source, "-r", stage.file)
    del state["running"]
    if code:
        write_state(state)
        raise SetupError(_pip_advice(stage, bool(source)))
    state[stage.name] = stage.fingerprint()
    write_state(state)


def _pip_advice(stage: Stage, offline: bool) -> str:
    if offline:
        return "꾸러미 폴더에 없는 것이 있어 설치하지 못했습니다. 위의 이름을 확인하고 폴더를 다시 만들어 주세요."
    if WINDOWS and stage is RUNTIME:
        return (
            "라이브러리를 설치하지 못했습니다. Visual Studio Build Tools(C++)를 설치하거나, 꾸러미 폴더를 받아 "
            "py bootstrap.py --wheels 폴더 로 설치해 주세요."
        )
    return "라이브러리를 설치하지 못했습니다. 네트워크와 위의 내용을 확인한 뒤 다시 실행하면 이어서 설치합니다."


def leave_out_network_parts() -> None:
    """Take Qt's network library, and what would open a port by it (VNC, TUIO), out of the installation.

    Nothing of ours loads them; what is not there cannot be loaded by an environment variable or a library either.
    """
    for packages in (*VENV.glob("lib*/python*/site-packages"), VENV / "Lib" / "site-packages"):
        for pattern in QT_NETWORK_PARTS:
            for path in (packages / "PySide6").glob(pattern):
                with contextlib.suppress(OSError):  # held by a program that runs; tried again with the next set-up
                    path.unlink()


def install_project(state: dict[str, str]) -> None:
    if state.get("project") == project_fingerprint():
        return
    say("행정비서를 설치하는 중입니다.")
    if pip("install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index", "-e", ROOT):
        raise SetupError("행정비서를 설치하지 못했습니다. 위의 내용을 확인한 뒤 다시 실행해 주세요.")
    state["project"] = project_fingerprint()
    write_state(state)


def set_up(stages: list[Stage], wheels: Path | None, libraries: dict[str, str]) -> None:
    """Install what is missing; does nothing when nothing is.

    Everything the system lacks, with the libraries that will be needed, is told before the long part begins.
    """
    if is_ready(stages, read_state()):
        return
    with one_at_a_time():
        state = read_state()
        if is_ready(stages, state):
            return
        source: list[str | Path] = ["--no-index", "--find-links", wheels] if wheels else []
        if RUNTIME.name not in state:
            require_disk()
            lacking = {} if PYTHON.exists() else lacks_venv()
            lacking |= lacks_engine_libraries() if wheels else lacks_compiler()
            require(lacking | lacks_libraries(libraries))
        make_venv()
        state = read_state()
        for stage in stages:
            install_stage(stage, state, source)
        leave_out_network_parts()
        install_project(state)
        say("설치를 마쳤습니다.")


# --- what can be asked for --------------------------------------------------------------------------------------------


def start(arguments: list[str]) -> int:
    """Hand over to the program."""
    if not arguments:
        require(lacks_libraries(window_libraries()))
    code = "import sys; sys.argv[0] = 'biseo'; from biseo_ui.launch import main; sys.exit(main())"
    command = [str(PYTHON), "-c", code, *arguments]
    if not WINDOWS:
        os.execv(PYTHON, command)
    # exec on Windows gives the caller its prompt back at once
    try:
        return subprocess.run(command, check=False).returncode
    except KeyboardInterrupt:
        return 130


def collect_wheels(folder: Path, *, native: bool) -> int:
    """Put everything an installation takes into a folder, for PCs like this one without a registry or a compiler."""
    set_up([BUILD], None, {})
    require(lacks_compiler())
    folder.mkdir(parents=True, exist_ok=True)
    for stage in (BUILD, RUNTIME, MODEL, DEV, TEST_MODEL):
        say(f"꾸러미를 모으는 중입니다: {stage.label}")
        names = [line for line in stage.file.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
        if not native:
            names = [name for name in names if not name.startswith("llama-cpp-python")]
        if pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, *names):
            raise SetupError("꾸러미를 다 모으지 못했습니다. 네트워크와 위의 내용을 확인한 뒤 다시 실행해 주세요.")
    if not native:
        say("어느 PC에서나 도는 언어 모델 엔진을 만드는 중입니다(6분쯤 걸립니다).")
        names = [line for line in RUNTIME.file.read_text(encoding="utf-8").splitlines() if line.startswith("llama-")]
        # the cache would give back the engine that was built for this processor
        portable = {"CMAKE_ARGS": f"{os.environ.get('CMAKE_ARGS', '')} -DGGML_NATIVE=OFF".strip()}
        if pip(
            "wheel", "--no-deps", "--no-build-isolation", "--no-cache-dir", "--wheel-dir", folder, *names,
            environment=portable,
        ):  # fmt: skip
            raise SetupError("언어 모델 엔진을 만들지 못했습니다. 위의 내용을 확인한 뒤 다시 실행해 주세요.")
    say(f"꾸러미를 모두 모았습니다. 다른 PC에서: python3 bootstrap.py --wheels {folder}")
    return 0


def test(arguments: list[str]) -> int:
    """Lint, types, import contracts, tests. The last line printed is pytest's."""
    environment = {**os.environ, "PYTHONUTF8": "1"}
    scripts = PYTHON.parent
    checks: list[tuple[str, list[str | Path]]] = [
        ("ruff", [PYTHON, "-m", "ruff", "check", "."]),
        ("mypy", [PYTHON, "-m", "mypy"]),
        ("import contracts", [scripts / ("lint-imports.exe" if WINDOWS else "lint-imports")]),
    ]
    failed = []
    for name, command in checks:
        print(f"== {name}", flush=True)
        if subprocess.run([str(part) for part in command], cwd=ROOT, env=environment, check=False).returncode:
            failed.append(name)
    print(f"== pytest (before it: {', '.join(failed) + ' failed' if failed else 'all passed'})", flush=True)
    code = subprocess.run([str(PYTHON), "-m", "pytest", *arguments], cwd=ROOT, env=environment, check=False).returncode
    return code or (1 if failed else 0)


def main(arguments: list[str]) -> int:
    wheels: Path | None = None
    if arguments[:1] == ["--wheels"]:
        if len(arguments) < 2 or not Path(arguments[1]).is_dir():
            raise SetupError("꾸러미 폴더를 찾을 수 없습니다. --wheels 뒤에 폴더를 적어 주세요.")
        wheels, arguments = Path(arguments[1]).resolve(), arguments[2:]
    if arguments[:1] == ["wheels"]:
        folders = [argument for argument in arguments[1:] if argument != "--native"]
        if len(folders) != 1:
            raise SetupError("꾸러미를 모을 폴더를 하나 적어 주세요: python3 bootstrap.py wheels 폴더")
        return collect_wheels(Path(folders[0]).resolve(), native="--native" in arguments)
    if arguments[:1] == ["test"]:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        set_up([BUILD, RUNTIME, MODEL, DEV, TEST_MODEL], wheels, window_libraries())
        return test(arguments[1:])
    if not arguments:
        require_screen()
    set_up([BUILD, RUNTIME, MODEL], wheels, {} if arguments else window_libraries())
    return start(arguments)


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):  # an old Windows console cannot write every letter: never fail over it
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        sys.exit(main(sys.argv[1:]))
    except SetupError as error:
        say(str(error))
        sys.exit(1)
    except KeyboardInterrupt:
        say("설치를 멈췄습니다. 다시 실행하면 이어서 합니다.")
        sys.exit(130)

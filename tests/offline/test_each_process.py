"""A dependency that wants to reach a network: denied, counted and shown, in every kind of process."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.models.gguf_files import gguf
from tests.offline.dependency import make_library
from tests.offline.running import SEARCH, biseo, run

from biseo.document import Draft, Section
from biseo.writers import write_document
from biseo_models import attempts

WORDS = "한빛시는 2026. 5. 8.(금)부터 책잔치를 연다."
KEYRING = "from biseo.vault.keyrings import SystemKeyring\nprint(SystemKeyring().label())\n"
MODEL = """
from pathlib import Path
from biseo_models.client import ProcessEngine
engine = ProcessEngine(Path(sys.argv[1]))
try:
    engine.info()
finally:
    engine.close()
"""
PICTURE = """
from pathlib import Path
from biseo.pictures.process import draw_page
draw_page(Path(sys.argv[1]))
"""
WINDOW = """
from PySide6.QtCore import QTimer
import biseo_ui.app as root
build = root.build_window
def built(*given, **more):
    window = build(*given, **more)
    from biseo_ui.offline_desk import OfflineDesk
    desk = window.findChild(OfflineDesk)
    def look():
        if window.entrance.barred:
            window.vault.go_without()
            return
        if desk.page is None:
            desk.open()
        elif desk.page.save.isEnabled() and desk.page.whole:
            page = desk.page
            print(window.status.offline.text(), page.headline.text(), page.grids["attempts"].words(), sep=" | ")
            timer.stop()
            window.close()
    timer = QTimer(window)
    timer.timeout.connect(look)
    timer.start(50)
    return window
root.build_window = built
"""


def program(folder: Path, body: str) -> list[str]:
    """A program that is armed as ours are, and does `body`; what a user would be told goes to stderr."""
    script = folder / "program.py"
    lines = "\n".join(f"        {line}" for line in body.strip().splitlines())
    script.write_text(
        "import sys\n"
        "if __name__ == '__main__':\n"
        "    from biseo_models.offline import arm, guard\n"
        "    arm('command')\n"
        "    from biseo import paths\n"
        "    from biseo.errors import UserFacingError\n"
        "    guard.record_in(paths.attempts_folder())\n"
        "    try:\n"
        f"{lines}\n"
        "    except UserFacingError as error:\n"
        "        sys.stderr.write(f'{error.code}: {error}')\n"
        "        sys.exit(3)\n",
        encoding="utf-8",
    )
    return [sys.executable, str(script)]


class Place:
    """A home, a document, and the library that wants."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.home = folder, folder / "집"
        self.search = f"{make_library(folder)}:{SEARCH}" if sys.platform != "win32" else ""
        self.text = folder / "계획.txt"
        self.text.write_text(WORDS, encoding="utf-8")
        self.docx = folder / "계획.docx"
        draft = Draft("report", "report", "책잔치", (Section("body", "내용", f"{WORDS} 성명: {{{{성명}}}}", "form"),))
        write_document(draft, self.docx)
        self.model = folder / "모델.gguf"
        self.model.write_bytes(gguf())
        self.pdf = folder / "쪽.pdf"
        self.pdf.write_bytes(b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]"
                             b"/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n"
                             b"trailer<</Root 1 0 R>>\n")  # fmt: skip

    def wants(self, words: list[str], at: str, insists: bool) -> subprocess.CompletedProcess[str]:
        """Run while the library wants at the loading of a module; `insists`: it cannot do without."""
        more = {"WANTING_INSISTS": "1"} if insists else {}
        return run(words, self.home, PYTHONPATH=self.search, WANTING_AT=at, **more)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    if sys.platform == "win32":
        pytest.skip("sitecustomize by PYTHONPATH is tried on POSIX")
    return Place(tmp_path)


BISEO = [sys.executable, "-m", "biseo_ui.launch"]
KINDS = ("command", "reader", "forms", "masking", "picture", "keyring", "model")


def of_kind(place: Place, kind: str) -> tuple[list[str], str, str]:
    """Words to run, the module at whose loading the library wants, and the role of the process it is in."""
    match kind:
        case "command":
            return [*BISEO, "tasks"], "biseo.cli.tasks", "command"
        case "reader":
            return [*BISEO, "read", str(place.text)], "biseo.readers.plain", "reader"
        case "forms":
            return [*BISEO, "fill", str(place.docx), "--fields"], "biseo.forms.template", "reader"
        case "masking":
            out = str(place.folder / "가림.docx")
            return [*BISEO, "mask", str(place.docx), "--out", out], "biseo.readers.detect", "reader"
        case "picture":
            return [*program(place.folder, PICTURE), str(place.pdf)], "biseo.pictures.pdf", "reader"
        case "keyring":
            return program(place.folder, KEYRING), "keyring.backends.SecretService", "keyring"
        case _:
            return [*program(place.folder, MODEL), str(place.model)], "biseo_models.llama", "model"


@pytest.mark.parametrize("kind", KINDS)
def test_a_wish_is_denied_counted_and_shown(place: Place, kind: str) -> None:
    words, at, role = of_kind(place, kind)
    ended = place.wants(words, at, insists=False)
    if kind in ("keyring", "model"):  # no desktop here, and no real model: told, as without the library
        assert ended.returncode == 3 and "network-blocked" not in ended.stderr
    else:
        assert ended.returncode == 0, ended.stderr  # what can do without the network goes on
    assert "Traceback" not in ended.stderr
    seen = json.loads(biseo(["selftest", "--json"], place.home).stdout)["offline"]
    assert seen["blocked_attempts"] == len(seen["attempts"]) >= 1
    assert {one["role"] for one in seen["attempts"]} == {role}
    assert seen["attempts"][0]["asked_by"].startswith("wanting_library:")
    assert seen["sockets_opened"] == 0 and seen["hook"]


@pytest.mark.parametrize("kind", KINDS)
def test_who_insists_ends_as_a_sentence(place: Place, kind: str) -> None:
    words, at, _role = of_kind(place, kind)
    ended = place.wants(words, at, insists=True)
    assert ended.returncode in (3, 6)
    assert "Traceback" not in ended.stderr and "192.0.2" not in ended.stderr
    if kind == "keyring":
        assert "keyring-none" in ended.stderr  # as on a PC without a credential store
    elif kind == "picture":
        assert "no-picture-network-blocked" in ended.stderr
    else:
        assert "네트워크에 연결하려 해서 막았습니다." in ended.stderr
    assert attempts.read(place.home / "logs").count >= 1


def test_in_the_window_it_is_denied_counted_and_shown(place: Place) -> None:
    (place.home).mkdir()
    (place.home / "settings.json").write_text('{"notice_read": true}', encoding="utf-8")
    script = place.folder / "window.py"
    body = "".join(f"    {line}\n" for line in WINDOW.strip().splitlines())
    # As the program starts: armed first; only then is the window built, and watched.
    script.write_text(
        "import sys\nif __name__ == '__main__':\n"
        "    from biseo_models.offline import arm\n    arm('window')\n"
        f"{body}"
        "    from biseo_ui.launch import main\n    sys.exit(main([]))\n",
        encoding="utf-8",
    )
    ended = place.wants([sys.executable, str(script)], "biseo_ui.crash", insists=False)
    assert ended.returncode == 0 and "Traceback" not in ended.stderr, ended.stderr
    button, headline, shown = ended.stdout.strip().split(" | ")
    count = attempts.read(place.home / "logs").count
    assert count >= 1
    assert button == f"외부 통신 0건, 막음 {count}" and headline == f"외부 통신 0건, 막은 시도 {count}번"
    assert "창: 주소 찾기(socket.getaddrinfo, 포트 443), 부른 곳 wanting_library:" in shown


def test_a_window_that_cannot_start_without_a_network_says_so(place: Place) -> None:
    ended = place.wants(BISEO, "biseo_ui.app", insists=True)
    assert ended.returncode == 6
    assert ended.stderr.splitlines()[0] == "프로그램의 한 부분이 네트워크에 연결하려 해서 막았습니다."
    assert "Traceback" not in ended.stderr

"""Who may write the policy: POSIX modes and owners, Windows security descriptors."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path, PureWindowsPath

import pytest

from biseo import policy_place
from biseo.policy_place import UntrustedPlaceError, read_trusted
from biseo.policy_windows import CONTENT, FOLDER, changeable, complaint

posix = pytest.mark.skipif(sys.platform == "win32", reason="owners and modes")
ADMINISTRATOR = os.getuid() if sys.platform != "win32" else 0
"""The tests' own account stands for the administrator's."""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A policy in a folder of its own; what is above the folder of this test is not looked at."""
    folder = tmp_path / "biseo"
    folder.mkdir(mode=0o755)
    file = folder / "policy.toml"
    file.write_text("printing = false\n", encoding="utf-8")
    file.chmod(0o644)
    tmp_path.chmod(0o755)
    real = policy_place._safe
    monkeypatch.setattr(
        policy_place,
        "_safe",
        lambda state, owner: real(state, owner) or state.st_ino in {each.stat().st_ino for each in tmp_path.parents},
    )
    return file


def read(file: Path, owner: int = ADMINISTRATOR) -> bytes:
    """As the program does."""
    return read_trusted(file, 1000, owner)


@posix
def test_an_administrators_file_is_read(place: Path) -> None:
    assert read(place) == b"printing = false\n"


@posix
def test_no_folder_and_no_file(place: Path) -> None:
    place.unlink()
    with pytest.raises(FileNotFoundError):
        read(place)
    place.parent.rmdir()
    with pytest.raises(FileNotFoundError):
        read(place)


@posix
@pytest.mark.parametrize("mode", [0o664, 0o646, 0o666])
def test_a_file_that_others_may_write(place: Path, mode: int) -> None:
    place.chmod(mode)
    with pytest.raises(UntrustedPlaceError, match="파일을"):
        read(place)


@posix
@pytest.mark.parametrize("mode", [0o775, 0o757, 0o777, 0o1777])
@pytest.mark.parametrize("there", [True, False])
def test_a_folder_that_others_may_write(place: Path, mode: int, there: bool) -> None:
    if not there:
        place.unlink()  # it may have been taken away
    place.parent.chmod(mode)
    with pytest.raises(UntrustedPlaceError, match="폴더를"):
        read(place)


@posix
def test_a_folder_above_that_others_may_write(place: Path) -> None:
    place.parent.parent.chmod(0o777)
    with pytest.raises(UntrustedPlaceError):
        read(place)


@posix
@pytest.mark.skipif(ADMINISTRATOR == 0, reason="run as root, every file is an administrator's")
def test_a_file_of_an_ordinary_user(place: Path) -> None:
    with pytest.raises(UntrustedPlaceError):
        read(place, owner=0)


@posix
def test_a_link_to_elsewhere_is_not_followed(place: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    place.rename(other)
    place.symlink_to(other)
    with pytest.raises(OSError):
        read(place)


@posix
def test_a_pipe_holds_nothing_up(place: Path) -> None:
    place.unlink()
    os.mkfifo(place, 0o644)
    assert stat.S_ISFIFO(place.stat().st_mode)
    with pytest.raises(UntrustedPlaceError):
        read(place)


# Windows

DEFAULT_FOLDER = (
    "O:BAG:SYD:AI(A;OICIID;FA;;;SY)(A;OICIID;FA;;;BA)(A;OICIIOID;GA;;;CO)(A;OICIID;0x1200a9;;;BU)(A;CIID;DCLCRPCR;;;BU)"
)
"""What a folder below ProgramData gets that an administrator makes."""
GOOD_FILE = "O:BAG:SYD:PAI(A;;FA;;;SY)(A;;FA;;;BA)(A;;0x1200a9;;;BU)"


@pytest.mark.parametrize("owner", ["BA", "SY", "S-1-5-18", "S-1-5-32-544", "S-1-5-21-1-2-3-512", "S-1-5-21-1-2-3-500"])
def test_administrators_are_trusted(owner: str) -> None:
    assert not changeable(GOOD_FILE.replace("O:BA", f"O:{owner}"), CONTENT)
    assert not changeable(DEFAULT_FOLDER.replace("O:BA", f"O:{owner}"), FOLDER)


@pytest.mark.parametrize("owner", ["BU", "S-1-5-21-1-2-3-1001", "AU", "S-1-5-21-1-2-3-5120", "PU"])
def test_a_users_own_file_or_folder(owner: str) -> None:
    assert changeable(GOOD_FILE.replace("O:BA", f"O:{owner}"), CONTENT)
    assert changeable(DEFAULT_FOLDER.replace("O:BA", f"O:{owner}"), FOLDER)


@pytest.mark.parametrize(
    "rights", ["FA", "FW", "GA", "GW", "WD", "WO", "SD", "0x1f01ff", "0x2", "DCLC", "ZZ", "1179785"]
)
def test_a_file_that_users_may_change(rights: str) -> None:
    readable = rights == "1179785"  # read only, in decimal
    assert changeable(f"{GOOD_FILE}(A;;{rights};;;BU)", CONTENT) is not readable


@pytest.mark.parametrize("rights", ["FA", "GA", "SD", "WD", "WO", "DT", "0x40", "0x10000"])
def test_a_folder_that_users_may_empty(rights: str) -> None:
    assert changeable(f"{DEFAULT_FOLDER}(A;OICI;{rights};;;BU)", FOLDER)


def test_a_right_for_what_comes_is_none_yet() -> None:
    assert not changeable(f"{DEFAULT_FOLDER}(A;OICIIO;FA;;;BU)", FOLDER)
    assert not changeable(f"{GOOD_FILE}(D;;FA;;;BU)", CONTENT)


@pytest.mark.parametrize(
    "descriptor",
    ["", "O:BA", "O:BAG:SYD:NO_ACCESS_CONTROL", "G:SYD:(A;;FA;;;SY)", "O:BAD:(XX;;FA;;;SY", "O:BAD:(A;;FA;;;SY)(?"],
)
def test_what_is_not_understood_is_not_trusted(descriptor: str) -> None:
    assert changeable(descriptor, CONTENT)


def test_complaints() -> None:
    place = PureWindowsPath(r"C:\ProgramData\biseo\policy.toml")
    users = GOOD_FILE.replace("O:BA", "O:S-1-5-21-1-2-3-1001")
    assert complaint(GOOD_FILE, DEFAULT_FOLDER, place) == ""
    assert complaint(None, DEFAULT_FOLDER, place) == ""
    assert "폴더를" in complaint(None, users, place)
    assert "파일을" in complaint(users, DEFAULT_FOLDER, place)

"""Windows: the folder of all users, and who may change what lies in it.

The folder comes from the known-folder interface, not from `%ProgramData%`, which every user can set for a program that
he starts. Who may write is read from the security descriptor, as text (SDDL), so that judging it is plain code.
"""

from __future__ import annotations

import os
import re
import stat
import sys
from pathlib import Path, PureWindowsPath

_TRUSTED = frozenset(
    {
        "SY",  # the system
        "BA",  # administrators
        "LA",  # the built-in administrator
        "DA",  # domain administrators
        "EA",  # enterprise administrators
        "S-1-5-18",
        "S-1-5-32-544",
        "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464",  # TrustedInstaller
    }
)
_DOMAIN_ADMINISTRATOR = re.compile(r"S-1-5-21-\d+-\d+-\d+-(500|512|519)")

_DELETE, _WRITE_DAC, _WRITE_OWNER = 0x10000, 0x40000, 0x80000
_WRITE_DATA, _APPEND, _DELETE_CHILD = 0x2, 0x4, 0x40
_GENERIC_ALL, _GENERIC_WRITE = 0x10000000, 0x40000000

# Every user may add files to new folders below ProgramData (so Windows hands it down); a file that is added is found by
# its owner. What must not be is that a user takes the agency's file away, or gives himself the right to.
FOLDER = _DELETE | _WRITE_DAC | _WRITE_OWNER | _DELETE_CHILD | _GENERIC_ALL
CONTENT = _DELETE | _WRITE_DAC | _WRITE_OWNER | _WRITE_DATA | _APPEND | _GENERIC_ALL | _GENERIC_WRITE

_WORDS = {
    "GA": _GENERIC_ALL,
    "GW": _GENERIC_WRITE,
    "GR": 0,
    "GX": 0,
    "FA": 0x1F01FF,
    "FW": 0x120116,
    "FR": 0,
    "FX": 0,
    "SD": _DELETE,
    "WD": _WRITE_DAC,
    "WO": _WRITE_OWNER,
    "RC": 0,
    "CC": 0x1,
    "DC": _WRITE_DATA,
    "LC": _APPEND,
    "SW": 0x8,
    "RP": 0x10,
    "WP": 0x20,
    "DT": _DELETE_CHILD,
    "LO": 0x80,
    "CR": 0x100,
}
"""What the two-letter rights of SDDL mean for a file; reading is of no interest here."""

_ACE = re.compile(r"\(([A-Z]+);([A-Z]*);([^;()]*);[^;()]*;[^;()]*;([^;()]+)[^()]*\)")


def changeable(descriptor: str, rights: int) -> bool:
    """Whether somebody other than an administrator owns the object, or has one of `rights` to it.

    Args:
        descriptor: a security descriptor with owner and DACL in SDDL, such as `O:BAD:(A;;FA;;;SY)`.
    """
    owner = re.search(r"O:(S-[\d-]+|[A-Z]{2})", descriptor)
    if owner is None or not _trusted(owner[1]):
        return True
    _, found, entries = descriptor.partition("D:")
    entries = entries.split("S:(")[0]
    if not found or "NO_ACCESS_CONTROL" in entries:
        return True  # no list at all: everybody may do everything
    aces = _ACE.findall(entries)
    if len(aces) != entries.count("("):
        return True  # an entry in a form we do not know
    return any(
        kind in ("A", "OA", "XA") and "IO" not in _pairs(flags) and not _trusted(who) and _mask(given) & rights
        for kind, flags, given, who in aces
    )


def _trusted(who: str) -> bool:
    return who in _TRUSTED or _DOMAIN_ADMINISTRATOR.fullmatch(who) is not None


def _mask(given: str) -> int:
    if given.startswith("0x"):
        return int(given, 16)
    if given.isdecimal():
        return int(given)
    mask = 0
    for pair in _pairs(given):
        mask |= _WORDS.get(pair, FOLDER | CONTENT)  # a right that we cannot name counts as every right
    return mask


def _pairs(letters: str) -> list[str]:
    return [letters[at : at + 2] for at in range(0, len(letters), 2)]


def complaint(file: str | None, folder: str, place: PureWindowsPath) -> str:
    """What is wrong with the descriptors of policy file (None: there is none) and folder; empty when nothing is."""
    if changeable(folder, FOLDER):
        return f"기관 정책 폴더를 일반 사용자가 바꿀 수 있어 믿을 수 없습니다({place.parent})."
    if file is not None and changeable(file, CONTENT):
        return f"기관 정책 파일을 일반 사용자가 바꿀 수 있어 믿을 수 없습니다({place})."
    return ""


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _PROGRAM_DATA = "{62AB5D82-FDC1-4DC3-A9DD-070D1D495D97}"
    _FILE_OBJECT, _OWNER_AND_DACL, _REVISION = 1, 0x1 | 0x4, 1
    _NOT_FOUND = (2, 3)

    class _Guid(ctypes.Structure):
        _fields_ = (
            ("first", wintypes.DWORD),
            ("second", wintypes.WORD),
            ("third", wintypes.WORD),
            ("rest", ctypes.c_ubyte * 8),
        )

    def program_data() -> Path:
        """The known folder ProgramData.

        Raises:
            OSError: Windows does not tell it.
        """
        guid, found = _Guid(), ctypes.c_wchar_p()
        ole, shell = ctypes.WinDLL("ole32"), ctypes.WinDLL("shell32")
        shell.SHGetKnownFolderPath.argtypes = (
            ctypes.POINTER(_Guid),
            wintypes.DWORD,
            wintypes.HANDLE,
            ctypes.POINTER(ctypes.c_wchar_p),
        )
        ole.CLSIDFromString.argtypes = (ctypes.c_wchar_p, ctypes.POINTER(_Guid))
        ole.CoTaskMemFree.argtypes = (ctypes.c_void_p,)
        ole.CoTaskMemFree.restype = None
        if ole.CLSIDFromString(_PROGRAM_DATA, ctypes.byref(guid)):
            raise OSError("known folder")
        failed = shell.SHGetKnownFolderPath(ctypes.byref(guid), 0, None, ctypes.byref(found))
        try:
            if failed or not found.value:
                raise OSError("known folder")
            return Path(found.value)
        finally:
            ole.CoTaskMemFree(ctypes.cast(found, ctypes.c_void_p))

    def check_place(path: Path) -> str:
        """What is wrong with the policy's place; empty when only administrators may change it.

        Raises:
            FileNotFoundError: there is no folder for a policy.
            OSError: the rights cannot be read.
        """
        folder = _descriptor(path.parent)
        if _points_elsewhere(path.parent):
            return f"기관 정책 폴더가 다른 곳을 가리키고 있어 믿을 수 없습니다({path.parent})."
        try:
            file = _descriptor(path)
            if _points_elsewhere(path):
                return f"기관 정책 파일이 다른 곳을 가리키고 있어 믿을 수 없습니다({path})."
        except FileNotFoundError:
            file = None
        return complaint(file, folder, PureWindowsPath(path))

    def _points_elsewhere(path: Path) -> bool:
        """Whether it is a junction or link, which a user may have made before the folder was rolled out."""
        return bool(os.lstat(path).st_file_attributes & stat.FILE_ATTRIBUTE_REPARSE_POINT)

    def _descriptor(path: Path) -> str:
        """Owner and DACL of a file or folder in SDDL."""
        advapi, kernel = ctypes.WinDLL("advapi32"), ctypes.WinDLL("kernel32")
        raw, text = ctypes.c_void_p(), ctypes.c_wchar_p()
        advapi.GetNamedSecurityInfoW.argtypes = (
            ctypes.c_wchar_p,
            ctypes.c_int,
            wintypes.DWORD,
            ctypes.c_void_p,
            ctypes.c_void_p,
            ctypes.c_void_p,
            ctypes.c_void_p,
            ctypes.POINTER(ctypes.c_void_p),
        )
        convert = advapi.ConvertSecurityDescriptorToStringSecurityDescriptorW
        convert.argtypes = (
            ctypes.c_void_p,
            wintypes.DWORD,
            wintypes.DWORD,
            ctypes.POINTER(ctypes.c_wchar_p),
            ctypes.c_void_p,
        )
        kernel.LocalFree.argtypes = (ctypes.c_void_p,)
        kernel.LocalFree.restype = ctypes.c_void_p
        error = advapi.GetNamedSecurityInfoW(
            str(path), _FILE_OBJECT, _OWNER_AND_DACL, None, None, None, None, ctypes.byref(raw)
        )
        if error in _NOT_FOUND:
            raise FileNotFoundError(str(path))
        if error:
            raise OSError(f"security descriptor: {error}")
        try:
            if not convert(raw, _REVISION, _OWNER_AND_DACL, ctypes.byref(text), None):
                raise OSError("security descriptor as text")
            return text.value or ""
        finally:
            kernel.LocalFree(ctypes.cast(text, ctypes.c_void_p))
            kernel.LocalFree(raw)

"""Korean fonts: the system's where there is one, else those that come with the install."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

SANS = ("Malgun Gothic", "맑은 고딕", "Apple SD Gothic Neo", "Noto Sans CJK KR", "Noto Sans KR", "NanumGothic")
SERIF = (
    "함초롬바탕",
    "HCR Batang",
    "Batang",
    "바탕",
    "AppleMyungjo",
    "Noto Serif CJK KR",
    "Noto Serif KR",
    "NanumMyeongjo",
)


@cache
def sans() -> str:
    """Family for the window."""
    return _first(SANS) or bundled("sans")


@cache
def serif() -> str:
    """Family for the page of a draft; loaded when the first page is shown."""
    return _first(SERIF) or bundled("serif")


def font(family: str, points: float, bold: bool = False) -> QFont:
    """A font of that family; the size may have a fraction."""
    result = QFont([family])
    result.setPointSizeF(points)
    result.setBold(bold)
    return result


def _first(candidates: tuple[str, ...]) -> str:
    families = set(QFontDatabase.families())
    return next((name for name in candidates if name in families), "")


@cache
def bundled(kind: str) -> str:
    """Family of the font that comes with the install: `sans` or `serif`."""
    import pylopdf_fonts_ko

    path = pylopdf_fonts_ko.sans_path() if kind == "sans" else pylopdf_fonts_ko.serif_path()
    number = QFontDatabase.addApplicationFont(str(path))
    families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return families[0] if families else QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()

"""Colours and sizes of the window: light and dark, 100–200 %."""

from __future__ import annotations

from dataclasses import dataclass, fields

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from biseo_ui import fonts, icons
from biseo_ui.dressing import Dressing
from biseo_ui.styles import style_sheet

BASE_POINTS = 10.5


@dataclass(frozen=True)
class Colours:
    """Every colour of one theme, `#rrggbb`."""

    window: str
    rail: str
    panel: str
    sheet: str
    text: str
    muted: str
    accent: str
    accent_text: str
    accent_soft: str
    border: str
    control: str
    hover: str
    error: str
    error_soft: str
    warning: str
    warning_soft: str
    ok: str
    ok_soft: str
    info: str
    info_soft: str

    def colour(self, name: str) -> QColor:
        return QColor(getattr(self, name))


LIGHT = Colours(
    window="#eef1f5", rail="#e3e8ee", panel="#ffffff", sheet="#ffffff", text="#1a2330", muted="#4c5868",
    accent="#1c5a9e", accent_text="#ffffff", accent_soft="#dfeaf7", border="#d0d7df", control="#7f8b9a",
    hover="#e8edf3", error="#a3211a", error_soft="#fdeae8", warning="#7a4a00", warning_soft="#fff2d6",
    ok="#1b6436", ok_soft="#e2f3e7", info="#1c5a9e", info_soft="#e4eef9",
)  # fmt: skip

DARK = Colours(
    window="#191c20", rail="#14171a", panel="#22262b", sheet="#272c32", text="#e6e9ed", muted="#a9b3bf",
    accent="#86b8f4", accent_text="#0d2138", accent_soft="#263c56", border="#3b434c", control="#7d8895",
    hover="#2e343b", error="#ffb4ab", error_soft="#4b211e", warning="#f2c874", warning_soft="#44350f",
    ok="#8fd7a8", ok_soft="#1d3b28", info="#9cc6f7", info_soft="#223750",
)  # fmt: skip

PAIRS = tuple(
    [(ink, ground) for ink in ("text", "muted") for ground in ("window", "rail", "panel", "sheet", "hover")]
    + [("text", f"{kind}_soft") for kind in ("accent", "error", "warning", "ok", "info")]
    + [(kind, f"{kind}_soft") for kind in ("error", "warning", "ok", "info", "accent")]
    + [
        (kind, ground)
        for kind in ("error", "warning", "ok", "info", "accent")
        for ground in ("panel", "window", "sheet")
    ]
    + [("accent_text", "accent"), ("accent", "hover")]
)
"""(ink, ground) of every text the window shows; each must have a contrast of at least 4.5:1."""


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours as WCAG 2 defines it, 1–21."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


class Theme(QObject):
    """The look in force. Widgets that paint themselves ask it and listen to `changed`, which comes once all parts
    of the window that are seen have their style sheet.
    """

    changed = Signal()

    def __init__(self, app: QApplication, name: str = "system", scale: int = 100) -> None:
        super().__init__(app)
        self._app = app
        self._name = name
        self._scale = scale
        self.dressing = Dressing(self)
        self.colours = LIGHT
        app.setStyle("Fusion")
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system_changed)
        self._apply()

    @property
    def name(self) -> str:
        return self._name

    @property
    def scale(self) -> int:
        """Text size in percent."""
        return self._scale

    def points(self, factor: float = 1.0) -> float:
        """A text size in points at the present scale."""
        return BASE_POINTS * factor * self._scale / 100

    def pixels(self, at_100: float) -> int:
        """A length in device-independent pixels at the present scale."""
        return round(at_100 * self._scale / 100)

    def icon(self, name: str, colour: str = "text") -> icons.QIcon:
        """An icon in one of the theme's colours."""
        return icons.icon(name, getattr(self.colours, colour))

    def dress(self, *parts: QWidget) -> None:
        """Put the style sheet on those parts of the window, each from when it is first shown."""
        for part in parts:
            self.dressing.add(part)

    def set(self, name: str, scale: int) -> None:
        """Change the look of the whole window at once. `name`: `system`, `light` or `dark`."""
        self._name, self._scale = name, min(200, max(100, scale))
        self._apply()

    def _on_system_changed(self) -> None:
        if self._name == "system":
            self._apply()

    def _apply(self) -> None:
        dark = self._name == "dark" or (
            self._name == "system" and QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        )
        self.colours = DARK if dark else LIGHT
        self._app.setPalette(palette(self.colours))
        self._app.setFont(fonts.font(fonts.sans(), self.points()))
        QToolTip.setPalette(palette(self.colours))
        values = {field.name: getattr(self.colours, field.name) for field in fields(self.colours)}
        self.dressing.change(style_sheet(values, self._scale / 100, self.points()), self.changed.emit)


def dress(part: QWidget) -> None:
    """Put the style sheet on what is made without being given the look: questions and dialogs."""
    app = QApplication.instance()
    theme = app.findChild(Theme) if app is not None else None
    if isinstance(theme, Theme):
        theme.dress(part)


def palette(colours: Colours) -> QPalette:
    """Qt's palette for those colours."""
    role = QPalette.ColorRole
    result = QPalette()
    for target, name in (
        (role.Window, "window"), (role.WindowText, "text"), (role.Base, "panel"), (role.AlternateBase, "hover"),
        (role.Text, "text"), (role.PlaceholderText, "muted"), (role.Button, "panel"), (role.ButtonText, "text"),
        (role.BrightText, "error"), (role.Highlight, "accent"), (role.HighlightedText, "accent_text"),
        (role.ToolTipBase, "panel"), (role.ToolTipText, "text"), (role.Link, "accent"), (role.LinkVisited, "accent"),
        (role.Accent, "accent"), (role.Light, "panel"), (role.Midlight, "hover"), (role.Mid, "border"),
        (role.Dark, "control"), (role.Shadow, "control"),
    ):  # fmt: skip
        result.setColor(target, colours.colour(name))
    for target in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, target, colours.colour("control"))
    result.setColor(QPalette.ColorGroup.Disabled, role.Highlight, colours.colour("border"))
    return result

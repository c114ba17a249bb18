"""Words that came or went, as the delegates of differences draw them."""

from __future__ import annotations

from PySide6.QtGui import QFont, QTextCharFormat, QTextDocument, QTextOption

from biseo_ui.theme import Theme


def wrapped_document(font: QFont, width: int) -> QTextDocument:
    """An empty document without margins whose words wrap at that width, wherever they must."""
    document = QTextDocument()
    document.setDefaultFont(font)
    document.setDocumentMargin(0)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    document.setDefaultTextOption(option)
    document.setTextWidth(width)
    return document


def shape_of(kind: str, theme: Theme) -> QTextCharFormat:
    """How words are drawn that are `gone`, `new` or `same`; colour is never the only sign."""
    shape = QTextCharFormat()
    shape.setForeground(theme.colours.colour("text"))
    if kind == "gone":
        shape.setForeground(theme.colours.colour("error"))
        shape.setBackground(theme.colours.colour("error_soft"))
        shape.setFontStrikeOut(True)
    elif kind == "new":
        shape.setForeground(theme.colours.colour("ok"))
        shape.setBackground(theme.colours.colour("ok_soft"))
        shape.setFontUnderline(True)
    return shape

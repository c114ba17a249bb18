"""Words of the window. The source language is Korean; Qt's own buttons and menus get their Korean catalogue."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator


def tr(text: str) -> str:
    """The text in the language of the window."""
    return QCoreApplication.translate("biseo", text)


def install(app: QCoreApplication) -> None:
    """Load Qt's Korean texts, so that context menus and file dialogs speak the same language as we do."""
    QLocale.setDefault(QLocale(QLocale.Language.Korean, QLocale.Country.SouthKorea))
    translator = QTranslator(app)
    if translator.load("qtbase_ko", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)

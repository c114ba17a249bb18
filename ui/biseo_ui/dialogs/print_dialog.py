"""Which printer, which pages: the system's own dialog, without a nested event loop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from biseo_ui.i18n import tr


def has_printer() -> bool:
    """Whether this PC knows a printer at all."""
    from PySide6.QtPrintSupport import QPrinterInfo

    return bool(QPrinterInfo.availablePrinterNames())


def choose_printer(parent: QWidget, pages: int, then: Callable[[Any], object]) -> None:
    """Ask for a printer; `then` gets a `QPrinter` that is set up, and nothing when the official cancels."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setFullPage(True)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(tr("인쇄"))
    dialog.setMinMax(1, max(1, pages))
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, True)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintToFile, False)
    dialog.accepted.connect(lambda: then(printer))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()

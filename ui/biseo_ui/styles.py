"""The style sheet: what the palette alone cannot say (cards, the rail, primary buttons, focus rings)."""

from __future__ import annotations

from collections.abc import Mapping

_SHEET = """
QToolTip {{ background: {panel}; color: {text}; border: 1px solid {control}; padding: {p4}px; }}
QMainWindow, QDialog {{ background: {window}; }}
QScrollArea, QScrollArea > QWidget > QWidget#scrolled {{ background: transparent; border: none; }}
QSplitter::handle {{ background: {window}; }}
QSplitter::handle:hover {{ background: {border}; }}

#rail {{ background: {rail}; border-right: 1px solid {border}; }}
#rail QToolButton {{ border: 2px solid transparent; border-radius: {p6}px; padding: {p6}px {p2}px; color: {text};
    background: transparent; }}
#rail QToolButton[low="true"] {{ padding: 0px {p2}px; }}
#rail QToolButton:hover {{ background: {hover}; }}
#rail QToolButton:checked {{ background: {accent_soft}; font-weight: bold; }}
#rail QToolButton:disabled {{ color: {control}; }}
#rail QToolButton:focus {{ border-color: {accent}; }}

#statusline {{ background: {rail}; border-top: 1px solid {border}; }}
#statusline QLabel, #statusline QPushButton {{ color: {text}; }}
#statusline QPushButton {{ border: 2px solid transparent; background: transparent; padding: 0 {p6}px; min-height: 0; }}
#statusline QPushButton:hover {{ background: {hover}; }}
#statusline QPushButton:focus {{ border-color: {accent}; border-radius: {p4}px; }}

#panel {{ background: {panel}; border: none; }}
#leftpanel {{ background: {panel}; border-right: 1px solid {border}; }}
#rightpanel {{ background: {panel}; border-left: 1px solid {border}; }}
#header, #actions {{ background: {panel}; }}
#header {{ border-bottom: 1px solid {border}; }}
#actions {{ border-top: 1px solid {border}; }}

QLabel[role="title"] {{ font-size: {t14}pt; font-weight: bold; }}
QLabel[role="section"] {{ font-weight: bold; }}
QLabel[role="muted"] {{ color: {muted}; }}
QLabel[role="required"] {{ color: {accent}; }}
QLabel[role="warning"] {{ color: {warning}; }}
QLabel[role="error"] {{ color: {error}; }}
QLabel[role="ribbon"] {{ color: {warning}; background: {warning_soft}; border-radius: {p4}px;
    padding: {p2}px {p8}px; }}
QLabel[role="ribbon_done"] {{ color: {ok}; background: {ok_soft}; border-radius: {p4}px; padding: {p2}px {p8}px; }}

QPushButton {{ background: {panel}; color: {text}; border: 1px solid {control}; border-radius: {p4}px;
    padding: {p4}px {p12}px; min-height: {p20}px; }}
QPushButton:hover {{ background: {hover}; }}
QPushButton:pressed {{ background: {accent_soft}; }}
QPushButton:checked {{ background: {accent_soft}; border-color: {accent}; }}
QPushButton:focus {{ border: 2px solid {accent}; padding: {p3}px {p11}px; }}
QPushButton:disabled {{ color: {control}; border-color: {border}; }}
QPushButton[role="primary"] {{ background: {accent}; color: {accent_text}; border: 1px solid {accent};
    font-weight: bold; }}
QPushButton[role="primary"]:hover {{ border: 2px solid {text}; padding: {p3}px {p11}px; }}
QPushButton[role="primary"]:focus {{ border: 2px solid {text}; padding: {p3}px {p11}px; }}
QPushButton[role="primary"]:disabled {{ background: {border}; color: {muted}; border-color: {border}; }}
QPushButton[role="icon"] {{ padding: {p4}px; }}
QPushButton[role="icon"]:focus {{ padding: {p3}px; }}
QPushButton[role="link"] {{ border: 2px solid transparent; background: transparent; color: {accent};
    padding: {p2}px {p4}px; text-align: left; min-height: 0; }}
QPushButton[role="link"]:hover {{ text-decoration: underline; }}
QPushButton[role="link"]:focus {{ border-color: {accent}; }}
QPushButton[role="link"]:disabled {{ color: {control}; }}
QPushButton, QToolButton[role="flat"] {{ qproperty-iconSize: {p18}px {p18}px; }}
QToolButton[role="flat"] {{ border: 2px solid transparent; border-radius: {p4}px; padding: {p2}px;
    background: transparent; }}
QToolButton[role="flat"]:hover {{ background: {hover}; }}
QToolButton[role="flat"]:focus {{ border-color: {accent}; }}
QToolButton[role="flat"]:checked {{ background: {accent_soft}; }}

QLineEdit, QPlainTextEdit, QTextEdit#field, QComboBox, QSpinBox {{ background: {panel}; color: {text};
    border: 1px solid {control}; border-radius: {p4}px; padding: {p4}px {p6}px; selection-background-color: {accent};
    selection-color: {accent_text}; }}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus {{ border: 2px solid {accent};
    padding: {p3}px {p5}px; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {{ color: {muted}; background: {window};
    border-color: {border}; }}
QComboBox[role="arrow"]::drop-down {{ border: none; width: {p24}px; }}
QComboBox[role="arrow"]::down-arrow {{ image: none; }}
QComboBox {{ combobox-popup: 0; }}
QComboBox QAbstractItemView {{ background: {panel}; border: 1px solid {control}; outline: none;
    selection-background-color: {accent}; selection-color: {accent_text}; }}
QComboBox QAbstractItemView::item {{ padding: {p4}px {p6}px; }}
QComboBox QAbstractItemView::item:selected {{ background: {accent}; color: {accent_text}; }}

QTableView, QListView {{ background: {panel}; color: {text}; border: 1px solid {border}; border-radius: {p4}px;
    gridline-color: {border}; selection-background-color: {accent_soft}; selection-color: {text}; outline: none; }}
QTableView:focus, QListView:focus {{ border: 2px solid {accent}; }}
QTableView QLineEdit {{ border: 2px solid {accent}; border-radius: 0; padding: 0 {p2}px; }}
QHeaderView::section {{ background: {hover}; color: {text}; border: none; border-right: 1px solid {border};
    border-bottom: 1px solid {border}; padding: {p4}px; }}

QFrame#card {{ background: {panel}; border: 1px solid {border}; border-radius: {p6}px; }}
QFrame#card:hover {{ border-color: {control}; }}
QFrame#card:focus {{ border: 2px solid {accent}; }}
QFrame#card[state="error"] {{ background: {error_soft}; border-color: {error}; }}
QFrame#card[active="true"] {{ background: {accent_soft}; border-color: {accent}; }}
QFrame#message {{ border-radius: {p6}px; border: 1px solid {control}; }}
QFrame#message[kind="info"] {{ background: {info_soft}; border-color: {info}; }}
QFrame#message[kind="ok"] {{ background: {ok_soft}; border-color: {ok}; }}
QFrame#message[kind="warning"] {{ background: {warning_soft}; border-color: {warning}; }}
QFrame#message[kind="error"] {{ background: {error_soft}; border-color: {error}; }}
QFrame#message QLabel {{ color: {text}; }}
QFrame#sheetcard {{ background: {panel}; border: 1px solid {border}; border-radius: {p8}px; }}
QFrame#codebox {{ background: {accent_soft}; border: 1px solid {accent}; border-radius: {p6}px; }}
QLabel[role="code"] {{ font-size: {t20}pt; font-weight: bold; color: {text};
    font-family: "Consolas", "DejaVu Sans Mono", "Menlo", monospace; }}
QFrame#dropzone {{ border: 2px dashed {control}; border-radius: {p8}px; background: transparent; }}
QLabel#dropcover {{ background: {accent_soft}; color: {text}; border: 3px dashed {accent}; font-size: {t14}pt;
    font-weight: bold; }}
QFrame#popup {{ background: {panel}; border: 1px solid {control}; }}
QFrame#line {{ background: {border}; border: none; max-height: 1px; min-height: 1px; }}

QTextEdit#draft {{ background: {window}; border: none; }}
QTextBrowser, QTextEdit#viewer {{ background: {panel}; border: 1px solid {border}; border-radius: {p4}px; }}
QTextEdit#viewer:focus {{ border: 2px solid {accent}; }}

QTabBar::tab {{ background: transparent; color: {text}; border: 2px solid transparent; padding: {p4}px {p12}px; }}
QTabBar::tab:hover {{ background: {hover}; }}
QTabBar::tab:selected {{ color: {accent}; border-bottom: 2px solid {accent}; }}

QProgressBar {{ background: {hover}; border: 1px solid {control}; border-radius: {p3}px; height: {p8}px;
    text-align: center; }}
QProgressBar::chunk {{ background: {accent}; border-radius: {p2}px; }}

QScrollBar:vertical {{ background: transparent; width: {p12}px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: {p12}px; margin: 0; }}
QScrollBar::handle {{ background: {control}; border-radius: {p3}px; margin: {p3}px; }}
QScrollBar::handle:vertical {{ min-height: {p24}px; }}
QScrollBar::handle:horizontal {{ min-width: {p24}px; }}
QScrollBar::handle:hover {{ background: {muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""


def style_sheet(colours: Mapping[str, str], scale: float, points: float) -> str:
    """The sheet for those colours; `p…` are pixels and `t…` points at that scale."""
    pixels = {f"p{size}": str(round(size * scale)) for size in (2, 3, 4, 5, 6, 8, 11, 12, 18, 20, 24)}
    larger = {f"t{size}": f"{points * size / 10.5:.1f}" for size in (14, 20)}
    return _SHEET.format(**colours, **pixels, **larger)

"""The font table of a Word document: each font with the one to use where it is missing."""

from __future__ import annotations

from html import escape  # xml.sax.saxutils would load urllib and http

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


class FontTable:
    """Collects fonts and their stand-ins."""

    def __init__(self) -> None:
        self._fonts: dict[str, str] = {}

    def add(self, name: str, fallback: str) -> None:
        """Remember a font; its first stand-in stays."""
        self._fonts.setdefault(name, fallback)

    def to_xml(self) -> bytes:
        """The part `word/fontTable.xml`."""
        fonts = "".join(
            f'<w:font w:name="{escape(name)}"><w:altName w:val="{escape(fallback)}"/>'
            '<w:charset w:val="81"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
            for name, fallback in self._fonts.items()
        )
        return f'{_HEAD}<w:fonts xmlns:w="{_NAMESPACE}">{fonts}</w:fonts>'.encode()

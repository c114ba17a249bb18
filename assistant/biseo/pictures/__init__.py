"""Pictures of the pages of foreign files, drawn in a limited process of its own; no Qt here."""

from biseo.pictures.picture import PagePicture
from biseo.pictures.process import DRAWN, draw_page

__all__ = ["DRAWN", "PagePicture", "draw_page"]

"""The places of the rail share its height, however large the text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtWidgets import QApplication
from tests.ui.conftest import Stage, put_look


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_no_place_lies_over_another_in_the_smallest_window(stage: Stage, scale: int) -> None:
    window = stage.open()
    window.resize(1024, 700)
    put_look(window, "light", scale)
    QApplication.processEvents()
    buttons = list(window.rail._buttons.values())
    assert all(above.geometry().bottom() < below.geometry().top() for above, below in pairwise(buttons))
    assert buttons[-1].geometry().bottom() <= window.rail.height()
    for button in buttons:  # icon and name have room
        assert button.height() >= button.iconSize().height() + button.fontMetrics().height()

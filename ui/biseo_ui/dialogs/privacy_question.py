"""The question before a draft with personal data leaves the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from biseo_ui.i18n import tr

WAYS = {"save": "저장", "print": "인쇄", "copy": "복사"}
_ABOUT = {
    "save": "가리면 저장한 파일에서는 되돌릴 수 없습니다. 화면의 초안은 그대로 남습니다.",
    "print": "가리면 인쇄할 쪽에만 가려집니다. 화면의 초안은 그대로 남습니다.",
    "copy": "가리면 붙여 넣은 글에서는 되돌릴 수 없습니다. 화면의 초안은 그대로 남습니다.",
}
MASK, KEEP, CANCEL = "mask", "keep", "cancel"


def ask_private(parent: QWidget, found: str, way: str, then: Callable[[str], object]) -> QMessageBox:
    """Ask what to do; `then` gets `mask`, `keep` or `cancel`. Enter masks, Esc cancels.

    Args:
        found: kinds and numbers (`이름 2곳, 휴대전화 1곳`), never the data themselves.
        way: `save`, `print` or `copy`.
    """
    act = tr(WAYS[way])
    box = QMessageBox(parent)
    box.setObjectName("privacy-question")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(tr("개인정보 확인"))
    box.setText(tr("초안에 개인정보가 있습니다: {found}").format(found=found))
    box.setInformativeText(tr(_ABOUT[way]))
    mask = box.addButton(tr("가리고 {act}").format(act=act), QMessageBox.ButtonRole.AcceptRole)
    keep = box.addButton(tr("그대로 {act}").format(act=act), QMessageBox.ButtonRole.DestructiveRole)
    cancel = box.addButton(tr("취소"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(mask)
    box.setEscapeButton(cancel)
    answers = {mask: MASK, keep: KEEP}
    box.finished.connect(lambda _code: then(answers.get(box.clickedButton(), CANCEL)))
    box.open()
    return box

"""The question before something with personal data leaves the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from biseo_ui.i18n import tr
from biseo_ui.theme import dress

WAYS = {"save": "저장", "print": "인쇄", "copy": "복사"}
_ABOUT = {
    "save": "가리면 저장한 파일에서는 되돌릴 수 없습니다. 화면의 글은 그대로 남습니다.",
    "print": "가리면 인쇄할 쪽에만 가려집니다. 화면의 글은 그대로 남습니다.",
    "copy": "가리면 붙여 넣은 글에서는 되돌릴 수 없습니다. 화면의 글은 그대로 남습니다.",
}
MASK, SEEN, KEEP, CANCEL = "mask", "seen", "keep", "cancel"


def ask_private(
    parent: QWidget, found: str, way: str, then: Callable[[str], object], *, hidden: str = "", reason: str = ""
) -> QMessageBox:
    """Ask what to do; `then` gets `mask`, `seen`, `keep` or `cancel`. Enter masks, Esc cancels.

    `seen` masks what is hidden behind placeholders and leaves what is visible; it is offered where there is both.

    Args:
        found: kinds and numbers of what is visible (`이름 2곳, 휴대전화 1곳`), never the data themselves.
        way: `save`, `print` or `copy`.
        hidden: kinds and numbers of what is hidden behind placeholders.
        reason: why the agency's policy lets it leave masked only; empty where it does not say so.
    """
    act = tr(WAYS[way])
    box = QMessageBox(parent)
    dress(box)
    box.setObjectName("privacy-question")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(tr("개인정보 확인"))
    box.setText(_found(found, hidden))
    box.setInformativeText("\n".join(_about(found, hidden, way, reason)))
    answers: dict[QPushButton, str] = {}

    def button(words: str, answer: str, role: QMessageBox.ButtonRole) -> QPushButton:
        made = box.addButton(words, role)
        answers[made] = answer
        return made

    mask = tr("모두 가리고 {act}") if hidden and found else tr("가리고 {act}")
    box.setDefaultButton(button(mask.format(act=act), MASK, QMessageBox.ButtonRole.AcceptRole))
    if not reason:
        if hidden and found:
            button(tr("보이는 대로 {act}").format(act=act), SEEN, QMessageBox.ButtonRole.AcceptRole)
        keep = tr("값을 모두 보이고 {act}") if hidden else tr("그대로 {act}")
        button(keep.format(act=act), KEEP, QMessageBox.ButtonRole.DestructiveRole)
    box.setEscapeButton(button(tr("취소"), CANCEL, QMessageBox.ButtonRole.RejectRole))

    def answered(_code: int) -> None:
        clicked = box.clickedButton()
        then(answers.get(clicked, CANCEL) if isinstance(clicked, QPushButton) else CANCEL)

    box.finished.connect(answered)
    box.open()
    return box


def _found(found: str, hidden: str) -> str:
    if not hidden:
        return tr("개인정보가 있습니다: {found}").format(found=found)
    if not found:
        return tr("가려 둔 개인정보가 있습니다: {hidden}").format(hidden=hidden)
    return tr("개인정보가 있습니다: {found}\n가려 둔 것: {hidden}").format(found=found, hidden=hidden)


def _about(found: str, hidden: str, way: str, reason: str) -> list[str]:
    lines = [reason] if reason else []
    lines.append(tr(_ABOUT[way]))
    if hidden and found and not reason:
        lines.append(tr("'보이는 대로'는 가려 둔 것만 가리고, '값을 모두 보이고'는 가려 둔 값까지 내보냅니다."))
    return lines

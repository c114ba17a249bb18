"""Which security grade the document has: a button that says it, and the grades below it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup, QIcon
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from biseo.document import Grade
from biseo_ui.i18n import tr

GRADES: tuple[tuple[Grade, str, str], ...] = (
    ("C", "C 기밀", "비밀, 안보·국방·외교·수사 등에 관한 정보"),
    ("S", "S 민감", "비공개 대상 정보, 개인의 이익에 관한 정보, 시스템 정보"),
    ("O", "O 공개", "공개해도 되는 정보"),
)
"""The grades of the national network guideline, their names, and what belongs to each."""
NONE = "정하지 않음"
OPEN = "등급 미정"


class GradeButton(QPushButton):
    """`chosen` carries the grade that the official has picked, empty for none."""

    chosen = Signal(str)

    def __init__(self, required: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grade: Grade = ""
        self._narrow = False
        self.sign = QIcon()
        self.entries = QMenu(self)
        self.entries.setAccessibleName(tr("보안 등급"))
        group = QActionGroup(self.entries)
        for grade, name, about in (*GRADES, *(() if required else (("", NONE, ""),))):
            action = self.entries.addAction(f"{tr(name)} – {tr(about)}" if about else tr(name))
            action.setData(grade)
            action.setCheckable(True)
            group.addAction(action)
        self.entries.triggered.connect(lambda action: self.chosen.emit(str(action.data())))
        self.entries.aboutToShow.connect(self._tick)
        self.clicked.connect(self.ask)
        self.setToolTip(tr("모든 쪽 아래에 적을 보안 등급을 정합니다."))
        self._show()

    def ask(self) -> None:
        """Show the grades below the button."""
        self.entries.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def show_grade(self, grade: Grade) -> None:
        """The grade of the document on the page."""
        self.grade = grade
        self._show()

    def set_sign(self, sign: QIcon) -> None:
        """The icon, in the colour of the theme in force."""
        self.sign = sign
        self._show()

    def set_narrow(self, narrow: bool) -> None:
        """Whether there is room for the letter only."""
        self._narrow = narrow
        self._show()

    def _show(self) -> None:
        name = next((tr(name) for grade, name, _ in GRADES if grade == self.grade), tr(OPEN))
        self.setText(self.grade if self._narrow else name)
        self.setIcon(QIcon() if self._narrow and self.grade else self.sign)
        self.setProperty("role", "icon" if self._narrow else "")
        self.style().polish(self)
        self.setAccessibleName(tr("보안 등급: {name}").format(name=name))

    def _tick(self) -> None:
        for action in self.entries.actions():
            action.setChecked(action.data() == self.grade)

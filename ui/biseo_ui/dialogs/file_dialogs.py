"""The dialogs that choose files, and the one question before a draft is thrown away. Tests put their own in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from biseo.policy import Policy
from biseo_ui.i18n import tr
from biseo_ui.theme import dress

READABLE = "*.hwpx *.hwp *.docx *.pdf *.txt *.md *.xlsx *.xls *.csv *.html *.htm *.eml *.mht *.docm *.xlsm"
TEMPLATES = "*.hwpx *.docx *.hwtx *.dotx *.docm"
SAVE_FILTERS = (
    ("한글 문서 (*.hwpx)", "hwpx"),
    ("Word 문서 (*.docx)", "docx"),
    ("PDF 문서 (*.pdf)", "pdf"),
    ("텍스트 (*.txt)", "txt"),
    ("Markdown (*.md)", "md"),
)


class FileDialogs:
    """Opens without a nested event loop; the answer comes to `then`, and nothing when the user cancels.

    Args:
        policy: only what it allows is offered to save.
    """

    def __init__(self, parent: QWidget, policy: Policy | None = None) -> None:
        self._parent, self._policy = parent, policy or Policy()
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self._folder = documents if Path(documents).is_dir() else str(Path.home())

    def open_documents(self, then: Callable[[list[Path]], object]) -> None:
        dialog = self._dialog(tr("자료로 쓸 파일 열기"), QFileDialog.AcceptMode.AcceptOpen)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters([tr("문서 ({patterns})").format(patterns=READABLE), tr("모든 파일 (*)")])
        dialog.filesSelected.connect(lambda names: then([Path(name) for name in names]))
        dialog.open()

    def open_folder(self, then: Callable[[Path], object]) -> None:
        """Which folder goes into the library."""
        dialog = self._dialog(tr("자료실에 넣을 폴더 고르기"), QFileDialog.AcceptMode.AcceptOpen)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, True)
        dialog.fileSelected.connect(lambda name: then(Path(name)))
        dialog.open()

    def open_template(self, then: Callable[[Path], object]) -> None:
        dialog = self._dialog(tr("양식 파일 열기"), QFileDialog.AcceptMode.AcceptOpen)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([tr("양식 ({patterns})").format(patterns=TEMPLATES), tr("모든 파일 (*)")])
        dialog.fileSelected.connect(lambda name: then(Path(name)))
        dialog.open()

    def save_filled(self, name: str, then: Callable[[Path, bool], object]) -> None:
        """Offer `name`, whose suffix is that of the template; `then` as for `save_document`."""
        suffix = Path(name).suffix
        dialog = self._dialog(tr("채운 양식 저장"), QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setNameFilter(tr("양식과 같은 형식 (*{suffix})").format(suffix=suffix))
        dialog.setDefaultSuffix(suffix.lstrip("."))
        dialog.selectFile(name)

        def chosen(words: str) -> None:
            path = Path(words)
            if path.suffix.lower() == suffix.lower():
                then(path, path.exists())
            else:  # the dialog has not asked about this name
                then(path.with_name(f"{path.name}{suffix}"), False)

        dialog.fileSelected.connect(chosen)
        dialog.open()

    def open_model(self, then: Callable[[Path], object]) -> None:
        dialog = self._dialog(tr("모델 파일 가져오기"), QFileDialog.AcceptMode.AcceptOpen)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(tr("모델 파일 (*.gguf)"))
        dialog.fileSelected.connect(lambda name: then(Path(name)))
        dialog.open()

    def save_document(self, name: str, then: Callable[[Path, bool], object]) -> None:
        """Offer `name`, of the first kind if it has no suffix that can be written.

        `then` gets the path and whether an existing file may be replaced (the dialog has asked).
        """
        kinds = [each for each in SAVE_FILTERS if self._policy.allows_format(each[1])]
        self._save(tr("초안 저장"), kinds, name, then)

    def choose_folder(self, title: str, then: Callable[[Path], object]) -> None:
        """A folder whose documents are read."""
        dialog = self._dialog(title, QFileDialog.AcceptMode.AcceptOpen)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, True)
        dialog.fileSelected.connect(lambda name: then(Path(name)))
        dialog.open()

    def save_made(self, title: str, name: str, then: Callable[[Path, bool], object]) -> None:
        """Where a document made by rule is saved; `then` as for `save_document`."""
        kinds = [each for each in SAVE_FILTERS if each[1] != "pdf" and self._policy.allows_format(each[1])]
        self._save(title, kinds, name, then)

    def save_comparison(self, name: str, then: Callable[[Path, bool], object]) -> None:
        """Where a comparison is saved, in the formats that show what is underlined; `then` as for `save_document`."""
        kinds = [each for each in SAVE_FILTERS if each[1] != "pdf" and self._policy.allows_format(each[1])]
        self._save(tr("비교 결과 저장"), kinds, name, then)

    def _save(
        self, title: str, kinds: list[tuple[str, str]], name: str, then: Callable[[Path, bool], object]
    ) -> None:  # fmt: skip
        dialog = self._dialog(title, QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        suffixes = {tr(words): suffix for words, suffix in kinds}
        if self._policy.formats is not None:
            dialog.setWindowTitle(f"{dialog.windowTitle()} – {self._policy.reason('formats')}")
        dialog.setNameFilters(list(suffixes))
        dialog.filterSelected.connect(lambda words: dialog.setDefaultSuffix(suffixes[words]))
        known = next((words for words, suffix in suffixes.items() if name.lower().endswith(f".{suffix}")), "")
        kind = known or next(iter(suffixes))
        if not known:  # it may end in a format that is not allowed
            name = _without_format(name)
        dialog.selectNameFilter(kind)
        dialog.setDefaultSuffix(suffixes[kind])
        dialog.selectFile(name if known else f"{name}.{suffixes[kind]}")

        def chosen(words: str) -> None:
            path = Path(words)
            if path.suffix.lower().lstrip(".") in suffixes.values():
                then(path, path.exists())
            else:  # the dialog has not asked about this name
                then(path.with_name(f"{_without_format(path.name)}.{dialog.defaultSuffix()}"), False)

        dialog.fileSelected.connect(chosen)
        dialog.open()

    def save_report(self, name: str, then: Callable[[Path, bool], object]) -> None:
        """Where the offline proof is saved, as text or JSON; `then` as for `save_document`."""
        dialog = self._dialog(tr("점검 결과 저장"), QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        kinds = {tr("텍스트 (*.txt)"): "txt", "JSON (*.json)": "json"}
        dialog.setNameFilters(list(kinds))
        dialog.filterSelected.connect(lambda words: dialog.setDefaultSuffix(kinds[words]))
        dialog.setDefaultSuffix("txt")
        dialog.selectFile(f"{name}.txt")

        def chosen(words: str) -> None:
            path = Path(words)
            if path.suffix.lower().lstrip(".") in kinds.values():
                then(path, path.exists())
            else:  # the dialog has not asked about this name
                then(path.with_name(f"{path.name}.{dialog.defaultSuffix()}"), False)

        dialog.fileSelected.connect(chosen)
        dialog.open()

    def ask_unsaved(self) -> str:
        """`save`, `discard` or `cancel`."""
        return self._ask(
            tr("저장하지 않은 초안"),
            tr("초안을 아직 저장하지 않았습니다."),
            tr("저장하지 않으면 지금 초안은 사라집니다."),
        )

    def ask_unsaved_form(self) -> str:
        """The same about a form that was filled in."""
        return self._ask(
            tr("저장하지 않은 양식"),
            tr("채운 양식을 아직 저장하지 않았습니다."),
            tr("저장하지 않으면 지금 채운 값은 사라집니다."),
        )

    def _ask(self, title: str, words: str, more: str) -> str:
        box = QMessageBox(self._parent)
        dress(box)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(title)
        box.setText(words)
        box.setInformativeText(more)
        save = box.addButton(tr("저장"), QMessageBox.ButtonRole.AcceptRole)
        discard = box.addButton(tr("저장 안 함"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(tr("취소"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(save)
        box.exec()
        return {save: "save", discard: "discard"}.get(box.clickedButton(), "cancel")

    def save_backup(self, name: str, then: Callable[[Path], object]) -> None:
        """Ask where the backup of the store goes; the dialog has asked about a file that is there."""
        dialog = self._dialog(tr("백업 파일 저장"), QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setNameFilter(tr("행정비서 백업 (*.biseo-backup)"))
        dialog.setDefaultSuffix("biseo-backup")
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda words: then(Path(words)))
        dialog.open()

    def open_backup(self, then: Callable[[Path], object]) -> None:
        dialog = self._dialog(tr("백업 파일 고르기"), QFileDialog.AcceptMode.AcceptOpen)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([tr("행정비서 백업 (*.biseo-backup)"), tr("모든 파일 (*)")])
        dialog.fileSelected.connect(lambda words: then(Path(words)))
        dialog.open()

    def _dialog(self, title: str, mode: QFileDialog.AcceptMode) -> QFileDialog:
        dialog = QFileDialog(self._parent, title, self._folder)
        dress(dialog)
        dialog.setAcceptMode(mode)
        dialog.setLabelText(QFileDialog.DialogLabel.LookIn, tr("위치:"))
        dialog.setLabelText(QFileDialog.DialogLabel.FileType, tr("파일 형식:"))
        dialog.finished.connect(lambda: self._remember(dialog))
        return dialog

    def _remember(self, dialog: QFileDialog) -> None:
        chosen = dialog.selectedFiles() if dialog.result() == QFileDialog.DialogCode.Accepted else []
        self._folder = str(Path(chosen[0]).parent) if chosen else dialog.directory().absolutePath()
        dialog.deleteLater()


def _without_format(name: str) -> str:
    """`name` without the suffix of a format that documents are saved in."""
    path = Path(name)
    return path.stem if path.suffix.lower().lstrip(".") in {suffix for _, suffix in SAVE_FILTERS} else name

"""A document with its personal data masked, for good, written as a new file that was read again before it stands."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from biseo.checks.privacy import Kind, PersonalData, find_private
from biseo.document import Block, Document
from biseo.errors import InputFileError, OutputFileError, UsageError
from biseo.files import replacing
from biseo.masking.plain_document import as_markdown, as_office, as_text
from biseo.masking.words import mask_spans, mask_value, values_of
from biseo.readers import Limits, read_document
from biseo.readers.process import ask_child
from biseo.writers import check_place, write_error
from biseo_models.engine import CancelFlag

SUFFIXES = (".docx", ".hwpx", ".txt", ".md")
_PLAIN = ("txt", "md")
_DEFAULT_LIMITS = Limits()


@dataclass(frozen=True)
class Masked:
    """What was found and written. Offsets refer to the text that `read` gives; `masked` is what stands there now."""

    found: tuple[PersonalData, ...]
    masked: tuple[str, ...]
    out: Path
    notices: tuple[str, ...] = ()


def mask_file(
    path: Path,
    out: Path,
    *,
    overwrite: bool = False,
    cancel: CancelFlag | None = None,
    limits: Limits = _DEFAULT_LIMITS,
) -> Masked:
    """Write `path` with all personal data masked to `out`.

    DOCX to DOCX and HWPX to HWPX keep everything else; any other pair gives a plain document of the masked text. What
    was written is read again: where a value is still found, nothing is written.

    Raises:
        UsageError: `out` has another suffix than `SUFFIXES`, or is the document itself.
        InputFileError: the document cannot be read.
        OutputFileError: `out` cannot be written, or personal data would have stayed in it.
        Cancelled: `cancel` was set.
    """
    check_out(path, out, overwrite=overwrite)
    document = read_document(path, cancel, limits)
    found = find_private(document.text)
    known = values_of(document.text, found)
    notices = list(document.warnings)
    content = _in_place(document, path, out, known, notices, cancel, limits)
    if content is None:
        content = _plain(document, found, path, out)
    try:
        with replacing(out) as temporary:
            temporary.write_bytes(content)
            _prove(temporary, known, cancel, limits)
            check_place(out, overwrite=overwrite)  # another program may have been faster
    except OSError as error:
        raise write_error(error) from error
    masked = tuple(mask_value(item.kind, document.text[item.start : item.end], item.keep) for item in found)
    return Masked(found, masked, out, tuple(notices))


def check_out(path: Path, out: Path, *, overwrite: bool = False) -> None:
    """Tell what `mask_file` would refuse about `out` without opening the document.

    Raises:
        UsageError, OutputFileError: as for `mask_file`.
    """
    if out.suffix.lower() not in SUFFIXES:
        raise UsageError(
            "unknown-format",
            "이 확장자로는 저장할 수 없습니다.",
            f"파일 이름이 {', '.join(SUFFIXES)} 가운데 하나로 끝나게 해 주세요.",
        )
    if out.exists() and path.exists() and out.samefile(path):
        raise UsageError(
            "same-file",
            "원본 파일에는 덮어쓸 수 없습니다.",
            "가린 문서를 저장할 다른 파일 이름을 정해 주세요.",
        )
    check_place(out, overwrite=overwrite)


def _in_place(
    document: Document, path: Path, out: Path, known: Sequence[tuple[Kind, str]], notices: list[str],
    cancel: CancelFlag | None, limits: Limits,
) -> bytes | None:  # fmt: skip
    """The masked file of the same format; None when it must become a plain document."""
    suffix = out.suffix.lower().removeprefix(".")
    if suffix in _PLAIN and document.format in _PLAIN:
        from biseo.readers.decode import decode

        text, _ = decode(path.read_bytes())
        return mask_spans(text, find_private(text, known)).encode("utf-8")
    if suffix != document.format:
        return None
    from biseo.forms.child import heard
    from biseo.masking.package import run_package

    about, content = heard(ask_child(os.fspath(path), run_package, (tuple(known),), cancel, limits))
    if not about["possible"]:
        notices.append("들여다볼 수 없는 개체가 있어 글과 표만 새 문서에 옮겼습니다.")
        return None
    if about["pictures"]:
        notices.append("그림 안의 글자는 가리지 못합니다. 그림을 직접 확인해 주세요.")
    return content


def _plain(document: Document, found: Sequence[PersonalData], path: Path, out: Path) -> bytes:
    blocks = masked_blocks(document, found)
    suffix = out.suffix.lower()
    if suffix == ".txt":
        return as_text(blocks)
    return as_markdown(blocks) if suffix == ".md" else as_office(document, blocks, out)


def masked_blocks(document: Document, found: Sequence[PersonalData]) -> tuple[Block, ...]:
    """The blocks with their personal data masked, cells of tables too."""
    text = mask_spans(document.text, found)
    blocks: list[Block] = []
    place = 0
    for block in document.blocks:
        words = text[place : place + len(block.text)]
        place += len(block.text) + 1
        rows: list[tuple[str, ...]] = []
        cell_place = 0
        for row in block.rows:
            cells = []
            for cell in row:
                cells.append(words[cell_place : cell_place + len(cell)])
                cell_place += len(cell) + 1
            rows.append(tuple(cells))
        blocks.append(replace(block, text=words, rows=tuple(rows)))
    return tuple(blocks)


def _prove(written: Path, known: Sequence[tuple[Kind, str]], cancel: CancelFlag | None, limits: Limits) -> None:
    """Read the file as any other one is, and its parts too.

    Raises:
        OutputFileError: it still holds personal data, or cannot be read.
    """
    try:
        left = bool(find_private(read_document(written, cancel, limits).text, known))
        if not left and written.suffix.lower() in (".docx", ".hwpx"):
            from biseo.forms.child import heard
            from biseo.masking.package import run_proof

            about, _ = heard(ask_child(os.fspath(written), run_proof, (tuple(known),), cancel, limits))
            left = about["left"] is not False
    except InputFileError as error:
        if error.code == "empty":
            return
        raise _not_proved() from error
    if left:
        raise _not_proved()


def _not_proved() -> OutputFileError:
    return OutputFileError(
        "not-masked",
        "가린 문서를 다시 읽어 확인했더니 개인정보가 남아 있어 저장하지 않았습니다.",
        "원본을 DOCX나 HWPX, TXT로 바꾸어 다시 해 보거나, 직접 가려 주세요.",
    )

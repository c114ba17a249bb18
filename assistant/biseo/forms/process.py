"""Finding and filling fields: the front of the house. The files themselves are opened in a limited child process."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from biseo.errors import InputFileError, UserFacingError
from biseo.files import replacing
from biseo.forms import refusal
from biseo.forms.child import heard, run_fill, run_find, run_prove
from biseo.forms.form import EmptyFieldsError, Filled, Form, FormField
from biseo.readers import refusal as reader_refusal
from biseo.readers.limits import Limits
from biseo.readers.process import ask_child
from biseo.writers import check_place, write_error
from biseo_models.engine import CancelFlag

SUFFIXES = (".hwpx", ".docx", ".hwtx", ".dotx", ".docm")
"""How names of templates end."""
DEFAULT_LIMITS = Limits()


def find_fields(path: Path, cancel: CancelFlag | None = None, limits: Limits = DEFAULT_LIMITS) -> Form:
    """The fields of a template: `{{marks}}`, 누름틀, content controls, lines to write on, named empty table cells.

    Args:
        path: HWPX or DOCX; the content decides, not the name.
        cancel: looked at every 50 ms.

    Raises:
        InputFileError: no HWPX or DOCX (a HWP file is told how to become one), or it cannot be read.
        Cancelled: `cancel` was set.
    """
    name = os.fspath(path)
    about, _ = _hear(name, ask_child(name, run_find, (), cancel, limits))
    fields = tuple(
        FormField(str(one["name"]), one["kind"], str(one["where"]), str(one["text"]), int(one["places"]))
        for one in about["fields"]
    )
    return Form(name, str(about["format"]), fields, tuple(map(str, about["warnings"])))


def fill_form(
    path: Path, values: Mapping[str, str], out: Path, *, overwrite: bool = False, allow_empty: bool = False,
    cancel: CancelFlag | None = None, limits: Limits = DEFAULT_LIMITS,
) -> Filled:  # fmt: skip
    """Fill in the template at `path` and write it to `out`, nothing else in it changed.

    The file is written beside its place, read back, compared with the template, and only then takes its place.

    Args:
        values: field name to words; newlines begin new lines. Spaces and colons in names do not matter.
        overwrite: whether a file that is already at `out` may be replaced. The template itself never is.
        allow_empty: whether fields may be left empty. A mark stays as it is unless its value is given and empty.

    Raises:
        EmptyFieldsError: fields would be left empty; it names them all.
        UsageError: a name that is no field, no value at all, or `out` ends otherwise than the template.
        InputFileError: as for `find_fields`; or there is nothing to fill in.
        OutputFileError: the file cannot be written, or what was written is not what it should be.
        Cancelled: `cancel` was set.
    """
    name = os.fspath(path)
    _check_target(path, out, overwrite)
    given = {str(key): str(words) for key, words in values.items()}
    about, content = _hear(name, ask_child(name, run_fill, (given, allow_empty), cancel, limits))
    if not about["fields"]:
        raise refusal.no_fields(name)
    if about["unknown"]:
        raise refusal.unknown_names(about["unknown"], about["fields"])
    if about["empty"] and not allow_empty:
        raise EmptyFieldsError(tuple(about["empty"]))
    if not content:
        raise refusal.no_values()
    try:
        with replacing(out) as temporary:
            temporary.write_bytes(content)
            _prove(name, temporary, given, cancel, limits)
            check_place(out, overwrite=overwrite)  # another program may have been faster
    except OSError as error:
        raise write_error(error) from error
    return Filled(out, tuple(about["filled"]), tuple(about["empty"]), tuple(about["warnings"]))


def check_target(path: Path, out: Path, *, overwrite: bool = False) -> None:
    """Tell what `fill_form` would refuse about `out` without opening the template.

    Raises:
        UsageError, OutputFileError: as for `fill_form`.
    """
    _check_target(path, out, overwrite)


def _check_target(path: Path, out: Path, overwrite: bool) -> None:
    suffix = path.suffix.lower()
    if suffix in SUFFIXES and out.suffix.lower() != suffix:
        raise refusal.other_suffix(suffix)
    if out.exists() and path.exists() and out.samefile(path):
        raise refusal.is_template()
    check_place(out, overwrite=overwrite)


def _prove(template: str, written: Path, values: Mapping[str, str], cancel: CancelFlag | None, limits: Limits) -> None:
    absolute = str(Path(template).absolute())
    try:
        about, _ = _hear(str(written), ask_child(str(written), run_prove, (absolute, values), cancel, limits))
    except InputFileError as error:
        raise refusal.not_verified() from error
    if about.get("same") is not True:
        raise refusal.not_verified()


def _hear(name: str, message: bytes) -> tuple[dict[str, Any], bytes]:
    try:
        return heard(message)
    except UserFacingError:
        raise
    except (ValueError, KeyError, TypeError) as error:
        raise reader_refusal.damaged(name) from error

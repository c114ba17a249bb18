"""Every way in which a form is not filled, in the user's words."""

from __future__ import annotations

from collections.abc import Sequence

from biseo.errors import InputFileError, OutputFileError, UsageError
from biseo.readers.refusal import shown_name
from biseo.text.particles import particle

_SHOWN = 8


def not_a_form(path: str, kind: str) -> InputFileError:
    """`kind` is what the reader found it to be."""
    name = shown_name(path)
    if kind == "hwp":
        return InputFileError(
            "template-hwp",
            f"「{name}」 파일은 HWP 형식이어서 칸을 채울 수 없습니다.",
            "한글에서 열어 '다른 이름으로 저장하기'에서 HWPX로 저장한 뒤 그 파일을 골라 주세요.",
        )
    return InputFileError(
        "not-a-template",
        f"「{name}」 파일은 칸을 채울 수 있는 양식 파일이 아닙니다.",
        "HWPX 또는 DOCX 양식을 골라 주세요.",
    )


def no_fields(path: str) -> InputFileError:
    return InputFileError(
        "no-fields",
        f"「{shown_name(path)}」 양식에서 채울 칸을 찾지 못했습니다.",
        "채울 자리에 {{이름}}처럼 표시하거나, '이름: ____'처럼 줄을 긋거나, 표에서 이름 옆이나 아래 칸을 비워 주세요.",
    )


def unknown_names(names: Sequence[str], known: Sequence[str]) -> UsageError:
    listed = ", ".join(f"'{name}'" for name in names[:_SHOWN])
    there = ", ".join(known[:_SHOWN]) + (f" 외 {len(known) - _SHOWN}개" if len(known) > _SHOWN else "")
    return UsageError("unknown-field", f"이 양식에 없는 칸입니다: {listed}.", f"양식에 있는 칸: {there}.")


def no_values() -> UsageError:
    return UsageError("no-values", "채울 값이 하나도 없습니다.", "칸에 넣을 값을 하나 이상 정해 주세요.")


def other_suffix(suffix: str) -> UsageError:
    return UsageError(
        "unknown-format",
        "양식과 다른 형식으로는 저장할 수 없습니다.",
        f"파일 이름이 양식과 같이 {suffix}{particle(suffix, '로')} 끝나게 해 주세요.",
    )


def is_template() -> OutputFileError:
    return OutputFileError(
        "is-template",
        "저장할 파일이 양식 파일 자신이어서 저장하지 않았습니다.",
        "양식이 남도록 다른 이름으로 저장해 주세요.",
    )


def not_verified() -> OutputFileError:
    return OutputFileError(
        "not-verified",
        "채운 파일을 다시 읽어 보니 원본과 다르게 된 곳이 있어 저장하지 않았습니다.",
        "양식을 한글이나 워드에서 다시 저장한 뒤 시도해 주시고, 되풀이되면 직접 채워 주세요.",
    )

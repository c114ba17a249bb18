"""Every way in which a file is refused, in the user's words. A file's name may appear, its text never."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from biseo.errors import ClassifiedFileError, InputFileError
from biseo.text.particles import particle

LONGEST_NAME = 40
CLASSIFIED = "classified"


def shown_name(path: str) -> str:
    """The file's name as it can be printed anywhere: NFC, no undecodable bytes, long names shortened in the middle."""
    name = Path(path).name or path
    name = name.encode("utf-8", "replace").decode("utf-8")
    name = "".join(c for c in unicodedata.normalize("NFC", name) if unicodedata.category(c) not in ("Cc", "Cf"))
    if len(name) > LONGEST_NAME:
        name = name[: LONGEST_NAME - 15] + "…" + name[-14:]
    return name


def missing(path: str) -> InputFileError:
    return InputFileError(
        "missing", f"「{shown_name(path)}」 파일을 찾을 수 없습니다.", "경로와 파일 이름을 확인해 주세요."
    )


def dangling(path: str) -> InputFileError:
    return InputFileError(
        "missing",
        f"「{shown_name(path)}」 바로 가기가 가리키는 파일이 없습니다.",
        "원본 파일의 위치를 확인해 주세요.",
    )


def is_folder(path: str) -> InputFileError:
    name = shown_name(path)
    return InputFileError(
        "not-a-file",
        f"「{name}」{particle(name, '은')} 문서 파일이 아니라 폴더입니다.",
        "폴더 안의 문서 파일을 선택해 주세요.",
    )


def not_a_file(path: str) -> InputFileError:
    name = shown_name(path)
    return InputFileError(
        "not-a-file",
        f"「{name}」{particle(name, '은')} 문서 파일이 아닙니다.",
        "디스크에 저장된 문서 파일을 선택해 주세요.",
    )


def no_permission(path: str) -> InputFileError:
    return InputFileError(
        "no-permission",
        f"「{shown_name(path)}」 파일을 열 권한이 없거나 다른 프로그램이 사용하고 있습니다.",
        "그 프로그램에서 파일을 닫거나 읽기 권한을 확인한 뒤 다시 시도해 주세요.",
    )


def unreadable(path: str) -> InputFileError:
    return InputFileError(
        "unreadable",
        f"「{shown_name(path)}」 파일을 디스크에서 읽지 못했습니다.",
        "저장 장치나 네트워크 드라이브의 연결을 확인한 뒤 다시 시도해 주세요.",
    )


def empty(path: str) -> InputFileError:
    return InputFileError(
        "empty", f"「{shown_name(path)}」 파일은 크기가 0인 빈 파일입니다.", "원본 파일을 다시 받아 주세요."
    )


def too_large(path: str, limit_mb: int) -> InputFileError:
    return InputFileError(
        "too-large",
        f"「{shown_name(path)}」 파일이 너무 커서 열지 않았습니다(한도 {limit_mb:,}MB).",
        "문서를 나누거나 그림을 줄여 다시 저장해 주세요.",
    )


def too_much_memory(path: str) -> InputFileError:
    return InputFileError(
        "too-large",
        f"「{shown_name(path)}」 파일을 펼치는 데 메모리가 너무 많이 필요해 읽기를 멈췄습니다.",
        "문서를 나누어 저장하거나, 출처가 분명한 파일인지 확인해 주세요.",
    )


def timeout(path: str, seconds: float) -> InputFileError:
    return InputFileError(
        "timeout",
        f"「{shown_name(path)}」 파일을 {seconds:g}초 안에 다 읽지 못해 멈췄습니다.",
        "문서를 나누어 저장하거나, 다른 작업이 끝난 뒤 다시 시도해 주세요.",
    )


def unsafe(path: str) -> InputFileError:
    return InputFileError(
        "unsafe",
        f"「{shown_name(path)}」 파일의 내부 구조가 보통 문서와 달라 안전을 위해 열지 않았습니다.",
        "보낸 사람에게 확인하고, 한글이나 워드에서 다시 저장한 파일을 사용해 주세요.",
    )


def damaged(path: str) -> InputFileError:
    return InputFileError(
        "damaged",
        f"「{shown_name(path)}」 파일이 손상되어 읽을 수 없습니다.",
        "원래 프로그램에서 열어 다시 저장하거나 원본 파일을 다시 받아 주세요.",
    )


def encrypted(path: str) -> InputFileError:
    return InputFileError(
        "encrypted",
        f"「{shown_name(path)}」 파일은 암호가 걸려 있어 읽을 수 없습니다.",
        "원래 프로그램에서 암호를 풀어 다시 저장한 뒤 열어 주세요.",
    )


def drm(path: str) -> InputFileError:
    return InputFileError(
        "encrypted",
        f"「{shown_name(path)}」 파일은 문서 보안(DRM)이 걸려 있어 읽을 수 없습니다.",
        "문서 보안을 해제한 사본을 사용해 주세요.",
    )


def distribution(path: str) -> InputFileError:
    return InputFileError(
        "encrypted",
        f"「{shown_name(path)}」 파일은 배포용(읽기 전용) 문서여서 내용을 읽지 못했습니다.",
        "배포용으로 저장하기 전의 원본 문서를 사용해 주세요.",
    )


def classified(path: str, mark: str) -> ClassifiedFileError:
    """`mark` is the mark alone (대외비, Ⅲ급비밀), no text of the document."""
    return ClassifiedFileError(
        CLASSIFIED,
        f"「{shown_name(path)}」 파일에는 {mark} 표시가 있어 열지 않았습니다.",
        "비밀과 대외비 문서는 이 프로그램에서 다루지 않습니다. 표시가 잘못 남은 문서이면 원래 프로그램에서 표시를 "
        "지운 뒤 다시 열어 주세요.",
    )


def wrong_type(path: str, named: str, found: str, advice: str = "") -> InputFileError:
    """`named` is what the file name promises, `found` what the content is (Korean names of formats)."""
    return InputFileError(
        "wrong-type",
        f"「{shown_name(path)}」 파일은 확장자로는 {named}인데 내용은 {found}입니다.",
        advice or "올바른 파일인지 확인하고, 맞다면 파일 이름의 확장자를 내용에 맞게 바꿔 주세요.",
    )


def unsupported(path: str, found: str, advice: str) -> InputFileError:
    """`found` is the Korean name of a format that cannot be read."""
    return InputFileError("unsupported", f"「{shown_name(path)}」 파일은 읽을 수 없는 형식입니다({found}).", advice)

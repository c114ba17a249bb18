"""What can go wrong with the library, in words for the user."""

from __future__ import annotations

from biseo.errors import InputFileError

_SENTENCES: dict[str, tuple[str, str]] = {
    "no-folder": ("자료실에 넣을 폴더를 찾을 수 없습니다.", "폴더의 경로와 네트워크 드라이브의 연결을 확인해 주세요."),
    "not-a-folder": ("폴더가 아니라 파일입니다.", "문서가 들어 있는 폴더를 골라 주세요."),
    "not-in-library": (
        "자료실에 없는 폴더입니다.",
        "biseo library list로 자료실의 폴더를 확인해 주세요.",
    ),
    "bad-name": (
        "폴더 이름에 읽을 수 없는 글자가 있습니다.",
        "폴더 이름을 바꾼 뒤 다시 넣어 주세요.",
    ),
    "library-busy": (
        "다른 창이나 명령이 자료실을 정리하고 있습니다.",
        "그 일이 끝난 뒤 다시 시도해 주세요.",
    ),
    "list-damaged": (
        "자료실의 폴더 목록 파일을 읽을 수 없습니다.",
        "library-folders.json 파일을 지우고 폴더를 다시 넣어 주세요.",
    ),
    "list-refused": (
        "자료실의 폴더 목록을 저장하지 못했습니다.",
        "프로그램의 자료 폴더에 쓸 수 있는지 확인해 주세요.",
    ),
    "no-batch": ("질문 파일을 읽을 수 없습니다.", "한 줄에 질문 하나를 적은 텍스트 파일인지 확인해 주세요."),
}


class LibraryError(InputFileError):
    """The library could not do what was asked; what it held before is unchanged."""


def library_error(code: str) -> LibraryError:
    """The error with this code and its sentences."""
    message, advice = _SENTENCES[code]
    return LibraryError(code, message, advice)

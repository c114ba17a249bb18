"""One child process a page: what a hostile file does to a renderer, it does not do to the window."""

from __future__ import annotations

import os
from multiprocessing.connection import Connection
from pathlib import Path

from biseo.errors import InputFileError
from biseo.pictures.picture import PagePicture, pack_picture, pack_refusal, unpack_picture
from biseo.pictures.svg import pack
from biseo.readers.child import confine
from biseo.readers.limits import Limits
from biseo.readers.process import ask_child
from biseo_models.engine import CancelFlag
from biseo_models.offline import NetworkBlocked

LIMITS = Limits(seconds=12.0)
_BEGINNING = 24
"""So many letters of a passage are enough to find it, where its end stands on the next page."""


def draw_page(
    path: Path, page: int = 1, width: int = 1200, passage: str = "", cancel: CancelFlag | None = None,
    limits: Limits = LIMITS,
) -> PagePicture:  # fmt: skip
    """A page of a file, drawn in a process of its own.

    Args:
        page: from 1; beyond the end it is the last one. With a passage only the first guess.
        width: in pixels; what is drawn as lines and letters has no pixels and ignores it.
        passage: words whose page is wanted, and which are marked there.

    Raises:
        InputFileError: there is no picture; the text can still be shown.
        Cancelled: `cancel` was set.
    """
    name = os.fspath(path)
    try:
        message = ask_child(name, run, (page, max(64, min(width, 4000)), passage), cancel, limits)
        return unpack_picture(message)
    except InputFileError as error:
        raise no_picture(error.code) from error
    except ValueError as error:
        raise no_picture("damaged") from error


def no_picture(code: str) -> InputFileError:
    """Why there is only text, in one sentence that fits all."""
    return InputFileError(
        f"no-picture-{code}".replace("no-picture-no-picture", "no-picture"),
        "이 문서의 쪽 그림을 그리지 못했습니다.",
        "글로 보여 드리니 모양은 원래 프로그램에서 확인해 주세요.",
    )


def run(sender: Connection, path: str, limits: Limits, page: int, width: int, passage: str) -> None:
    """Entry point of the child process."""
    confine(limits)
    sender.send_bytes(answer(path, limits, page, width, passage))
    sender.close()


def answer(path: str, limits: Limits, page: int, width: int, passage: str) -> bytes:
    """The message for one page; never raises for anything a file can cause."""
    try:
        return pack_picture(draw(path, limits, page, width, passage))
    except (InputFileError, NetworkBlocked) as error:
        return pack_refusal(error)
    except MemoryError:
        return pack_refusal(no_picture("too-large"))
    except BaseException:  # noqa: BLE001 - a panic of the native library is no Exception
        return pack_refusal(no_picture("damaged"))


def draw(path: str, limits: Limits, page: int, width: int, passage: str) -> PagePicture:
    """Draw in this process. Only the child itself and the tests call it."""
    from biseo.readers.detect import detect

    kind, _warnings = detect(path, limits)
    wanted = pack(passage)
    passages = [wanted] if len(wanted) <= _BEGINNING else [wanted, wanted[:_BEGINNING]]
    passages = [one for one in passages if one]
    if kind in ("hwp", "hwpx"):
        from biseo.pictures.hancom import draw_hancom

        return draw_hancom(path, page, passages)
    if kind == "pdf":
        from biseo.pictures.pdf import draw_pdf

        return draw_pdf(path, page, width, passages)
    raise no_picture("unsupported")

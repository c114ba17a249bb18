"""`biseo mask`: the document with personal data masked, for good."""

from __future__ import annotations

from collections import Counter
from threading import Event

from biseo.checks.privacy import LABELS
from biseo.cli.arguments import Arguments
from biseo.cli.console import Console
from biseo.cli.options import telling_of_force
from biseo.errors import UsageError
from biseo.masking.masked_file import Masked, mask_file
from biseo.policy import Policy


def run_mask(arguments: Arguments, console: Console, cancel: Event, policy: Policy) -> int:
    """Write the masked document; the model is never loaded.

    Raises:
        UserFacingError: with what happened and what to do.
        Cancelled: the user stopped it.
    """
    if arguments.out is None:
        raise UsageError(
            "no-out", "가린 문서를 어디에 저장할지 정해지지 않았습니다.", "--out 파일로 저장할 곳을 정해 주세요."
        )
    policy.require_format(arguments.out.suffix)
    with telling_of_force():
        masked = mask_file(arguments.file, arguments.out, overwrite=arguments.force, cancel=cancel)
    for notice in masked.notices:
        console.note(notice)
    found = [
        {"kind": item.kind, "label": LABELS[item.kind], "start": item.start, "end": item.end, "masked": words}
        for item, words in zip(masked.found, masked.masked, strict=True)
    ]
    console.result({"found": found, "out": str(masked.out)}, _words(masked))
    return 0


def _words(masked: Masked) -> str:
    counts = Counter(LABELS[item.kind] for item in masked.found)
    listed = ", ".join(f"{label} {count}곳" for label, count in counts.items())
    told = f"개인정보 {len(masked.found)}곳을 가렸습니다({listed})." if counts else "개인정보를 찾지 못했습니다."
    return f"{told}\n저장한 파일: {masked.out}"

"""Organisations of a draft that no source names: a small model writes 청연재단 for 청년재단."""

from __future__ import annotations

import re
from collections.abc import Iterable

from biseo.document import Finding

_NAME = re.compile(
    r"[가-힣A-Za-z0-9]{2,20}(?:재단|센터|위원회|공단|공사|협회|연구원|진흥원|교육청|경찰서|소방서|보건소|대학교)"
)


def check_organisations(text: str, known: Iterable[str], section: str = "") -> tuple[Finding, ...]:
    """A finding for every organisation that is not in the known texts.

    Args:
        known: texts of the sources and of the form; compared without spaces.
    """
    joined = "\n".join("".join(words.split()) for words in known)
    return tuple(
        Finding(
            "FACT_ORGANISATION",
            "error",
            match.start(),
            match.end(),
            match[0],
            "자료에 없는 기관 이름입니다. 이름이 맞는지 확인해 주세요.",
            section=section,
        )
        for match in _NAME.finditer(text)
        if not _known(match[0], joined)
    )


def _known(name: str, joined: str) -> bool:
    # A particle or another word may stand before the name without a space: the tail of it is enough.
    return any(name[start:] in joined for start in range(max(1, len(name) - 4)))

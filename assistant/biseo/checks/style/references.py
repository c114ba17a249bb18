"""References to other documents: `총무과-12(2026. 1. 6.)`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from biseo.checks.style.page import Page
from biseo.checks.style.rulebook import Hit
from biseo.text.dates import make_date

_REFERENCE = re.compile(
    r"(?<![가-힣])(?P<dept>[가-힣]{2,24})-(?P<no>[0-9]{1,7})(?P<ho1>호)?(?P<sp>[ ]*)"
    r"\((?P<y>(?:19|20)[0-9]{2}|['’‘]?[0-9]{2})[.-](?P<s1>[ ]*)(?P<m>[0-9]{1,2})[.-]"
    r"(?P<s2>[ ]*)(?P<d>[0-9]{1,2})(?P<dot>\.?)\)"
    r"(?P<ho2>호)?(?:(?P<and>[와과])(?P<rel>[ ]*관련(?P<verb>입니다|임|이다))(?P<stop>\.?))?"
)
_FOOT = re.compile(r"(?:시행|접수)[ ]+(?:[가-힣]+[ ]+)?$")
_VERBS = {"입니다": "됩니다", "임": "됨", "이다": "된다"}


def find_references(page: Page) -> Iterator[Hit]:
    """REL_DATE and REL_WORD."""
    for match in _REFERENCE.finditer(page.text):
        digits = match["y"].strip("'’‘")
        year = int(digits) if len(digits) == 4 else 2000 + int(digits)
        month, day = int(match["m"]), int(match["d"])
        if make_date(year, month, day) is None:
            continue
        right = f"{match['dept']}-{match['no']}({year}. {month}. {day}.)"
        end = match.end("ho2") if match["ho2"] else match.start("and") if match["and"] else match.end()
        written = page.text[match.start() : end]
        if match["sp"] and _FOOT.search(page.text[max(0, match.start() - 40) : match.start()]):
            right = right.replace("(", " (", 1)  # the foot of a document: 시행 총무과-12 (2026. 1. 6.)
        if written != right:
            severity = "warning" if match["ho1"] and written.replace("호", "", 1) == right else None
            yield Hit("REL_DATE", match.start(), end, right, severity)  # type: ignore[arg-type]
        if match["verb"]:
            whole = f"{right}와 관련{_VERBS[match['verb']]}{match['stop']}"
            yield Hit("REL_WORD", match.start(), match.end(), whole)

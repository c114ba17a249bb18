"""What sort of document a text is, told by its own words."""

from __future__ import annotations

import re
from typing import Literal, get_args

from biseo.checks.style import PROFILES, Profile
from biseo.document import Document

Kind = Literal["press", "letter", "report", "proposal", "plan", "reply"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_HEAD = 600
_OPENING = 1500
"""Characters in which a letter to a citizen shows that it is one."""
_REPLY = (
    re.compile(r"귀하(?:께서|의|께)"),
    re.compile(r"민원[^\n]{0,30}(?:회신|답변|처리 ?결과|검토)"),
    re.compile(r"에 관한 것(?:으로|이|임|입)"),
    re.compile(r"접수번호"),
)
_REPORTED = re.compile(r"(?:밝혔|말했|전했|강조했|당부했|덧붙였|설명했|주문했|지적했|언급했)(?:다|으며|고)")
_PRESS_HEAD = re.compile(
    r"^[\s<\[【「(□■]*보\s*도\s*자\s*료[\s>\]】」)]*$|배포\s*일시|보도\s*(?:일시|시점)", re.MULTILINE
)
_LETTER = (re.compile(r"^\s*수\s*신(?:자)?[ \t:]+\S", re.MULTILINE), re.compile(r"^\s*제\s*목[ \t:]+\S", re.MULTILINE))
_TITLES: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("plan", re.compile(r"사업\s*계획(?:서|\(안\)|안)?\s*$")),
    ("proposal", re.compile(r"기\s*획\s*(?:안|서)\s*$")),
    ("report", re.compile(r"(?:보고서?|보고\(안\))\s*$")),
)


def kind_of(document: Document, profile: Profile | None = None) -> Kind | None:
    """The sort of document, or None where its words do not tell; then no parts are asked for.

    Args:
        profile: the rules that the official chose; a press release never is a report and the other way round.
    """
    text = document.text
    head = text[:_HEAD]
    if profile != "press":
        if profile != "report" and sum(bool(pattern.search(text[:_OPENING])) for pattern in _REPLY) >= 2:
            return "reply"
        if profile != "report" and all(pattern.search(head) for pattern in _LETTER):
            return "letter"
        if profile != "official":
            for line in [document.title, *(line for line in head.split("\n")[:5] if line.strip())]:
                words = line.strip(" \t<>[]【】「」")
                for kind, pattern in _TITLES:
                    if 4 <= len(words) <= 60 and pattern.search(words):
                        return kind
    if profile in (None, "press") and _PRESS_HEAD.search(head) and _REPORTED.search(text):
        return "press"
    return None


def profile_of(document: Document, kind: Kind | None) -> Profile:
    """The rules of style that go with a document; official where nothing else is clear."""
    if kind == "press":
        return PROFILES[2]
    if kind in ("report", "proposal", "plan"):
        return PROFILES[1]
    if kind is None and _REPORTED.search(document.text):
        return PROFILES[2]
    return PROFILES[0]

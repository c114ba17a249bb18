"""Which elements of a page a browser does not show: by their own style, or by a rule of the page's style sheets."""

from __future__ import annotations

import re

LONGEST_SHEET = 200_000
_HIDING = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?![\d.])"
    r"|opacity\s*:\s*0(?:\.0*)?\s*(?:;|!|$))",
    re.IGNORECASE,
)
# Rules for other media (print, narrow screens) do not count.
_AT_RULE = re.compile(r"@[^{};]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]{1,2000})\{([^{}]*)\}")
_SIMPLE = re.compile(r"\w*[.#][\w가-힣-]+")


class Hiding:
    """The simple selectors (`.a`, `#a`, `div.a`) of a page whose elements are not shown."""

    def __init__(self) -> None:
        self._selectors: set[str] = set()

    def read_sheet(self, sheet: str) -> None:
        """Takes in the rules of one style sheet of the page."""
        plain = _AT_RULE.sub("", _COMMENT.sub("", sheet[:LONGEST_SHEET]))
        for selectors, rules in _RULE.findall(plain):
            if _HIDING.search(rules):
                self._selectors |= {one for one in map(str.strip, selectors.split(",")) if _SIMPLE.fullmatch(one)}

    def hides(self, tag: str, attributes: dict[str, str]) -> bool:
        """Whether an element is not shown."""
        if "hidden" in attributes or _HIDING.search(attributes.get("style", "")):
            return True
        if not self._selectors:
            return False
        names = ["." + name for name in attributes.get("class", "").split()] + ["#" + attributes.get("id", "")]
        return any(name in self._selectors or tag + name in self._selectors for name in names)

"""Styles and lists of a Word document: what a paragraph inherits, and its automatic number."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from biseo.readers.clean import bullet_sign
from biseo.readers.numbers import Counter, Head

_HEADING_NAME = re.compile(r"(?:heading|제목|개요)\s*(\d)$", re.IGNORECASE)
LONGEST_CHAIN = 20


def local(tag: object) -> str:
    """A tag without its namespace (transitional and strict documents differ only there)."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value(element: Any, name: str = "val") -> str:
    """An attribute by its local name."""
    if element is None:
        return ""
    return next((text for key, text in element.attrib.items() if local(key) == name), "")


def child(element: Any, *path: str) -> Any:
    """The first descendant along a path of local names, or None."""
    for name in path:
        if element is None:
            return None
        element = next((found for found in element if local(found.tag) == name), None)
    return element


def is_on(element: Any) -> bool:
    """Whether a property that can be switched stands and is not switched off."""
    return element is not None and value(element).lower() not in ("0", "false", "off", "none")


@dataclass(frozen=True)
class Style:
    """A paragraph style: heading level (0: none) and list (empty: none)."""

    identifier: str
    name: str
    based_on: str
    outline: int
    list_id: str
    level: int


@dataclass
class Styles:
    """Everything a paragraph refers to, and the running numbers."""

    styles: dict[str, Style] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    heads: dict[str, dict[int, Head]] = field(default_factory=dict)
    hidden: dict[str, bool] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    _counters: dict[str, Counter] = field(default_factory=dict)

    def is_hidden(self, properties: Any, of_paragraph: Any = None) -> bool:
        """Whether a run with these properties is hidden, itself or by a style, its own or its paragraph's."""
        vanish = child(properties, "vanish")
        if vanish is not None:
            return is_on(vanish)
        named = value(child(properties, "rStyle")), value(child(of_paragraph, "pStyle")) or self._default
        return any(self._hides(name) for name in named)

    def _hides(self, name: str) -> bool:
        for _ in range(LONGEST_CHAIN):
            if not name or name in self.hidden:
                break
            name = self.parents.get(name, "")
        return self.hidden.get(name, False)

    def heading(self, properties: Any) -> int:
        """Heading level of a paragraph from its properties and its style's, 0 when it is none."""
        outline = child(properties, "outlineLvl")
        if outline is not None:
            level = int(value(outline)) if value(outline).isdecimal() else 9
            return level + 1 if level < 9 else 0
        for style in self._chain(properties):
            if style.name.lower() in ("title", "제목"):
                return 1
            if match := _HEADING_NAME.match(style.name):
                return int(match[1])
            if style.outline:
                return style.outline
        return 0

    def label(self, properties: Any) -> tuple[str, int]:
        """The number or bullet of the next paragraph in reading order, with the space behind it, and its level.

        Empty and 0 when it has none.
        """
        number = child(properties, "numPr")
        list_id, level = value(child(number, "numId")), value(child(number, "ilvl"))
        if not list_id:
            for style in self._chain(properties):
                if style.list_id:
                    # A list may name the style of each of its levels instead of the style naming the level.
                    linked = self._linked.get((style.list_id, style.identifier))
                    list_id, level = style.list_id, level or str(style.level if linked is None else linked)
                    break
        abstract = self.lists.get(list_id, "")
        heads = self.heads.get(list_id, {})
        depth = int(level) if level.isdecimal() else 0
        head = heads.get(depth)
        if head is None or head.style == "none":
            return "", 0
        if head.style == "bullet":
            return bullet_sign(head.pattern) + " ", depth + 1
        # Lists of one definition count together, unless a list restarts.
        key = abstract
        if list_id not in self._counters:
            shared = self._counters.get(key)
            self._counters[list_id] = Counter(heads) if shared is None else Counter(heads, shared.counts)
            self._counters.setdefault(key, self._counters[list_id])
        label = self._counters[list_id].next(depth)
        return (label if head.close or not label else label + " "), depth + 1

    def _chain(self, properties: Any) -> list[Style]:
        found: list[Style] = []
        name = value(child(properties, "pStyle")) or self._default
        while name in self.styles and len(found) < LONGEST_CHAIN:
            found.append(self.styles[name])
            name = self.styles[name].based_on
        return found

    _default: str = ""
    _linked: dict[tuple[str, str], int] = field(default_factory=dict)


def read_styles(styles: Any, numbering: Any) -> Styles:
    """From the roots of `styles.xml` and `numbering.xml` (None where the package has none)."""
    result = Styles()
    list_styles: dict[str, str] = {}
    for element in styles if styles is not None else ():
        if local(element.tag) != "style":
            continue
        vanish = child(element, "rPr", "vanish")
        if vanish is not None:
            result.hidden[value(element, "styleId")] = is_on(vanish)
        result.parents[value(element, "styleId")] = value(child(element, "basedOn"))
        if value(element, "type") == "numbering":
            list_styles[value(element, "styleId")] = value(child(element, "pPr", "numPr", "numId"))
        if value(element, "type") not in ("paragraph", ""):
            continue
        properties = child(element, "pPr")
        number = child(properties, "numPr")
        outline = value(child(properties, "outlineLvl"))
        result.styles[value(element, "styleId")] = Style(
            value(element, "styleId"),
            value(child(element, "name")),
            value(child(element, "basedOn")),
            int(outline) + 1 if outline.isdecimal() and int(outline) < 9 else 0,
            value(child(number, "numId")),
            int(value(child(number, "ilvl")) or 0) if value(child(number, "ilvl")).isdecimal() else 0,
        )
        if value(element, "default") in ("1", "true"):
            result._default = value(element, "styleId")
    abstract: dict[str, dict[int, Head]] = {}
    defined = _resolved(numbering, list_styles)
    levels: dict[str, dict[str, int]] = {}
    for element in numbering if numbering is not None else ():
        if local(element.tag) == "abstractNum":
            levels[value(element, "abstractNumId")] = {
                value(child(one, "pStyle")): _level(one) for one in element if child(one, "pStyle") is not None
            }
            abstract[value(element, "abstractNumId")] = {
                _level(one): _head(one) for one in element if local(one.tag) == "lvl"
            }
        elif local(element.tag) == "num":
            list_id = value(element, "numId")
            definition = value(child(element, "abstractNumId"))
            definition = defined.get(definition, definition)
            result.lists[list_id] = "abstract:" + definition
            heads = dict(abstract.get(definition, {}))
            for style, level in levels.get(definition, {}).items():
                result._linked[list_id, style] = level
            restarted = False
            for override in element:
                if local(override.tag) != "lvlOverride":
                    continue
                level = _level(override)
                if (own := child(override, "lvl")) is not None:
                    heads[level] = _head(own)
                start = value(child(override, "startOverride"))
                if start.isdecimal() and level in heads:
                    restarted = True
                    heads[level] = replace(heads[level], start=int(start))
            if restarted:
                result.lists[list_id] = "list:" + list_id
            result.heads[list_id] = heads
    return result


def _resolved(numbering: Any, list_styles: dict[str, str]) -> dict[str, str]:
    """Definitions that only point to a list style, with the definition that the style's list has."""
    lists: dict[str, str] = {}
    pointing: dict[str, str] = {}
    for element in numbering if numbering is not None else ():
        if local(element.tag) == "num":
            lists[value(element, "numId")] = value(child(element, "abstractNumId"))
        elif (link := child(element, "numStyleLink")) is not None:
            pointing[value(element, "abstractNumId")] = value(link)
    return {one: lists[list_styles[style]] for one, style in pointing.items() if list_styles.get(style) in lists}


def _level(element: Any) -> int:
    text = value(element, "ilvl")
    return int(text) if text.isdecimal() else 0


def _head(element: Any) -> Head:
    start, restart = value(child(element, "start")), value(child(element, "lvlRestart"))
    return Head(
        _number_style(element),
        value(child(element, "lvlText")),
        int(start) if start.isdecimal() else 1,
        legal=is_on(child(element, "isLgl")),
        restart=int(restart) if restart.isdecimal() else None,
        close=value(child(element, "suff")) == "nothing",
    )


def _number_style(level: Any) -> str:
    """The style of a level's numbers; `001, 002, …` stands in a form of its own beside one for old programs."""
    custom = child(level, "AlternateContent", "Choice", "numFmt")
    if custom is not None and (match := re.match(r"(0{2,4})1,", value(custom, "format"))):
        return f"decimalZero{len(match[1]) + 1}"
    plain = child(level, "numFmt")
    plain = child(level, "AlternateContent", "Fallback", "numFmt") if plain is None else plain
    return value(plain) or "decimal"

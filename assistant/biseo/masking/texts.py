"""Personal data in texts that belong together (the fields of a form): counted, and masked or shown in what leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from biseo.checks.privacy import Kind, PersonalData, find_private
from biseo.masking.drafts import counted, told
from biseo.masking.placeholders import Placeholders
from biseo.masking.words import mask_spans

Answer = Literal["mask", "seen", "keep"]
"""All masked; what is hidden masked and the rest as it is; all with its value."""


def find_in_texts(texts: Mapping[str, str], known: Sequence[tuple[Kind, str]] = ()) -> dict[str, list[PersonalData]]:
    """What stands in each text; its name is read as the label before it, and no find reaches over two of them."""
    whole, places = "", {}
    for name, text in texts.items():
        whole += f"{name}: "
        places[name] = (len(whole), len(whole) + len(text))
        whole += text + "\n\n"
    found: dict[str, list[PersonalData]] = {name: [] for name in texts}
    for item in find_private(whole, known):
        for name, (start, end) in places.items():
            if start <= item.start and item.end <= end:
                found[name].append(PersonalData(item.kind, item.start - start, item.end - start, item.keep))
    return found


def count_in_texts(
    texts: Mapping[str, str], known: Sequence[tuple[Kind, str]] = (), hidden: Placeholders | None = None
) -> tuple[str, str]:
    """What is visible, and what is hidden behind placeholders, each in words (`이름 2곳`) or empty."""
    visible = counted(item.kind for items in find_in_texts(texts, known).values() for item in items)
    covered = counted(kind for text in texts.values() for kind in hidden.kinds(text)) if hidden else {}
    return told(visible), told(covered)


def dressed_texts(
    texts: Mapping[str, str], answer: str, known: Sequence[tuple[Kind, str]] = (), hidden: Placeholders | None = None
) -> dict[str, str]:
    """The texts as they leave, after the official's answer (`Answer`)."""
    if answer == "keep":
        return {name: hidden.restore(text) if hidden else text for name, text in texts.items()}
    plain = {name: hidden.mask(text) if hidden else text for name, text in texts.items()}
    if answer == "seen":
        return plain
    found = find_in_texts(plain, known)
    return {name: mask_spans(text, found[name]) for name, text in plain.items()}

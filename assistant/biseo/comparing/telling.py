"""A comparison in words, for a terminal: figures first, then change by change with article and page."""

from __future__ import annotations

from collections.abc import Iterator

from biseo.comparing.comparison import Comparison
from biseo.comparing.old_and_new import figure_rows
from biseo.comparing.places import place_words, short_names
from biseo.comparing.side_by_side import is_blank, told, value_words
from biseo.comparing.units import Unit
from biseo.comparing.versions import Kind, Pair, PartPair

KIND_NAMES: dict[Kind, str] = {
    "changed": "바뀜", "added": "새로 들어옴", "removed": "빠짐", "moved": "자리 옮김", "renumbered": "번호만 바뀜",
    "spacing": "띄어쓰기만 다름", "same": "같음",
}  # fmt: skip


def counts_words(comparison: Comparison) -> str:
    """`바뀜 4곳, 새로 들어옴 2곳`; that all is the same where nothing has changed."""
    assert comparison.versions is not None
    counts = comparison.versions.counts
    told = ", ".join(f"{name} {counts[kind]}곳" for kind, name in KIND_NAMES.items() if kind != "same" and counts[kind])
    return told or "두 문서의 글이 같습니다."


def words_of_versions(comparison: Comparison) -> str:
    """Counts, figures, and every change."""
    difference = comparison.versions
    assert difference is not None
    lines = [f"현행: {difference.old.name}", f"개정: {difference.new.name}", counts_words(comparison)]
    figures = figure_rows(difference)
    if figures:
        lines += ["", "[바뀐 숫자]"]
        lines += [
            f"- {place}: {old} → {new}" + (f" ({step})" if step != "-" else "") for place, _, old, new, step in figures
        ]
    for part in difference.parts:
        if not part.same:
            lines += ["", f"[{part.name or '머리'}]{_part_words(part)}"]
            lines += [line for pair in part.pairs if pair.kind != "same" for line in _change(pair)]
    return "\n".join(lines)


def words_of_contents(comparison: Comparison) -> str:
    """Matters, what is common, what differs, what only one says."""
    names = short_names(comparison.texts)
    lines: list[str] = []
    if comparison.matters:
        lines.append("[항목별 비교]")
        for matter in comparison.matters:
            lines.append(f"- {matter.label}: {told(matter)}")
            for name, said in zip(names, matter.said, strict=True):
                lines += [f"    {name}: {value_words(each)}" for each in said]
    for kind, title in (
        ("common", "함께 적은 내용"),
        ("conflict", "다르게 적은 내용"),
        ("one", "한 문서에만 있는 내용"),
    ):
        chosen = [each for each in comparison.statements if each.agreement == kind and not is_blank(each)]
        if chosen:
            lines += ["", f"[{title}]"]
        for statement in chosen:
            places = statement.places if kind == "conflict" else statement.places[:1]
            for place in places:
                where = [
                    place_words(names[each.document], each.unit.page)
                    for each in (statement.places if kind == "common" else (place,))
                ]
                lines.append(f"- {place.unit.shown} [{'; '.join(dict.fromkeys(where))}]")
    return "\n".join(lines).strip() or "견줄 글이 없습니다."


def _part_words(part: PartPair) -> str:
    if part.old is None:
        return " 새로 들어옴"
    if part.new is None:
        return " 빠짐"
    signs = [word for word, shown in (("번호 바뀜", part.renumbered), ("자리 옮김", part.moved)) if shown]
    return f" {', '.join(signs)}" if signs else ""


def _change(pair: Pair) -> Iterator[str]:
    name = KIND_NAMES[pair.kind]
    if pair.moved and pair.kind == "changed":
        name += ", 자리 옮김"
    yield f"- {name}"
    if pair.old is not None:
        yield f"    - {_shown(pair.old)}"
    if pair.new is not None:
        yield f"    + {_shown(pair.new)}"


def _shown(unit: Unit) -> str:
    return f"{unit.shown} [{unit.page}쪽]" if unit.page is not None else unit.shown


__all__ = ["KIND_NAMES", "counts_words", "words_of_contents", "words_of_versions"]

"""A comparison as the JSON of the command line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from biseo.comparing.comparison import Comparison
from biseo.comparing.matters import Matter
from biseo.comparing.shared import Statement
from biseo.comparing.side_by_side import is_blank
from biseo.comparing.units import Contents, Unit
from biseo.comparing.versions import Pair, VersionDifference


def comparison_data(comparison: Comparison) -> dict[str, Any]:
    """`view`, `documents`; of versions `figures`, `changes`, `parts`, `counts`, else `matters`, `statements`."""
    data: dict[str, Any] = {
        "view": comparison.view,
        "likely": comparison.likely,
        "kept": None if comparison.kept is None else round(comparison.kept, 3),
        "documents": [
            {"path": text.document.path, "name": text.name, "pages": text.document.pages} for text in comparison.texts
        ],
    }
    if comparison.versions is not None:
        return data | _versions(comparison.versions)
    return data | {
        "matters": [_matter(matter, comparison.texts) for matter in comparison.matters],
        "statements": [
            _statement(statement, comparison.texts) for statement in comparison.statements if not is_blank(statement)
        ],
    }


def _versions(difference: VersionDifference) -> dict[str, Any]:
    parts, changes, figures = [], [], []
    for part in difference.parts:
        told = {
            "old": part.old.name if part.old else None,
            "new": part.new.name if part.new else None,
            "moved": part.moved,
            "renumbered": part.renumbered,
            "same": part.same,
        }
        parts.append(told)
        for pair in part.pairs:
            if pair.kind == "same":
                continue
            change = {"part": part.name, **_pair(pair)}
            changes.append(change)
            figures += [{"part": part.name, **figure} for figure in change["figures"]]
    return {"counts": difference.counts, "figures": figures, "changes": changes, "parts": parts}


def _pair(pair: Pair) -> dict[str, Any]:
    data: dict[str, Any] = {
        "kind": pair.kind,
        "moved": pair.moved,
        "old": _unit(pair.old),
        "new": _unit(pair.new),
        "runs": [{"kind": run.kind, "text": run.text} for run in pair.runs],
        "figures": [
            {"kind": change.kind, "old": change.old, "new": change.new, "difference": change.difference}
            for change in pair.figures
        ],
    }
    if pair.cells:
        data["cells"] = [
            {"row": cell.row, "column": cell.column, "old": cell.old, "new": cell.new} for cell in pair.cells
        ]
    return data


def _unit(unit: Unit | None) -> dict[str, Any] | None:
    return None if unit is None else {"text": unit.text, "page": unit.page, "start": unit.start}


def _matter(matter: Matter, texts: Sequence[Contents]) -> dict[str, Any]:
    return {
        "label": matter.label,
        "state": matter.state,
        "values": [
            [
                {"value": said.text, "source": text.name, "page": said.unit.page, "text": said.unit.text}
                for said in values
            ]
            for values, text in zip(matter.said, texts, strict=True)
        ],
        "differences": list(matter.differences),
    }


def _statement(statement: Statement, texts: Sequence[Contents]) -> dict[str, Any]:
    return {
        "agreement": statement.agreement,
        "places": [
            {"source": texts[place.document].name, "page": place.unit.page, "text": place.unit.text}
            for place in statement.places
        ],
    }

"""The fact sheets of the quality bench with a model that says nothing: what the rules alone make sure of."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from tests.bench.quality.__main__ import SHEETS, counted, drafted

from biseo_models.scripted import ScriptedEngine

ALL = tomllib.loads(SHEETS.read_text(encoding="utf-8"))["sheets"]


@pytest.mark.parametrize("sheet", ALL, ids=lambda sheet: sheet["name"])
def test_every_fact_is_in_a_draft_that_the_model_had_no_words_for(sheet: dict[str, Any]) -> None:
    quality = counted(sheet, drafted(ScriptedEngine(lambda job: ""), sheet, 7), 0.0)
    assert (quality.missing, quality.unsupported, quality.errors) == ((), (), ())
    assert quality.repeated == 0
    assert len(quality.misplaced) <= 0.4 * quality.places

"""Drafts the fact sheets with the real model and prints how good they are: `python -m tests.bench.quality [--seed 7]`.

What is counted is counted here from the words alone, not by the program's own checks (but for the error findings left).
"""

from __future__ import annotations

import argparse
import re
import statistics
import threading
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from biseo import paths
from biseo.document import MISSING, Block, Document, Draft
from biseo.drafting.pipeline import write_draft
from biseo.drafting.request import DraftRequest
from biseo.events import Drafted
from biseo.tasks.catalogue import find_task
from biseo_models.catalogue import ModelStore
from biseo_models.engine import Engine
from biseo_models.opening import open_engine

SHEETS = Path(__file__).with_name("sheets.toml")
FOREIGN = re.compile(r"[\u0400-\u052f\u3040-\u30ff\u3400-\u9fff]")
NUMBER = re.compile(r"(\d+(?:,\d{3})*(?:\.\d+)?)\s?([가-힣%㎡℃]?)")
CLOCK_AND_CALENDAR = frozenset("년월일시분")
"""10월 17일 is in the source as 10. 17., too: after these only the number is looked for."""
AFTERNOON = re.compile(r"(?:오후|저녁|밤) ?(\d{1,2})시")
CLOCK = re.compile(r"(\d{1,2}):(?:00|(\d\d))")
END = re.compile(r"(?<=[다요까임함]\.)\s+")
ALIKE = 0.8
"""Share of syllable pairs in common from which on two sentences say the same."""
MARK = re.compile(r"^\s*(?:[□ㅇ○◦※*-]|\d+[.)]|[가-하][.)])\s*")
GOALS = {"recall": "≥ 0.98", "unsupported": "0", "repeated": "≤ 0.02", "foreign": "0", "errors": "0", "copied": "≤ 0.5"}


@dataclass(frozen=True)
class Quality:
    """What was counted in one draft.

    `missing` are the facts that are not in it; `places` are those of an analysis that the sheet gives a quadrant, and
    `misplaced` those of them that are in the draft, but not there; what should not be in it counts as misplaced, too.
    """

    name: str
    task: str
    facts: int
    missing: tuple[str, ...]
    unsupported: tuple[str, ...]
    sentences: int
    repeated: int
    foreign: int
    errors: tuple[str, ...]
    copied: int
    seconds: float
    places: int
    misplaced: tuple[str, ...]


def squashed(text: str) -> str:
    return re.sub(r"[\s.,!?'\"“”‘’·]", "", text)


def numbers_in(text: str) -> set[tuple[str, str]]:
    """Every number with the syllable behind it, and alone where its unit can be written in several ways."""
    found = set()
    spoken = CLOCK.sub(lambda time: f"{time[1]}시 {int(time[2])}분" if time[2] else f"{time[1]}시", text)
    for number, unit in NUMBER.findall(spoken):
        plain = number.replace(",", "")
        found.add((plain, "" if unit in CLOCK_AND_CALENDAR else unit))
    found.update((str(int(hour) + 12), "") for hour in AFTERNOON.findall(text))
    return found


def alike(one: str, other: str) -> bool:
    mine, theirs = ({text[place : place + 2] for place in range(len(text) - 1)} for text in (one, other))
    return len(mine & theirs) >= ALIKE * max(len(mine), len(theirs))


def sentences_of(draft: Draft) -> list[str]:
    """Lines and sentences that the model worded, without their marks; a title may say what stands below it."""
    titles = {plan.id for plan in find_task(draft.task).sections if plan.shape == "title"}
    text = "\n".join(part.text for part in draft.sections if part.origin == "model" and part.id not in titles)
    parts = (MARK.sub("", part) for line in text.splitlines() for part in END.split(line))
    return [part.strip() for part in parts if len(squashed(part)) >= 8 and MISSING not in part]


def counted(sheet: dict[str, Any], draft: Draft, seconds: float) -> Quality:
    whole = squashed("\n".join([draft.title, *(section.text for section in draft.sections)]))
    given = f"{sheet['source']}\n{sheet.get('form', {})}"
    known = numbers_in(given)
    worded = sentences_of(draft)
    used = numbers_in("\n".join(worded))
    copies = {squashed(part) for line in sheet["source"].splitlines() for part in END.split(line)}
    kept = [squashed(sentence) for sentence in worded]
    return Quality(
        sheet["name"],
        sheet["task"],
        len(sheet["facts"]),
        tuple(ways[0] for ways in sheet["facts"] if not any(squashed(way) in whole for way in ways)),
        tuple(sorted(f"{number}{unit}" for number, unit in used - known)),
        len(worded),
        sum(any(alike(one, other) for other in kept[:place]) for place, one in enumerate(kept)),
        len(FOREIGN.findall(whole)),
        tuple(f"{finding.rule} {finding.text}" for finding in draft.findings if finding.severity == "error"),
        sum(sentence in copies for sentence in kept),
        seconds,
        sum(map(len, sheet.get("quadrants", {}).values())) + len(sheet.get("absent", ())),
        tuple(misplaced_in(sheet, draft)),
    )


def misplaced_in(sheet: dict[str, Any], draft: Draft) -> Iterator[str]:
    texts = {section.id: squashed(section.text) for section in draft.sections}
    whole = "\n".join(texts.values())
    for quadrant, facts in sheet.get("quadrants", {}).items():
        yield from (fact for fact in facts if squashed(fact) in whole and squashed(fact) not in texts[quadrant])
    yield from (words for words in sheet.get("absent", ()) if squashed(words) in whole)


def drafted(engine: Engine, sheet: dict[str, Any], seed: int) -> Draft:
    lines = sheet["source"].strip().splitlines()
    blocks = (Block("heading", lines[0], 1), *(Block("paragraph", line) for line in lines[1:]))
    source = Document(f"{sheet['name']}.txt", "txt", lines[0], None, blocks)
    request = DraftRequest(find_task(sheet["task"]), (source,), sheet.get("form", {}), seed)
    found = [event for event in write_draft(engine, request, threading.Event()) if isinstance(event, Drafted)]
    return found[-1].draft


def lines_of(results: list[Quality]) -> Iterator[str]:
    for task in dict.fromkeys(result.task for result in results):
        own = [result for result in results if result.task == task]
        yield f"{task:<9} " + told(own)
    yield "모두      " + told(results)
    yield "목표      " + ", ".join(f"{name} {goal}" for name, goal in GOALS.items())


def told(results: list[Quality]) -> str:
    facts = sum(result.facts for result in results)
    sentences = max(1, sum(result.sentences for result in results))
    return ", ".join(
        [
            f"recall {1 - sum(len(result.missing) for result in results) / facts:.3f}",
            f"unsupported {sum(len(result.unsupported) for result in results)}",
            f"repeated {sum(result.repeated for result in results) / sentences:.3f}",
            f"foreign {sum(result.foreign for result in results)}",
            f"errors {sum(len(result.errors) for result in results)}",
            f"copied {sum(result.copied for result in results) / sentences:.2f}",
            f"misplaced {sum(len(result.misplaced) for result in results)}/{sum(result.places for result in results)}",
            f"{statistics.median(result.seconds for result in results):.0f}초",
        ]
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--only", nargs="+", default=[], help="tasks")
    parser.add_argument("--show", action="store_true", help="print the drafts, too")
    arguments = parser.parse_args()
    sheets = tomllib.loads(SHEETS.read_text(encoding="utf-8"))["sheets"]
    engine = open_engine(ModelStore(paths.models_folder()))
    results: list[Quality] = []
    for sheet in sheets:
        if arguments.only and sheet["task"] not in arguments.only:
            continue
        start = time.monotonic()
        draft = drafted(engine, sheet, arguments.seed)
        result = counted(sheet, draft, time.monotonic() - start)
        results.append(result)
        print(result, flush=True)
        if arguments.show:
            print("\n".join(f"[{section.title}] {section.text}" for section in draft.sections), flush=True)
    engine.close()
    print("\n".join(lines_of(results)))


if __name__ == "__main__":
    main()

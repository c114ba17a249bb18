"""How well questions are answered: `python -m tests.bench.asking [--model] [--only SET] [--wrong SET]`.

SET is `dev` (looked at while it was built), `held` (set aside at first), `last`, `final`, `fourth` and `fifth` (each
written when all was built, and asked once before anything was changed), `dialogues dev`, `dialogues held`, `rules`
(those of the domain folder) or `rules own` (ours over the same rules). `--words` leaves the encoder out.
A question is right when the expected words are in the answer and a citation is in the right passage; one without an
answer is right when it is refused. Our own questions are put to a library of all our documents at once.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from biseo import paths
from biseo.asking import Reply, Turn, ask
from biseo.library import Library, MemoryShelf
from biseo_models.catalogue import ModelStore
from biseo_models.engine import Engine
from biseo_models.opening import open_engine

SHARED = Path(__file__).resolve().parents[3] / "shared" / "domain"
CASES = Path(__file__).with_name("asking_cases")
MEANING = True


@dataclass(frozen=True)
class Case:
    """A question; `words` that its answer must hold are empty where it has to be refused."""

    question: str
    words: str = ""
    file: str = ""
    heading: str = ""


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser()
    options.add_argument("--model", action="store_true", help="with the model of BISEO_HOME, too")
    options.add_argument("--only", default="", help="one set only")
    options.add_argument("--wrong", default="", help="show the wrong ones of this set")
    options.add_argument("--words", action="store_true", help="by words alone, without the encoder")
    given = options.parse_args()
    global MEANING
    MEANING = not given.words
    engines: list[Engine | None] = [None]
    if given.model:
        engines.append(open_engine(ModelStore(paths.models_folder())))
    print("set          | way      | answered right | refused right | wrong answers | seconds each")
    for name, library, dialogues in sets():
        for engine in engines if given.only in ("", name) else ():
            told(name, library, dialogues, engine, name == given.wrong)
    if engines[-1] is not None:
        engines[-1].close()


def sets() -> Iterable[tuple[str, Library, list[list[Case]]]]:
    """Name, library and dialogues of each set; most dialogues are a single question."""
    with tempfile.TemporaryDirectory() as home:
        own = indexed(Path(home), sorted((CASES / "documents").glob("*.md")))
        rows = [line.split("\t") for line in lines_of(CASES / "questions.tsv")]
        for kind in ("dev", "held", "last", "final", "fourth", "fifth"):
            yield kind, own, [[_case(row)] for row in rows if row[0] == kind]
        rows = [line.split("\t") for line in lines_of(CASES / "dialogues.tsv")]
        for kind in ("dev", "held"):
            talks = [
                [Case(*row[place : place + 2], row[1], row[place + 2]) for place in range(2, len(row) - 2, 3)]
                for row in rows
                if row[0] == kind
            ]
            yield f"dialogues {kind}", own, talks
    if SHARED.is_dir():
        with tempfile.TemporaryDirectory() as home:
            rules = indexed(Path(home), [SHARED / "gov_rules_excerpt.md"])
            asked = [json.loads(line) for line in lines_of(SHARED / "rules_questions.jsonl")]
            rows = [[*line.split("\t"), "", ""] for line in lines_of(CASES / "rules_own.tsv")]
            yield "rules own", rules, [[Case(row[0], row[1], "", row[2])] for row in rows]
            yield (
                "rules",
                rules,
                [[Case(each["question"], each.get("answer_contains") or "", "", each["gold"] or "")] for each in asked],
            )


def _case(row: Sequence[str]) -> Case:
    return Case(row[2], row[3], row[1], row[4]) if len(row) > 3 else Case(row[2])


def lines_of(path: Path) -> list[str]:
    """Lines of a file that are no comments."""
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


def indexed(folder: Path, files: Sequence[Path]) -> Library:
    """A library of copies of these files."""
    for file in files:
        (folder / file.name).write_bytes(file.read_bytes())
    library = Library(MemoryShelf())
    for _ in library.add(folder):
        pass
    if MEANING:
        for _ in library.learn():
            pass
    return library


def told(name: str, library: Library, dialogues: list[list[Case]], engine: Engine | None, show: bool) -> None:
    """Ask and print the rates."""
    answered = refused = wrong = with_answer = without = 0
    begin = time.perf_counter()
    for dialogue in dialogues:
        earlier: list[Turn] = []
        for case in dialogue:
            reply = replied(case.question, library, engine, earlier)
            earlier.append(reply.turn)
            good = right(case, reply)
            if case.words:
                with_answer += 1
                answered += good
                wrong += not good and not reply.refused
            else:
                without += 1
                refused += good
                wrong += not good
            if show and not good:
                print(f"  {case.question} | {case.words or '(거절)'} | {reply.subject} | {reply.text[:120]}")
    count = with_answer + without
    way, each = "model" if engine else "rules", (time.perf_counter() - begin) / count
    shares = (
        f"{answered:3} of {with_answer:3} {rate(answered, with_answer)}",
        f"{refused:3} of {without:3} {rate(refused, without)}",
        f"{wrong:3}",
        f"{each:.3f}",
    )
    print(f"{name:14} | {way:8} | {' | '.join(shares)}", flush=True)


def replied(question: str, library: Library, engine: Engine | None, earlier: Sequence[Turn] = ()) -> Reply:
    """The reply to a question."""
    return next(event for event in ask(question, library, engine, Event(), earlier) if isinstance(event, Reply))


def right(case: Case, reply: Reply) -> bool:
    """Whether the expected words are in the answer and a citation is in the right passage; or it was refused."""
    if not case.words:
        return reply.refused
    at = any(
        case.file in Path(each.source).name and (case.heading in each.article or each.article in case.heading)
        for each in reply.citations
        if each.article
    )
    return at and case.words in reply.text


def rate(part: int, whole: int) -> str:
    """A share as text."""
    return f"{part / whole:.3f}" if whole else "  -  "


if __name__ == "__main__":
    main()

"""The right number with the wrong thing: how many swaps are found, and how often what is right is suspected."""

from __future__ import annotations

import random
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from biseo.checks.facts import FactBase, check_facts
from biseo.checks.facts.contexts import family_of
from biseo.checks.facts.keys import keys_of, keys_said
from biseo.document import Block, Document
from biseo.text.facts import Fact, find_facts
from biseo.text.sentences import split_sentences

CASES = Path(__file__).with_name("fact_use_cases.toml")
SHEETS = Path(__file__).parents[2] / "bench" / "quality" / "sheets.toml"
SEEDS = Path(__file__).parents[4] / "shared" / "seeds"


def document(text: str) -> Document:
    blocks = tuple(Block("paragraph", line) for line in text.strip().split("\n"))
    return Document("자료.txt", "txt", "", None, blocks)


def sources(path: Path, key: str, words: str) -> list[dict[str, Any]]:
    found = tomllib.loads(path.read_text(encoding="utf-8"))[key]
    return [{**each, "base": FactBase([document(each[words])]), "text": each[words].strip()} for each in found]


def suspected(text: str, base: FactBase) -> list[str]:
    return [finding.text for finding in check_facts(text, base) if finding.rule == "FACT_WRONG_USE"]


def test_the_finding_tells_what_the_sources_say() -> None:
    base = FactBase([document("축제는 18:00~22:00에 열린다.\n농산물 장터는 10:00~17:00에 연다.")])
    (finding,) = check_facts("농산물 장터는 18:00~22:00에 선다.", base, "body")
    assert (finding.rule, finding.severity, finding.section) == ("FACT_WRONG_USE", "warning", "body")
    assert (finding.text, finding.suggestion) == ("18:00~22:00", "10:00~17:00")
    assert "축제는 18:00~22:00" in finding.message
    assert finding.message.endswith("확인해 주세요.")
    assert finding.authority


def test_what_the_form_gives_without_words_may_belong_to_anything() -> None:
    sources = [document("축제 예산은 5억 원이다.\n장터 예산은 3억 원이다.")]
    assert suspected("장터 예산은 5억 원이다.", FactBase(sources))
    assert not suspected("장터 예산은 5억 원이다.", FactBase(sources, ["5억 원"]))


def test_other_words_and_another_order_are_no_wrong_use() -> None:
    told = [
        found
        for case in sources(CASES, "sources", "text")
        for line in case["right"]
        for found in check_facts(line, case["base"])
    ]
    assert told == []


def test_swaps_are_found() -> None:
    lines = [(line, case["base"]) for case in sources(CASES, "sources", "text") for line in case["wrong"]]
    found = sum(bool(check_facts(line, base)) for line, base in lines)
    assert found >= 0.8 * len(lines)


def variants(text: str, chance: random.Random) -> str:
    """The sentences in another order, with words or the beginning left out, clauses turned round."""
    sentences = [span.text for span in split_sentences(text)]
    chance.shuffle(sentences)
    return "\n".join(_reworded(sentence, chance) for sentence in sentences)


def _reworded(sentence: str, chance: random.Random) -> str:
    facts = find_facts(sentence, quotations=False)
    way = chance.choice(("as it is", "fewer words", "clauses", "no head"))
    if way == "fewer words":
        kept = [
            match[0]
            for match in re.finditer(r"\S+", sentence)
            if any(fact.start < match.end() and match.start() < fact.end for fact in facts) or chance.random() > 0.3
        ]
        return " ".join(kept)
    if way == "clauses":
        clauses = [clause.rstrip(",") for clause in re.split(r"(?<=[,고며]) ", sentence.rstrip("."))]
        chance.shuffle(clauses)
        return ", ".join(clauses) + "."
    if way == "no head":
        words = sentence.split(" ")
        cut = sum(len(word) + 1 for word in words[: chance.randint(0, min(3, len(words) - 1))])
        return sentence if any(fact.start < cut for fact in facts) else sentence[cut:]
    return sentence


def measure(base: FactBase, text: str, chance: random.Random) -> tuple[int, int, int, int]:
    """Facts, false alarms, swaps, swaps found."""
    draft = variants(text, chance)
    facts = [fact for fact in find_facts(draft, quotations=False) if family_of(fact)]
    known = [fact.fact for fact in base.facts if family_of(fact.fact)]
    swaps = found = 0
    for fact in chance.sample(facts, min(len(facts), 8)):
        others = [other for other in known if other.kind == fact.kind and _exchangeable(fact, other)]
        if others:
            other = chance.choice(others)
            swapped = draft[: fact.start] + other.text + draft[fact.end :]
            swaps += 1
            found += any(
                finding.start < fact.start + len(other.text) and fact.start < finding.end
                for finding in check_facts(swapped, base)
                if finding.rule in ("FACT_WRONG_USE", "FACT_UNSUPPORTED")
            )
    return len(facts), len(suspected(draft, base)), swaps, found


def _exchangeable(one: Fact, other: Fact) -> bool:
    same = family_of(one) == family_of(other)
    return same and not set(keys_of(one)) & set(keys_said(other)) and not set(keys_of(other)) & set(keys_said(one))


def figures(texts: list[tuple[FactBase, str]]) -> tuple[float, float]:
    """Share of false alarms among the facts, share of the swaps found."""
    chance = random.Random(20261122)
    measured = [measure(base, text, chance) for base, text in texts]
    facts, alarms, swaps, found = (sum(column) for column in zip(*measured, strict=True))
    return alarms / facts, found / swaps


def test_figures_on_our_fact_sheets() -> None:
    alarms, found = figures([(case["base"], case["text"]) for case in sources(SHEETS, "sheets", "source")])
    assert alarms <= 0.02
    assert found >= 0.7


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed articles are not here")
def test_figures_on_the_seed_articles() -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    alarms, found = figures([(FactBase([document(text)]), text) for text in texts])
    assert alarms <= 0.02
    assert found >= 0.6

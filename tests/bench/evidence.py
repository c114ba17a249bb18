"""How often evidence is right, and how often it is found: prints, never fails.

Own labelled sentences (`evidence_cases/tuning.toml`, and `heldout.toml`, which nothing was tuned on), sentences of the
real documents of the samples against their own document and against all others, and the time for 300 pages.

.venv/bin/python tests/bench/evidence.py [--wrong]

Precision: passages shown that carry the sentence / passages shown. Coverage: sentences that something carries for which
a right passage, and no wrong one, is shown / sentences that something carries.
"""

from __future__ import annotations

import argparse
import sys
import time
import tomllib
import tracemalloc
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from biseo.checks.evidence import EvidenceIndex, passages_of
from biseo.document import Block, Document, table_block
from biseo.errors import UserFacingError
from biseo.readers import read_document
from biseo.text.similarity import pairs

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared"
SHORTEST = 15
"""Letters of a real sentence that says enough to be told from others."""


@dataclass
class Score:
    """What came out over a set of labelled sentences, by kind."""

    shown: int = 0
    right: int = 0
    carried: int = 0
    found: int = 0
    kinds: dict[str, Counter[str]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.shown if self.shown else 1.0

    @property
    def coverage(self) -> float:
        return self.found / self.carried if self.carried else 1.0

    def take(self, kind: str, sentence: str, shown: list[str], right: list[str]) -> None:
        good = [text for text in shown if text in right]
        self.shown += len(shown)
        self.right += len(good)
        self.carried += bool(right)
        found = bool(right) and bool(good) and len(good) == len(shown)
        self.found += found
        counts = self.kinds.setdefault(kind, Counter())
        counts["of"] += 1
        counts["good"] += found if right else not shown
        if len(good) < len(shown):
            self.wrong.append(f"  ! {kind}: {sentence}\n      {[text for text in shown if text not in right]}")
        elif not found and right:
            self.missed.append(f"  - {kind}: {sentence}")


def document_of(name: str, text: str) -> Document:
    """A source of our own: `# ` heads a line that is a heading, lines with tabs that follow each other are a table."""
    blocks: list[Block] = []
    rows: list[list[str]] = []
    for line in [*text.strip().split("\n"), ""]:
        if "\t" in line:
            rows.append(line.split("\t"))
            continue
        if rows:
            blocks.append(table_block(rows))
            rows = []
        if line:
            heading = line.startswith("# ")
            blocks.append(Block("heading" if heading else "paragraph", line.removeprefix("# "), 1 if heading else 0))
    return Document(name, "txt", "", None, tuple(blocks))


def labelled(file: Path) -> Score:
    score = Score()
    for source in tomllib.loads(file.read_text(encoding="utf-8"))["source"]:
        lines = [line.removeprefix("# ") for line in source["text"].strip().split("\n")]
        index = EvidenceIndex(passages_of(document_of(source["name"], source["text"])))
        for kind, sentence, numbers in source["cases"]:
            right = [lines[number - 1] for number in numbers]
            score.take(kind, sentence, [found.text for found in index.find(sentence)], right)
    return score


def real_documents() -> list[Document]:
    documents = []
    folders = (
        "seeds",
        "samples/hwpx_gov",
        "samples/ooxml",
        "samples/generated",
        "samples/pdf",
        "samples/pairs_hwpforge",
    )
    for folder in folders:
        for path in sorted((SHARED / folder).glob("*")):
            if path.name.startswith("big"):
                continue
            try:
                documents.append(read_document(path))
            except UserFacingError:
                continue
    return documents


def against_themselves(documents: Iterable[Document]) -> None:
    """Real sentences: found again in their own document, and not in the others."""
    own = own_right = foreign = foreign_shown = 0
    examples: list[str] = []
    sets = [(document, passages_of(document)) for document in documents]
    texts = [{" ".join(passage.text.split()) for passage in passages} for _, passages in sets]
    indices = [EvidenceIndex(passages) for _, passages in sets]
    for number, (_, passages) in enumerate(sets):
        for passage in {p.text: p for p in passages}.values():
            words = " ".join(passage.text.split())
            if sum(character.isalpha() for character in words) < SHORTEST or "\t" in passage.text:
                continue
            found = indices[number].find(passage.text)
            own += 1
            own_right += bool(found) and found[0].text == passage.text
            for other, index in enumerate(indices):
                if other == number or not passages or words in texts[other] or _twins(texts[other], texts[number]):
                    continue
                foreign += 1
                shown = index.find(passage.text)
                if shown and not _same(passage.text, shown[0].text):
                    foreign_shown += 1
                    examples.append(f"  ! {words[:90]}\n      {shown[0].text[:90]}")
    print(f"실제 문서 {len(sets)}건: 자기 문서에서 {own_right}/{own} 문장", end=", ")
    print(f"다른 문서에서 {foreign_shown}/{foreign} (잘못 붙은 비율 {foreign_shown / max(foreign, 1):.4%})")
    if "--wrong" in sys.argv:
        print("\n".join(examples[:40]))


def _same(one: str, other: str) -> bool:
    """Whether one text is the other, or a part of it, but for marks, spaces and a syllable or two."""
    mine, theirs = pairs(one), pairs(other)
    return len(mine & theirs) >= 0.9 * min(len(mine), len(theirs))


def _twins(one: set[str], other: set[str]) -> bool:
    """Whether two files are the same document in two formats."""
    return len(one & other) > 0.3 * min(len(one), len(other))


def pages(count: int) -> Document:
    """A source of so many pages with 1,500 characters each, every sentence its own."""
    things = (
        "도로 포장",
        "공원 정비",
        "급식 지원",
        "하천 준설",
        "도서관 운영",
        "청년 일자리",
        "산불 예방",
        "민원 처리",
    )
    places = ("북면", "남면", "새터동", "달맞이길", "중앙로", "강변 둔치", "시청 별관", "옛 역사")
    ends = ("을 올해 안에 마친다", " 예산을 다시 살핀다", "에 주민 의견을 반영한다", " 현황을 분기마다 점검한다")
    blocks = []
    number = 0
    for page in range(1, count + 1):
        lines = []
        while sum(map(len, lines)) < 1500:
            number += 1
            lines.append(
                f"{places[number % 8]} {number}구역 {things[number // 8 % 8]}{ends[number // 64 % 4]}고 담당 부서가 "
                f"{number % 12 + 1}월 {number % 28 + 1}일 보고했으며 사업비는 {number * 37 % 9000 + 100}만 원이다."
            )
        blocks.append(Block("paragraph", " ".join(lines), page=page))
    return Document("긴 자료.pdf", "pdf", "", count, tuple(blocks))


def large(count: int) -> None:
    document = pages(count)
    passages = passages_of(document)
    began = time.perf_counter()
    index = EvidenceIndex(passages)
    built = time.perf_counter() - began
    sentences = [passage.text for passage in passages[:: len(passages) // 200]]
    sentences += [f"{text[:20]} 그 밖의 사항을 함께 검토한다." for text in sentences[:100]]
    times = []
    for sentence in sentences:
        began = time.perf_counter()
        index.find(sentence)
        times.append(time.perf_counter() - began)
    times.sort()
    tracemalloc.start()
    kept = EvidenceIndex(passages)
    for sentence in sentences:
        kept.find(sentence)
    memory = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    print(
        f"{count}쪽, {len(passages):,}문장: 색인 {built:.2f} s, {memory / 1e6:.0f} MB; 문장 하나 "
        f"{sum(times) / len(times) * 1e3:.2f} ms, 95 % {times[int(len(times) * 0.95)] * 1e3:.2f} ms, "
        f"가장 느린 것 {times[-1] * 1e3:.2f} ms"
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--wrong", action="store_true", help="print what is wrong and what is missed")
    parser.add_argument("--only", default="", help="tuning, heldout, real or large")
    options = parser.parse_args()
    for name in ("tuning", "heldout"):
        if options.only and options.only != name:
            continue
        score = labelled(HERE / "evidence_cases" / f"{name}.toml")
        count = sum(counts["of"] for counts in score.kinds.values())
        print(
            f"{name}: {count}문장, 정확도 {score.precision:.3f} ({score.right}/{score.shown}), "
            f"찾은 비율 {score.coverage:.3f} ({score.found}/{score.carried})"
        )
        print("  " + ", ".join(f"{kind} {c['good']}/{c['of']}" for kind, c in sorted(score.kinds.items())))
        if options.wrong:
            print("\n".join([*score.wrong, *score.missed]))
    if options.only in ("", "real") and SHARED.is_dir():
        against_themselves(real_documents())
    if options.only in ("", "large"):
        large(300)


if __name__ == "__main__":
    main()

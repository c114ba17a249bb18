"""How well and how fast documents are compared: `python -m tests.bench.comparing [articles]`.

Made rules (articles of one to six clauses out of few words, so that much is alike by chance) and, where they are there,
the samples and seeds beside the project are changed by rule: numbers, words, clauses and articles added, gone, moved.
What is told is set against what was done.
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from biseo.comparing.comparison import Compared, Comparison, View, compare_documents
from biseo.comparing.units import take_apart
from biseo.comparing.versions import compare_versions
from biseo.document import Block, Document
from biseo.errors import InputFileError
from biseo.readers import read_document
from biseo.text.characters import words as listed
from biseo.text.sentences import split_sentences

WHO = listed("시장은 위원회는 담당부서는 위원장은 시민은 구청장은 사업자는 운영기관은 신청인은 보조사업자는")
WHAT = listed("""
    사업계획 예산편성 의견수렴 시설점검 보조금 안전관리 교육과정 홍보자료 주민설명회 평가결과 자문위원 정보공개""")
HOW = [
    "해마다", "분기마다", "30일 이내에", "예산의 범위에서", "관계 법령에 따라", "필요한 경우", "주민의 의견을 들어",
    "누리집을 통하여",
]  # fmt: skip
DOES = [
    "수립하여야 한다", "공개할 수 있다", "제출한다", "심의하여 확정한다", "통보하여야 한다", "검토하고 조정한다",
    "위탁할 수 있다",
]  # fmt: skip
TOPIC = listed("""
    목적 정의 책무 위원회 구성 임기 회의 수당 지원 점검 교육 홍보 위탁 보고 포상 비밀 공개 평가 준수
    협력 신청 심사 정산""")
SORTS = ["", "의 범위", "의 기준", "의 절차"]
COUNTED = ["건", "명", "일", "개소", "회"]
CIRCLED = "①②③④⑤⑥⑦⑧⑨"
MORE = (
    "이 밖의 사항은 관계 부서와 협의하여 {}일 안에 따로 정하기로 하였다.",
    "추진 상황은 매달 {}회 점검하고 그 결과를 누리집에 올린다.",
    "현장에는 안내 요원 {}명을 더 두어 시민의 불편을 줄인다.",
)
Article = tuple[str, list[str]]
Told = tuple[str, str, str]


def sentence(r: random.Random) -> str:
    """A clause out of the lists above."""
    number = f"{r.randint(2, 90)}{r.choice(COUNTED)}"
    return (
        f"{r.choice(WHO)} {r.choice(HOW)} {r.choice(WHAT)} {number}에 대하여 {r.choice(WHAT)} 및 {r.choice(WHAT)} "
        f"사항을 {r.choice(HOW)} {r.choice(DOES)}."
    )


def articles(r: random.Random, count: int) -> list[Article]:
    """Titles and clauses."""
    return [
        (r.choice(TOPIC) + r.choice(SORTS), [sentence(r) for _ in range(r.randint(1, 6))]) for _ in range(count)
    ]  # fmt: skip


def written(made: list[Article], name: str = "규정.hwpx") -> Document:
    """The rules as a document."""
    blocks = [Block("paragraph", "한빛시 시험 조례")]
    for number, (title, clauses) in enumerate(made, 1):
        for place, clause in enumerate(clauses):
            mark = f"{CIRCLED[place]} " if len(clauses) > 1 else ""
            head = f"제{number}조({title}) " if not place else ""
            blocks.append(Block("paragraph", f"{head}{mark}{clause}", page=number // 8 + 1))
    return Document(name, "hwpx", "", None, tuple(blocks))


def changed_rules(seed: int, count: int = 40, steps: int = 8) -> tuple[Document, Document, set[Told]]:
    """Rules, the same after some changes, and what was done to them."""
    r = random.Random(seed)
    old = articles(r, count)
    new = [(title, list(clauses)) for title, clauses in old]
    done: set[Told] = set()
    touched: set[int] = set()
    for _ in range(steps):
        way = r.choice(["number", "word", "add", "drop", "add article", "drop article", "move article", "move clause"])
        place = r.randrange(len(new))
        article = new[place]
        title, clauses = article
        if id(clauses) in touched:
            continue
        touched.add(id(clauses))
        at = r.randrange(len(clauses))
        if way in ("number", "word"):
            before = clauses[at]
            if way == "number":
                after = re.sub(r"\d+(?=[건명개회])", lambda found: str(int(found[0]) + 7), before, count=1)
            else:
                after = re.sub("|".join(DOES), r.choice([each for each in DOES if each not in before]), before)
            clauses[at] = after
            done |= {("changed", before, after)} if after != before else set()
        elif way == "add":
            clauses.insert(at, sentence(r))
            done.add(("added", "", clauses[at]))
        elif way == "drop" and len(clauses) > 1:
            done.add(("removed", clauses.pop(at), ""))
        elif way == "add article":
            fresh = articles(r, 1)[0]
            touched.add(id(fresh[1]))
            new.insert(place, fresh)
            done |= {("added", "", clause) for clause in fresh[1]}
        elif way == "drop article":
            new.remove(article)
            done |= {("removed", clause, "") for clause in clauses}
        elif way == "move article":
            new.remove(article)
            there = r.randrange(len(new))
            new.insert(there, article)
            done |= {("moved article", "".join(title.split()), "")} if there != place else set()
        elif way == "move clause" and len(clauses) > 2:
            clauses.append(clauses.pop(0))
            done.add(("moved", clauses[-1], clauses[-1]))
    return written(old), written(new), done


def told(old: Document, new: Document) -> set[Told]:
    """What the comparison says."""
    found: set[Told] = set()
    for part in compare_versions(take_apart(old, "현행"), take_apart(new, "개정")).parts:
        if part.moved and part.new is not None:
            found.add(("moved article", part.new.title, ""))
        for pair in part.pairs:
            unit = pair.new or pair.old
            if unit is not None and unit.kind != "heading" and pair.kind in ("changed", "added", "removed", "moved"):
                found.add((pair.kind, pair.old.body if pair.old else "", pair.new.body if pair.new else ""))
    return found


def changed_prose(document: Document, r: random.Random) -> tuple[Document, set[tuple[str, str]]]:
    """A document with some of its sentences changed, added, gone or moved: old and new wording of each."""
    counts = Counter(span.text for block in document.blocks for span in split_sentences(block.text))
    words = [word for word in document.text.split() if len(word) > 1 and word.isalnum()]
    blocks = list(document.blocks)
    done: set[tuple[str, str]] = set()
    places = [
        place
        for place, block in enumerate(blocks)
        if block.kind not in ("table", "heading")
        and all(len(span.text) > 20 and counts[span.text] == 1 for span in split_sentences(block.text))
    ]
    r.shuffle(places)
    for place in sorted(places[:6], reverse=True):
        block = blocks[place]
        lines = [span.text for span in split_sentences(block.text)]
        at = r.randrange(len(lines))
        before, tokens = lines[at], lines[at].split()
        way = r.choice(["word", "drop", "add"])
        if way == "word" and len(tokens) > 4:
            place_of = r.randrange(1, len(tokens))
            if not tokens[place_of].isalnum():  # a mark may end a sentence or open a quotation
                continue
            lines[at] = before.replace(tokens[place_of], r.choice(words), 1)
            done |= {(before, lines[at])} if lines[at] != before else set()
        elif way == "drop":
            done.add((lines.pop(at), ""))
        elif way == "add":
            lines.insert(at, r.choice(MORE).format(r.randint(100, 999)))
            done.add(("", lines[at]))
        joint = "\n" if "\n" in block.text else " "
        blocks[place : place + 1] = [Block(block.kind, joint.join(lines), block.level, block.page)] if lines else []
    return Document(document.path, document.format, document.title, document.pages, tuple(blocks)), done


def _real() -> Iterator[Document]:
    shared = Path(__file__).resolve().parents[3] / "shared"
    for path in sorted(shared.glob("seeds/*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        yield Document(
            path.name, "txt", "", None, tuple(Block("paragraph", line) for line in lines if line.strip())
        )  # fmt: skip
    for pattern in ("samples/hwpx_gov/*.hwpx", "samples/ooxml/*.docx", "samples/pairs_hwpforge/*.hwp"):
        for path in sorted(shared.glob(pattern)):
            try:
                document = read_document(path)
            except InputFileError:
                continue
            if len(document.text) > 1500:
                yield document


def _compared(documents: list[Document], view: View) -> Comparison:
    return next(event.comparison for event in compare_documents(documents, view) if isinstance(event, Compared))


def main() -> None:
    """Print precision and recall, then times."""
    right = missed = wrong = 0
    for seed in range(60):
        old, new, done = changed_rules(seed)
        found = told(old, new)
        right, missed, wrong = right + len(found & done), missed + len(done - found), wrong + len(found - done)
    print(
        f"made rules: precision {right / (right + wrong):.3f} recall {right / (right + missed):.3f} of {right + missed}"
    )
    right = missed = wrong = 0
    for number, document in enumerate(_real()):
        for seed in range(3):
            other, done_here = changed_prose(document, random.Random(100 * number + seed))
            difference = compare_versions(take_apart(document, "현행"), take_apart(other, "개정"))
            said = {(p.old.text if p.old else "", p.new.text if p.new else "") for p in difference.changes}
            right, missed = right + len(said & done_here), missed + len(done_here - said)
            wrong += len(said - done_here)
    if right:
        total = right + missed
        print(f"real prose: precision {right / (right + wrong):.3f} recall {right / total:.3f} of {total}")
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    old, new, _ = changed_rules(1, count, count // 5)
    print(f"{count} articles, {len(old.text):,} letters, {len(old.text) / 1500:.0f} pages")
    views: tuple[View, ...] = ("versions", "contents")
    for view in views:
        start, clock = time.process_time(), time.perf_counter()
        _compared([old, new], view)
        print(f"{view}: {time.process_time() - start:.1f} s of work, {time.perf_counter() - clock:.1f} s by the clock")


if __name__ == "__main__":
    main()

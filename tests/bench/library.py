"""How well and how fast the library finds: `python -m tests.bench.library [passages …]`.

Questions: those of the domain folder, ours over the samples (every second one was set aside before anything was
tuned), and made ones over made documents. Rates and times are of a store on the disk, encrypted as always.
"""

from __future__ import annotations

import itertools
import json
import math
import random
import re
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import psutil
from tests.assistant.vault.memory_keyring import MemoryKeyring

from biseo.document import Block, Document
from biseo.library import Filter, Hit, Library, MemoryShelf, VaultShelf, tables
from biseo.library.events import Learned, LibraryEvent, Synced
from biseo.library.library import EVERYTHING
from biseo.library.meaning import shared
from biseo.library.meaning.choice import BUILT_IN
from biseo.library.meaning.encoder import WIDTH
from biseo.readers import read_document
from biseo.text.characters import words as listed
from biseo.vault import Vault, create
from biseo.vault.grams import grams

SHARED = Path(__file__).resolve().parents[3] / "shared"
CASES = Path(__file__).with_name("library_cases")
Right = Callable[[Hit], bool]

DEPARTMENTS = listed("""
    총무과 기획예산과 세무과 민원봉사과 복지정책과 여성가족과 노인장애인과 환경과 청소행정과 도로과 교통행정과 건축과
    공원녹지과 안전총괄과 보건행정과 문화체육과 일자리경제과 농업정책과""")
PLACES = listed("가람동 나래동 다솜동 라온동 마루동 바람동 사랑동 아람동 자람동 차오름동 한빛동 한솔동 새롬동 도담동")
WORKS = listed("""
    가로등교체 경로당보수 놀이터정비 하수관준설 벽화조성 공중화장실개선 버스쉼터설치 방범등확충 도서관증축 주차장건립
    체육관개방 작은음악회 김장나눔 무료검진 반려동물교실 창업상담 텃밭분양 자전거대여 제설장비구입 옥상녹화""")
ASK = (
    ("{place} {work}에 드는 돈은 얼마인가요?", "예산은 {money}만원이다"),
    ("{place}의 {work}은 누가 맡나?", "{department}에서 담당한다"),
    ("{place}에서 {work}은 언제 끝나나요", "{month}월에 마친다"),
)


def main() -> None:
    """Measure and print; `questions` alone asks, numbers alone measure stores of so many passages."""
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    if numbers:
        for size in numbers:
            speed(size)
        return
    if SHARED.is_dir():
        given_questions()
        own_questions()
        drawn_questions(1_000)
    made_questions(3_000)
    if "questions" in sys.argv:
        return
    reading_rate()
    for size in (1_000, 10_000, 100_000):
        speed(size)


def indexed(folder: Path, shelf: MemoryShelf | VaultShelf, reader: Callable[..., Document] = read_document) -> Library:
    """A library of one folder."""
    library = Library(shelf, reader)
    for _ in library.add(folder):
        pass
    return library


def told(name: str, library: Library, questions: Sequence[tuple[str, Right]]) -> None:
    """Print how often the right passage is among the first, by words alone and by words and meaning."""
    for _ in library.learn():
        pass
    for way, meaning in (("words", False), ("words and meaning", True)):
        firsts = []
        for question, right in questions:
            hits = library.search(question, 10, meaning=meaning)
            places = [place for place, hit in enumerate(hits, 1) if right(hit)]
            firsts.append(places[0] if places else 99)
        counts = [sum(first <= most for first in firsts) for most in (1, 3, 5)]
        print(f"{name}, {way}: hit@1 {counts[0]}, hit@3 {counts[1]}, hit@5 {counts[2]} of {len(questions)}")


def given_questions() -> None:
    """The questions of the domain folder over its rules."""
    with tempfile.TemporaryDirectory() as home:
        (Path(home) / "rules.md").write_bytes((SHARED / "domain" / "gov_rules_excerpt.md").read_bytes())
        library = indexed(Path(home), MemoryShelf())
        lines = (SHARED / "domain" / "rules_questions.jsonl").read_text(encoding="utf-8").splitlines()
        asked = [json.loads(line) for line in lines]
        pairs: list[tuple[str, Right]] = [
            (each["question"], lambda hit, gold=each["gold"]: gold in hit.text.split("\n") + hit.head.split("\n"))
            for each in asked
            if each["answerable"]
        ]
        told("rules_questions.jsonl", library, pairs)


def own_questions() -> None:
    """Ours, with little shared wording, over the samples."""
    with tempfile.TemporaryDirectory() as home:
        for pattern in ("seeds/*.txt", "domain/*.md", "samples/hwpx_gov/*.hwpx", "samples/ooxml/*"):
            for path in SHARED.glob(pattern):
                (Path(home) / path.name).write_bytes(path.read_bytes())
        library = indexed(Path(home), MemoryShelf())
        pairs = _asked("questions.tsv")
        told("own questions, tuned on", library, pairs[::2])
        told("own questions, set aside", library, pairs[1::2])
        told("own questions, written last", library, _asked("last.tsv"))


def _asked(name: str) -> list[tuple[str, Right]]:
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(question, _holds(file, words)) for question, file, words in rows]


def _holds(file: str, words: str) -> Right:
    wanted = re.sub(r"\s", "", words)
    return lambda hit: Path(hit.source).name.startswith(file) and wanted in re.sub(r"\s", "", hit.head + hit.text)


def drawn_questions(count: int) -> None:
    """Questions drawn from passages of running text: some of a sentence's words, one of them missing, and a question.

    As in reading comprehension sets, most words of a question stand in its passage. A plain BM25 over pairs of
    syllables is asked the same, for comparison.
    """
    chance = random.Random(5)
    passages = _running_text()
    ends = ("은 무엇인가?", "은 언제인가?", "은 누구인가?", "은 얼마인가?", "은 어디인가?", "은 어떤 것인가?")
    questions: list[tuple[str, int]] = []
    while len(questions) < count:
        number = chance.randrange(len(passages))
        words = [word for word in passages[number].split() if re.search("[가-힣0-9]", word)]
        length = chance.randint(5, 9)
        if len(words) < length + 2:
            continue
        begin = chance.randrange(len(words) - length)
        part = words[begin : begin + length]
        part.pop(chance.randrange(length))
        kept = [word for word in part if chance.random() > 0.3]
        if len(kept) < 3:
            continue
        if chance.random() < 0.5:
            chance.shuffle(kept)
        kept[-1] = re.sub(r"(은|는|이|가|을|를|의|에|로|으로|에서|하여|하고|한|하는)$", "", kept[-1]) or kept[-1]
        questions.append((" ".join(kept).replace('"', "") + chance.choice(ends), number))
    shelf = MemoryShelf()
    with tempfile.TemporaryDirectory() as home:
        (Path(home) / "글.txt").write_text("x", encoding="utf-8")
        blocks = [block for text in passages for block in (Block("heading", "글", 2), Block("paragraph", text))]
        library = indexed(Path(home), shelf, lambda path, _: Document(str(path), "txt", "", None, tuple(blocks)))
        pairs: list[tuple[str, Right]] = [
            (question, lambda hit, text=passages[number]: text in hit.text) for question, number in questions
        ]
        told(f"{count} questions drawn from {len(passages)} passages", library, pairs)
    firsts = _plain_places(passages, questions)
    counts = [sum(first < most for first in firsts) for most in (1, 3, 5)]
    print(f"  plain BM25 over pairs of syllables: hit@1 {counts[0]}, hit@3 {counts[1]}, hit@5 {counts[2]}")


def _running_text() -> list[str]:
    root = Path(__file__).resolve().parents[2]
    patterns = ((SHARED, "seeds/*.txt"), (SHARED, "domain/*.md"), (SHARED, "*.md"), (root, "docs/*.md"),
                (root, "tests/bench/*_cases/**/*.*"), (root, "tests/bench/quality/*"))  # fmt: skip
    passages, seen = [], set()
    for folder, pattern in patterns:
        for path in sorted(folder.glob(pattern)):
            if "library_cases" in path.parts or not path.is_file():
                continue
            gathered = ""
            for raw in path.read_text(encoding="utf-8", errors="ignore").split("\n"):
                line = " ".join(re.sub(r'[|#*`\\"{}\[\]]+', " ", raw).split())
                if len(re.findall("[가-힣]", line)) < 0.4 * len(line) or line[:25] in seen:
                    continue
                seen.add(line[:25])
                for sentence in re.split(r"(?<=[다요음함됨임]\.)\s+", line):
                    gathered = f"{gathered} {sentence}".strip()
                    if len(gathered) >= 160:
                        passages.append(gathered[:480])
                        gathered = ""
    return passages[:964]


def _plain_places(passages: list[str], questions: list[tuple[str, int]]) -> list[int]:
    """How many passages plain BM25 puts before the right one."""
    terms = [Counter(grams(text).split()) for text in passages]
    lengths = [sum(counted.values()) for counted in terms]
    usual = sum(lengths) / len(lengths)
    held = Counter(term for counted in terms for term in counted)
    places = []
    for question, right in questions:
        scores = [0.0] * len(passages)
        for term in set(grams(question).split()):
            rarity = math.log(1 + (len(passages) - held[term] + 0.5) / (held[term] + 0.5))
            for number, counted in enumerate(terms):
                if times := counted.get(term, 0):
                    scores[number] += rarity * times * 2.2 / (times + 1.2 * (0.25 + 0.75 * lengths[number] / usual))
        places.append(sum(score > scores[right] for score in scores))
    return places


def made_questions(count: int) -> None:
    """Passages that differ in one thing only: place, work, what is said of it."""
    chance = random.Random(7)
    things = list(itertools.product(PLACES, WORKS))
    facts = [(place, work, number) for (place, work) in things for number in range(len(ASK))]
    chance.shuffle(facts)
    texts, pairs = [], []
    for place, work, number in facts[:count]:
        values = {
            "place": place, "work": work, "money": f"{chance.randint(100, 9999):,}",
            "department": chance.choice(DEPARTMENTS), "month": chance.randint(1, 12),
        }  # fmt: skip
        question, answer = ASK[number]
        sentence = f"{place}의 {work} 사업은 {answer.format(**values)}."
        texts.append(sentence + " 주민 의견을 들어 추진하며 결과는 구청 누리집에 알린다.")
        pairs.append((question.format(**values), lambda hit, s=sentence: s in hit.text))
    shelf = MemoryShelf()
    with tempfile.TemporaryDirectory() as home:
        (Path(home) / "사업.txt").write_text("x", encoding="utf-8")
        blocks = [block for text in texts for block in (Block("heading", "사업 안내", 2), Block("paragraph", text))]
        library = indexed(Path(home), shelf, lambda path, _: Document(str(path), "txt", "", None, tuple(blocks)))
        told(f"{len(texts)} made passages", library, chance.sample(pairs, min(300, len(pairs))))


def reading_rate() -> None:
    """From files to the encrypted index."""
    with tempfile.TemporaryDirectory() as home:
        folder, made = Path(home) / "자료", prose(random.Random(3))
        folder.mkdir()
        total = 0
        for number in range(40):
            text = "\n".join(made(60) for _ in range(400))
            total += len(text.encode())
            (folder / f"문서 {number}.txt").write_text(text, encoding="utf-8")
        vault, _ = create(Path(home) / "집", keyring=MemoryKeyring())
        begin = time.perf_counter()
        report = _report(Library(VaultShelf(vault)).add(folder))
        took = time.perf_counter() - begin
        print(
            f"index: {total / 1e6:.1f} MB of text in {report} passages, {took:.1f} s, "
            f"{60 * total / 1e6 / took:.0f} MB a minute"
        )
        begin = time.perf_counter()
        _report(Library(VaultShelf(vault)).sync())
        print(f"index: nothing changed, {1000 * (time.perf_counter() - begin):.0f} ms for 40 files")
        begin = time.perf_counter()
        Library(VaultShelf(vault)).remove(folder)
        print(f"index: all removed, {1000 * (time.perf_counter() - begin):.0f} ms")
        small = Path(home) / "작은 문서"
        small.mkdir()
        for number in range(60):
            (small / f"문서 {number}.txt").write_text(made(300), encoding="utf-8")
        begin = time.perf_counter()
        _report(Library(VaultShelf(vault)).add(small))
        print(f"index: {60 * 60 / (time.perf_counter() - begin):.0f} small files a minute")
        _report(Library(VaultShelf(vault)).sync())
        begin = time.perf_counter()
        for event in Library(VaultShelf(vault)).learn():
            if isinstance(event, Learned) and event.learned:
                print(f"meaning: {1000 * (time.perf_counter() - begin) / event.learned:.1f} ms a passage, with loading")
        vault.close(abandon=True)


def _report(events: Sequence[LibraryEvent] | object) -> int:
    passages = 0
    for event in events:  # type: ignore[attr-defined]
        if isinstance(event, Synced):
            passages = event.report.passages
    return passages


def prose(chance: random.Random) -> Callable[[int], str]:
    """Makes lines of so many words, common and rare ones as in a language."""
    syllables = [
        chr(0xAC00 + 28 * 21 * a + 28 * b + c) for a in range(19) for b in (0, 4, 8, 13, 20) for c in (0, 1, 4)
    ]
    words = ["".join(chance.choices(syllables, k=chance.choice((2, 2, 2, 3, 4)))) for _ in range(30_000)]
    ends = ("", "을", "의", "에서", "은", "하고", "이다.")
    weights = list(itertools.accumulate(1 / (place + 3) ** 0.9 for place in range(len(words))))

    def make(count: int) -> str:
        return " ".join(word + chance.choice(ends) for word in chance.choices(words, cum_weights=weights, k=count))

    return make


def speed(size: int) -> None:
    """Times of searches over so many passages in an encrypted store."""
    process = psutil.Process()
    with tempfile.TemporaryDirectory() as home:
        folder, made = Path(home) / "자료", prose(random.Random(size))
        folder.mkdir()
        each = 500
        for number in range(size // each):
            (folder / f"{number:05}.txt").write_text("x" * (number + 1), encoding="utf-8")
        lock = threading.Lock()

        def read(path: Path, _cancel: object) -> Document:
            with lock:
                blocks = [
                    block
                    for place in range(each)
                    for block in (Block("heading", f"제목 {place}", 2), Block("paragraph", made(90)))
                ]
            return Document(str(path), "txt", path.stem, None, tuple(blocks))

        vault, _ = create(Path(home) / "집", keyring=MemoryKeyring())
        before = process.memory_info().rss
        begin = time.perf_counter()
        library = indexed(folder, VaultShelf(vault), read)
        took = time.perf_counter() - begin
        vault.flush()
        file = (Path(home) / "집" / "vault" / "biseo.db").stat().st_size
        grown = process.memory_info().rss - before
        ask = prose(random.Random(size))
        questions = [ask(1 + number % 6) for number in range(200)]
        print(
            f"{library.report().passages:,} passages: written in {took:.0f} s, file {file / 1e6:.0f} MB, "
            f"memory +{grown / 1e6:.0f} MB"
        )
        timed("words", library, questions, meaning=False)
        timed("words, one folder", library, questions, Filter(folder=folder), meaning=False)
        timed("words, one kind", library, questions, Filter(kinds=frozenset({"txt"})), meaning=False)
        timed("words, by date", library, questions, Filter(since=time.time() - 86_400), meaning=False)
        phrases = ['"' + " ".join(question.split()[:2]) + '"' for question in questions]
        timed("phrases that stand nowhere", library, phrases, meaning=False)
        begin = time.perf_counter()
        made_vectors(vault)
        library.search(questions[0])
        print(f"  vectors into the encoder's process: {time.perf_counter() - begin:.1f} s with writing made ones")
        timed("words and meaning", library, questions)
        timed("words and meaning, one folder", library, questions, Filter(folder=folder))
        encoder = psutil.Process(shared().process_id()).memory_info().rss if shared().process_id() else 0
        print(f"  memory of this process +{(process.memory_info().rss - before) / 1e6:.0f} MB, of the encoder's "
              f"{encoder / 1e6:.0f} MB")  # fmt: skip
        (folder / "00000.txt").unlink()
        begin = time.perf_counter()
        _report(library.sync())
        print(f"  one file of {each} passages deleted, and gone from the bytes: {time.perf_counter() - begin:.1f} s")
        vault.close(abandon=True)


def timed(
    name: str, library: Library, questions: list[str], within: Filter = EVERYTHING, *, meaning: bool = True
) -> None:
    """Times of questions, one after the other; the first is asked before the clock runs."""
    library.search(questions[0], 10, within, meaning=meaning)
    times = []
    for question in questions:
        begin = time.perf_counter()
        library.search(question, 10, within, meaning=meaning)
        times.append(1000 * (time.perf_counter() - begin))
    times.sort()
    middle, late = times[len(times) // 2], times[95 * len(times) // 100]
    print(f"  {name}: p50 {middle:.1f} ms, p95 {late:.1f} ms, longest {times[-1]:.1f} ms")


def made_vectors(vault: Vault) -> None:
    """Vectors by chance for all passages: what they mean makes no difference to the time."""
    shelf = VaultShelf(vault)
    shelf.write(lambda connection: tables.begin_meaning(connection, BUILT_IN))
    chance = random.Random(1)
    while rows := shelf.read(lambda connection: tables.unlearned(connection, 2_000)):
        made = [(passage, text, chance.randbytes(WIDTH)) for passage, text, _, _ in rows]
        shelf.write(lambda connection, made=made: tables.put_vectors(connection, made, BUILT_IN))  # type: ignore[misc]


if __name__ == "__main__":
    main()

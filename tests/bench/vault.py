"""How fast the store is with 10,000 works: `python -m tests.bench.vault [works]`."""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.assistant.vault.memory_keyring import MemoryKeyring

from biseo.vault import Vault, create, open_vault, wrapping

WORDS = [
    *("축제", "보도자료", "계획", "보고서", "민원", "회신", "예산", "도로", "공원", "안전", "점검", "주민", "설명회"),
    *(
        "복지",
        "지원금",
        "신청",
        "접수",
        "기간",
        "대상",
        "담당자",
        "사업",
        "추진",
        "현황",
        "기대",
        "효과",
        "행사",
        "개최",
    ),
    *("협약", "체결", "시설", "개선", "공사", "환경", "정비", "청소년", "어르신", "돌봄", "교육", "일자리", "전통시장"),
]
QUERIES = (
    "축제",
    "보도자료",
    "청소년 돌봄",
    "예산 도로 공원 안전",
    "희귀낱말",
    "축",
    "없는낱말",
    "2026년",
    "주민설명회",
)


def main() -> None:
    """Fill a store, measure, print."""
    works = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        home, ring = Path(folder) / "집", MemoryKeyring()
        begin = time.perf_counter()
        vault, _ = create(home, keyring=ring)
        print(f"first start {1000 * (time.perf_counter() - begin):.0f} ms")
        begin = time.perf_counter()
        fill(vault, works, chance)
        print(f"{works} works written in {time.perf_counter() - begin:.1f} s")
        vault.close()
        print(f"file {(home / 'vault' / 'biseo.db').stat().st_size / 1e6:.0f} MB")

        vault = open_vault(home, keyring=ring)
        vault.close()
        opened = []
        for _ in range(10):
            begin = time.perf_counter()
            vault = open_vault(home, keyring=ring)
            opened.append(time.perf_counter() - begin)
            vault.close()
        print(f"open {1000 * statistics.median(opened):.1f} ms (without the credential store)")

        vault = open_vault(home, keyring=ring)
        print(f"list of {len(vault.works())}: {best(vault.works):.1f} ms")
        for query in QUERIES:
            found = len(vault.search(query))
            print(f"search {query!r}: {best(lambda query=query: vault.search(query)):.1f} ms ({found} shown)")
        for size in (5_000, 100_000, 1_000_000):
            print(f"save {size:,} bytes to the disk: {save_ms(vault, size, chance):.1f} ms")
        entry = vault.works(1)[0]
        print(f"load: {best(lambda: vault.load_work(entry.id)):.1f} ms")
        named = vault.source_names(vault.works(1, offset=50)[0].id)[0]
        print(f"load its source: {best(lambda: vault.load_source(named)):.1f} ms")
        begin = time.perf_counter()
        vault.delete_work(entry.id)
        print(f"delete, gone from file and log: {1000 * (time.perf_counter() - begin):.0f} ms")
        for number in range(1000):
            vault.log("draft", counts={"number": number})
        vault.flush()
        print(f"verify 1,000 audit lines: {best(vault.audit_report):.1f} ms")
        begin = time.perf_counter()
        vault.backup(home / "a.bak")
        print(f"backup, proven: {time.perf_counter() - begin:.1f} s")
        begin = time.perf_counter()
        assert vault.check()
        print(f"check of every page: {time.perf_counter() - begin:.1f} s")
        begin = time.perf_counter()
        gone = vault.sweep(0)
        print(f"sweep of {gone} works: {time.perf_counter() - begin:.1f} s")
        vault.close()
    begin = time.perf_counter()
    wrapping.unwrap(wrapping.wrap(bytes(48), b"secret", "passphrase"), b"secret", "passphrase")
    print(f"passphrase: {1000 * (time.perf_counter() - begin) / 2:.0f} ms")


def fill(vault: Vault, works: int, chance: random.Random) -> None:
    """Works of some 2,000 characters each; every five of them share a source of some 8 kB, packed."""
    name, source = "", b""
    for number in range(works):
        if number % 5 == 0:
            name, source = f"{number:064x}", chance.randbytes(8_000)
        text = " ".join(chance.choice(WORDS) + chance.choice(("", "을", "의", "은 2026년")) for _ in range(500))
        if number % 3000 == 7:
            text += " 희귀낱말"
        vault.save_work(vault.new_id(), text.encode(), title=text[:30], task="press", text=text, sources={name: source})
        if number % 200 == 0:
            vault.flush()
    vault.flush()


def save_ms(vault: Vault, size: int, chance: random.Random) -> float:
    """Milliseconds from the call to the confirmed state, text indexed too."""
    work, taken = vault.new_id(), []
    for _ in range(7):
        text = " ".join(chance.choice(WORDS) for _ in range(size // 9))
        begin = time.perf_counter()
        vault.save_work(work, text.encode()[:size], title="저장", task="press", text=text)
        vault.flush()
        taken.append(time.perf_counter() - begin)
    return 1000 * statistics.median(taken)


def best(work: Callable[[], object]) -> float:
    """Median of nine, in milliseconds."""
    taken = []
    for _ in range(9):
        begin = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begin)
    return 1000 * statistics.median(taken)


if __name__ == "__main__":
    main()

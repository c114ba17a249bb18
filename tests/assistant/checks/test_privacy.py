"""Personal data: recall and precision on our own sentences, offsets, forms of numbers, speed."""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biseo.checks.privacy import LABELS, find_personal, find_private
from biseo.checks.privacy.identity import business_check, resident_check
from biseo.checks.privacy.money import luhn

CASES = Path(__file__).parent / "privacy_cases"
MARK = re.compile(r"\{\{(\w+)\|(.*?)\}\}", re.DOTALL)
SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"


def cases(name: str) -> list[str]:
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    return [line.replace("\\n", "\n").replace("\\t", "\t") for line in lines if line and not line.startswith("#")]


def unmarked(line: str) -> tuple[str, list[tuple[str, int, int]]]:
    text, wanted, last = "", [], 0
    for match in MARK.finditer(line):
        text += line[last : match.start()]
        wanted.append((match[1], len(text), len(text) + len(match[2])))
        text += match[2]
        last = match.end()
    return text + line[last:], wanted


def test_there_are_enough_cases() -> None:
    assert len(cases("personal.txt")) >= 150
    assert len(cases("ordinary.txt")) >= 150


def test_recall_and_precision_by_kind() -> None:
    hits: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    false: Counter[str] = Counter()
    for line in cases("personal.txt"):
        text, wanted = unmarked(line)
        left = list(find_private(text))
        for kind, start, end in wanted:
            hit = next((item for item in left if (item.kind, item.start, item.end) == (kind, start, end)), None)
            (hits if hit else missed)[kind] += 1
            if hit:
                left.remove(hit)
        false.update(item.kind for item in left)
    assert set(hits) == set(LABELS)
    assert not missed
    assert not false


@pytest.mark.parametrize("line", cases("ordinary.txt"))
def test_ordinary_sentences(line: str) -> None:
    assert [line[item.start : item.end] for item in find_private(line)] == []


def test_check_digits() -> None:
    assert resident_check("8503022112347")
    assert not resident_check("8503022112346")
    assert resident_check("8811225123451")  # a foreigner's
    assert business_check("2208162517")
    assert not business_check("2208162518")
    assert luhn("4579730012345679")
    assert not luhn("4579730012345678")
    assert not luhn("0000000000000000")


def test_a_number_without_check_digit_counts_since_2020() -> None:
    assert [item.kind for item in find_private("210105-3456789")] == ["resident_number"]
    assert find_private("211305-3456789") == ()  # no such month
    assert find_private("991231-3456789") == ()  # not born yet


@pytest.mark.parametrize("hyphen", ["-", "‐", "‑", "–", "—", "－", " - ", "- ", "·", ".", "\n", "-\n", "\t", "\u200b-"])
def test_odd_hyphens(hyphen: str) -> None:
    for value, kind in (("010 1234 5678", "mobile"), ("850302 2112347", "resident_number")):
        text = f"값 {value.replace(' ', hyphen)} 끝"
        found = find_private(text)
        assert [item.kind for item in found] == [kind], text
        assert text[found[0].start : found[0].end] == value.replace(" ", hyphen)


def test_decomposed_hangul() -> None:
    import unicodedata

    text = unicodedata.normalize("NFD", "민원인 홍길동은 두 번 방문함")
    (item,) = find_private(text)
    assert unicodedata.normalize("NFC", text[item.start : item.end]) == "홍길동"


def test_the_same_value_elsewhere() -> None:
    text = "민원인 홍길동, 010-1234-5678\n\n담당 과장 회의에서 홍길동 건을 논의. 뒷번호 1234 5678, 0101234\n5678"
    found = [(item.kind, text[item.start : item.end]) for item in find_private(text)]
    assert found.count(("name", "홍길동")) == 2
    assert ("mobile", "1234 5678") in found
    assert ("mobile", "0101234\n5678") in found


def test_finding() -> None:
    (finding,) = find_personal("주민등록번호 850302-2112347", "body")
    assert finding.rule == "PRIVACY_RESIDENT_NUMBER"
    assert (finding.severity, finding.section, finding.text) == ("error", "body", "850302-2112347")
    assert "850302" not in finding.message
    (finding,) = find_personal("휴대전화 010-1234-5678")
    assert finding.severity == "warning"


def test_known_values_are_found_without_words_around_them() -> None:
    text = "마지막으로 홍길동 의견을 들었다."
    assert find_private(text) == ()
    (item,) = find_private(text, [("name", "홍길동")])
    assert text[item.start : item.end] == "홍길동"


@given(st.text(alphabet="홍길동민원인 010-234567@.\n\t가3456로(),:주소성명번호\u200b", max_size=120))
def test_offsets_are_in_order_and_inside(text: str) -> None:
    last = 0
    for item in find_private(text):
        assert last <= item.start < item.end <= len(text)
        assert 0 <= item.keep < item.end - item.start
        last = item.end


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the articles are not beside the project")
def test_articles_name_only_public_people() -> None:
    for path in SEEDS.glob("*.txt"):
        kinds = {item.kind for item in find_private(path.read_text(encoding="utf-8"))}
        assert kinds <= {"email"}, path.name  # a reporter's


def test_speed() -> None:
    lines = [unmarked(line)[0] for name in ("personal.txt", "ordinary.txt") for line in cases(name)]
    picked = random.Random(5)
    text = "\n".join(picked.choice(lines) for _ in range(4000))
    begun = time.perf_counter()
    assert find_private(text)
    assert (time.perf_counter() - begun) / len(text) < 20e-6  # 20 s for a million characters on the slowest PC

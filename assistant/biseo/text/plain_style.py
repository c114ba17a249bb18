"""평서체: polite sentences as those of a newspaper or a report, 시작합니다 → 시작한다."""

from __future__ import annotations

import re

from biseo.text.characters import final_consonant

_BASE, _FINALS, _N, _B = 0xAC00, 28, 4, 17  # places of ㄴ and ㅂ among the final consonants
_ADJECTIVES = re.compile(
    r"(?:필요|중요|가능|불가능|다양|충분|부족|편리|불편|안전|위험|우수|시급|뚜렷|풍부|적합|동일|유사|확실|분명|특별|당연|심각|활발"
    r"|유용|유리|불리|절실|무관|완료)하|크|작지 않으|빠르|느리|다르|바쁘|나쁘|비싸|아니"
)


def to_plain_style(sentence: str) -> str:
    """A sentence whose polite ending (…습니다, …입니다, …합니다) is plain; others come back as they are."""
    bare = sentence.rstrip()
    stop = "." if bare.endswith(".") else ""
    stem = bare.removesuffix(".").removesuffix("니다")
    if len(stem) < 2 or stem == bare.removesuffix("."):
        return sentence
    if stem.endswith("습"):  # 했습니다 → 했다, 있습니다 → 있다, 높습니다 → 높다; verbs on consonants: 받습니다 → 받는다
        return f"{stem[:-1]}{'는' if _is_verb_on_consonant(stem[:-1]) else ''}다{stop}"
    if final_consonant(stem[-1]) != _B:
        return sentence
    opened = stem[:-1] + _with_final(stem[-1], 0)
    if opened.endswith("이") and not opened.endswith(
        ("보이", "쓰이", "모이", "줄이", "높이", "들이", "붙이", "기울이")
    ):
        noun = opened[:-1]
        return f"{noun}{'이' if noun and final_consonant(noun[-1]) else ''}다{stop}"
    if _ADJECTIVES.search(opened[-4:]):
        return f"{opened}다{stop}"
    return f"{stem[:-1]}{_with_final(stem[-1], _N)}다{stop}"


def _is_verb_on_consonant(stem: str) -> bool:
    """Whether a stem on a consonant is a verb in the present: 받, 찾, 맡; not a past (했) and no adjective (높)."""
    return stem.endswith(
        ("받", "찾", "맡", "믿", "얻", "읽", "묻", "맞", "듣", "잡", "돕", "심", "닫", "않", "갖", "막", "뽑")
    )


def _with_final(syllable: str, final: int) -> str:
    code = ord(syllable) - _BASE
    return chr(_BASE + code - code % _FINALS + final)

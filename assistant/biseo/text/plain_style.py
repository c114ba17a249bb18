"""평서체: polite sentences as those of a newspaper or a report, 시작합니다 → 시작한다."""

from __future__ import annotations

import re

from biseo.text.characters import final_consonant, with_final

_N, _B = 4, 17  # places of ㄴ and ㅂ among the final consonants
_ADJECTIVES = re.compile(
    r"(?:필요|중요|가능|다양|충분|부족|편리|불편|안전|위험|우수|시급|뚜렷|풍부|적합|동일|유사|확실|분명|특별|당연|심각|활발|유용"
    r"|유리|불리|절실|무관|행복|유명|편안|완전|정확|신속|투명|공정|건강|친절|튼튼|소중|간단|복잡|저렴|쾌적|깨끗)하$"
    r"|(?:^|\s)크$|(?:빠르|느리|다르|바쁘|나쁘|비싸|아니)$"
)
_NOT_SO = re.compile(
    r"(?:높|낮|크|작|많|적|좋|쉽|어렵|길|짧|넓|좁|같|다르|나쁘|빠르|있|없|(?:필요|중요|가능|충분|안전|편리)하)지 않$"
)
_VERBS_IN_I = (
    "보이",
    "쓰이",
    "모이",
    "줄이",
    "높이",
    "들이",
    "붙이",
    "기울이",
    "움직이",
    "벌이",
    "쌓이",
    "놓이",
    "섞이",
)
_VERBS_ON_CONSONANT = tuple("받찾맡믿얻읽묻맞듣잡돕심닫않갖막뽑")


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
    opened = stem[:-1] + with_final(stem[-1], 0)
    if opened.endswith("이") and not opened.endswith(_VERBS_IN_I):
        noun = opened[:-1]
        return f"{noun}{'이' if noun and final_consonant(noun[-1]) else ''}다{stop}"
    if _ADJECTIVES.search(opened):
        return f"{opened}다{stop}"
    return f"{stem[:-1]}{with_final(stem[-1], _N)}다{stop}"


def _is_verb_on_consonant(stem: str) -> bool:
    """Whether a stem on a consonant is a verb in the present: 받, 찾, 맡; not a past (했) and no adjective (높)."""
    return stem.endswith(_VERBS_ON_CONSONANT) and not _NOT_SO.search(stem)

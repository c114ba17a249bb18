"""The words of a text that carry its meaning, as syllable pairs, so that 안전요원 and 요원 have something in common."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import lru_cache

from biseo.text.characters import fold_width, words

_WORD = re.compile(r"[가-힣]+|[A-Za-z][A-Za-z0-9+-]*")
_ENDINGS = sorted(
    words("""
    에서는 에서도 으로는 으로써 으로서 에게는 까지는 부터는 이라고 이라며 이라는 이었다 입니다 됩니다 합니다 습니다
    했습니다 됐습니다 한다고 했다고 된다고 하겠다고 하였다 하였으며 하였고 하고자 하도록 하기로 하면서 하는 하여 하고
    하며 하기 하게 하지 한다 했다 했고 했으며 되는 되어 되고 되며 된다 됐다 되었다 되었으며 시켜 시키고 시킨다 시키는
    에서 에게 으로 까지 부터 처럼 보다 이나 이며 이고 이다 라고 라며 라는 에는 에도 와의 과의 들을 들이 들은 들의
    들에게 이었으며 이었고 이므로 인데 은 는 이 가 을 를 의 에 와 과 도 로 만 씩 해 한 함 됨 임 할 된 될 돼"""),
    key=len,
    reverse=True,
)
_EMPTY = frozenset(
    words("""
    등 및 약 총 각 전 후 것 수 때 중 더 또 또한 특히 한편 이번 이날 지난 올해 내년 지난해 모두 전체 위해 통해 대한 관한
    관련 있는 있다 있으며 있고 없다 없는 이를 위한 따라 따른 밝혔다 밝혔으며 말했다 예정 예정이다 계획 계획이다 방침
    추진 실시 진행 운영 오전 오후 매일 매주 매월 최대 최소 가량 정도 이상 이하 이내 미만 초과 부터 까지 동안 가운데
    그리고 그는 그런 이런 같은 다음 아래 기준 현재 오는 당초 새로 함께 다시 다른 여러 각각 합계 소계 계 비고 구분 내용
    한다 했다 하는 된다 됐다 되는 해야 하며 하고 이며 이고 으로 에서 대비 대해 경우 동시 전년 사람 사람들 이 그 저"""),
)


def content_words(text: str) -> Iterator[tuple[str, int]]:
    """Words of two letters and more with where they begin; particles and verb endings cut off, empty words left out."""
    for match in _WORD.finditer(fold_width(text)):
        word = match[0]
        if word[0].isascii():
            if len(word) >= 2:
                yield word.casefold(), match.start()
            continue
        if word in _EMPTY:
            continue
        stem = _stem(word)
        if len(stem) >= 2 and stem not in _EMPTY:
            yield stem, match.start()


@lru_cache(maxsize=1 << 15)
def terms(word: str) -> tuple[tuple[str, float], ...]:
    """The syllable pairs of a word with their weights; a long word weighs more than a short one, not in proportion."""
    if word[0].isascii() or len(word) < 2:
        return ((word, 1.0),)
    weight = 1 / math.sqrt(len(word) - 1)
    return tuple((pair, weight) for pair in dict.fromkeys(word[index : index + 2] for index in range(len(word) - 1)))


_BY_LAST: dict[str, list[str]] = {}
for _ending in _ENDINGS:
    _BY_LAST.setdefault(_ending[-1], []).append(_ending)


@lru_cache(maxsize=1 << 15)
def _stem(word: str) -> str:
    for ending in _BY_LAST.get(word[-1], ()):
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            return word[: -len(ending)]
    return word

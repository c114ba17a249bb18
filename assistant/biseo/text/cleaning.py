"""What a language model adds around its answer, taken off. Every function is pure and leaves clean text unchanged."""

from __future__ import annotations

import re

from biseo.text.sentences import split_sentences

_FENCE = re.compile(r"(?m)^[ \t]*(?:```|~~~)[^\n]*\n?")
_HEADING = re.compile(r"(?m)^[ \t]{0,3}#{1,6}[ \t]+")
_HEADING_END = re.compile(r"(?m)(?<=[^#\s])[ \t]#{1,6}$")
_RULE = re.compile(r"(?m)^[ \t]*(?:-{3,}|\*{3,}|_{3,}|={3,})[ \t]*(?:\n|$)")
_BOLD = re.compile(r"(\*\*|__)(?=\S)([^\n]{1,600}?)(?<=\S)\1")
_ITALIC = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,300}?)(?<=[^\s*])\*(?![A-Za-z0-9*])")
_CODE = re.compile(r"`([^`\n]{1,300})`")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,200})\]\((?:https?://|#|/)[^()\s]{0,300}\)")
_BULLET = re.compile(r"(?m)^([ \t]*)[*+•][ \t]+")
_QUOTE = re.compile(r"(?m)^[ \t]*>[ \t]?")

# The polite opening of an assistant. Only whole first lines or first sentences are taken, never words inside prose.
_OPENINGS = re.compile(
    r"(?:네[,.!]|예[,.!]|물론(?:입니다|이죠|이에요|\b)|알겠습니다|좋습니다|안녕하세요"
    r"|요청하신|요청에 따라|말씀하신"
    r"|제공(?:해 주신|하신|된) (?:자료|내용|정보|문서)|주어진 (?:자료|내용|정보|문서)"
    r"|위(?:의)? (?:자료|내용|정보|문서)(?:를|을) (?:바탕|토대|참고)"
    r"|아래는|아래와 같이|다음은|다음과 같(?:이|은|습니다)|이하는|여기"
    r"|Sure|Certainly|Of course|Here(?:'s| is| are))"
)
# A civil reply rightly ends in "궁금하신 사항은 ○○과로 문의하여 주시기 바랍니다": only an assistant's own offers count.
_CLOSINGS = re.compile(
    r"도움이 (?:되었|되셨|되시)?(?:기를|길|으면)? ?(?:바랍니다|좋겠습니다)|(?:도움이 (?:되기를|되길)) 바랍니다"
    r"|(?:말씀해|알려|질문해|요청해|이야기해) ?(?:주세요|주십시오|주시면)[^0-9]{0,30}$|수정이 필요하(?:시면|다면)"
    r"|작성(?:해|하여) (?:보았|드렸|봤)습니다|let me know|feel free|I hope"
)
_MADE = re.compile(r"(?:작성|정리|요약|분석|제시)\S{0,12}[ ]?\S{0,12}(?:니다|요)[.:：!]?$")
_POLITE_END = re.compile(r"(?:입니다|습니다|해요|하세요)[.:：!]?$")
_LABEL = re.compile(
    r"^[ \t]*(?:답변|출력|결과|정답|본문|작성 내용|보도자료 본문|제목|리드|초안|Answer|Output)[ \t]*[:：][ \t]*"
)


def strip_bold(text: str) -> str:
    """The text without the marks of `**굵게**` and `__굵게__`."""
    return _BOLD.sub(r"\2", text)


def strip_markdown(text: str) -> str:
    """The text without Markdown: `**굵게**`, `### 제목`, code fences, links, rules; `* ` bullets become `- `."""
    text = _FENCE.sub("", text)
    text = _LINK.sub(r"\1", text)
    text = _HEADING_END.sub("", _HEADING.sub("", text))
    text = _RULE.sub("", text)
    for _ in range(2):  # ***both*** needs two rounds
        text = strip_bold(text)
        text = _ITALIC.sub(r"\1", text)
    text = _CODE.sub(r"\1", text)
    text = _BULLET.sub(r"\1- ", text)
    text = _QUOTE.sub("", text)
    return text.replace("**", "")


_ORDER = re.compile(r"(?:[가-힣]라|[가-힣]세요|[시으]오|[해어아]\s?줘)[.!]*$")


def is_preamble(sentence: str) -> bool:
    """Whether a sentence is an assistant's opening ("물론입니다.", "다음은 … 보도자료입니다:") and no content."""
    stripped = sentence.strip()
    if not _OPENINGS.match(stripped) or len(stripped) > 120:
        return False
    if stripped.startswith(("다음은", "아래는", "아래와", "다음과", "이하는", "여기")):
        return stripped.endswith((":", "：")) or bool(_POLITE_END.search(stripped))
    if stripped.startswith(("제공", "주어진", "요청", "말씀", "위")):
        return stripped.endswith((":", "：")) or bool(_MADE.search(stripped))
    return len(stripped) <= 40 or stripped.endswith((":", "："))


def is_order(sentence: str) -> bool:
    """Whether a sentence tells its reader to do something: …라고 써라., …해 주세요."""
    return bool(_ORDER.search(sentence))


def is_closing(sentence: str) -> bool:
    """Whether a sentence is an assistant's farewell ("도움이 되었기를 바랍니다.")."""
    stripped = sentence.strip()
    return len(stripped) <= 100 and bool(_CLOSINGS.search(stripped))


def strip_preamble(text: str) -> str:
    """The text without an assistant's opening, a label such as `답변:`, and an assistant's farewell at the end."""
    for _ in range(3):
        spans = split_sentences(text)
        if not spans:
            return text.strip()
        first = spans[0]
        if is_preamble(first.text) and len(spans) > 1:
            text = text[first.end :].lstrip()
            continue
        if "\n" in text:
            line, _, rest = text.lstrip().partition("\n")
            if is_preamble(line) and rest.strip():
                text = rest.lstrip("\n")
                continue
        break
    text = _LABEL.sub("", text, count=1)
    for _ in range(2):
        spans = split_sentences(text)
        if len(spans) > 1 and is_closing(spans[-1].text):
            text = text[: spans[-1].start].rstrip()
    return text.strip("\n").rstrip()


_FINISHED = re.compile(r"(?:[.?!。？！:]|[.?!。]?[\"'”’)\]」』〉》])$")
_NOUN_ENDING = re.compile(
    r"(?:함|됨|임|음|것|예정|필요|완료|추진|요망|바람|계획|구축|강화|확대|개선|지원|운영|마련|실시|개최|제공|활용|도입|조성|끝|강조|당부|요청|주문|지시|지적|언급|발표|제안|우려|부족|미흡)$"
)


def is_finished(text: str, *, items: bool = False) -> bool:
    """Whether the text ends as a sentence does: in an end mark or a closing quote; an item also in a noun."""
    stripped = text.rstrip()
    if not stripped:
        return True
    if _FINISHED.search(stripped):
        return not stripped.endswith(("…", "..."))
    return items and bool(_NOUN_ENDING.search(stripped))

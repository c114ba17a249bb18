"""Slips of a language model seen without a source: foreign script, repetition, a broken end, assistant's talk."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from biseo.document import Finding
from biseo.text.cleaning import is_closing, is_finished, is_preamble
from biseo.text.sentences import Span, split_sentences
from biseo.text.similarity import pairs, repeated_runs, said_again

LIKE = 0.9
"""Likeness from which a sentence says the same as another one."""
RUN_WORDS = 4
RUN_TIMES = 3
"""So many words in a row, so many times."""
_SHORTEST = 8
"""Syllable pairs below which a sentence may come again (a heading, 끝.)."""
_BACK = 120
"""Sentences before a sentence that it is compared with."""

# Scripts that a Korean office text does not contain unless its sources do. Greek letters serve as symbols.
_FOREIGN = re.compile(
    "["
    "\u0400-\u052f\u1c80-\u1c8f"  # Cyrillic
    "\u0530-\u058f\u0590-\u05ff\ufb1d-\ufb4f"  # Armenian, Hebrew
    "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc"  # Arabic
    "\u0900-\u0dff\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u10a0-\u10ff\u1780-\u17ff\u1200-\u137f"  # India to Ethiopia
    "\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # kana and iteration marks
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
    "\u3100-\u312f\u31a0-\u31bf"  # Bopomofo
    "]+"
)
_WORD = re.compile(r"\S+")
_PUNCTUATION = ".,·:;!?\"'“”‘’()"
_BROKEN = re.compile("[\ufffd\ue000-\uf8ff]+")
_MARKDOWN = re.compile(r"\*\*|(?m:^[ \t]{0,3}#{1,6}[ \t])|```")
_ASSISTANT = re.compile(
    r"(?:저는|나는) (?:인공지능|AI|언어 ?모델)|(?:인공지능|AI|언어) ?(?:모델|어시스턴트)로서"
    r"|As an AI|<\|?[a-z_]{2,20}\|?>"
    r"|(?:이 글|이 문서|위 글|위 내용)은 .{0,20}(?:작성되었습니다|생성되었습니다)"
    r"|\[(?:기관명|담당자|날짜|이름|부서명|연락처|제목)(?: 입력)?\]"
)
_TABLE_OR_LABEL = re.compile(r"\t|[:：]\s*\S{0,40}$")


def check_language(
    text: str, allowed_scripts: str = "", section: str = "", *, items: bool = False
) -> tuple[Finding, ...]:
    """FOREIGN_SCRIPT, REPETITION, UNFINISHED and PROMPT_ECHO findings; offsets refer to the text.

    Args:
        allowed_scripts: text (the sources, say) whose foreign characters may be used.
        items: the text is a list: its lines may end in a noun.
    """
    spans = split_sentences(text)
    findings = [
        *_foreign(text, frozenset(allowed_scripts), section),
        *_repetition(text, spans, section),
        *_unfinished(text, spans, section, items),
        *_echo(text, spans, section),
    ]
    findings.sort(key=lambda finding: (finding.start, finding.end))
    return tuple(findings)


def _foreign(text: str, allowed: frozenset[str], section: str) -> list[Finding]:
    findings = []
    for match in (*_FOREIGN.finditer(text), *_BROKEN.finditer(text)):
        if allowed.issuperset(match[0]):
            continue
        if _BROKEN.match(match[0]):
            message = "깨진 글자가 있습니다. 지우거나 바르게 고쳐 주세요."
        elif all(unicodedata.name(char, "").startswith("CJK") for char in match[0]):
            message = "자료에 없는 한자가 섞였습니다. 한글로 고쳐 주세요."
        else:
            message = "한글이 아닌 글자가 섞였습니다. 우리말로 고쳐 주세요."
        findings.append(
            Finding("FOREIGN_SCRIPT", "error", match.start(), match.end(), match[0], message, section=section)
        )
    return findings


def _repetition(text: str, spans: Sequence[Span], section: str) -> list[Finding]:
    findings = []
    prose = [span for span in spans if "\t" not in span.text]
    sets = [found if len(found) >= _SHORTEST else frozenset[str]() for found in (pairs(span.text) for span in prose)]
    told = [prose[index] for index in said_again(sets, LIKE, _BACK)]
    message = "앞에 나온 문장과 같은 내용입니다. 하나를 지워 주세요."
    for span in told:
        findings.append(Finding("REPETITION", "warning", span.start, span.end, span.text, message, section=section))
    words = [match for match in _WORD.finditer(text) if any(char.isalnum() for char in match[0])]
    message = "같은 표현이 여러 번 나옵니다. 문장을 다듬어 주세요."
    for first, last in repeated_runs([word[0].strip(_PUNCTUATION) for word in words], RUN_WORDS, RUN_TIMES):
        start, end = words[first].start(), words[last - 1].end()
        if any(span.start < end and start < span.end for span in told):
            continue
        findings.append(Finding("REPETITION", "warning", start, end, text[start:end], message, section=section))
    return findings


def _unfinished(text: str, spans: Sequence[Span], section: str, items: bool) -> list[Finding]:
    stripped = text.rstrip()
    if not spans or is_finished(stripped, items=items):
        return []
    last = spans[-1]
    line = stripped[stripped.rfind("\n") + 1 :]
    if _TABLE_OR_LABEL.search(line) or (items and len(line) <= 60 and not _CUT.search(line)):
        return []
    if len(spans) == 1 and not _CUT.search(line) and len(line) <= 60:
        return []  # a title
    message = "문장이 끝나지 않았습니다. 뒷부분을 채우거나 지워 주세요."
    return [Finding("UNFINISHED", "warning", last.start, last.end, last.text, message, section=section)]


# Endings that cannot be the last word of anything: a particle or a connecting verb form, or an opened bracket.
_CUT = re.compile(
    r"(?:[은는을를와]|에서|에게|으로|하여|하고|하며|되어|되고|위해|통해|대한|위한|있는|하는|되는|하기|[,(\[“‘·])$"
)


def _echo(text: str, spans: Sequence[Span], section: str) -> list[Finding]:
    found: dict[tuple[int, int], tuple[str, str]] = {}
    for match in _MARKDOWN.finditer(text):
        found[match.span()] = (match[0], "서식 기호가 남았습니다. 지워 주세요.")
    talk = "문서 내용이 아닌 안내 문구입니다. 지워 주세요."
    for index, span in enumerate(spans):
        if is_preamble(span.text) or (index == len(spans) - 1 and is_closing(span.text)):
            found[(span.start, span.end)] = (span.text, talk)
    for match in _ASSISTANT.finditer(text):
        if not any(start <= match.start() < end for start, end in found):
            found[match.span()] = (match[0], talk)
    return [
        Finding("PROMPT_ECHO", "error", start, end, words, message, section=section)
        for (start, end), (words, message) in found.items()
    ]

"""What the model answered, made into a section's text: marked, not repeated, without loose ends."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from biseo.tasks.definition import SectionPlan
from biseo.text.characters import final_consonant, with_final
from biseo.text.cleaning import is_finished, strip_markdown, strip_preamble
from biseo.text.noun_endings import to_noun_ending
from biseo.text.people import base_post, find_people
from biseo.text.sentences import split_sentences
from biseo.text.similarity import pairs

SAME = 0.72
"""Share of a line's syllable pairs that another line must hold to be the same said again."""

WHOLE = 0.88
"""Share of another line's syllable pairs from which on a line is that one with a few words more."""

_MARK = re.compile(r"^\s*(?:[-–—•·*□■○●◦ㅇ※▪▶◇◆△▲✓→]+|\(?\d{1,2}[.)](?!\s*\d{1,2}\.)|\(?[가-하][.)]|[①-⑳㉮-㉻])\s*")
_LABEL = re.compile(
    r"^\s*(?:(?:첫|두|세|네|다섯)\s?번째\s?(?:문단|문장|줄)|첫 문단|제목|부제|리드|본문|답|초안|출력|\[[^\]\n]{1,20}\])"
    r"\s*[:：]\s*"
)
_BRACKETED = re.compile(r"^\s*\[[^\]\n]{1,20}\]\s*$")
_ECHO = re.compile(r"\s*[.,]?\s*['‘]?[~∼](?:함|임|필요|부족|우려|추진|예정|것)['’]?\.?\s*$")
"""The instruction to close with nouns, written out by the model."""

_HEADING = re.compile(r"^.{1,20}[:：]\s*$")
_KIND = re.compile(r"(?:하는|에 대한|에 관한)?\s*(?:보도자료|보도|기획안|보고서|사업계획서)$")
"""The kind of document, which its title need not say."""

_DONE = re.compile(r"(?<=[가-힣]{2})(?:함|했음|됨|됐음)$")
"""How a headline does not close: 진행함 → 진행."""

_WORDS_OF_A_PERSON = re.compile(
    r"((?:[가-힣]{1,6} ){0,4}(?:그|[가-힣]*(?:시장|군수|구청장|청장|지사|장관|위원장|후보))[은는이가] "
    r".*(?:달라|바란다|하라|하자|[해어아]야 한다))[.]$"
)

_SPEAKER = re.compile(r"^((?:[가-힣]+ ){0,3}[가-힣]+)\s*[:：](?!\s*\d)")
_OFFICES = re.compile(r"(?:[가-힣]+[시도군구청과팀] ){0,2}")
"""What may stand before the person a line begins with: 고양시 이동환 시장 …."""

_ROLE = re.compile(r"\s(?:주재|주관|참석|등)(?![가-힣])")
"""What may follow a person without a particle: 이동환 시장 주재 회의."""

_CUT_OFF = re.compile(
    r"(?:[^\s회편동주토합정유결건논협심강문상질]의|(?<![마가노])을|를|에|에서|으로|및|위한|대한|통한|하는|있는|되는"
    r"|(?<![역분])할|될|시킬|높일|줄일|늘릴|살릴|알릴|열릴|이룰|낮출|갖출|맞출|늦출|만들|나눌|세울|키울|채울|보낼|나갈)$"
)

_WAS = re.compile(r"(?<=[가-힣\d])(?:이었음|였음)$")
_SS = 20  # ㅆ among the final consonants
_BYLINE = re.compile(r"^\s*\[[^\]\n]{1,20}\]\s*")
_GREETING = re.compile(r"^안녕하(?:세요|십니까)[.?!,]?\s*")
_WAY = re.compile(r"([는할])\s(?:방법|방안|것)(?:을|를|이나)?[ ,].*$")
_LADDER = "가나다라마바사아자차카타파하"


def said_in(line: str, others: Iterable[str]) -> bool:
    """Whether one of the other lines already says this one, or this one is another with a few words more."""
    own = pairs(line)
    if not own:
        return False
    for theirs in map(pairs, others):
        shared = len(own & theirs)
        if shared >= SAME * len(own) or (len(own) <= 2 * len(theirs) and shared >= WHOLE * len(theirs)):
            return True
    return False


def names_speaker(line: str) -> bool:
    """Whether a line begins with a person as in a record of who said what: 이동환 시장: …, 김 부시장 대책 마련."""
    label = _SPEAKER.match(line)
    if label:
        return _is_post(label[1].split()[-1])
    person = next(iter(find_people(line)), None)
    if person is None or not _is_post(person.post) or not _OFFICES.fullmatch(line[: person.start]):
        return False
    rest = line[person.end :]
    return rest.startswith(",") or (rest.startswith(" ") and not _ROLE.match(rest))


def _is_post(word: str) -> bool:
    """Whether a word is somebody's post, and no place that sounds like one (주차장, 행사장, 운동장)."""
    post = base_post(word)
    return bool(post) and not (post.endswith("장") and len(word) == 3 and len(post) == 2)


def breaks_off(line: str) -> bool:
    """Whether a title or a line of a list ends before the noun that its last word belongs to."""
    return bool(_CUT_OFF.search(line))


def title_line(raw: str, most: int) -> str:
    """The first line with words in it, bare of labels, quotation marks and full stop.

    Empty when it is longer than `most` or breaks off.
    """
    for line in strip_markdown(raw).splitlines():
        bare = headline_ending(_KIND.sub("", _BYLINE.sub("", unmarked(line)).strip("\"'“”").rstrip(".")))
        if bare:
            return bare if len(bare) <= most and not breaks_off(bare) else ""
    return ""


def headline_ending(line: str) -> str:
    """A sentence as a headline closes: 진행한다 → 진행, 눈길을 끌었다 → 눈길을 끌어."""
    said = line.rstrip(". ")
    bare = said.removesuffix("이다") if said.endswith("이다") else _WAS.sub("", _DONE.sub("", to_noun_ending(said)))
    if bare.endswith("음") and len(bare) > 2 and final_consonant(bare[-2]) == _SS and bare[-2] not in "있겠":
        return bare[:-2] + with_final(bare[-2], 0)
    return bare


def reported(sentence: str) -> str:
    """A sentence that gives a person's words without quotation marks, with the verb of saying it lacks."""
    match = _WORDS_OF_A_PERSON.match(sentence)
    return f"{match[1]}고 말했다." if match else sentence


def paragraphs(raw: str, plan: SectionPlan, earlier: list[str]) -> str:
    """Whole sentences only, none said before, no more of them than the section may hold."""
    kept: list[str] = []
    out: list[str] = []
    length = 0
    for line in strip_preamble(strip_markdown(raw)).splitlines():
        if not line.strip() or _BRACKETED.match(line) or _HEADING.match(line):
            continue
        sentences: list[str] = []
        for span in split_sentences(line if not out and plan.opening else unmarked(line)):
            if not is_finished(span.text) or span.text.count("'") % 2 or said_in(span.text, [*earlier, *kept]):
                continue
            if length and length + len(span.text) > plan.chars[1] * 1.15:
                return "\n".join([*out, " ".join(sentences)]).strip()
            length += len(span.text)
            kept.append(span.text)
            sentences.append(reported(span.text))
            if len(kept) == plan.lines[1]:
                return "\n".join([*out, " ".join(sentences)])
        if sentences:
            out.append(" ".join(sentences))
    return "\n".join(out)


def item_lines(raw: str, *, finished: bool, as_item: Callable[[str], str]) -> list[str]:
    """The lines of a list, bare of their marks.

    Args:
        finished: False when the answer was cut off: its last line is then left out.
        as_item: makes a sentence a line of this list.
    """
    lines = [line for line in strip_markdown(raw).splitlines() if line.strip() and not _BRACKETED.match(line)]
    if not finished and len(lines) > 1:
        lines = lines[:-1]
    kept: list[str] = []
    for line in lines:
        bare = as_item(_GREETING.sub("", _ECHO.sub("", unmarked(line))).strip())
        if not bare.endswith((":", "：", ",")):
            kept.append(bare)
    return kept


def as_idea(line: str) -> str:
    """A proposal as a line of 개조식: …하는 방법을 고려해 보세요 → …하는 방안 검토."""
    return _WAY.sub(r"\1 방안 검토", line.strip("\"'“”‘’ "))


def with_marks(lines: list[str], plan: SectionPlan) -> str:
    """The lines with the section's mark; a ladder (가. 나. 다.) counts on."""
    mark = plan.marks[0] if plan.marks else "ㅇ"
    if mark == "가.":
        return "\n".join(f"{letter}. {line}" for letter, line in zip(_LADDER, lines, strict=False))
    return "\n".join(f"{mark} {line}" for line in lines)


def unmarked(line: str) -> str:
    """The line without marks and labels before its words."""
    while True:
        bare = _MARK.sub("", _LABEL.sub("", line)).strip()
        if bare == line.strip():
            return bare
        line = bare


def shortened(text: str, most: int) -> str:
    """A list of at most so many lines: those with figures stay first, in their order."""
    lines = text.splitlines()
    ranked = sorted(range(len(lines)), key=lambda place: (not any(map(str.isdigit, lines[place])), place))
    return "\n".join(lines[place] for place in sorted(ranked[:most]))

"""What the agency allows on this PC: one value, read once at start, handed down, and never changed by the user."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from biseo.errors import PolicyError, UserFacingError
from biseo.policy_place import UntrustedPlaceError, policy_file, read_trusted

FORMATS = ("hwpx", "docx", "pdf", "txt", "md")
"""The formats that a document can leave in."""

_SAME = {"hwtx": "hwpx", "dotx": "docx", "docm": "docx"}
"""Suffixes of templates, and the format that a filled one is of."""

MOST_DAYS = 3650
LONGEST_IDLE = 240
"""Minutes."""

FOREVER = -1
"""Days of retention without an end, in settings and as upper bound of a policy."""

_MOST_BYTES = 64 * 1024
_MOST_WORDS = 200


@dataclass(frozen=True)
class Policy:
    """The rules of the agency; every field has a value that means "not set".

    Attributes:
        models: SHA-256 (lower-case hex) of the model files that may be used; None: any.
        formats: formats that documents may be saved in, of `FORMATS`; None: all.
        printing: whether documents may be printed.
        clipboard: whether text may be copied out of the program.
        retention_days: least and most days that a work is kept; most is `FOREVER` where there is no upper bound.
        passphrase_required: the store must be under a passphrase, not in the credential store alone.
        idle_lock_minutes: the longest time until the window locks itself; None: as the user likes.
        history: whether works are kept beyond the session.
        grade_required: a document must have a grade (C, S or O) before it leaves.
        masking_required: personal data must be masked before a document leaves.
        basis: what the agency says about a field, a short sentence shown beside our own.
        source: the file that the rules come from; None where there is none.
    """

    models: frozenset[str] | None = None
    formats: frozenset[str] | None = None
    printing: bool = True
    clipboard: bool = True
    retention_days: tuple[int, int] | None = None
    passphrase_required: bool = False
    idle_lock_minutes: int | None = None
    history: bool = True
    grade_required: bool = False
    masking_required: bool = False
    basis: Mapping[str, str] = field(default_factory=dict)
    source: Path | None = None

    def locked(self, name: str) -> bool:
        """Whether the policy sets this field, so that the user cannot choose."""
        return bool(getattr(self, name) != _NOT_SET[name])

    @property
    def rules(self) -> tuple[str, ...]:
        """The fields that are set, in the order in which they are shown."""
        return tuple(name for name in _NOT_SET if self.locked(name))

    def reason(self, name: str) -> str:
        """The sentence shown beside what is locked; empty where the field is not set."""
        if not self.locked(name):
            return ""
        words = self._words(name)
        return f"{words} {self.basis[name]}" if name in self.basis else words

    def allows_model(self, sha256: str) -> bool:
        """Whether a model file with this hash may be used."""
        return self.models is None or sha256.lower() in self.models

    def allows_format(self, kind: str) -> bool:
        """Whether a document may be saved as `kind`: a format's name or a suffix such as `.hwpx`."""
        bare = kind.lower().removeprefix(".")
        return self.formats is None or _SAME.get(bare, bare) in self.formats

    @property
    def allows_any_format(self) -> bool:
        """Whether documents may be saved at all."""
        return self.formats is None or bool(self.formats)

    def retention(self, days: int) -> int:
        """The user's choice of days, brought within the bounds; 0 where no history is kept."""
        if not self.history:
            return 0
        if self.retention_days is None:
            return days
        least, most = self.retention_days
        if days == FOREVER:
            return most
        return max(days, least) if most == FOREVER else min(max(days, least), most)

    def retentions(self, choices: Iterable[int]) -> tuple[int, ...]:
        """Those of `choices` that are allowed, with the bounds themselves, shortest first."""
        allowed = {self.retention(days) for days in choices}
        return tuple(sorted(allowed, key=lambda days: (days == FOREVER, days)))

    def idle_lock(self, minutes: int) -> int:
        """The user's choice of minutes (0: never), brought within the policy."""
        longest = self.idle_lock_minutes
        if longest is None:
            return minutes
        return longest if minutes <= 0 else min(minutes, longest)

    def require(self, name: str) -> None:
        """Refuse what the policy forbids as a whole: `printing`, `clipboard` or `history`.

        Raises:
            PolicyError: the policy says no.
        """
        if not getattr(self, name):
            raise PolicyError(f"policy-{name}", self.reason(name), ADVICE)

    def require_format(self, kind: str) -> None:
        """Refuse a format that is not allowed.

        Raises:
            PolicyError: the policy says no.
        """
        if not self.allows_format(kind):
            shown = kind.lower().removeprefix(".")
            raise PolicyError(
                "policy-format",
                f"기관 정책에 따라 {shown} 형식으로는 저장할 수 없습니다.",
                self.reason("formats") or ADVICE,
            )

    def require_grade(self, grade: str, advice: str = "") -> None:
        """Refuse a document without a grade where one is required; `advice` says how this front end takes one.

        Raises:
            PolicyError: the policy says no.
        """
        if self.grade_required and not grade:
            raise PolicyError("policy-grade", NO_GRADE, f"{self.reason('grade_required')} {advice}".strip())

    def _words(self, name: str) -> str:
        if name == "models":
            assert self.models is not None
            return f"기관 정책에 따라 승인된 모델 파일 {len(self.models)}개만 쓸 수 있습니다."
        if name == "formats":
            shown = ", ".join(kind for kind in FORMATS if kind in (self.formats or ()))
            return (
                f"기관 정책에 따라 {shown} 형식으로만 저장할 수 있습니다."
                if shown
                else "기관 정책에 따라 파일로 저장할 수 없습니다."
            )
        if name == "retention_days":
            return f"기관 정책에 따라 작업을 {self._days()} 보관합니다."
        if name == "idle_lock_minutes":
            return f"기관 정책에 따라 {self.idle_lock_minutes}분 안에 화면을 잠급니다."
        return _WORDS[name]

    def _days(self) -> str:
        assert self.retention_days is not None
        least, most = self.retention_days
        if most == FOREVER:
            return f"{least}일 이상"
        if least == most == 0:
            return "프로그램을 닫을 때까지만"
        if least == most:
            return f"{most}일 동안"
        return f"{least}일 이상 {most}일 이하로" if least else f"{most}일까지만"


NO_GRADE = "보안 등급을 정하지 않아 내보낼 수 없습니다."
ADVICE = "필요하면 기관의 전산 담당자에게 문의해 주세요."

_WORDS = {
    "printing": "기관 정책에 따라 인쇄할 수 없습니다.",
    "clipboard": "기관 정책에 따라 글을 복사해 내보낼 수 없습니다.",
    "passphrase_required": "기관 정책에 따라 저장소를 암호로 잠가야 합니다.",
    "history": "기관 정책에 따라 작업 기록을 보관하지 않습니다.",
    "grade_required": "기관 정책에 따라 내보내기 전에 보안 등급(C, S, O)을 정해야 합니다.",
    "masking_required": "기관 정책에 따라 개인정보를 가린 뒤에만 내보낼 수 있습니다.",
}

_NOT_SET: dict[str, Any] = {
    "models": None,
    "formats": None,
    "printing": True,
    "clipboard": True,
    "masking_required": False,
    "grade_required": False,
    "history": True,
    "retention_days": None,
    "passphrase_required": False,
    "idle_lock_minutes": None,
}


def load(path: Path | None = None) -> Policy:
    """The policy of this PC; a `Policy` in which nothing is set where there is no file.

    Args:
        path: read this file instead, whoever may write it (for tests and for looking at a new file before it is rolled
            out). The program itself never passes one, and no environment variable changes the place.

    Raises:
        PolicyError: there is a file, but it cannot be read, understood or trusted: nothing may be done then.
    """
    place = policy_file() if path is None else path
    try:
        content = read_trusted(place, _MOST_BYTES) if path is None else place.read_bytes()
    except FileNotFoundError:
        return Policy()
    except UntrustedPlaceError as error:
        raise _broken("policy-untrusted", error.words) from error
    except OSError as error:
        raise _broken("policy-unreadable", f"기관 정책 파일을 읽을 수 없습니다({place}).") from error
    return parse(content, place)


def parse(content: bytes, source: Path | None = None) -> Policy:
    """The policy that a file says.

    Raises:
        PolicyError: it is no TOML, has a key nobody knows, a wrong type, or bounds that contradict each other.
    """
    if len(content) > _MOST_BYTES:
        raise _broken("policy-malformed", "기관 정책 파일이 너무 큽니다.")
    data = _toml(_text(content))
    reasons = _take(data, "reasons", dict, {})
    values: dict[str, Any] = {}
    for name in ("printing", "clipboard", "passphrase_required", "history", "grade_required", "masking_required"):
        if name in data:
            values[name] = _take(data, name, bool, None)
    if "models" in data:
        values["models"] = _hashes(_take(data, "models", list, []))
    if "formats" in data:
        values["formats"] = _formats(_take(data, "formats", list, []))
    if "retention_days" in data:
        values["retention_days"] = _bounds(_take(data, "retention_days", dict, {}))
    if "idle_lock_minutes" in data:
        values["idle_lock_minutes"] = _number(data.pop("idle_lock_minutes"), "idle_lock_minutes", 1, LONGEST_IDLE)
    for left in data:
        raise _wrong(f"'{left}' 항목을 알 수 없습니다.")
    policy = Policy(**values, basis=_basis(reasons), source=source)
    if not policy.history and policy.retention_days is not None and policy.retention_days[0] > 0:
        raise _wrong("'history'는 보관하지 않게, 'retention_days'는 보관하게 적혀 있습니다.")
    return policy


def report(path: Path | None = None) -> dict[str, Any]:
    """The state of the policy for `biseo selftest`; never raises what `load` raises.

    Returns:
        `state` (`none`, `set` or `broken`), `path`, `sha256` of the file, `rules` (field → sentence) and, when broken,
        `message` and `advice`.
    """
    place = policy_file() if path is None else path
    found: dict[str, Any] = {"state": "none", "path": str(place), "sha256": "", "rules": {}}
    try:
        policy = load(path)
    except PolicyError as error:
        return found | {"state": "broken", "sha256": _sha256(place), "message": error.message, "advice": error.advice}
    if policy.source is None:
        return found
    rules = {name: policy.reason(name) for name in policy.rules}
    return found | {"state": "set", "sha256": _sha256(place), "rules": rules}


def _sha256(place: Path) -> str:
    import hashlib

    try:
        return hashlib.sha256(place.read_bytes()).hexdigest()
    except OSError:
        return ""


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp949"):  # old editors of Windows save Korean as CP949
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _wrong("글자 인코딩이 UTF-8도 CP949도 아닙니다.")


def _toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _wrong(f"TOML 형식이 아닙니다{_line(str(error))}.") from error
    except (ValueError, RecursionError) as error:  # numbers of thousands of digits, arrays within arrays
        raise _wrong("TOML 형식이 아닙니다.") from error


def _line(words: str) -> str:
    """` (3번째 줄)` where the parser names a line."""
    _, found, rest = words.partition("(at line ")
    number = rest.split(",")[0]
    return f" ({number}번째 줄)" if found and number.isdecimal() else ""


def _take(data: dict[str, Any], name: str, kind: type, absent: Any) -> Any:
    value = data.pop(name, absent)
    if type(value) is not kind:
        shown = {bool: "true 또는 false", list: "목록", dict: "표"}[kind]
        raise _wrong(f"'{name}' 값은 {shown}이어야 합니다.".replace("false이어야", "false여야").replace("표이", "표"))
    return value


def _number(value: Any, name: str, least: int, most: int) -> int:
    if type(value) is not int or not least <= value <= most:
        raise _wrong(f"'{name}' 값은 {least}에서 {most} 사이의 정수여야 합니다.")
    return value


def _hashes(values: list[Any]) -> frozenset[str]:
    found = set()
    for value in values:
        if type(value) is not str or len(value) != 64 or any(c not in "0123456789abcdef" for c in value.lower()):
            raise _wrong("'models'에는 SHA-256 해시(16진수 64자)만 적을 수 있습니다.")
        found.add(value.lower())
    return frozenset(found)


def _formats(values: list[Any]) -> frozenset[str]:
    for value in values:
        if value not in FORMATS:
            raise _wrong(f"'formats'에는 {', '.join(FORMATS)}만 적을 수 있습니다.")
    return frozenset(values)


def _bounds(table: dict[str, Any]) -> tuple[int, int]:
    for name in table:
        if name not in ("least", "most"):
            raise _wrong(f"'retention_days'에 '{name}' 항목을 알 수 없습니다.")
    if not table:
        raise _wrong("'retention_days'에 least나 most가 있어야 합니다.")
    least = _number(table.get("least", 0), "retention_days.least", 0, MOST_DAYS)
    if "most" not in table:
        return least, FOREVER
    most = _number(table["most"], "retention_days.most", 0, MOST_DAYS)
    if least > most:
        raise _wrong("'retention_days'의 least가 most보다 큽니다.")
    return least, most


def _basis(table: dict[str, Any]) -> dict[str, str]:
    for name, words in table.items():
        if name not in _NOT_SET:
            raise _wrong(f"'reasons'에 '{name}' 항목을 알 수 없습니다.")
        if type(words) is not str or not words.strip() or len(words) > _MOST_WORDS or not words.isprintable():
            raise _wrong(f"'reasons'의 '{name}'은 {_MOST_WORDS}자 이내의 한 줄 문장이어야 합니다.")
    return {name: words.strip() for name, words in table.items()}


def _wrong(words: str) -> UserFacingError:
    return _broken("policy-malformed", f"기관 정책 파일에 잘못된 곳이 있습니다. {words}")


def _broken(code: str, message: str) -> PolicyError:
    return PolicyError(code, message, "프로그램을 쓸 수 없으니 기관의 전산 담당자에게 이 문장을 알려 주세요.")

"""The policy file of this PC, read once at start: what it says, or why nothing may be done."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from biseo.errors import PolicyError, UserFacingError
from biseo.policy import FOREVER, FORMATS, NOT_SET, Policy
from biseo.policy_place import UntrustedPlaceError, policy_file, read_trusted

MOST_DAYS = 3650
LONGEST_IDLE = 240
"""Minutes."""

_MOST_BYTES = 64 * 1024
_MOST_WORDS = 200


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
        if name not in NOT_SET:
            raise _wrong(f"'reasons'에 '{name}' 항목을 알 수 없습니다.")
        if type(words) is not str or not words.strip() or len(words) > _MOST_WORDS or not words.isprintable():
            raise _wrong(f"'reasons'의 '{name}'은 {_MOST_WORDS}자 이내의 한 줄 문장이어야 합니다.")
    return {name: words.strip() for name, words in table.items()}


def _wrong(words: str) -> UserFacingError:
    return _broken("policy-malformed", f"기관 정책 파일에 잘못된 곳이 있습니다. {words}")


def _broken(code: str, message: str) -> PolicyError:
    return PolicyError(code, message, "프로그램을 쓸 수 없으니 기관의 전산 담당자에게 이 문장을 알려 주세요.")

"""The policy: what a file may say, what it then means, and that anything else closes the program."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biseo import policy_reading as policies
from biseo.errors import PolicyError
from biseo.policy import FORMATS, NOT_SET, Policy
from biseo.policy_reading import load, parse, report

HASH = "ab" * 32
WHOLE = f"""
models = ["{HASH.upper()}"]
formats = ["hwpx", "pdf"]
printing = false
clipboard = false
masking_required = true
grade_required = true
history = true
retention_days = {{ least = 7, most = 30 }}
passphrase_required = true
idle_lock_minutes = 10

[reasons]
clipboard = "보안업무규정 시행세칙 제12조입니다."
"""


def broken(text: str | bytes) -> PolicyError:
    """The refusal of a file."""
    with pytest.raises(PolicyError) as caught:
        parse(text if isinstance(text, bytes) else text.encode())
    assert caught.value.exit_code == 5
    return caught.value


def test_a_whole_file_is_understood() -> None:
    policy = parse(WHOLE.encode())
    assert policy.models == {HASH}
    assert policy.formats == {"hwpx", "pdf"}
    assert (policy.printing, policy.clipboard, policy.history) == (False, False, True)
    assert policy.masking_required and policy.grade_required and policy.passphrase_required
    assert policy.retention_days == (7, 30)
    assert policy.idle_lock_minutes == 10
    # history = true is what it is anyway, so nothing is locked by it
    assert policy.rules == (
        "models", "formats", "printing", "clipboard", "masking_required", "grade_required", "retention_days",
        "passphrase_required", "idle_lock_minutes",
    )  # fmt: skip
    for name in policy.rules:
        words = policy.reason(name)
        assert words.startswith("기관 정책에 따라") and words.endswith("."), name
    assert policy.reason("clipboard").endswith("보안업무규정 시행세칙 제12조입니다.")
    assert policy.reason("history") == ""


def test_nothing_set_allows_everything() -> None:
    policy = Policy()
    assert policy.rules == ()
    assert all(policy.allows_format(kind) for kind in FORMATS) and policy.allows_any_format
    assert policy.allows_model(HASH)
    assert [policy.retention(days) for days in (0, 7, 90, -1)] == [0, 7, 90, -1]
    assert [policy.idle_lock(minutes) for minutes in (0, 5)] == [0, 5]
    for name in ("printing", "clipboard", "history"):
        policy.require(name)
    policy.require_format(".hwpx")
    policy.require_grade("")


def test_formats() -> None:
    policy = parse(b'formats = ["hwpx"]')
    policy.require_format(".HWPX")
    with pytest.raises(PolicyError, match="docx 형식으로는 저장할 수 없습니다") as caught:
        policy.require_format(".docx")
    assert "hwpx 형식으로만" in caught.value.advice
    assert not parse(b"formats = []").allows_any_format
    assert parse(b"formats = []").reason("formats") == "기관 정책에 따라 파일로 저장할 수 없습니다."


@pytest.mark.parametrize(("name", "code"), [("printing", "policy-printing"), ("clipboard", "policy-clipboard")])
def test_what_is_forbidden_as_a_whole(name: str, code: str) -> None:
    with pytest.raises(PolicyError) as caught:
        parse(f"{name} = false".encode()).require(name)
    assert caught.value.code == code and caught.value.exit_code == 5


def test_grade() -> None:
    policy = parse(b"grade_required = true")
    policy.require_grade("O")
    with pytest.raises(PolicyError, match="보안 등급"):
        policy.require_grade("")


def test_models_by_hash() -> None:
    assert not parse(b"models = []").allows_model(HASH)
    assert parse(f'models = ["{HASH}"]'.encode()).allows_model(HASH.upper())


@pytest.mark.parametrize(
    ("bounds", "expected", "offered"),
    [
        ("least = 7, most = 30", [7, 7, 30, 30, 30], (7, 30)),
        ("most = 30", [0, 7, 30, 30, 30], (0, 7, 30)),
        ("least = 30", [30, 30, 30, 90, -1], (30, 90, -1)),
        ("least = 10, most = 20", [10, 10, 20, 20, 20], (10, 20)),
        ("least = 14, most = 14", [14, 14, 14, 14, 14], (14,)),
        ("most = 0", [0, 0, 0, 0, 0], (0,)),
    ],
)
def test_retention(bounds: str, expected: list[int], offered: tuple[int, ...]) -> None:
    policy = parse(f"retention_days = {{ {bounds} }}".encode())
    choices = (0, 7, 30, 90, -1)
    assert [policy.retention(days) for days in choices] == expected
    assert policy.retentions(choices) == offered
    assert policy.reason("retention_days")


def test_no_history_keeps_nothing() -> None:
    policy = parse(b"history = false\nretention_days = { most = 30 }")
    assert policy.retention(-1) == policy.retention(30) == 0
    assert policy.retentions((0, 7, -1)) == (0,)


def test_idle_lock() -> None:
    policy = parse(b"idle_lock_minutes = 10")
    assert [policy.idle_lock(minutes) for minutes in (0, 5, 10, 60)] == [10, 5, 10, 10]


@pytest.mark.parametrize(
    "text",
    [
        "printing = ",
        "printing = 1",
        'printing = "false"',
        "formats = 'hwpx'",
        "formats = ['hwp']",
        "formats = [['hwpx']]",
        "formats = [1]",
        "models = ['ab']",
        "models = [1]",
        f"models = ['{'g' * 64}']",
        "models = 3",
        "retention_days = 30",
        "retention_days = {}",
        "retention_days = { least = 30, most = 7 }",
        "retention_days = { least = -1 }",
        "retention_days = { most = true }",
        "retention_days = { most = 7.0 }",
        "retention_days = { most = 99999 }",
        "retention_days = { longest = 7 }",
        "idle_lock_minutes = 0",
        "idle_lock_minutes = 241",
        "idle_lock_minutes = true",
        "history = false\nretention_days = { least = 7 }",
        "printer = false",
        "printing = false\nprinting = true",
        "[reasons]\nprinter = '이유'",
        "[reasons]\nprinting = 3",
        "[reasons]\nprinting = ''",
        f"[reasons]\nprinting = '{'가' * 201}'",
        'reasons = "이유"',
        "x = " + "[" * 2000 + "]" * 2000,
        "x = " + "9" * 5000,
        "#" + "x" * 70_000,
    ],
)
def test_what_is_wrong_closes(text: str) -> None:
    error = broken(text)
    assert error.code == "policy-malformed"
    assert error.message.endswith(".") and "전산 담당자" in error.advice


def test_the_line_is_named() -> None:
    assert "(3번째 줄)" in broken("printing = false\n\nclipboard false\n").message


def test_encodings() -> None:
    text = 'printing = false\n[reasons]\nprinting = "시행세칙입니다."\n'
    for encoding in ("utf-8", "utf-8-sig", "cp949"):
        assert parse(text.encode(encoding)).reason("printing").endswith("시행세칙입니다.")
    assert "인코딩" in broken(text.encode("utf-16")).message


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_a_policy_or_a_refusal(content: bytes) -> None:
    try:
        assert isinstance(parse(content), Policy)
    except PolicyError as error:
        assert error.exit_code == 5


_NAMES = st.sampled_from([*NOT_SET, "reasons", "printer", ""])
_VALUES = st.recursive(
    st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from([*FORMATS, HASH, "least", "most"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["least", "most", "printing"]), inner),
    max_leaves=5,
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(_NAMES, _VALUES, max_size=4))
def test_any_values_give_a_policy_or_a_refusal(data: dict[str, Any]) -> None:
    text = "\n".join(f'"{name}" = {_toml(value)}' for name, value in data.items())
    try:
        policy = parse(text.encode("utf-8", "replace"))
    except PolicyError:
        return
    assert set(data) <= {*NOT_SET, "reasons"}
    least = policy.retention_days[0] if policy.retention_days else 0
    assert policy.retention(3650) >= least
    for name in policy.rules:
        assert policy.reason(name)


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + "".join(f"\\u{ord(c):04x}" if ord(c) < 0x10000 else f"\\U{ord(c):08x}" for c in value) + '"'
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name} = {_toml(inner)}" for name, inner in value.items()) + "}"
    return str(value)


# files


def test_no_file_is_no_policy(tmp_path: Path) -> None:
    assert load(tmp_path / "policy.toml") == Policy()
    assert report(tmp_path / "policy.toml")["state"] == "none"


def test_a_file_is_read_and_reported(tmp_path: Path) -> None:
    place = tmp_path / "정책.toml"
    place.write_text(WHOLE, encoding="utf-8")
    assert load(place).source == place
    told = report(place)
    assert (told["state"], told["path"]) == ("set", str(place))
    assert told["sha256"] == hashlib.sha256(place.read_bytes()).hexdigest()
    assert list(told["rules"]) == list(load(place).rules)


def test_a_broken_file_is_reported(tmp_path: Path) -> None:
    place = tmp_path / "policy.toml"
    place.write_bytes(b"\xff\xfe\x00")
    told = report(place)
    assert told["state"] == "broken" and told["message"] and told["advice"] and not told["rules"]


def test_what_cannot_be_read_closes(tmp_path: Path) -> None:
    (tmp_path / "policy.toml").mkdir()
    with pytest.raises(PolicyError) as caught:
        load(tmp_path / "policy.toml")
    assert caught.value.code == "policy-unreadable"


def test_no_environment_variable_moves_the_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = policies.policy_file()
    for name in ("BISEO_HOME", "PROGRAMDATA", "ALLUSERSPROFILE", "HOME", "XDG_CONFIG_HOME", "XDG_CONFIG_DIRS"):
        monkeypatch.setenv(name, str(tmp_path))
    assert policies.policy_file() == before
    assert before.is_absolute() and before.name == "policy.toml"


def test_an_untrusted_place_closes(monkeypatch: pytest.MonkeyPatch) -> None:
    from biseo.policy_place import UntrustedPlaceError

    def refuse(_path: Path, _most: int) -> bytes:
        raise UntrustedPlaceError("기관 정책 폴더를 일반 사용자가 바꿀 수 있어 믿을 수 없습니다.")

    monkeypatch.setattr(policies, "read_trusted", refuse)
    with pytest.raises(PolicyError) as caught:
        load()
    assert caught.value.code == "policy-untrusted"


def test_the_example_of_the_documentation_is_right() -> None:
    words = (Path(__file__).parents[2] / "docs" / "policy.md").read_text(encoding="utf-8")
    policy = parse(words.split("```toml")[1].split("```")[0].encode())
    assert set(policy.rules) == set(NOT_SET) - {"history"}  # named there, but not forbidden
    for name in NOT_SET:
        assert f"| `{name}` |" in words, name

"""What the agency allows on this PC: one value, handed down from the root, and never changed by the user."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from biseo.errors import PolicyError

FORMATS = ("hwpx", "docx", "pdf", "txt", "md")
"""The formats that a document can leave in."""

_SAME = {"hwtx": "hwpx", "dotx": "docx", "docm": "docx"}
"""Suffixes of templates, and the format that a filled one is of."""

FOREVER = -1
"""Days of retention without an end, in settings and as upper bound of a policy."""


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
        return bool(getattr(self, name) != NOT_SET[name])

    @property
    def rules(self) -> tuple[str, ...]:
        """The fields that are set, in the order in which they are shown."""
        return tuple(name for name in NOT_SET if self.locked(name))

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

NOT_SET: dict[str, Any] = {
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

"""What is known of one section while it is written and reviewed."""

from __future__ import annotations

from dataclasses import dataclass, field

from biseo.document import Finding, Section
from biseo_ui.i18n import tr


@dataclass
class SectionState:
    """What is known of one section. `machine` is the text as it was last written for the user, to tell edits by."""

    id: str
    title: str
    phase: str = "waiting"
    findings: tuple[Finding, ...] = ()
    made: Section | None = None
    machine: str = ""
    edited: bool = False
    deleted: bool = False
    dismissed: set[tuple[str, str]] = field(default_factory=set)

    @property
    def open_findings(self) -> tuple[Finding, ...]:
        """The findings that the official has not set aside."""
        return tuple(f for f in self.findings if (f.rule, f.text) not in self.dismissed)

    def __str__(self) -> str:
        if self.phase == "writing":
            return tr("쓰는 중")
        if self.phase == "waiting":
            return tr("대기")
        if self.phase == "stopped":
            return tr("쓰다 멈춤")
        if self.phase == "unwritten":
            return tr("쓰지 않음")
        if self.deleted:
            return tr("지움")
        words = [tr("직접 고침")] if self.edited else []
        count = len(self.open_findings)
        words.append(tr("확인 필요 {count}").format(count=count) if count else "" if words else tr("완료"))
        return " · ".join(word for word in words if word)

"""What is known of one section while it is written and reviewed."""

from __future__ import annotations

from dataclasses import dataclass, field

from biseo.document import Finding, Section, Settled
from biseo.worksession import Phase
from biseo_ui.i18n import tr


@dataclass
class SectionState:
    """What is known of one section.

    Attributes:
        findings: what the section shows alone.
        wider: what only the whole draft shows: another section says otherwise, a part is missing.
        machine: the text as it was last written for the user, to tell edits by.
        settled: what the official decided on findings, by their rule and words.
        offer: `writing` or `ready` while another text is offered for it.
        reviewed: the document it belongs to is a draft no more.
    """

    id: str
    title: str
    phase: Phase = "waiting"
    findings: tuple[Finding, ...] = ()
    wider: tuple[Finding, ...] = ()
    made: Section | None = None
    machine: str = ""
    edited: bool = False
    deleted: bool = False
    settled: dict[tuple[str, str], Settled] = field(default_factory=dict)
    offer: str = ""
    reviewed: bool = False

    @property
    def open_findings(self) -> tuple[Finding, ...]:
        """The findings that the official has not set aside."""
        return tuple(f for f in (*self.findings, *self.wider) if (f.rule, f.text) not in self.settled)

    @property
    def settled_findings(self) -> tuple[Finding, ...]:
        """The findings that the official has set aside and that would still be there."""
        return tuple(f for f in (*self.findings, *self.wider) if (f.rule, f.text) in self.settled)

    @property
    def unsupported(self) -> int:
        """How many of its sentences state what no source carries."""
        return sum(each.unsupported for each in self.made.sentences) if self.made is not None else 0

    def decision(self, finding: Finding) -> Settled | None:
        """What was decided on a finding."""
        return self.settled.get((finding.rule, finding.text))

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
        if self.offer:
            return tr("다시 쓰는 중") if self.offer == "writing" else tr("고칠 글 있음")
        if self.reviewed:
            return tr("검토 완료")
        count, bare = len(self.open_findings), self.unsupported
        words = [tr("고침") if count and bare else tr("직접 고침")] if self.edited else []
        words.append(tr("확인 필요 {count}").format(count=count) if count else "" if words or bare else tr("완료"))
        words.append(tr("근거 없음 {count}").format(count=bare) if bare else "")
        return " · ".join(word for word in words if word)

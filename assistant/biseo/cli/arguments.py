"""The words of the command line."""

from __future__ import annotations

import argparse
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn

from biseo.document import Grade
from biseo.drafting.request import How
from biseo.errors import UsageError


@dataclass
class Arguments(argparse.Namespace):
    """One parsed command; what a command does not use keeps its default."""

    command: str = ""
    action: str = ""
    task: str = ""
    target: str = ""
    file: Path = field(default_factory=Path)
    files: list[Path] = field(default_factory=list)
    source: list[Path] = field(default_factory=list)
    set: list[str] = field(default_factory=list)
    form: Path | None = None
    seed: int = 0
    out: Path | None = None
    grade: Grade = ""
    reading: How = "auto"
    force: bool = False
    json: bool = False
    profile: str = ""
    kind: str = ""
    values: Path | None = None
    fields: bool = False
    allow_empty: bool = False
    passphrase: bool = False
    yes: bool = False
    mask: bool = False
    query: str = ""
    batch: Path | None = None
    passages: bool = False
    top: int = 10
    folder: Path | None = None
    since: float | None = None
    until: float | None = None
    role: str = ""
    stage: str = ""
    by: str = "role"
    count: int = 20
    view: str = ""
    words: bool = False


class _Formatter(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "쓰는 법: " if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """argparse whose mistakes and help are Korean."""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=_Formatter, **options)

    def error(self, message: str) -> NoReturn:
        usage = " ".join(self.format_usage().split())
        advice = f"{usage} (자세한 설명은 {self.prog} --help로 볼 수 있습니다.)"
        raise UsageError("usage", "명령을 알아듣지 못했습니다.", advice)


def parse(words: list[str]) -> Arguments:
    """The command that these words ask for.

    Raises:
        UsageError: unknown command or option, or a missing word.
    """
    parser = _Parser(prog="biseo", description="행정비서: 이 PC 안에서 문서 초안을 씁니다.", add_help=False)
    _help(parser)
    commands = parser.add_subparsers(dest="command", required=True, metavar="명령", title="명령")

    read = _command(commands, "read", "문서 하나를 읽어 글로 보여 줍니다.")
    read.add_argument("file", type=Path, metavar="파일")
    _command(commands, "tasks", "쓸 수 있는 문서 작업과 서식을 보여 줍니다.")

    write = _command(commands, "write", "문서의 초안을 씁니다.")
    write.add_argument("task", metavar="작업")
    write.add_argument(
        "--source", action="append", default=[], type=Path, metavar="파일", help="자료 파일(여러 번 쓸 수 있음)"
    )
    _writing(write)
    for name, words_of in (("summarize", "문서를 요약합니다."), ("swot", "강점·약점·기회·위협을 분석합니다.")):
        command = _command(commands, name, words_of)
        command.add_argument("files", nargs="+", type=Path, metavar="파일")
        _writing(command)

    fill = _command(commands, "fill", "양식 파일(HWPX, DOCX)의 빈 칸을 채웁니다.")
    fill.add_argument("file", type=Path, metavar="양식")
    fill.add_argument("--fields", action="store_true", help="채울 칸만 보여 줍니다.")
    fill.add_argument("--set", action="append", default=[], metavar="이름=값", help="한 칸을 채웁니다.")
    fill.add_argument("--values", type=Path, metavar="파일", help="여러 칸을 파일(.toml, .json)에서 채웁니다.")
    fill.add_argument("--out", type=Path, metavar="파일", help="저장할 파일(양식과 같은 형식)")
    fill.add_argument("--force", action="store_true", help="있는 파일을 덮어씁니다.")
    fill.add_argument("--allow-empty", action="store_true", help="빈 칸이 남아도 저장합니다.")
    fill.add_argument("--mask", action="store_true", help="채우는 값의 개인정보를 가립니다.")

    check = _command(commands, "check", "다 쓴 글의 표기, 형식, 사실, 개인정보를 점검합니다.")
    check.add_argument("file", type=Path, metavar="파일")
    check.add_argument("--profile", choices=["official", "report", "press"], default="", help="official, report, press")
    check.add_argument(
        "--kind", choices=["press", "letter", "report", "proposal", "plan", "reply"], default="", help="문서 종류"
    )
    check.add_argument("--source", action="append", default=[], type=Path, metavar="파일", help="사실을 견줄 자료")

    mask = _command(commands, "mask", "문서의 개인정보를 가려 새 파일로 저장합니다.")
    mask.add_argument("file", type=Path, metavar="파일")
    mask.add_argument("--out", type=Path, metavar="파일", help="저장할 파일(.docx, .hwpx, .txt, .md)")
    mask.add_argument("--force", action="store_true", help="있는 파일을 덮어씁니다.")

    model = _command(commands, "model", "이 PC의 언어 모델을 다룹니다.")
    actions = model.add_subparsers(dest="action", required=True, metavar="할 일", title="할 일")
    _command(actions, "list", "모델 목록을 보여 줍니다.")
    _command(actions, "probe", "이 PC에서 모델을 쓸 수 있는지 봅니다.")
    add = _command(actions, "add", "모델 파일(GGUF)을 가져옵니다.")
    add.add_argument("file", type=Path, metavar="파일")
    use = _command(actions, "use", "쓸 모델을 고릅니다.")
    use.add_argument("target", metavar="모델")
    verify = _command(actions, "verify", "모델 파일이 온전한지 확인합니다.")
    verify.add_argument("target", nargs="?", default="", metavar="모델")

    _library(commands)

    _compare(commands)
    _manual(commands)

    audit = _command(commands, "audit", "감사 기록을 확인하거나 내보냅니다.")
    audits = audit.add_subparsers(dest="action", required=True, metavar="할 일", title="할 일")
    _command(audits, "verify", "감사 기록이 바뀌거나 지워지지 않았는지 확인합니다.")
    export = _command(audits, "export", "감사 기록을 CSV 파일로 내보냅니다.")
    export.add_argument("--out", type=Path, required=True, metavar="파일", help="저장할 파일(.csv)")
    export.add_argument("--force", action="store_true", help="있는 파일을 덮어씁니다.")

    vault = _command(commands, "vault", "암호화된 작업 저장소를 보고, 백업하고, 되돌립니다.")
    stores = vault.add_subparsers(dest="action", required=True, metavar="할 일", title="할 일")
    _command(stores, "status", "저장소가 있는지, 어떻게 열리는지, 온전한지 봅니다.")
    backup = _command(stores, "backup", "저장소 전체를 암호화된 파일 하나로 만듭니다.")
    backup.add_argument("file", type=Path, metavar="파일")
    backup.add_argument("--passphrase", action="store_true", help="다른 PC에서도 열 수 있게 백업의 암호를 정합니다.")
    backup.add_argument("--force", action="store_true", help="있는 파일을 덮어씁니다.")
    restore = _command(stores, "restore", "백업의 작업을 저장소에 되돌립니다. 지금 작업은 사본으로 7일 남습니다.")
    restore.add_argument("file", type=Path, metavar="파일")
    restore.add_argument("--yes", action="store_true", help="묻지 않고 되돌립니다.")

    selftest = _command(commands, "selftest", "외부 통신이 없는지, 설치와 저장소의 상태가 어떤지 점검합니다.")
    selftest.add_argument("--out", type=Path, metavar="파일", help="점검 결과를 저장할 파일(.txt .json)")
    selftest.add_argument("--force", action="store_true", help="있는 파일을 덮어씁니다.")

    return parser.parse_args(words, namespace=Arguments())


def _library(commands: argparse._SubParsersAction[Any]) -> None:
    library = _command(commands, "library", "자료실의 폴더를 다룹니다.")
    actions = library.add_subparsers(dest="action", required=True, metavar="할 일", title="할 일")
    add = _command(actions, "add", "폴더를 자료실에 넣고 문서를 읽습니다.")
    add.add_argument("folder", type=Path, metavar="폴더")
    _command(actions, "list", "자료실의 폴더와 읽은 문서의 수를 보여 줍니다.")
    _command(actions, "sync", "폴더를 다시 살펴 바뀐 문서만 읽습니다.")
    remove = _command(actions, "remove", "폴더를 자료실에서 빼고 읽은 내용을 지웁니다. 문서 파일은 그대로 있습니다.")
    remove.add_argument("folder", type=Path, metavar="폴더")
    encoder = _command(actions, "encoder", "뜻으로 찾을 때 쓰는 모델을 보거나 고릅니다.")
    encoder.add_argument(
        "target", nargs="?", default="", metavar="모델", help="biseo model add로 넣은 모델, 기본 부품은 built-in"
    )

    search = _command(commands, "search", "자료실에서 찾습니다. 큰따옴표 안의 말은 글자 그대로 찾습니다.")
    search.add_argument("query", nargs="?", default="", metavar="찾을 말")
    search.add_argument("--batch", type=Path, metavar="파일", help="한 줄에 하나씩 적은 질문을 차례로 찾습니다.")
    search.add_argument("--top", type=_count, default=10, metavar="수", help="보여 줄 대목의 수(1~200, 보통 10)")
    search.add_argument("--folder", type=Path, metavar="폴더", help="이 폴더 아래에서만 찾습니다.")
    search.add_argument("--kind", default="", metavar="형식", help="hwpx, pdf처럼 이 형식에서만 찾습니다(쉼표로 여럿).")
    search.add_argument("--since", type=_day, metavar="날짜", help="이 날(2026-01-06) 뒤에 바뀐 문서만")
    search.add_argument("--until", type=_day_end, metavar="날짜", help="이 날까지 바뀐 문서만")


def _manual(commands: argparse._SubParsersAction[Any]) -> None:
    manual = _command(commands, "manual", "매뉴얼에서 역할별 행동 점검표나 숙지 문제지를 만듭니다.")
    actions = manual.add_subparsers(dest="action", required=True, metavar="할 일", title="할 일")
    checklist = _command(actions, "checklist", "역할별(단계별) 행동 점검표를 만듭니다.")
    checklist.add_argument("--by", choices=["role", "stage"], default="role", help="묶는 기준: role(담당), stage(단계)")
    quiz = _command(actions, "quiz", "매뉴얼 숙지 문제지와 정답지를 만듭니다.")
    quiz.add_argument("--count", type=_count, default=20, metavar="수", help="문제의 수(1~200, 보통 20)")
    quiz.add_argument("--seed", type=int, default=0, metavar="수", help="같은 수이면 같은 문제지를 냅니다.")
    for each in (checklist, quiz):
        each.add_argument("files", nargs="+", type=Path, metavar="파일이나 폴더")
        each.add_argument("--role", default="", metavar="담당", help="이 담당의 일만")
        each.add_argument("--stage", default="", metavar="단계", help="이 단계의 일만")
        _leaving(each)

    cases = _command(commands, "cases", "여러 도시의 사례 파일에서 비교표(도시, 내용, 예산, 시사점)를 만듭니다.")
    cases.add_argument("files", nargs="+", type=Path, metavar="파일이나 폴더")
    _leaving(cases)


def _leaving(command: argparse.ArgumentParser) -> None:
    """What every command has that saves a document."""
    command.add_argument("--out", type=Path, metavar="파일", help="저장할 파일(.docx, .hwpx, .txt, .md)")
    command.add_argument("--force", action="store_true", help="있는 파일을 덮어씁니다.")
    command.add_argument("--mask", action="store_true", help="문서의 개인정보를 가립니다.")
    command.add_argument(
        "--grade", choices=["C", "S", "O"], default="", help="모든 쪽에 적을 보안 등급: C(기밀), S(민감), O(공개)"
    )


def _compare(commands: argparse._SubParsersAction[Any]) -> None:
    compare = _command(commands, "compare", "문서 둘 이상을 견줍니다. 한 문서의 두 판이면 앞의 것을 현행으로 봅니다.")
    compare.add_argument("files", nargs="+", type=Path, metavar="파일")
    compare.add_argument(
        "--view", choices=["versions", "contents", "merge"], default="",
        help="versions(판 비교), contents(내용 비교), merge(한 문서로 모으기). 적지 않으면 문서를 보고 정합니다.",
    )  # fmt: skip
    compare.add_argument("--words", action="store_true", help="대비표의 그대로인 말을 줄표로 줄이지 않습니다.")
    compare.add_argument("--out", type=Path, metavar="파일", help="저장할 파일(.docx, .hwpx, .txt, .md)")
    compare.add_argument(
        "--grade", choices=["C", "S", "O"], default="", help="모든 쪽에 적을 보안 등급: C(기밀), S(민감), O(공개)"
    )
    compare.add_argument("--force", action="store_true", help="있는 파일을 덮어씁니다.")
    compare.add_argument("--mask", action="store_true", help="결과의 개인정보를 가립니다.")

    ask = _command(commands, "ask", "자료실에서 답을 찾아 근거와 함께 보여 줍니다.")
    ask.add_argument("query", metavar="질문")
    ask.add_argument("--passages", action="store_true", help="답을 고르지 않고 찾은 대목만 보여 줍니다.")
    ask.add_argument("--top", type=_count, default=5, metavar="수", help="--passages에서 보여 줄 대목의 수")


def _count(word: str) -> int:
    number = int(word)
    if not 1 <= number <= 200:
        raise ValueError
    return number


def _day(word: str) -> float:
    return datetime.strptime(word, "%Y-%m-%d").timestamp()


def _day_end(word: str) -> float:
    return (datetime.strptime(word, "%Y-%m-%d") + timedelta(days=1)).timestamp() - 1e-6


def _writing(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="칸=값",
        help="서식의 한 칸을 채웁니다. 표는 행을 ;으로, 열을 |로 나눕니다.",
    )
    command.add_argument("--form", type=Path, metavar="서식.toml", help="서식을 파일에서 채웁니다.")
    command.add_argument(
        "--grade", choices=["C", "S", "O"], default="", help="모든 쪽에 적을 보안 등급: C(기밀), S(민감), O(공개)"
    )
    command.add_argument(
        "--reading",
        choices=["auto", "all", "rule"],
        default="auto",
        help="긴 자료에서 모델이 읽을 곳: auto(중요한 부분), all(모든 부분, 오래 걸림), rule(규칙으로만)",
    )
    command.add_argument("--seed", type=int, default=0, metavar="수", help="같은 수이면 같은 초안을 냅니다.")
    command.add_argument("--out", type=Path, metavar="파일", help="저장할 파일(.docx, .hwpx, .txt, .md)")
    command.add_argument("--force", action="store_true", help="있는 파일을 덮어씁니다.")
    command.add_argument("--mask", action="store_true", help="초안의 개인정보를 가립니다.")


def _command(group: argparse._SubParsersAction[Any], name: str, description: str) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = group.add_parser(name, help=description, description=description, add_help=False)
    command.add_argument("--json", action="store_true", help="결과를 JSON 하나로 냅니다.")
    _help(command)
    return command


def _help(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-h", "--help", action="help", help="도움말을 보여 줍니다.")
    parser._positionals.title, parser._optionals.title = "입력", "선택"

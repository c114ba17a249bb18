"""The report in Korean: for the terminal, and as the text file that goes into a security review."""

from __future__ import annotations

from typing import Any

from biseo.offline.roles import ROLES

CALLS = {
    "socket.__new__": "소켓 만들기",
    "socket.connect": "연결",
    "socket.bind": "포트 열기",
    "socket.sendto": "보내기",
    "socket.sendmsg": "보내기",
    "socket.getaddrinfo": "주소 찾기",
    "socket.gethostbyname": "주소 찾기",
    "socket.gethostbyaddr": "주소 찾기",
    "socket.getnameinfo": "주소 찾기",
    "urllib.Request": "웹 주소 열기",
    "http.client.connect": "웹 연결",
    "webbrowser.open": "브라우저 열기",
    "ctypes.dlopen": "네트워크 라이브러리 싣기",
    "ctypes.dlsym": "네트워크 함수 찾기",
    "ctypes.dlsym/handle": "네트워크 함수 찾기",
}
"""What was tried, by audit event; others are shown by their own name."""
SOCKET = (
    "socket은 Python의 multiprocessing과 psutil이 불러오는 모듈이고, 불러오는 것만으로는 소켓이 열리지 않습니다."
    " 그 안의 통신 기능은 막는 장치가 막습니다."
)
LIMITS = (
    "막는 장치는 Python 코드가 하는 일을 봅니다. C로 쓴 라이브러리가 운영체제를 직접 부르면 이 장치는 보지 못하므로,"
    " 위의 소켓 수는 운영체제에 물어 셉니다. 완전한 확인은 바깥에서 합니다(docs/offline.md)."
)


def headline(offline: dict[str, Any]) -> str:
    """The result in a few words."""
    if offline["sockets_opened"]:
        return f"외부 소켓 {offline['sockets_opened']}개가 열려 있음"
    return "외부 통신 0건" + (f", 막은 시도 {offline['blocked_attempts']:,}번" if offline["blocked_attempts"] else "")


def summary(offline: dict[str, Any]) -> str:
    """The figures behind it, in a sentence."""
    least = "" if offline["all_recorded"] else " 이상"
    return (
        f"다른 PC와 이어질 수 있는 열린 소켓 {offline['sockets_opened']}개,"
        f" 네트워크에 연결하려다 막힌 시도 {offline['blocked_attempts']:,}번{least}."
    )


def process_pair(process: dict[str, Any]) -> tuple[str, str]:
    """What one process is for, and what is known of it."""
    if process["outside"] < 0:
        sockets = "소켓을 셀 수 없음"
    else:
        sockets = f"외부 소켓 {process['outside']}개, 이 PC 안의 소켓 {process['local']}개"
    beside = "" if process["here"] else " (따로 실행 중)"
    return ROLES.get(process["role"], process["role"]) + beside, f"프로세스 {process['pid']}, {sockets}"


def attempt_pair(attempt: dict[str, Any]) -> tuple[str, str]:
    """When one attempt was denied, and what it was."""
    port = f", 포트 {attempt['port']}" if attempt["port"] else ""
    family = f", {attempt['family']}" if attempt["family"] else ""
    call = CALLS.get(attempt["call"], attempt["call"])
    role = ROLES.get(attempt["role"], attempt["role"])
    asked = f", 부른 곳 {attempt['asked_by']}" if attempt["asked_by"] else ""
    return attempt["time"].replace("T", " "), f"{role}: {call}({attempt['call']}{family}{port}){asked}"


def module_pairs(offline: dict[str, Any]) -> list[tuple[str, str]]:
    """Modules that know networks, and files of theirs in our processes."""
    rows = [("창의 Python 모듈" if _in_window(offline) else "Python 모듈", ", ".join(offline["modules"]) or "없음")]
    if "socket" in offline["modules"]:
        rows.append(("", SOCKET))
    files = sorted({name for process in offline["processes"] for name in process["libraries"]})
    rows.append(("실린 파일(모든 프로세스)", ", ".join(files) or "없음"))
    rows.append(("Qt의 네트워크 라이브러리", ", ".join(offline["qt_network_files"]) or "이 PC에 없음"))
    return rows


def _in_window(offline: dict[str, Any]) -> bool:
    return any(process["here"] and process["role"] == "window" for process in offline["processes"])


def files(count: int) -> str:
    """A number of files."""
    return f"파일 {count:,}개"


def model_words(model: dict[str, Any]) -> str:
    """The model in a line."""
    if model.get("state") == "model-forbidden":
        return "고른 모델을 기관 정책에서 승인하지 않음"
    if "id" not in model:
        return "준비되지 않음"
    return f"{model['id']} " + ("(확인한 뒤로 바뀌지 않음)" if model["verified"] else "(해시를 다시 확인해야 함)")


def policy_words(rules: dict[str, Any]) -> list[str]:
    """The policy in lines."""
    state = {"none": "정책 파일 없음", "set": "정책 파일 있음", "broken": "정책 파일이 잘못됨"}[rules["state"]]
    lines = [f"{state}: {rules['path']}"]
    if rules["sha256"]:
        lines.append(f"SHA-256 {rules['sha256']}")
    if rules["state"] == "broken":
        lines.append(str(rules["message"]))
    return [*lines, *map(str, rules["rules"].values())]


def as_text(data: dict[str, Any], vault: list[str]) -> str:
    """The whole report; `vault` are the lines about the store."""
    offline, versions = data["offline"], data["versions"]
    parts = {
        "외부 통신": [
            headline(offline),
            summary(offline),
            f"막는 장치: {'작동 중' if offline['hook'] else '이 프로세스에서는 켜지 않음'}",
            *([] if offline["all_recorded"] else ["기록 파일을 읽거나 쓸 수 없어 횟수가 더 많을 수 있습니다."]),
        ],
        "프로세스": [
            line
            for process in offline["processes"]
            for line in (
                ": ".join(process_pair(process)),
                *([f"  실린 네트워크 관련 파일: {', '.join(process['libraries'])}"] if process["libraries"] else []),
            )
        ],
        "불러온 네트워크 모듈": [": ".join(filter(None, pair)) for pair in module_pairs(offline)],
        "막은 시도": [" ".join(attempt_pair(attempt)) for attempt in offline["attempts"]] or ["없음"],
        "프로그램": [
            f"전체 SHA-256 {data['program']['sha256']}",
            *(
                f"{one['name']}: 파일 {one['files']:,}개, SHA-256 {one['sha256']}"
                for one in data["program"]["packages"]
            ),
        ],
        "모델": [model_words(data["model"])]
        + ([f"SHA-256 {data['model']['sha256']}"] if "sha256" in data["model"] else []),
        "라이브러리": [
            f"전체 SHA-256 {data['dependencies']['sha256']}",
            *(
                f"{one['name']} {one['version']}: 파일 목록(RECORD) SHA-256 {one['record_sha256'] or '없음'}"
                for one in data["dependencies"]["libraries"]
            ),
            f"Python {versions['python']}: 실행 파일 SHA-256 {versions['python_sha256'] or '없음'}",
        ],
        "저장소": vault,
        "보안 정책": policy_words(data["policy"]),
    }
    head = [
        f"행정비서 {versions['biseo']} 외부 통신과 설치 상태",
        f"{offline['time'].replace('T', ' ')}, {versions['system']}",
    ]
    body = ["\n".join([title, *(f"  {line}" for line in lines)]) for title, lines in parts.items()]
    return "\n\n".join(["\n".join(head), *body, LIMITS])

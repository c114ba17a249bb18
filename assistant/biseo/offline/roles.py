"""What our processes are for, in the words of the report."""

ROLES = {
    "window": "창",
    "command": "명령",
    "model": "언어 모델",
    "reader": "문서 읽기·양식·쪽 그림",
    "meaning": "자료실의 뜻으로 찾기",
    "keyring": "자격 증명 보관소와 대화",
    "worker": "작업 프로세스",
    "tracker": "Python의 자원 정리",
    "other": "다른 프로그램",
}

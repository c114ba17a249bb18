"""One invented draft for each look."""

from __future__ import annotations

import pytest

from biseo.document import Draft, Evidence, Letter, Section, SwotItem

BUDGET = Evidence("축제 계획(안).hwpx", 3, "올해 축제 예산은 3억 2천만 원으로 지난해보다 12% 늘었다.")
HELPERS = Evidence("현황.txt", None, "자원봉사자 240명이 축제 기간 내내 안내를 맡는다.")


def _analysis(id_: str, title: str, *items: SwotItem) -> Section:
    return Section(id_, title, "\n".join(f"- {item.text}" for item in items), "model", items=items)


OFFICIAL = Draft(
    "civil",
    "official",
    "공공데이터 개방 실적 제출 요청",
    (
        Section("head", "두문", "수신  수신자 참조\n(경유)", "form", heading=False),
        Section(
            "body",
            "본문",
            "\n".join(
                (
                    "1. 관련: 총무과-12(2026. 1. 6.)",
                    '2. 「공공데이터법」 제17조에 따라 <서식> & "요령"을 보내니 제출하여 주시기 바랍니다.',
                    "가. 제출 기한: 2026. 1. 16.(금) 18:00",
                    "1) 셋째 단계",
                    "가) 넷째 단계",
                    "(1) 다섯째 단계",
                    "(가) 여섯째 단계",
                    "① 일곱째 단계",
                    "㉮ 여덟째 단계",
                    "㉯ 여덟째 단계의 둘째",
                    "나. 제출 방법: 공문 회신 😀",
                )
            ),
            "model",
            heading=False,
        ),
        Section(
            "status",
            "제출 현황",
            "",
            "rule",
            rows=(
                ("구분", "기관 수", "제출(건)", "비고"),
                ("중앙행정기관", "48", "1,204", "완료"),
                ("지방자치단체", "243", "3,870"),
                ("합계", "291", "5,074", ""),
            ),
            header_rows=1,
        ),
        Section("end", "붙임", "붙임  1. 제출 서식 1부.\n      2. 작성 요령 1부.  끝.", "form", heading=False),
    ),
    summary="2026년 공공데이터 개방 실적의 제출을 요청함",
    keywords=("공공데이터", "개방", "제출"),
)

REPORT = Draft(
    "report",
    "report",
    "2026년 축제 안전관리 개선 계획(안)",
    (
        Section(
            "background",
            "추진배경",
            "□ 지난해 방문객이 24만 명으로 늘어 보강이 필요함\nㅇ 민원 312건 접수\n- 전기 시설 7개소 보완\n"
            "※ 자료: 안전총괄과(2026. 1. 기준)\n□ 합동 대응 체계 구축",
            "model",
        ),
        Section("effect", "기대효과", "", "model"),
        Section("note", "참고", "", "form", heading=False),
        Section("plan", "향후계획", "ㅇ 2026. 2. 10.: 합동 점검\n· 세부 일정은 별도 통보", "model"),
    ),
    subtitle="안전총괄과",
    summary="축제 안전관리 개선 계획",
    keywords=("축제", "안전"),
)

PRESS = Draft(
    "press",
    "press",
    "○○시, 봄꽃 축제 3월 5일 개막",
    (
        Section(
            "head",
            "머리",
            "",
            "rule",
            rows=(("기관", "○○시", "배포 일시", "2026. 3. 5.(목) 09:00"), ("담당 부서", "관광과", "담당자", "홍길동")),
            heading=False,
        ),
        Section("headline", "제목", "○○시, 봄꽃 축제 3월 5일 개막\n", "model", heading=False),
        Section("lead", "리드", "○○시(시장 ○○○)는 오는 3월 5일 봄꽃 축제를 연다고 밝혔다.", "model", heading=False),
        Section("contact", "문의", "문의: ○○시 관광과 홍길동, 044-000-0000", "form", heading=False),
    ),
    subtitle="나흘 동안 공연과 체험 행사 40여 개",
    summary="봄꽃 축제 개막",
    keywords=("축제", "봄꽃"),
)

SWOT = Draft(
    "swot",
    "report",
    "봄꽃 축제 강약점 분석",
    (
        _analysis("weaknesses", "약점", SwotItem("주차 공간이 부족함", inferred=True)),
        _analysis(
            "strengths",
            "강점",
            SwotItem("예산이 12% 늘어 여력이 있음", (BUDGET, HELPERS)),
            SwotItem("자원봉사자 240명 확보", (HELPERS,)),
        ),
        _analysis("opportunities", "기회", SwotItem("관광 수요 증가", (BUDGET,))),
        _analysis("threats", "위협", SwotItem("봄철 강풍", inferred=True), SwotItem("인근 축제와 겹침", inferred=True)),
        _analysis("ideas", "개선 아이디어", SwotItem("셔틀버스 예약제", (HELPERS,))),
    ),
    summary="봄꽃 축제의 강점과 약점",
    keywords=("축제", "강점", "약점"),
)

LETTER = Draft(
    "official",
    "official",
    "정보공개 담당자 회의 개최 알림",
    (
        Section(
            "body",
            "본문",
            "1. 관련: 총무과-12(2026. 1. 6.)\n2.회의를 다음과 같이 여니 참석하여 주시기 바랍니다.\n"
            "가. 일시: 2026. 1. 16.(금) 14:00\n⑴ 접수는 13:30부터\n⑵ 주차는 별관\n나. 장소: 대회의실",
            "model",
            heading=False,
        ),
        Section("attached", "붙임", "1. 회의 자료 1부\n2. 참석자 명단 1부. 끝", "form"),
    ),
    summary="정보공개 담당자 회의를 알림",
    keywords=("정보공개", "회의", "담당자"),
    letter=Letter(
        "한빛시",
        ("○○군수(총무과장)", "△△구청장(자치행정과장)"),
        sender="한빛시장",
        signers=("기안자 주무관 홍길동", "검토자 팀장 김철수", "결재권자 과장 이영희"),
        cooperators=("예산과장 박민수",),
        number="총무과-1234",
        effective="2026. 1. 6.",
        address="00000 한빛시 중앙로 1",
        homepage="https://www.example.go.kr",
        phone="044-000-0000",
        fax="044-000-0001",
        email="hong@example.kr",
        disclosure="부분공개(6호)",
    ),
    grade="S",
)

PLAIN = Draft(
    "summary",
    "plain",
    "회의 자료 요약",
    (
        Section("main", "주요 내용", "ㅇ 첫째 <b>내용</b>\nㅇ 둘째 *내용*", "model"),
        Section("more", "덧붙임", "2. 3.(화)에 다시 모인다.\n-5℃까지 내려간다.\n# 표시가 있는 문장", "model"),
    ),
)


@pytest.fixture
def drafts() -> dict[str, Draft]:
    return {"official": OFFICIAL, "report": REPORT, "press": PRESS, "swot": SWOT, "plain": PLAIN, "letter": LETTER}

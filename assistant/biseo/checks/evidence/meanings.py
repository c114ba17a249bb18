"""What words mean as far as evidence needs it: which say the same, which say the opposite, which exclude each other.

Only what holds in administrative texts whatever they are about. A word is compared by its beginning, so `줄` stands for
줄었다 and 줄인다; entries of one syllable count only where the text has them as the beginning of a verb.
"""

from __future__ import annotations

from functools import lru_cache

from biseo.text.characters import words

# One line, one meaning; + goes on with the line before.
_SAME = """
늘리 늘린 늘려 늘렸 늘릴 늘림 늘어 늘었 늘고 확대 증가 증액 증원 증대 상향 인상
+ 올리 올린 올려 올렸 올릴 올림 오르 올랐 연장 확충 늘 증설 급증 상승 불어나 불어난 불었
줄이 줄인 줄여 줄였 줄일 줄임 줄어 줄었 줄고 축소 감소 감액 감축 단축 하향 인하 내리 내린 내려 내렸 절감 경감 줄
+ 급감 하락
기대 기대한 기대된
적은 적어 적었 적고 적게
비공개
이어 이어져 이어진 이어졌
많아 많았 많은 많고 많이 많다 많음
빠르 빨라 빨랐 빠른 빨리 빠름 신속 향상 좋아 좋은 개선 나아 나아져
느려 느린 느리 느림 늦어 늦은 늦춰 지연
심해 심한 심하 악화 나빠 나쁜
열고 연다 열어 열었 열며 여는 열린 열리 열려 열렸 열기 엽니 열겠 개최 개장 개방 개관 운영 문열
닫고 닫는 닫아 닫았 닫힌 닫혀 폐쇄 폐장 휴관 폐관
시작 착수 개시 착공 돌입
마친 마치 마쳐 마쳤 마칠 끝나 끝난 끝내 끝냈 완료 종료 준공 완공 마무
만든 만들 만든다 제작 조성 신설 건립 짓는 지어 짓고 짓기 마련 구축 갖추 갖춘 갖춰
놓는 놓인 놓여 놓을 놓아 놓았 놓고 설치 두고 둔다 배치 비치
없앤 없애 없앴 철거 폐지
바꾼 바꾸 바꿔 바꿨 바꿀 교체 변경 새것 조정 개편 변화 바뀌 바뀐 전환 갈아탄 갈아타 교환
고친 고치 고쳐 바로잡 수정 정정 보수 보완 손본
살펴 살핀 살피 점검 검토 확인 조사 들여다
알려 알린 알리 안내 통보 통지 공지 고지 전파
보낸 보내 보냈 발송 송부 전송 송신 파견
받는 받은 받아 받았 받고 받을 접수 수신 수령
내는 내야 제출 납부
뽑는 뽑아 뽑은 뽑을 선정 선발 채용 임용 정한 정하 정해 결정
나눈 나누 나눠 나눴 구분 분류 배분
주는 준다 지급 지원 제공 들어온 들어간
막는 막아 막고 막기 막을 예방 방지 차단 통제
모자라 모자란 부족 미흡 결핍
넉넉 충분
어렵 어려 곤란 힘들 애로
쉬운 쉽고 쉬워 쉽게 용이
낡은 낡아 노후 오래된
모든 모두 전체 전부 일체
함께 합동 공동 같이 더불
미리 사전 앞서
즉시 바로 곧바로
매달 매월 다달이 월별
매년 해마다 연간
올해 금년 올 연내
지난해 작년 전년 전년도
내년 명년 이듬해 내년도 차년도
인공지능 ai
챗지피티 챗gpt chatgpt gpt 지피티
누리집 홈페이지 웹사이트
둘레 주변 인근 부근
땅꺼짐 싱크홀 지반침하
원인 때문 탓 이유
걱정 우려 염려
우천 비가
주차 차를
장소 자리 곳으로
자동 스스로 저절로
찍는 찍어 촬영 촬영된 찍은
모은 모아 모으 수집 취합 모집
배우 교육 학습 강좌
의견 답이 답변
예정 계획 방침
밝혔 말했 전했 설명 언급 덧붙 강조 발표 당부 주문 요청 지시 지적 요구
노인 어르신 고령자
야간 밤
불량 결함
묻힌 묻은 매설
일어 일어난 일어났 발생 생긴 생겼
참가 참여 참석
쓴다 쓰는 쓰고 써서 사용 이용 활용 투입 소요 든다 드는
옮긴 옮겨 옮김 이관 이전
잇따 연속
빌리 빌린 빌려 빌릴 대출 대여 임대 임차
공개 게시 싣는 싣고 싣지 실어
멈춘 멈추 멈춰 멈출 중단 중지 그만두 그만둔 그만둬 그만뒀
끊겨 끊긴 끊어
높이 높인 높여 높일 높임 높였 높게 제고
낮추 낮춘 낮춰 낮출 낮췄
넣는 넣어 넣지 넣고 넣을 입력
소유 가진 보유 지닌
버리 폐기
파는 팔고 팔아 팔았 팔린 팔렸 판다 판매
사들 사서 구입 매입 구매
부담 댄다 대고 충당
그대로 유지 동결
꾸린 꾸려 꾸리 짠다 편성 구성 결성
교대 번갈
맡겨 맡긴 맡기 의뢰 위탁
따로 별도
찾아낸 찾아내 발견
몰려 몰린 쏠린 쏠려 집중
바닷가 해안 해변
병든 감염
베어 벌채 벌목
부수 부숴 부순 파쇄
부서진 부서져 파손
알아보 알아볼 식별
푯말 팻말 표지판
은퇴 퇴직
돌려받 돌려준 돌려주 반납 반환
추경 추가경정
다리 교량
그늘 응달 음지
서로 상호
약속 협약 합의
돌려보 우회 돌아가
기름값 유류비 연료비
치우 치운 치워 청소
거두 거둬 거둔 걷는 걷은 징수
헐고 헐어 허물
대신 대체
지켜보 관찰
"""
_OPPOSITE = (
    ("늘리", "줄이"), ("빠르", "느려"), ("빠르", "심해"), ("열고", "닫고"), ("시작", "마친"), ("만든", "없앤"),
    ("놓는", "없앤"), ("모자라", "넉넉"), ("어렵", "쉬운"), ("공개", "비공개"), ("심해", "줄이"), ("열고", "멈춘"),
    ("걱정", "기대"), ("많아", "적은"), ("만든", "버리"), ("이어", "끊겨"),
    ("그대로", "늘리"), ("그대로", "줄이"), ("그대로", "없앤"),
    ("높이", "낮추"), ("높이", "줄이"), ("늘리", "낮추"),
)  # fmt: skip
# Of one line at most one can be meant: a sentence that says one is not carried by a passage that says only another.
_EXCLUSIVE = """
무료 유료
올해 지난해 내년 재작년 내후년
상반기 하반기
오전 오후
평일 주말
높은 낮은
높이 낮추
많은 적은
큰 작은
최대 최소
최고 최저
이상 이하
초과 미만 이내
전날 다음날 당일
국비 시비 도비 군비 구비 민자
찬성 반대
의무 자율 선택
내부 외부
실내 실외
공공 민간
초등학 중학 고등학 대학
봄 여름 가을 겨울
상승 하락
흑자 적자
허용 금지
수용 불수용
공개 비공개
가능 불가
있는 없는
찬성 반대
월요일 화요일 수요일 목요일 금요일 토요일 일요일
동쪽 서쪽 남쪽 북쪽
남성 여성
수입 수출 지출
"""

NEGATIVE = words("""
    불가 불허 불수용 금지 제외 부족 미흡 모자라 모자란 결핍 미달 어렵 어려 곤란 애로 멈춘 멈추 멈춰 멈출 중단 중지
    그만두 그만둔 그만둬 그만뒀
    취소 폐지 반려 거부 거절 끊겨 끊긴 끊어 미실시 미설치 미이행 미제출 부재 공백 저조 결여 누락 비공개""")
"""Words that deny what they are said of, as 않다 and 없다 do."""

# Words that every administrative text is made of: alone they prove nothing, and a passage need not have them.
LIGHT = frozenset(
    words("""
    추진 행정 업무 강화 위해 위한 위하 통해 통한 대한 대해 대하 관련 관하 관한 관해 사업 계획 예정 방침 운영 활용
    제공 서비스 시민 주민 구민 군민 도민 국민 개선 마련 향상 제고 도모 필요 가능 다양 다양한 효율 효과 기대 강조
    밝혔 밝힌 밝히 당부 요청 주문 지시 이번 이날 그날 당일 또한 특히 한편 다만 반면 오히려 그는 그녀 있는 있다
    있도록 있으며 있어 있고 있었 없는 것을 것이 것으로 것은 것도 등을 등이 등의 지속 지속적 적극 적극적 중심 바탕
    기반 분야 문제 과정 부분 경우 모든 모두 각종 주요 전반 더욱 보다 함께 따라 따른 따르 의한 의해 실시 진행 노력
    수립 역할 중요 성과 결과 내용 사항 방안 체계 시행 관리 앞으로 향후 최근 현재 아울러 이에 이를 이와 이처럼
    그리고 하지만 그러나 이후 이전 실제 통합 총력 최선 만전 정도 이상 전체 각각 매우 가장 아주 더 덜 약 총 각 및
    등 전 후 중 내 외 간 때 점 말 당 하다 한다 했다 하는 하기 하도록 되다 된다 됐다 되는 위치 대상 규모 방식 방법
    목적 목표 기준 사실 상황 현황 여부 가운데 중에 사이 동안 기간 일정 일시 시간 시기 오는 지난 다음 아래 위와
    해당 각급 여러 일부 처음 마지막 새로 다시 계속 이미 우리 자신 스스로 직접 반드시 꼭 미리 먼저 우선 가량 정도
    남짓 여명 여개 이르 이른 달한 달하 나타 나왔 나온 보인 보이 삶의 질을 자리 도움 기여 이바지 힘쓰 힘쓰겠 나가
    나아가 거쳐 걸쳐 두고 삼아 맞아 맞춰 통하 삼는 받아 주시 바랍 바란 드립 드리 참고 귀하 귀하께서 가정 건강 행복
    여러분 관심 부탁 감사 안녕 다음과 같이 같은 같아 아래와 이렇 그런 이런 저런 어떤 대비 비교 개최 실현 지역 사회
    기관 부서 담당 차원 측면 관점 수준 조성 발전 성장 미래 혁신 변화 시대 도시 세상 모습 의미 뜻깊 추진실 실적
    배경 개요 취지 붙임 별첨 첨부 참조 세부 구체 구체적 종합 소요 산출 항목 구분 비고 번호 합계 보고 발표 소개
    설명 전했 덧붙 말했 언급 평가 제안 약속 전망 예상 보임 달성 확보 투입 발생 이뤄 이루 이룬 펼치 펼친 나선 나설
    나서 문 것 수 때 곳 점 중 등 간 내 외 월 일 년 시 군 구 도 가지 들어 통틀 비롯 포함 제도 정책 조치 대책 대응
    활동 작업 역량 여건 환경 기회 가치 원칙 절차 결정 선정 대표 주관 주최 하여 하였 하고 하며 해야 할 수 있을 있음
    없음 됩니다 합니다 됨 함 임 있습 없습 예정이 예정입 계획이 계획입 것임""")
)
LIGHT_VERBS = words("""
    없 있 않 못 되 된 될 됨 하 한 할 함 했 이르 이른 이를 달하 달한 달해 나타 나온 나왔 나와 나오 보이 보인 보였
    보일 가지 가진 갖 통하 대하 따르 따라 맞아 맞이 거쳐 거치 거친 걸치 걸쳐 걸리 걸린 걸쳤 삼아 삼은 나서 나섰
    나선 펼치 펼친 힘쓰 힘써 이뤄 이루 이룬 담긴 담은 담고 담아 담겨 들어 나가 나간 달라 그려 위하 관하 의하 인하
    비하 따른 덧붙 밝히 밝혔 밝힌 말하 말했 전했 전하 알려졌 여겨 여긴 느끼 바라 바란 바랍""")
"""How verbs that say little begin."""
# Light among themselves, but said of a thing they tell what is done to it: at least as many must be shared as not.
SAYING = frozenset(words("밝혔 말했 전했 설명 언급 덧붙 강조 발표 당부 주문 요청 지시 지적 요구 밝힌 말한 했다"))


def _meanings() -> dict[str, str]:
    table: dict[str, str] = {}
    for line in _SAME.strip().replace("\n+ ", " ").split("\n"):
        entries = line.split()
        for entry in entries:
            table.setdefault(entry, entries[0])
    return table


MEANING = _meanings()
"""A word's beginning, and the first word of its line, which stands for all of them."""
LONGEST = max(map(len, MEANING))
OPPOSITES = {
    one: frozenset(b if a == one else a for a, b in _OPPOSITE if one in (a, b)) for pair in _OPPOSITE for one in pair
}
EXCLUSIVE = tuple(tuple(line.split()) for line in _EXCLUSIVE.strip().split("\n"))


@lru_cache(maxsize=50_000)
def meaning_of(word: str) -> str:
    """The meaning that a word begins with; nothing where it has none of those known."""
    for length in range(min(len(word), LONGEST), 1, -1):
        found = MEANING.get(word[:length])
        if found is not None:
            return found
    return ""

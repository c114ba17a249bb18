"""People with their posts: 서철모 서구청장, 김하균 세종특별자치시 행정부시장, 김 부시장."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from biseo.text.characters import is_hangul, words

POSTS = words("""
    대통령 국무총리 총리 부총리 장관 차관 처장 청장 차장 시장 부시장 도지사 부지사 지사 군수 부군수 구청장 부구청장
    부청장 실장 본부장 국장 단장 과장 팀장 계장 센터장 소장 관장 원장 부원장 읍장 면장 동장 이장 반장 대장 서장
    지점장 지부장 지회장 주무관 사무관 서기관 이사관 부이사관 주사 담당관 감사관 정책관 기획관 조정관 심의관 대변인
    보좌관 비서관 연구사 연구관 지도사 지도관 장학사 장학관 소방관 경찰관 의장 부의장 의원 위원장 부위원장 위원
    교육감 부교육감 교육장 교장 교감 교사 교수 총장 부총장 학장 이사장 부이사장 이사 대표이사 사장 부사장 당선인
    당선자 내정자 후보자 권한대행 직무대행 직무대리 회장 부회장 사무총장 사무국장 사무처장 조합장 기자 예비후보 후보
    변호사 박사 주임 연구원 감독 작가 강사 간사 대표 씨 전문위원""")
_POST_SET = frozenset(POSTS)
_SAME_POST = {"구청장": "청장", "부구청장": "부청장", "도지사": "지사", "국무총리": "총리"}
_SURNAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길연위표명기반라"
    "왕금옥육인맹제모탁국어은편용예봉경사부가복태목형피두감음빈동온호범좌팽승간상시갈단견당"
)
_COMMON_SURNAMES = frozenset("김박최강조윤장임오서권황안송류홍고문손배백허유남심하곽성차민엄채원방")
_DOUBLE_SURNAMES = ("남궁", "황보", "제갈", "사공", "선우", "독고", "동방", "서문")
# Words of offices: 정보과, 안전관, 도시국 are no names although they begin with a surname.
_OFFICE_STEMS = frozenset(
    words("""
    문화 안전 도시 경제 교통 환경 기획 정책 행정 홍보 주택 공원 건설 산업 민원 인사 감사 조사 연구 교육 복지 보건
    정보 전산 예산 재정 세무 회계 총무 자치 농업 수도 하수 위생 청소 여성 가족 아동 노인 장애 체육 관광 축산 산림
    해양 수산 지적 토지 노동 국방 지역 공보 비서 소방 경찰 상수 하천 방재 재난 국제 투자 공사 공단 의회 구의 시의
    도의 군의 법무 고용 전략 혁신 미래 기술 기후 안보 민방 문예 주민 공동 기업 지방 중앙 통상 국립 시립 도립 구립
    공립 사립 박물 미술 도서 강력 수사 형사 조직 기록 차량 건축 지식 성장 원예 동물 식품 공공 우체 심사 정무 유통
    도로""")
)
_OFFICE_ENDINGS = frozenset("국원관소회도부당단구")
_NEVER_NAME_ENDINGS = frozenset("과팀청처실시군들별해된될할며려돼했는은을를에의")
_DISTRICTS = frozenset(
    words("""
    강남구 강동구 강북구 강서구 송파구 은평구 마포구 양천구 구로구 금천구 노원구 성북구 도봉구 광진구 용산구 유성구
    남동구 계양구 연수구 동대문 서대문 영등포 종로구 중랑구 관악구 동작구 성동구 서초구 대덕구 광산구 수성구 달서구
    해운대 사상구 사하구 금정구 기장군 연제구 부평구 장안구 권선구 팔달구 영통구 수정구 중원구 분당구 만안구 동안구
    단원구 상록구 덕양구 처인구 기흥구 수지구 상당구 서원구 흥덕구 청원구 동남구 서북구 완산구 덕진구 의창구 성산구
    진해구""")
)
_NO_NAMES = frozenset(
    words("""
    기안자 검토자 협조자 결재자 보고자 작성자 발신자 수신자 발표자 기획자 제안자 감독자 지원자 민간인 전문가 정치인
    대통령 지도자 관계자 참석자 대표자 책임자 담당자 신청자 이용자 수상자 당선자 후보자 진행자 연구자 기업인 예술인
    언론인 법조인 장애인 외국인 공무원 주무관 사무관 서기관 고위직 부동산 자동차 반도체 신재생 이동식 전통적 국내외
    오늘날 한국의 우리의 조직위 추진위 심의위 운영위 이사회 총학생 여야의 상임위 소속의 신임관 주요국 전체의 한국형
    민주당 국민의 안전한 유능한 공정한 정당한 강력한 당시의 이상의 이하의 이번의 전국의 지난해 오전에 오후에 이어서
    이에따 하지만 그리고 또한편 한편은 이후의 정부의 현재의 최고의 최초의 최근의 동시에 유일한 대한의 서울의 인천의
    대전의 제주의 부산의 여성의 남성의 노인의 주민의 시민의 현직의 전직의 임시직 정규직 기간제 임기제 별정직 전문직
    연구직 구체적 정기적 전문적 조직적 공개적 자발적 국제적 전반적 주도적 성공적 인공적 동남아 소상공 중소기 공인회
    신혼부 민원인 대리인 소유자 사용자 운전자 노동자 근로자 생산자 소비자 피해자 가해자 수혜자 고령자 전담반 비상임
    상임이 명예직 원어민 주민과 직원과 장애우""")
)
_ORG_ENDINGS = words("""
    시 도 구 군 청 국 과 실 팀 처 부 회 당 원 관 단 소 본부 센터 위원회 재단 공사 공단 대학교 학교 의힘 읍 면 동 장
    담당 대학 신문 일보 뉴스 방송 정책 기획 사업 행정 경제""")
_REGIONS = frozenset(
    words("""
    서울 부산 대구 인천 광주 대전 울산 세종 경기 강원 충북 충남 전북 전남 경북 경남 제주 전 현 신임 수석 선임 부
    임시 행정 정무 경제 상임 명예 공동""")
)
_PARTICLES = words("""
    에게는 에게서 이라고 이라며 으로서 으로 에게 이며 이고 이라 께서 부터 까지 이다 입니다 처럼 보다 이자 은 는 이
    가 을 를 과 와 의 에 도 께 님 로 등 및 만 들""")
_TITLE_WORDS = re.compile("특별자치|특별|광역|특례|자치")
_POST_BEGIN = re.compile(
    r"(?:" + "|".join(sorted(POSTS, key=len, reverse=True)) + r")(?=[^가-힣]|$|" + "|".join(_PARTICLES) + ")"
)
_IN_BRACKETS = re.compile(r"\((?P<post>[가-힣]{0,10}[가-힣])[ :]{1,2}(?P<name>[가-힣]{2,4})(?=[),·])")
_AFTER_LABEL = re.compile(r"(?:담당자|작성자|보고자|기안자|검토자|책임자|담당)[ ]?:[ ]?(?P<name>[가-힣]{3})(?![가-힣])")
_SIGNED = re.compile(
    r"(?:기안자|검토자|협조자|결재권?자|보고자|작성자)[ :]{1,3}"
    r"(?P<post>[가-힣]{2,10})[ ]{1,3}(?P<name>[가-힣]{3})(?![가-힣])"
)
_REACH = 60
# What follows a post and makes it another one: 서구청장 예비후보, 과장 직무대리.
_CHANGED = re.compile(r" (예비후보|후보자?|당선인|당선자|내정자|권한대행|직무대행|직무대리)(?![가-힣]{4})")


@dataclass(frozen=True)
class Person:
    """A person named in a text: `name` may be the surname alone; `post` is the last word of the title as written."""

    name: str
    post: str
    start: int
    end: int


def base_post(title: str) -> str:
    """The bare post a title ends in: 시장 of 고양특례시장, 부시장 of 행정부시장; 구청장 and 청장 are one."""
    for length in range(min(4, len(title)), 0, -1):
        if title[-length:] in _POST_SET:
            return _SAME_POST.get(title[-length:], title[-length:])
    return ""


def same_post(one: str, other: str) -> bool:
    """Whether two titles can be the same post: 청장 and 서구청장, 고양시장 and 고양특례시장; not 시장 and 부시장."""
    if base_post(one) != base_post(other):
        return False
    short, long = sorted((_TITLE_WORDS.sub("", one), _TITLE_WORDS.sub("", other)), key=len)
    return long.endswith(short) or base_post(short) == short


def is_name(word: str) -> bool:
    """Whether a whole word can be a Korean person's full name (three syllables, four with a double surname)."""
    if len(word) == 4:
        return word.startswith(_DOUBLE_SURNAMES) and all(is_hangul(char) for char in word)
    if len(word) != 3 or word[0] not in _SURNAMES or word in _NO_NAMES or word in _DISTRICTS:
        return False
    if word[2] in _NEVER_NAME_ENDINGS or base_post(word):
        return False
    if word[1:] in _POST_SET or not all(is_hangul(char) for char in word):
        return False
    return not (word[2] in _OFFICE_ENDINGS and word[:2] in _OFFICE_STEMS)


def find_people(text: str, surnames: Collection[str] = ()) -> tuple[Person, ...]:
    """People named with a post, in order.

    A surname with a post (김 부시장) counts when the surname is frequent and no word of its own, when the text names
    someone of that surname in full, or when it is among `surnames`.
    """
    people: list[Person] = []
    short: list[Person] = []
    for match in _POST_BEGIN.finditer(text):
        person = _before(text, match.start(), match.end())
        if person is not None:
            (short if len(person.name) == 1 else people).append(person)
    for match in _IN_BRACKETS.finditer(text):
        if base_post(match["post"]) and (is_name(match["name"]) or _short_name(match["name"])):
            people.append(Person(match["name"], match["post"], match.start("post"), match.end("name")))
    for match in _SIGNED.finditer(text):
        if base_post(match["post"]) and is_name(match["name"]):
            people.append(Person(match["name"], match["post"], match.start("post"), match.end("name")))
    for match in _AFTER_LABEL.finditer(text):
        if is_name(match["name"]):
            people.append(Person(match["name"], "", match.start("name"), match.end("name")))
    known = {person.name[0] for person in people} | _COMMON_SURNAMES | set(surnames)
    people.extend(person for person in short if person.name in known)
    people.sort(key=lambda person: (person.start, -person.end, -len(person.post)))
    kept: list[Person] = []
    for person in people:
        if not kept or person.start >= kept[-1].end:
            kept.append(person)
        elif len(person.name) > len(kept[-1].name):
            kept[-1] = person
    return tuple(kept)


def _short_name(word: str) -> bool:
    return len(word) == 2 and word[0] in _SURNAMES


def _before(text: str, post_start: int, post_end: int) -> Person | None:
    """The person whose name stands before the post that ends at `post_end`."""
    limit = max(0, post_start - _REACH)
    start = post_start
    while start > limit and is_hangul(text[start - 1]):
        start -= 1
    changed = _CHANGED.match(text, post_end)
    if changed is not None:
        post_end = changed.end()
    post = text[start:post_end]
    position = start
    for distance in range(5):
        if position <= limit or text[position - 1] != " ":
            return None
        end = position - 1
        begin = end
        while begin > limit and is_hangul(text[begin - 1]):
            begin -= 1
        word = text[begin:end]
        if not word or (begin and text[begin - 1].isalnum()):
            return None
        if is_name(word):
            return Person(word, post, begin, post_end)
        if distance == 0 and len(word) == 1 and word in _SURNAMES:
            return Person(word, post, begin, post_end)
        if word not in _REGIONS and not word.endswith(_ORG_ENDINGS):
            return None
        position = begin
    return None

"""Number plates: 12가3456, 123나 4567, 서울31바1234."""

from __future__ import annotations

import re
from collections.abc import Iterator

from biseo.checks.privacy.kinds import PersonalData
from biseo.checks.privacy.reading import Reading

_REGIONS = "서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주"
_LETTERS = "가나다라마거너더러머버서어저고노도로모보소오조구누두루무부수우주아바사자배하허호"
_PLATE = re.compile(
    rf"(?<![0-9A-Za-z.,])(?:(?<![가-힣])(?:{_REGIONS})[ \t]?)?(?<!제)(?P<class>[0-9]{{1,3}})(?P<one>[ \t]?)"
    rf"(?P<letter>[{_LETTERS}])(?P<two>[ \t]{{0,2}}\n?)(?P<serial>[1-9][0-9]{{3}}|0[0-9]{{3}})(?![0-9])(?![,.-][0-9])"
)
# These letters also count things or end words: a plate only where nothing stands between, or a vehicle is spoken of.
_COUNTERS = frozenset("가나다라마조구도주부배호수보로모오자바사우아하고서나")
_VEHICLE = re.compile(
    r"차량|번호판|자동차|승용|승합|화물|택시|버스|트럭|렌터카|주차|주정차|견인|운전|등록[ ]?번호|오토바이|이륜"
)
_COUNTED = re.compile(
    r"[ ]?(?:[억만조천%㎡㎞]|원|명|년|월|일|개|건|호(?!차)|번지|세대|가구|미터|m|km|시간|그루|매|부|권|대|톤|점|회|주)"
)


def find_vehicles(reading: Reading) -> Iterator[PersonalData]:
    """Plates of all forms in use, spaces or the border of a cell between their parts."""
    for match in _PLATE.finditer(reading.text):
        region = match[0][0] in "서부대인광울세경강충전제"
        if not region and len(match["class"]) < 2:
            continue
        near = reading.label(match.start(), 40) + reading.after(match.end(), 24)
        spoken = _VEHICLE.search(near) is not None
        if _COUNTED.match(reading.after(match.end())) and not (spoken or region):
            continue
        parted = bool(match["one"] or match["two"])
        if parted and not (spoken or region) and (match["letter"] in _COUNTERS or "\n" in match["two"]):
            continue
        yield PersonalData("vehicle", match.start(), match.end())


def plates(reading: Reading) -> Iterator[tuple[str, PersonalData]]:
    """Whatever has the form of a plate, with the plate without region and spaces as the key."""
    for match in _PLATE.finditer(reading.text):
        key = match["class"] + match["letter"] + match["serial"]
        yield key, PersonalData("vehicle", match.start(), match.end())

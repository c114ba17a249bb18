"""Style: the given cases, our own, and what must never be touched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from biseo.checks.style import Profile, apply_certain, check_style, rules
from biseo.document import Finding

HERE = Path(__file__).resolve().parent
GIVEN = HERE.parents[3] / "shared" / "domain" / "style_cases.jsonl"
SEVERITY = {"E": "error", "W": "warning", "S": "suggestion"}
PROFILES: tuple[Profile, ...] = ("official", "report", "press")


def rows(name: str) -> list[list[str]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    # A literal \n and \t stand for a new line and a tab.
    return [
        [cell.replace("\\n", "\n").replace("\\t", "\t") for cell in line.split("\t")]
        for line in lines
        if line and not line.startswith("#")
    ]


def grave(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(finding.rule, finding.text) for finding in findings if finding.severity != "suggestion"]


@pytest.mark.skipif(not GIVEN.exists(), reason="the given cases are not beside the project")
@pytest.mark.parametrize("profile", PROFILES)
def test_given_cases(profile: Profile) -> None:
    for line in GIVEN.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        found = check_style(case["wrong"], profile)
        if profile in rules()[case["rule"]].profiles:
            own = [finding for finding in found if finding.rule == case["rule"]]
            assert own, case
            assert own[0].severity == SEVERITY[case["kind"]], case
            if own[0].certain:
                assert apply_certain(case["wrong"], found) == case["right"]
            elif own[0].suggestion:
                assert case["wrong"][: own[0].start] + own[0].suggestion + case["wrong"][own[0].end :] == case["right"]
        assert grave(check_style(case["right"], profile)) == [], case


@pytest.mark.parametrize(("profile", "rule", "wrong", "right"), rows("style_cases.tsv"))
def test_own_cases(profile: Profile, rule: str, wrong: str, right: str) -> None:
    found = check_style(wrong, profile)
    own = [finding for finding in found if finding.rule == rule]
    assert own, [(finding.rule, finding.text) for finding in found]
    for finding in found:
        assert finding.text == wrong[finding.start : finding.end]
        assert finding.message.endswith(("다.", "요."))
        assert finding.authority
    if right:
        assert apply_certain(wrong, found) == right
        assert grave(check_style(right, profile)) == []
    else:
        assert not any(finding.certain for finding in own)


@pytest.mark.parametrize(("profile", "text"), rows("style_clean.tsv"))
def test_clean_text_is_left_alone(profile: Profile, text: str) -> None:
    assert grave(check_style(text, profile)) == []


def test_suggestions_are_never_certain() -> None:
    text = "금번 사업을 제고하고 사정에 의해 변경될 수 있는바 21,345천원을 지급함."
    found = check_style(text)
    assert {finding.rule for finding in found} >= {"PLAIN", "TRANS", "MONEY_CHEON"}
    assert not any(finding.certain for finding in found if finding.severity == "suggestion")
    assert check_style(text, hints=False) == ()


def test_tables_lower_what_is_said_of_dates() -> None:
    text = "구분\n2026.1.6.\n일시 : 오후 3시"
    assert {finding.severity for finding in check_style(text)} == {"error"}
    inside = check_style(text, tables=[(0, len(text))])
    assert {finding.severity for finding in inside} == {"warning"}
    assert "COLON" not in {finding.rule for finding in inside}


def test_wide_space_counts_as_two_columns() -> None:
    assert grave(check_style("붙임　계획서 1부.　끝.")) == []


def test_rules_are_complete() -> None:
    for rule in rules().values():
        assert rule.message.endswith(("다.", "요.")), rule.id
        assert rule.authority, rule.id
        assert set(rule.profiles) <= set(PROFILES), rule.id

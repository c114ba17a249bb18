from __future__ import annotations

import re
from importlib.resources import files

import pytest

from biseo.errors import UsageError
from biseo.tasks.catalogue import all_tasks, find_task, parse_task
from biseo.tasks.definition import TaskDefinition

SMALL = """
id = "notice"
title = "안내문"
description = "안내문을 씁니다."
profile = "report"
order = 90
needs_source = false
document_title = "{name} 안내"
instructions = "안내문을 씁니다."

[[fields]]
id = "name"
label = "이름"
required = true

[[fields]]
id = "kind"
label = "종류"
kind = "choice"
choices = ["보통", "급함"]

[[fields]]
id = "cost_rows"
label = "비용"
kind = "rows"
columns = [{ id = "item", label = "항목" }, { id = "won", label = "금액", kind = "amount" }]

[[sections]]
id = "gist"
title = "핵심"
origin = "model"
shape = "items"
marks = ["ㅇ"]
lines = [1, 2]
instructions = "핵심을 씁니다."

[[sections]]
id = "costs"
title = "비용"
origin = "rule"
shape = "rows"
field = "cost_rows"
total = "won"

[[sections]]
id = "urgent"
title = "급함"
origin = "form"
shape = "text"
when = ["kind", "급함"]
template = "{name}: 곧바로 알립니다."
"""


def broken(old: str, new: str) -> str:
    assert old in SMALL
    return SMALL.replace(old, new, 1)


def test_a_small_task_parses() -> None:
    task = parse_task(SMALL)
    assert [field.id for field in task.fields] == ["name", "kind", "cost_rows"]
    assert task.sections[0].lines == (1, 2)
    assert task.sections[2].when == ("kind", "급함")
    assert task.fields[2].columns[1].kind == "amount"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('title = "안내문"\n', ""),
        ('title = "안내문"\n', 'title = "안내문"\nflavour = "x"\n'),
        ('label = "이름"\n', 'label = "이름"\nflavour = "x"\n'),
        ('label = "이름"\n', ""),
        ('label = "금액", kind = "amount"', 'label = "금액", size = "1"'),
        ('title = "핵심"\n', 'title = "핵심"\nflavour = "x"\n'),
        ('id = "kind"\n', 'id = "name"\n'),
        ('id = "costs"\n', 'id = "gist"\n'),
        ('id = "gist"\n', 'id = "name"\n'),
        ('choices = ["보통", "급함"]', "choices = []"),
        ('columns = [{ id = "item", label = "항목" }, { id = "won", label = "금액", kind = "amount" }]', ""),
        ('kind = "choice"', 'kind = "choise"'),
        ('shape = "items"', 'shape = "itmes"'),
        ('origin = "model"', 'origin = "modle"'),
        ('field = "cost_rows"', 'field = "cost_row"'),
        ('field = "cost_rows"', 'field = "name"'),
        ('total = "won"', 'total = "wen"'),
        ('when = ["kind", "급함"]', 'when = ["kin", "급함"]'),
        ('when = ["kind", "급함"]', 'when = ["kind", "급하다"]'),
        ('when = ["kind", "급함"]', 'when = ["kind"]'),
        ('instructions = "핵심을 씁니다."', ""),
        ("lines = [1, 2]", ""),
        ("lines = [1, 2]", "lines = [3, 2]"),
        ('template = "{name}', 'template = "{nmae}'),
        ('document_title = "{name} 안내"', 'document_title = "{nmae} 안내"'),
        ('profile = "report"', 'profile = "raport"'),
        ("order = 90", "order = = 90"),
        ('lines = [1, 2]', 'lines = [1, 2]\nopposite = "none"'),
        ('lines = [1, 2]', 'lines = [1, 2]\nanswers = ["none"]'),
        ('lines = [1, 2]', 'lines = [1, 2]\ngiven = "none"'),
        ('lines = [1, 2]', 'lines = [1, 2]\npart = "foot"'),
        ('origin = "form"\nshape = "text"', 'origin = "form"\nshape = "letter"'),
        ('origin = "form"\nshape = "text"', 'origin = "form"\nshape = "letter"\npart = "head"'),
        (
            'origin = "form"\nshape = "text"',
            'origin = "rule"\nshape = "opening"\nfield = "kind"\ntemplates = { "보통" = "알림" }',
        ),
        ('when = ["kind", "급함"]', 'when = ["kind", "보통", "급하다"]'),
    ],
)  # fmt: skip
def test_a_mistake_in_a_definition_is_told_as_such(old: str, new: str) -> None:
    with pytest.raises(ValueError):
        parse_task(broken(old, new))


def test_all_tasks_are_there_in_order() -> None:
    tasks = all_tasks()
    assert {"press", "letter", "proposal", "plan", "report", "reply", "summary", "swot"} <= {task.id for task in tasks}
    assert [task.order for task in tasks] == sorted(task.order for task in tasks)
    assert len({task.id for task in tasks}) == len(tasks)
    folder = files("biseo_resources") / "tasks"
    assert len(tasks) == sum(entry.name.endswith(".toml") for entry in folder.iterdir())


def test_find_task() -> None:
    assert find_task("press").title == "보도자료"
    with pytest.raises(UsageError) as caught:
        find_task("nope")
    assert "press" in caught.value.advice


def test_the_sections_of_the_contract() -> None:
    assert [section.id for section in find_task("swot").sections] == [
        "strengths", "weaknesses", "opportunities", "threats", "ideas",
    ]  # fmt: skip


@pytest.mark.parametrize("task", all_tasks(), ids=lambda task: task.id)
def test_what_people_read_is_korean_and_calm(task: TaskDefinition) -> None:
    texts = [task.title, task.description, *(field.label for field in task.fields), *(s.title for s in task.sections)]
    assert all(re.search("[가-힣]", text) for text in texts)
    assert not any("!" in text for text in [*texts, *(field.help for field in task.fields)])
    assert all(field.columns for field in task.fields if field.kind == "rows")

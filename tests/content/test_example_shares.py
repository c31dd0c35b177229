"""Topics with too few examples, or too few of a variety."""

from __future__ import annotations

import pytest

from videohjelp.content.example_shares import check_example_shares
from videohjelp.content.nlu import Example, read_examples
from videohjelp.content.yaml_lines import read_content

from .conftest import Project

PATH = "data/nlu/during.yml"
INTENT = "recording"


def examples(project: Project) -> list[Example]:
    content, _ = read_content(project.root)
    return [one for one in read_examples(content) if one.intent == INTENT]


def found(project: Project) -> list[str]:
    return [str(one) for one in check_example_shares(examples(project))]


@pytest.mark.parametrize(
    ("turned", "kind", "part"),
    [
        (("nynorsk",), "nynorsk or dialect", "1/3"),
        (("dialect",), "nynorsk or dialect", "1/3"),
        (("sms",), "sms", "1/10"),
        (("learner",), "learner", "1/10"),
        (("english",), "english", "1/10"),
    ],
)
def test_a_variety_that_is_rare(
    project: Project, turned: tuple[str, ...], kind: str, part: str
) -> None:
    assert found(project) == []
    for variety in turned:
        head = f"- intent: {INTENT}\n  metadata:\n    variety: "
        project.replace(PATH, f"{head}{variety}\n", f"{head}bokmaal\n")
    now = examples(project)
    left = sum(1 for one in now if one.variety in kind.split(" or "))
    [wrong] = found(project)
    begin = f"{PATH}:{now[0].line}: {left} of the {len(now)} examples of '{INTENT}' are {kind}, "
    assert wrong.startswith(f"{begin}less than {part}; write ")
    assert wrong.endswith(f" more with variety: {kind}")


def test_as_many_as_are_asked_for_are_enough() -> None:
    """And one less is not: whoever adds examples adds to the whole as well."""
    written = [Example("x", "bokmaal", str(n), "data/nlu/x.yml", n) for n in range(80)]
    others = [(variety, 30) for variety in ("dialect", "sms", "english")]
    for variety, count in others:
        written += [Example("x", variety, f"{variety}{n}", "x", 0) for n in range(count)]
    for variety in ("nynorsk", "learner"):
        [wrong] = [str(one) for one in check_example_shares(written) if variety in one.todo]
        asked = int(wrong.split("write ")[1].split()[0])
        added = [Example("x", variety, f"{variety}{n}", "x", 0) for n in range(asked)]
        assert any(variety in one.todo for one in check_example_shares(written + added[1:]))
        assert not any(variety in one.todo for one in check_example_shares(written + added))
        written += added


def test_too_few_examples(project: Project) -> None:
    first = examples(project)[0]
    file = project.root / PATH
    rows = file.read_text(encoding="utf-8").split("\n")
    cut = {one.line for one in examples(project)[59:]}
    kept = [row for at, row in enumerate(rows, start=1) if at not in cut]
    file.write_text("\n".join(kept), encoding="utf-8")
    assert (
        f"{PATH}:{first.line}: the topic '{INTENT}' has 59 examples, at least 60 are needed; "
        "write 1 more, as different people would say it"
    ) in found(project)

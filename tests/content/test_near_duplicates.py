"""Examples that are nearly the same, within a topic and in two."""

from __future__ import annotations

from videohjelp.content.near_duplicates import check_near_duplicates, near_duplicates
from videohjelp.content.nlu import Example, read_examples
from videohjelp.content.yaml_lines import read_content

from .conftest import Project

PATH = "data/nlu/after.yml"
TOPICS = ("payment", "payment_exemption")


def examples(project: Project) -> list[Example]:
    content, _ = read_content(project.root)
    return [one for one in read_examples(content) if one.intent in TOPICS]


def found(project: Project) -> list[str]:
    return [str(one) for one in check_near_duplicates(examples(project))]


def block(intent: str, *written: str) -> str:
    rows = "".join(f"    - {one}\n" for one in written)
    return f"- intent: {intent}\n  metadata:\n    variety: bokmaal\n  examples: |\n{rows}"


def test_a_few_in_a_topic_are_left_alone(project: Project) -> None:
    long = next(one for one in examples(project) if len(one.written) > 40)
    project.append(PATH, block(long.intent, f"{long.written} da"))
    assert found(project) == []


def test_too_many_in_a_topic(project: Project) -> None:
    own = [one for one in examples(project) if one.intent == "payment"]
    long = [one for one in own if 40 < len(one.written) < 100][:8]
    assert len(long) == 8
    at = project.append(PATH, block("payment", *(f"{one.written} da" for one in long))) + 4
    wrong = found(project)
    for number, one in enumerate(long):
        begin = (
            f"{PATH}:{at + number}: the example '{one.written} da' is nearly "
            f"'{one.written}' ({PATH}:{one.line}); "
        )
        [told] = [said for said in wrong if said.startswith(begin)]
        assert f" of the {len(own) + 8} examples of 'payment' repeat another one" in told
        assert told.endswith("; say it in other words or remove it; fewer than 5% may be such")


def test_nearly_the_same_in_two_topics(project: Project) -> None:
    at = project.append(
        PATH,
        block("payment", "må jeg betale for dette når jeg bor i utlandet")
        + block("payment_exemption", "må jeg betale for dette når jeg bor i utlanded?"),
    )
    assert found(project) == [
        f"{PATH}:{at + 9}: the example 'må jeg betale for dette når jeg bor i utlanded?' of "
        "'payment_exemption' is nearly 'må jeg betale for dette når jeg bor i utlandet' of "
        f"'payment' ({PATH}:{at + 4}); keep the one a patient would mean by it, or make the "
        "difference plain"
    ]


def test_one_word_can_be_all_the_difference_between_two_topics(project: Project) -> None:
    project.append(
        PATH,
        block("payment", "the doctor cannot see me")
        + block(TOPICS[1], "the doctor cannot hear me"),
    )
    assert found(project) == []


def test_what_counts_as_nearly_the_same() -> None:
    """One small word more is; the same thought in another written form is not."""
    assert near_duplicates(["mikrofonen virker ikke", "mikrofonen min virker ikke"]) == {1: 0}
    assert near_duplicates(["kva nettlesar skal eg bruke", "ka nettleser ska eg ha"]) == {}

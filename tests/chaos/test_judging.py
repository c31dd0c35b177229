"""Each kind of count sees what it is there for."""

from __future__ import annotations

from dataclasses import replace

from tests.chaos.faults.killed import Killed
from tests.chaos.judging import Message, Tally, apologies, is_apology, judge
from tests.chaos.report import markdown
from tests.chaos.scenario import Outcome
from tests.chaos.web_patients import sort_mistakes
from tests.scale.patients import PHONE

ONE = Message("id-1", "kameraet virker ikke", "Har du tillatt kameraet?\n")
TWO = Message("id-2", "nei", "Da gjør du slik.\n")
EXPECTED = [ONE.answer, TWO.answer]


def judged(*stored: Message, accepted: tuple[Message, ...] = (ONE, TWO)) -> Tally:
    """What comes of a conversation that is stored like that."""
    tally = Tally(sent=2, answered=2)
    judge(tally, "patient 0", accepted, stored, EXPECTED)
    return tally


def counts(tally: Tally) -> tuple[int, int, int]:
    """Lost, doubled and mixed."""
    return len(tally.lost), len(tally.doubled), len(tally.mixed)


def test_a_right_conversation_has_nothing() -> None:
    assert counts(judged(ONE, TWO)) == (0, 0, 0)


def test_what_was_accepted_and_is_not_stored_is_lost() -> None:
    assert counts(judged(ONE)) == (1, 0, 0)


def test_what_has_no_answer_is_lost() -> None:
    assert counts(judged(ONE, replace(TWO, answer=""))) == (1, 0, 0)


def test_what_is_stored_twice_is_doubled() -> None:
    assert counts(judged(ONE, TWO, TWO))[1] == 1


def test_what_is_answered_twice_is_doubled() -> None:
    assert counts(judged(ONE, replace(TWO, answer=TWO.answer * 2))) == (0, 1, 0)


def test_what_somebody_else_wrote_or_was_told_is_mixed() -> None:
    assert counts(judged(ONE, TWO, Message("id-3", "hei", "Hei!\n")))[2] == 2
    assert counts(judged(ONE, replace(TWO, answer="Timen din er avbestilt.\n"))) == (0, 0, 1)


def test_another_order_is_mixed() -> None:
    stored = (replace(TWO, answer=ONE.answer), replace(ONE, answer=TWO.answer))
    assert counts(judged(*stored)) == (0, 0, 1)


def test_the_end_of_an_apology_may_be_on_the_next_page() -> None:
    failed = next(one for one in apologies() if one.startswith("Beklager"))
    cut = failed.rpartition(" Nummeret")[0]
    assert is_apology(f"Hva da?\n\n{cut}\n\nSvar MER for resten")
    assert not is_apology(cut.partition(" Gjelder")[0])


def test_being_handed_over_with_a_code_is_no_apology() -> None:
    assert not is_apology(
        "Nå bør du ringe Kundesenteret i Helse Vest IKT på 55 97 65 51. Si at saken har kode ABC"
    )


def test_after_an_apology_the_answers_may_be_others() -> None:
    assert apologies()
    for apology in apologies():
        assert PHONE.search(apology)
        assert is_apology(f"{apology}\n")
        tally = judged(replace(ONE, answer=f"{apology}\n"), replace(TWO, answer="Hva da?\n"))
        assert counts(tally) == (0, 0, 0)
        assert tally.stored_apologies == 1


def test_the_report_names_every_broken_promise() -> None:
    tally = judged(ONE, TWO, TWO, accepted=(ONE, TWO, Message("id-9", "ha det")))
    tally.mistakes.append("patient 0: heard nothing for 11.0 s")
    tally.slowest_word = 11.0
    sort_mistakes(tally)
    outcome = Outcome(Killed(), 8, tally, recovery=None, health=["process 1: did not answer"])
    kinds = {line.partition(":")[0] for line in outcome.broken}
    assert kinds == {"lost", "doubled", "mixed", "late", "health", "recovery"}
    report = markdown([outcome], "python -m tests.chaos", "today")
    assert "| never | 0 s | no |" in report
    assert all(line in report for line in outcome.broken)
    right = Outcome(Killed(), 8, judged(ONE, TWO), recovery=1.0)
    assert right.broken == []
    assert Outcome(Killed(), 8, Tally(), recovery=1.0).broken == ["lost: nobody was answered"]

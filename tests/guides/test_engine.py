from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from videohjelp.guides.engine import (
    ASK_DEVICE,
    ASK_HELPED,
    ASK_NEXT,
    ASK_YES_OR_NO,
    DEVICE_NOTED,
    NO_WHY,
    NOTHING_BEFORE,
    STUCK,
    WHY_DEVICE,
    Line,
    Progress,
    Turn,
    ask_again,
    choose_device,
    move,
    show,
    start,
)
from videohjelp.guides.model import DEVICES, MOVES, Device, Ending, Guide, Kind, Move, Step, Target
from videohjelp.guides.reading import read_guides
from videohjelp.settings import ROOT


def by_device(name: str) -> dict[Device, str]:
    return {device: f"{name}_{device}" for device in DEVICES}


CAMERA = Guide(
    "camera",
    Kind.TROUBLESHOOTING,
    (
        Step("allow", "allow", why="why_allow"),
        Step("choose", "choose", only_for=("computer",)),
        Step("browser", by_device("browser")),
        Step("restart", "restart", ask="ask_restarted"),
    ),
)
CONNECT = Guide(
    "connect",
    Kind.WALKTHROUGH,
    (
        Step(
            "offer",
            "offer",
            ask="ask_offer",
            counted=False,
            answers={"deny": Target("fine", "finished")},
        ),
        Step("letter", "letter"),
        Step("browser", by_device("browser")),
        Step("mouse", "mouse", only_for=("computer",)),
        Step("wait", "wait"),
    ),
    opening="hello",
)
LATE = Guide(
    "late",
    Kind.QUESTIONS,
    (
        Step(
            "how_late",
            "how_late",
            answers={"affirm": Target("wait", "waiting"), "deny": Target(None, "department")},
        ),
        Step("waiting", "waiting", ask="ask_waiting", answers={"affirm": Target("good", "solved")}),
    ),
)
GUIDES = (CAMERA, CONNECT, LATE)


def said(turn: Turn) -> list[str]:
    return [line.response for line in turn.lines]


def at(guide: Guide, step: str, **known: object) -> Progress:
    return Progress(guide.id, step, **known)  # type: ignore[arg-type]


class TestTroubleshooting:
    def test_starts_with_the_first_step_and_asks_whether_it_helped(self) -> None:
        turn = start(CAMERA, None, ())
        assert turn == Turn((Line("allow"), Line(ASK_HELPED)), at(CAMERA, "allow"))

    def test_it_helped(self) -> None:
        turn = move(CAMERA, at(CAMERA, "allow"), "affirm")
        assert (turn.lines, turn.ending) == ((), Ending.SOLVED)

    @pytest.mark.parametrize("answer", ["deny", "next_step", "dont_know"])
    def test_it_did_not_help_and_the_next_step_needs_the_device(self, answer: Move) -> None:
        turn = move(CAMERA, at(CAMERA, "allow"), answer)
        assert said(turn) == [ASK_DEVICE]
        assert turn.progress == at(CAMERA, "allow", asking_device=True, tried=("allow",))

    def test_a_phone_skips_the_computers_step(self) -> None:
        asking = at(CAMERA, "allow", asking_device=True, tried=("allow",))
        turn = choose_device(CAMERA, asking, "iphone")
        assert said(turn) == ["browser_iphone", ASK_HELPED]
        assert turn.progress == at(CAMERA, "browser", device="iphone", tried=("allow",))

    def test_a_computer_gets_it(self) -> None:
        asking = at(CAMERA, "allow", asking_device=True, tried=("allow",))
        assert said(choose_device(CAMERA, asking, "computer")) == ["choose", ASK_HELPED]

    def test_when_nothing_helped_it_ends_as_the_guide_says(self) -> None:
        last = at(CAMERA, "restart", device="iphone", tried=("allow", "browser"))
        turn = move(CAMERA, last, "deny")
        assert (turn.lines, turn.ending) == ((), Ending.HANDOFF)
        assert turn.progress.tried == ("allow", "browser", "restart")
        other = Guide("x", CAMERA.kind, CAMERA.steps, unsolved=Ending.DEPARTMENT)
        assert move(other, last, "deny").ending is Ending.DEPARTMENT

    def test_a_step_that_was_tried_is_not_offered_again(self) -> None:
        turn = start(CAMERA, "android", ("allow", "restart"))
        assert said(turn) == ["browser_android", ASK_HELPED]
        assert move(CAMERA, turn.progress, "deny").ending is Ending.HANDOFF

    def test_everything_tried_before_ends_at_once(self) -> None:
        turn = start(CAMERA, "android", ("allow", "browser", "restart"))
        assert (turn.lines, turn.ending) == ((), Ending.HANDOFF)

    def test_a_steps_own_question(self) -> None:
        assert said(show(CAMERA, at(CAMERA, "restart"))) == ["restart", "ask_restarted"]

    def test_back_says_the_step_before(self) -> None:
        turn = move(CAMERA, at(CAMERA, "browser", device="iphone"), "previous_step")
        assert said(turn) == ["allow", ASK_HELPED]
        assert turn.progress.step == "allow"


class TestWalkthrough:
    def test_the_opening_comes_before_the_offer_which_has_no_number(self) -> None:
        assert start(CONNECT, None, ()).lines == (Line("hello"), Line("offer"), Line("ask_offer"))

    def test_an_answer_of_the_steps_own(self) -> None:
        turn = move(CONNECT, at(CONNECT, "offer"), "deny")
        assert (said(turn), turn.ending) == (["fine"], Ending.FINISHED)

    def test_steps_are_counted_for_the_device(self) -> None:
        phone = show(CONNECT, at(CONNECT, "wait", device="iphone"))
        assert phone.lines == (Line("wait"), Line(ASK_NEXT, step=3, steps=3))
        computer = show(CONNECT, at(CONNECT, "wait", device="computer"))
        assert computer.lines == (Line("wait"), Line(ASK_NEXT, step=4, steps=4))

    @pytest.mark.parametrize("answer", ["affirm", "next_step"])
    def test_goes_on(self, answer: Move) -> None:
        turn = move(CONNECT, at(CONNECT, "letter", device="android"), answer)
        assert said(turn) == ["browser_android", ASK_NEXT]

    @pytest.mark.parametrize("answer", ["deny", "dont_know"])
    def test_stuck_stays_where_it_is(self, answer: Move) -> None:
        turn = move(CONNECT, at(CONNECT, "letter"), answer)
        assert said(turn) == [STUCK]
        assert turn.stuck
        assert turn.progress == at(CONNECT, "letter")
        assert turn.ending is None

    def test_the_last_step_finishes(self) -> None:
        turn = move(CONNECT, at(CONNECT, "wait", device="iphone"), "affirm")
        assert (turn.lines, turn.ending) == ((), Ending.FINISHED)

    def test_nothing_is_marked_as_tried(self) -> None:
        assert move(CONNECT, at(CONNECT, "letter", device="iphone"), "affirm").progress.tried == ()

    def test_there_is_nothing_before_the_first_numbered_step(self) -> None:
        turn = move(CONNECT, at(CONNECT, "letter"), "previous_step")
        assert said(turn) == [NOTHING_BEFORE, "letter", ASK_NEXT]

    def test_back_skips_steps_for_other_devices(self) -> None:
        turn = move(CONNECT, at(CONNECT, "wait", device="iphone"), "previous_step")
        assert said(turn) == ["browser_iphone", ASK_NEXT]

    def test_a_numbered_step_of_another_device_has_no_number(self) -> None:
        assert show(CONNECT, at(CONNECT, "mouse", device="iphone")).lines[1] == Line(ASK_NEXT)


class TestQuestions:
    def test_the_text_asks_by_itself(self) -> None:
        assert said(start(LATE, None, ())) == ["how_late"]
        assert said(ask_again(LATE, at(LATE, "how_late"))) == ["how_late"]

    def test_an_answer_leads_to_a_step(self) -> None:
        turn = move(LATE, at(LATE, "how_late"), "affirm")
        assert said(turn) == ["wait", "waiting", "ask_waiting"]
        assert turn.progress.step == "waiting"

    def test_an_answer_leads_to_an_ending_without_a_word(self) -> None:
        turn = move(LATE, at(LATE, "how_late"), "deny")
        assert (turn.lines, turn.ending) == ((), Ending.DEPARTMENT)

    @pytest.mark.parametrize("answer", ["dont_know", "next_step"])
    def test_anything_else_is_asked_for_as_yes_or_no(self, answer: Move) -> None:
        turn = move(LATE, at(LATE, "how_late"), answer)
        assert said(turn) == [ASK_YES_OR_NO]
        assert turn.progress.step == "how_late"


class TestWhy:
    def test_a_step_with_a_reason(self) -> None:
        assert said(move(CAMERA, at(CAMERA, "allow"), "ask_why")) == ["why_allow", ASK_HELPED]

    def test_a_step_without_one(self) -> None:
        assert said(move(CONNECT, at(CONNECT, "letter"), "ask_why")) == [NO_WHY, ASK_NEXT]

    def test_the_question_about_the_device(self) -> None:
        asking = at(CAMERA, "allow", asking_device=True)
        turn = move(CAMERA, asking, "ask_why")
        assert said(turn) == [WHY_DEVICE, ASK_DEVICE]
        assert turn.progress == asking


class TestDevice:
    asking = at(CAMERA, "allow", asking_device=True, tried=("allow",))

    @pytest.mark.parametrize("answer", ["dont_know", "deny", "affirm", "next_step"])
    def test_no_device_named_gives_the_wording_for_any_device(self, answer: Move) -> None:
        turn = move(CAMERA, self.asking, answer)
        assert said(turn) == ["choose", ASK_HELPED]
        assert turn.progress.device == "unknown"
        assert said(move(CAMERA, turn.progress, "deny")) == ["browser_unknown", ASK_HELPED]

    def test_back_from_the_question(self) -> None:
        turn = move(CAMERA, self.asking, "previous_step")
        assert said(turn) == ["allow", ASK_HELPED]
        assert not turn.progress.asking_device

    def test_repeating_asks_for_it_again(self) -> None:
        for repeat in (show, ask_again):
            assert repeat(CAMERA, self.asking) == Turn((Line(ASK_DEVICE),), self.asking)

    def test_a_guide_may_begin_with_the_question(self) -> None:
        guide = Guide("b", Kind.TROUBLESHOOTING, (Step("browser", by_device("browser")),))
        turn = start(guide, None, ())
        assert said(turn) == [ASK_DEVICE]
        assert turn.progress == Progress("b", None, asking_device=True)
        assert said(choose_device(guide, turn.progress, "android")) == [
            "browser_android",
            ASK_HELPED,
        ]
        assert said(move(guide, turn.progress, "previous_step")) == ["browser_unknown", ASK_HELPED]

    def test_another_device_changes_the_step_that_differs_by_device(self) -> None:
        turn = choose_device(CAMERA, at(CAMERA, "browser", device="iphone"), "android")
        assert said(turn) == ["browser_android", ASK_HELPED]
        assert turn.progress.device == "android"

    def test_another_device_leaves_a_step_that_does_not_fit_it(self) -> None:
        turn = choose_device(CAMERA, at(CAMERA, "choose", device="computer"), "iphone")
        assert said(turn) == ["browser_iphone", ASK_HELPED]

    def test_a_step_for_every_device_is_not_said_again(self) -> None:
        turn = choose_device(CAMERA, at(CAMERA, "allow"), "android")
        assert said(turn) == [DEVICE_NOTED, ASK_HELPED]
        assert turn.progress == at(CAMERA, "allow", device="android")


def test_only_the_open_question_is_asked_again() -> None:
    assert said(ask_again(CAMERA, at(CAMERA, "allow"))) == [ASK_HELPED]
    assert ask_again(CONNECT, at(CONNECT, "letter", device="iphone")).lines == (
        Line(ASK_NEXT, step=1, steps=3),
    )


@pytest.mark.parametrize("asking", [True, False])
def test_a_step_that_is_gone_after_an_update_is_a_key_error(asking: bool) -> None:
    with pytest.raises(KeyError):
        move(CAMERA, at(CAMERA, "gone", asking_device=asking), "deny")


REAL = tuple(read_guides(ROOT / "data" / "guides").values())
ACTS = st.lists(st.sampled_from([*MOVES, *DEVICES, "repeat", "ask"]), max_size=40)


@given(st.sampled_from([*GUIDES, *REAL]), st.sampled_from([None, *DEVICES]), ACTS)
def test_whatever_the_patient_does_something_is_said_or_the_guide_ends(
    guide: Guide, device: Device | None, acts: list[str]
) -> None:
    turn = start(guide, device, ())
    for act in acts:
        assert turn.lines or turn.ending is not None
        if turn.ending is not None:
            return
        progress = turn.progress
        assert progress.asking_device or progress.step in {step.id for step in guide.steps}
        assert len(set(progress.tried)) == len(progress.tried)
        if act in MOVES:
            turn = move(guide, progress, act)
        elif act in DEVICES:
            turn = choose_device(guide, progress, act)
        else:
            turn = (show if act == "repeat" else ask_again)(guide, progress)
            assert turn.progress == progress, "repeating must not move"


@pytest.mark.parametrize("guide", [*GUIDES, *REAL], ids=lambda guide: guide.id)
@pytest.mark.parametrize("device", DEVICES)
def test_going_on_comes_to_an_end(guide: Guide, device: Device) -> None:
    turn = start(guide, device, ())
    for _ in range(len(guide.steps)):
        if turn.ending is not None or guide.kind is Kind.QUESTIONS:
            break
        turn = move(guide, turn.progress, "next_step")
    assert turn.ending is not None or guide.kind is Kind.QUESTIONS

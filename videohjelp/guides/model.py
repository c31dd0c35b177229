"""What a guide consists of: steps, answers, and where they lead."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal

#: "iphone" stands for iPad too; "unknown" is a patient who was asked and does not know.
Device = Literal["iphone", "android", "computer", "unknown"]
DEVICES: tuple[Device, ...] = ("iphone", "android", "computer", "unknown")

#: What the patient can do in a guide. The names are those of the intents that carry them.
Move = Literal["affirm", "deny", "next_step", "previous_step", "ask_why", "dont_know"]
MOVES: tuple[Move, ...] = (
    "affirm",
    "deny",
    "next_step",
    "previous_step",
    "ask_why",
    "dont_know",
)


class Kind(str, Enum):
    """How a guide's steps are meant."""

    #: Things to try, one at a time, until one helps; the question after each is "Did it help?".
    TROUBLESHOOTING = "troubleshooting"
    #: Things to do in order; after each the patient goes on or back.
    WALKTHROUGH = "walkthrough"
    #: Questions whose answers decide what is said.
    QUESTIONS = "questions"


class Ending(str, Enum):
    """How a guide can end."""

    SOLVED = "solved"
    FINISHED = "finished"
    HANDOFF = "handoff"
    DEPARTMENT = "department"


@dataclass(frozen=True)
class Target:
    """Where an answer leads: something to say, then a step or an ending."""

    say: str | None
    then: str  # the id of a step in the same guide, or the value of an Ending


@dataclass(frozen=True)
class Step:
    """One step of a guide.

    say: name of the response, or one for each device (then the device is asked for when unknown).
    ask: name of the response that asks about the step; None takes the one of the guide's kind.
    why: name of the response that answers "why?".
    only_for: devices the step makes sense for; empty means all of them.
    answers: where a move leads, where it is not what the guide's kind says.
    counted: whether the step has a number ("step 2 of 6"); an offer before the first step has not.
    """

    id: str
    say: str | dict[Device, str]
    ask: str | None = None
    why: str | None = None
    only_for: tuple[Device, ...] = ()
    answers: dict[Move, Target] | None = None
    counted: bool = True

    @property
    def needs_device(self) -> bool:
        """Whether the step cannot be said before the device is known."""
        return isinstance(self.say, dict) or bool(self.only_for)

    def fits(self, device: Device | None) -> bool:
        """Whether the step makes sense for the device (an unknown device fits every step)."""
        return device in (None, "unknown") or not self.only_for or device in self.only_for

    def response_for(self, device: Device | None) -> str:
        """The name of the response to say.

        Raises KeyError when the step differs by device and the device is unknown.
        """
        if isinstance(self.say, str):
            return self.say
        if device is None:
            raise KeyError(f"step {self.id} needs the device")
        return self.say[device]


@dataclass(frozen=True)
class Guide:
    """A guided conversation about one topic."""

    id: str
    kind: Kind
    steps: tuple[Step, ...]
    opening: str | None = None
    unsolved: Ending = Ending.HANDOFF

    def step(self, step_id: str) -> Step:
        """The step with this id. Raises KeyError when there is none."""
        for step in self.steps:
            if step.id == step_id:
                return step
        raise KeyError(f"guide {self.id} has no step {step_id}")

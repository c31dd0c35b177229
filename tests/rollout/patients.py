"""Patients who go to and fro between two steps of a guide, as long as they are let."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import Any

from tests.channels.web.api import Api
from tests.rollout.models import FIRST, SECOND

#: What the answer at each of the two steps has in it.
STEPS = {"neste": "legitimasjon med bilde", "tilbake": "ladet"}
_PAUSE = 1.0


@dataclass
class Answer:
    """An answer. begun: when its message was sent (time.monotonic())."""

    move: str
    text: str
    begun: float
    seconds: float

    @property
    def by(self) -> str:
        """Which model it comes from, by the text that differs."""
        return {(True, False): "first", (False, True): "second"}.get(
            (FIRST in self.text, SECOND in self.text), "neither"
        )


@dataclass
class Patient:
    """One patient on the web. failed: what went wrong, None for nothing."""

    api: Api
    answers: list[Answer] = field(default_factory=list)
    failed: Exception | None = None

    def begin(self) -> None:
        """Comes to the first step of the guide."""
        self.api.start()
        said = self.api.say("hva gjør jeg for å komme inn i videomøtet steg for steg")
        assert STEPS["tilbake"] in said

    def go_on(self, end: threading.Event, after: float) -> None:
        """Moves until the end, the first time after some seconds.

        Each answer is checked when it comes, also against the API's description, which knows no
        5xx for it.
        """
        try:
            end.wait(after)
            while not end.is_set():
                for move in STEPS:
                    begun = time.monotonic()
                    text = self.api.say(move)
                    took = time.monotonic() - begun
                    self.answers.append(Answer(move, text, begun, took))
                    end.wait(_PAUSE)
        except Exception as error:
            self.failed = error

    def mistakes_heard(self) -> list[str]:
        """What is wrong with the answers."""
        wrong = [str(self.failed)] if self.failed else []
        for answer in self.answers:
            if STEPS[answer.move] not in answer.text or answer.by == "neither":
                wrong.append(f"to '{answer.move}': {answer.text!r}")
        return wrong

    def mistakes(self) -> list[str]:
        """What is wrong with the answers, and with the conversation as the server has it."""
        wrong = self.mistakes_heard()
        turns = _turns(self.api.history())[2:]  # without the greeting and the guide's beginning
        if [asked for asked, _ in turns] != [answer.move for answer in self.answers]:
            wrong.append(f"{len(turns)} messages are stored, {len(self.answers)} were answered")
        wrong += [
            f"to '{asked}': {len(said)} answers" for asked, said in turns if len(said) != 2
        ]  # the step, and the question after it
        return wrong


class Crowd:
    """Several patients at the same time, each in a thread."""

    def __init__(self, url: str, patients: int) -> None:
        self.patients = [Patient(Api(url)) for _ in range(patients)]
        self._end = threading.Event()
        for patient in self.patients:
            patient.begin()
        self._threads = [
            threading.Thread(
                target=patient.go_on, args=(self._end, _PAUSE * number / patients), daemon=True
            )
            for number, patient in enumerate(self.patients)
        ]

    def __enter__(self) -> Crowd:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: Any) -> None:
        self._end.set()
        for thread in self._threads:
            thread.join(30)

    def answered_by(self, begun: float, end: float = float("inf")) -> set[str]:
        """Which models answered the messages that were sent and answered within."""
        return {
            answer.by
            for patient in self.patients
            for answer in list(patient.answers)
            if begun < answer.begun and answer.begun + answer.seconds < end
        }

    def wait_for_answers(self) -> None:
        """Until each patient has had an answer to a message that was sent after this began."""
        counts = [len(patient.answers) for patient in self.patients]
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            if all(len(p.answers) > n + 1 for p, n in zip(self.patients, counts, strict=True)):
                return
            time.sleep(0.1)
        raise AssertionError("not every patient was answered within 20 s")


def _turns(history: list[dict[str, Any]]) -> list[tuple[str, list[str]]]:
    """Each message of the patient's with what was answered; what came before the first is "" ."""
    turns: list[tuple[str, list[str]]] = [("", [])]
    for message in history:
        if message["from"] == "assistant":
            turns[-1][1].append(message["text"])
        else:
            turns.append((message["text"], []))
    return turns

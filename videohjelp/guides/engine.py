"""Moves a conversation through a guide: given where the patient is and what they answered, what
is said next. Plain functions over plain values; the same input always gives the same turn."""

from __future__ import annotations

from dataclasses import dataclass, replace

from videohjelp.guides.model import Device, Ending, Guide, Kind, Move, Step, Target

ASK_DEVICE = "utter_ask_device"
DEVICE_NOTED = "utter_device_noted_in_guide"
WHY_DEVICE = "utter_why_device"
ASK_HELPED = "utter_ask_helped"
ASK_NEXT = "utter_ask_next"
NO_WHY = "utter_why_unknown"
NOTHING_BEFORE = "utter_first_step_already"
STUCK = "utter_walkthrough_stuck"
ASK_YES_OR_NO = "utter_ask_yes_or_no"


@dataclass(frozen=True)
class Line:
    """One response to utter, with the values its text may use."""

    response: str
    step: int | None = None
    steps: int | None = None


@dataclass(frozen=True)
class Progress:
    """Where a patient is in a guide.

    step is None while the device is being asked for before the first step that needs it.
    tried holds the ids of troubleshooting steps done in this conversation, in any guide.
    """

    guide: str
    step: str | None = None
    asking_device: bool = False
    device: Device | None = None
    tried: tuple[str, ...] = ()


@dataclass(frozen=True)
class Turn:
    """What one move leads to: what is said, where the patient is then, how the guide ended."""

    lines: tuple[Line, ...]
    progress: Progress
    ending: Ending | None = None
    stuck: bool = False


def start(guide: Guide, device: Device | None, tried: tuple[str, ...]) -> Turn:
    """The first turn of a guide: its opening, then its first step that was not tried before."""
    opening = (Line(guide.opening),) if guide.opening else ()
    turn = _go_to_next(guide, Progress(guide.id, device=device, tried=tried), after=None)
    return replace(turn, lines=opening + turn.lines)


def show(guide: Guide, progress: Progress) -> Turn:
    """Says the current step again: after a question in the middle, or when asked to repeat."""
    if progress.asking_device or progress.step is None:
        return Turn((Line(ASK_DEVICE),), progress)
    return _show_step(guide, guide.step(progress.step), progress)


def ask_again(guide: Guide, progress: Progress) -> Turn:
    """Asks only the question that is open, without the step before it."""
    if progress.asking_device or progress.step is None:
        return Turn((Line(ASK_DEVICE),), progress)
    step = guide.step(progress.step)
    if step.ask is None and guide.kind is Kind.QUESTIONS:
        return show(guide, progress)
    return Turn((_question(guide, step, progress),), progress)


def is_offered_only(guide: Guide, progress: Progress) -> bool:
    """Whether the patient was asked if they want the guide, and has not begun it."""
    return progress.step is not None and not guide.step(progress.step).counted


def offers_department(guide: Guide, progress: Progress) -> bool:
    """Whether a "yes" to the open question leads to the department's phone number."""
    if progress.step is None:
        return False
    target = (guide.step(progress.step).answers or {}).get("affirm")
    return target is not None and target.then == Ending.DEPARTMENT.value


def choose_device(guide: Guide, progress: Progress, device: Device) -> Turn:
    """The patient said which device they use: the step that differs by it is said (again)."""
    known = replace(progress, device=device)
    if not progress.asking_device and progress.step is not None:
        step = guide.step(progress.step)
        if not step.fits(device):
            return _go_to_next(guide, known, after=step.id)
        if step.needs_device:
            return show(guide, known)
        # The step is the same on every device: it is not said again.
        question = ask_again(guide, known)
        return replace(question, lines=(Line(DEVICE_NOTED), *question.lines))
    return _go_to_next(guide, replace(known, asking_device=False), after=progress.step)


def move(guide: Guide, progress: Progress, answer: Move) -> Turn:
    """The patient answered the open question, or asked to go on, back or for a reason.

    Raises KeyError when progress names a step that the guide does not have (any more).
    """
    if progress.asking_device:
        return _move_while_asking_device(guide, progress, answer)
    if progress.step is None:
        return _go_to_next(guide, progress, after=None)
    step = guide.step(progress.step)
    target = (step.answers or {}).get(answer)
    if target is not None:
        return _follow(guide, progress, step, target)
    if answer == "ask_why":
        return Turn((Line(step.why or NO_WHY), _question(guide, step, progress)), progress)
    if answer == "previous_step":
        return _go_back(guide, progress, step)
    return _move_by_kind(guide, progress, step, answer)


def _move_by_kind(guide: Guide, progress: Progress, step: Step, answer: Move) -> Turn:
    if guide.kind is Kind.QUESTIONS:
        return Turn((Line(ASK_YES_OR_NO),), progress)
    if guide.kind is Kind.TROUBLESHOOTING and answer == "affirm":
        return Turn((), progress, Ending.SOLVED)
    if guide.kind is Kind.WALKTHROUGH and answer in ("deny", "dont_know"):
        return Turn((Line(STUCK),), progress, stuck=True)
    return _go_to_next(guide, _mark_tried(guide, progress, step), after=step.id)


def _move_while_asking_device(guide: Guide, progress: Progress, answer: Move) -> Turn:
    if answer == "ask_why":
        return Turn((Line(WHY_DEVICE), Line(ASK_DEVICE)), progress)
    if answer == "previous_step" and progress.step is not None:
        back = replace(progress, asking_device=False)
        return _show_step(guide, guide.step(progress.step), back)
    # "I don't know" and the like: the wording for any device; asking once more would not help.
    return choose_device(guide, progress, progress.device or "unknown")


def _mark_tried(guide: Guide, progress: Progress, step: Step) -> Progress:
    if guide.kind is not Kind.TROUBLESHOOTING or step.id in progress.tried:
        return progress
    return replace(progress, tried=(*progress.tried, step.id))


def _follow(guide: Guide, progress: Progress, step: Step, target: Target) -> Turn:
    said = (Line(target.say),) if target.say else ()
    done = _mark_tried(guide, progress, step)
    if target.then in {ending.value for ending in Ending}:
        return Turn(said, done, Ending(target.then))
    turn = _show_step(guide, guide.step(target.then), replace(done, step=target.then))
    return replace(turn, lines=said + turn.lines)


def _go_to_next(guide: Guide, progress: Progress, after: str | None) -> Turn:
    begin = guide.steps.index(guide.step(after)) + 1 if after else 0
    for step in guide.steps[begin:]:
        already_tried = guide.kind is Kind.TROUBLESHOOTING and step.id in progress.tried
        if already_tried or not step.fits(progress.device):
            continue
        if step.needs_device and progress.device is None:
            return Turn((Line(ASK_DEVICE),), replace(progress, step=after, asking_device=True))
        return _show_step(guide, step, replace(progress, step=step.id, asking_device=False))
    done = replace(progress, asking_device=False)
    if guide.kind is Kind.WALKTHROUGH:
        return Turn((), done, Ending.FINISHED)
    return Turn((), done, guide.unsolved)


def _go_back(guide: Guide, progress: Progress, step: Step) -> Turn:
    steps = _counted_steps(guide, progress)
    position = steps.index(step) if step in steps else 0
    if position == 0:
        again = show(guide, progress)
        return replace(again, lines=(Line(NOTHING_BEFORE), *again.lines))
    before = steps[position - 1]
    return _show_step(guide, before, replace(progress, step=before.id))


def _counted_steps(guide: Guide, progress: Progress) -> list[Step]:
    return [step for step in guide.steps if step.counted and step.fits(progress.device)]


def _show_step(guide: Guide, step: Step, progress: Progress) -> Turn:
    if step.needs_device and progress.device is None:
        before = guide.steps.index(step)
        after = guide.steps[before - 1].id if before else None
        return Turn((Line(ASK_DEVICE),), replace(progress, step=after, asking_device=True))
    said = Line(step.response_for(progress.device))
    if step.ask is None and guide.kind is Kind.QUESTIONS:
        return Turn((said,), progress)  # the step's own text asks the question
    return Turn((said, _question(guide, step, progress)), progress)


def _question(guide: Guide, step: Step, progress: Progress) -> Line:
    if guide.kind is Kind.WALKTHROUGH:
        if not step.counted or not step.fits(progress.device):
            return Line(step.ask or ASK_NEXT)
        steps = _counted_steps(guide, progress)
        return Line(step.ask or ASK_NEXT, step=steps.index(step) + 1, steps=len(steps))
    if guide.kind is Kind.QUESTIONS:
        return Line(step.ask or step.response_for(progress.device))
    return Line(step.ask or ASK_HELPED)

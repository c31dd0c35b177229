"""Whether a model goes with what is read from the project's folder beside it: guides, actions."""

from __future__ import annotations

from collections.abc import Iterator

from rasa.shared.core.domain import Domain

from actions import services
from videohjelp.guides import engine
from videohjelp.guides.model import Guide
from videohjelp.server.actions_endpoint import load_actions
from videohjelp.settings import settings

#: What the engine of the guides says by itself.
_ENGINE = (
    engine.ASK_DEVICE,
    engine.WHY_DEVICE,
    engine.ASK_HELPED,
    engine.ASK_NEXT,
    engine.NO_WHY,
    engine.NOTHING_BEFORE,
    engine.STUCK,
    engine.ASK_YES_OR_NO,
)


def missing_in(domain: Domain) -> list[str]:
    """What a model's domain and the files that lie here lack of each other, as sentences.

    The responses of the guides must be in the model; its actions must be in `actions/` (when
    those run in this process). Raises GuideError when the guides cannot be read.
    """
    said = {*_ENGINE}
    for guide in services.guides().values():
        said.update(_responses(guide))
    lacking = sorted(said - domain.responses.keys())
    found = [f"the model has no response {name}, which data/guides uses" for name in lacking]
    if settings().actions == "in_process":
        known = load_actions().actions.keys()
        asked = {name for name in domain.user_actions if name.startswith(("action_", "validate_"))}
        found += [
            f"the model calls {name}, which is not in actions/" for name in sorted(asked - known)
        ]
    return found


def _responses(guide: Guide) -> Iterator[str]:
    """The names of all responses that a guide can say."""
    if guide.opening:
        yield guide.opening
    for step in guide.steps:
        yield from [step.say] if isinstance(step.say, str) else step.say.values()
        yield from (name for name in (step.ask, step.why) if name)
        yield from (target.say for target in (step.answers or {}).values() if target.say)

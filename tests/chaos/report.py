"""The report: what was promised, and what came of it in each scenario."""

from __future__ import annotations

from collections.abc import Sequence

from tests.chaos.scenario import RECOVERED_WITHIN, Outcome
from tests.scale.patients import HEARD_WITHIN

_COLUMNS = (
    "scenario", "patients", "messages", "answered", "sent again", "apologies", "lost", "doubled",
    "mixed", "slowest word, web", "slowest answer, text", "recovery", "test paused", "kept",
)  # fmt: skip
_MOST_NAMED = 20


def row(outcome: Outcome) -> list[str]:
    """A scenario's figures, in the order of the columns."""
    if outcome.skipped:
        return [outcome.scenario.name, *["–"] * (len(_COLUMNS) - 2), "not run"]
    tally = outcome.tally
    recovery = "never" if outcome.recovery is None else f"{outcome.recovery:.1f} s"
    return [
        outcome.scenario.name,
        *map(str, (outcome.patients, tally.sent, tally.answered, tally.sent_again)),
        f"{tally.apologies} + {tally.stored_apologies}",
        *map(str, (len(tally.lost), len(tally.doubled), len(tally.mixed))),
        f"{tally.slowest_word:.1f} s",
        f"{tally.slowest_text:.1f} s",
        recovery,
        f"{outcome.paused:.0f} s",
        "no" if outcome.broken else "yes",
    ]


def markdown(outcomes: Sequence[Outcome], command: str, when: str) -> str:
    """The whole report. command: that made it. when: its date."""
    lines = [
        "# Faults in a running system",
        "",
        f"`{command}`, {when}.",
        "",
        "Promised in each: no accepted message lost, none answered twice, no conversation mixed "
        f"with another, a word within {HEARD_WITHIN:.0f} s, everything as before within "
        f"{RECOVERED_WITHIN:.0f} s after the fault's end without a restart, and /health that says "
        "what is so.",
        "",
        f"| {' | '.join(_COLUMNS)} |",
        f"| {' | '.join('---' for _ in _COLUMNS)} |",
        *(f"| {' | '.join(row(outcome))} |" for outcome in outcomes),
        "",
        "Apologies: answered with one at once, to be sent again, + stored as the answer. Test "
        "paused: how long the test itself waited for a processor; left out of what is measured.",
        "",
        *(f"- **{one.scenario.name}**: {one.skipped or one.scenario.what}" for one in outcomes),
    ]
    for outcome in outcomes:
        if broken := outcome.broken:
            named = broken[:_MOST_NAMED]
            rest = [f"- and {len(broken) - len(named)} more"] if len(broken) > len(named) else []
            lines += ["", f"## Broken: {outcome.scenario.name}", ""]
            lines += [f"- {one}" for one in named] + rest
    return "\n".join(lines) + "\n"

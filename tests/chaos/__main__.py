"""`python -m tests.chaos`: faults in a running system. `--help` lists the choices."""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
from datetime import datetime, timezone
from pathlib import Path

from tests.chaos.faults import all_scenarios
from tests.chaos.judging import Tally
from tests.chaos.report import markdown, row
from tests.chaos.scenario import Expected, Outcome, Scenario, names, run
from tests.chaos.stage import NotRunnableError
from tests.chaos.stages import Stages
from videohjelp.server.training import ensure_model
from videohjelp.settings import ROOT

_REPORT = ROOT / "var" / "chaos" / "report.md"


def main(arguments: list[str]) -> int:
    """Runs what the command line asks for; 1 when a promise was broken."""
    scenarios = all_scenarios()
    choices = _parser(scenarios).parse_args(arguments)
    wanted = [one for one in scenarios if not choices.only or one.name in choices.only]
    ensure_model()
    command = " ".join(["python -m tests.chaos", *arguments])
    return asyncio.run(_run_all(wanted, choices, command))


def _parser(scenarios: list[Scenario]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--patients", type=int, default=16, help="who talk side by side")
    known = names(scenarios)
    one_of = f"one of {', '.join(known)}; may be given again"
    parser.add_argument("--only", action="append", choices=known, metavar="NAME", help=one_of)
    parser.add_argument("--seed", type=int, default=1, help="of what is left to chance")
    parser.add_argument("--keep", type=Path, help="a folder for the servers' logs")
    parser.add_argument("--report", type=Path, default=_REPORT)
    return parser


async def _run_all(wanted: list[Scenario], choices: argparse.Namespace, command: str) -> int:
    expected, outcomes = Expected(), []
    when = datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M UTC")
    stages = Stages(choices.keep)
    try:
        for scenario in wanted:
            _tell(f"{scenario.name}: {scenario.what}")
            outcomes.append(await _run_one(scenario, choices, expected, stages))
            _tell("  " + ", ".join(row(outcomes[-1])[1:]))
            for line in outcomes[-1].broken[:10]:
                _tell(f"  BROKEN {line}")
            choices.report.parent.mkdir(parents=True, exist_ok=True)
            choices.report.write_text(markdown(outcomes, command, when), encoding="utf-8")
    finally:
        await stages.close()
    _tell(f"\n{markdown(outcomes, command, when)}\nWritten to {choices.report}")
    return 1 if any(outcome.broken for outcome in outcomes) else 0


async def _run_one(
    scenario: Scenario, choices: argparse.Namespace, expected: Expected, stages: Stages
) -> Outcome:
    # By its name: with --only it meets the same chance as among others.
    chance = random.Random(f"{choices.seed} {scenario.name}")  # noqa: S311
    try:
        stage = await stages.of(scenario)
        return await run(
            scenario,
            stage,
            patients=choices.patients,
            chance=chance,
            expected=expected,
            tell=_tell,
        )
    except NotRunnableError as error:
        return Outcome(scenario, choices.patients, Tally(), skipped=str(error))


def _tell(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

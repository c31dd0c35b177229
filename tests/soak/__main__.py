"""`make soak`: mixed load on a real server, and whether anything grows."""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sys

from tests.server_process import ROOT
from tests.soak.judgement import judge
from tests.soak.load import Load
from tests.soak.report import report, write_csv, write_graph
from tests.soak.run import soak
from tests.soak.samples import Sample
from tests.soak.systems import one_process, two_processes

FOLDER = ROOT / "var" / "soak"
FOLDER_POSTGRES = ROOT / "var" / "soak-postgres"
EVERY = 10.0


def main() -> int:
    """Soaks and writes var/soak/report.md. Gives 1 when something grows or went wrong.

    With PostgreSQL in var/soak-postgres/.
    """
    options = _options()
    folder = FOLDER_POSTGRES if options.postgres else FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    load = Load(options.patients, options.rate)
    start = two_processes if options.postgres else one_process
    with start(folder) as system:
        print(f"{system.name}: {', '.join(system.urls)}", flush=True)
        soaked = asyncio.run(soak(system, load, 60 * options.minutes, EVERY, _say))
    verdicts = judge(soaked.samples)
    command = " ".join(
        ["make soak", *([f'ARGS="{" ".join(sys.argv[1:])}"'] if sys.argv[1:] else [])]
    )
    text = report(soaked, verdicts, command)
    (folder / "report.md").write_text(text, encoding="utf-8")
    write_csv(soaked.samples, folder / "samples.csv")
    write_graph(soaked.samples, folder / "graph.svg")
    print(f"\n{text}\nWritten to {folder.relative_to(ROOT)}/", flush=True)
    return 0 if all(one.is_flat for one in verdicts) and not soaked.log.failed else 1


def _say(one: Sample) -> None:
    cpu = "-" if one.cpu is None else f"{one.cpu:.1f}"
    print(
        f"  [{one.at:5.0f} s] {one.messages:4} messages, CPU {cpu} ms, p50 {one.p50:.0f}, "
        f"p95 {one.p95:.0f}, p99 {one.p99:.0f} ms, {one.memory / 1024**2:.1f} MB, "
        f"{one.files} files, {one.threads} threads, database {one.size / 1024**2:.1f} MB, "
        f"{one.errors} errors",
        flush=True,
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0, help="at least 1.5")
    parser.add_argument("--patients", type=int, default=8, help="at the same time")
    parser.add_argument("--rate", type=float, default=5.0, help="messages a second, all together")
    parser.add_argument(
        "--postgres", action="store_true", help="two processes over PostgreSQL and Redis"
    )
    options = parser.parse_args()
    if options.minutes < 9 * EVERY / 60:
        parser.error("a verdict needs nine samples: --minutes 1.5 at least")
    return options


if __name__ == "__main__":
    sys.exit(main())

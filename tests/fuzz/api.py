"""Holds a running server against openapi.yml with schemathesis: `python -m tests.fuzz.api`.

schemathesis needs newer libraries than Rasa allows, so uv runs it in an environment of its own.
The stream (/events) is left out: it answers for five minutes; tests/channels/web/test_stream.py
has its tests. What is sent to /messages is right here: what is wrong, tests/channels/web/
test_hostile_bodies.py sends, as schemathesis cannot break a choice of properties within a day.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.server_process import ROOT, running_server
from videohjelp.channels.web.channel import API, OPENAPI

SCHEMATHESIS = "schemathesis==4.4.4"
#: A later one has no more what schemathesis calls in it ("'many' object has no attribute 'more'").
HYPOTHESIS = "hypothesis==6.140.3"
#: Enough for whoever sends thousands of calls a minute from one conversation or network.
_NO_LIMIT = str(10**6)
_SETTINGS = {
    "WEB_MESSAGES_PER_MINUTE": _NO_LIMIT,
    "WEB_NETWORK_REQUESTS_PER_MINUTE": _NO_LIMIT,
    "WEB_NETWORK_STARTS_PER_MINUTE": _NO_LIMIT,
}
_HOOKS = "schemathesis_hooks"
_CHOICES = ("--checks", "all", "--max-examples", "100", "--seed", "1", "--no-color")
_PARTS = (
    ("--exclude-path", "/events", "--exclude-path", "/messages", "--mode", "all"),
    ("--include-path", "/messages", "--mode", "positive"),
)
_ERROR = re.compile(r'"level": "(?:error|critical)"')


def uv() -> str:
    """Where uv is: the one that `make setup` has put into .tools, or the system's.

    Raises FileNotFoundError when there is none.
    """
    own = ROOT / ".tools" / "uv" / "bin" / "uv"
    found = str(own) if own.is_file() else shutil.which("uv")
    if found is None:
        raise FileNotFoundError("there is no uv; `make setup` installs it into .tools/")
    return found


def main(arguments: list[str]) -> int:
    """Runs schemathesis; gives 1 when it found something, or when the server's log has an error.

    arguments: for schemathesis, after ours.
    """
    with tempfile.TemporaryDirectory(prefix="fuzz-api-") as temporary:
        folder = Path(temporary)
        with running_server(folder, **_SETTINGS) as server:
            address = f"{server.url}{API}"
            # schemathesis imports it by its name from the folder it is started in.
            for name in (f"{_HOOKS}.py", "schemathesis.toml"):
                shutil.copy(Path(__file__).with_name(name), folder)
            status = 0
            for part in _PARTS:
                status |= subprocess.call(
                    [uv(), "tool", "run", "--with", HYPOTHESIS, SCHEMATHESIS, "run", str(OPENAPI),
                     "--url", address, *part, *_CHOICES, *arguments],
                    cwd=folder,
                    env={**os.environ, "SCHEMATHESIS_HOOKS": _HOOKS, "FUZZ_API": address},
                )  # fmt: skip
            log = (folder / "server.log").read_text(encoding="utf-8")
    errors = [line for line in log.splitlines() if _ERROR.search(line)]
    print(f"\nerrors in the server's log: {len(errors)}")
    print("\n".join(errors[:10]))
    return int(bool(status or errors))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

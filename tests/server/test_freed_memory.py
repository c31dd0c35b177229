from __future__ import annotations

import subprocess
import sys

import pytest

from videohjelp.settings import ROOT

#: Frees a large array, which makes glibc keep more; then many small ones.
_PROGRAM = """
import sys
from pathlib import Path
from videohjelp.server.freed_memory import give_back_freed_memory
def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6
if sys.argv[1] == "given":
    give_back_freed_memory()
del (large := [bytearray(30_000_000)])[:]
before = resident()
small = [bytearray(20_000) for _ in range(2500)]
del small
print(resident() - before)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc's allocator")
def test_what_is_freed_is_given_back() -> None:
    def left(how: str) -> float:
        done = subprocess.run(
            [sys.executable, "-c", _PROGRAM, how], capture_output=True, text=True, cwd=ROOT
        )
        assert not done.returncode, done.stderr
        return float(done.stdout)

    assert left("given") < 5
    assert left("kept") > 40

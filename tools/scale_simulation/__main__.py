"""`make scale-simulation`: prints what each step needs, and writes it into docs/scale.md."""

from __future__ import annotations

import sys

from tools.scale_simulation.figures import read_assumptions, read_measured
from tools.scale_simulation.sizing import size
from tools.scale_simulation.tables import DOCUMENT, tables, written


def main() -> int:
    """Gives 1 with --check when the document does not say what came out."""
    assumed, measured = read_assumptions(), read_measured()
    found = tables([size(step, assumed, measured) for step in assumed.steps], assumed, measured)
    print("\n\n".join(found.values()), flush=True)
    before = DOCUMENT.read_text(encoding="utf-8")
    after = written(before, found)
    if "--check" in sys.argv[1:]:
        print("\ndocs/scale.md says so." if after == before else "\ndocs/scale.md says otherwise.")
        return int(after != before)
    DOCUMENT.write_text(after, encoding="utf-8")
    print("\nWritten into docs/scale.md.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

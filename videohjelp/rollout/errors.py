"""What goes wrong in a roll-out."""

from __future__ import annotations


class RolloutError(RuntimeError):
    """A model cannot be put in force or served. The text says why and what to do."""

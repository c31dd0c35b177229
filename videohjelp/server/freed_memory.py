"""Freed memory goes back to the system."""

from __future__ import annotations

import ctypes
import sys

#: mallopt(3), glibc: how many bytes may lie free at the top of the heap.
_M_TRIM_THRESHOLD, _TRIM_THRESHOLD = -1, 128 * 1024


def give_back_freed_memory() -> None:
    """Keeps the C library from raising the limit from which it gives freed memory back.

    glibc raises it to as much as 64 MB once a large array was freed, which reading a model does;
    what reading has needed would stay with the process. Nothing happens on other systems.
    """
    if not sys.platform.startswith("linux"):
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # musl has none
    if mallopt is not None:
        mallopt(_M_TRIM_THRESHOLD, _TRIM_THRESHOLD)

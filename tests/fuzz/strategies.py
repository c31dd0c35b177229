"""Hostile values for hypothesis: the texts of this package, and JSON of every shape."""

from __future__ import annotations

from random import Random
from typing import Any

from hypothesis import strategies as st

from tests.fuzz.hostile import MAKERS
from tests.fuzz.mutations import MUTATIONS

_MAKERS = tuple({**MAKERS, **MUTATIONS}.values())


def texts() -> st.SearchStrategy[str]:
    """Texts that no patient writes, and any text at all, half characters included."""
    made = st.builds(
        lambda maker, seed: maker(Random(seed)),  # noqa: S311 - chance, no secret
        st.sampled_from(_MAKERS),
        st.integers(0, 10**6),
    )
    anything = st.text(st.characters(blacklist_categories=()), max_size=60)
    return st.one_of(made, anything)


def values() -> st.SearchStrategy[Any]:
    """Any JSON value: what stands where something else was expected."""
    simple = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), texts())
    return st.recursive(
        simple,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts(), inner, max_size=3),
        max_leaves=5,
    )


def objects(*names: str) -> st.SearchStrategy[dict[str, Any]]:
    """JSON objects in which some of these names stand, for any value each."""
    known = st.dictionaries(st.sampled_from(names), values(), max_size=len(names))
    return st.builds(
        lambda named, others: {**others, **named},
        known,
        st.dictionaries(st.text(max_size=8), values(), max_size=1),
    )

"""Any text at all, long ones and awkward ones among them, for property-based tests."""

from __future__ import annotations

from hypothesis import strategies as st

AWKWARD = "æøåÆØÅéó«»“”’–…• \u00a0\u200b\u00ad€[]{}^|~\\\f\r\n.?!0123456789👍🏽Ж"
_CHARACTERS = st.one_of(st.sampled_from(AWKWARD), st.characters())
_SHORT = st.text(_CHARACTERS, max_size=40)
_SENTENCES = st.sampled_from(
    [
        "Ring 55 97 65 51. ",
        "Åpne https://join.nhn.no, og skriv navnet ditt. ",
        "Er det fare for liv, ring 113.\n",
        "Telefonen er åpen kl. 08:00-15:30.\n\n",
        "Hjalp det? ",
        "Legevakten har 116 117 og barna 116 111. ",
        "x" * 200 + " ",
        "€" * 70,
    ]
)
texts = st.one_of(
    st.text(_CHARACTERS, max_size=400),
    st.builds(str.__mul__, _SHORT, st.integers(min_value=1, max_value=60)),
    st.lists(st.one_of(_SENTENCES, _SHORT), max_size=40).map("".join),
)

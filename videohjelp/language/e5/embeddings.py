"""What the model's first layer is given for a text's tokens."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from videohjelp.language.e5.weights import Floats, Weights

#: What a text has beyond so many tokens is not read: everybody waits meanwhile. Patients' messages
#: have up to 90; 500 characters of a script that the model does not know 500.
MOST_TOKENS = 128
#: What e5 was trained to see before a text that is compared with others.
PREFIX = "query: "


class Embeddings:
    """Each token's word with its place in the text."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        hidden = weights.sizes.hidden
        positions = weights.floats("emb.pos").reshape(-1, hidden)[:MOST_TOKENS]
        self._positions = positions + weights.floats("emb.type")[:hidden]

    def of(self, ids: Sequence[int]) -> Floats:
        """Of the tokens of one text, at most MOST_TOKENS; shape (tokens, hidden). May be called
        from several threads."""
        return np.asarray(self._weights.words(ids) + self._positions[: len(ids)])

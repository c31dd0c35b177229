"""Parts a text into the tokens of multilingual-e5-small (SentencePiece's unigram model)."""

from __future__ import annotations

import re

import marisa_trie
import numpy as np

from videohjelp.language.e5.weights import Vocabulary

#: Stands for a space, as SentencePiece writes it.
_SPACE = "\u2581"
#: How much less likely an unknown character is than the rarest piece, as in SentencePiece.
_UNKNOWN_PENALTY = 10.0
_NEVER = float("-inf")


class Tokenizer:
    """Finds the likeliest pieces of a text.

    Source: Kudo 2018, "Subword Regularization" (the unigram model), read by Viterbi.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Takes the pieces and how likely they are; keeps them packed."""
        self._trie = marisa_trie.Trie(vocabulary.pieces)
        # The trie numbers the pieces in an order of its own.
        places = np.fromiter((self._trie[piece] for piece in vocabulary.pieces), dtype=np.int32)
        self._tokens = np.empty(len(places), dtype=np.int32)
        self._tokens[places] = np.arange(len(places))
        self._scores = vocabulary.scores[self._tokens]
        self._unknown_score = float(vocabulary.scores.min()) - _UNKNOWN_PENALTY
        self._unknown, self._begin, self._end = vocabulary.unknown, vocabulary.begin, vocabulary.end
        self._normalised = vocabulary.normalised

    def ids(self, text: str, most: int) -> list[int]:
        """The tokens of a text, between those of its beginning and end.

        most: of longer texts only the beginning is given, so that there are no more tokens.
        """
        plain = re.sub(" +", " ", text.translate(self._normalised)).lstrip(" ")
        tokens = self._pieces(_SPACE + plain.replace(" ", _SPACE))[: most - 2]
        return [self._begin, *tokens, self._end]

    def _pieces(self, text: str) -> list[int]:
        best = [0.0] + [_NEVER] * len(text)
        last = [(self._unknown, 0)] * (len(text) + 1)  # the token that ends here, and its begin
        for begin in range(len(text)):
            so_far = best[begin]
            for piece, place in self._trie.iter_prefixes_with_ids(text[begin:]):
                token, end = int(self._tokens[place]), begin + len(piece)
                likely = so_far + float(self._scores[place])
                if token != self._unknown and likely > best[end]:
                    best[end], last[end] = likely, (token, begin)
            if so_far + self._unknown_score > best[begin + 1]:
                best[begin + 1] = so_far + self._unknown_score
                last[begin + 1] = self._unknown, begin
        found, end = [], len(text)
        while end > 0:
            token, end = last[end]
            found.append(token)
        return found[::-1]

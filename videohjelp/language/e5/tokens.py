"""Parts a text into the tokens of multilingual-e5-small (SentencePiece's unigram model)."""

from __future__ import annotations

import json
import re
from array import array
from pathlib import Path
from typing import Any

import marisa_trie
import numpy as np

from videohjelp.language.e5.weights import Vocabulary

#: Stands for a space, as SentencePiece writes it.
_SPACE = "\u2581"
#: How much less likely an unknown character is than the rarest piece, as in SentencePiece.
_UNKNOWN_PENALTY = 10.0
_NEVER = float("-inf")
_TRIE, _PIECES, _REST = "pieces.marisa", "pieces.npz", "tokens.json"


class Tokenizer:
    """Finds the likeliest pieces of a text.

    Source: Kudo 2018, "Subword Regularization" (the unigram model), read by Viterbi.
    """

    def __init__(self, folder: Path) -> None:
        """Reads what `write_tokenizer` wrote. Raises OSError where it is not there."""
        self._trie = marisa_trie.Trie()
        self._trie.load(str(folder / _TRIE))
        with np.load(folder / _PIECES, allow_pickle=False) as pieces:
            # An array of Python's own gives plain numbers, at a third of numpy's time.
            self._tokens = array("i", pieces["tokens"])
            self._scores = array("f", pieces["scores"])
        rest = json.loads((folder / _REST).read_text(encoding="utf-8"))
        self._normalised = {int(character): read for character, read in rest["normalised"].items()}
        self._begin, self._end, self._unknown = rest["begin"], rest["end"], rest["unknown"]
        self._unknown_score = min(self._scores) - _UNKNOWN_PENALTY

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
                token, end = self._tokens[place], begin + len(piece)
                likely = so_far + self._scores[place]
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


def write_tokenizer(vocabulary: Vocabulary, folder: Path) -> None:
    """Packs a vocabulary into an existing folder: as strings its pieces would take 40 MB."""
    trie: Any = marisa_trie.Trie(vocabulary.pieces)
    trie.save(str(folder / _TRIE))
    # The trie numbers the pieces in an order of its own.
    places = np.fromiter((trie[piece] for piece in vocabulary.pieces), dtype=np.int32)
    tokens = np.empty(len(places), dtype=np.int32)
    tokens[places] = np.arange(len(places))
    np.savez(folder / _PIECES, tokens=tokens, scores=vocabulary.scores[tokens])
    rest = {
        "begin": vocabulary.begin,
        "end": vocabulary.end,
        "unknown": vocabulary.unknown,
        "normalised": vocabulary.normalised,
    }
    (folder / _REST).write_text(json.dumps(rest), encoding="utf-8")

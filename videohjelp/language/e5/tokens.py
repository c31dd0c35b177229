"""Parts a text into the tokens of multilingual-e5-small (SentencePiece's unigram model)."""

from __future__ import annotations

import re

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
        """Takes the pieces and their scores."""
        self._vocabulary = vocabulary
        self._longest = max(map(len, vocabulary.ids))
        self._unknown_score = min(vocabulary.scores) - _UNKNOWN_PENALTY

    def ids(self, text: str, most: int) -> list[int]:
        """The tokens of a text, between those of its beginning and end.

        most: of longer texts only the beginning is given, so that there are no more tokens.
        """
        plain = re.sub(" +", " ", text.translate(self._vocabulary.normalised)).lstrip(" ")
        tokens = self._pieces(_SPACE + plain.replace(" ", _SPACE))[: most - 2]
        return [self._vocabulary.begin, *tokens, self._vocabulary.end]

    def _pieces(self, text: str) -> list[int]:
        known = self._vocabulary
        ids, scores, unknown = known.ids, known.scores, known.unknown
        length = len(text)
        best = [0.0] + [_NEVER] * length
        last = [(unknown, 0)] * (length + 1)  # the piece that ends here, and where it begins
        for begin in range(length):
            sure = best[begin]
            for end in range(begin + 1, min(length, begin + self._longest) + 1):
                piece = ids.get(text[begin:end], unknown)
                if piece != unknown and sure + scores[piece] > best[end]:
                    best[end] = sure + scores[piece]
                    last[end] = piece, begin
            if sure + self._unknown_score > best[begin + 1]:
                best[begin + 1] = sure + self._unknown_score
                last[begin + 1] = unknown, begin
        found, end = [], length
        while end > 0:
            piece, end = last[end]
            found.append(piece)
        return found[::-1]

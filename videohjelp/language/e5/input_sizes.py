"""How large the model's states become, measured with sentences of the kind it is to read."""

from __future__ import annotations

import numpy as np

from videohjelp.language.e5.embeddings import MOST_TOKENS, PREFIX, Embeddings
from videohjelp.language.e5.graph import INPUT, Graph
from videohjelp.language.e5.products import ExactProducts
from videohjelp.language.e5.sessions import session
from videohjelp.language.e5.tokens import Tokenizer
from videohjelp.language.e5.weights import Floats, Weights

#: Short and long, in the languages that patients write, with signs, figures and errors.
_SENTENCES = (
    "hei",
    "ja takk, gjerne det!",
    "Kameraet mitt virker ikke, skjermen er helt svart.",
    "eg høyrer ingenting, lyden er heilt vekke",
    "kor finn eg romnummer og pin-kode? eg har fått brev, men der står det ikkje",
    "Jeg rekker ikke timen min på mandag 14.12. kl. 10:30, kan jeg få en ny?",
    "Can my daughter join the call from Bergen? She usually translates for me.",
    "i dont understand how to open the link, it says page not found",
    "ikje mikrofon på iPad'n min... kva gjer eg no???",
    "Hva koster det, og får jeg regning etterpå? 😀",
    "e de farlig å bruka nettet på jobben te ditta her",
    "Mannen min har brystsmerter og klarer nesten ikke å puste, hva skal jeg gjøre?",
    "Safari 17 på Mac OS 14.5, prøvde Chrome også (versjon 120)",
    "Æ får beskjed om at møtet e låst, og så blir æ kasta ut igjen heile tida",
    "Jeg har ventet i venterommet i tjue minutter, og ingen har sluppet meg inn. Er det noe galt "
    "med lenken, eller er legen bare forsinket? Jeg skal hente i barnehagen klokken fire, så jeg "
    "vil gjerne vite om jeg skal vente eller ringe avdelingen på 55 97 65 51 i stedet.",
    "THE SOUND IS VERY BAD AND THE PICTURE FREEZES",
)


def input_sizes(weights: Weights, tokenizer: Tokenizer) -> dict[str, Floats]:
    """Name of a product -> the largest value of each dimension of its state, shape (columns,)."""
    products = ExactProducts()
    graph = Graph(weights, products)
    exact = session(graph.file(also=dict.fromkeys(products.inputs.values())))
    embeddings = Embeddings(weights)
    largest: dict[str, Floats] = {}
    for sentence in _SENTENCES:
        tokens = embeddings.of(tokenizer.ids(PREFIX + sentence, MOST_TOKENS))
        states = exact.run([*products.inputs.values()], {INPUT: tokens})
        for name, state in zip(products.inputs, states, strict=True):
            sizes = np.abs(state).max(axis=0)
            largest[name] = np.maximum(largest.get(name, sizes), sizes)
    return largest

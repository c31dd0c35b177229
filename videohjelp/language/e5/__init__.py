"""multilingual-e5-small, which turns a sentence into a vector: weights, tokens, graph, engine."""

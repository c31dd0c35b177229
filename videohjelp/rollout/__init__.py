"""How a new model comes into force, and how the one before does again. Knows no Rasa, no Sanic."""

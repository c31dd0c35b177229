"""How long everything is kept, what is over its time, and its deletion."""

"""Text messages: what fits in them, how answers are divided and numbered, what the words mean."""

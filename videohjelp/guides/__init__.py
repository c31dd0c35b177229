"""Guided conversations: what a guide is, how it is read from data/guides, how it moves on."""

"""Rasa's custom actions: each reads the slots, calls the logic in videohjelp/, says the result."""

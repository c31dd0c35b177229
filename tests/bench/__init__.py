"""What a message costs, beside stock Rasa and an empty server: `make bench`."""

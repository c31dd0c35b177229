"""The simulator: a telephone on a page, for the console provider."""

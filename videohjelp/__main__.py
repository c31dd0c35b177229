"""`python -m videohjelp`: see `python -m videohjelp --help`."""

from videohjelp.cli import app

app()

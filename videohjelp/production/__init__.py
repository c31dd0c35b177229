"""What a server for patients must not be started with, and the command that says so."""

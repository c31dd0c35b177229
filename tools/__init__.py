"""Set-up, checks and reports of this repository."""

"""How many processes and what of a database many more patients need: `make scale-simulation`."""

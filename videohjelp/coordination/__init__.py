"""What several server processes agree on: whose turn it is, what was said, how often one asked."""

"""What patients think of the answers: thumbs up or down, and a comment."""

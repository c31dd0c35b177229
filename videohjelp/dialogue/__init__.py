"""What chooses the next action, and what runs Rasa's graph: Rasa's own, made faster."""

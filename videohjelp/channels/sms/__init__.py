"""Text messages: how they come in from a provider, are answered, and go out."""

"""Story tests: whole conversations in YAML, run against the assistant. See docs/stories.md."""

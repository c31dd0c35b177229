"""How patients reach the assistant. Each channel is a Rasa input channel of our own."""

"""Where everything is put together: Rasa's agent, the channels, the actions, the logs."""

"""The web chat: the page, and the channel behind it."""

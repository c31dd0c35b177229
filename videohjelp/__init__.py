"""The assistant's logic and servers. Start reading in `server/` (how it is put together)."""

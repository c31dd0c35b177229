"""A network that can be made slow, cut, or silent: a small TCP proxy in the test's event loop."""

from __future__ import annotations

import asyncio

_PIECE = 65536


class TcpProxy:
    """Passes bytes on between whoever connects and one port of this machine.

    latency: seconds that each piece takes, each way. silent: nothing is passed on, and nothing
    closed, as when a cable is pulled or a firewall forgets its connections.
    """

    def __init__(self, target_port: int) -> None:
        self._target = target_port
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._flows = asyncio.Event()
        self._flows.set()
        self.latency = 0.0
        self.port = 0

    async def start(self) -> None:
        """Listens on a free port."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Closes everything."""
        assert self._server is not None
        self._server.close()
        self.reset()

    def reset(self) -> None:
        """Cuts all connections; new ones may be made."""
        for writer in list(self._open):
            # RST instead of FIN: nothing that is still under way arrives.
            writer.transport.abort()

    def be_silent(self, silent: bool) -> None:
        """Whether bytes are kept back."""
        if silent:
            self._flows.clear()
        else:
            self._flows.set()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there_reader, there_writer = await asyncio.open_connection("127.0.0.1", self._target)
        except OSError:
            writer.transport.abort()
            return
        self._open |= {writer, there_writer}
        try:
            await asyncio.gather(
                self._pass_on(reader, there_writer), self._pass_on(there_reader, writer)
            )
        finally:
            self._open -= {writer, there_writer}

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while piece := await reader.read(_PIECE):
                if self.latency:
                    await asyncio.sleep(self.latency)
                await self._flows.wait()
                writer.write(piece)
                await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()

"""A network that can be cut: a TCP proxy between the page and the server."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator

_PIECE = 65_536


class Network:
    """Passes connections on to a server, until it is told not to.

    url: the proxy's address, for the page. port: the server's, which may change.
    """

    def __init__(self, port: int) -> None:
        self.port = port
        self._open: set[socket.socket] = set()
        self._up = True
        #: Bytes that the page still gets before the connection breaks; None for any number.
        self._answer_left: int | None = None
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Breaks every connection and lets no new one through."""
        self._up = False
        self.break_all()

    def mend(self) -> None:
        """Lets everything through again."""
        self._up = True
        self._answer_left = None

    def break_all(self) -> None:
        """Breaks every connection; new ones go through."""
        for one in list(self._open):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def cut_in_answer(self, after: int) -> None:
        """Cuts the network once the page has got so many bytes from the server, from now on."""
        self._answer_left = after

    def close(self) -> None:
        """Ends the proxy."""
        self._listener.close()
        self.break_all()

    def _accept(self) -> None:
        while True:
            try:
                page, _ = self._listener.accept()
            except OSError:
                return
            try:
                if not self._up:
                    raise ConnectionError
                server = socket.create_connection(("127.0.0.1", self.port), timeout=5)
                server.settimeout(None)
            except OSError:
                page.close()
                continue
            self._open |= {page, server}
            threading.Thread(target=self._pump, args=(page, server, False), daemon=True).start()
            threading.Thread(target=self._pump, args=(server, page, True), daemon=True).start()

    def _pump(self, source: socket.socket, target: socket.socket, is_answer: bool) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(_PIECE):
                if is_answer and self._answer_left is not None:
                    piece = piece[: self._answer_left]
                    self._answer_left -= len(piece)
                    target.sendall(piece)
                    if self._answer_left <= 0:
                        self.cut()
                        break
                    continue
                target.sendall(piece)
        for one in (source, target):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
            self._open.discard(one)


@contextlib.contextmanager
def network(url: str) -> Iterator[Network]:
    """A network before a server, given by its address."""
    between = Network(int(url.rsplit(":", 1)[1]))
    yield between
    between.close()

"""HTTP as this server takes it: no request may be read in two ways, and none may take its time.

Sanic 21.12 lets every byte start the clock anew, and reads what RFC 9112 tells a server to refuse.
"""

from __future__ import annotations

import re
from time import monotonic
from typing import Any

from httptools.parser.errors import HttpParserError
from sanic.compat import Header
from sanic.exceptions import InvalidUsage, RequestTimeout
from sanic.http import Stage
from sanic.request import Request
from sanic.server.protocols.http_protocol import HttpProtocol

#: RFC 9110, 5.6.2 and 5.5; bytes that are no UTF-8 come as surrogates and are let through.
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_LENGTH = re.compile(r"[0-9]{1,10}")
#: What Sanic calls the request that stands for one it could not read.
_NO_REQUEST = "NONE"


class StrictRequest(Request):
    """A request whose end nobody can see elsewhere ("request smuggling")."""

    def __init__(self, url_bytes: bytes, headers: Header, *args: Any, **kwargs: Any) -> None:
        """Raises InvalidUsage (400) for what a server must refuse (RFC 9112, 3, 5 and 6)."""
        if kwargs.get("method") == _NO_REQUEST:
            super().__init__(b"/", headers, *args, **kwargs)
            return
        try:
            super().__init__(url_bytes, headers, *args, **kwargs)
        except HttpParserError as error:
            raise InvalidUsage("this is no address") from error
        check_framing(headers)


def check_framing(headers: Header) -> None:
    """Raises InvalidUsage for headers that two servers may read in two ways."""
    for name, value in headers.items():
        if not _TOKEN.fullmatch(name) or _CONTROL.search(value):
            raise InvalidUsage("this is no header")
    lengths = headers.getall("content-length", [])
    codings = headers.getall("transfer-encoding", [])
    if len(lengths) + len(codings) > 1:
        raise InvalidUsage("the body's length is given twice")
    if any(not _LENGTH.fullmatch(length) for length in lengths):
        raise InvalidUsage("the body's length is no number")
    if any(coding != "chunked" for coding in codings):
        raise InvalidUsage("this transfer coding is not known")
    if len(headers.getall("host", [])) > 1:
        raise InvalidUsage("there are two hosts")


class DeadlineProtocol(HttpProtocol):
    """A request is to be here whole within REQUEST_TIMEOUT of its first byte, body included.

    Against clients that send a byte now and then, and hold a connection for ever ("slow loris").
    """

    def data_received(self, data: bytes) -> None:
        """Takes bytes in; only the first of a request starts the clock."""
        began = self._time
        under_way = self._reads_header() or self._reads_body()
        super().data_received(data)
        if under_way:
            self._time = began

    def check_timeouts(self) -> None:
        """Called by itself now and then; answers 408 when a body has taken too long."""
        late = monotonic() - self._time > self.request_timeout
        if late and self._task and self._reads_body():
            self._http.exception = RequestTimeout("Request Timeout")
            # Else Sanic would go on reading it, with no clock at all, after its answer.
            self._http.request_body = None
            self._task.cancel()
        else:
            super().check_timeouts()  # type: ignore[no-untyped-call]

    def _reads_header(self) -> bool:
        http = getattr(self, "_http", None)
        return http is not None and http.stage is Stage.REQUEST

    def _reads_body(self) -> bool:
        # What is left of it is also read after an answer that did not need it.
        return bool(getattr(getattr(self, "_http", None), "request_body", None))

"""The built files of the widget, compressed once at start and sent as the browser can read them."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import brotli
from sanic.request import Request
from sanic.response import HTTPResponse

#: Smaller ones become no smaller.
_WORTH_COMPRESSING = 256
_COMPRESSIBLE = ("text/", "application/javascript", "application/json", "image/svg+xml")
mimetypes.add_type("application/javascript", ".js")
mimetypes.add_type("font/woff2", ".woff2")


@dataclass(frozen=True)
class File:
    """A file as it is sent. encodings: the compressed forms by their HTTP name, best first."""

    content: bytes
    content_type: str
    tag: str
    encodings: dict[str, bytes]

    def response(self, request: Request, headers: dict[str, str]) -> HTTPResponse:
        """The answer to a request: nothing when the browser has it, else the smallest form."""
        headers = {**headers, "ETag": self.tag, "Vary": "Accept-Encoding"}
        if request.headers.get("if-none-match") == self.tag:
            return HTTPResponse(status=304, headers=headers)
        accepted = _accepted(request.headers.get("accept-encoding") or "")
        for name, body in self.encodings.items():
            if name in accepted:
                headers["Content-Encoding"] = name
                return HTTPResponse(body, headers=headers, content_type=self.content_type)
        return HTTPResponse(self.content, headers=headers, content_type=self.content_type)


def read_files(folder: Path) -> dict[str, File]:
    """Every file below a folder, by its path from there."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): _read(path) for path in paths}


def _read(path: Path) -> File:
    content = path.read_bytes()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    compressible = kind.startswith(_COMPRESSIBLE)
    encodings = dict(_compressed(content)) if compressible else {}
    if compressible:
        kind += "; charset=utf-8"
    tag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
    return File(content, kind, tag, encodings)


def _compressed(content: bytes) -> Iterator[tuple[str, bytes]]:
    if len(content) >= _WORTH_COMPRESSING:
        yield "br", brotli.compress(content)
        yield "gzip", gzip.compress(content, mtime=0)


def _accepted(header: str) -> set[str]:
    """The encodings that an Accept-Encoding header (RFC 9110, 12.5.3) allows."""
    allowed = set()
    for part in header.split(","):
        name, _, quality = part.partition(";")
        if quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000"):
            allowed.add(name.strip().lower())
    return allowed

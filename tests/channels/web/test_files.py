from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import brotli
import pytest

from videohjelp.channels.web.files import File, read_files

SCRIPT = "export const text = 'kjære';\n" * 50


class Asked:
    """A request with these headers, as far as a file looks at it."""

    def __init__(self, **headers: str) -> None:
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


@pytest.fixture
def files(tmp_path: Path) -> dict[str, File]:
    """The files of a folder."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "chat.js").write_text(SCRIPT, encoding="utf-8")
    (tmp_path / "small.css").write_text("a{}", encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG" * 200)
    return read_files(tmp_path)


def asked(file: File, **headers: str) -> Any:
    """The file's answer to a request with these headers."""
    return file.response(Asked(**headers), {"X-Ours": "1"})  # type: ignore[arg-type]


def test_files_are_known_by_their_path(files: dict[str, File]) -> None:
    assert set(files) == {"assets/chat.js", "small.css", "picture.png"}
    assert files["assets/chat.js"].content_type == "application/javascript; charset=utf-8"
    assert files["picture.png"].content_type == "image/png"


@pytest.mark.parametrize(
    ("accepts", "encoding"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("BR", "br"),
        ("", None),
        ("identity", None),
    ],
)
def test_the_smallest_form_the_browser_reads(
    files: dict[str, File], accepts: str, encoding: str | None
) -> None:
    answer = asked(files["assets/chat.js"], accept_encoding=accepts)
    assert answer.headers.get("content-encoding") == encoding
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding]
    assert unpack(answer.body).decode() == SCRIPT
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["x-ours"] == "1"


@pytest.mark.parametrize("name", ["small.css", "picture.png"])
def test_what_gets_no_smaller_is_sent_as_it_is(files: dict[str, File], name: str) -> None:
    answer = asked(files[name], accept_encoding="br, gzip")
    assert "content-encoding" not in answer.headers
    assert answer.body == files[name].content


def test_what_the_browser_has_is_not_sent_again(files: dict[str, File]) -> None:
    tag = asked(files["small.css"]).headers["etag"]
    assert asked(files["small.css"], if_none_match=tag).status == 304
    assert asked(files["assets/chat.js"], if_none_match=tag).status == 200

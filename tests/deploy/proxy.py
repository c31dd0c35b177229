"""A real nginx with deploy/nginx/videohjelp.conf, on free ports of this machine."""

from __future__ import annotations

import json
import os
import re
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.deploy.tools import DEPLOY
from tests.ports import free_port

CONFIGURATION = DEPLOY / "nginx" / "videohjelp.conf"
UPSTREAM = DEPLOY / "nginx" / "upstream.conf"
NAME = "videohjelp.example.no"
_MAIN = """
daemon off;
pid {folder}/nginx.pid;
error_log stderr notice;
{user}
events {{}}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/conf.d/*.conf;
}}
"""


@dataclass(frozen=True)
class Proxy:
    """nginx at work. folder: its configuration, access.log and error.log."""

    https: int
    http: int
    folder: Path

    def tls(self) -> ssl.SSLContext:
        """A client's context that trusts its certificate and no other."""
        return ssl.create_default_context(cafile=str(self.folder / "tls.crt"))

    def client(self, **headers: str) -> httpx.Client:
        """A client of the public's, with these headers."""
        return httpx.Client(
            base_url=f"https://127.0.0.1:{self.https}",
            headers={"Host": NAME, **headers},
            transport=_AskingForTheName(verify=self.tls()),
            timeout=20,
        )

    def access_log(self) -> str:
        """What the access log holds."""
        return (self.folder / "access.log").read_text(encoding="utf-8")

    def logged(self, at_least: int = 0) -> list[dict[str, Any]]:
        """Its lines, read. at_least: so many are waited for: an answer is there before its line."""
        deadline = time.monotonic() + 5
        while len(lines := self.access_log().splitlines()) < at_least:
            assert time.monotonic() < deadline, f"{len(lines)} lines instead of {at_least}"
            time.sleep(0.02)
        return [json.loads(line) for line in lines]

    def error_log(self) -> str:
        """What the error log holds."""
        return (self.folder / "error.log").read_text(encoding="utf-8")


class _AskingForTheName(httpx.HTTPTransport):
    """Connects to this machine and asks for the server's name, as a browser with DNS does."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.extensions["sni_hostname"] = NAME
        return super().handle_request(request)


def nginx_program() -> str:
    """The program. Skips where there is none."""
    found = shutil.which("nginx", path=f"{os.environ['PATH']}{os.pathsep}/usr/sbin")
    if found is None:
        pytest.skip("nginx is not installed (Debian: sudo apt install nginx-light)")
    return found


def lay_out(folder: Path, upstream: str, https: int, http: int, changes: dict[str, str]) -> Path:
    """Writes what `nginx -c` takes; gives its path.

    upstream: the text of upstream.conf. changes: further texts of videohjelp.conf -> what stands
    there instead; each must be found.
    """
    text = CONFIGURATION.read_text(encoding="utf-8")
    text = re.sub(r"^ *listen \[::\].*\n", "", text, flags=re.MULTILINE)
    every = {
        "listen 80 ": f"listen 127.0.0.1:{http} ",
        "listen 443 ": f"listen 127.0.0.1:{https} ",
        "/etc/videohjelp/tls": str(folder),
        "/dev/stdout": str(folder / "access.log"),
        **changes,
    }
    for old, new in every.items():
        assert old in text, old
        text = text.replace(old, new)
    (folder / "conf.d").mkdir(parents=True)
    (folder / "conf.d" / "videohjelp.conf").write_text(text, encoding="utf-8")
    (folder / "conf.d" / "upstream.conf").write_text(upstream, encoding="utf-8")
    _write_certificate(folder)
    main = folder / "nginx.conf"
    # Root's processes would become another user's, who cannot read pytest's folders.
    user = "user root;" if os.geteuid() == 0 else ""
    main.write_text(_MAIN.format(folder=folder, user=user), encoding="utf-8")
    return main


def upstream_of(ports: Sequence[int], *, forgiving: bool = False) -> str:
    """deploy/nginx/upstream.conf with servers on this machine.

    forgiving: whether one that failed is asked again at once, and not after five seconds.
    """
    text = UPSTREAM.read_text(encoding="utf-8")
    if forgiving:
        assert "max_fails=1" in text
        text = text.replace("max_fails=1", "max_fails=0")
    named = re.findall(r"^ *server \S+ .*\n", text, re.MULTILINE)
    assert len(named) == 2
    lines = "".join(re.sub(r"server \S+", f"server 127.0.0.1:{port}", named[0]) for port in ports)
    return text.replace("".join(named), lines)


@contextmanager
def running_proxy(
    folder: Path, upstream: str, changes: dict[str, str] | None = None
) -> Iterator[Proxy]:
    """nginx, until the end of the context. Arguments: as for lay_out."""
    proxy = Proxy(free_port(), free_port(), folder)
    main = lay_out(folder, upstream, proxy.https, proxy.http, changes or {})
    with (folder / "error.log").open("wb") as errors:
        process = subprocess.Popen(
            [nginx_program(), "-p", str(folder), "-c", str(main)], stdout=errors, stderr=errors
        )
        try:
            _wait_for(proxy, process)
            yield proxy
        finally:
            process.terminate()
            process.wait(timeout=10)


def _wait_for(proxy: Proxy, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(httpx.HTTPError):
            httpx.get(f"http://127.0.0.1:{proxy.http}/")
            return
        time.sleep(0.02)
    raise AssertionError(f"nginx did not start:\n{proxy.error_log()}")


def _write_certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(timezone.utc)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "tls.crt").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "tls.key").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )

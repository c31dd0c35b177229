"""A member of staff's browser without a screen."""

from __future__ import annotations

import re

import httpx

READER, TESTER = "lise", "tore"
PASSWORD = "langt nok passord"
_CSRF = re.compile(r'name="csrf" value="([^"]+)"')


class Staff:
    """Logs in, and sends forms with the token that the page has."""

    def __init__(self, url: str, name: str = "", headers: dict[str, str] | None = None) -> None:
        self.http = httpx.Client(
            base_url=f"{url}/staff",
            timeout=30,
            headers={"Accept-Language": "nb", **(headers or {})},
        )
        self.csrf = ""
        if name:
            answer = self.log_in(name, PASSWORD)
            assert answer.status_code == httpx.codes.SEE_OTHER, answer.text
            self.get("/review")

    def log_in(self, name: str, password: str) -> httpx.Response:
        """Sends the form of the login page."""
        self.get("/login")
        return self.post("/login", name=name, password=password)

    def get(self, path: str) -> httpx.Response:
        """A page; its token is kept for the next form."""
        answer = self.http.get(path)
        if found := _CSRF.search(answer.text):
            self.csrf = found[1]
        return answer

    def post(self, path: str, **fields: str) -> httpx.Response:
        """A form with the token."""
        return self.http.post(path, data={"csrf": self.csrf, **fields})

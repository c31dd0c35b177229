"""A real server with the console, two accounts, and a patient who was not understood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

import pytest

from tests.channels.web.api import Api
from tests.server_process import Server, running_server
from tests.staff.client import PASSWORD, READER, TESTER
from videohjelp.handoff.case import HandoffCase
from videohjelp.handoff.reference_code import make_code
from videohjelp.handoff.store import CaseStore
from videohjelp.staff.accounts import AccountStore
from videohjelp.storage.schema import open_database

NOT_UNDERSTOOD = "blæ <script>alert(1)</script> gnurf"


@dataclass(frozen=True)
class Console:
    """A server with the console. code: of a case in its database."""

    url: str
    code: str
    server: Server


@pytest.fixture(scope="session")
def console(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    """The console, over a database in which something has happened."""
    folder = tmp_path_factory.mktemp("console")
    engine = open_database(f"sqlite:///{folder / 'server.db'}")
    accounts = AccountStore(engine)
    for name, role in ((READER, "reader"), (TESTER, "tester")):
        accounts.add(name, PASSWORD, role, datetime.now(timezone.utc))
    case = HandoffCase(
        code=make_code(),
        created_at=datetime.now(timezone.utc),
        topic="camera_not_working",
        device="iphone",
        tried=("allow_camera", "close_other_apps"),
        device_check={"camera": "blocked", "browser": "Safari 17"},
    )
    CaseStore(engine).save(case, deliver=False)
    settings = {"STAFF_CONSOLE": "true", "PROXIES_COUNT": "1"}
    with running_server(folder, **settings) as server:
        api = Api(server.url)
        api.start()
        api.say(NOT_UNDERSTOOD)
        api.say("kameraet virker ikke")
        answer = api.messages[-1]["seq"]
        api.ask(
            "POST", "/feedback", json={"seq": answer, "rating": "down", "comment": "hjalp ikke"}
        )
        yield Console(server.url, case.code, server)

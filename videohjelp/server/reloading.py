"""Keeps the serving model the one that is in force, without a restart.

A new model is read in a thread and tried; then it takes the old one's place between two turns:
the agent is asked for its processor once a turn, so a turn ends with the model it began with.
Whatever goes wrong, the old model goes on.
"""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import structlog
import yaml
from rasa.core.agent import Agent
from sanic import Sanic

from videohjelp.rollout.choice import file_in_force
from videohjelp.rollout.decisions import moment
from videohjelp.rollout.errors import RolloutError
from videohjelp.rollout.models import Model
from videohjelp.rollout.pointer import FILE, Entry, Pointer
from videohjelp.rollout.serving import Serving, forget_serving, note_serving, this_process
from videohjelp.server.assistant import AssistantError, load_with_store
from videohjelp.server.loop_pauses import LoopPauses
from videohjelp.storage.tracker_store import ConversationStore

log = structlog.get_logger("videohjelp.rollout")

#: Seconds between two looks at the pointer, and until what failed is tried again.
PAUSE, RETRY = 2.0, 60.0
_PROBES = Path(__file__).parent / "probes.yml"


def keep_model_current(app: Sanic, agent: Agent, folder: Path) -> None:
    """Lets a server follow the pointer of a folder of models until it stops."""

    async def keep() -> None:
        keeper = ModelKeeper(agent, folder)
        await keeper.begin()
        while True:
            await keeper.look()
            await asyncio.sleep(PAUSE)

    async def forget(_app: Sanic, _loop: asyncio.AbstractEventLoop) -> None:
        forget_serving(folder)

    app.add_task(keep())
    app.register_listener(forget, "after_server_stop")


class ModelKeeper:
    """Puts the model that is in force into an agent, and notes what the agent has."""

    def __init__(self, agent: Agent, folder: Path) -> None:
        self._agent = agent
        self._folder = folder
        self._pointer = Pointer(folder)
        # Always the same thread: the memory that an old model leaves is the next one's.
        self._loading = ThreadPoolExecutor(1, thread_name_prefix="model")
        self._stamp: object = None
        self._was_there = False
        self._try_again: float | None = None

    async def begin(self) -> None:
        """Notes with what the server has started."""
        path: Path = cast(Any, self._agent.processor).model_path
        host, pid = this_process()
        digest = await asyncio.to_thread(Model(path).sha256)
        await self._note(Serving(host, pid, path.name, digest, moment()))

    async def look(self) -> None:
        """Takes up what is in force, if that has changed since, or failed a while ago."""
        stamp = await asyncio.to_thread(self._pointer.stamp)
        due = self._try_again is not None and time.monotonic() > self._try_again
        if stamp == self._stamp and not due:
            return
        self._stamp, self._try_again = stamp, None
        name = FILE
        try:
            entry = await asyncio.to_thread(self._in_force)
            if entry is not None:
                name = entry.model
                await self._take_up(entry)
        except Exception as error:
            if isinstance(error, (RolloutError, AssistantError)):
                reason = str(error)
                log.error("model_not_taken_up", model=name, reason=reason)
            else:
                reason = type(error).__name__  # its words may be anybody's
                log.exception("model_not_taken_up", model=name, reason=reason)
            self._try_again = time.monotonic() + RETRY
            await self._note(
                replace(self._serving, failed=name, failure=reason, failed_at=moment())
            )

    def _in_force(self) -> Entry | None:
        entry = self._pointer.in_force()
        if entry is None and self._was_there:
            raise RolloutError(
                f"{self._pointer.path} is gone; the loaded model goes on until the server is "
                "started anew. Restore it from a backup, or put a model in force"
            )
        self._was_there = entry is not None
        return entry

    async def _take_up(self, entry: Entry) -> None:
        if entry.sha256 == self._serving.sha256:
            if self._serving.failed:
                await self._note(replace(self._serving, failed=None, failure=None, failed_at=None))
            return
        begun = time.monotonic()
        store = cast(ConversationStore, self._agent.tracker_store)
        async with LoopPauses() as pauses:
            running = asyncio.get_running_loop()
            loaded = await running.run_in_executor(self._loading, self._load, entry, store)
            put_in_place(self._agent, loaded)
        seconds = round(time.monotonic() - begun, 1)
        pause = round(pauses.longest, 3)
        log.info("model_taken_up", model=entry.model, seconds=seconds, longest_pause=pause)
        host, pid = this_process()
        await self._note(Serving(host, pid, entry.model, entry.sha256, moment(), seconds))

    def _load(self, entry: Entry, store: ConversationStore) -> Agent:
        loaded = load_with_store(file_in_force(self._pointer, entry), store)
        asyncio.run(try_out(loaded))
        return loaded

    async def _note(self, serving: Serving) -> None:
        self._serving = serving
        try:
            await asyncio.to_thread(note_serving, self._folder, serving)
        except OSError:  # `model status` lacks this server; patients are answered all the same
            log.exception("serving_model_not_noted")


async def try_out(agent: Agent) -> None:
    """Lets a newly loaded model understand a few sentences. Raises AssistantError."""
    for probe in yaml.safe_load(_PROBES.read_text(encoding="utf-8")):
        parsed = await agent.parse_message(probe["text"])
        found = (parsed.get("intent") or {}).get("name")
        if found != probe["intent"]:
            model = cast(Any, agent.processor).model_path.name
            raise AssistantError(
                f'{model} takes "{probe["text"]}" for {found}, not for {probe["intent"]} '
                f"({_PROBES.name}); train the model anew"
            )


def put_in_place(agent: Agent, loaded: Agent) -> None:
    """Gives an agent the model of another one. Call it in the event loop's thread.

    The agent's locks stay: a conversation's next turn waits for the one that goes on.
    """
    processor = cast(Any, loaded.processor)
    processor.lock_store = agent.lock_store
    agent.nlg, agent.domain = loaded.nlg, loaded.domain
    agent.tracker_store, agent.action_endpoint = loaded.tracker_store, loaded.action_endpoint
    agent.processor = processor

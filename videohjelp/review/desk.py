"""What the review commands do, on the configured database."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import yaml

from videohjelp.directory.own_numbers import own_numbers
from videohjelp.review.doubtful import doubtful_messages
from videohjelp.review.marks import MarkError, MarkStore
from videohjelp.settings import ROOT, settings
from videohjelp.storage.schema import open_database


def show_doubtful(days: int, most: int) -> None:
    """Prints the newest doubtful messages of so many days."""
    since = datetime.now(timezone.utc) - timedelta(days=days)
    marked = {mark.text for mark in mark_store().all()}
    found = doubtful_messages(open_database(settings().database_url), since, marked, most)
    for one in found:
        guess = ", ".join(one.topics)
        print(f"{one.written_at:%Y-%m-%d %H:%M}  {one.confidence:.2f}  {one.intent}  ({guess})")
        print(f"    {one.text}")
    print(f"{len(found)} doubtful message(s) in {days} days, {len(marked)} marked before")


def mark_message(text: str, topic: str, variety: str, kind: str) -> int:
    """Marks a message; gives the exit status."""
    try:
        kept = mark_store().add(text, topic, variety, datetime.now(timezone.utc), kind)
    except MarkError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"marked as {kept.topic} ({kept.variety}): {kept.text}")
    return 0


def unmark_message(text: str) -> int:
    """Takes a mark away; gives the exit status."""
    if not mark_store().remove(text):
        print("no mark has this text; `review export` writes all of them", file=sys.stderr)
        return 1
    print("the mark is gone")
    return 0


def export_marked(to: Path) -> int:
    """Writes the marked messages in the format of tests/understanding/messages; gives how many."""
    messages = [
        {"text": one.text, "topic": one.topic, "variety": one.variety}
        | ({"kind": one.kind} if one.kind else {})
        for one in mark_store().all()
    ]
    to.parent.mkdir(parents=True, exist_ok=True)
    written = yaml.safe_dump({"messages": messages}, allow_unicode=True, sort_keys=False)
    to.write_text(written, encoding="utf-8")
    return len(messages)


def mark_store() -> MarkStore:
    """The marks in the configured database."""
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    topics = [next(iter(one)) if isinstance(one, dict) else one for one in domain["intents"]]
    return MarkStore(open_database(settings().database_url), topics, own_numbers())

"""`python -m videohjelp sms`: what the SMS channel is doing, and what could not be sent."""

from __future__ import annotations

import sys
from datetime import datetime, timezone
from typing import Annotated

import typer

from videohjelp.channels.sms.stores import Stores, make_stores
from videohjelp.clock import OSLO
from videohjelp.settings import settings
from videohjelp.sms.dead_letters import CannotResendError
from videohjelp.sms.keys import NumberKeys
from videohjelp.sms.phone_ids import phone_ids

sms_app = typer.Typer(
    help="Text messages: how many there are, and those that could not be sent.",
    no_args_is_help=True,
)
#: How many dead letters are listed or sent again at once.
_MOST = 100


@sms_app.command()
def status() -> None:
    """Show how many messages are in which state. The server need not run."""
    for name, number in counts(_stores(), datetime.now(timezone.utc)).items():
        print(f"{name:40} {number:8}")


@sms_app.command("dead")
def dead() -> None:
    """List the messages that could not be sent, the newest first; no texts, no numbers."""
    letters = _stores().dead_letters.all(_MOST)
    if not letters:
        print("There are no dead letters.")
        return
    print(f"{'id':>6}  {'made':16}  {'provider':12}  {'tries':>5}  error")
    for letter in letters:
        made = letter.created_at.astimezone(OSLO).strftime("%Y-%m-%d %H:%M")
        gone = "" if letter.has_number else "  (number deleted)"
        print(
            f"{letter.id:>6}  {made}  {letter.provider:12}  {letter.attempts:>5}  "
            f"{letter.error}{gone}"
        )


@sms_app.command()
def resend(
    ids: Annotated[list[int] | None, typer.Argument(help="ids, as `sms dead` lists them")] = None,
    all_: Annotated[bool, typer.Option("--all", help="the newest hundred")] = False,
) -> None:
    """Send dead letters again. First make sure that what stopped them is mended."""
    letters = _stores().dead_letters
    chosen = [letter.id for letter in letters.all(_MOST) if letter.has_number] if all_ else ids
    if not chosen and not all_:
        print("Give the ids of the messages, or --all.", file=sys.stderr)
        raise typer.Exit(2)
    failed = 0
    for letter_id in chosen or []:
        try:
            copy = letters.resend(letter_id, datetime.now(timezone.utc))
        except CannotResendError as error:
            failed += 1
            print(f"{letter_id} was not sent again: {error}", file=sys.stderr)
        else:
            print(f"{letter_id} is sent again as {copy}")
    raise typer.Exit(1 if failed else 0)


@sms_app.command()
def keys() -> None:
    """Encrypt waiting numbers with the newest key; say what still needs each of the keys."""
    number_keys = NumberKeys(_stores().engine, phone_ids())
    print(f"{number_keys.encrypt_again()} number(s) encrypted with the newest key")
    print(f"{'key':>3}  {'id':6}  {'numbers':>7}  {'messages':>8}  {'opt-outs':>8}")
    for one in number_keys.uses():
        verdict = "in force" if one.place == 1 else "needed" if one.is_needed else "can be removed"
        print(
            f"{one.place:>3}  {one.key_id}  {one.numbers:>7}  {one.messages:>8}  "
            f"{one.opt_outs:>8}  {verdict}"
        )
    if unreadable := number_keys.unreadable():
        print(f"{unreadable} number(s) were encrypted with none of these keys", file=sys.stderr)
        raise typer.Exit(1)


def counts(stores: Stores, now: datetime) -> dict[str, int]:
    """How many messages are in which state, by "store: state". now: with a time zone."""
    limits = stores.limits.counts(now)
    found = {
        "messages from patients": stores.inbox.counts(),
        "replies": stores.outbox.counts(),
        "reported by the provider": stores.reports.counts(),
    }
    return {
        **{f"{name}: {key}": number for name, by in found.items() for key, number in by.items()},
        "today, over a limit: told": limits["told"],
        "today, over a limit: silent": limits["silent"],
        "today, segments sent": limits["segments"],
        "opted out": stores.consent.count(),
    }


def _stores() -> Stores:
    return make_stores(settings())

"""Every reason not to start a server for patients: which setting, what is wrong, what to do."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from pydantic import SecretStr

from videohjelp.channels.local_calls import is_loopback
from videohjelp.production.sources import Sources, variable_of
from videohjelp.production.weak import SHORTEST_KEY, weakness
from videohjelp.settings import METRICS_TOKEN_LENGTH, SMS_KEY_LENGTH, Settings

#: Names of an internet domain a wildcard may stand before: *.helse-bergen.no, not *.no.
_LABELS_AFTER_WILDCARD = 2
#: Under these anybody may have a name (https://publicsuffix.org has the whole list).
_ANYBODYS = (
    "azurewebsites.net",
    "cloudfront.net",
    "co.uk",
    "github.io",
    "herokuapp.com",
    "kommune.no",
    "netlify.app",
    "pages.dev",
    "vercel.app",
    "web.app",
)
_MAKE_ONE = 'python -c "import secrets; print(secrets.token_urlsafe(48))" makes one'
#: The shortest of the secrets that somebody chooses, not we: passwords of providers and databases.
_SHORTEST_PASSWORD = 16


@dataclass(frozen=True)
class Fault:
    """setting: its name. what: the rest of a sentence. remedy: a whole one."""

    setting: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{variable_of(self.setting)} {self.what}. {self.remedy}."


def production_faults(settings: Settings, sources: Sources, actions_url: str) -> list[Fault]:
    """All that a server for patients must not be started with.

    actions_url: of endpoints.yml, used when the actions run in a server of their own.
    """
    checks: tuple[Callable[[], Iterator[Fault]], ...] = (
        lambda: _keys(settings),
        lambda: _shared_secrets(settings),
        lambda: _written_down(settings, sources),
        lambda: _addresses(settings, actions_url),
        lambda: _embedding(settings),
        lambda: _for_developers(settings),
    )
    return [fault for check in checks for fault in check()]


def _keys(settings: Settings) -> Iterator[Fault]:
    yield from _secret("secret_key", _value(settings.secret_key), SHORTEST_KEY)
    yield from _secret("metrics_token", _value(settings.metrics_token), METRICS_TOKEN_LENGTH)
    if settings.sms_provider != "none":
        keys = settings.sms_keys() or ("",)
        for key in keys:
            yield from _secret("sms_secret_keys", key, SMS_KEY_LENGTH)
    if settings.handoff_webhook_url:
        secret = _value(settings.handoff_webhook_secret)
        yield from _secret("handoff_webhook_secret", secret, SHORTEST_KEY)
    if settings.sms_provider == "linkmobility":
        name = "sms_linkmobility_callback_password"
        yield from _secret(name, _value(getattr(settings, name)), _SHORTEST_PASSWORD)
    for name in Settings.secrets():
        address = getattr(settings, name)
        if isinstance(address, str):
            parts = urlsplit(address)
            weak = weakness(parts.password, _SHORTEST_PASSWORD) if parts.password else None
            if weak:
                yield Fault(name, f"has a password that {weak}", f"Choose another; {_MAKE_ONE}")


def _secret(name: str, value: str, shortest: int) -> Iterator[Fault]:
    variable = variable_of(name)
    if not value:
        yield Fault(name, "is not set", f"Set it, or {variable}_FILE; {_MAKE_ONE}")
    elif weak := weakness(value, shortest):
        yield Fault(name, weak, f"Choose another; {_MAKE_ONE}")


def _shared_secrets(settings: Settings) -> Iterator[Fault]:
    users: dict[str, list[str]] = defaultdict(list)
    for name in Settings.secrets():
        value = getattr(settings, name)
        if isinstance(value, SecretStr):
            for part in {part.strip() for part in value.get_secret_value().split(",")} - {""}:
                users[part].append(name)
    for names in users.values():
        for name in names[1:]:
            what = f"is the same secret as {variable_of(names[0])}"
            yield Fault(name, what, "Whoever learns one has both: give each its own")


def _written_down(settings: Settings, sources: Sources) -> Iterator[Fault]:
    for name in Settings.secrets():
        value = getattr(settings, name)
        secret = isinstance(value, SecretStr) or "@" in (value or "")
        if secret and sources.of(name) == "settings.yml":
            remedy = (
                f"Take it out, choose another, and set the variable or {variable_of(name)}_FILE"
            )
            yield Fault(name, "stands in data/settings.yml, which lies in git", remedy)


def _addresses(settings: Settings, actions_url: str) -> Iterator[Fault]:
    for name in ("handoff_webhook_url", "sms_public_url", "sms_api_url"):
        address = getattr(settings, name)
        if address and urlsplit(address).scheme != "https":
            yield Fault(name, "does not begin with https://", "Encrypt what goes there: use https")
    actions = urlsplit(actions_url)
    local = is_loopback(actions.hostname or "")
    if settings.actions == "remote" and actions.scheme != "https" and not local:
        yield Fault(
            "actions",
            "is remote, and endpoints.yml reaches the action server over http",
            "The conversation goes there in the clear: use https in endpoints.yml, or in_process",
        )
    if settings.proxies_count == 0:
        yield Fault(
            "proxies_count",
            "is 0, but this server speaks no https itself",
            "Put a proxy with a certificate in front and set how many there are: the limits then "
            "count the patients' networks, and cookies are for https alone",
        )


def _embedding(settings: Settings) -> Iterator[Fault]:
    for origin in settings.embed_origins:
        host = urlsplit(origin).hostname or ""
        domain = host.removeprefix("*.")
        wide = host != domain and (
            len([label for label in domain.split(".") if label]) < _LABELS_AFTER_WILDCARD
            or domain in _ANYBODYS
        )
        if not origin.startswith("https://"):
            remedy = "A page without https can be changed on its way: use its https address"
            yield Fault("embed_origins", f"has {origin}", remedy)
        if wide:
            remedy = "Anybody may have a name there: name the hospital's own domain"
            yield Fault("embed_origins", f"has {origin}", remedy)


def _for_developers(settings: Settings) -> Iterator[Fault]:
    if settings.demo:
        yield Fault("demo", "is on", "The page is for trying things out: unset it")
    if settings.sms_provider == "console":
        yield Fault(
            "sms_provider",
            "is console, the simulator, which has no password",
            "Set it to twilio, linkmobility or none",
        )
    if sys.flags.dev_mode:
        what = "is production, but Python runs in its development mode"
        yield Fault("environment", what, "Start it without -X dev and PYTHONDEVMODE")


def _value(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""

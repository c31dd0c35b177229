"""Everything that can be set: read from data/settings.yml, overridden by VIDEOHJELP_ variables."""

from __future__ import annotations

import functools
import os
import re
from datetime import date
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, BaseSettings, Field, SecretStr, ValidationError, validator
from pydantic.env_settings import SettingsError as EnvironmentSettingsError

from videohjelp.secret_files import SecretFileError, read_secret_files

ROOT = Path(__file__).resolve().parent.parent

#: Addresses at which only this machine reaches the server.
OWN_MACHINE = ("127.0.0.1", "::1", "localhost")
#: Scheme, host and port (RFC 6454); a name for all of a domain's hosts is "https://*.example.no".
_ORIGIN = re.compile(r"https?://(\*\.)?[a-z0-9.-]+(:[0-9]{1,5})?")
#: There are only some ten million Norwegian mobile numbers: the key alone hides them.
SMS_KEY_LENGTH = 32
#: Whoever guesses it reads the numbers; nothing slows the guessing down.
METRICS_TOKEN_LENGTH = 16


class SettingsError(ValueError):
    """A setting is missing or wrong. The text says which one and what to do."""


class ClosedDays(BaseModel):
    """Days on which the hospital's administration is closed beside public holidays."""

    christmas_eve: bool = True
    new_years_eve: bool = True
    wednesday_before_easter: bool = False
    dates: list[date] = []

    class Config:
        extra = "forbid"


class Notice(BaseModel):
    """A sentence of the hospital's to every patient, in each language."""

    nb: str
    nn: str
    en: str

    class Config:
        extra = "forbid"


class Settings(BaseSettings):
    """The assistant's settings.

    environment: production refuses to start with what is good enough on a developer's machine only;
        see videohjelp/production.
    phone_hours: weekday (monday … sunday) -> list of "HH:MM-HH:MM", Europe/Oslo.
    ikt_phone_hours: the same for Kundesenteret; None when unknown: then nothing is claimed.
    port: 0 takes any free one. message_limit: longest message from a patient, in characters.
    secret_key: signs the web chat's tokens; several, separated by commas, the newest first: see
        videohjelp/server/secret.py.
    database_migrate: whether a start brings the tables up to this version; off where a step before
        it does so (python -m videohjelp database upgrade).
    database_pool_size: PostgreSQL alone: how many connections each of a process's three pools
        keeps; twice as many at most.
    redis_url: what several server processes share beside the database; none for one process. See
        docs/scaling.md.
    embed_origins: the websites that may show the conversation page in a frame
        ("https://www.helse-bergen.no"); this server's own pages always may.
    demo: whether / is a page like a hospital's that shows the widget; unless set, only while the
        server listens to its own machine alone.
    proxies_count: how many proxies of ours stand in front; the patient's network is then the
        X-Forwarded-For that the first of them saw. 0: nobody's header is believed.
    network_requests_per_minute: of one address, of whatever kind. network_refusals_per_minute: so
        many calls of one address to /metrics and the text messages' webhooks may be refused; then
        none is answered.
    web_messages_per_minute: of one conversation. web_network_requests_per_minute,
        web_network_starts_per_minute: of one address, behind which a whole hospital may sit.
    models_folder: where the trained models are, and which is in force; from the project's folder.
    model: activated serves nothing but a model that was put in force (docs/rollout.md); auto trains
        the model of the present content as long as none was.
    retention_days: after how many days conversations are deleted in which nothing was said since,
        opinions of them and text messages. handoff_days: hand-off cases. review_days: messages that
        staff have marked. What is kept how long, and why: data/privacy/inventory.yml.
        web_network_streams: so many pages of one address are told of new messages at a time.
    request_seconds: within which a whole request has to be here, however many bytes have come.
    idle_seconds: how long a connection without a request is kept; longer than a proxy in front
        keeps it.
    notice: what every patient is told before they write, by language; an outage for example.
    staff_console: whether /staff is served: the console for staff, see docs/staff.md.
    staff_idle_minutes, staff_session_hours: after which pause, and after how long at most, staff
        must log in again. staff_log_days: how long the access log is kept.
    metrics_token: what whoever reads /metrics must show; unless set, only this machine may.
    log_level: of our own lines; DEBUG adds those of the probes.
    build: which version is running, as the metrics show it; a tag or commit.
    drain_seconds: how long the server says that it is not ready, and still answers, before it
        stops: longer than the proxy takes to notice.
    actions_url: where the action server is (actions=remote); unless set, that of endpoints.yml.
    sms_secret_keys: of at least 32 characters each, separated by commas, the newest first; see
        videohjelp/sms/phone_ids.py.
    sms_session_hours: a longer pause begins a new conversation, the language is kept.
    sms_rate_messages, sms_rate_minutes: so many messages of one number are answered in that time.
    sms_daily_segments: how many segments are sent in a day, to all numbers together.
    sms_number_days: how long a number is kept when its reply cannot be sent.
    sms_provider: who carries the text messages; console is the simulator on the own machine. What
        each needs of the others (sms_public_url …) stands in videohjelp/channels/sms/providers.
    sms_public_url: how the provider reaches this server, up to "/webhooks"; it is never guessed.
    sms_api_url: the provider's own address, where there is a choice.
    sms_concurrency: so many messages are answered at the same time.
    """

    environment: Literal["development", "production"] = "development"
    hospital_name: str = "Helse Vest"
    default_language: Literal["nb", "nn", "en"] = "nb"
    phone_hours: dict[str, list[str]]
    ikt_phone_hours: dict[str, list[str]] | None = None
    closed_days: ClosedDays = ClosedDays()
    saturday_counts: bool = False

    host: str = "127.0.0.1"
    port: int = Field(5005, ge=0, le=65535)
    database_url: str = "sqlite:///var/videohjelp.db"
    database_migrate: bool = True
    database_pool_size: int = Field(5, ge=1, le=100)
    redis_url: SecretStr | None = None
    secret_key: SecretStr | None = None
    embed_origins: list[str] = []
    demo: bool | None = None
    proxies_count: int = Field(0, ge=0, le=10)
    network_requests_per_minute: int = Field(6000, ge=1)
    network_refusals_per_minute: int = Field(60, ge=1)
    request_seconds: int = Field(15, ge=1, le=120)
    idle_seconds: int = Field(75, ge=1, le=600)
    web_messages_per_minute: int = Field(60, ge=1)
    web_network_requests_per_minute: int = Field(1200, ge=1)
    web_network_starts_per_minute: int = Field(120, ge=1)
    web_network_streams: int = Field(500, ge=1)
    notice: Notice | None = None
    models_folder: Path = Path("models")
    model: Literal["auto", "activated"] = "auto"
    session_hours: int = Field(24, ge=1)
    message_limit: int = Field(500, ge=50, le=5000)
    retention_days: int = Field(30, ge=1)
    handoff_days: int = Field(30, ge=1)
    review_days: int = Field(365, ge=1)
    history_turns: int = Field(6, ge=2)
    actions: Literal["in_process", "remote"] = "in_process"
    actions_url: str | None = None
    handoff_webhook_url: str | None = None
    handoff_webhook_secret: SecretStr | None = None
    metrics_token: SecretStr | None = None
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    build: str = Field("unknown", regex=r"^[A-Za-z0-9._+-]{1,64}$")
    drain_seconds: float = Field(0.0, ge=0, le=300)
    staff_console: bool = False
    staff_idle_minutes: int = Field(30, ge=1, le=24 * 60)
    staff_session_hours: int = Field(10, ge=1, le=24)
    staff_log_days: int = Field(365, ge=1)
    sms_secret_keys: SecretStr | None = None
    sms_session_hours: int = Field(24, ge=1)
    sms_rate_messages: int = Field(20, ge=1)
    sms_rate_minutes: int = Field(10, ge=1, le=24 * 60)
    sms_daily_segments: int = Field(5000, ge=0)
    sms_number_days: int = Field(3, ge=1)
    sms_provider: Literal["console", "twilio", "linkmobility", "none"] = "console"
    sms_public_url: str | None = None
    sms_api_url: str | None = None
    sms_concurrency: int = Field(4, ge=1, le=64)
    sms_twilio_account_sid: str | None = None
    sms_twilio_auth_token: SecretStr | None = None
    sms_linkmobility_username: str | None = None
    sms_linkmobility_password: SecretStr | None = None
    sms_linkmobility_platform_id: str | None = None
    sms_linkmobility_partner_id: str | None = None
    sms_linkmobility_gate_id: str | None = None
    sms_linkmobility_callback_username: str | None = None
    sms_linkmobility_callback_password: SecretStr | None = None

    @validator("sms_secret_keys")
    def _keys_are_long(cls, value: SecretStr | None) -> SecretStr | None:  # noqa: N805
        keys = _parts(value)
        if any(len(key) < SMS_KEY_LENGTH for key in keys):
            raise ValueError(f"each key must have at least {SMS_KEY_LENGTH} characters")
        return value

    @validator("metrics_token")
    def _token_is_long(cls, value: SecretStr | None) -> SecretStr | None:  # noqa: N805
        if value and 0 < len(value.get_secret_value()) < METRICS_TOKEN_LENGTH:
            raise ValueError(f"it must have at least {METRICS_TOKEN_LENGTH} characters")
        return value

    @validator("embed_origins", each_item=True)
    def _is_origin(cls, value: str) -> str:  # noqa: N805
        if not _ORIGIN.fullmatch(value):
            raise ValueError(
                'write an origin such as "https://www.helse-bergen.no", without a path'
            )
        return value

    def is_demo(self) -> bool:
        """Whether the demonstration page is served; in production only when it is asked for."""
        unless_set = self.host in OWN_MACHINE and not self.is_production()
        return unless_set if self.demo is None else self.demo

    def is_production(self) -> bool:
        """Whether patients use this server."""
        return self.environment == "production"

    @classmethod
    def secrets(cls) -> tuple[str, ...]:
        """The names of the settings that are secret, or are an address that may hold a password.

        Each may also stand in a file: see videohjelp/secret_files.py.
        """
        return tuple(
            name
            for name, field in cls.__fields__.items()
            if field.type_ is SecretStr or name.endswith("_url")
        )

    def secret_keys(self) -> tuple[str, ...]:
        """The keys of the web chat's tokens, the newest first; none when none is configured."""
        return _parts(self.secret_key)

    def sms_keys(self) -> tuple[str, ...]:
        """The keys of the SMS channel, the newest first; none when none is configured."""
        return _parts(self.sms_secret_keys)

    class Config:
        env_prefix = "VIDEOHJELP_"
        extra = "forbid"

        @classmethod
        def customise_sources(cls, init_settings: Any, env_settings: Any, **_: Any) -> Any:
            """The environment wins over the file."""
            return env_settings, init_settings


def _parts(value: SecretStr | None) -> tuple[str, ...]:
    parts = (value.get_secret_value() if value else "").split(",")
    return tuple(part.strip() for part in parts if part.strip())


def read_settings(path: Path = ROOT / "data" / "settings.yml") -> Settings:
    """Reads and checks the settings.

    Raises SettingsError with one sentence for each mistake.
    """
    try:
        values = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except FileNotFoundError as error:
        raise SettingsError(f"{path} is missing; restore it from git") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}:1: the file is not in UTF-8; save it as UTF-8") from error
    except ValueError as error:  # an impossible date such as 2026-13-45
        raise SettingsError(f"{path}: {error}; correct the date") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SettingsError(f"{path}:{line}: this is not YAML ({error.problem})") from error
    if not isinstance(values, dict):
        raise SettingsError(f"{path}:1: the file must consist of 'name: value' lines")
    try:
        prefix = Settings.Config.env_prefix
        files = read_secret_files(Settings.secrets(), prefix, os.environ)
        return Settings(**{**values, **files})
    except SecretFileError as error:
        raise SettingsError(str(error)) from error
    except EnvironmentSettingsError as error:
        name = str(error).rsplit('"', 2)[-2].upper()
        raise SettingsError(f"{name} in the environment must be written as JSON") from error
    except ValidationError as error:
        mistakes = "; ".join(
            f"{'.'.join(str(part) for part in item['loc'])}: {item['msg']}"
            for item in error.errors()
        )
        raise SettingsError(f"{path} (or a VIDEOHJELP_ variable): {mistakes}") from error


@functools.lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process, read once."""
    return read_settings()

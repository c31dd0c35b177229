"""Who carries the text messages, by VIDEOHJELP_SMS_PROVIDER.

console       the simulator on the own machine; needs nothing
twilio        SMS_PUBLIC_URL, SMS_TWILIO_ACCOUNT_SID, SMS_TWILIO_AUTH_TOKEN
linkmobility  SMS_API_URL, SMS_LINKMOBILITY_USERNAME, …_PASSWORD, …_PLATFORM_ID, …_PARTNER_ID,
              …_GATE_ID, …_CALLBACK_USERNAME, …_CALLBACK_PASSWORD
none          no text messages
"""

from __future__ import annotations

from pydantic import SecretStr

from videohjelp.channels.local_calls import is_loopback
from videohjelp.channels.sms.providers.api import safe_url
from videohjelp.channels.sms.providers.base import Provider
from videohjelp.channels.sms.providers.console import ConsoleProvider
from videohjelp.channels.sms.providers.linkmobility import LinkMobilityProvider
from videohjelp.channels.sms.providers.twilio import API_URL, TwilioProvider
from videohjelp.settings import Settings, SettingsError


def make_provider(settings: Settings) -> Provider | None:
    """The configured provider; None when there shall be no text messages.

    Raises SettingsError with a sentence that says what is missing.
    """
    if settings.sms_provider == "none":
        return None
    if settings.sms_provider == "console":
        if not is_loopback(settings.host):
            raise SettingsError(
                f"The SMS simulator has no password, and VIDEOHJELP_HOST={settings.host} lets "
                "other machines in. Set VIDEOHJELP_SMS_PROVIDER to none, twilio or linkmobility."
            )
        return ConsoleProvider()
    if settings.sms_provider == "twilio":
        given = _given(settings, "public_url", "twilio_account_sid", "twilio_auth_token")
        return TwilioProvider(
            account_sid=given["twilio_account_sid"],
            auth_token=given["twilio_auth_token"],
            public_url=_address("sms_public_url", given["public_url"]),
            api_url=_address("sms_api_url", settings.sms_api_url or API_URL),
        )
    names = ("username", "password", "platform_id", "partner_id", "gate_id")
    callback = ("callback_username", "callback_password")
    own = [f"linkmobility_{name}" for name in (*names, *callback)]
    given = _given(settings, "api_url", *own)
    return LinkMobilityProvider(
        api_url=_address("sms_api_url", given["api_url"]),
        **{name.removeprefix("linkmobility_"): given[name] for name in own},
    )


def _given(settings: Settings, *names: str) -> dict[str, str]:
    """The values of settings, without their "sms_"; SettingsError when some are missing."""
    found: dict[str, str] = {}
    for name in names:
        value = getattr(settings, f"sms_{name}")
        text = value.get_secret_value() if isinstance(value, SecretStr) else value
        if text:
            found[name] = text
    missing = [f"VIDEOHJELP_SMS_{name.upper()}" for name in names if name not in found]
    if missing:
        raise SettingsError(
            f"VIDEOHJELP_SMS_PROVIDER is {settings.sms_provider}, so set {', '.join(missing)} too"
        )
    return found


def _address(name: str, url: str) -> str:
    try:
        return safe_url(url, f"VIDEOHJELP_{name.upper()}")
    except ValueError as error:
        raise SettingsError(str(error)) from error

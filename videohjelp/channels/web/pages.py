"""The pages of the conversation and of the device check, in the patient's language."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, select_autoescape
from markupsafe import Markup

from videohjelp.appointments.wording import Language
from videohjelp.channels.web.requests import LANGUAGES
from videohjelp.settings import ROOT, Settings

STATIC = Path(__file__).parent / "static"
WIDGET = ROOT / "data" / "widget"
STANDARD_THEME = "standard"
TEXTS = ("texts.yml", "device_check.yml")


class Pages:
    """Fills in the built pages' templates."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._templates = Environment(
            loader=FileSystemLoader(STATIC), autoescape=select_autoescape(["html"])
        )

    def render(self, name: str, language: Language, theme: str) -> str:
        """A page's HTML.

        name: such as "chat.html". theme: one of data/widget/themes.yml; any other is the standard.
        """
        texts = page_texts()
        if theme not in theme_names():
            theme = STANDARD_THEME
        return self._templates.get_template(name).render(
            language=language,
            theme=theme,
            texts={key: by_language[language] for key, by_language in texts.items()},
            texts_json=script_json(texts),
            config_json=script_json(self._config(theme)),
        )

    def _config(self, theme: str) -> dict[str, Any]:
        return {
            "hospitalName": self._settings.hospital_name,
            "messageLimit": self._settings.message_limit,
            "retentionDays": self._settings.retention_days,
            "sessionHours": self._settings.session_hours,
            "languages": list(LANGUAGES),
            "parentOrigins": self._settings.embed_origins,
            "theme": theme,
        }


@functools.lru_cache(maxsize=1)
def page_texts() -> dict[str, dict[Language, str]]:
    """The texts of data/widget, by key and language."""
    found: dict[str, dict[Language, str]] = {}
    for name in TEXTS:
        found |= yaml.safe_load((WIDGET / name).read_text(encoding="utf-8"))["texts"]
    return found


@functools.lru_cache(maxsize=1)
def theme_names() -> frozenset[str]:
    """The names of the hospitals' themes."""
    path = WIDGET / "themes.yml"
    return frozenset(yaml.safe_load(path.read_text(encoding="utf-8"))["themes"])


def script_json(value: object) -> Markup:
    """JSON to stand in a <script type="application/json">: nothing in it can end the element."""
    text = json.dumps(value, ensure_ascii=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704 - every sign that means something in HTML is escaped above

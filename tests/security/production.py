"""Settings of a server for patients, without a fault."""

from __future__ import annotations

METRICS_TOKEN = "uT8rQzW2nVb6Yc1KxLs4Hd"
PRODUCTION = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": "Zk3vN8qLw0Rt5yXc7Bm1JdHs6Fg2PaEu4TiO9rWn",
    "METRICS_TOKEN": METRICS_TOKEN,
    "PROXIES_COUNT": "1",
    "EMBED_ORIGINS": '["https://www.sykehus.example", "https://*.helse.example"]',
    "STAFF_CONSOLE": "true",
    "HANDOFF_WEBHOOK_URL": "https://saker.sykehus.example/nye",
    "HANDOFF_WEBHOOK_SECRET": "mB7xQe2LzV9wTn4RyKs1Hd6JcUf3PaGo8iZt5Wq0",
    "SMS_PROVIDER": "twilio",
    "SMS_SECRET_KEYS": "Ry4KnT9wVz2LqE7xBm0WtZ5iGo8PaUf3JcHd6s1Q",
    "SMS_PUBLIC_URL": "https://sms.sykehus.example",
    "SMS_TWILIO_ACCOUNT_SID": "AC0123456789abcdef0123456789abcdef",
    "SMS_TWILIO_AUTH_TOKEN": "c1f83d0b7a9e4c26b5d817f0e3a96d42",
}

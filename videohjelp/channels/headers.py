"""The HTTP headers of what is served: who may load it, frame it, keep it."""

from __future__ import annotations

from collections.abc import Sequence

_SECURITY = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
#: What nobody but the pages that say so may use.
_NO_DEVICES = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()"
_NOTHING = "default-src 'none'; frame-ancestors 'none'"
#: For a year this host is reached by https only (RFC 6797); what its other hosts do is not ours.
TRANSPORT_SECURITY = ("Strict-Transport-Security", "max-age=31536000")


def file_headers(cache_control: str) -> dict[str, str]:
    """The headers of a file that any website may load (the loader, and what it loads)."""
    return {
        **_SECURITY,
        "Cache-Control": cache_control,
        "Content-Security-Policy": _NOTHING,
        "Permissions-Policy": _NO_DEVICES,
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }


def api_headers() -> dict[str, str]:
    """The headers of the API's answers, which nobody keeps."""
    return {
        **_SECURITY,
        "Cache-Control": "no-store",
        "Content-Security-Policy": _NOTHING,
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": _NO_DEVICES,
    }


def page_headers(frame_ancestors: Sequence[str]) -> dict[str, str]:
    """The headers of a page that only these websites, and this server's own, may frame."""
    policy = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "connect-src": "'self'",
        "img-src": "'self' data: blob:",
        "media-src": "'self' data: blob:",
        "frame-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": " ".join(["'self'", *frame_ancestors]),
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }
    return {
        **_SECURITY,
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "Permissions-Policy": (
            "camera=(self), microphone=(self), autoplay=(self), geolocation=(), payment=()"
        ),
        "Cache-Control": "no-store",
    }

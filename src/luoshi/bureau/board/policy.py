"""What a browser may do with what we send: load from here, run our script files, and nothing else.

Our pages need nothing more: scripts and stylesheets stand in files. Widths of bars and places of tiles are reckoned and stand in
`style` attributes, which run nothing; the square of the second factor is a picture in its own address. Django 5.2 has no such
policy of its own; one that it has later takes the place of this module.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_ALLOWED = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",  # for browsers that do not know the two below; Chromium 75 and later do
    "style-src-elem": "'self'",
    "style-src-attr": "'unsafe-inline'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
POLICY = "; ".join(f"{what} {where}" for what, where in _ALLOWED.items())


def _policy() -> str:
    """With where forms may lead: here alone, or on to the single sign-on service, whose own addresses only it knows."""
    portal = urlsplit(settings.OIDC["issuer"]).scheme
    return f"{POLICY}; form-action 'self'" + (f" {portal}:" if portal else "")


def guarded(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: the policy on every answer; a page that says a stricter one of its own keeps it."""

    def told(request: HttpRequest) -> HttpResponse:
        sent = answer(request)
        sent.headers.setdefault("Content-Security-Policy", _policy())
        return sent

    return told

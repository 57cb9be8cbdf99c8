"""Behind a reverse proxy: where a request really came from, believed only from the addresses of LUOSHI_PROXY."""

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def _known(address: str) -> bool:
    try:
        told = ipaddress.ip_address(address.strip())
    except ValueError:
        return False
    return any(told in network for network in settings.PROXIES)


def _origin(chain: str, here: str) -> str:
    """The last address of the chain that is not one of ours: what stands before it anybody could have written."""
    for one in reversed([part.strip() for part in chain.split(",") if part.strip()]):
        try:
            ipaddress.ip_address(one)
        except ValueError:
            break
        here = one
        if not _known(one):
            break
    return here


def forwarded(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: address and scheme of whoever asked the proxy. Without LUOSHI_PROXY no such header is read."""

    def told(request: HttpRequest) -> HttpResponse:
        here = request.META.get("REMOTE_ADDR", "")
        if settings.PROXIES and _known(here):
            request.META["REMOTE_ADDR"] = _origin(request.META.get("HTTP_X_FORWARDED_FOR", ""), here)
            scheme = request.META.get("HTTP_X_FORWARDED_PROTO", "").split(",")[-1].strip()
            if scheme in {"http", "https"}:
                request.META["wsgi.url_scheme"] = scheme
        return answer(request)

    return told

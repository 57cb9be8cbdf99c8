"""The one door of the API in the website's list: opens the rest when the first question comes, and looks after what all answers share."""

import hashlib
import logging
from calendar import timegm

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import get_resolver
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt

from luoshi.bureau.board.api import refusing
from luoshi.bureau.journal.queries import changed

_DOORS = "luoshi.bureau.board.api.doors"
_READS = {"GET", "HEAD"}
_log = logging.getLogger("django.request")


@csrf_exempt  # nothing is changed by it, and a program that posts is to be told so in JSON
@login_not_required
def dispatch(request: HttpRequest, rest: str) -> HttpResponseBase:
    """Answer, with the headers caches need. Other origins get no leave to read it in a browser."""
    if request.method not in _READS:
        return refusing.only_reading(request)
    bodiless, request.method = request.method == "HEAD", "GET"
    answer = _answered(request, rest)
    if refusing.asks_english(request):
        answer = refusing.in_english(answer)
    if answer.status_code == 200:  # noqa: PLR2004
        answer = _conditional(request, answer)
    patch_vary_headers(answer, ["Authorization", "Accept-Language"])
    answer["Cache-Control"] = "private, no-cache" if "Authorization" in request.headers else "no-cache"
    answer["X-Content-Type-Options"] = "nosniff"
    if bodiless:
        answer.content = b""
    return answer


def _answered(request: HttpRequest, rest: str) -> HttpResponse:
    try:
        found = get_resolver(_DOORS).resolve(f"/{rest}")
        answer: HttpResponse = found.func(request, *found.args, **found.kwargs)
    except Http404:
        return refusing.missing(request)
    except Exception:  # noqa: BLE001 (whatever of ours failed, a program is told in JSON)
        _log.exception("API: %s", request.path)
        return refusing.broken(request)
    return answer


def _conditional(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """The same, or 304 where the asker holds it already. What nobody did anything to since is not newer."""
    at = changed()
    answer["ETag"] = etag = f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
    if at is not None:
        answer["Last-Modified"] = http_date(at.timestamp())
    seconds = timegm(at.utctimetuple()) if at is not None else None
    told = get_conditional_response(request, etag=etag, last_modified=seconds, response=answer)
    return told if isinstance(told, HttpResponse) else answer

"""公开数据接口: its manual, made from the OpenAPI document; the keys of programs; the public figures as one file."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date

from luoshi.bureau.board import open_data
from luoshi.bureau.board.asking import why_not
from luoshi.bureau.board.downloads import download
from luoshi.bureau.board.frame import city_of
from luoshi.bureau.board.open_data import Reader
from luoshi.bureau.indicators.open_series import Asked, catalogue
from luoshi.bureau.people import actions
from luoshi.bureau.people import queries as people
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.rights import refused
from luoshi.publishing.opening import data_package
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_SAMPLE = "compulsory_large_class_rate"
_EXAMPLES: Mapping[str, str] = {
    "/api/v1/indicators": "?search=大班额",
    "/api/v1/indicators/{key}/series": "?level=city",
}
_KEYS = {"/api/v1/procedures/{key}/statistics": "petition", "/api/v1/registers/{key}": "tutors"}
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""What a zip calls the beginning of time: the same figures make the same file."""


@login_not_required
def manual(request: HttpRequest) -> HttpResponse:
    """How programs read figures; for strangers where the bureau has opened its public page."""
    city = city_of(request)
    if not request.user.is_authenticated and (city is None or not city.public):
        raise Http404
    from luoshi.bureau.board.api.doors import document  # noqa: PLC0415 -- the framework waits until it is asked for

    told = document()
    schemas = told["components"]["schemas"]
    operations = [_operation(path, methods["get"], schemas) for path, methods in told["paths"].items()]
    context = {
        "title": told["info"]["title"],
        "description": told["info"]["description"],
        "operations": operations,
        "shapes": [_shape(name, one) for name, one in schemas.items() if name.endswith("Shape")],
        "sample": json.dumps(_sample(schemas["FigureShape"]), ensure_ascii=False, indent=1),
        "refusal": json.dumps({"findings": [_sample(schemas["FindingShape"])]}, ensure_ascii=False, indent=1),
        "site": request.build_absolute_uri("/").rstrip("/"),
        "public": city.public if city else False,
    }
    return render(request, "board/api.html", {"api": context})


def _operation(path: str, told: Mapping[str, Any], schemas: Mapping[str, Any]) -> dict[str, object]:
    answer = told["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    return {
        "path": path,
        "name": told["operationId"],
        "summary": told["summary"],
        "description": told["description"],
        "parameters": [
            {"name": one["name"], "in_path": one["in"] == "path", **_field(one["schema"])}
            for one in told.get("parameters", [])
        ],
        "answer": [{"name": name, **_field(one)} for name, one in schemas[answer]["properties"].items()],
        "example": path.replace("{key}", _KEYS.get(path, _SAMPLE)).replace("{number}", "1") + _EXAMPLES.get(path, ""),
    }


def _shape(name: str, told: Mapping[str, Any]) -> dict[str, object]:
    fields = [{"name": key, **_field(one)} for key, one in told["properties"].items()]
    return {"name": name, "description": told.get("description", ""), "fields": fields}


def _field(told: Mapping[str, Any]) -> dict[str, object]:
    items = told.get("items", {}).get("$ref", "") or told.get("$ref", "")
    return {
        "description": told.get("description", ""),
        "of": items.rpartition("/")[2],
        "example": json.dumps(told["examples"][0], ensure_ascii=False) if told.get("examples") else "",
    }


def _sample(told: Mapping[str, Any]) -> dict[str, object]:
    return {name: one["examples"][0] for name, one in told["properties"].items() if one.get("examples")}


def keys(request: HttpRequest, findings: Sequence[Finding] = (), secret: str = "") -> HttpResponse:
    """My keys, the security administrator's everybody's; a new one is shown here, once."""
    actor, today = actor_of(request), timezone.localdate()
    all_of_them = refused(actor, "keys_see") is None
    context = {
        "rows": people.keys_of("" if all_of_them else actor.login),
        "everybody": all_of_them,
        "may_make": why_not(request, "api_key"),
        "secret": secret,
        "today": today,
        "latest": today + timedelta(days=actions.KEY_DAYS),
        "site": request.build_absolute_uri("/").rstrip("/"),
    }
    told = {"keys": context, "findings": findings}
    answer = render(request, "board/api_keys.html", told, status=409 if findings else 200)
    if secret:
        answer["Cache-Control"] = "no-store"
    return answer


def act(request: HttpRequest) -> HttpResponse:
    """Make a key, or have one opened no more."""
    if request.method != "POST":
        return redirect("api_keys")
    try:
        secret = _acted(request)
    except RefusedError as refusal:
        return keys(request, refusal.findings)
    return keys(request, secret=secret) if secret else redirect("api_keys")


def _acted(request: HttpRequest) -> str:
    actor, number = actor_of(request), request.POST.get("key", "")
    if number:
        actions.revoke_key(actor, int(number) if number.isdecimal() and len(number) < 10 else 0)  # noqa: PLR2004
        return ""
    words = request.POST.get("until", "")
    until = _day(words)
    if until is None:
        raise RefusedError(Finding("有效期", f"“{words[:20]}”不是日期", "写成 2021-12-31", "请改日期"))
    return actions.make_key(actor, request.POST.get("purpose", ""), until)


def _day(words: str) -> date | None:
    try:
        return parse_date(words)
    except ValueError:
        return None


@login_not_required
def figures(request: HttpRequest) -> HttpResponse:
    """All public figures as one Data Package, for whoever reads no API."""
    city = city_of(request)
    if city is None or not city.public:
        raise Http404
    told = open_data.collection(city, Reader(), Asked(tuple(catalogue())))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, content in data_package(told).items():
            folder.writestr(zipfile.ZipInfo(name, _EARLIEST), content)
    return download(f"{told.title}.zip", out.getvalue(), "application/zip")

"""The addresses of the API and what each answers. Read only; what is told is told by `open_data`, as everywhere else."""

import json
from functools import cache
from typing import Any, NoReturn

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from ninja import NinjaAPI, Path, Query
from ninja.errors import AuthenticationError, ValidationError
from ninja.renderers import BaseRenderer
from ninja.security import HttpBearer

from luoshi.bureau.board import open_data
from luoshi.bureau.board.api import casework, refusing, shapes, training
from luoshi.bureau.board.api.asked import (
    REFUSED,
    ClosedError,
    MissingError,
    NoCityError,
    NotTheirsError,
    city_asked,
    note,
    page,
    reader,
)
from luoshi.bureau.board.api.rows import commitment_row, figure_row, indicator_row
from luoshi.bureau.board.open_data import Reader
from luoshi.bureau.indicators.open_series import Asked, alike, catalogue, divisions, years_of
from luoshi.bureau.people.queries import acting, address_of
from luoshi.bureau.posts.queries import bearer
from luoshi.publishing.opening import OpenIndicator
from luoshi.words.errors import RefusedError
from luoshi.words.spells import years_in

_BEARER = "Bearer "


class NoIndicatorError(Exception):
    """There is no indicator of this key."""


class Key(HttpBearer):
    """Whose key came along; without one whoever asks is the public."""

    def __call__(self, request: HttpRequest) -> Reader:
        """The reader; the framework keeps it as `request.auth`."""
        told = request.headers.get("Authorization")
        if told is None:
            city = city_asked(request)
            if not city.public:
                raise ClosedError
            return Reader()
        return self.authenticate(request, told.removeprefix(_BEARER) if told.startswith(_BEARER) else "")

    def authenticate(self, request: HttpRequest, token: str) -> Reader:
        """Who owns the key."""
        person = bearer(token.strip(), timezone.localdate())
        if person is None or person.role in {
            "school",
            "teacher",
        }:  # a key of an earlier post: they make none and read by none
            raise AuthenticationError
        return Reader(acting(person, address_of(request)))


class Readable(BaseRenderer):
    """JSON that keeps Chinese as it is."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> str:  # noqa: ARG002 -- as the framework has it
        """The text."""
        return json.dumps(data, ensure_ascii=False)


api = NinjaAPI(
    title="落实 公开数据接口",
    version="1.0.0",
    description="教育局的指标值、单位和公开事项，各附口径、时点和来源。只读；不带密钥时只给经批准公开的。",
    docs_url=None,
    openapi_url=None,
    auth=Key(),
    renderer=Readable(),
)


@api.get("/indicators", response={200: shapes.IndicatorPage, REFUSED: shapes.Refusal}, summary="有哪些指标", operation_id="indicators")  # fmt: skip
def indicators(request: HttpRequest, asked: Query[shapes.IndicatorQuery]) -> dict[str, object]:
    """已声明的全部指标和算法，按代号；可按名称找。"""
    words = asked.search.strip().lower()
    listed = sorted(catalogue().values(), key=lambda one: one.key)
    found = [one for one in listed if words in f"{one.key} {one.label} {one.label_en}".lower()]
    return page(request, asked, [indicator_row(one) for one in found])


@api.get("/indicators/{key}", response={200: shapes.IndicatorDetail, REFUSED: shapes.Refusal}, summary="一个指标", operation_id="indicator")  # fmt: skip
def indicator(request: HttpRequest, key: Path[str]) -> dict[str, object]:
    """一个指标的含义、依据，和您能看到的数有哪些年份、哪些层级。"""
    declared = _declared(key)
    told = open_data.figures(city_asked(request), reader(request), Asked((key,)))
    levels = [level for level in ("city", "county") if any(one.level == level for one in told)]
    return {
        **indicator_row(declared),
        "years": years_of(told),
        "levels": levels,
        "figures": len(told),
        "alike": alike(key),
        "note": note(request),
    }


@api.get("/indicators/{key}/series", response={200: shapes.SeriesPage, REFUSED: shapes.Refusal}, summary="一个指标的各个数", operation_id="series")  # fmt: skip
def series(request: HttpRequest, key: Path[str], asked: Query[shapes.SeriesQuery]) -> dict[str, object]:
    """指标值和分子、分母、口径、时点、来源。不带密钥时只有发布数和公开稿登载的数，人数过少的不公布；学校的数一律不给。"""
    declared = _declared(key)
    wanted = Asked((key,), asked.level, years_in(asked.years, "years"), asked.division)
    told = open_data.figures(city_asked(request), reader(request), wanted)
    return {**page(request, asked, [figure_row(one) for one in told]), "indicator": indicator_row(declared)}


@api.get("/divisions", response={200: shapes.DivisionPage, REFUSED: shapes.Refusal}, summary="有哪些单位", operation_id="divisions")  # fmt: skip
def all_divisions(request: HttpRequest, asked: Query[shapes.Paging]) -> dict[str, object]:
    """市和各县(市、区)、功能区、市直的代码、名称，按规范排序。"""
    rows: list[dict[str, object]] = [
        {"code": one.code, "name": one.name, "kind": one.kind} for one in divisions(city_asked(request))
    ]
    return page(request, asked, rows)


@api.get("/commitments", response={200: shapes.CommitmentPage, REFUSED: shapes.Refusal}, summary="公开的督查事项", operation_id="commitments")  # fmt: skip
def commitments(request: HttpRequest, asked: Query[shapes.Paging]) -> dict[str, object]:
    """已发布公开稿中的事项：要点原文、目标值、发布时的核定状态和所载的数，与公开稿一字不差。"""
    rows = [commitment_row(one) for one in open_data.public_lines(city_asked(request))]
    return page(request, asked, rows)


def _declared(key: str) -> OpenIndicator:
    found = catalogue().get(key)
    if found is None:
        raise NoIndicatorError(key)
    return found


@api.exception_handler(ValidationError)
def _wrong(request: HttpRequest, error: ValidationError) -> HttpResponse:  # noqa: ARG001
    return refusing.wrong(error.errors)


@api.exception_handler(RefusedError)
def _refused(request: HttpRequest, error: RefusedError) -> HttpResponse:  # noqa: ARG001
    return refusing.refusal(422, *error.findings)


@api.exception_handler(AuthenticationError)
def _unknown_key(request: HttpRequest, error: AuthenticationError) -> HttpResponse:  # noqa: ARG001
    return refusing.unknown_key()


@api.exception_handler(ClosedError)
def _closed(request: HttpRequest, error: ClosedError) -> HttpResponse:  # noqa: ARG001
    return refusing.closed()


@api.exception_handler(NoCityError)
def _no_city(request: HttpRequest, error: NoCityError) -> HttpResponse:  # noqa: ARG001
    return refusing.no_city()


@api.exception_handler(NotTheirsError)
def _not_theirs(request: HttpRequest, error: NotTheirsError) -> HttpResponse:  # noqa: ARG001
    return refusing.refusal(403, error.finding)


@api.exception_handler(MissingError)
def _missing(request: HttpRequest, error: MissingError) -> HttpResponse:  # noqa: ARG001
    return refusing.refusal(404, error.finding)


@api.exception_handler(NoIndicatorError)
def _no_indicator(request: HttpRequest, error: NoIndicatorError) -> HttpResponse:  # noqa: ARG001
    return refusing.no_indicator(str(error)[:60])


@api.exception_handler(Exception)
def _broken(request: HttpRequest, error: Exception) -> NoReturn:  # noqa: ARG001
    """The dispatcher logs it and answers in four parts."""
    raise error


api.add_router("", casework.router)
api.add_router("", training.router)


@cache
def _document() -> str:
    told = dict(api.get_openapi_schema(path_prefix=refusing.ROOT))
    for methods in told["paths"].values():
        for operation in methods.values():
            operation["security"] = [{}, {"Key": []}]  # the public part needs none
    told["servers"] = [{"url": "/"}]
    return json.dumps(told)


def document() -> dict[str, Any]:
    """The OpenAPI document, a copy of one's own."""
    told: dict[str, Any] = json.loads(_document())
    return told


def openapi(request: HttpRequest) -> HttpResponse:
    """The same as JSON, open to everybody: it holds no figure."""
    if request.method != "GET":
        return refusing.only_reading(request)
    return refusing.as_json(document())


urlpatterns = [path("openapi.json", openapi), path("", api.urls)]

"""Refusals of the API: four parts in JSON, with the status that programs expect. No traceback, no library's words."""

import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.translation import override

from luoshi.bureau.board import english
from luoshi.words.findings import Finding
from luoshi.words.spells import MONTH_RULE, RULE

ROOT = "/api/v1/"
_SEE = "请照 /api/ 的说明改正"
_RULES: Mapping[str, str] = {
    "page": "1 至 10000 的整数",
    "size": "1 至 500 的整数",
    "search": "至多60个字",
    "number": "1 至 9223372036854775807 的整数，见 /api/v1/cases",
    "since": MONTH_RULE,
    "until": MONTH_RULE,
    "level": "city 或 county",
    "division": "至多20个字母、数字，见 /api/v1/divisions",
    "years": RULE,
    "key": "至多60个小写字母、数字和下划线，见 /api/v1/indicators",
}


def as_json(told: object, status: int = 200) -> HttpResponse:
    """An answer in readable UTF-8."""
    return HttpResponse(
        json.dumps(told, ensure_ascii=False), status=status, content_type="application/json; charset=utf-8"
    )


def refusal(status: int, *findings: Finding) -> HttpResponse:
    """Why it was not done."""
    parts = [{"where": one.where, "what": one.what, "rule": one.rule, "remedy": one.remedy} for one in findings]
    return as_json({"findings": parts}, status)


def asks_english(request: HttpRequest) -> bool:
    """Whether a program says that it reads English before anything else. What it is given stays what it is; refusals are told."""
    return request.headers.get("Accept-Language", "").strip().lower().startswith("en")


def in_english(answer: HttpResponse) -> HttpResponse:
    """A refusal with its four parts in English; any other answer as it is."""
    if answer.status_code < HTTPStatus.BAD_REQUEST:
        return answer
    with override("en"):
        for one in (told := json.loads(answer.content))["findings"]:
            one.update({part: english.told(words) for part, words in one.items()})
    answer.content = json.dumps(told, ensure_ascii=False)
    return answer


def wrong(errors: Iterable[Mapping[str, object]]) -> HttpResponse:
    """What of the question cannot be understood, each parameter once."""
    told = dict[str, Finding]()
    for one in errors:
        place = one.get("loc")
        name = str(place[-1]) if isinstance(place, tuple | list) and place else ""
        given = one.get("input")
        what = f"“{str(given)[:40]}”读不懂" if isinstance(given, str | int | float) else "读不懂"
        told.setdefault(name, unreadable(name, what))
    return refusal(422, *told.values())


def unreadable(name: str, what: str) -> Finding:
    """One parameter that cannot be understood."""
    return Finding(name, what, _RULES.get(name, "须照说明书写"), _SEE)


def closed() -> HttpResponse:
    """Nobody said who he is, and the bureau has not opened its public page."""
    rule = "本局没有打开公开页，数据只给带密钥的程序"
    answer = refusal(401, Finding("Authorization", "没有带密钥", rule, "请由有账号的人在“接口密钥”页生成"))
    answer["WWW-Authenticate"] = "Bearer"
    return answer


def unknown_key() -> HttpResponse:
    """A key that opens nothing."""
    rule = "写成 Authorization: Bearer 密钥；密钥须在有效期内且没有停用"
    answer = refusal(401, Finding("Authorization", "密钥不对或已失效", rule, "请核对，或在“接口密钥”页另生成一个"))
    answer["WWW-Authenticate"] = 'Bearer error="invalid_token"'
    return answer


def missing(request: HttpRequest) -> HttpResponse:
    """There is no such address."""
    return refusal(404, Finding(request.path[:100], "没有这个地址", "地址见 /api/v1/openapi.json", _SEE))


def no_indicator(key: str) -> HttpResponse:
    """There is no such indicator."""
    rule = "须为已声明的指标，见 /api/v1/indicators"
    return refusal(404, Finding("key", f"没有指标“{key}”", rule, "请用 search 查代号"))


def no_city() -> HttpResponse:
    """The house is empty."""
    return refusal(404, Finding("本市", "还没有建立数据", "先建立本市", "请系统管理员先建立本市"))


def only_reading(request: HttpRequest) -> HttpResponse:
    """The API changes nothing."""
    answer = refusal(405, Finding(f"{request.method}"[:20], "接口只读", "只用 GET 或 HEAD", _SEE))
    answer["Allow"] = "GET, HEAD"
    return answer


def unclear(request: HttpRequest) -> HttpResponse:
    """What was sent is not text at all."""
    return refusal(400, Finding(request.path[:100], "收到的内容读不懂", "须为文字", _SEE))


def broken(request: HttpRequest) -> HttpResponse:
    """Something of ours failed."""
    remedy = "请重试一次；再不成，请把时间和网址告诉系统管理员"
    return refusal(500, Finding(request.path[:100], "系统出错，没有给出数据", "接口只读，数据没有改动", remedy))

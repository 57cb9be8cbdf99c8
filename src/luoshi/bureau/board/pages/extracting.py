"""导出含个人信息的办件: asked for with a purpose, agreed to by a leader, taken by who asked."""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from luoshi.bureau.board.agreed import today
from luoshi.bureau.board.asked_days import row_in
from luoshi.bureau.board.asking import why_not
from luoshi.bureau.board.downloads import taken_out
from luoshi.bureau.board.pages.requesting import the_city
from luoshi.bureau.cases.actions.extracting import STANDS, Wanted, ask_extract, decide_extract, take_extract
from luoshi.bureau.cases.known import conducted, known
from luoshi.bureau.cases.models import Extract
from luoshi.bureau.people.queries import actor_of
from luoshi.publishing.opening import MADE_UP
from luoshi.reporting.plain_workbook import Sheet
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_MOST = 50


def extracts(request: HttpRequest, findings: Sequence[Finding] = ()) -> HttpResponse:
    """What was asked for, the newest first; asking, and deciding for leaders."""
    city, actor, on = the_city(request), actor_of(request), today(request, the_city(request))
    labels = {key: one.label for key, one in known().items()}
    decides = not why_not(request, "case_extract")
    rows = Extract.objects.filter(city=city) if decides or actor.role == "supervisor" else _own(actor.login)
    told = {
        "rows": [
            {
                "of": one,
                "label": labels.get(one.procedure, one.procedure),
                "waits": one.state == Extract.State.ASKED and decides and one.asked_login != actor.login,
                "ready": one.state == Extract.State.APPROVED
                and one.asked_login == actor.login
                and one.decided_on is not None
                and on <= one.decided_on + STANDS,
            }
            for one in rows[:_MOST]
        ],
        "procedures": [(key, one.course.label) for key, one in conducted(city).items()],
        "may_ask": why_not(request, "unmask"),
        "days": STANDS.days,
        "sent": request.POST,
        "begins": date(on.year, 1, 1),
        "on": on,
    }
    return render(
        request,
        "board/extracts.html",
        {"extracts": told, "findings": findings, "made_up": city.imaginary},
        status=409 if findings else 200,
    )


def _own(login: str) -> QuerySet[Extract]:
    return Extract.objects.filter(asked_login=login)


def act(request: HttpRequest) -> HttpResponse:
    """Ask, agree or not."""
    if request.method != "POST":
        return redirect("extracts")
    city, actor, said = the_city(request), actor_of(request), request.POST
    try:
        if said.get("act") in {"approve", "decline"}:
            agree, number = said["act"] == "approve", row_in(said.get("number", "")) or 0
            decide_extract(actor, number, today(request, city), said.get("said", ""), agree=agree)
        else:
            since, until = (_day(said.get(name, "")) for name in ("since", "until"))
            ask_extract(actor, city, Wanted(said.get("procedure", "")[:40], since, until, said.get("purpose", "")))
    except RefusedError as refusal:
        return extracts(request, refusal.findings)
    return redirect("extracts")


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError as error:
        raise RefusedError(Finding("日期", f"“{words[:20]}”不是日期", "日期写作2020-09-16", "请改正日期")) from error


def file(request: HttpRequest, number: int) -> HttpResponse:
    """The table, with who took it on every page."""
    city = the_city(request)
    try:
        rows = take_extract(actor_of(request), number, today(request, city))
    except RefusedError as refusal:
        return extracts(request, refusal.findings)
    answer = taken_out(request, "办件（含个人信息）", "xlsx", [Sheet("办件", MADE_UP if city.imaginary else "", rows)])
    answer["Cache-Control"] = "no-store"
    return answer

"""选课期 and 班次: opened, given out by a lot with witnesses; rosters, codes for the room, hours."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.bureau.board import training_told as told_of
from luoshi.bureau.board.agreed import today
from luoshi.bureau.board.asked_days import needed_day, number_in, row_in
from luoshi.bureau.board.english import why
from luoshi.bureau.board.frame import in_city
from luoshi.bureau.board.pages.requesting import the_city
from luoshi.bureau.board.uploads import upload
from luoshi.bureau.jobs import failures
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.rights import refused
from luoshi.bureau.people.units.queries import names
from luoshi.bureau.training import actions, catalogue, queries, reading
from luoshi.bureau.training.actions.terms import Opening
from luoshi.bureau.training.models import Session, Term
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


def terms(request: HttpRequest, findings: Sequence[Finding] = ()) -> HttpResponse:
    """选课期, the newest first; one is opened."""
    city = the_city(request)
    actor, on = actor_of(request), today(request, city)
    if request.method == "POST" and not findings:
        try:
            sent = request.POST
            told_as = Opening(
                sent.get("title", ""), needed_day(request, "opens", _("开始")), needed_day(request, "closes", _("截止")),
                number_in(request, "most"), number_in(request, "ranked"),
            )  # fmt: skip
            row = actions.open_term(actor, city, told_as)
        except RefusedError as refusal:
            return terms(request, refusal.findings)
        return redirect("term", row.pk)
    told = {
        "rows": catalogue.terms(city),
        "opens": why(refused(actor, "training_term")),
        "on": on,
        "sent": request.POST,
    }
    context = {"told": told, "findings": findings, "made_up": city.imaginary}
    return render(request, "board/terms.html", context, status=409 if findings else 200)


def _term(request: HttpRequest, number: int) -> Term:
    row = catalogue.term(number)
    if row is None:
        raise Http404
    in_city(request, row.city)
    return row


def term(request: HttpRequest, number: int, findings: Sequence[Finding] = ()) -> HttpResponse:
    """One: its sessions with who wants them, and what came of it."""
    row = _term(request, number)
    actor, on = actor_of(request), today(request, row.city)
    found = catalogue.sessions_in(row, row_in(request.GET.get("after", "")) or 0)
    page = found[: 2 * catalogue.PAGE]
    wanted = catalogue.wanted(row, page)
    places, job = names(row.city), row.job
    told: dict[str, Any] = {
        "sessions": [{**told_of.session(one, named=places), "wanted": wanted.get(one.pk, (0, 0))} for one in page],
        "more": page[-1].pk if len(found) > len(page) else 0,
        "given": catalogue.given(row),
        "over": on > row.closes,
        "allots": why(refused(actor, "training_term")),
        "moves": job is not None and job.state in {"waiting", "running"},
        "job": job,
        "failed": failures.told(job.findings) if job is not None and job.state == "failed" else [],
        "on": on,
    }
    context = {"told": told, "row": row, "findings": findings, "made_up": row.city.imaginary}
    return render(request, "board/term.html", context, status=409 if findings else 200)


def term_act(request: HttpRequest, number: int) -> HttpResponse:
    """Give the places."""
    row, sent = _term(request, number), request.POST
    if request.method == "POST":
        try:
            on = today(request, row.city)
            actions.ask_allot(actor_of(request), number, sent.get("seed", ""), sent.get("witnesses", ""), on)
        except RefusedError as refusal:
            return term(request, number, refusal.findings)
    return redirect("term", number)


def sessions(request: HttpRequest) -> HttpResponse:
    """班次: those that are to come, or those that are over."""
    city = the_city(request)
    over = request.GET.get("how") == "over"
    rows = catalogue.sessions(actor_of(request), city, today(request, city), over=over)
    places = names(city)
    told = {"lines": [told_of.session(one, named=places) for one in rows], "over": over}
    return render(request, "board/sessions.html", {"told": told, "made_up": city.imaginary})


def _session(request: HttpRequest, number: int) -> Session:
    row = catalogue.session(number)
    if row is None:
        raise Http404
    in_city(request, row.course.city)
    return row


def session(request: HttpRequest, number: int, findings: Sequence[Finding] = ()) -> HttpResponse:
    """One: who sits in it, who waits, who was there; and the code for the room, large enough to be read from the last row."""
    row = _session(request, number)
    actor, city = actor_of(request), row.course.city
    on, seats, waiting = today(request, city), catalogue.roster(actor, row), catalogue.waiting(actor, row)
    schools = queries.school_names([*(one.teacher.school for one in seats), *(one.teacher.school for one in waiting)])
    given = catalogue.hours_given(row)
    holds = refused(actor, "training_session")
    told: dict[str, Any] = {
        "session": told_of.session(row, city),
        "seats": [told_of.seat(actor, one, row, given, schools) for one in seats],
        "waiting": [
            (one.waiting, queries.shown(actor, one.teacher), schools.get(one.teacher.school, "")) for one in waiting
        ],
        "today": catalogue.attended_today(row, on),
        "holds": why(holds),
        "code": row.code if holds is None and row.code_until and row.code_until > timezone.now() else "",
        "meets": row.begins <= on <= row.until,
        "over": on >= row.until,
        "before": on < row.begins,
        "on": on,
    }
    context = {"told": told, "row": row, "findings": findings, "made_up": city.imaginary}
    return render(request, "board/session.html", context, status=409 if findings else 200)


def _sent(request: HttpRequest, field: str) -> tuple[str, bytes]:
    came = upload(request, field)
    if came is None:
        raise RefusedError(Finding("签到表", "没有选文件", "xlsx、xls 或 CSV，有身份证件号和日期两列", "请选文件"))
    return came


def session_act(request: HttpRequest, number: int) -> HttpResponse:
    """Show a code, take a roster, give up a place, close."""
    row, sent = _session(request, number), request.POST
    actor, on = actor_of(request), today(request, row.course.city)
    if request.method != "POST":
        return redirect("session", number)
    try:
        if sent.get("act") == "code":
            actions.show_code(actor, number, on)
        elif sent.get("act") == "close":
            actions.close_session(actor, number, on)
        elif "seat" in sent:
            actions.give_up(actor, number_in(request, "seat"), sent.get("why", ""), on)
        else:
            told = actions.take_roster(actor, number, reading.roster(*_sent(request, "roster")), on)
            messages.success(request, "，".join(f"{what} {many}" for what, many in told.items()), extra_tags="good")
    except RefusedError as refusal:
        return session(request, number, refusal.findings)
    return redirect("session", number)

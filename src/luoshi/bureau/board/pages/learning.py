"""What a teacher has of their own: hours owed, choices and their reasons, signing in, certificates; and the public check."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from luoshi.bureau.board import training_told as told_of
from luoshi.bureau.board.agreed import today
from luoshi.bureau.board.asked_days import number_in, row_in
from luoshi.bureau.board.frame import in_city
from luoshi.bureau.board.pages.requesting import the_city
from luoshi.bureau.people.models import City
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.units.queries import names
from luoshi.bureau.training import actions, catalogue, queries
from luoshi.bureau.training.actions.register import Wanted
from luoshi.bureau.training.known import KIND_LABELS
from luoshi.bureau.training.models import TENTHS, Choice, Credit, Teacher, Term
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.masking import masked_name


def _me(request: HttpRequest, city: City) -> Teacher | None:
    found = queries.teacher_of(actor_of(request))
    return found if found is not None and found.city_id == city.pk else None


def wanted_in(request: HttpRequest) -> Wanted:
    """How an entry should read, as a form says it."""
    sent = request.POST
    hours, practice = (number_in(request, name) * TENTHS for name in ("hours", "practice"))
    return Wanted(sent.get("title", ""), sent.get("kind", ""), number_in(request, "year"), hours, practice)


def own_hours(request: HttpRequest, findings: Sequence[Finding] = ()) -> HttpResponse:
    """我的学时: what is owed as bars, every entry, certificates, and what waits to be rated."""
    city = the_city(request)
    me = _me(request, city)
    told: dict[str, Any] = {"me": me}
    if me is not None:
        record, standings = queries.record(me), queries.standings_of([me.pk]).get(me.pk, [])
        told |= {
            "bars": told_of.bars(standings),
            "also": told_of.also(me, record.credits, standings, today(request, city)),
            "wide": told_of.WIDE,
            "credits": [told_of.credit(one) for one in record.credits],
            "corrections": record.corrections,
            "unrated": catalogue.unrated(me),
            "places": catalogue.places_of(me)[:20],
            "school": queries.school_names([me.school]).get(me.school, me.school),
            "kinds": KIND_LABELS,
            "on": today(request, city),
        }
    status = 409 if findings else 200
    return render(
        request, "board/own_hours.html", {"told": told, "findings": findings, "made_up": city.imaginary}, status=status
    )


def own_hours_act(request: HttpRequest) -> HttpResponse:
    """Rate a course, or ask for a correction."""
    city = the_city(request)
    actor, me, on = actor_of(request), _me(request, city), today(request, city)
    if request.method != "POST":
        return redirect("own_hours")
    try:
        if "rate" in request.POST:
            actions.rate(
                actor, number_in(request, "rate"), number_in(request, "stars"), request.POST.get("opinion", "")
            )
            messages.success(request, _("已评价。"), extra_tags="good")
        elif me is not None:
            credit = row_in(request.POST.get("credit", ""))
            actions.ask_correction(actor, me, credit, wanted_in(request), request.POST.get("reason", ""), on)
            messages.success(request, _("已提交更正，等县(市、区)审核。"), extra_tags="good")
    except RefusedError as refusal:
        return own_hours(request, refusal.findings)
    return redirect("own_hours")


def choices(request: HttpRequest, findings: Sequence[Finding] = ()) -> HttpResponse:
    """选课: sessions of the open term to rank; after places are given, what became of each and why."""
    city = the_city(request)
    me, on = _me(request, city), today(request, city)
    term = catalogue.open_term(city, on)
    shown = term or (catalogue.newest_term(me) if me else None)
    told: dict[str, Any] = {"me": me, "term": shown, "open": term is not None and me is not None, "on": on}
    if me is not None and shown is not None:
        told |= _told(request, city, me, shown)
    status = 409 if findings else 200
    return render(
        request, "board/choices.html", {"told": told, "findings": findings, "made_up": city.imaginary}, status=status
    )


def _told(request: HttpRequest, city: City, me: Teacher, term: Term) -> dict[str, Any]:
    mine = catalogue.choices_of(me, term)
    known_as = catalogue.names_of(one.session for one in mine)
    places = {one.session_id: one for one in catalogue.places_of(me)}
    owed = told_of.bars(queries.standings_of([me.pk]).get(me.pk, ()))
    rows = [
        {
            "row": one,
            "session": told_of.session(one.session, named={}),
            "given": one.session_id in places,
            "seat": places.get(one.session_id),
            "lost": one.cause == "given" and one.session_id not in places,
            "reason": told_of.reason(one, known_as, term.most),
        }
        for one in mine
    ]
    return {"mine": rows, "owed": owed, **_offered(request, city, me, term, mine)}


def _offered(request: HttpRequest, city: City, me: Teacher, term: Term, mine: Sequence[Choice]) -> dict[str, Any]:
    """Sessions that take this teacher, those already chosen first; what they look for narrows it."""
    if term.state != Term.State.OPEN:
        return {"offered": []}
    words, after = request.GET.get("words", "").strip()[:40], row_in(request.GET.get("after", "")) or 0
    ranks = {one.session_id: one.rank for one in mine}
    found = catalogue.offered(term, me, words, after)
    page = found[: catalogue.PAGE]
    rows = [*(one.session for one in mine), *(one for one in page if one.pk not in ranks)]
    wanted, named = catalogue.wanted(term, rows), names(city)
    told = [
        {**told_of.session(one, named=named), "rank": ranks.get(one.pk), "wanted": wanted.get(one.pk, (0, 0))}
        for one in rows
    ]
    more = urlencode({"words": words, "after": page[-1].pk}) if len(found) > catalogue.PAGE else ""
    return {"offered": told, "more": more}


def choices_act(request: HttpRequest) -> HttpResponse:
    """Keep the choices in their order, or give up a place."""
    city = the_city(request)
    actor, on = actor_of(request), today(request, city)
    if request.method != "POST":
        return redirect("choices")
    try:
        if "seat" in request.POST:
            actions.give_up(actor, number_in(request, "seat"), request.POST.get("why", ""), on)
            messages.success(request, _("已退班。"), extra_tags="good")
        else:
            actions.choose(actor, number_in(request, "term"), _ranked(request), on)
            messages.success(request, _("志愿已保存，截止前可以改。"), extra_tags="good")
    except RefusedError as refusal:
        return choices(request, refusal.findings)
    return redirect("choices")


def _ranked(request: HttpRequest) -> list[int]:
    """Sessions by the rank that was chosen for each; the same rank twice keeps the order of the page and is refused by nobody."""
    said = (
        (row_in(key.removeprefix("rank-")), row_in(request.POST.get(key, "")))
        for key in request.POST
        if key.startswith("rank-")
    )
    ranks = [(rank, at, session) for at, (session, rank) in enumerate(said) if session and rank]
    return [session for _rank, _at, session in sorted(ranks)]


def attend(request: HttpRequest, findings: Sequence[Finding] = ()) -> HttpResponse:
    """签到: the code that is shown in the room, on one's own telephone."""
    city = the_city(request)
    on = today(request, city)
    if request.method == "POST" and not findings:
        try:
            row = actions.attend(actor_of(request), request.POST.get("code", ""), on)
        except RefusedError as refusal:
            return attend(request, refusal.findings)
        messages.success(
            request, _("%(course)s 已签到。") % {"course": row.seat.session.course.title}, extra_tags="good"
        )
        return redirect("attend")
    me = _me(request, city)
    places = [one for one in catalogue.places_of(me) if one.session.begins <= on <= one.session.until] if me else []
    status = 409 if findings else 200
    told = {"places": places, "on": on, "me": me}
    return render(
        request, "board/attend.html", {"told": told, "findings": findings, "made_up": city.imaginary}, status=status
    )


def certificate(request: HttpRequest, number: int) -> HttpResponse:
    """证书: to be printed, with the code it is checked by."""
    city = the_city(request)
    row = Credit.objects.select_related("teacher", "event__session__course").filter(pk=number).first()
    if row is None or row.certificate is None or row.teacher.city_id != city.pk:
        raise Http404
    actor = actor_of(request)
    told = {
        **told_of.credit(row),
        "name": queries.shown(actor, row.teacher),
        "school": queries.school_names([row.teacher.school]).get(row.teacher.school, ""),
        "code": " ".join(row.certificate[at : at + 4] for at in range(0, 12, 4)),
    }
    return render(request, "board/certificate.html", {"told": told, "made_up": in_city(request, city).imaginary})


def certificates(request: HttpRequest) -> HttpResponse:
    """证书核验, for everybody: masked name, course and hours, nothing else."""
    city, code = the_city(request), request.GET.get("code", "")[:20]
    told: dict[str, Any] | None = None
    findings: Sequence[Finding] = ()
    if code:
        try:
            row = actions.check(actor_of(request), code)
            told = {**told_of.credit(row), "name": masked_name(row.teacher.who)}
        except RefusedError as refusal:
            findings = refusal.findings
    context = {"told": told, "code": code, "findings": findings, "made_up": city.imaginary}
    return render(request, "board/certificates.html", context, status=404 if findings else 200)

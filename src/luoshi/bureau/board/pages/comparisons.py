"""名单比对: lists are brought and compared, doubtful pairs decided, cases opened of what was found."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from luoshi.bureau.board import comparisons_told as told_of
from luoshi.bureau.board.agreed import today
from luoshi.bureau.board.asked_days import day_in, row_in
from luoshi.bureau.board.english import why
from luoshi.bureau.board.frame import in_city
from luoshi.bureau.board.pages.requesting import the_city
from luoshi.bureau.board.uploads import upload
from luoshi.bureau.comparisons import actions, queries
from luoshi.bureau.comparisons.models import Run
from luoshi.bureau.people.queries import actor_of
from luoshi.declared.lists import LISTS
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_SHARED = ("absent_since", "cause", "kind", "degree")
"""What the lists do not say and the form does, by key of the procedure's field."""


def comparisons(request: HttpRequest, findings: Sequence[Finding] = ()) -> HttpResponse:
    """The runs, the newest first; and lists are brought for a new one."""
    city = the_city(request)
    actor, on = actor_of(request), today(request, city)
    if request.method == "POST" and not findings:
        try:
            day = day_in(request, "on", _("名单日期")) or on
            sent = [(one.key, *found) for one in LISTS if (found := upload(request, one.key)) and found[1]]
            run = actions.bring(actor, city, day, sent, on)
            actions.ask(actor, run.pk)
        except RefusedError as refusal:
            return comparisons(request, refusal.findings)
        return redirect("comparison", run.pk)
    own = actor.division if actor.role == "county" else ""
    told = {
        "lines": told_of.lines(queries.runs(actor, city), city),
        "lists": LISTS,
        "on": on,
        "days": queries.days_kept(city, on),
        "why": why(queries.why_not_run(actor, city, own)),
        "whole": not own,
    }
    status = 409 if findings else 200
    context = {"told": told, "findings": findings, "made_up": city.imaginary}
    return render(request, "board/comparisons.html", context, status=status)


def _run(request: HttpRequest, number: int) -> Run:
    run = queries.run(number)
    if run is None:
        raise Http404
    in_city(request, run.city)
    return run


def comparison(request: HttpRequest, number: int, findings: Sequence[Finding] = ()) -> HttpResponse:
    """One run: how many in each county; and to a county whom it found, and what it has to decide."""
    run = _run(request, number)
    actor = actor_of(request)
    mine = queries.mine(actor)
    kinds = queries.kinds(run, mine) if mine else {}
    kind = request.GET.get("kind", "")
    kind = kind if kind in kinds else next((one for one in told_of.COMPARISONS if one in kinds), "")
    after, asked = (row_in(request.GET.get(one, "")) or 0 for one in ("after", "asked"))
    told: dict[str, Any] = {
        "line": told_of.line(run, told_of.places(run.city)),
        "job": told_of.job(run),
        "told": told_of.told(run),
        "lists": [told_of.LABELS[one] for one in run.files.values_list("key", flat=True)],
        "counts": told_of.counts(run, run.city, mine if actor.role == "county" else None),
        "columns": told_of.COLUMNS,
        "why": why(queries.why_not_run(actor, run.city, run.county)),
        "open": run.state != Run.State.CLOSED,
        "sees": bool(mine),
        "may": why(queries.why_not_open(run.city, kind)) if mine else "",
        "kind": kind,
        "kinds": [(one, label, kinds[one]) for one, label in told_of.COMPARISONS.items() if one in kinds],
        "procedure": queries.PROCEDURES.get(kind, ""),
        "choices": told_of.choices(queries.PROCEDURES.get(kind, "")),
        "found": told_of.page(queries.findings(run, mine, kind, after), told_of.finding) if kind else None,
        "doubts": told_of.page(queries.doubts(run, mine, asked), told_of.question) if mine else None,
        "sent": request.POST,
    }
    status = 409 if findings else 200
    context = {"told": told, "run": run, "findings": findings, "made_up": run.city.imaginary}
    return render(request, "board/comparison.html", context, status=status)


def act(request: HttpRequest, number: int) -> HttpResponse:
    """Compare again, close, decide a pair, or open cases."""
    run = _run(request, number)
    if request.method != "POST":
        return redirect("comparison", number)
    actor, sent = actor_of(request), request.POST
    try:
        if "judged" in sent:
            doubt, _sep, judged = sent["judged"].partition("-")
            actions.judge(actor, number, row_in(doubt) or 0, judged, sent.get(f"reason-{doubt}", ""))
            messages.success(request, _("已认定，再比时采用。"), extra_tags="good")
        elif sent.get("act") == "compare":
            actions.ask(actor, number)
        elif sent.get("act") == "close":
            actions.close(actor, number)
            messages.success(request, _("已结束，名单已销毁。"), extra_tags="good")
        else:
            opened = actions.open_found(actor, number, _picks(request), _shared(request), today(request, run.city))
            said = _("立案 %(new)s 件，已有办件 %(there)s 件。") % {"new": opened.new, "there": opened.there}
            messages.success(request, said, extra_tags="good")
    except RefusedError as refusal:
        return comparison(request, number, refusal.findings)
    return redirect(request.path.removesuffix("act/") + (f"?kind={sent['kind'][:20]}" if sent.get("kind") else ""))


def _picks(request: HttpRequest) -> list[int]:
    """One by its own button, or all that are ticked."""
    told = [request.POST["only"]] if "only" in request.POST else request.POST.getlist("pick")
    return [number for one in told if (number := row_in(one)) is not None]


def _shared(request: HttpRequest) -> dict[str, str]:
    return {key: value for key in _SHARED if (value := request.POST.get(key, "").strip())}

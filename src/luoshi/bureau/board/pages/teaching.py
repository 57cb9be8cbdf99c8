"""教师培训数据库: teachers with what each owes, one record with its corrections, lists that are brought."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from luoshi.bureau.board import training_told as told_of
from luoshi.bureau.board.agreed import today
from luoshi.bureau.board.asked_days import number_in, row_in, words_in
from luoshi.bureau.board.doors import turned_away
from luoshi.bureau.board.english import why
from luoshi.bureau.board.frame import in_city
from luoshi.bureau.board.pages.learning import wanted_in
from luoshi.bureau.board.pages.requesting import the_city
from luoshi.bureau.board.uploads import upload
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.rights import refused
from luoshi.bureau.people.units.queries import names
from luoshi.bureau.training import actions, catalogue, queries
from luoshi.bureau.training.actions.register import LISTS
from luoshi.bureau.training.known import KIND_LABELS, SUBJECT_LABELS, asked
from luoshi.bureau.training.models import Teacher
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_ASKED = ("county", "school", "subject", "code", "owing")


def teachers(request: HttpRequest, findings: Sequence[Finding] = ()) -> HttpResponse:
    """Teachers on the register as far as somebody may see them, looked for by school, subject, code and what is owed."""
    city = the_city(request)
    actor, said = actor_of(request), {key: request.GET.get(key, "").strip()[:24] for key in _ASKED}
    said["owing"] = said["owing"] if said["owing"] in asked() else ""
    rows = queries.found(actor, city, said, row_in(request.GET.get("after", "")) or 0)
    page = rows[: queries.PAGE]
    schools = queries.school_names(one.school for one in page)
    standings = queries.standings_of(one.pk for one in page)
    kept = {key: value for key, value in said.items() if value}
    waiting = queries.corrections(actor, city)
    told: dict[str, Any] = {
        "lines": told_of.teachers(actor, page, standings, schools),
        "more": urlencode({**kept, "after": page[-1].pk}) if len(rows) > queries.PAGE else "",
        "said": said,
        "counties": list(names(city).items()) if actor.role not in {"county", "school"} else [],
        "subjects": SUBJECT_LABELS,
        "needs": asked(),
        "lists": LISTS,
        "waiting": [
            {"row": one, "wanted": _wanted(one.wanted), "name": queries.shown(actor, one.teacher)} for one in waiting
        ],
        "brings": why(refused(actor, "training_register")),
    }
    context = {"told": told, "findings": findings, "made_up": city.imaginary}
    return render(request, "board/teachers.html", context, status=409 if findings else 200)


def _wanted(told: dict[str, Any]) -> dict[str, Any]:
    return {**told, "kind": KIND_LABELS.get(told["kind"], ""), "hours": queries.hours(told["tenths"]), "practice": queries.hours(told["practice"])}  # fmt: skip


def teachers_act(request: HttpRequest) -> HttpResponse:
    """A list of the teacher system is brought."""
    city = the_city(request)
    which, came = request.POST.get("which", ""), upload(request, "file")
    try:
        actions.ask_bring(actor_of(request), city, which, *(came or ("", b"")))
    except RefusedError as refusal:
        return teachers(request, refusal.findings)
    messages.success(request, _("已收下，正在后台导入；原件读完即销毁。"), extra_tags="good")
    return redirect("jobs")


def teacher(request: HttpRequest, number: int, findings: Sequence[Finding] = ()) -> HttpResponse:
    """One record: every project joined, what is owed, corrections."""
    row = queries.teacher(number)
    if row is None:
        raise Http404
    actor, city = actor_of(request), in_city(request, row.city)
    if closed := queries.why_not_seen(actor, row):
        return turned_away(request, actor, "teacher", closed)
    record, standings = queries.record(row), queries.standings_of([row.pk])
    told: dict[str, Any] = {
        "line": told_of.teachers(actor, [row], standings, queries.school_names([row.school]))[0],
        "also": told_of.also(row, record.credits, standings.get(row.pk, []), today(request, city)),
        "wide": told_of.WIDE,
        "credits": [told_of.credit(one) for one in record.credits],
        "corrections": [{"row": one, "wanted": _wanted(one.wanted)} for one in record.corrections],
        "kinds": KIND_LABELS,
        "asks": why(refused(actor, "training_ask_correction")),
        "decides": why(refused(actor, "training_decide")),
        "county": names(city).get(row.county, row.county),
        "term": catalogue.open_term(city, today(request, city))
        if refused(actor, "training_choose_for") is None
        else None,
        "sent": request.POST,
        "on": today(request, city),
    }
    context = {"told": told, "row": row, "findings": findings, "made_up": city.imaginary}
    return render(request, "board/teacher.html", context, status=409 if findings else 200)


def teacher_act(request: HttpRequest, number: int) -> HttpResponse:
    """A correction is asked for or decided."""
    row = queries.teacher(number)
    if row is None:
        raise Http404
    actor, on, sent = actor_of(request), today(request, in_city(request, row.city)), request.POST
    try:
        if "numbers" in sent:
            term = catalogue.open_term(row.city, on)
            chosen = catalogue.numbered(term, words_in(request, "numbers")) if term else []
            actions.choose(actor, term.pk if term else 0, chosen, on, row)
        elif "approve" in sent or "refuse" in sent:
            _decide(request, row)
        else:
            credit = row_in(sent.get("credit", ""))
            actions.ask_correction(actor, row, credit, wanted_in(request), sent.get("reason", ""), on)
        messages.success(request, _("已办。"), extra_tags="good")
    except RefusedError as refusal:
        return teacher(request, number, refusal.findings)
    return redirect("teacher", number)


def _decide(request: HttpRequest, row: Teacher) -> None:
    number = number_in(request, "approve") or number_in(request, "refuse")
    approve, why_not = "approve" in request.POST, request.POST.get("why_not", "")
    actions.decide_correction(
        actor_of(request), number, approve=approve, why_not=why_not, today=today(request, row.city)
    )

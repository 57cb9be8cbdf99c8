"""课程超市: looked through by everybody, sent in, reviewed, listed, removed; sessions are held of what is listed."""

from collections.abc import Sequence
from datetime import time
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_time
from django.utils.translation import gettext as _

from luoshi.bureau.board import training_told as told_of
from luoshi.bureau.board.agreed import today
from luoshi.bureau.board.asked_days import needed_day, number_in, row_in
from luoshi.bureau.board.english import why
from luoshi.bureau.board.frame import in_city
from luoshi.bureau.board.pages.requesting import the_city
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.rights import refused
from luoshi.bureau.people.units.queries import names
from luoshi.bureau.training import actions, catalogue
from luoshi.bureau.training.actions.courses import WAYS, Offered
from luoshi.bureau.training.actions.terms import Held
from luoshi.bureau.training.known import FORMS, KIND_LABELS, STAGE_LABELS, SUBJECT_LABELS, known, values
from luoshi.bureau.training.models import TENTHS, Course
from luoshi.declared.training_hours import RATING_LEAST
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_CHOICES = {"kinds": KIND_LABELS, "subjects": SUBJECT_LABELS, "stages": STAGE_LABELS, "forms": FORMS}
_KEPT = ("words", "kind", "subject", "stage", "form", "state", "stars", "free")


def courses(request: HttpRequest) -> HttpResponse:
    """What is offered, looked for by words, kind, subject, stage, form, price and rating."""
    city = the_city(request)
    actor, said = actor_of(request), request.GET
    looked = catalogue.Looked(
        said.get("words", "").strip()[:40], said.get("kind", "")[:20], said.get("subject", "")[:20], said.get("stage", "")[:20],
        said.get("form", "")[:20], said.get("state", "")[:10], said.get("free") == "1", min(5, row_in(said.get("stars", "")) or 0),
        row_in(said.get("before", "")) or 0,
    )  # fmt: skip
    rows = catalogue.courses(actor, city, looked)
    page = rows[: catalogue.PAGE]
    inside = refused(actor, "training_send") is None
    kept = {key: said[key] for key in _KEPT if said.get(key)}
    told: dict[str, Any] = {
        "lines": [told_of.course(one) for one in page],
        "more": urlencode({**kept, "before": page[-1].pk}) if len(rows) > catalogue.PAGE else "",
        "said": said,
        "states": list(Course.State.choices) if inside else [],
        "counts": catalogue.counts(city) if inside else {},
        "sends": inside,
        **_CHOICES,
    }
    if refused(actor, "training_review") is None:
        least = values(city, today(request, city))[RATING_LEAST.key]
        told |= {"poor": [told_of.course(one) for one in catalogue.poor(city, float(least))], "least": least}
    return render(request, "board/courses.html", {"told": told, "made_up": city.imaginary})


def course(request: HttpRequest, number: int, findings: Sequence[Finding] = ()) -> HttpResponse:
    """One course: what it gives, its sessions, and to those inside its reviews and what can be done."""
    row = _course(request, number)
    actor, city = actor_of(request), row.city
    inside = refused(actor, "training_send") is None
    state = Course.State(row.state)
    told: dict[str, Any] = {
        "course": told_of.course(row),
        "sessions": [told_of.session(one, named=names(city)) for one in catalogue.sessions_of(row)],
        "reviews": catalogue.reviews(row) if inside else [],
        "steps": [(one.value, _STEPS[one]) for one in WAYS[state]],
        "why": why(refused(actor, "training_review")),
        "holds": why(refused(actor, "training_session")),
        "inside": inside,
        "terms": [one for one in catalogue.terms(city) if one.state == "open"] if inside else [],
        "counties": list(names(city).items()) if inside else [],
        "sent": request.POST,
    }
    context = {"told": told, "row": row, "findings": findings, "made_up": city.imaginary}
    return render(request, "board/course.html", context, status=409 if findings else 200)


_STEPS = {
    Course.State.REVIEWED: "评审通过", Course.State.REFUSED: "不通过", Course.State.LISTED: "上架", Course.State.REMOVED: "下架",
}  # fmt: skip


def _course(request: HttpRequest, number: int) -> Course:
    row = catalogue.course(number)
    if row is None or catalogue.why_hidden(actor_of(request), row):
        raise Http404
    in_city(request, row.city)
    return row


def course_act(request: HttpRequest, number: int) -> HttpResponse:
    """The next step of a course, or a session is held of it."""
    row = _course(request, number)
    if request.method != "POST":
        return redirect("course", number)
    actor, on, sent = actor_of(request), today(request, row.city), request.POST
    try:
        if "hold" in sent:
            held = actions.hold(actor, number, row_in(sent.get("term", "")), _held(request))
            messages.success(request, _("已开班 %(number)s。") % {"number": held.number}, extra_tags="good")
        else:
            score = row_in(sent.get("score", ""))
            actions.review_course(actor, number, sent.get("state", ""), sent.get("words", ""), on, score)
            messages.success(request, _("已办。"), extra_tags="good")
    except RefusedError as refusal:
        return course(request, number, refusal.findings)
    return redirect("course", number)


def _held(request: HttpRequest) -> Held:
    sent = request.POST
    groups = [one for one in sent.getlist("only") if one]
    kept = {sent.get(f"group-{at}", ""): number_in(request, f"seats-{at}") for at in range(1, 4)}
    return Held(
        needed_day(request, "begins", _("开始")), needed_day(request, "until", _("结束")), _time(sent.get("opens_at", "")),
        _time(sent.get("closes_at", "")), sent.get("place", ""), number_in(request, "seats"), groups,
        {group: many for group, many in kept.items() if group and many},
    )  # fmt: skip


def _time(words: str) -> time:
    try:
        told = parse_time(words)
    except ValueError:
        told = None
    if told is None:
        raise RefusedError(Finding("上课时间", f"“{words[:10]}”不是时间", "时间写成 09:00", "请改时间"))
    return told


def course_new(request: HttpRequest, findings: Sequence[Finding] = ()) -> HttpResponse:
    """送审: a course is sent in."""
    city = the_city(request)
    actor, on = actor_of(request), today(request, city)
    if request.method == "POST" and not findings:
        try:
            row = actions.send_course(actor, city, _offered(request), on)
        except RefusedError as refusal:
            return course_new(request, refusal.findings)
        messages.success(request, _("已送审。"), extra_tags="good")
        return redirect("course", row.pk)
    projects = {key: one.label for key, one in known().items() if one.counts == "hours"}
    told = {**_CHOICES, "projects": projects, "sent": request.POST}
    context = {"told": told, "findings": findings, "made_up": city.imaginary}
    return render(request, "board/course_new.html", context, status=409 if findings else 200)


def _offered(request: HttpRequest) -> Offered:
    sent = {
        name: request.POST.get(name, "")
        for name in ("title", "provider", "kind", "form", "project", "subject", "stage", "about")
    }
    return Offered(
        **sent,
        tenths=_tenths(request, "hours"),
        practice=_tenths(request, "practice"),
        price=number_in(request, "price"),
    )


def _tenths(request: HttpRequest, name: str) -> int:
    words = request.POST.get(name, "").strip() or "0"
    try:
        told = Decimal(words) * TENTHS
    except InvalidOperation:
        told = Decimal("NaN")
    if not told.is_finite() or told < 0 or told != told.to_integral_value() or told > 10**6:
        raise RefusedError(Finding("学时", f"“{words[:10]}”不对", "学时是数，至多一位小数", "请改学时"))
    return int(told)

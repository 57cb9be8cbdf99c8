"""培训: projects with their figures, quotas and nominations; who owes hours by county, school and subject."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from luoshi.bureau.board import training_told as told_of
from luoshi.bureau.board.agreed import today
from luoshi.bureau.board.asked_days import number_in
from luoshi.bureau.board.downloads import taken_out
from luoshi.bureau.board.english import why
from luoshi.bureau.board.pages.requesting import the_city
from luoshi.bureau.people.models import City
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.rights import refused
from luoshi.bureau.people.units.queries import names
from luoshi.bureau.training import actions, owing, queries
from luoshi.bureau.training.known import SUBJECT_LABELS, asked, known, values
from luoshi.learning.declaring import Counts, Training
from luoshi.reporting.plain_workbook import Sheet
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.parameters import shown as value_shown

_BY = {"county": "县(市、区)", "school": "学校", "subject": "学科"}


def trainings(request: HttpRequest) -> HttpResponse:
    """培训项目: all that are declared, what each counts and asks."""
    city = the_city(request)
    on = today(request, city)
    now = values(city, on)
    rows = [
        {"of": one, "asks": _asks(one, now), "person_times": one.counts is Counts.PERSON_TIMES}
        for one in known().values()
    ]
    told = {"rows": rows, "corrections": len(queries.corrections(actor_of(request), city)), "on": on}
    return render(request, "board/trainings.html", {"told": told, "made_up": city.imaginary})


def _asks(of: Training, now: Any) -> str:
    need, aim = of.requirement, of.aim
    if need is not None:
        return f"{need.span.label} {value_shown(now[need.hours.key], need.hours.unit)}"
    return value_shown(now[aim.key], aim.unit) if aim is not None else ""


def training(request: HttpRequest, key: str, findings: Sequence[Finding] = ()) -> HttpResponse:
    """One project: where it stands written, its years, its places by county and whom they named."""
    city, of = the_city(request), known().get(key)
    if of is None:
        raise Http404
    actor, on = actor_of(request), today(request, city)
    year = _year(request, on.year)
    counts = owing.project_counts(actor, city, key)
    told: dict[str, Any] = {
        "of": of,
        "kind": of.kind.label,
        "asks": _asks(of, values(city, on)),
        "years": [(one, many, queries.hours(tenths)) for one, many, tenths in counts],
        "year": year,
        "person_times": of.counts is Counts.PERSON_TIMES,
        "sent": request.POST,
    }
    if told["person_times"]:
        told |= {"counted": owing.counted(actor, city, key, year), "groups": owing.groups(actor, city, key, year)}
    if of.quota:
        told |= _quotas(request, city, key, year)
    if actor.role == "school":
        told["years"] = []  # of the whole city, none of theirs
    context = {"told": told, "findings": findings, "made_up": city.imaginary}
    return render(request, "board/training.html", context, status=409 if findings else 200)


def _year(request: HttpRequest, now: int) -> int:
    wanted = request.GET.get("year", "") or request.POST.get("year", "")
    return int(wanted) if wanted.isascii() and wanted.isdecimal() and len(wanted) == 4 else now  # noqa: PLR2004


def _quotas(request: HttpRequest, city: City, key: str, year: int) -> dict[str, Any]:
    actor = actor_of(request)
    kept, named = owing.quotas(city, key, year), owing.named_counts(city, key, year)
    trained = owing.trained_by_county(city, key, year)
    mine = {actor.division} if actor.role in {"county", "school"} else None
    rows = [
        {
            "code": code, "name": name, "seats": kept[code].seats if code in kept else 0, "named": named.get(code, (0, 0))[0],
            "sure": named.get(code, (0, 0))[1], "trained": trained.get(code, 0),
        }
        for code, name in names(city).items()
        if mine is None or code in mine
    ]  # fmt: skip
    people = owing.nominations(actor, city, key, year) if actor.role != "school" else []
    schools = queries.school_names(one.teacher.school for one in people)
    lines = [
        {"row": one, "name": queries.shown(actor, one.teacher), "school": schools.get(one.teacher.school, "")}
        for one in people
    ]
    return {
        "quotas": rows,
        "whole": kept.get(""),
        "people": lines,
        "divides": why(refused(actor, "training_quota")),
        "names": why(refused(actor, "training_name")),
    }


def training_act(request: HttpRequest, key: str) -> HttpResponse:
    """Divide places, name a teacher, confirm or return."""
    city = the_city(request)
    if key not in known():
        raise Http404
    actor, sent = actor_of(request), request.POST
    year = _year(request, today(request, city).year)
    try:
        if "total" in sent:
            shares = {
                code: number_in(request, f"share-{code}")
                for code in names(city)
                if sent.get(f"share-{code}", "").strip()
            }
            actions.divide(actor, city, key, year, number_in(request, "total"), sent.get("document", ""), shares)
        elif "teacher" in sent:
            actions.name(actor, queries.by_code(city, sent["teacher"]), key, year)
        elif "confirm" in sent or "return" in sent:
            number = number_in(request, "confirm") or number_in(request, "return")
            actions.decide_named(actor, number, confirm="confirm" in sent)
        messages.success(request, _("已办。"), extra_tags="good")
    except RefusedError as refusal:
        return training(request, key, refusal.findings)
    return redirect(f"{request.path.removesuffix('act/')}?year={year}")


def hours_owed(request: HttpRequest) -> HttpResponse:
    """学时缺口: of each county, or of each school of one, or of each subject, how many have done what is asked."""
    city = the_city(request)
    told = _gaps(request, city)
    return render(request, "board/hours_owed.html", {"told": told, "made_up": city.imaginary})


def _gaps(request: HttpRequest, city: City) -> dict[str, Any]:
    actor, said, needs = actor_of(request), request.GET, asked()
    key = said.get("requirement", "")
    need = needs[key] if key in needs else next(iter(needs.values()))
    county, subject = said.get("county", "")[:20], said.get("subject", "")[:20]
    by = "school" if actor.role == "school" or county else "county"
    by = (
        "subject"
        if said.get("by") == "subject"
        else "school"
        if said.get("by") == "school" and actor.role == "county"
        else by
    )
    rows = owing.lines(actor, city, need.key, by, {"county": county, "subject": subject if by != "subject" else ""})
    places = names(city)
    known_as = {"county": places, "school": {}, "subject": dict(SUBJECT_LABELS)}[by]
    if by == "school":
        known_as = queries.school_names(one.code for one in rows)
    return {
        "need": need,
        "needs": needs,
        "by": by,
        "by_label": _BY[by],
        "county": county,
        "county_name": places.get(county, ""),
        "subject": subject,
        "subjects": SUBJECT_LABELS,
        "lines": [_line(one, known_as) for one in rows],
        "whole": _line(owing.total(rows), {}),
        "wide": 120,
        "on": today(request, city),
    }


def _line(one: owing.Line, known_as: dict[str, str]) -> dict[str, Any]:
    return {
        "code": one.code, "name": known_as.get(one.code, one.code) or _("未填"), "teachers": one.teachers, "met": one.met,
        "idle": one.idle, "short": queries.hours(one.short), "share": told_of.share(one.met, one.teachers),
        "full": round(120 * one.met / one.teachers, 1) if one.teachers else 0,
    }  # fmt: skip


def hours_file(request: HttpRequest) -> HttpResponse:
    """The same as a table."""
    city = the_city(request)
    told = _gaps(request, city)
    head = [told["by_label"], "教师数", "已完成", "完成率", "没有学时", "还欠学时"]
    rows = [
        [one["name"], one["teachers"], one["met"], one["share"], one["idle"], str(one["short"])]
        for one in told["lines"]
    ]
    name = f"学时缺口_{told['need'].label}_{told['on']}"
    form = "csv" if request.GET.get("form") == "csv" else "xlsx"
    return taken_out(request, name, form, [Sheet("学时缺口", "", [head, *rows])])

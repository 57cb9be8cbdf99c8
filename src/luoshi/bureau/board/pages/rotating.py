"""五年轮训 as a picture of five years, and 培训人次 with persons who were entered more often than may be counted."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from luoshi.bureau.board import training_told as told_of
from luoshi.bureau.board.agreed import today
from luoshi.bureau.board.asked_days import needed_day, number_in
from luoshi.bureau.board.english import why
from luoshi.bureau.board.pages.requesting import the_city
from luoshi.bureau.board.uploads import upload
from luoshi.bureau.people.models import City
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.rights import refused
from luoshi.bureau.people.units.queries import names
from luoshi.bureau.training import actions, owing, queries, reading
from luoshi.bureau.training.actions.rolls import Filed
from luoshi.bureau.training.known import known, values
from luoshi.bureau.training.models import TENTHS, Roll, Rotation
from luoshi.learning.declaring import Counts
from luoshi.learning.hours import CYCLE_YEARS
from luoshi.learning.person_times import Doubt, Pair
from luoshi.learning.rotation import Left
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.provenance import digest

_CELL, _LANE, _LEFT, _TOP = 96, 22, 190, 24
_SHOWN = 60


def rotation(request: HttpRequest, findings: Sequence[Finding] = ()) -> HttpResponse:
    """The roster: schools by years, drawn; of one school its people; and who stands in no year, with the reason."""
    city = the_city(request)
    actor, row = actor_of(request), owing.rotation(city)
    school = request.GET.get("school", "")[:14]
    told: dict[str, Any] = {"row": row, "makes": why(refused(actor, "training_rotation")), "school": school}
    first = row.first if row else today(request, city).year
    capacity = row.capacity if row else {}
    told["years"] = [(year, capacity.get(str(year), 0)) for year in range(first, first + CYCLE_YEARS)]
    if row is not None:
        told |= _roster(request, row, school)
    context = {"told": told, "findings": findings, "made_up": city.imaginary}
    return render(request, "board/rotation.html", context, status=409 if findings else 200)


def _roster(request: HttpRequest, row: Rotation, school: str) -> dict[str, Any]:
    actor = actor_of(request)
    rows = owing.school_years(actor, row)
    people = owing.turns(actor, row, school) if school else owing.turns(actor, row, "", None)[:0]
    schools = queries.school_names(one.school for one in rows)
    left = {
        Left.SCHOOL: _("本校各年可以离岗的人数已用完"),
        Left.YEARS: _("能去的各年名额已用完"),
        Left.NEVER: _("没有能去的年份"),
    }
    most = max((many for one in rows for many in one.years.values()), default=1)
    years = range(row.first, row.first + CYCLE_YEARS)
    lanes = [
        {
            "code": one.school, "name": schools.get(one.school, one.school), "y": _TOP + at * _LANE, "left": one.left,
            "total": sum(one.years.values()) + one.left,
            "cells": [(_LEFT + place * _CELL, round(8 + (_CELL - 40) * one.years.get(year, 0) / most, 1), one.years.get(year, 0)) for place, year in enumerate(years)],
        }
        for at, one in enumerate(rows[:_SHOWN])
    ]  # fmt: skip
    return {
        "lanes": lanes,
        "rest": max(0, len(rows) - _SHOWN),
        "width": _LEFT + CYCLE_YEARS * _CELL,
        "height": _TOP + len(lanes) * _LANE + 6,
        "heads": [(_LEFT + place * _CELL, year, sum(one.years.get(year, 0) for one in rows)) for place, year in enumerate(years)],
        "placed": sum(sum(one.years.values()) for one in rows),
        "unplaced": sum(one.left for one in rows),
        "school_name": schools.get(school, school),
        "people": [
            {"row": one, "name": queries.shown(actor, one.teacher), "why": left.get(Left(one.left)) if one.left else ""} for one in people
        ],
    }  # fmt: skip


def rotation_act(request: HttpRequest) -> HttpResponse:
    """The roster is made."""
    city = the_city(request)
    if request.method == "POST":
        first = number_in(request, "first")
        capacity = {first + at: number_in(request, f"many-{at}") for at in range(CYCLE_YEARS)}
        try:
            actions.make_rotation(actor_of(request), city, first, capacity, today(request, city))
        except RefusedError as refusal:
            return rotation(request, refusal.findings)
        messages.success(request, _("已排好。"), extra_tags="good")
    return redirect("rotation")


def _projects() -> dict[str, str]:
    return {key: one.label for key, one in known().items() if one.counts is Counts.PERSON_TIMES}


def rolls(request: HttpRequest, findings: Sequence[Finding] = ()) -> HttpResponse:
    """培训人次: classes of a project and year, persons, and whoever was entered more often than may be counted."""
    city = the_city(request)
    actor, on, projects = actor_of(request), today(request, city), _projects()
    key = request.GET.get("project", "")
    key = key if key in projects else "skills"
    year = _year(request, on.year)
    rows, counted = owing.rolls(actor, city, key, year), owing.counted(actor, city, key, year)
    of, told_as = known()[key], {str(one.pk): one for one in rows}
    aim = int(values(city, on)[of.aim.key]) if of.aim else 0
    told: dict[str, Any] = {
        "projects": projects, "project": key, "of": of, "year": year, "rows": [_row(one) for one in rows],
        "counted": counted, "aim": aim, "share": told_of.share(counted.person_times, aim),
        "full": round(told_of.WIDE * min(1, counted.person_times / aim), 1) if aim else 0, "wide": told_of.WIDE,
        "groups": [{"group": group or _("未填"), "many": many, "poor": poor, "passed": passed} for group, many, poor, passed in owing.groups(actor, city, key, year)],
        "doubts": [_doubt(one, told_as) for one in counted.doubts[:200]], "many_doubts": len(counted.doubts),
        "files": why(refused(actor, "training_roll")), "counties": _counties(request, city), "sent": request.POST,
    }  # fmt: skip
    context = {"told": told, "findings": findings, "made_up": city.imaginary}
    return render(request, "board/rolls.html", context, status=409 if findings else 200)


def _counties(request: HttpRequest, city: City) -> list[tuple[str, str]]:
    return list(names(city).items()) if actor_of(request).role not in {"county", "school"} else []


def _year(request: HttpRequest, now: int) -> int:
    wanted = request.GET.get("year", "")
    return int(wanted) if wanted.isascii() and wanted.isdecimal() and len(wanted) == 4 else now  # noqa: PLR2004


def _row(one: Roll) -> dict[str, Any]:
    return {"row": one, "hours": queries.hours(one.tenths), "twice": one.lines - one.persons}


def _doubt(one: Pair, rolls_: dict[str, Roll]) -> dict[str, Any]:
    said = {
        Doubt.TWICE: _("同一班里两行，计一次"),
        Doubt.AT_ONCE: _("同一时间在两个班"),
        Doubt.PAID_TWICE: _("同一年、同一资金、同一工种两次"),
    }
    first, second = rolls_.get(one.session), rolls_.get(one.other)
    return {
        "said": said[one.doubt],
        "person": one.person[:8],
        "first": first,
        "second": second if second != first else None,
    }


def _sent(request: HttpRequest) -> tuple[str, bytes]:
    came = upload(request, "roll")
    if came is None:
        raise RefusedError(Finding("名册", "没有选文件", "xlsx、xls 或 CSV，有身份证件号和姓名两列", "请选文件"))
    return came


def rolls_act(request: HttpRequest) -> HttpResponse:
    """A roll of a class is filed."""
    city, sent = the_city(request), request.POST
    if request.method != "POST":
        return redirect("rolls")
    try:
        came = _sent(request)
        words = {name: sent.get(name, "") for name in ("project", "title", "holder", "trade", "funding", "county")}
        begun, until = needed_day(request, "begun", _("开始")), needed_day(request, "until", _("结束"))
        told = Filed(**words, begun=begun, until=until, tenths=number_in(request, "hours") * TENTHS)
        lines = reading.roll(*came)
        row = actions.file_roll(actor_of(request), city, told, lines, digest(came[1]), today(request, city))
    except RefusedError as refusal:
        return rolls(request, refusal.findings)
    said = _("已收下：%(persons)s 人，重复 %(twice)s 行不计。") % {
        "persons": row.persons,
        "twice": row.lines - row.persons,
    }
    messages.success(request, said, extra_tags="good")
    return redirect(f"/rolls/?project={row.project}&year={row.begun.year}")

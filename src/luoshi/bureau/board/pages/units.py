"""区划与学校: divisions and schools of a day, one unit with its history, lists that come in, changes that were decided."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.bureau.board import unit_forms, units_told
from luoshi.bureau.board.asking import why_not
from luoshi.bureau.board.frame import city_of
from luoshi.bureau.board.unit_picture import history
from luoshi.bureau.board.units_import import KIND
from luoshi.bureau.board.uploads import upload
from luoshi.bureau.files import queries as files
from luoshi.bureau.files.lists.actions import bring_units
from luoshi.bureau.files.models import File
from luoshi.bureau.jobs.actions import enqueue
from luoshi.bureau.people.models import City
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.rights import require
from luoshi.bureau.people.units import queries
from luoshi.bureau.people.units.actions import Terms, mark, planned, succeed
from luoshi.bureau.people.units.boundaries.actions import load_boundaries
from luoshi.bureau.people.units.boundaries.queries import boundaries
from luoshi.declared.returns.codes import KINDS
from luoshi.reading.units import read_register
from luoshi.reading.units.boundaries import LARGEST
from luoshi.reading.units.columns import day
from luoshi.words.divisions import How, Level
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding, Severity
from luoshi.words.provenance import digest

_LISTS = ("county", "township", "school")


def _city(request: HttpRequest) -> City:
    city = city_of(request)
    if city is None:
        raise Http404
    return city


def _on(request: HttpRequest) -> date:
    return day(request.GET.get("on", "")[:20])[0] or timezone.localdate()


def divisions(request: HttpRequest, findings: Sequence[Finding] = ()) -> HttpResponse:
    """A list of a level as it stood on a day: counties with their tiles, or a page of townships or schools."""
    city = city_of(request)
    if city is None:
        return render(request, "board/empty.html")
    on, said = _on(request), request.GET.get("q", "").strip()[:60]
    level = request.GET.get("level", "")
    level = level if level in _LISTS else "county"
    context = {
        "on": on,
        "today": timezone.localdate(),
        "said": said,
        "level": level,
        "county": request.GET.get("county", "")[:20],
        "township": request.GET.get("township", "")[:20],
        "levels": [("county", _("县(市、区)")), ("township", _("乡镇街道")), ("school", _("学校"))],
        "may": why_not(request, "units"),
        "hows": [*((one.value, one.label) for one in How), (unit_forms.CLOSED, _("撤销"))],
        "sent": request.POST,
        "boundaries": boundaries(),
        **_listed(city, on, said, level, request),
    }
    status = 409 if findings else 200
    return render(request, "board/divisions.html", {"units": context, "findings": findings}, status=status)


def _listed(city: City, on: date, said: str, level: str, request: HttpRequest) -> dict[str, Any]:
    """The rows of a level: a page of them, whatever their number."""
    if level == "county":
        lines, tiles = units_told.county_lines(city, on, said)
        return {"lines": lines, "tiles": tiles, "many": len(lines)}
    names = queries.names(city, on)
    county, township = request.GET.get("county", "")[:20], request.GET.get("township", "")[:20]
    within = sorted(queries.county_tree(city).answered(county, on)) if county else []
    if level == "township":
        rows: Any = queries.divisions_found(city, on, Level.TOWNSHIP, said, within)
    else:
        rows = queries.schools_found(city, on, said, {"county": within, "township": [township] if township else []})
    page = Paginator(rows, units_told.PAGE).get_page(request.GET.get("page"))
    asked = {"level": level, "on": on.isoformat(), "q": said, "county": county, "township": township}
    told: dict[str, Any] = {
        "page": page,
        "many": page.paginator.count,
        "query": urlencode({key: value for key, value in asked.items() if value}),
        "counties": list(names.items()),
    }
    if level == "school":
        return told | {"lines": units_told.school_lines(page, names)}
    there = units_told.schools_in(city, on, [one.code for one in page])
    return told | {"lines": units_told.township_lines(page, names, there)}


def division(request: HttpRequest, code: str) -> HttpResponse:
    """One unit: what it came of, what came of it, as a picture and a table; what is below it."""
    city, on = _city(request), _on(request)
    told = units_told.told_of(city, code[:20], on)
    if told is None:
        raise Http404
    now = next((one for one in told.periods if one.stands(on)), told.periods[-1])
    context = {
        "told": told,
        "now": now,
        "on": on,
        "stands": now.stands(on),
        "kind": units_told.kind_said(now.kind),
        "periods": [(one, units_told.kind_said(one.kind)) for one in told.periods],
        "picture": history(told.around, told.links, code, on),
        "level": "school" if told.school else "county" if len(code) <= 6 else "township",  # noqa: PLR2004  # digits of a county
        "names": queries.names(city, on),
    }
    return render(request, "board/division.html", {"unit": context})


def bring(request: HttpRequest) -> HttpResponse:
    """A list is brought and kept; what it would change is shown next."""
    if request.method != "POST":
        return redirect("divisions")
    city = _city(request)
    try:
        terms = unit_forms.listed(request.POST, timezone.localdate())
        name, content = upload(request, "file", "名册.csv") or ("名册", b"")
        kept = bring_units(actor_of(request), content, name)
        read_register(content, name, terms.on, KINDS)
    except RefusedError as refusal:
        return divisions(request, refusal.findings)
    asked = {"on": terms.on.isoformat(), **({"whole": "1"} if terms.whole else {})}
    return (
        redirect(f"{reverse('divisions_import', args=[kept.digest])}?{urlencode(asked)}")
        if city
        else redirect("divisions")
    )


def preview(request: HttpRequest, digest: str, findings: Sequence[Finding] = ()) -> HttpResponse:
    """What a list would change, with every finding; a button carries it out in the background."""
    file, city = files.file(digest), _city(request)
    if file is None or why_not(request, "units"):
        raise Http404
    if request.method == "POST" and not findings:
        return _carry_out(request, city, file)
    try:
        terms = unit_forms.listed(request.GET if request.method == "GET" else request.POST, timezone.localdate())
        read = read_register(files.content(file), file.name, terms.on, KINDS)
        found = planned(actor_of(request), city, read, Terms(file.name, file.digest, terms.on, terms.whole))
    except RefusedError as refusal:
        return divisions(request, refusal.findings)
    asks = any(one.severity is Severity.ASKS for one in found.findings)
    context = {
        "file": file, "terms": terms, "schools": read.schools, "rows": read.rows, "same": found.same,
        "changed": units_told.changed(found), "any": found.any, "stops": found.stops, "asks": asks,
        "told": sorted(found.findings, key=lambda one: list(Severity).index(one.severity))[:200], "many": len(found.findings),
        "seen": mark(actor_of(request), found),
    }  # fmt: skip
    page = {"import": context, "findings": findings}
    return render(request, "board/divisions_import.html", page, status=409 if findings else 200)


def _carry_out(request: HttpRequest, city: City, file: File) -> HttpResponse:
    actor = actor_of(request)
    try:
        require(actor, "units")
        terms = unit_forms.listed(request.POST, timezone.localdate())
    except RefusedError as refusal:
        return preview(request, file.digest, refusal.findings)
    seen = request.POST.get("seen", "")[:16]
    told = {"city": city.pk, "digest": file.digest, "name": file.name, "on": terms.on.isoformat(), "whole": terms.whole}
    enqueue(
        actor,
        KIND,
        {**told, "why": terms.why, "seen": seen},
        f"导入 {file.name}",
        key=f"{KIND}/{actor.login}/{file.digest}/{seen}",
    )
    return redirect("jobs")


def change(request: HttpRequest) -> HttpResponse:
    """合并、拆分、更名、变更代码、划出、撤销, with the paper that says so."""
    if request.method != "POST":
        return redirect("divisions")
    city, actor = _city(request), actor_of(request)
    try:
        require(actor, "units")
        told, on, how = unit_forms.decided(city, request.POST)
        paper = request.POST.get("paper", "").strip()[:200]
        terms = Terms(paper, digest(paper.encode()), on, why=request.POST.get("why", "")[:600] or paper)
        succeed(actor, city, told, terms, how)
    except RefusedError as refusal:
        return divisions(request, refusal.findings)
    first = told.units[0].code
    return redirect(f"{reverse('division', args=[first])}?on={on.isoformat()}")


def outlines(request: HttpRequest) -> HttpResponse:
    """The bureau loads its approved boundaries."""
    if request.method != "POST":
        return redirect("divisions")
    sent = upload(request, "file", "边界.geojson", LARGEST + 1)
    try:
        load_boundaries(actor_of(request), _city(request), sent[1] if sent else b"", request.POST.get("number", ""))
    except RefusedError as refusal:
        return divisions(request, refusal.findings)
    return redirect(reverse("divisions") + "#boundaries")

"""套表: another department's blank is brought, its fields are confirmed once, and it is filled for every unit."""

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from luoshi.bureau.board.asking import why_not
from luoshi.bureau.board.downloads import download
from luoshi.bureau.board.pages.requesting import the_city
from luoshi.bureau.board.request_forms import SHIFTS, RequestForm, offered, said
from luoshi.bureau.board.uploads import upload
from luoshi.bureau.files import queries as files
from luoshi.bureau.files.models import File
from luoshi.bureau.forms import actions, queries
from luoshi.bureau.forms.holding import for_tables, kept
from luoshi.bureau.forms.models import TableMapping
from luoshi.bureau.people.models import City, Division
from luoshi.bureau.people.queries import actor_of
from luoshi.checking.tables import (
    TOTAL,
    Binding,
    Filled,
    Form,
    How,
    Unit,
    binding_of,
    fill,
    propose,
    read_form,
    say_filters,
    zipped,
)
from luoshi.declared.returns import RETURNS
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_SHOWN = 200
"""Gaps that are listed."""
_HOWS = {How.SUM: gettext_noop("合计"), How.COUNT: gettext_noop("计数"), How.SHARE: gettext_noop("占比（%）")}


def tables(request: HttpRequest) -> HttpResponse:
    """The forms that are known, and a blank to bring."""
    city = the_city(request)
    findings: Sequence[Finding] = ()
    if request.method == "POST":
        try:
            name, content = upload(request, "file", "空表.xlsx") or ("空表", b"")
            brought = actions.bring_blank(actor_of(request), city, name, content)
            read_form(content, units_of(city))
            return redirect("table", brought.digest)
        except RefusedError as refusal:
            findings = refusal.findings
    context = {"rows": queries.mappings(city.pk), "may_fill": why_not(request, "fill_tables")}
    told = {"tables": context, "findings": findings}
    return render(request, "board/tables.html", told, status=409 if findings else 200)


def units_of(city: City) -> list[Unit]:
    """The units a form is filled for, in protocol order."""
    return [Unit(code, name) for code, name in Division.objects.filter(city=city).values_list("code", "name")]


def _blank(request: HttpRequest, digest: str) -> tuple[City, File, bytes]:
    city, found = the_city(request), files.file(digest)
    if found is None or why_not(request, "fill_tables"):
        raise Http404
    return city, found, files.content(found)


def table(request: HttpRequest, digest: str) -> HttpResponse:
    """One blank: what each of its fields is, as proposed or as confirmed; then what was filled and what stayed blank."""
    city, blank, content = _blank(request, digest)
    units = units_of(city)
    form = read_form(content, units)
    findings: Sequence[Finding] = ()
    if request.method == "POST":
        try:
            bindings = RequestForm(request.POST).bindings(form.fields)
            actions.keep_mapping(actor_of(request), city, (blank.name, content), form, bindings)
            return redirect("table", digest)
        except RefusedError as refusal:
            findings = refusal.findings
    mapping = queries.mapping(city.pk, form.digest)
    bindings, lost = _confirmed(mapping)
    told = _filled(content, bindings, units) if mapping else None
    context: dict[str, Any] = {
        "blank": blank,
        "mapping": mapping,
        "form": form,
        "fields": _fields(form, bindings if mapping else None, request if findings else None),
        "offered": offered(kept()),
        "hows": [(how.value, _(label)) for how, label in _HOWS.items()],
        "shifts": [(digits, _(label)) for digits, label in SHIFTS],
        "units": len(units),
        "filled": told,
        "copies": len(told.files) if told else 0,
        "gaps": told.gaps[:_SHOWN] if told else (),
        "empty": sum(not one.filled for one in told.gaps) if told else 0,
        "short": sum(one.filled for one in told.gaps) if told else 0,
        "more": max(0, len(told.gaps) - _SHOWN) if told else 0,
        "known": bool(mapping and mapping.blank_id != blank.pk),
    }
    told_all = {"table": context, "findings": [*findings, *lost]}
    return render(request, "board/table.html", told_all, status=409 if findings else 200)


def _confirmed(mapping: TableMapping | None) -> tuple[list[Binding], list[Finding]]:
    """What was confirmed and is still declared, and what is not declared any more."""
    told, lost = list[Binding](), list[Finding]()
    for one in mapping.bindings if mapping else ():
        try:
            told.append(binding_of(one, RETURNS))
        except RefusedError as refusal:
            lost += refusal.findings
    return told, lost


def _filled(content: bytes, bindings: Sequence[Binding], units: Sequence[Unit]) -> Filled:
    return fill(content, bindings, for_tables(one.kind for one in bindings), units)


def _fields(form: Form, confirmed: Sequence[Binding] | None, sent: HttpRequest | None) -> list[dict[str, Any]]:
    """A line of the mapping for each field: as it was sent, else as confirmed, else as proposed."""
    known = {one.field: one for one in confirmed or ()}
    held = {key: RETURNS[key] for key in kept() if key in RETURNS} or RETURNS
    told = []
    for at, field in enumerate(form.fields):
        proposals = propose(field, form.measure, held) if confirmed is None else ()
        binding = known.get(field) or (proposals[0].binding if proposals else None)
        line = {"at": at, "field": field, **_line(binding)}
        line["others"] = [said(one.binding) for one in proposals[1:4]]
        if sent is not None:
            names = ("of", "how", "where", "among", "shift")
            line |= {name: sent.POST.get(f"{name}-{at}", "") for name in names}
        told.append(line)
    return told


def _line(one: Binding | None) -> dict[str, Any]:
    if one is None:
        return {"of": "", "how": How.SUM.value, "where": "", "among": "", "shift": "0"}
    of = RETURNS[one.kind]
    return {
        "of": said(one),
        "how": one.how.value,
        "where": say_filters(one.where, of),
        "among": say_filters(one.among, of),
        "shift": str(one.shift),
    }


def filled(request: HttpRequest, digest: str) -> HttpResponse:
    """The blank filled by what was confirmed: one file, or one for each unit in an archive, with the list of gaps."""
    city, blank, content = _blank(request, digest)
    units = units_of(city)
    mapping = queries.mapping(city.pk, read_form(content, units).digest)
    if mapping is None:
        return redirect("table", digest)
    told = _filled(content, _confirmed(mapping)[0], units)
    path = PurePath(blank.name)
    names = {TOTAL: "", **{unit.code: f"_{unit.name}" for unit in units}}
    several = [(f"{path.stem}{names[code]}{path.suffix}", made) for code, made in told.files.items()]
    return download(_("%(name)s_已填.zip") % {"name": path.stem}, zipped(several, told.gaps), "application/zip")

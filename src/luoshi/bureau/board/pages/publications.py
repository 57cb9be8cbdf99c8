"""公布: what is published by rule or duty; the desk where it is drafted, approved, numbered, corrected and withdrawn."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.bureau.board import publication_told as told_of
from luoshi.bureau.board.asking import why_not
from luoshi.bureau.board.downloads import UNTOLD, download
from luoshi.bureau.board.forms import BreakdownForm
from luoshi.bureau.board.frame import in_city
from luoshi.bureau.board.pages.front import day_of
from luoshi.bureau.board.pages.requesting import the_city
from luoshi.bureau.board.uploads import upload
from luoshi.bureau.people.models import City
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.plans.models import AUDIENCES
from luoshi.bureau.publications import actions, queries
from luoshi.bureau.publications.actions import Shown
from luoshi.bureau.publications.known import known, offices_of
from luoshi.bureau.publications.models import Publication
from luoshi.publishing.cataloguing import MEDIA
from luoshi.publishing.declaring import said
from luoshi.publishing.nouns import Edition
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_STAGE = Publication.Stage


def publications(request: HttpRequest, findings: Sequence[Finding] = ()) -> HttpResponse:
    """Every publication with its state, what is due, and the form that drafts the next."""
    city = the_city(request)
    on = min(day_of(request, city), timezone.localdate())
    offices = dict(city.offices.values_list("code", "name"))
    waiting = queries.owed(city, on)
    context = {
        "rows": [_row(one) for one in queries.desk(actor_of(request), city)],
        "owed": [
            {"what": one.what, "on": one.on, "late": one.on < on, "office": offices.get(one.office, _("督查室"))}
            for one in waiting
        ],
        "kinds": [(key, one.label) for key, one in known().items()],
        "audiences": AUDIENCES,
        "on": on,
        "may_draft": why_not(request, "publication"),
        "public": city.public,
    }
    told = {"publications": context, "findings": findings, "made_up": city.imaginary}
    return render(request, "board/publications.html", told, status=409 if findings else 200)


_MARKS = {"draft": "unknown", "approved": "behind", "published": "done", "withdrawn": "paused", "dropped": "paused"}
"""By stage the stylesheet's name of the mark."""


def _row(one: Publication) -> dict[str, Any]:
    kind = known().get(one.kind)
    return {
        "id": one.pk,
        "title": one.title,
        "kind": kind.label if kind else one.kind,
        "period": said(kind.every, one.period) if kind else one.period,
        "number": one.doc_no or queries.number_of(one),
        "edition": one.edition,
        "stage": one.get_stage_display(),
        "mark": _MARKS[one.stage],
        "audience": one.get_audience_display(),
        "on": one.published_on or one.approved_on or one.on,
        "by": one.published_by or one.approved_by or one.drafted_by,
    }


def draft(request: HttpRequest) -> HttpResponse:
    """A new draft."""
    if request.method != "POST":
        return redirect("publications")
    city, form = the_city(request), BreakdownForm(request.POST)
    try:
        on = form.day("on", "截至日") or timezone.localdate()
        key, audience = request.POST.get("kind", ""), request.POST.get("audience", "public")
        period = request.POST.get("period", "").strip()
        made = actions.draft(actor_of(request), city, key, on, period=period, audience=audience)
    except RefusedError as refusal:
        return publications(request, refusal.findings)
    return redirect("publication", made.pk)


def _found(request: HttpRequest, number: int) -> tuple[Publication, City]:
    row = queries.publication(actor_of(request), number)
    if row is None:
        raise Http404
    return row, in_city(request, row.city)


def publication(request: HttpRequest, number: int, findings: Sequence[Finding] = ()) -> HttpResponse:
    """One edition: what readers will read, its way to them, its editions, and the buttons of the next step."""
    row, city = _found(request, number)
    edition = queries.edition_of(row)
    lead = offices_of(city).get(row.kind, "")
    order = [_STAGE.DRAFT, _STAGE.APPROVED, _STAGE.PUBLISHED]
    at = order.index(_STAGE(row.stage)) if row.stage in order else len(order)
    context = {
        **content_told(edition),
        "row": row,
        "id": row.pk,
        "version": row.version,
        "stage": row.stage,
        "number": row.doc_no or queries.number_of(row),
        "stages": [
            {"label": one.label, "mark": "gone" if place < at else "here" if place == at else "ahead"}
            for place, one in enumerate(order)
        ],
        "editions": [one for one in queries.editions_of(row) if one.pk != row.pk],
        "files": files_of(edition),
        "may_act": why_not(request, "publication", lead=lead),
        "may_approve": why_not(request, "approve_publication"),
        "today": timezone.localdate(),
        "public": city.public,
        "correctable": row.stage == _STAGE.PUBLISHED and not row.corrections.exclude(stage=_STAGE.DROPPED).exists(),
    }
    told = {"publication": context, "findings": findings, "made_up": city.imaginary}
    return render(request, "board/publication.html", told, status=409 if findings else 200)


def content_told(edition: Edition, most: int = told_of.MOST) -> dict[str, Any]:
    """What readers read, for the shared part of the page."""
    content = edition.content
    return {
        "title": content.title,
        "on": content.on,
        "text": content.text,
        "tables": told_of.tables_told(edition, most),
        "sources": content.sources,
        "basis": content.basis,
        "doubt": content.doubt,
        "changes": edition.changes,
        "reason": edition.reason,
        "edition": edition.number,
        "digest": content.digest,
    }


def files_of(edition: Edition) -> list[str]:
    """Names of the files a page leads to; they are made when they are asked for."""
    tables = edition.content.tables
    names = ["tables.xlsx", "datapackage.zip"]
    return names + [f"{one.key}.csv" for one in tables] + [f"{one.key}.sdmx.csv" for one in tables if one.numbers]


def act(request: HttpRequest, number: int) -> HttpResponse:
    """Approve, publish, correct, withdraw or drop."""
    if request.method != "POST":
        return redirect("publication", number)
    _found(request, number)
    try:
        done = _step(request, number)
    except RefusedError as refusal:
        return publication(request, number, refusal.findings)
    return redirect("publication", done.pk)


def _step(request: HttpRequest, number: int) -> Publication:
    form, actor = BreakdownForm(request.POST), actor_of(request)
    shown = Shown(number, form.version())
    match form.act:
        case "approve":
            on = form.day("on", "审批日期") or timezone.localdate()
            return actions.approve(actor, shown, form.words, on, upload(request, "scan"))
        case "publish":
            on = form.day("on", "公布日期") or timezone.localdate()
            return actions.publish(actor, shown, on, request.POST.get("doc_no", ""))
        case "correct":
            return actions.correct(actor, shown, form.words, form.day("on", "截至日") or timezone.localdate())
        case "withdraw":
            return actions.withdraw(actor, shown, form.words)
        case "drop":
            return actions.drop(actor, shown, form.words)
        case other:
            rule = "审批、公布、更正、撤回或作废"
            raise RefusedError(Finding("公布件", f"没有“{other[:20]}”这种办理", rule, "请从页面上办理"))


def file(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """One file of an edition."""
    row, city = _found(request, number)
    told = queries.as_readers_have_it(city, [row])
    return handed(told_of.files(told, told.now), name)


def handed(made: dict[str, bytes], name: str) -> HttpResponse:
    """One of these files; 404 where it is none of them."""
    if name not in made:
        raise Http404
    return download(name, made[name], MEDIA.get(name.rpartition(".")[2], UNTOLD))

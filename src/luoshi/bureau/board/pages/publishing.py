"""公开稿: drafted, approved with its 审批单, published; and the page anybody may read."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.bureau.board import shown
from luoshi.bureau.board.asking import plan_of, why_not
from luoshi.bureau.board.forms import BreakdownForm
from luoshi.bureau.board.frame import city_of, in_city
from luoshi.bureau.board.pages.front import day_of
from luoshi.bureau.board.uploads import upload
from luoshi.bureau.notices import actions
from luoshi.bureau.notices import queries as notices
from luoshi.bureau.notices.models import Notice
from luoshi.bureau.people.queries import actor_of
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


def _text(notice: Notice) -> dict[str, Any]:
    """What the public reads."""
    sections = [
        {
            "heading": one["heading"],
            "lines": [{**line, "state": shown.worded(line["state"])} for line in one["lines"]],
        }
        for one in notice.sections
    ]
    return {
        "id": notice.pk,
        "title": notice.title,
        "on": notice.on,
        "sections": sections,
        "lines": sum(len(one["lines"]) for one in notice.sections),
        "plan_title": notice.edition.title,
        "bureau": notice.edition.city.bureau,
        "published_at": notice.published_at,
    }


def notices_of(request: HttpRequest, number: int, findings: Sequence[Finding] = ()) -> HttpResponse:
    """The public texts of a plan; a new one is drafted here."""
    edition = plan_of(request, number)
    city = edition.city
    context = {
        "title": edition.title,
        "edition_id": edition.pk,
        "rows": notices.of_plan(edition.pk),
        "on": min(day_of(request, city), timezone.localdate()),
        "suggested": _("%(title)s进展情况") % {"title": edition.title},
        "may_draft": why_not(request, "notice"),
        "may_switch": why_not(request, "public"),
        "public": city.public,
    }
    told = {"notices": context, "findings": findings, "made_up": edition.imaginary}
    return render(request, "board/notices.html", told, status=409 if findings else 200)


def draft(request: HttpRequest, number: int) -> HttpResponse:
    """A new public text, or the switch of the public page."""
    if request.method != "POST":
        return redirect("notices", number)
    edition, form, actor = plan_of(request, number), BreakdownForm(request.POST), actor_of(request)
    try:
        if form.act in {"open", "shut"}:
            actions.switch(actor, edition.city, public=form.act == "open")
            return redirect("notices", number)
        on = form.day("on", "截至日") or timezone.localdate()
        kept = actions.draft(actor, edition, on, request.POST.get("title", ""))
    except RefusedError as refusal:
        return notices_of(request, number, refusal.findings)
    return redirect("notice", kept.pk)


def notice(request: HttpRequest, number: int, findings: Sequence[Finding] = ()) -> HttpResponse:
    """One public text with its 审批单, both printable."""
    found = notices.notice(number)
    if found is None:
        raise Http404
    in_city(request, found.edition.city)
    order = [Notice.Stage.DRAFT, Notice.Stage.APPROVED, Notice.Stage.PUBLISHED]
    here = Notice.Stage(found.stage)
    at = order.index(here) if here in order else len(order)
    context = {
        **_text(found),
        "edition_id": found.edition_id,
        "version": found.version,
        "stage": found.stage,
        "stage_label": found.get_stage_display(),
        "stages": [
            {"label": one.label, "mark": "gone" if place < at else "here" if place == at else "ahead"}
            for place, one in enumerate(order)
        ],
        "digest": found.digest,
        "left_out": found.left_out if not why_not(request, "notice") else [],
        "drafted_by": found.drafted_by,
        "drafted_at": found.drafted_at,
        "approved_by": found.approved_by,
        "approved_on": found.approved_on,
        "words": found.words,
        "scan": found.scan,
        "may_act": why_not(request, "notice"),
        "may_approve": why_not(request, "approve_notice"),
        "today": timezone.localdate(),
        "public": found.edition.city.public,
    }
    told = {"notice": context, "findings": findings, "made_up": found.edition.imaginary}
    return render(request, "board/notice.html", told, status=409 if findings else 200)


def act(request: HttpRequest, number: int) -> HttpResponse:
    """Approve, publish or withdraw."""
    if request.method != "POST":
        return redirect("notice", number)
    try:
        _step(request, number)
    except RefusedError as refusal:
        return notice(request, number, refusal.findings)
    return redirect("notice", number)


def _step(request: HttpRequest, number: int) -> None:
    form, actor = BreakdownForm(request.POST), actor_of(request)
    match form.act:
        case "approve":
            on = form.day("on", "审批日期") or timezone.localdate()
            actions.approve(actor, number, form.version(), form.words, on, upload(request, "scan"))
        case "publish":
            actions.publish(actor, number, form.version())
        case "withdraw":
            actions.withdraw(actor, number, form.version(), form.words)
        case other:
            raise RefusedError(Finding("公开稿", f"没有“{other[:20]}”这种办理", "审批、发布或撤下", "请从页面上办理"))


@login_not_required
def public(request: HttpRequest) -> HttpResponse:
    """What anybody may read: published texts, word for word as approved; nothing where the bureau keeps it switched off."""
    city = city_of(request)
    if city is None or not city.public:
        raise Http404
    found = notices.shown(city)
    told = [_text(one) for one in found]
    made_up = any(one.edition.imaginary for one in found) if found else city.imaginary
    return render(request, "board/public.html", {"texts": told, "made_up": made_up})

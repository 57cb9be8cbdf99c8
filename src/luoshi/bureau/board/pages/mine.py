"""我的事项: what waits for the person who is signed in, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.bureau.agreements import queries as agreements
from luoshi.bureau.board import queries
from luoshi.bureau.board.asking import why_not
from luoshi.bureau.board.frame import city_of
from luoshi.bureau.board.report_forms import ReportForm
from luoshi.bureau.escalations import queries as escalations
from luoshi.bureau.escalations.models import Paper
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.rights import sees
from luoshi.bureau.people.units.queries import answered
from luoshi.bureau.plans import queries as plans
from luoshi.bureau.plans.models import Edition
from luoshi.bureau.reports import actions
from luoshi.bureau.reports import queries as reports
from luoshi.bureau.reports.models import Period
from luoshi.bureau.reports.queries import Asked
from luoshi.tracking.ladder import Step
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_STAGE = reports.STAGE
_WAITS_FOR = {
    "section": (_STAGE.FILED,),
    "leader": (_STAGE.REVIEWED,),
    "supervisor": (_STAGE.SIGNED,),
}
"""By role: the stage of answers that wait for this person."""


@dataclass(frozen=True, slots=True)
class Line:
    """One item of a list."""

    id: int
    number: str
    title: str
    why: str
    stage: str
    url: str
    unit: str
    words: str
    back: str
    """Why it was sent back."""


@dataclass(frozen=True, slots=True)
class Pile:
    """A list with its heading, first what is most pressing."""

    key: str
    label: str
    lines: tuple[Line, ...]
    tick: bool = False
    """Whether 本期无新进展 can be ticked."""


def mine(request: HttpRequest, findings: Sequence[Finding] = ()) -> HttpResponse:
    """What waits for whoever is signed in, in the newest period of the chosen plan."""
    city, actor = city_of(request), actor_of(request)
    edition = queries.chosen(plans.editions(city), request.GET.get("plan", "")) if city else None
    if edition is None:
        return render(request, "board/empty.html")
    period = reports.latest(edition)
    seen = sees(actor)
    asked = [one for one in reports.mine(actor, period) if one.call.commitment.audience in seen] if period else []
    names = reports.unit_names(edition.city) if asked else {}
    context = {
        "title": edition.title,
        "edition_id": edition.pk,
        "period": period,
        "piles": _piles(actor, asked, names),
        "asked": len(asked),
        "owed": sum(not one.answered for one in asked),
        "may_file": why_not(request, "report"),
        "supervisor": actor.role == "supervisor",
        "agreeing": agreements.waiting(*answered(actor)) if actor.role == "county" else [],
        "papers": _papers(actor, edition),
        "papers_label": _papers_label(actor),
        "papers_sent": actor.role in {"section", "county"},
    }
    told = {"mine": context, "findings": findings, "made_up": edition.imaginary}
    return render(request, "board/mine.html", told, status=409 if findings else 200)


def _papers(actor: Actor, edition: Edition) -> list[Paper]:
    """督办单 that wait for this person: a section's or county's to answer, a leader's to sign, 督查室's to look at."""
    waits = {"section": "sent", "county": "sent", "leader": "draft", "supervisor": "draft"}.get(actor.role, "")
    found = [one for one in escalations.papers(actor, edition.pk) if one.stage == waits] if waits else []
    found.sort(key=lambda one: -Step(one.step).place)
    if actor.role != "leader":
        return found
    charge = reports.leader_of(edition.city, actor) if actor.office else ""
    unsigned = [one for one in found if one.step != Step.REMINDER and one.signed_on is None]
    return [one for one in unsigned if charge in {"", one.commitment.leader}]


def _papers_label(actor: Actor) -> str:
    labels = {"leader": _("待签发的督办单"), "supervisor": _("待发出的督办单")}
    return labels.get(actor.role, _("待答复的督办单"))


def _piles(actor: Actor, asked: Sequence[Asked], names: dict[str, str]) -> list[Pile]:
    files = actor.role in {"contact", "section", "county"}
    own = [one for one in asked if not (one.call.division and actor.role == "section")]
    back = [one for one in own if one.report and one.report.stage == _STAGE.RETURNED] if files else []
    owed = [one for one in own if one.report is None] if files else []
    waiting = [one for one in asked if one.report and one.report.stage in _WAITS_FOR.get(actor.role, ())]
    rest = [one for one in asked if one not in back and one not in owed and one not in waiting and one.report]
    piles = [
        Pile("back", _("被退回"), _lines(back, names)),
        Pile("owed", _("待报"), _lines(owed, names), tick=True),
        Pile("waiting", _waiting(actor), _lines(waiting, names)),
        Pile("done", _("已报"), _lines(rest, names)),
    ]
    return [pile for pile in piles if pile.lines or (files and pile.key in {"back", "owed"})]


def _waiting(actor: Actor) -> str:
    labels = {"section": _("待审核"), "leader": _("待审签"), "supervisor": _("待核定")}
    return labels.get(actor.role, _("待办"))


def _lines(asked: Sequence[Asked], names: dict[str, str]) -> tuple[Line, ...]:
    return tuple(_line(one, names) for one in asked)


def _line(one: Asked, names: dict[str, str]) -> Line:
    row, report = one.call.commitment, one.report
    return Line(
        id=one.call.pk,
        number=row.number,
        title=row.title,
        why=one.call.get_why_display(),
        stage=report.get_stage_display() if report else "",
        url=reverse("call", args=[one.call.pk]),
        unit=names.get(one.call.office or one.call.division, ""),
        words=report.words[:80] if report else "",
        back=reports.sent_back(report),
    )


def nothing_new(request: HttpRequest, number: int) -> HttpResponse:
    """本期无新进展 for everything ticked."""
    if request.method != "POST":
        return redirect("mine")
    form = ReportForm(request.POST)
    try:
        actions.nothing_new(actor_of(request), number, form.ids("call"))
    except RefusedError as refusal:
        return mine(request, refusal.findings)
    period = reports.period(number) if form.words_of("from") == "month" else None
    return redirect(month_url(period) if period else reverse("mine"))


def month_url(period: Period) -> str:
    """The page of a period."""
    return reverse("month", args=[period.edition_id]) + f"?period={period.pk}"

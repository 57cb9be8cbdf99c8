"""督办: the papers of a plan, one paper, what is done with it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.bureau.board import queries as board
from luoshi.bureau.board import typefaces
from luoshi.bureau.board.asking import why_not
from luoshi.bureau.board.downloads import download
from luoshi.bureau.board.escalation_forms import PaperForm
from luoshi.bureau.board.frame import city_of, in_city
from luoshi.bureau.board.pages.front import day_of
from luoshi.bureau.board.slips import is_out, name_of, slip_of
from luoshi.bureau.board.uploads import upload
from luoshi.bureau.escalations import actions, queries
from luoshi.bureau.escalations.models import Paper
from luoshi.bureau.escalations.wording import plain_day
from luoshi.bureau.people.queries import actor_of, calendar_of
from luoshi.bureau.plans import queries as plans
from luoshi.bureau.plans.models import Edition
from luoshi.reporting.official import as_word
from luoshi.tracking.ladder import Step
from luoshi.words.calendars import Calendar
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def edition_of(request: HttpRequest) -> Edition | None:
    """The plan that was asked for with ?plan=, else the one with most in its ledger; None when there is none."""
    return board.chosen(plans.editions(city_of(request)), request.GET.get("plan", ""))


def left(one: Paper, on: date, calendar: Calendar) -> str:
    """How long there is for the answer."""
    if one.answer_by is None:
        return _("不要求答复")
    days = calendar.workdays_between(on, one.answer_by)
    if days < 0:
        return _("已超 %(days)s 个工作日") % {"days": -days}
    return _("还有 %(days)s 个工作日") % {"days": days} if days else _("今天到期")


def _line(one: Paper, on: date, calendar: Calendar, offices: dict[str, str]) -> dict[str, Any]:
    row = one.commitment
    return {
        "id": one.pk,
        "name": one.name,
        "place": Step(one.step).place,
        "order": row.place,
        "number": row.number,
        "title": row.title,
        "because": one.because,
        "office": offices.get(row.lead, row.lead_words),
        "leader": row.leader,
        "signed": bool(one.signed_on),
        "sent_on": one.sent_on,
        "document_number": one.document_number,
        "answer_by": one.answer_by,
        "left": left(one, on, calendar),
        "late": one.answer_by is not None and one.answer_by < on,
        "answered_on": one.answered_on,
        "answered_by": one.answered_by,
        "answered_late": bool(one.answer_by and one.answered_on and one.answered_on > one.answer_by),
        "answer": one.answer,
        "withdrawn_because": one.withdrawn_because,
        "withdrawn_by": one.withdrawn_by,
        "drafted_on": one.drafted_on,
    }


def escalations(request: HttpRequest, findings: Sequence[Finding] = ()) -> HttpResponse:
    """督办: drafts to look at first, then what is out and not answered, then what was."""
    city = city_of(request)
    editions = plans.editions(city)
    edition = board.chosen(editions, request.GET.get("plan", ""))
    if city is None or edition is None:
        return render(request, "board/empty.html")
    actor, on = actor_of(request), day_of(request, city)
    offices, calendar = board.names(city).offices, calendar_of(city)
    told: dict[str, list[dict[str, Any]]] = {stage: [] for stage in Paper.Stage.values}
    listed = queries.papers(actor, edition.pk)
    for one in listed:
        told[one.stage].append(_line(one, on, calendar, offices))
    told["draft"].sort(key=lambda line: (-line["place"], line["order"]))
    told["sent"].sort(key=lambda line: line["answer_by"] or date.max)
    context = {
        "title": edition.title,
        "edition_id": edition.pk,
        "editions": editions,
        "on": on,
        "groups": told,
        "late": sum(line["late"] for line in told["sent"]),
        "sees_drafts": actor.role in {"supervisor", "leader"},
        "may_draft": why_not(request, "escalate"),
        "cards": [(offices.get(lead, lead), one.value) for lead, one in queries.cards(city, listed, on).items()],
    }
    shown = {"escalations": context, "findings": findings, "made_up": edition.imaginary}
    return render(request, "board/escalations.html", shown, status=409 if findings else 200)


def draft(request: HttpRequest) -> HttpResponse:
    """Draft what is due on a day."""
    edition = edition_of(request)
    if request.method != "POST" or edition is None:
        return redirect("escalations")
    form = PaperForm(request.POST)
    try:
        on = form.day("on", _("截至日")) or timezone.localdate()
        actions.draft_due(actor_of(request), edition, on)
    except RefusedError as refusal:
        return escalations(request, refusal.findings)
    return redirect(f"{reverse('escalations')}?plan={edition.pk}&on={on}")


def escalation(request: HttpRequest, number: int, findings: Sequence[Finding] = ()) -> HttpResponse:
    """One paper: its words, where it stands, what may be done now."""
    kept = queries.paper(actor_of(request), number)
    if kept is None:
        raise Http404
    row, city = kept.commitment, in_city(request, kept.commitment.edition.city)
    on, order = day_of(request, city), [Paper.Stage.DRAFT, Paper.Stage.SENT, Paper.Stage.ANSWERED]
    here = Paper.Stage(kept.stage)
    at = order.index(here) if here in order else len(order)
    words = queries.paper_words(kept)
    context = {
        "paper": kept,
        "row": row,
        "edition_id": row.edition_id,
        "words": words,
        "text": queries.told(words),
        "day": plain_day(words.sent_on) if words.sent_on else "　　年　月　日",
        "left": left(kept, on, calendar_of(city)) if kept.stage == Paper.Stage.SENT else "",
        "stages": [
            {"label": one.label, "mark": "gone" if place < at else "here" if place == at else "ahead"}
            for place, one in enumerate(order)
        ],
        "out": is_out(kept),
        "lacking": typefaces.lacking(),
        "plain": kept.step == Step.REMINDER,
        "rules_said": _("第 %(version)s 版") % {"version": kept.rules_version}
        if kept.rules_version
        else _("产品默认值，未核"),
        "may_send": why_not(request, "send_paper"),
        "may_sign": why_not(request, "sign_paper"),
        "may_answer": why_not(request, "answer_paper", lead=row.lead),
        "may_rectify": why_not(request, "add_rectification"),
        "today": min(on, timezone.localdate()),
    }
    told = {"escalation": context, "findings": findings, "made_up": row.edition.imaginary}
    return render(request, "board/escalation.html", told, status=409 if findings else 200)


def word(request: HttpRequest, number: int) -> HttpResponse:
    """The paper as docx: 送审稿 without 文号 until it was sent. A reminder is a message and has none."""
    kept = queries.paper(actor_of(request), number)
    if kept is None or kept.step == Step.REMINDER:
        raise Http404
    in_city(request, kept.commitment.edition.city)
    content = as_word(slip_of(kept), draft=not is_out(kept))
    return download(name_of(kept, kept.sent_on or kept.drafted_on), content, DOCX)


def act(request: HttpRequest, number: int) -> HttpResponse:
    """Edit, sign, send, answer or withdraw."""
    if request.method != "POST":
        return redirect("escalation", number)
    try:
        _step(request, number)
    except RefusedError as refusal:
        if queries.paper(actor_of(request), number) is None:
            return escalations(request, refusal.findings)
        return escalation(request, number, refusal.findings)
    return redirect("escalation", number)


def _step(request: HttpRequest, number: int) -> None:
    form, actor, version = PaperForm(request.POST), actor_of(request), PaperForm(request.POST).version()
    on = form.day("on", _("日期")) or timezone.localdate()
    match form.act:
        case "edit":
            actions.edit(actor, number, version, form.edited())
        case "sign":
            actions.sign_paper(actor, number, version, on)
        case "send":
            sent = actions.Sent(on, form.signer, form.number, upload(request, "scan"))
            actions.send(actor, number, version, sent)
        case "answer":
            actions.answer(actor, number, version, actions.Answer(form.words, on, upload(request, "file")))
        case "withdraw":
            actions.withdraw(actor, number, version, form.words)
        case other:
            what = f"没有“{other[:20]}”这种办理"
            raise RefusedError(Finding("督办", what, "修改、签发、发出、答复或撤回", "请从页面上办理"))

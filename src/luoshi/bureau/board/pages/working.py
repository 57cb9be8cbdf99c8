"""What is done on an item's page about its pauses, partners, staircase, and whether others decide about it."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from luoshi.bureau.board.pages.item import item
from luoshi.bureau.board.uploads import upload
from luoshi.bureau.board.working_forms import PauseForm
from luoshi.bureau.ledger import actions
from luoshi.bureau.ledger.models import Commitment, Pause
from luoshi.bureau.people.queries import actor_of, calendar_of
from luoshi.words.calendars import Calendar
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


def act(request: HttpRequest, number: int) -> HttpResponse:
    """暂缓, 协调事项, 配合任务 or 阶梯: one act about the item. Whoever sends nothing sees the item."""
    if request.method != "POST":
        return redirect("item", number)
    try:
        _done(request, number, PauseForm(request.POST))
    except RefusedError as refusal:
        return item(request, number, refusal.findings)
    return redirect("item", number)


def _done(request: HttpRequest, number: int, form: PauseForm) -> None:
    actor, version = actor_of(request), form.version()
    match form.act:
        case "pause_ask":
            actions.ask_pause(actor, number, version, form.wanted())
        case "pause_decide":
            verdict = replace(form.pause_verdict(timezone.localdate()), scan=upload(request, "scan"))
            actions.decide_pause(actor, _own(number, form), verdict)
        case "resume":
            actions.resume(actor, _own(number, form), form.day("on", "恢复日期"), form.reason)
        case "coordinate":
            actions.coordinate(actor, number, version, form.reason, marked=form.marked)
        case "owe":
            actions.owe(actor, number, version, form.duties())
        case "staircase":
            start = form.day("start", "起算日") or timezone.localdate()
            actions.climb(actor, number, version, form.staircase, start, _calendar(number))
        case other:
            rule = "暂缓、恢复、协调事项、配合任务或阶梯节点"
            raise RefusedError(Finding("督查事项", f"没有“{other[:20]}”这种办理", rule, "请从页面上办理"))


def _calendar(number: int) -> Calendar:
    """The days the city of an item works."""
    row = get_object_or_404(Commitment.objects.select_related("edition__city"), pk=number)
    return calendar_of(row.edition.city)


def _own(number: int, form: PauseForm) -> int:
    """The pause that was sent, if it is one of the item's; else 0, which is none."""
    return form.pause if Pause.objects.filter(pk=form.pause, commitment_id=number).exists() else 0

"""督办规则: seen, edited and compared version by version; and the switches of what is off."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.bureau.board.asking import why_not
from luoshi.bureau.board.escalation_forms import RulesForm
from luoshi.bureau.board.frame import city_of
from luoshi.bureau.board.uploads import upload
from luoshi.bureau.escalations import actions, queries
from luoshi.bureau.escalations.models import RuleSet, Switch
from luoshi.bureau.people.models import Office
from luoshi.bureau.people.queries import actor_of
from luoshi.tracking.ladder import Grade, Ladder, Rung
from luoshi.tracking.marking import DEFAULT_MARKS, Shown
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


def _facts(rung: Rung) -> dict[str, str]:
    """One rule in words, by what a reader compares."""
    yes, no = _("是"), _("否")
    return {
        _("名称"): rung.name,
        _("启用"): yes if rung.used else no,
        _("情形"): rung.said,
        _("答复工作日"): str(rung.answer_days) if rung.answer_days else _("不要求答复"),
        _("可越级"): yes if rung.jumps else no,
        _("可重复"): yes if rung.again else no,
    }


def _compared(now: Ladder, other: Ladder) -> list[dict[str, Any]]:
    """The rungs of a version beside those of another; what differs is marked."""
    told = []
    for rung, before in zip(now.rungs, other.rungs, strict=True):
        facts, were = _facts(rung), _facts(before)
        told.append([(label, value, were[label] if were[label] != value else "") for label, value in facts.items()])
    return [{"facts": facts} for facts in told]


def rules(request: HttpRequest, findings: Sequence[Finding] = ()) -> HttpResponse:
    """The rules in force, each version beside the one before, and a form for the next."""
    city = city_of(request)
    if city is None:
        return render(request, "board/empty.html")
    ladders, today = queries.ladders(city), timezone.localdate()
    kept = {one.version: one for one in RuleSet.objects.filter(city=city)}
    wanted = request.GET.get("version", "")
    chosen = next((one for one in ladders if str(one.version) == wanted), ladders[-1])
    before = ladders[max(ladders.index(chosen) - 1, 0)]
    context = {
        "versions": [
            {"ladder": one, "kept": kept.get(one.version), "here": one is chosen} for one in reversed(ladders)
        ],
        "chosen": chosen,
        "before": before,
        "compared": _compared(chosen, before),
        "labels": list(_facts(chosen.rungs[0])),
        "latest": ladders[-1],
        "grades": [(grade.value, grade.label) for grade in Grade],
        "may_set": why_not(request, "escalation_rules"),
        "may_switch": why_not(request, "switch_marks"),
        "today": today,
        "switches": [
            {"code": what.value, "label": what.label, "now": queries.switched(city, what, today)}
            for what in Switch.What
        ],
        "shown": [(Shown.ALL.value, _("全部")), (Shown.ENDS.value, _("前三后三")), (Shown.NONE.value, _("不排名"))],
        "leaders": list(
            dict.fromkeys(Office.objects.filter(city=city).exclude(leader="").values_list("leader", flat=True))
        ),
        "marks": DEFAULT_MARKS,
    }
    return render(
        request,
        "board/escalation_rules.html",
        {"rules": context, "findings": findings},
        status=409 if findings else 200,
    )


def act(request: HttpRequest) -> HttpResponse:
    """A new version, or a switch."""
    city = city_of(request)
    if request.method != "POST" or city is None:
        return redirect("escalation_rules")
    form, actor = RulesForm(request.POST), actor_of(request)
    try:
        if form.act == "switch":
            actions.switch(actor, city, form.switching(upload(request, "scan")))
        else:
            actions.set_rules(actor, city, form.version(), form.wanted())
    except RefusedError as refusal:
        return rules(request, refusal.findings)
    return redirect("escalation_rules")

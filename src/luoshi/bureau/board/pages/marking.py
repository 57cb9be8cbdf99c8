"""计分和排名: shown only where the bureau switched them on, and each number with what it counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.bureau.board import queries as board
from luoshi.bureau.board.asking import why_not
from luoshi.bureau.board.escalation_forms import MarksForm
from luoshi.bureau.board.frame import city_of
from luoshi.bureau.board.pages.escalating import edition_of
from luoshi.bureau.board.pages.front import day_of
from luoshi.bureau.board.uploads import upload
from luoshi.bureau.escalations import actions, queries
from luoshi.bureau.escalations.marks import Account, accounts
from luoshi.bureau.escalations.models import Established, Switch
from luoshi.bureau.people.models import Office
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.plans import queries as plans
from luoshi.tracking import showing
from luoshi.tracking.marking import DEFAULT_MARKS, Score, Shown, deducted, ranked, score
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


@dataclass(frozen=True, slots=True)
class Line:
    """One section of the table."""

    code: str
    name: str
    overdue: int
    late: int
    false: int
    changes: int
    off: str
    score: Score
    told: str
    """得分 as it is printed."""
    url: str
    """Where what is counted is listed."""


def marks(request: HttpRequest, findings: Sequence[Finding] = ()) -> HttpResponse:
    """The table by section; while it is off, only that it is, and who may switch it on."""
    city = city_of(request)
    editions = plans.editions(city)
    edition = board.chosen(editions, request.GET.get("plan", ""))
    if city is None or edition is None:
        return render(request, "board/empty.html")
    today, on = timezone.localdate(), day_of(request, city)
    context: dict[str, Any] = {
        "title": edition.title,
        "edition_id": edition.pk,
        "editions": editions,
        "on": on,
        "approved": queries.switched(city, Switch.What.SCORES, today),
        "may_switch": why_not(request, "switch_marks"),
        "may_establish": why_not(request, "establish"),
    }
    if context["approved"]:
        offices = list(Office.objects.filter(city=city))
        names = {one.code: one.name for one in offices}
        counted = accounts(edition, on)
        address = f"{reverse('escalation_marks')}?{urlencode({'plan': edition.pk, 'on': on})}"
        lines = [
            _line(code, names.get(code, code), counted[code], address)
            for code in [*names, *counted.keys() - names]
            if code in counted
        ]
        ranking = queries.switched(city, Switch.What.RANKING, today)
        context |= {
            "lines": lines,
            "marks": {name: showing.number(getattr(DEFAULT_MARKS, name)) for name in _RULES},
            "doubt": DEFAULT_MARKS.doubt,
            "ranking": ranking,
            "ranking_said": _("前三后三") if ranking and ranking.shown == Shown.ENDS else _("全部"),
            "ranked": _ranked(lines, Shown(ranking.shown)) if ranking else [],
            "chosen": _chosen(request.GET.get("office", ""), names, counted),
            "offices": [(one.code, one.name) for one in offices],
            "leaders": list(dict.fromkeys(one.leader for one in offices if one.leader)),
            "whats": Established.What.choices,
            "today": min(on, today),
        }  # fmt: skip
    told = {"marks": context, "findings": findings, "made_up": edition.imaginary}
    return render(request, "board/marks.html", told, status=409 if findings else 200)


_RULES = ("full", "overdue", "false_evidence", "late_report", "unapproved_change")


def _line(code: str, name: str, account: Account, address: str) -> Line:
    counted = account.counted
    got = score(counted)
    return Line(
        code,
        name,
        counted.overdue,
        counted.late_reports,
        counted.false_evidence,
        counted.unapproved_changes,
        showing.number(deducted(counted)),
        got,
        showing.number(got.value),
        f"{address}&{urlencode({'office': code})}",
    )


def _ranked(lines: Sequence[Line], shown: Shown) -> list[dict[str, Any]]:
    """The sections the approval lets be ranked, with their places; none for 不排名."""
    if shown is Shown.NONE:
        return []
    told = {line.code: line for line in lines}
    order = ranked({line.code: line.score for line in lines}, shown)
    return [{"place": one.place, "line": told[one.unit]} for one in order]


def _chosen(code: str, names: Mapping[str, str], counted: Mapping[str, Account]) -> dict[str, Any] | None:
    """What is counted for the section that was asked for."""
    account = counted.get(code)
    if account is None:
        return None
    return {
        "name": names.get(code, code),
        "counted": account.counted,
        "overdue": [
            (
                reverse("item", args=[one.id]),
                f"{one.number} {one.title}",
                str(one.due),
                len(one.ends),
                in_runs(one.ends),
            )
            for one in account.overdue
        ],
        "late": [
            (
                reverse("call", args=[one.call]),
                f"{one.number} {one.title}",
                str(one.on),
                str(one.reply_by),
                str(one.answered or _("未报")),
            )
            for one in account.late
        ],
        "established": account.established,
    }


def in_runs(ends: Sequence[date]) -> str:
    """Month ends as months, those that follow one another as one run: 2021-07 至 2021-12、2022-03."""
    runs: list[list[date]] = []
    for end in ends:
        if runs and (end - runs[-1][-1]).days <= _LONGEST_MONTH:
            runs[-1][1:] = [end]
        else:
            runs.append([end])
    to = f" {_('至')} "
    return "、".join(to.join(f"{end:%Y-%m}" for end in run) for run in runs)


_LONGEST_MONTH = 31


def act(request: HttpRequest) -> HttpResponse:
    """A leader's finding entered, or taken away."""
    edition = edition_of(request)
    if request.method != "POST" or edition is None:
        return redirect("escalation_marks")
    form, actor = MarksForm(request.POST), actor_of(request)
    try:
        if form.act == "take_away":
            actions.take_away(actor, form.whole_number("established"), form.words)
        else:
            actions.establish(actor, edition, form.found(upload(request, "scan")))
    except RefusedError as refusal:
        return marks(request, refusal.findings)
    address = {"plan": edition.pk, "on": day_of(request, edition.city), "office": request.GET.get("office", "")}
    return redirect(f"{reverse('escalation_marks')}?{urlencode(address)}")

"""操作日志: looked through, taken out, told thing by thing, and its ends of the day to print and sign."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luoshi.bureau.board.downloads import download_table
from luoshi.bureau.board.forms import is_number
from luoshi.bureau.board.frame import city_of
from luoshi.bureau.board.histories import history_of, line, page_of
from luoshi.bureau.board.journal_forms import JournalForm
from luoshi.bureau.board.pages.entrance import missing
from luoshi.bureau.jobs.actions import export_journal
from luoshi.bureau.journal import queries as logs
from luoshi.bureau.journal.kinds import KINDS, kind_said
from luoshi.bureau.journal.models import DayEnd, Entry
from luoshi.bureau.journal.searching import PAGE, search
from luoshi.bureau.ledger.models import Commitment, Quote
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.rights import refused, sees
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_DIGITS = 8
"""Of a digest in one group on the printed sheet, so that two people can read it out to each other."""


def _refused(request: HttpRequest, findings: Sequence[Finding], back: str = "journal") -> HttpResponse:
    told = {"findings": findings, "back": reverse(back)}
    return render(request, "board/refused.html", told, status=403)


def _audits(request: HttpRequest) -> bool:
    return refused(actor_of(request), "journal_audit") is None


def _row(entry: Entry, *, linked: bool) -> dict[str, object]:
    return {
        "entry": entry,
        "said": logs.said(entry.action),
        "kind": kind_said(entry.subject_kind),
        "outcome": entry.get_outcome_display(),
        "url": history_of(entry.subject_kind, entry.subject_id) if linked else "",
    }


def _before(request: HttpRequest) -> int | None:
    told = request.GET.get("before", "")
    return int(told) if is_number(told) else None


def journal(request: HttpRequest) -> HttpResponse:
    """操作日志, newest first, by whatever is asked."""
    audit, form, before = _audits(request), JournalForm(request.GET), _before(request)
    found, end = search(form.asked(audit=audit), before), logs.head()
    query = {name: told for name, told in request.GET.items() if told and name in form.fields}
    context = {
        "number": end.number if end else 0,
        "end": str(end or "——"),
        "form": form,
        "audit": audit,
        "asked": bool(query),
        "rows": [_row(one, linked=audit) for one in found.entries],
        "whole": found.whole,
        "reached": found.on,
        "older": "?" + urlencode({"before": found.on, **query}) if found.on else "",
        "newer": reverse("journal") + ("?" + urlencode(query) if query else "") if before else "",
    }
    return render(request, "board/journal.html", {"journal": context})


_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _cell(value: object) -> str:
    """A cell as text: what people typed is no formula of whoever opens the file."""
    words = str(value)
    return f"'{words}" if words.startswith(_FORMULA) else words


def _titles() -> list[str]:
    who = (_("序号"), _("时间"), _("账号"), _("姓名"), _("角色"), _("科室"), _("地址"))
    return [*who, _("办理"), _("对象"), _("编号"), _("事项"), _("结果"), _("理由"), _("内容"), _("摘要")]


def _cells(one: Entry) -> list[str]:
    at = f"{timezone.localtime(one.at):%Y-%m-%d %H:%M:%S}"
    told = (one.actor, one.actor_name, one.role, one.office, one.address, logs.said(one.action))
    thing = (kind_said(one.subject_kind), one.subject_id, one.subject, one.get_outcome_display())
    return [_cell(value) for value in (one.number, at, *told, *thing, one.reason, one.detail, one.digest)]


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """All that was found, as a table that says who took it out."""
    actor, form = actor_of(request), JournalForm(request.POST)
    try:
        found = export_journal(actor, form.asked(audit=True))
    except RefusedError as refusal:
        return _refused(request, refusal.findings)
    now = timezone.localtime()
    told = {"name": actor.name, "login": actor.login, "at": f"{now:%Y-%m-%d %H:%M:%S}", "number": len(found)}
    mark = [_("操作日志　%(name)s（%(login)s）%(at)s 导出，共 %(number)s 条") % told]
    rows = (mark, _titles(), *map(_cells, found))
    return download_table(f"{_('操作日志')}_{now:%Y%m%d%H%M}.csv", rows)


def history(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Everything that was done to one thing, or tried, with each field before and after."""
    actor, things = actor_of(request), [(kind, key)]
    barred = refused(actor, "journal_audit")
    row = Commitment.objects.filter(pk=key).first() if kind == "commitment" and is_number(key) else None
    if row is not None and barred:
        if row.audience not in sees(actor):
            return missing(request, Http404())
        barred = refused(actor, "journal_history")
    if barred:
        return _refused(request, [barred], "board")
    quoted = [("proposal", Quote.objects.filter(commitment=row).values("proposal_id"))] if row else []
    entries, before = logs.about({kind: [key] for kind, key in things}, *quoted, refused=True), _before(request)
    told = list((entries.filter(number__lt=before) if before else entries)[: PAGE + 1])
    if kind not in KINDS:
        raise Http404
    context = {
        "kind": kind_said(kind),
        "title": f"{row.number} {row.title}" if row else next((one.subject for one in told if one.subject), key),
        "url": page_of(kind, key),
        "lines": [line(one) for one in told[:PAGE]],
        "audit": _audits(request),
        "older": f"?before={told[PAGE - 1].number}" if len(told) > PAGE else "",
        "newer": before and reverse("journal_history", args=[kind, key]),
    }
    return render(request, "board/journal_history.html", {"history": context})


def ends(request: HttpRequest) -> HttpResponse:
    """每日链尾, the newest first."""
    told = [{"one": one, "anchor": str(logs.anchor_of(one))} for one in logs.day_ends()]
    return render(request, "board/journal_ends.html", {"ends": told, "end": logs.head()})


def _day(words: str) -> DayEnd:
    try:
        found = logs.day_end(date.fromisoformat(words))
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found


def end(request: HttpRequest, day: str) -> HttpResponse:
    """操作日志链尾存证单 of a day: one sheet to print, post or sign."""
    kept, city = _day(day), city_of(request)
    context = {
        "kept": kept,
        "anchor": str(logs.anchor_of(kept)),
        "groups": [kept.digest[at : at + _DIGITS] for at in range(0, len(kept.digest), _DIGITS)],
        "by": {"sha256": "SHA-256", "sm3": "SM3（GB/T 32905-2016）"}.get(kept.by, kept.by),
        "bureau": city.bureau if city else "",
    }
    return render(request, "board/journal_end.html", {"sheet": context})

"""One commitment."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi import spine
from luoshi.bureau.board import courses, queries, shown, worked
from luoshi.bureau.board.asking import why_not
from luoshi.bureau.board.closing import closing_of, papers_of
from luoshi.bureau.board.exhibits import exhibits
from luoshi.bureau.board.folder import SHOWN, Folder, folder
from luoshi.bureau.board.forms import MilestoneForm, VerdictForm
from luoshi.bureau.board.frame import in_city
from luoshi.bureau.board.histories import history_of
from luoshi.bureau.board.pages.entrance import missing
from luoshi.bureau.board.pages.front import day_of
from luoshi.bureau.board.timeline import moments, timeline
from luoshi.bureau.board.unit_table import names_of, unit_lines
from luoshi.bureau.journal import queries as journal
from luoshi.bureau.ledger import actions
from luoshi.bureau.ledger import queries as ledger
from luoshi.bureau.ledger.cells import paper_number
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.people.models import City, Office
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.rights import refused, sees
from luoshi.bureau.plans.models import Mechanism
from luoshi.bureau.reports import queries as reports
from luoshi.declared import POOLS
from luoshi.reading import weak
from luoshi.tracking import Day, showing
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.masking import masked_phone

_REPORTS = 6
"""Answers the item page shows; what came before stands in the journal and in 核定记录."""
_STATES = ("done", "ahead", "on_course", "behind", "overdue", "standing", "paused")


def _figure(one: spine.Measurement) -> dict[str, object]:
    def number(value: Any) -> str:
        return showing.number(value) if value is not None else ""

    return {
        "standing": shown.standing(one.standing),
        "on": one.on,
        "known": one.known,
        "numerator": number(one.numerator),
        "denominator": number(one.denominator),
        "value": showing.figure(one),
        "definition": one.definition,
        "doubt": one.doubt,
        "source": one.source.title,
        "url": one.source.url,
        "source_doubt": one.source.doubt,
    }


def _targets(item: ledger.Item, today: Day, city: City, *, whole: bool, leaders: bool) -> list[dict[str, object]]:
    told, asked, by = [], _("指标"), _("依据")
    keys = {one.target.indicator or "" for one in item.stood}
    names = names_of(city, (figure for key in keys for figure in today.figures.get(key, ())))
    for one in item.stood:
        indicator = ledger.KEYED.get(one.target.indicator or "")
        formula = ""
        if indicator:
            parts = f" ＝ {indicator.part} ÷ {indicator.whole}" if indicator.whole else ""
            formula = f"{asked}：{indicator.label}{parts}。{by}：{indicator.source}"
        status = one.status
        every = [f for f in today.figures.get(one.target.indicator or "", ()) if f.known <= today.on]
        figures = [f for f in every if not f.division]
        if status.measurement and status.measurement not in figures:
            figures = [status.measurement, *figures]
        newest = sorted(
            figures, key=lambda one: (one != status.measurement, -one.on.toordinal(), -one.known.toordinal())
        )
        shown_of = figures if whole or len(figures) <= SHOWN else newest[:SHOWN]
        told.append(
            {
                "line": shown.line(one),
                "formula": formula,
                "way": courses.told(item, one, today, leaders=leaders),
                "figures": [_figure(f) for f in shown_of],
                "units": [] if one.portions else unit_lines(every, names, today),
                "indicator": one.target.indicator if len(figures) > len(shown_of) else "",
                "doubts": status.doubts or _of_the_parts(one.target.indicator, today),
            }
        )
    return told


def _of_the_parts(key: str | None, today: Day) -> list[Finding]:
    """What the parts of a pooled rate ask: told beside it, without touching how it stands."""
    asked = [today.asked.get(part, []) for pool in POOLS if pool.whole == key for part in (pool.first, pool.second)]
    return list(dict.fromkeys(finding for findings in asked for finding in findings))


def _quotes(row: Commitment, beside: ledger.Beside) -> list[dict[str, object]]:
    """Each clause inside its whole paragraph, with whether it still stands in the stored edition."""
    text, told, doors = row.edition.text, [], queries.Doors(row.edition_id)
    for quote in row.quotes.all():
        begun = text.rfind("\n", 0, quote.start) + 1
        until = text.find("\n", quote.end)
        until = len(text) if until < 0 else until
        point = row.point.number if row.point else ""
        told.append(
            {
                "before": text[begun : quote.start],
                "clause": text[quote.start : quote.end],
                "after": text[quote.end : until],
                "start": quote.start,
                "end": quote.end,
                "verified": ledger.verified(row.edition, quote.start, quote.end, quote.text),
                "url": doors.source(point, quote.proposal_id),
                "siblings": [
                    {"number": other.number, "title": other.title, "url": doors.item(other.id)}
                    for other in beside.of_sentence.get((quote.sentence_start, quote.sentence_end), ())
                ],
            }
        )
    return told


def _facts(row: Commitment, item: ledger.Item, offices: dict[str, Office]) -> list[dict[str, str]]:
    lead = offices.get(row.lead)
    partners = "、".join(offices[code].name for code in row.partners if code in offices)
    inherited = _("按年度推算，原文未写日期") if "date" in row.missing else ""
    due = row.due.isoformat() if row.due else _("原文未写")
    moved = _("经批准顺延至 %(day)s") % {"day": item.due} if item.due != row.due else ""
    told = [
        (_("编号"), paper_number(row), ""),
        (_("类型"), shown.kind(row.kind), shown.strength(row.strength)),
        (_("目标值"), "、".join(showing.amount(one.target) for one in item.stood) or "——", ""),
        (_("完成时限"), due, inherited or moved),
        (_("牵头科室"), lead.name if lead else _("待定"), lead.doubt if lead else ""),
        (_("分管局领导"), row.leader or _("待定"), ""),
        (_("配合科室"), partners or "——", ""),
        (_("范围"), row.scope or _("全市"), ""),
        (_("知悉范围"), row.get_audience_display(), ""),
        *_earlier(row),
        *((label, value, "") for label, value in _reported(row) if value),
    ]
    masked = {_("联络员"): str(row.pk)} if row.phone else {}
    return [
        {"label": label, "value": value, "small": small, "masked": masked.get(label, "")}
        for label, value, small in told
    ]


def _earlier(row: Commitment) -> list[tuple[str, str, str]]:
    """The item of an earlier plan that this one goes on with."""
    before = row.continues
    if before is None:
        return []
    stood = shown.state(before.judged) if before.judged else _("待核定")
    return [(_("上年事项"), f"{before.edition.year or ''} {before.number} {before.title}", stood)]


def _reported(row: Commitment) -> list[tuple[str, str]]:
    """What offices fill in; only what is filled is shown."""
    return [
        (_("形象进度"), row.progress),
        (_("存在问题"), row.trouble),
        (_("需协调解决的问题"), row.needs),
        (_("下步措施"), row.next_step),
        (_("佐证要求"), row.evidence_wanted),
        (_("佐证材料"), row.evidence),
        (_("联络员"), f"{row.contact} {masked_phone(row.phone)}".strip()),
        (_("来源文号"), row.source_number),
        (_("备注"), row.note),
    ]


def _steps(request: HttpRequest, row: Commitment) -> list[dict[str, object]]:
    told = []
    for name, label in (
        ("self", _("科室自评")),
        ("leader", _("分管领导审签")),
        ("office", _("督查室核定")),
        ("back", _("退回修改")),
    ):
        states = [shown.Word(code, shown.state(code)) for code in _STATES] if name != "back" else []
        told.append(
            {
                "name": name,
                "label": label,
                "states": states,
                "why_not": why_not(request, name, lead=row.lead),
                "open": False,
            }
        )
    return told


def _history(kept: Folder) -> list[dict[str, object]]:
    return [
        {
            "at": one.at,
            "said": journal.said(one.action) + (f"：{one.reason}" if one.reason else ""),
            "actor_name": one.actor_name,
            "number": one.number,
        }
        for one in kept.entries
    ]


def _judgements(row: Commitment) -> list[dict[str, object]]:
    return [
        {
            "on": one.on,
            "step": one.get_step_display(),
            "state": shown.worded(one.state),
            "reason": one.reason,
            "shown": one.shown,
            "trouble": one.trouble,
            "by": one.by,
            "at": one.at,
        }
        for one in row.judgements.all()
    ]


def _named(row: Commitment, on: date) -> dict[str, object]:
    """What the row is called and where it belongs."""
    return {
        "id": row.pk,
        "version": row.version,
        "number": row.number,
        "title": row.title,
        "on": on,
        "plan_title": row.edition.title,
        "draft": row.breakdown.get_stage_display() if row.breakdown.stage != "issued" else "",
        "breakdown_url": reverse("breakdown", args=[row.edition_id]) + f"?batch={row.breakdown.place}",
        "board_url": f"{reverse('board')}?plan={row.edition_id}&on={on}",
        "section_title": row.point.section_title if row.point else "",
        "point_number": row.point.number if row.point else "",
        "point_title": row.point.title if row.point else "",
    }


def _told(request: HttpRequest, row: Commitment) -> dict[str, object]:
    city = in_city(request, row.edition.city)
    on, whole = day_of(request, city), bool(request.GET.get("all"))
    kept = folder(row, whole=whole)
    item, today = ledger.judged(city, row.edition, on, row)
    offices, vault = kept.offices, exhibits(request, row, kept.pieces, has_figure=kept.settled)
    papers, judged = papers_of(request, row, kept.papers), _judgements(row)
    history = [] if refused(actor_of(request), "bureau_see") else _history(kept)
    cut = (lambda listed: listed) if whole else _newest
    beside = ledger.beside(row)
    code = shown.data_code(item)
    told = moments(row, item, today.begun, on)
    kind = spine.Kind(row.kind)
    return {
        **_named(row, on),
        "quotes": _quotes(row, beside),
        "targets": _targets(item, today, city, whole=whole, leaders=refused(actor_of(request), "leader_sheet") is None),
        "beside": [{**_figure(one), "label": ledger.KEYED[one.indicator].label} for one in item.beside],
        "data": {"mark": code, "label": shown.state(code), "because": item.data.because} if item.data else None,
        "judged": shown.worded(row.judged),
        "judged_on": row.judged_on,
        "claimed": shown.worded(row.claimed),
        "differ": item.differs,
        "facts": _facts(row, item, offices),
        "missing": [{"label": shown.lack(name), "advice": weak.Lack(name).meaning} for name in row.missing],
        "advice": weak.ADVICE[kind],
        "judgements": cut(judged),
        "milestones": row.milestones.all(),
        "no_milestone": why_not(request, "milestone", lead=row.lead),
        "moments": told,
        "timeline": timeline(told),
        "mechanisms": _mechanisms(row, kept.mechanisms),
        "evidence": vault,
        "reports": reports.of_item(actor_of(request), row.pk, _REPORTS),
        "history": history if whole else history[:SHOWN],
        "history_url": "" if refused(actor_of(request), "journal_history") else history_of("commitment", str(row.pk)),
        "working": worked.told(request, item, today, offices),
        "steps": _steps(request, row),
        "closing": closing_of(request, row, kept.signatures, vault.gap),
        "closed_on": row.closed_on,
        "papers": cut(papers),
        "whole": whole,
        "more": {name: not whole and len(listed) > SHOWN for name, listed in _long(judged, papers, history)},
        "whole_url": f"{reverse('item', args=[row.pk])}?all=1&on={on}",
        "before": _next(beside.before),
        "after": _next(beside.after),
    }


def _next(one: ledger.Neighbour | None) -> dict[str, str] | None:
    return {"number": one.number, "url": reverse("item", args=[one.id])} if one else None


def _newest(listed: list[Any]) -> list[Any]:
    """The newest of a history that is told from its beginning."""
    return listed[-SHOWN:]


def _long(*listed: Sequence[object]) -> Iterable[tuple[str, Sequence[object]]]:
    return zip(("judgements", "papers", "history"), listed, strict=True)


def _mechanisms(row: Commitment, named: Sequence[Mechanism]) -> list[Any]:
    """Mechanisms of the plan whose phrase shares a stretch of the text with one of the quotes.

    Where an item goes on with one of an earlier plan, those of that one too: a mechanism outlives its year.
    """
    point, text, before = row.point, row.edition.text, row.continues
    here = text[point.start : point.end] if point else ""
    spans = [(quote.start - point.start, quote.end - point.start) for quote in row.quotes.all()] if point else []

    def touches(phrase: str) -> bool:
        at = here.find(phrase)
        return at >= 0 and any(at < end and start < at + len(phrase) for start, end in spans)

    def went_before(one: Any) -> bool:
        if before is None or before.point is None or one.point != before.point.number:
            return False
        return any(phrase in before.title or before.title in phrase for phrase in one.phrases)

    return [
        one
        for one in named
        if (point and one.point == point.number and any(touches(phrase) for phrase in one.phrases)) or went_before(one)
    ]


def _row(number: int) -> Commitment:
    row = ledger.commitment(number, "targets")
    if row is None:
        raise Http404
    return row


def item(request: HttpRequest, number: int, findings: tuple[Finding, ...] = ()) -> HttpResponse:
    """The page of one 督查事项."""
    row = _row(number)
    if row.audience not in sees(actor_of(request)):
        return missing(request, Http404())
    context = {"item": _told(request, row), "findings": findings, "made_up": row.edition.imaginary}
    return render(request, "board/item.html", context, status=409 if findings else 200)


def milestone(request: HttpRequest, number: int) -> HttpResponse:
    """A new milestone, or one that was reached."""
    if request.method != "POST":
        return redirect("item", number)
    form, actor = MilestoneForm(request.POST), actor_of(request)
    try:
        if form.reached:
            actions.reach_milestone(actor, form.reached, form.version(), form.day(), form.shown)
        else:
            actions.set_milestone(actor, number, form.version(), form.name, form.day())
    except RefusedError as refusal:
        return item(request, number, refusal.findings)
    return redirect("item", number)


def judge(request: HttpRequest, number: int) -> HttpResponse:
    """One step of judging. Whoever comes here without sending anything, back from the entrance, sees the item."""
    if request.method != "POST":
        return redirect("item", number)
    form = VerdictForm(request.POST)
    try:
        verdict = form.verdict(day_of(request, _row(number).edition.city))
        actions.judge(actor_of(request), number, form.version(), verdict)
    except RefusedError as refusal:
        return item(request, number, refusal.findings)
    return redirect(reverse("item", args=[number]) + f"?on={verdict.on}")

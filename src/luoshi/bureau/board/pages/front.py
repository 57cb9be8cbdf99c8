"""The board."""

from datetime import date
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.bureau.agreements import queries as agreements
from luoshi.bureau.board import queries, shown
from luoshi.bureau.board.frame import city_of
from luoshi.bureau.ledger.queries import Item
from luoshi.bureau.people.models import City
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.rights import sees
from luoshi.bureau.plans import queries as plans
from luoshi.bureau.plans.models import Edition
from luoshi.bureau.reports import queries as reports

PAPERS = ("A4", "A3")
"""Sheets the ledger is printed on, both across."""


class Share(NamedTuple):
    """Of how many promises of a section nobody could check how many."""

    title: str
    url: str
    weak: int
    total: int
    percent: int


def day_of(request: HttpRequest, city: City | None) -> date:
    """The day that was asked for, else the city's own first day, else today."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return city.opens if city and city.opens else timezone.localdate()


def _known(items: list[Item], doors: queries.Doors) -> list[dict[str, object]]:
    """Every target whose figure is known, in the order of the plan."""
    lines = []
    for item in items:
        for one in item.stood:
            if one.status.measurement:
                line = shown.line(one)
                lines.append({"number": item.row.number, "url": doors.item(item.row.pk), "line": line})
    return lines


def _shares(edition: Edition) -> tuple[list[Share], int, int]:
    counted: dict[tuple[str, str], list[bool]] = {}
    for one in plans.proposed(edition.pk):
        counted.setdefault((one.section, one.section_title), []).append(shown.unchecked(one.missing))
    shares = [
        Share(
            title or _("条目之外"),
            f"{reverse('weak', args=[edition.pk])}?section={code}",
            sum(weak),
            len(weak),
            100 * sum(weak) // len(weak),
        )
        for (code, title), weak in counted.items()
    ]
    return shares, sum(one.weak for one in shares), sum(one.total for one in shares)


def pace(edition: Edition, on: date) -> str:
    """Share of the plan's period gone, for a day inside it."""
    if not (edition.begun and edition.until and edition.begun <= on <= edition.until):
        return ""
    return f"{100 * (on - edition.begun).days / max((edition.until - edition.begun).days, 1):.1f}"


def _leads(items: list[Item], doors: queries.Doors, edition: Edition) -> dict[str, object]:
    """What stands before the rows where nothing was asked: the known figures, and what nobody could check."""
    sections, weak, total = _shares(edition)
    return {"known": _known(items, doors), "sections": sections, "weak_total": weak, "clauses_total": total}


def _month(edition: Edition) -> dict[str, object] | None:
    """The period that is open: 应报, 已报, 未报, 待核定, 待对数; None when none is."""
    found = reports.latest_counted(edition)
    if found is None or found[0].closed_at is not None:
        return None
    return {"period": found[0], "counts": found[1], "agreed": agreements.summary(edition)}


def board(request: HttpRequest) -> HttpResponse:
    """督查台账; to somebody of a school the page of their school, to a teacher their hours."""
    actor = actor_of(request)
    if actor.role == "school" and actor.school:
        return redirect("return_school", actor.school)
    if actor.role == "teacher":
        return redirect("own_hours")
    city = city_of(request)
    editions = plans.editions(city)
    edition = queries.chosen(editions, request.GET.get("plan", ""))
    if city is None or edition is None:
        return render(request, "board/empty.html")
    asked = queries.Asked(request.GET, day_of(request, city))
    points = plans.headings(edition.pk)
    every = queries.items(city, edition, asked.on, sees(actor), points)
    issued = [item for item in every if item.row.breakdown.stage == "issued"]
    drafts = len(every) - len(issued)
    items = issued if issued and request.GET.get("stage") != "draft" else every
    rows = queries.kept(items, asked)
    known, doors = queries.names(city), queries.Doors(edition.pk)
    data, judged = queries.board_counts(items, asked)
    context = {
        "drafts": drafts,
        "only_drafts": not issued and bool(every),
        "title": edition.title,
        "edition_id": edition.pk,
        "editions": editions,
        "on": asked.on,
        "pace": pace(edition, asked.on),
        "total": len(items),
        "shown_total": len(rows),
        "targets_total": sum(len(item.stood) for item in items),
        "targets_known": sum(bool(one.status.measurement) for item in items for one in item.stood),
        "judged_total": sum(bool(item.row.judged) for item in items),
        "data_counts": data,
        "judged_counts": judged,
        "points": queries.strip(items, asked, points),
        "choices": queries.choices(items, asked, known),
        "kept": [(name, asked.value(name)) for name in ("on", "plan", "data", "judged", "point") if asked.value(name)],
        "wanted": asked.value("q"),
        "filtered": asked.filtered,
        "all_url": asked.url(**dict.fromkeys(queries.FILTERS, "")),
        "groups": queries.groups(rows, known.offices, doors),
        "month": _month(edition),
        "paper": request.GET.get("paper", "") if request.GET.get("paper") in PAPERS else "",
    }
    if not asked.filtered:
        context["leads"] = _leads(items, doors, edition)
    return render(request, "board/board.html", {"board": context, "made_up": edition.imaginary})

"""领导参阅: one sheet for who leads, printed upright; the paper of the same name is drafted from it in one click."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luoshi.bureau.board import leader as told
from luoshi.bureau.board.asking import why_not
from luoshi.bureau.board.frame import city_of
from luoshi.bureau.board.pages.front import day_of, pace
from luoshi.bureau.board.pages.indicating import plan_asked
from luoshi.bureau.bulletins.gathering import Terms, overall
from luoshi.bureau.bulletins.models import Bulletin
from luoshi.bureau.ledger import queries as ledger
from luoshi.bureau.ledger.cells import paper_number
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.rights import sees
from luoshi.bureau.reports.queries import unit_names
from luoshi.tracking.forecasting import LEVEL


def leader(request: HttpRequest) -> HttpResponse:
    """Six numbers, what lags, the figures, what changed, where they go, what was finished and what is due."""
    city = city_of(request)
    edition = plan_asked(request, city) if city else None
    if city is None or edition is None:
        return render(request, "board/empty.html")
    on = day_of(request, city)
    every, today = ledger.stood_on(city, edition, on, sees(actor_of(request)), ())
    items = [item for item in every if item.row.breakdown.stage == "issued"]
    progress = overall(edition, items, Terms(Bulletin.Kind.LEADERS, on, on), unit_names(city))
    rows = {paper_number(item.row): item for item in items}
    lags, number = told.behind(progress, rows)
    closed, due = told.closed(progress, rows), told.due(progress, rows)
    context: dict[str, Any] = {
        "title": edition.title,
        "edition_id": edition.pk,
        "bureau": city.bureau,
        "on": on,
        "period": progress.period,
        "pace": pace(edition, on),
        "six": told.overall(progress),
        "lags": lags,
        "lagging": number,
        "keys": told.keys(items),
        "changed": told.changed(items, today, told.month_before(on)),
        "going": told.going(items, today),
        "level": LEVEL,
        "closed": closed[: told.LISTED],
        "closed_number": len(closed),
        "due": due[: told.LISTED],
        "due_number": len(due),
        "why_not_draft": why_not(request, "bulletin"),
        "kind": Bulletin.Kind.LEADERS.value,
    }
    return render(request, "board/leader.html", {"leader": context, "made_up": edition.imaginary})

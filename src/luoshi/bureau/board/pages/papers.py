"""What is read rather than worked on: weak promises, mechanisms, figures."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luoshi import spine
from luoshi.bureau.board import queries as board
from luoshi.bureau.board import shown
from luoshi.bureau.board.answering import answered
from luoshi.bureau.board.forms import is_number
from luoshi.bureau.board.frame import city_of
from luoshi.bureau.board.pages.front import day_of
from luoshi.bureau.board.queries import Count
from luoshi.bureau.indicators.queries import page as page_of
from luoshi.bureau.ledger import queries as ledger
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.plans import queries as plans
from luoshi.declared import FOOTINGS
from luoshi.reading import weak as weakness
from luoshi.tracking import showing

_FIGURES = 60


def _by(key: str, url: str, rows: list[plans.Proposed], named: dict[str, str]) -> list[dict[str, object]]:
    grouped: dict[str, list[bool]] = {}
    for one in rows:
        grouped.setdefault(getattr(one, key), []).append(shown.unchecked(one.missing))
    return [
        {
            "title": named.get(code) or code or _("待定"),
            "url": f"{url}?{key}={code}",
            "weak": sum(found),
            "total": len(found),
        }
        for code, found in grouped.items()
    ]


def _weak_points(kept: list[plans.Proposed], common: set[str]) -> list[dict[str, object]]:
    return [
        {
            "number": number,
            "title": title,
            "rows": [
                {
                    "number": one.number,
                    "clause": one.clause,
                    "missing": "、".join(shown.lack(name) for name in one.missing if name not in common),
                    "advice": weakness.ADVICE[spine.Kind(one.kind)],
                }
                for one in group
            ],
        }
        for (number, title), group in groupby(kept, key=lambda one: (one.point, one.point_title))
    ]


def weak(request: HttpRequest, number: int) -> HttpResponse:
    """照原文谁也无法核验的承诺, printable for the drafting office."""
    edition = plans.edition(number)
    if edition is None:
        raise Http404
    rows, here = plans.proposed(number), reverse("weak", args=[number])
    lack, section, office = (request.GET.get(name, "") for name in ("lack", "section", "lead"))
    known = board.names(edition.city)
    kept = [
        one
        for one in rows
        if (lack in one.missing if lack else shown.unchecked(one.missing))
        and (not section or one.section == section)
        and (not office or one.lead == office)
    ]
    lacks = Counter(name for one in rows for name in one.missing)
    common = {name for name, number in lacks.items() if number == len(rows)}
    context = {
        "title": edition.title,
        "edition_id": number,
        "total": len(rows),
        "weak_total": sum(shown.unchecked(one.missing) for one in rows),
        "lacks": [
            {
                "label": shown.lack(one),
                "number": lacks[one],
                "meaning": one.meaning,
                "url": f"{here}?lack={one.value}",
                "here": lack == one,
            }
            for one in weakness.Lack
        ],
        "sections": _by("section", here, rows, {one.section: one.section_title for one in rows}),
        "offices": _by("lead", here, rows, known.offices),
        "common": "、".join(shown.lack(name) for name in sorted(common)),
        "groups": _weak_points(kept, common),
    }
    return render(request, "board/weak.html", {"weak": context, "made_up": edition.imaginary})


def mechanisms(request: HttpRequest) -> HttpResponse:
    """The plan's mechanisms, each with what runs for it."""
    city = city_of(request)
    edition = board.chosen(plans.editions(city), "")
    if city is None or edition is None:
        return render(request, "board/empty.html")
    rows = ledger.commitments(edition.pk)
    english = get_language() == "en"
    wanted = request.GET.get("state", "")
    points = plans.headings(edition.pk)
    told = answered(plans.mechanisms(city), edition.text, points, rows)
    counted = Counter(one.mark for one in told)
    names = {"done": _("在运行"), "standing": _("台账一行"), "unknown": _("尚未")}
    counts = [Count(reverse("mechanisms"), _("全部"), len(told), not wanted)] + [
        Count(f"{reverse('mechanisms')}?state={mark}", label, counted[mark], wanted == mark)
        for mark, label in names.items()
    ]
    titles = {point.number: point.title for point in points}
    shown_rows = [one for one in told if not wanted or one.mark == wanted]
    groups = [
        {
            "number": number,
            "title": titles.get(number, ""),
            "rows": [
                {
                    "key": one.mechanism.key,
                    "name": one.mechanism.name_en if english else one.mechanism.name,
                    "phrases": one.mechanism.phrases,
                    "pattern": shown.pattern(one.mechanism.pattern),
                    "mark": one.mark,
                    "label": names[one.mark],
                    "links": one.links,
                }
                for one in group
            ],
        }
        for number, group in groupby(shown_rows, key=lambda one: one.mechanism.point)
    ]
    return render(
        request, "board/mechanisms.html", {"mechanisms": {"total": len(told), "counts": counts, "groups": groups}}
    )


def _uses(rows: Sequence[Commitment]) -> dict[str, SafeString]:
    """By indicator, links to the commitments that set a target on it or speak of it: drawn once, not once a figure."""
    used: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        keys = [target.indicator for target in row.targets.all()]
        for key in dict.fromkeys([*keys, *ledger.spoken_of(row)]):
            used.setdefault(key, []).append(
                {"number": row.number, "title": row.title, "url": reverse("item", args=[row.pk])}
            )
    for footing in FOOTINGS:
        used.setdefault(footing.total, [use for part in footing.parts for use in used.get(part, [])][:1])
    link = '<a href="{}" title="{}">{}</a> '
    return {
        key: format_html_join("", link, ((one["url"], one["title"], one["number"]) for one in told))
        for key, told in used.items()
    }


def figures(request: HttpRequest) -> HttpResponse:
    """All figures with day, 口径 and source, and the questions they ask of each other."""
    city = city_of(request)
    edition = board.chosen(plans.editions(city), "")
    if city is None or edition is None:
        return render(request, "board/empty.html")
    rows = ledger.commitments(edition.pk)
    targets = [ledger.as_target(target) for row in rows for target in row.targets.all()]
    today = ledger.day(city, edition, day_of(request, city), targets)
    used, asked, page = _uses(rows), request.GET.get("indicator", ""), request.GET.get("page", "")
    at = int(page) if is_number(page) and int(page) else 1
    listed, more = page_of(city.pk, at, _FIGURES, asked if asked in ledger.KEYED else "")

    told = [
        {
            "label": shown.indicator(one.indicator),
            "division": one.division,
            "value": showing.figure(one),
            "fraction": f"{showing.number(one.numerator)} / {showing.number(one.denominator)}"
            if one.numerator is not None and one.denominator
            else _("未公布")
            if one.unit == "%"
            else "——",
            "standing": shown.standing(one.standing),
            "on": one.on,
            "known": one.known,
            "definition": one.definition,
            "doubt": one.doubt,
            "source": one.source.title,
            "url": one.source.url,
            "source_doubt": one.source.doubt,
            "uses": used.get(one.indicator, ""),
        }
        for one in listed
    ]
    doubts = {str(finding): finding for listed in today.asked.values() for finding in listed}
    context = {
        "groups": told,
        "doubts": list(doubts.values()),
        "older": _page_url(asked, at + 1) if more else "",
        "newer": _page_url(asked, at - 1) if at > 1 else "",
        "only": shown.indicator(asked) if asked in ledger.KEYED else "",
    }
    return render(request, "board/figures.html", {"figures": context})


def _page_url(indicator: str, page: int) -> str:
    told = {"indicator": indicator, "page": str(page) if page > 1 else ""}
    return f"{reverse('figures')}?{urlencode({name: value for name, value in told.items() if value})}"

"""本年日程: everything of a plan that is due, as a picture, month by month, and what each section faces next month."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from luoshi.bureau.board import rows
from luoshi.bureau.board.asking import plan_of
from luoshi.bureau.board.pages.front import day_of
from luoshi.bureau.board.queries import Choice, Option
from luoshi.bureau.board.year_picture import picture
from luoshi.bureau.people.models import City, Office
from luoshi.bureau.people.queries import actor_of, calendar_of
from luoshi.bureau.people.rights import sees
from luoshi.bureau.people.units.queries import names as unit_names
from luoshi.bureau.plans.models import Edition
from luoshi.bureau.reminders import queries as reminders
from luoshi.bureau.reminders.queries import Dated
from luoshi.tracking.dues import DueKind, monthly_report, report_day
from luoshi.words.calendars import Calendar, month_end

_DAY = timedelta(days=1)
FILTERS = ("office", "leader", "division", "state")


@dataclass(frozen=True, slots=True)
class Told:
    """What the pages of a plan's year ask for, once."""

    edition: Edition
    on: date
    calendar: Calendar
    offices: dict[str, str]
    leaders: list[str]
    divisions: dict[str, str]
    dated: list[Dated]


def _told(request: HttpRequest, number: int) -> Told:
    edition = plan_of(request, number)
    city: City = edition.city
    offices = list(Office.objects.filter(city=city))
    charge = {one.code: one.leader for one in offices}
    on = day_of(request, city)
    dated = reminders.dated(city, charge, on, edition.pk, sees(actor_of(request)))
    return Told(
        edition,
        on,
        calendar_of(city),
        {one.code: one.name for one in offices},
        list(dict.fromkeys(one.leader for one in offices if one.leader)),
        unit_names(city),
        sorted(dated, key=lambda one: (one.due.on, one.due.kind != DueKind.ITEM)),
    )


def _kept(request: HttpRequest, told: Iterable[Dated]) -> list[Dated]:
    """What the filters leave. A unit is shown what names it; what names no unit is the whole city's and shown to all."""
    office, leader, division, state = (request.GET.get(name, "") for name in FILTERS)
    return [
        one
        for one in told
        if (not office or one.due.office == office)
        and (not leader or one.due.leader == leader)
        and (not division or not one.due.divisions or division in one.due.divisions)
        and (not state or one.state == state)
    ]


def _choices(request: HttpRequest, told: Told) -> list[Choice]:
    leads = {one.due.office for one in told.dated}
    options = {
        "office": (_("科室"), [(code, name) for code, name in told.offices.items() if code in leads]),
        "leader": (_("分管领导"), [(name, name) for name in told.leaders]),
        "division": (_("县区"), list(told.divisions.items())),
        "state": (_("办理"), [("open", _("未办结")), ("done", _("已办结"))]),
    }
    return [
        Choice(name, label, [Option(code, text, request.GET.get(name, "") == code) for code, text in listed])
        for name, (label, listed) in options.items()
    ]


def _state(one: Dated, on: date) -> tuple[str, str]:
    """Code and word of a line; nothing is said of who is to blame."""
    if one.state == "open":
        return ("behind", _("已过时限")) if one.due.on < on else ("unknown", _("未办结"))
    names = {"done": _("已办结"), "paused": _("暂缓"), "standing": _("常态化推进")}
    return one.state, names[one.state]


class Lines:
    """Draws what is due; what is the same for every line is asked once."""

    def __init__(self, told: Told) -> None:
        self._told = told
        self._off: dict[date, bool] = {}
        self._states = {(state, past): self._state(state, past=past) for state in _STATES for past in (True, False)}
        self._kinds = {DueKind.MILESTONE: _("节点"), DueKind.ITEM: _("事项")}
        self._every, self._open = _("各县(市、区)"), _("待定")

    @staticmethod
    def _state(state: str, *, past: bool) -> tuple[str, str]:
        """Code and word of a line; nothing is said of who is to blame."""
        if state == "open":
            return ("behind", _("已过时限")) if past else ("unknown", _("未办结"))
        names = {"done": _("已办结"), "paused": _("暂缓"), "standing": _("常态化推进")}
        return state, names[state]

    def drawn(self, listed: Iterable[Dated], *, day: str, office: bool) -> SafeString:
        """The body of a table."""
        return rows.dated((self._line(one) for one in listed), day=day, office=office)

    def _line(self, one: Dated) -> rows.DatedLine:
        told, due = self._told, one.due
        if due.on not in self._off:
            self._off[due.on] = not told.calendar.is_workday(due.on)
        units = [told.divisions.get(unit, unit) for unit in due.divisions]
        code, word = self._states[one.state, due.on < told.on]
        return rows.DatedLine(
            on=due.on,
            off=self._off[due.on],
            kind=self._kinds.get(due.kind, self._kinds[DueKind.ITEM]),
            what=due.what,
            url=due.link,
            office=told.offices.get(due.office, self._open),
            leader=due.leader,
            units="、".join(units) if len(units) < len(told.divisions) else self._every,
            code=code,
            word=word,
        )


_STATES = ("open", "done", "paused", "standing")


def _months(kept: Sequence[Dated], told: Told, year: int) -> list[dict[str, object]]:
    """The twelve months of the year with their counts, and any other month something is due in."""
    by_month: dict[tuple[int, int], list[Dated]] = {(year, number): [] for number in range(1, 13)}
    for one in kept:
        by_month.setdefault((one.due.on.year, one.due.on.month), []).append(one)
    found, lines = [], Lines(told)
    for (of, month), listed in sorted(by_month.items()):
        first, last = date(of, month, 1), month_end(of, month)
        states, kinds = Counter(one.state for one in listed), Counter(one.due.kind for one in listed)
        found.append(
            {
                "key": f"{of}-{month:02}",
                "first": first,
                "next": reverse("next_month", args=[told.edition.pk]) + f"?month={of}-{month:02}",
                "worked": told.calendar.workdays_between(first - _DAY, last),
                "report": monthly_report(of, month, told.calendar),
                "items": kinds[DueKind.ITEM],
                "milestones": kinds[DueKind.MILESTONE],
                "open": states["open"],
                "done": states["done"],
                "total": len(listed),
                "lines": lines.drawn(listed, day="%m-%d", office=True),
            }
        )
    return found


def year(request: HttpRequest, number: int) -> HttpResponse:
    """本年日程."""
    told = _told(request, number)
    kept = _kept(request, told.dated)
    shown = told.edition.year or told.on.year
    lanes = [*told.offices.items(), ("", _("待定"))]
    context = {
        "edition_id": number,
        "title": told.edition.title,
        "year": shown,
        "on": told.on,
        "provisional": told.calendar.provisional(shown),
        "picture": picture(kept, lanes, shown, told.on, told.calendar),
        "months": _months(kept, told, shown),
        "choices": _choices(request, told),
        "filtered": any(request.GET.get(name) for name in FILTERS),
        "total": len(kept),
        "open": sum(one.open for one in kept),
        "past": sum(one.open and one.due.on < told.on for one in kept),
        "undated": _undated(kept),
    }
    return render(request, "board/year.html", {"year": context, "made_up": told.edition.imaginary})


def _undated(kept: Sequence[Dated]) -> int:
    """How many stand still or go on all year: they are listed and never reminded of."""
    return sum(one.state in {"paused", "standing"} for one in kept)


def _month_of(request: HttpRequest, on: date) -> date:
    """The first day of the month that was asked for, else of the month after the day."""
    try:
        return date.fromisoformat(request.GET.get("month", "") + "-01")
    except ValueError:
        return month_end(on.year, on.month) + _DAY


def next_month(request: HttpRequest, number: int) -> HttpResponse:
    """下月各科室要面对的: what is due in a month, section by section, with what is still open from before."""
    told = _told(request, number)
    first = _month_of(request, told.on)
    last = month_end(first.year, first.month)
    due = [one for one in _kept(request, told.dated) if one.open and one.due.on <= last]
    groups, lines = [], Lines(told)
    for code, name in [*told.offices.items(), ("", _("待定"))]:
        mine = [one for one in due if (one.due.office if one.due.office in told.offices else "") == code]
        if mine:
            before = sum(one.due.on < first for one in mine)
            groups.append(
                {
                    "name": name,
                    "leader": next((one.due.leader for one in mine if one.due.leader), ""),
                    "due": len(mine) - before,
                    "before": before,
                    "lines": lines.drawn(mine, day="%Y-%m-%d", office=False),
                }
            )
    before = sum(one.due.on < first for one in due)
    context = {
        "edition_id": number,
        "title": told.edition.title,
        "first": first,
        "last": last,
        "earlier": f"{first - _DAY:%Y-%m}",
        "later": f"{last + _DAY:%Y-%m}",
        "on": told.on,
        "report": monthly_report(first.year, first.month, told.calendar),
        "month_report": report_day(last, told.calendar),
        "worked": told.calendar.workdays_between(first - _DAY, last),
        "groups": groups,
        "due": len(due) - before,
        "before": before,
        "paper": bool(request.GET.get("paper")),
    }
    return render(request, "board/next_month.html", {"next": context, "made_up": told.edition.imaginary})

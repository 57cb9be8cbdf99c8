"""Returns read back: who owes, what is in, what was found, what was explained."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, F, Max, Prefetch, Q, QuerySet, Sum

from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.models import City
from luoshi.bureau.people.units.queries import taken_in
from luoshi.bureau.returns.models import (
    Breach,
    Deposit,
    Destroying,
    Explanation,
    Filing,
    Merge,
    Opinion,
    Reopening,
    Step,
    Unit,
    Window,
)
from luoshi.bureau.returns.seeing import county_of, sees
from luoshi.words.findings import Severity

_State = Unit.State
IN = (_State.HANDED, _State.COUNTY, _State.DEPOSITING, _State.ACCEPTED)
"""States of units whose return is with the county or further."""


def windows(city: City) -> list[Window]:
    """Every window, newest first."""
    return list(Window.objects.filter(city=city))


def window(number: int) -> Window | None:
    """One of them, with its city."""
    return Window.objects.select_related("city").filter(pk=number).first()


@dataclass(frozen=True, slots=True)
class Completeness:
    """How far one county's units are, or all of them."""

    window: int
    county: str
    owed: int
    imported: int
    handed: int
    """With the county or further, or opened again after it was."""
    checked: int
    """县核 or further."""
    accepted: int
    returned: int
    """Sent back just now."""
    late: int
    """Handed in after the day."""
    days_late: int
    """The most days of one of them."""
    missing: int
    """Never handed in."""
    stops: int
    """Units whose newest try has a must that does not hold."""

    @property
    def shares(self) -> tuple[int, int, int]:
        """Parts of a hundred that are handed in, checked and accepted: for a bar, never for a figure."""
        whole = self.owed or 1
        return (self.handed * 100 // whole, self.checked * 100 // whole, self.accepted * 100 // whole)


def completeness(windows: Collection[int], county: str = "") -> list[Completeness]:
    """By window and county: one query, however many units."""
    rows = Unit.objects.filter(window__in=windows, merged_into="").order_by()
    if county:
        rows = rows.filter(county__in=taken_in(county))
    at = _State
    counted = rows.values("window", "county").annotate(
        days=Max("late"),
        owed=Count("pk"),
        imported=Count("pk", filter=Q(state=at.IMPORTED)),
        handed=Count("pk", filter=Q(state__in=[*IN, at.REOPENED])),
        checked=Count("pk", filter=Q(state__in=[at.COUNTY, at.DEPOSITING, at.ACCEPTED])),
        accepted=Count("pk", filter=Q(accepted__isnull=False) & ~Q(state=at.DEPOSITING)),
        returned=Count("pk", filter=Q(state=at.RETURNED)),
        late=Count("pk", filter=Q(late__gt=0)),
        missing=Count("pk", filter=Q(handed_on=None)),
        stops=Count("pk", filter=Q(filing__stops__gt=0)),
    )
    return [_completeness(row) for row in counted]


def _completeness(row: Mapping[str, Any]) -> Completeness:
    told = {name: row[name] for name in Completeness.__slots__ if name in row}
    return Completeness(**{**told, "days_late": row["days"] or 0})


def together(rows: Iterable[Completeness]) -> Completeness:
    """The sum of counties."""
    listed = list(rows)
    names = [name for name in Completeness.__slots__ if name not in {"window", "county", "days_late"}]
    sums = {name: sum(getattr(one, name) for one in listed) for name in names}
    sums["days_late"] = max((one.days_late for one in listed), default=0)
    return Completeness(window=listed[0].window if listed else 0, county="", **sums)


def units(of: Window, county: str = "", state: str = "") -> QuerySet[Unit]:
    """Units with their newest tries, by county and code."""
    rows = Unit.objects.filter(window=of).select_related("filing")
    rows = rows.filter(county=county) if county else rows
    return rows.filter(state=state) if state else rows


def missing(of: Window, county: str = "") -> list[tuple[str, str]]:
    """未报: county and name of those that never handed in."""
    rows = Unit.objects.filter(window=of, merged_into="", handed_on=None)
    rows = rows.filter(county__in=taken_in(county)) if county else rows
    return list(rows.order_by("county", "code").values_list("county", "label"))


def unit(of: Window, code: str) -> Unit | None:
    """One unit with its newest try and the file it came in."""
    found = Unit.objects.filter(window=of, code=code).select_related("filing__file", "filing__scan", "window")
    return found.first()


def standing(unit_ids: Collection[int]) -> dict[int, set[str]]:
    """Marks of the findings of these units that have an explanation which nobody sent back: two queries.

    Of several explanations of one finding the newest counts; of several opinions of one level the newest.
    """
    told: dict[int, set[str]] = {}
    for one in _newest(Explanation.objects.filter(unit__in=unit_ids)):
        if not rejected(one):
            told.setdefault(one.unit_id, set()).add(one.mark)
    return told


def _newest(rows: QuerySet[Explanation]) -> list[Explanation]:
    newest: dict[tuple[int, str], Explanation] = {}
    for one in rows.order_by("pk").prefetch_related("opinions"):
        newest[one.unit_id, one.mark] = one
    return list(newest.values())


def rejected(one: Explanation) -> bool:
    """Whether the newest opinion of some level is that it does not do."""
    said = {opinion.level: opinion.outcome for opinion in one.opinions.all()}
    return Opinion.Outcome.RETURNED.value in said.values()


def current_explanations(asking: Collection[Unit]) -> list[Explanation]:
    """The explanations that answer findings of the newest tries of these units, with their opinions."""
    rows = Breach.objects.filter(filing__holder__in=asking, severity=Severity.ASKS.value, gone=None)
    marks = {(filing, told["mark"]) for filing, listed in rows.values_list("filing__holder", "told") for told in listed}
    newest = _newest(Explanation.objects.filter(unit__in=asking))
    return [one for one in newest if (one.unit_id, one.mark) in marks]


def breaches(filing: Filing | None) -> list[Breach]:
    """What was found in one try, musts first."""
    order = [Severity.STOPS.value, Severity.ASKS.value, Severity.TELLS.value]
    rows = Breach.objects.filter(filing=filing, gone=None).select_related("again") if filing else Breach.objects.none()
    return sorted(rows, key=lambda one: order.index(one.severity))


def tries(of: Unit) -> list[Filing]:
    """Every try of a unit, newest first."""
    return list(Filing.objects.filter(unit=of).select_related("file"))


def steps(of: Unit) -> list[Step]:
    """What was done with a unit's return, newest first."""
    return list(Step.objects.filter(unit=of).select_related("filing").order_by("-pk"))


@dataclass(frozen=True, slots=True)
class RuleCount:
    """One rule with how many units and rows do not meet it."""

    of: str
    rule: str
    severity: str
    sentence: str
    rows: int
    units: int


def by_rule(of: Window, county: str = "", severity: str = "") -> list[RuleCount]:
    """Rules that newest tries do not meet, the one with most rows first: one query."""
    rows = Breach.objects.filter(filing__holder__window=of, gone=None).order_by()
    rows = rows.filter(filing__holder__county=county) if county else rows
    rows = rows.filter(severity=severity) if severity else rows
    counted = rows.values("of", "rule", "severity", "sentence").annotate(
        many=Sum("rows"), units=Count("filing", distinct=True)
    )
    told = [
        RuleCount(one["of"], one["rule"], one["severity"], one["sentence"], one["many"], one["units"])
        for one in counted
    ]
    return sorted(told, key=lambda one: (one.severity != Severity.STOPS.value, -one.rows, one.of, one.rule))


def found(of: Window, *, county: str = "", rule: str = "", severity: str = "", unit: str = "") -> QuerySet[Breach]:
    """Findings of newest tries with their units, narrowed.

    Args:
        of: the window.
        county: code of a division.
        rule: return and rule, `class_bands.by_band`.
        severity: stops or asks.
        unit: code of a unit, or part of its name.
    """
    rows = Breach.objects.filter(filing__holder__window=of, gone=None).select_related("filing__holder", "again")
    rows = rows.filter(filing__holder__county=county) if county else rows
    rows = rows.filter(severity=severity) if severity else rows
    if rule:
        key, _, name = rule.partition(".")
        rows = rows.filter(of=key, rule=name)
    if unit:
        rows = rows.filter(Q(filing__holder__code=unit) | Q(filing__holder__label__contains=unit))
    return rows.order_by("filing__holder__county", "filing__holder__code", "of", "rule")


def found_by_county(of: Window) -> list[tuple[str, str, int]]:
    """County, weight, rows: what anybody may see."""
    rows = Breach.objects.filter(filing__holder__window=of, gone=None).order_by()
    counted = rows.values_list("filing__holder__county", "severity").annotate(many=Sum("rows"))
    return [(county, severity, many) for county, severity, many in counted]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a county has to do in one window, or the city."""

    window: Window
    to_report: list[Unit]
    """待报: not handed in yet."""
    returned: list[Unit]
    """被退回."""
    to_check: list[Unit]
    """待核: handed in, the county's turn."""


def waiting(open_windows: Sequence[Window], county: str) -> list[Waiting]:
    """待报, 被退回, 待核 of one county, window by window: one query."""
    states = (_State.OWING, _State.IMPORTED, _State.RETURNED, _State.REOPENED, _State.HANDED)
    rows = Unit.objects.filter(window__in=open_windows, county__in=taken_in(county), merged_into="", state__in=states)
    by_window: dict[int, list[Unit]] = {one.pk: [] for one in open_windows}
    for one in rows.select_related("filing"):
        by_window[one.window_id].append(one)
    return [
        Waiting(
            one,
            [row for row in by_window[one.pk] if row.state in {_State.OWING, _State.IMPORTED, _State.REOPENED}],
            [row for row in by_window[one.pk] if row.state == _State.RETURNED],
            [row for row in by_window[one.pk] if row.state == _State.HANDED],
        )
        for one in open_windows
    ]


def of_school(city: City, *codes: str) -> list[Unit]:
    """Everything one school owes, under its code and those it had before, newest window first."""
    rows = Unit.objects.filter(window__city=city, code__in=codes).select_related("window", "filing")
    return list(rows.order_by("-window__opened", "-window_id"))


def sent_back(units: Collection[Unit]) -> dict[int, Step]:
    """By key of a unit the step that sent it back last: one query."""
    rows = Step.objects.filter(unit__in=[one.pk for one in units], act="back").order_by("pk")
    return {one.unit_id: one for one in rows} if units else {}


def reopenings(of: Window) -> list[Reopening]:
    """Those that nobody decided yet."""
    return list(Reopening.objects.filter(unit__window=of, approved=None).select_related("unit"))


def merges(city: City, county: str = "") -> list[Merge]:
    """Teaching points that file with a school."""
    rows = Merge.objects.filter(city=city, ended=None)
    return list(rows.filter(county=county) if county else rows)


def explanations(of: Unit) -> dict[str, list[Explanation]]:
    """Every explanation of a unit by mark, oldest first, with the opinions on each."""
    ordered = Opinion.objects.order_by("pk")
    rows = Explanation.objects.filter(unit=of).order_by("pk").prefetch_related(Prefetch("opinions", queryset=ordered))
    told: dict[str, list[Explanation]] = {}
    for one in rows:
        told.setdefault(one.mark, []).append(one)
    return told


def late_units(of: Window, county: str = "") -> list[Unit]:
    """迟报, the latest first."""
    rows = Unit.objects.filter(window=of, late__gt=0)
    return list(
        (rows.filter(county__in=taken_in(county)) if county else rows).order_by(F("late").desc(), "county", "code")
    )


def visible(actor: Actor, of: Window) -> str | None:
    """The county whose single units he sees; empty for all, None for none."""
    county = county_of(actor)
    return county if sees(actor, of, county) else None


def signed(editions: Collection[int], unit: str = "") -> list[Filing]:
    """Accepted tries that editions of the lake were made of, with their units and windows: two queries.

    Args:
        editions: numbers of the lake's entries.
        unit: code of the only institution that is wanted.
    """
    deposits = Deposit.objects.filter(edition__in=editions).order_by().values_list("window", "county").distinct()
    made_of = [Q(kept_of__window=window, kept_of__county=county) for window, county in deposits]
    if not made_of:
        return []
    rows = (
        Filing.objects.filter(reduce(or_, made_of))
        .select_related("unit__window")
        .order_by("unit__county", "unit__code")
    )
    return list(rows.filter(kept_of__code=unit) if unit else rows)


def destroyings(most: int) -> list[Destroying]:
    """What is to be destroyed or was, what waits for approval first."""
    found = list(Destroying.objects.all()[:most])
    return sorted(found, key=lambda one: one.state != Destroying.State.PROPOSED)

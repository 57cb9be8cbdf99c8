"""进校园事项 held against one another: the cap of a year, what should be one, whom a term burdens. 中办国办 2019 减负意见."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luoshi.bureau.cases.models import Case, Happening
from luoshi.bureau.cases.queries import schools_of
from luoshi.bureau.indicators.parameters.queries import own_rows, values_on
from luoshi.bureau.people.models import City, Division
from luoshi.checking.burdens import Reach, beyond, cap, loaded, overlap
from luoshi.declared.parameters import CAMPUS_BASELINE, CAMPUS_SHARE, COMPREHENSIVE_CHECKS, SCHOOL_VISITS
from luoshi.declared.procedures.campus_items import CampusItem
from luoshi.words.findings import Finding

_GUIDE = "中办国办减负意见"
_PLANNED = tuple(one.key for one in (CampusItem.agreed, CampusItem.running, CampusItem.done))
"""States of what the council let through."""
_LIVE = (*_PLANNED, CampusItem.filed.key, CampusItem.checked.key, CampusItem.acting.key)
_AUTUMN, _SPRING = 8, 2
_SAID = 3
"""Of the items that overlap one so many are told."""
_ALL = "各校"


@dataclass(frozen=True, slots=True)
class Item:
    """One item as far as others are held against it."""

    row: Case
    held: Mapping[str, str]
    reach: Reach

    def says(self, key: str) -> str:
        """The answer to a field."""
        return self.held.get(key, "")

    @property
    def begins(self) -> date:
        """Its first day."""
        return date.fromisoformat(self.says(CampusItem.begins_on.key))


def refusal(row: Case, act: str, held: Mapping[str, str], on: date) -> Finding | None:
    """Why the council lets no further item of the year's plan through: half of the baseline is reached; None when it may.

    One query for everything else, three for that step of an item of the plan.

    Args:
        row: the case.
        act: key of the step.
        held: what the case holds.
        on: today.
    """
    if act != CampusItem.council.key or held.get(CampusItem.route.key) != "annual":
        return None
    year = held[CampusItem.begins_on.key][:4]
    values = values_on(on, own_rows(row.city_id))
    baseline, share = int(values[CAMPUS_BASELINE.key]), values[CAMPUS_SHARE.key]
    planned = [one for one in _items(row, _PLANNED, int(year)) if one.says(CampusItem.route.key) == "annual"]
    if not baseline or not beyond(len(planned) + 1, baseline, share):
        return None
    rule = f"基数 {baseline} 项，上限 {cap(baseline, share)} 项＝基数×{share.normalize():f}取整（{_GUIDE}）"
    what = f"{year}年计划已通过 {len(planned)} 项，再加一项就超过上限"
    return Finding(CampusItem.council.label, what, rule, "请归并或删减别的事项，或删减这一项")


def cautions(row: Case, held: Mapping[str, str], on: date) -> list[Finding]:
    """What whoever decides should look at first: like items of the same months, a second comprehensive check, schools visited often.

    At most five queries, whatever the number of items.

    Args:
        row: the case.
        held: what it holds.
        on: today.
    """
    if row.state not in {CampusItem.filed.key, CampusItem.checked.key} or not held.get(CampusItem.begins_on.key):
        return []
    values, counties = values_on(on, own_rows(row.city_id)), dict(_counties(row.city))
    schools = _schools(row.city, on)
    others = [_reaching(one, counties, schools) for one in _items(row, _LIVE, int(held[CampusItem.begins_on.key][:4]))]
    mine = _reaching(Item(row, held, Reach("", frozenset(), frozenset(), frozenset())), counties, schools)
    told = [*_alike(mine, others), *_comprehensive(mine, others, values), *_loads(mine, others, schools, values)]
    if not values[CAMPUS_BASELINE.key] and mine.says(CampusItem.route.key) == "annual":
        rule = f"年度事项不超过基数的{values[CAMPUS_SHARE.key].normalize():f}（{_GUIDE}）"
        told.append(Finding("年度上限", "还没有设定基数，上限无从核对", rule, "请由督查室在参数页设定本局的基数"))
    return told


def _items(row: Case, states: Sequence[str], year: int) -> list[Item]:
    """Other items that begin in a year and are in one of these states, as they were filed: two queries."""
    cases = Case.objects.filter(
        city=row.city_id, procedure=CampusItem.key, state__in=states, opened_on__gte=date(year - 1, 1, 1)
    ).exclude(pk=row.pk)
    rows = Happening.objects.filter(case__in=cases, number=1).select_related("case").order_by("case")
    none = frozenset[str]()
    found = [Item(one.case, one.answers, Reach("", none, none, frozenset())) for one in rows]
    return [one for one in found if one.says(CampusItem.begins_on.key)[:4] == str(year)]


def _counties(city: City) -> Iterable[tuple[str, str]]:
    return Division.objects.filter(city=city).values_list("code", "name")


def _schools(city: City, on: date) -> dict[str, tuple[str, str]]:
    """By code name and county of every school."""
    return {one.code: (one.name, one.county) for one in schools_of(city.pk, on)}


def _reaching(one: Item, counties: Mapping[str, str], schools: Mapping[str, tuple[str, str]]) -> Item:
    """With whom it reaches, as far as its words name them: schools by name or code, else counties, else all."""
    said = one.says(CampusItem.objects.key)
    named = {code: name for code, (name, _) in schools.items() if name in said or code in said}
    within = {name for name in named.values() if any(name in other and name != other for other in named.values())}
    found = frozenset(code for code, name in named.items() if name not in within)
    places = frozenset() if found else frozenset(code for code, name in counties.items() if name in said)
    title = one.says(CampusItem.item.key)
    return Item(one.row, one.held, Reach(title, frozenset(), places, _months(one), found))


def _months(one: Item) -> frozenset[int]:
    last = date.fromisoformat(one.says(CampusItem.ends_on.key) or one.says(CampusItem.begins_on.key))
    first = one.begins
    span = (last.year - first.year) * 12 + last.month - first.month
    return frozenset((first.month - 1 + at) % 12 + 1 for at in range(max(0, min(span, 11)) + 1))


def _alike(mine: Item, others: Iterable[Item]) -> list[Finding]:
    met = [(one, words) for one in others if (words := overlap(mine.reach, one.reach))]
    return [
        Finding(
            "同类事项",
            f"{one.row.number}《{one.row.title}》同月、涉及的学校有重合，都是“{words}”",
            f"同类事项合并（{_GUIDE}）",
            "请考虑归并到同一事项",
        )
        for one, words in met[:_SAID]
    ]


def _comprehensive(mine: Item, others: Iterable[Item], values: Mapping[str, Decimal]) -> list[Finding]:
    whole, unit = CampusItem.whole.key, CampusItem.sponsor_unit.key
    if mine.says(whole) != "yes":
        return []
    most, named = int(values[COMPREHENSIVE_CHECKS.key]), mine.says(unit)
    count = 1 + sum(one.says(whole) == "yes" and one.says(unit) == named for one in others)
    if count <= most:
        return []
    what = f"{named}在{mine.begins.year}年的综合性督查检查连这一项共 {count} 项"
    return [Finding("综合性督查检查", what, f"原则上每个部门每年 {most} 项（{_GUIDE}）", "请归并，或写明理由")]


def _loads(
    mine: Item, others: Iterable[Item], schools: Mapping[str, tuple[str, str]], values: Mapping[str, Decimal]
) -> list[Finding]:
    most, items = int(values[SCHOOL_VISITS.key]), [mine, *others]
    since, until = _term(mine.begins)
    every = {code for one in items for code in (one.reach.schools or one.reach.counties)} | {""}
    visits = [
        (code, one.begins) for one in items if _on_site(one) for code in _reached(one.reach, frozenset(every), schools)
    ]
    over = loaded(visits, since, until, most)
    here = {code: over[code] for code in _reached(mine.reach, frozenset(every), schools) if code in over}
    if not here or not _on_site(mine):
        return []
    code = max(here, key=lambda one: (here[one], one))
    where = schools[code][0] if code in schools else _ALL
    what = f"连这一项，{where}本学期（{since}至{until}）要接待 {here[code]} 项到校事项"
    return [Finding("学校负担", what, f"每校每学期不超过 {most} 项（本局参数）", "请归并、改期，或减少涉及的学校")]


def _on_site(one: Item) -> bool:
    return Decimal(one.says(CampusItem.site_days.key) or "0") > 0


def _reached(reach: Reach, every: frozenset[str], schools: Mapping[str, tuple[str, str]]) -> frozenset[str]:
    """Of all that any item names, what this one reaches: a county's schools with the county, everything where nothing is named."""
    if reach.schools:
        return reach.schools
    if reach.counties:
        return frozenset(
            one for one in every if one in reach.counties or schools.get(one, ("", ""))[1] in reach.counties
        )
    return every


def _term(day: date) -> tuple[date, date]:
    """First and last day of the term: autumn from 1 August, spring from 1 February."""
    if _SPRING <= day.month < _AUTUMN:
        return date(day.year, _SPRING, 1), date(day.year, _AUTUMN - 1, 31)
    begun = day.year if day.month >= _AUTUMN else day.year - 1
    return date(begun, _AUTUMN, 1), date(begun + 1, 1, 31)

"""Writing units: a whole list at once, or one merger, split, new name or new code; one act each."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from django.db.models import QuerySet

from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.models import City, Division, Institution, Succession
from luoshi.bureau.people.rights import require
from luoshi.bureau.people.units import queries
from luoshi.reading.units import Changes, Register, hold_against
from luoshi.words import divisions as words
from luoshi.words.divisions import How, Level
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding, Severity
from luoshi.words.provenance import digest

MOST_SAID = 200
"""Findings told at once."""
_NAMED = 30
"""Units an entry of the journal names of each sort."""
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Terms:
    """How a list is taken."""

    name: str
    """Of the file, or of the paper that says so."""
    digest: str
    on: date
    """The day it speaks of."""
    whole: bool = False
    """Whether what is missing in it has ended."""
    why: str = ""
    """Explanation of what a should-rule asked about."""
    seen: str = ""
    """Mark of the changes that were shown before; empty where none were."""


def planned(actor: Actor, city: City, told: Register, terms: Terms) -> Changes:  # noqa: ARG001  # told who asks
    """What a list would change, at four queries. Nothing is written."""
    if told.schools:
        known, of = queries.school_periods(city), queries.steps(city, of_schools=True)
        return hold_against(told, known, of, terms.on, whole=terms.whole, divisions=queries.division_tree(city))
    return hold_against(told, queries.periods(city), queries.steps(city), terms.on, whole=terms.whole)


def mark(actor: Actor, found: Changes) -> str:  # noqa: ARG001  # every function of this module is told who asks
    """What tells one set of changes from another."""
    told = [
        [asdict(one) for one in found.ended],
        [[asdict(one), asdict(will)] for one, will in found.amended],
        [asdict(one) for one in found.added],
        [asdict(one) for one in found.steps],
    ]
    return digest(json.dumps(told, default=str, sort_keys=True).encode())[:16]


def import_units(
    actor: Actor, city: City, told: Register, terms: Terms, reached: Callable[[], None] | None = None
) -> Changes:
    """Carry out what a list says: one act, with counts and digest; nothing of it where anything must be mended first.

    Args:
        actor: whoever asked.
        city: whose units.
        told: the list, read.
        terms: how it is taken.
        reached: called inside the transaction once everything is written; what it raises undoes all.

    Raises:
        RefusedError: no right, findings that stop, none explained that ask, nothing new, or another import came between.
    """
    with act(actor, "people.units_import", "units", terms.digest[:16], terms.name) as note:
        require(actor, "units")
        _refuse_edition(actor, city)
        City.objects.select_for_update().get(pk=city.pk)  # two lists come one after the other
        found = planned(actor, city, told, terms)
        _refuse(actor, found, terms)
        _write(city, found, schools=told.schools)
        note.detail = _said(found, terms)
        note.reason = terms.why
        if reached is not None:
            reached()
    return found


def succeed(actor: Actor, city: City, told: Register, terms: Terms, how: How | None) -> Changes:
    """A merger, split, new name or new code that was decided, or an end without any of them (None), as one act.

    Raises:
        RefusedError: as `import_units`; or no paper is named.
    """
    codes = [one.before for one in told.steps] or [one.code for one in told.units]
    title = f"{how.label if how else '撤销'} {'、'.join(dict.fromkeys(codes))}"
    with act(actor, "people.units_succeed", "units", "", title) as note:
        require(actor, "units")
        _refuse_edition(actor, city)
        if not terms.name.strip():
            raise RefusedError(Finding("依据", "没有写", "区划和学校的变更须有批准文件", "请写明文件名和文号"))
        City.objects.select_for_update().get(pk=city.pk)
        found = planned(actor, city, told, terms)
        _refuse(actor, found, terms)
        _write(city, found, schools=told.schools)
        note.detail = {"依据": terms.name, **_said(found, terms)}
        note.reason = terms.why
    return found


def _refuse_edition(_: Actor, city: City) -> None:
    """In a county's house units come by the city's packages alone."""
    if city.county:
        rule, remedy = "县级版的区划和学校随市里的下发包更新", "请报市里登记，收到下一个下发包即有"
        raise RefusedError(Finding("区划与学校", "这里是县级版", rule, remedy))


def _refuse(_: Actor, found: Changes, terms: Terms) -> None:
    stops = [one for one in found.findings if one.severity is Severity.STOPS]
    if stops:
        raise RefusedError(*stops[:MOST_SAID])
    asks = [one for one in found.findings if one.severity is Severity.ASKS]
    if asks and not terms.why.strip():
        raise RefusedError(*asks[:MOST_SAID])
    if not found.any:
        raise RefusedError(Finding(terms.name, "与已登记的完全相同", "有变动才登记", "不必再导入"))
    if terms.seen and terms.seen != mark(_, found):
        what, rule = "名册在查看以后有别的变动", "登记的须是看过的变动"
        raise RefusedError(Finding(terms.name, what, rule, "请再看一次变动，再登记"))


def _said(found: Changes, terms: Terms) -> dict[str, object]:
    told: dict[str, object] = {
        "时点": terms.on, "摘要": terms.digest, "新增": len(found.added), "终止": len(found.ended),
        "更正": len(found.amended), "接续": len(found.steps), "不变": found.same,
    }  # fmt: skip
    for word, listed in (("新增的", found.added), ("终止的", found.ended)):
        if listed:
            told[word] = [f"{one.code} {one.name}" for one in listed[:_NAMED]]
    if found.steps:
        told["接续的"] = [f"{one.on} {one.before}→{one.after} {one.how.label}" for one in found.steps[:_NAMED]]
    return told


def _write(city: City, found: Changes, *, schools: bool) -> None:
    """Ends first, then what is amended, then what is new, counties before townships: so no moment breaks a rule."""
    changed = {(one.code, one.begun): one for one in found.ended}
    changed |= {(one.code, one.begun): will for one, will in found.amended}
    if schools:
        _amend(Institution.objects.filter(city=city), changed, _SCHOOL)
        made = [Institution(city=city, **{name: getattr(one, name) for name in _SCHOOL}) for one in found.added]
        Institution.objects.bulk_create(made, batch_size=_BATCH)
    else:
        _amend(Division.ever.filter(city=city), changed, _DIVISION)
        _add_divisions(city, found)
    levels = {} if schools else dict(Division.ever.filter(city=city).values_list("code", "level"))
    steps = (
        Succession(city=city, of_schools=schools, level=levels.get(one.before, Level.TOWNSHIP), **_step(one))
        for one in found.steps
    )
    Succession.objects.bulk_create(steps, batch_size=_BATCH)


def _step(one: words.Succession) -> dict[str, Any]:
    return {**asdict(one), "how": one.how.value}


def _amend(rows: QuerySet[Any], changed: Mapping[tuple[str, date | None], object], fields: Sequence[str]) -> None:
    kept = [row for row in rows if (row.code, row.begun) in changed] if changed else []
    for row in kept:
        told = changed[row.code, row.begun]
        for name in fields:
            setattr(row, name, getattr(told, name))
        if isinstance(told, words.Division):
            row.level, row.county = told.level, told.parent if told.level is Level.TOWNSHIP else ""
    if kept:
        wanted = (*fields, "level") if "parent" in fields else fields
        rows.bulk_update(kept, (*wanted, "county") if "county" not in fields else wanted, batch_size=_BATCH)


def _add_divisions(city: City, found: Changes) -> None:
    """New ones; a county that came of others stands where the first of them stood, in the list and on the map of tiles."""
    told = Division.ever.filter(city=city, level__lte=Level.COUNTY).order_by("begun")
    places = {one.code: one for one in told}
    last = max((one.place for one in places.values()), default=-1)
    for level in (Level.COUNTY, Level.TOWNSHIP):
        made = list[Division]()
        for one in found.added:
            if not isinstance(one, words.Division) or one.level != level:
                continue
            of = _came_of(found.steps, one.code, places) or places.get(one.code)
            last += of is None and level is Level.COUNTY
            here = replace(one, row=of.row, column=of.column) if of and one.row is None else one
            made.append(_row(city, here, of.place if of else last if level is Level.COUNTY else 0))
        Division.ever.bulk_create(made, batch_size=_BATCH)


def _came_of(steps: Sequence[words.Succession], code: str, places: dict[str, Division]) -> Division | None:
    found = [places[one.before] for one in steps if one.after == code and one.how.ends and one.before in places]
    return min(found, key=lambda one: (one.place, one.code), default=None)


def _row(city: City, one: words.Division, place: int) -> Division:
    county = one.parent if one.level is Level.TOWNSHIP else ""
    told = {name: getattr(one, name) for name in _DIVISION}
    return Division(city=city, level=one.level, county=county, place=place, row=one.row, column=one.column, **told)


_DIVISION = ("code", "name", "kind", "parent", "doubt", "begun", "until", "longitude", "latitude")
_SCHOOL = (
    *("code", "name", "kind", "operator", "county", "township", "host", "begun", "until", "longitude", "latitude"),
)

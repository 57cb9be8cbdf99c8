"""名单 as its pages show it: a table of entries, one entry with what it says, what everybody may read of a list."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from luoshi.bureau.board import case_told
from luoshi.bureau.cases.known import conducted, lists
from luoshi.bureau.cases.listing import ending, history_of, private_of, seen_entries, standing, standing_of
from luoshi.bureau.cases.models import Listing
from luoshi.bureau.cases.parts import clear
from luoshi.bureau.cases.queries import course_of
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.models import City, Institution
from luoshi.handling.fields import FILES, Field, Kind
from luoshi.handling.registers import Register
from luoshi.words.masking import HIDDEN

_COLUMNS = 6
_SHORT = {Kind.LINE, Kind.CHOICE, Kind.DAY, Kind.NUMBER, Kind.UNIT, Kind.YES}
MARKS = {"valid": "done", "near": "behind", "lapsed": "overdue", "withdrawn": "paused", "ahead": "unknown"}
"""By standing the stylesheet's name of the mark."""


def standings() -> dict[str, str]:
    """What each standing is called."""
    return {
        "valid": _("有效"),
        "near": _("临近到期"),
        "lapsed": _("已到期"),
        "withdrawn": _("已撤销"),
        "ahead": _("未生效"),
    }


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry in a table."""

    row: Listing
    said: str
    """How it stands, in words."""
    mark: str
    county: str
    school: str
    values: list[str]


def columns_of(of: type[Register]) -> list[Field]:
    """The fields a table of a list shows: its own choice, else what everybody may read, else the first short ones."""
    told = of.columns or of.public or [one for one in of.fields.values() if one.kind in _SHORT]
    return [one for one in told if one is not of.title and not one.private][:_COLUMNS]


def value_of(field: Field, value: str, names: Mapping[str, str]) -> str:
    """A value as it is read."""
    if field.kind is Kind.CHOICE:
        return field.options.get(value, value)
    if field.kind is Kind.YES:
        return _("是") if value else ""
    return names.get(value, value) if field.kind in {Kind.UNIT, Kind.SCHOOL} else value


def schools_named(city: City, codes: Iterable[str]) -> dict[str, str]:
    """Names of schools by code: one query, none where nobody is asked for."""
    wanted = sorted({code for code in codes if code})
    if not wanted:
        return {}
    return dict(
        Institution.objects.filter(city=city, code__in=wanted).order_by("begun", "pk").values_list("code", "name")
    )


def rows_of(city: City, of: type[Register], rows: Sequence[Listing], on: date) -> list[EntryRow]:
    """Entries as a table shows them: three queries."""
    said, columns = standings(), columns_of(of)
    names = {**case_told.units_of(city), **schools_named(city, (row.school for row in rows))}
    return [_row(row, columns, said, names, on) for row in rows]


def _row(
    row: Listing, columns: Sequence[Field], said: Mapping[str, str], names: Mapping[str, str], on: date
) -> EntryRow:
    how = str(standing_of(row, on))
    values = [value_of(one, row.values.get(one.key, ""), names) for one in columns]
    return EntryRow(row, said[how], MARKS[how], names.get(row.county, ""), names.get(row.school, row.school), values)


def entry_told(actor: Actor, row: Listing, on: date) -> dict[str, Any]:
    """One entry: what it says, what of it is masked, and its history with the cases that decided it."""
    of = lists()[row.register]
    open_ = clear(actor, row.by, course_of(row.by))
    past = history_of(row)
    names = {**case_told.units_of(row.city), **schools_named(row.city, [row.school])}
    return {
        "row": row,
        "of": of,
        "facts": _facts(of, row, names, open_=open_),
        "hidden": bool(private_of(row)) and not open_,
        "county": names.get(row.county, ""),
        "school": names.get(row.school, row.school),
        "said": standings()[str(standing_of(row, on))],
        "mark": MARKS[str(standing_of(row, on))],
        "past": [(one, standings()[str(standing_of(one, on))], MARKS[str(standing_of(one, on))]) for one in past],
        "newer": getattr(row, "followed_by", None),
        "bars": "、".join(of.bars),
    }


def _facts(of: type[Register], row: Listing, names: Mapping[str, str], *, open_: bool) -> list[case_told.Fact]:
    private = private_of(row)
    told = list[case_told.Fact]()
    for key, field in of.fields.items():
        if field.kind in FILES:
            continue
        if key in private:
            told.append(case_told.Fact(field.label, private[key] if open_ else HIDDEN * 3, masked=not open_))
        elif row.values.get(key):
            told.append(case_told.Fact(field.label, value_of(field, row.values[key], names)))
    return told


def private_words(row: Listing) -> str:
    """All that an entry tells of a person, for whoever said what for."""
    fields = lists()[row.register].fields
    return "；".join(f"{fields[key].label}：{value}" for key, value in private_of(row).items() if key in fields)


def public_rows(actor: Actor, city: City, of: type[Register], on: date) -> list[list[str]]:
    """What everybody may read of the entries that stand, the heads first: three queries."""
    names = case_told.units_of(city)
    rows = standing(seen_entries(actor, city, of), on).order_by("county", "title", "pk")
    heads = [*([] if of.title else ["名称"]), *(field.label for field in of.public), "起", "止"]
    return [heads, *(_public(of, row, names) for row in rows)]


def _public(of: type[Register], row: Listing, names: Mapping[str, str]) -> list[str]:
    values = [
        row.title if field is of.title else value_of(field, row.values.get(field.key, ""), names) for field in of.public
    ]
    return [
        *([] if of.title else [row.title]),
        *values,
        row.since.isoformat(),
        row.until.isoformat() if row.until else "长期",
    ]


@dataclass(frozen=True, slots=True)
class Ending:
    """One entry that ends soon."""

    row: Listing
    of: type[Register]
    days: int
    county: str
    school: str


def endings(actor: Actor, city: City, on: date) -> list[tuple[str, list[Ending]]]:
    """What ends soon on all lists by the office that hosts the procedure it came by, in the order of its first day."""
    rows = [row for row in ending(actor, city, on) if row.register in lists() and row.until]
    known, units = conducted(city), case_told.units_of(city)
    names = {**units, **schools_named(city, (row.school for row in rows))}
    told: dict[str, list[Ending]] = {}
    for row in rows:
        how = known.get(row.by.procedure)
        office = names.get(how.office if how else row.by.office, "") or _("督查室")
        days = (row.until - on).days if row.until else 0
        one = Ending(row, lists()[row.register], days, names.get(row.county, ""), names.get(row.school, row.school))
        told.setdefault(office, []).append(one)
    return list(told.items())

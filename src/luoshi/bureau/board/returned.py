"""What the pages of 报表 show: windows with their counties, a county's units, a unit's sheet."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from luoshi.bureau.board.shown import said
from luoshi.bureau.people.models import City
from luoshi.bureau.people.queries import calendar_of
from luoshi.bureau.people.units.queries import names as unit_names
from luoshi.bureau.returns import queries
from luoshi.bureau.returns.besides import kept, rows_of
from luoshi.bureau.returns.models import Breach, Explanation, Unit, Window
from luoshi.bureau.returns.queries import Completeness
from luoshi.bureau.returns.words import ACTS, year_before
from luoshi.checking.windows import remind_on
from luoshi.checking.wording import said as cell_said
from luoshi.declared.private import RETENTIONS
from luoshi.declared.returns import RETURNS
from luoshi.spine import Return
from luoshi.words.calendars import Calendar

MARKS: Mapping[str, str] = {
    "owing": "unknown", "imported": "standing", "handed": "on_course", "county": "ahead", "depositing": "on_course",
    "accepted": "done", "returned": "behind", "reopened": "doubted", "merged": "paused",
    "stops": "behind", "asks": "doubted", "open": "on_course", "closed": "paused", "locked": "done",
}  # fmt: skip
"""The mark of the stylesheet beside each state's word."""
MOST_ROWS = 40
"""Rows of one return a sheet lists; a roster has more, its file has them all."""


@dataclass(frozen=True, slots=True)
class Due:
    """One due day."""

    who: str
    day: date
    remind: date
    """The last working day on or before it."""
    passed: int
    """Days since; 0 before and on the day, and when it is long past."""


@dataclass(frozen=True, slots=True)
class Line:
    """One county of a window."""

    code: str
    name: str
    counts: Completeness
    found: Mapping[str, int]
    """Rows that do not meet a rule, by weight."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A window as the first page shows it."""

    window: Window
    labels: str
    mark: str
    dues: list[Due]
    sum: Completeness
    lines: list[Line]


_LATELY = 60
"""Days after which nobody counts any more how long a due day is past."""


def _lately(today: date, day: date) -> int:
    return passed if 0 < (passed := (today - day).days) <= _LATELY else 0


def names_of(city: City) -> dict[str, str]:
    """Divisions in the order of protocol."""
    return unit_names(city)


def labels(window: Window) -> str:
    """The returns of a window by their names."""
    return "、".join(RETURNS[key].label for key in window.returns if key in RETURNS)


def dues(window: Window, calendar: Calendar, today: date) -> list[Due]:
    """The three due days; a Sunday stays a due day, the reminder moves before it."""
    days = ((_("学校"), window.due_school), (_("县(市、区)"), window.due_county), (_("市"), window.due_city))
    return [Due(who, day, remind_on(day, calendar), _lately(today, day)) for who, day in days]


def lines(
    counted: Iterable[Completeness], names: Mapping[str, str], found: Iterable[tuple[str, str, int]] = ()
) -> list[Line]:
    """Counties in the order of protocol, those that are not listed at the end."""
    by_county: dict[str, dict[str, int]] = {}
    for county, severity, many in found:
        by_county.setdefault(county, {})[severity] = many
    order = {code: place for place, code in enumerate(names)}
    told = [Line(one.county, names.get(one.county, one.county), one, by_county.get(one.county, {})) for one in counted]
    return sorted(told, key=lambda one: (order.get(one.code, len(order)), one.code))


def shown(city: City, today: date, county: str = "") -> list[Shown]:
    """Every window with its counties: four queries, however many."""
    listed, names, calendar = queries.windows(city), names_of(city), calendar_of(city)
    counted: dict[int, list[Completeness]] = {}
    for one in queries.completeness([window.pk for window in listed], county):
        counted.setdefault(one.window, []).append(one)
    return [
        Shown(
            one,
            labels(one),
            MARKS[one.stage],
            dues(one, calendar, today),
            queries.together(counted.get(one.pk, [])),
            lines(counted.get(one.pk, []), names),
        )
        for one in listed
    ]


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as a list shows it."""

    unit: Unit
    mark: str
    state: str
    value: str
    """What its checkbox sends: code and version."""
    ready: bool
    """Whether it may be handed in as it is."""


def unit_rows(units: Iterable[Unit]) -> list[UnitRow]:
    """Units with their marks."""
    return [_unit_row(one) for one in units]


def _unit_row(one: Unit) -> UnitRow:
    filing = one.filing
    state = "merged" if one.merged_into else one.state
    word = _("并入 %(parent)s") % {"parent": one.merged_into} if one.merged_into else str(one.get_state_display())
    ready = filing is not None and not filing.stops and not filing.unexplained and one.state in {"imported", "returned"}
    return UnitRow(one, MARKS[state], word, f"{one.code}:{one.version}", ready)


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of a sheet, with last year's beside it."""

    label: str
    unit: str
    now: str
    before: str
    change: str
    """More or less than last year; empty where one is no number."""
    asked: bool
    """Whether a finding looks at it."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of a return, told downwards."""

    title: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One return of a unit."""

    of: type[Return]
    rows: list[SheetRow]
    more: int
    """Rows that are not listed."""
    year_before: str


def sheets(window: Window, unit: Unit, found: Sequence[Breach]) -> list[Sheet]:
    """The rows of a unit's newest try beside last year's."""
    filing = unit.filing
    if filing is None:
        return []
    told = list[Sheet]()
    for key in filing.parts:
        of = RETURNS[key]
        rows = rows_of(window, key, [filing])
        before = kept(of, year_before(window.period), (unit.county,), window.definition, {unit.code})
        if rows is not None:
            told.append(_sheet(window, of, rows.sort(of.keys), before, found))
    return told


def _sheet(
    window: Window, of: type[Return], rows: pl.DataFrame, before: pl.DataFrame | None, found: Sequence[Breach]
) -> Sheet:
    if of.key in RETENTIONS:  # rows of persons are counted, never told one by one
        return Sheet(of, [], rows.height, year_before(window.period))
    earlier = dict[tuple[object, ...], dict[str, Any]]()
    if before is not None and set(of.keys) <= set(before.columns):
        mine = before.join(rows.select(of.keys), on=list(of.keys), how="semi")
        earlier = {tuple(row[name] for name in of.keys): row for row in mine.iter_rows(named=True)}
    asked: dict[tuple[str, ...], set[str]] = {}
    for one in found:
        if one.of == of.key and one.rule in of.rules:
            for told in one.told:
                asked.setdefault(tuple(told["key"]), set()).update(column.name for column in of.rules[one.rule].columns)
    listed = [
        _row(of, row, earlier.get(tuple(row[name] for name in of.keys), {}), asked)
        for row in rows.head(MOST_ROWS).iter_rows(named=True)
    ]
    return Sheet(of, listed, max(rows.height - MOST_ROWS, 0), year_before(window.period))


def _row(
    of: type[Return], row: Mapping[str, Any], before: Mapping[str, Any], asked: Mapping[tuple[str, ...], set[str]]
) -> SheetRow:
    looked_at = asked.get(tuple(str(row[name]) for name in of.keys), set())
    cells = [
        Cell(
            column.label,
            getattr(column, "unit", "") or "",
            cell_said(column, row[name]) if row[name] is not None else "",
            cell_said(column, before[name]) if before.get(name) is not None else "",
            _change(row[name], before.get(name)),
            name in looked_at,
        )
        for name, column in of.columns.items()
        if name in row and name not in of.keys and (row[name] is not None or before.get(name) is not None)
    ]
    title = "　".join(f"{of.columns[name].label} {cell_said(of.columns[name], row[name])}" for name in of.keys)
    return SheetRow(title, cells)


def _change(now: object, before: object) -> str:
    numbers = (int, Decimal)
    if not (isinstance(now, numbers) and isinstance(before, numbers)) or isinstance(now, bool):
        return ""
    more = Decimal(now) - Decimal(before)
    return f"{more.normalize():+f}" if more else "0"


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding of a sheet, with the explanations that were written of it."""

    breach: Breach
    told: Mapping[str, Any]
    mark: str
    explained: list[Explanation]
    open: bool
    """Whether it still wants an explanation."""


def finding_rows(found: Sequence[Breach], written: Mapping[str, list[Explanation]]) -> list[FindingRow]:
    """Every row of every rule, musts first."""
    return [_finding_row(one, told, written) for one in found for told in one.told]


def _finding_row(one: Breach, told: Mapping[str, Any], written: Mapping[str, list[Explanation]]) -> FindingRow:
    explained = written.get(str(told.get("mark", "")), [])
    wants = one.severity == "asks" and (not explained or queries.rejected(explained[-1]))
    return FindingRow(one, told, MARKS.get(one.severity, "unknown"), explained, wants)


def act_said(act: str) -> str:
    """What a step is called."""
    return said(ACTS[act]) if act in ACTS else act


def urging(
    window: Window, names: Mapping[str, str], lacking: Collection[tuple[str, str]], due: Due, *, named: bool
) -> str:
    """催办: a text to be copied and sent by a person; schools by name only for those who may see them."""
    by_county: dict[str, list[str]] = {}
    for county, label in lacking:
        by_county.setdefault(county, []).append(label)
    order = {code: place for place, code in enumerate(names)}
    head = _("【催报】%(title)s：学校报送截止日为%(due)s，请于%(remind)s（截止日前最后一个工作日）前报送。") % {
        "title": window.title, "due": _day(due.day), "remind": _day(due.remind),
    }  # fmt: skip
    said_lines = [
        _("%(county)s 未报 %(number)s 个") % {"county": names.get(code, code), "number": len(units)}
        + (_("：") + "、".join(units) if named else "")
        for code, units in sorted(by_county.items(), key=lambda one: (order.get(one[0], len(order)), one[0]))
    ]
    return "\n".join([head, *said_lines]) if said_lines else ""


def _day(day: date) -> str:
    week = "一二三四五六日"[day.weekday()]
    return f"{day.month}月{day.day}日（星期{week}）"

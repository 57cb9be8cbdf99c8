"""Tables of numbers: measures by county as the last run left them, and points counted from cases."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from luoshi.bureau.cases.known import known
from luoshi.bureau.cases.models import Case, Happening
from luoshi.bureau.indicators import series
from luoshi.bureau.indicators.open_series import code_of
from luoshi.bureau.people.models import City, Institution, Office
from luoshi.bureau.people.units.queries import counties, names
from luoshi.bureau.publications.parts import Part
from luoshi.declared.measures import MEASURES
from luoshi.publishing.declaring import Figure, OfMeasures, OfPoints
from luoshi.publishing.nouns import Holds, OpenColumn, Origin, Table

WHOLE = "全市"
_OTHERS = "others"
_VERSION = 12
_UNIT = (OpenColumn("code", "代码"), OpenColumn("unit", "单位"))
_ZERO = Decimal(0)


def measured(city: City, asked: OfMeasures, year: int) -> Part:
    """Measures of a year, one row a county in protocol order and the city last: four queries."""
    keys = {key for one in asked.figures for key in (one.measure, one.beside) if key}
    runs = series.latest_runs(city.pk, [year])
    found = series.cells_of(runs, keys, level=("city", "county")) if runs else []
    cells = {(one.measure, one.division if one.level == "county" else ""): one for one in found}
    named = {one.code: one.name for one in counties(city, date(year, 12, 31))}
    units = list((named | {code: named.get(code, code) for _, code in cells if code}).items())
    rows = [(code, name, *(_value(one, cells, code) for one in asked.figures)) for code, name in units]
    rows = [row for row in rows if any(row[2:])]
    total = (code_of(city, [code for code, _ in units]), WHOLE, *(_value(one, cells, "") for one in asked.figures))
    known_ = [at for at in range(len(asked.figures)) if any(row[2 + at] for row in (*rows, total))]
    kept = [(*row[:2], *(row[2 + at] for at in known_)) for row in (*rows, total)] if known_ else []
    columns = tuple(_column(asked.figures[at]) for at in known_)
    table = Table(asked.key, asked.title, (*_UNIT, *columns), tuple(kept), 2, total[0], asked.whole, asked.note)
    sources = tuple(Origin(MEASURES[key].source) for key in sorted(keys) if MEASURES[key].source)
    told = tuple(Origin("计算", f"{year}年，版本 {run.state[:_VERSION]}") for run in runs.values())
    missing = tuple(f"{asked.title}：{one.label}没有数" for at, one in enumerate(asked.figures) if at not in known_)
    return Part(_with_rest(table, asked.rest) if asked.rest else table, (*told, *sources), left_out=missing)


def _column(one: Figure) -> OpenColumn:
    return OpenColumn(one.column, one.label, Holds.NUMBER, one.unit, one.places, one.note, one.persons, one.tells)


def _value(one: Figure, cells: Mapping[tuple[str, str], series.Cell], division: str) -> str:
    cell = cells.get((one.measure, division))
    told = _number(cell, one.part) if cell else None
    if told is not None and one.beside:
        other = cells.get((one.beside, division))
        taken = _number(other, "value") if other else None
        told = None if taken is None else told - taken
    return "" if told is None else f"{(told - one.less) / one.per:f}"


def _number(cell: series.Cell, part: str) -> Decimal | None:
    if part == "value":
        return cell.value
    words = cell.above if part == "part" else cell.below
    return Decimal(words) if words else None


def _with_rest(table: Table, label: str) -> Table:
    """With a column of what the others leave of the whole, before it: whoever reads could subtract."""
    place = next((at for at, one in enumerate(table.columns) if one.key == table.whole), None)
    if place is None:
        return table
    parts = [at for at, one in enumerate(table.columns) if one.persons and at != place]
    rest = OpenColumn(_OTHERS, label, Holds.NUMBER, table.columns[place].unit, 0, persons=True)
    columns = (*table.columns[:place], rest, *table.columns[place:])
    rows = tuple((*row[:place], _left(row, parts, place), *row[place:]) for row in table.rows)
    return Table(table.key, table.title, columns, rows, table.names, table.total, table.whole, table.note)


def _left(row: Sequence[str], parts: Sequence[int], place: int) -> str:
    return f"{Decimal(row[place] or 0) - sum((Decimal(row[at] or 0) for at in parts), _ZERO):f}"


def pointed(city: City, asked: OfPoints, first: date, last: date) -> Part:
    """Cases that ended by a decision in a period, by the unit that opened them, with what they count: five queries."""
    ended = Case.objects.filter(
        city=city, procedure=asked.procedure, decided=True, ended_on__gte=first, ended_on__lte=last
    )
    cases = dict(ended.values_list("pk", "sponsor"))
    chosen = _chosen(cases, asked.choice)
    counted = Counter((unit, chosen[case]) for case, unit in cases.items() if chosen.get(case) in asked.points)
    units = _named(city, {unit for unit, _ in counted})
    rows = [_points(asked, counted, code, name) for code, name in units.items()]
    rows.sort(key=lambda row: -int(row[-1]))  # equal points stay in protocol order
    if rows:
        sums = (str(sum(int(row[at]) for row in rows)) for at in range(2, len(rows[0])))
        rows.append(("total", "合计", *sums))
    options = known()[asked.procedure].declaration.fields[asked.choice].options
    levels = (
        OpenColumn(f"n_{key}", options[key], Holds.NUMBER, "条", 0, f"每条{many}分")
        for key, many in asked.points.items()
    )
    sums_of = (
        OpenColumn("adopted", "采用合计", Holds.NUMBER, "条", 0),
        OpenColumn("points", "积分", Holds.NUMBER, "分", 0),
    )
    columns = (*_UNIT, *levels, *sums_of)
    table = Table(asked.key, asked.title, columns, tuple(rows), 2, "total" if rows else "", note=asked.note)
    return Part(table, (Origin(known()[asked.procedure].label, f"{first}至{last}办结的办件"),), tuple(sorted(cases)))


def _points(asked: OfPoints, counted: Mapping[tuple[str, str], int], code: str, name: str) -> tuple[str, ...]:
    many = [counted.get((code, level), 0) for level in asked.points]
    points = sum(count * each for count, each in zip(many, asked.points.values(), strict=True))
    return (code, name, *map(str, many), str(sum(many)), str(points))


def _chosen(cases: Mapping[int, str], field: str) -> dict[int, str]:
    """What each case says last under a field: one query."""
    told = Happening.objects.filter(case__in=cases, answers__has_key=field).order_by("case", "number")
    return {case: answers[field] for case, answers in told.values_list("case_id", "answers")}


def _named(city: City, codes: set[str]) -> dict[str, str]:
    """Units by code, offices first, then counties in protocol order, then schools: three queries."""
    offices = dict(Office.objects.filter(city=city).values_list("code", "name"))
    known_ = {**offices, **names(city)}
    left = codes - known_.keys()
    schools = Institution.objects.filter(city=city, code__in=left).order_by("county", "code", "begun")
    told = {**known_, **dict(schools.values_list("code", "name"))}
    return {code: name for code, name in told.items() if code in codes}

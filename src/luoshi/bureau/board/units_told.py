"""What the pages of divisions and schools show: lists of a level on a day, one unit with its history, what a list would change."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice

from django.db.models import Avg, Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.bureau.board.tile_picture import Tiles, Value, tiles
from luoshi.bureau.people.models import City, Division, Institution, Succession, standing
from luoshi.bureau.people.units import queries
from luoshi.declared.returns.codes import KINDS as SCHOOL_KINDS
from luoshi.declared.returns.codes import OPERATORS
from luoshi.reading.units import Changes
from luoshi.reading.units.rows import Unit
from luoshi.words import divisions as words
from luoshi.words import institutions as schools
from luoshi.words.divisions import KINDS, How, Level

PAGE = 100
"""Rows on a page."""
_SHOWN = 60
"""Units of each sort shown before a list is carried out."""


@dataclass(frozen=True, slots=True)
class Line:
    """One unit in a list."""

    code: str
    name: str
    kind: str
    above: str
    """Name of what it belongs to."""
    begun: date | None
    until: date | None
    townships: int
    schools: int
    doubt: str = ""


def kind_said(kind: str) -> str:
    """The word of a division's kind or of 办学类型."""
    return SCHOOL_KINDS.get(kind) or KINDS.get(kind, (kind,))[0]


def county_lines(city: City, on: date, said: str) -> tuple[list[Line], Tiles | None]:
    """Counties of a day with how many townships and schools each has, and their tiles: four queries."""
    rows = queries.counties(city, on)
    heirs = _heirs(city, on)
    below = _counted(standing(Division.ever.filter(city=city, level=Level.TOWNSHIP), on), heirs)
    there = _counted(standing(Institution.objects.filter(city=city), on), heirs)
    wanted = [one for one in rows if said in one.name or one.code.startswith(said)] if said else rows
    lines = [
        Line(
            one.code,
            one.name,
            kind_said(one.kind),
            "",
            one.begun,
            one.until,
            below[one.code],
            there[one.code],
            one.doubt,
        )
        for one in wanted
    ]
    return lines, _tiled(city, rows, below, there)


def _heirs(city: City, on: date) -> dict[str, str]:
    """By code of a county that is no more: what came of it. A township keeps its old code until a list gives it the new one's."""
    of = queries.county_tree(city)
    gone = {code: listed[-1] for code, listed in of.periods.items() if of.at(code, on) is None}
    told = {
        code: of.heirs(code, one.until, on) for code, one in gone.items() if one.until is not None and one.until < on
    }
    return {code: listed[0] for code, listed in told.items() if listed}


def _counted(rows: QuerySet[Division] | QuerySet[Institution], heirs: Mapping[str, str]) -> Counter[str]:
    told = Counter[str]()
    for code, many in rows.order_by().values_list("county").annotate(many=Count("id")):
        told[heirs.get(code, code)] += many
    return told


def _tiled(city: City, rows: Sequence[Division], below: Counter[str], there: Counter[str]) -> Tiles | None:
    """Tiles with the number of schools, else of townships; a county without a cell goes where its townships lie."""
    if any(not (one.row and one.column) for one in rows):
        points = Division.ever.filter(city=city, level=Level.TOWNSHIP, until=None, longitude__isnull=False).order_by()
        middles = {
            code: (east, north)
            for code, east, north in points.values_list("county").annotate(Avg("longitude"), Avg("latitude"))
        }
        for one in rows:
            if one.longitude is None:
                one.longitude, one.latitude = middles.get(one.code, (None, None))
    counts, unit = (there, _("所学校")) if there else (below, _("个乡镇街道"))
    values = {one.code: _tile(one, counts, unit) for one in rows}
    return tiles(rows, values)


def _tile(one: Division, counts: Counter[str], unit: str) -> Value:
    """What a county's tile prints: how many it has; its kind where nothing was listed yet."""
    shown, detail = (str(counts[one.code]), unit) if counts else (" ", kind_said(one.kind))
    return Value(Decimal(counts[one.code]), shown, detail, reverse("division", args=[one.code]))


def township_lines(rows: Iterable[Division], names: Mapping[str, str], counts: Mapping[str, int]) -> list[Line]:
    """Townships with their counties."""
    return [
        Line(
            one.code, one.name, kind_said(one.kind), names.get(one.county, one.county), one.begun, one.until, 0,
            counts.get(one.code, 0), one.doubt,
        )
        for one in rows
    ]  # fmt: skip


def schools_in(city: City, on: date, townships: Iterable[str]) -> dict[str, int]:
    """Schools of a day by township."""
    rows = standing(Institution.objects.filter(city=city, township__in=list(townships)), on).order_by()
    return dict(rows.values_list("township").annotate(many=Count("id")))


def school_lines(rows: Iterable[Institution], names: Mapping[str, str]) -> list[Line]:
    """Schools with their counties; of each whether it is public."""
    return [
        Line(
            one.code, one.name, kind_said(one.kind), names.get(one.county, one.county), one.begun, one.until, 0, 0,
            OPERATORS.get(one.operator, ""),
        )
        for one in rows
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One step, in words."""

    on: date
    how: str
    before: str
    before_name: str
    after: str
    after_name: str
    doubt: str


@dataclass(frozen=True, slots=True)
class Told:
    """One unit with everything that touches it."""

    periods: tuple[Unit, ...]
    """Of the unit itself."""
    around: tuple[Unit, ...]
    """Of it, of what it came of and of what came of it."""
    links: tuple[words.Succession, ...]
    steps: tuple[Step, ...]
    school: bool
    took_in: tuple[str, ...] = ()
    """Codes of counties whose part it took over."""
    broken: tuple[words.Succession, ...] = ()
    """Steps that break its series."""


def told_of(city: City, code: str, on: date) -> Told | None:
    """A unit by its code, of any day; three queries, four for a county. None where nobody knows it."""
    kinds = Division.ever.filter(city=city, code=code).values_list("level", flat=True)
    level = next(iter(kinds), None)
    if level is not None and level <= Level.COUNTY:
        of = queries.county_tree(city)
        codes = {code, *(one for one, _day in of.forebears(code, on)), *of.heirs(code, on, date.max)}
        codes |= {one.after for one in of.after.get(code, ())} | {one.before for one in of.before.get(code, ())}
        links = [one for listed in of.after.values() for one in listed if {one.before, one.after} <= codes]
        around = [one for other in sorted(codes) for one in of.periods.get(other, ())]
        took_in = sorted(of.answered(code, on) - {code})
        broken = tuple(of.broken(code, date.min, on))
        return _told(code, around, links, school=False, took_in=took_in, broken=broken)
    near = Succession.objects.filter(Q(before=code) | Q(after=code), city=city)
    links = [
        words.Succession(*row[:3], How(row[3]), row[4])
        for row in near.values_list("before", "after", "on", "how", "doubt")
    ]
    codes = {code, *(one.before for one in links), *(one.after for one in links)}
    found: list[Unit] = list(_divisions(city, codes)) if level is not None else list(_schools(city, codes))
    return _told(code, found, links, school=level is None) if found else None


def _told(
    code: str, around: Sequence[Unit], links: Sequence[words.Succession], *, school: bool,
    took_in: Sequence[str] = (), broken: tuple[words.Succession, ...] = (),
) -> Told | None:  # fmt: skip
    periods = tuple(one for one in around if one.code == code)
    if not periods:
        return None
    names = {one.code: one.name for one in around}
    before = {(one.code, one.until): one.name for one in around}
    steps = tuple(
        Step(
            one.on, one.how.label, one.before, before.get((one.before, one.on - date.resolution), names.get(one.before, "")),
            one.after, names.get(one.after, ""), one.doubt,
        )
        for one in sorted(links, key=lambda step: (step.on, step.before))
    )  # fmt: skip
    return Told(periods, tuple(around), tuple(links), steps, school, tuple(took_in), broken)


def _divisions(city: City, codes: Iterable[str]) -> list[words.Division]:
    rows = Division.ever.filter(city=city, code__in=list(codes)).order_by("begun")
    fields = ("code", "name", "kind", "parent", "doubt", "begun", "until")
    return [words.Division(*row) for row in rows.values_list(*fields)]


def _schools(city: City, codes: Iterable[str]) -> list[schools.Institution]:
    rows = Institution.objects.filter(city=city, code__in=list(codes)).order_by("begun")
    fields = ("code", "name", "kind", "operator", "county", "township", "host", "begun", "until")
    return [schools.Institution(*row) for row in rows.values_list(*fields)]


def changed(found: Changes) -> list[tuple[str, int, list[str]]]:
    """What a list would change, by sort: how many, and the first of them in words."""
    parts: list[tuple[str, Sequence[str]]] = [
        (_("新增"), [_unit(one) for one in found.added]),
        (_("终止"), [f"{_unit(one)}，{_('最后一天')} {one.until}" for one in found.ended]),
        (_("更正"), [_amended(one, will) for one, will in found.amended]),
        (_("接续"), [f"{one.on} {one.before} → {one.after} {one.how.label}" for one in found.steps]),
    ]
    return [(label, len(listed), list(islice(listed, _SHOWN))) for label, listed in parts]


def _unit(one: Unit) -> str:
    return f"{one.code} {one.name}（{kind_said(one.kind)}）"


def _amended(one: Unit, will: Unit) -> str:
    names = (
        "name",
        "kind",
        "begun",
        "until",
        "parent",
        "county",
        "township",
        "operator",
        "host",
        "longitude",
        "latitude",
    )
    apart = [
        f"{getattr(one, name) or '——'} → {getattr(will, name) or '——'}"
        for name in names
        if hasattr(one, name) and getattr(one, name) != getattr(will, name)
    ]
    return f"{one.code} {will.name}：{'，'.join(apart)}"

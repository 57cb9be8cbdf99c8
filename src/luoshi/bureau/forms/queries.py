"""Forms back: what each costs a school, what is asked twice, what went out and came in."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from luoshi.bureau.forms.models import Baseline, Deposit, Filing, Request, RequestColumn, Sheet, TableMapping
from luoshi.bureau.forms.returns import as_return
from luoshi.bureau.indicators.queries import own_parameters
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.models import Office
from luoshi.checking import Checked, Report
from luoshi.checking.burdens import Burden, Reach, burden, cap, months, overlap, twice
from luoshi.checking.workbooks import Asked, AskedRow, Back, Held
from luoshi.declared.parameters import FORM_SHARE, MINUTES_PER_CELL
from luoshi.spine import Parameter
from luoshi.words.findings import Finding
from luoshi.words.parameters import counting
from luoshi.words.returns import ReturnColumn

_BUREAU = ("supervisor", "section", "contact", "leader")
_LIVE = (Request.State.ASKED, Request.State.APPROVED)


@dataclass(frozen=True, slots=True)
class Listed:
    """A form with what it costs."""

    row: Request
    sponsor: str
    """Name of who wants it: the other department, or the section."""
    columns: tuple[RequestColumn, ...]
    burden: Burden
    """Of what is let through: held columns cost nothing."""
    spared: int
    """Cells a school is spared each year because they are held."""
    twice: dict[str, tuple[str, ...]]
    """Headings others ask too, with who."""
    alike: tuple[tuple[Request, str], ...]
    """Forms that reach the same schools in the same month about the same thing, with the words they share."""

    @property
    def blocked(self) -> tuple[RequestColumn, ...]:
        """Columns that may not be asked."""
        return tuple(one for one in self.columns if one.blocked)

    @property
    def asked(self) -> tuple[RequestColumn, ...]:
        """Columns that may."""
        return tuple(one for one in self.columns if not one.blocked)


@dataclass(frozen=True, slots=True)
class Terms:
    """What forms are measured by in a year: the nation's values, or the bureau's own."""

    share: Parameter
    """Of the baseline, which may be filed."""
    minutes: Parameter
    """For each cell."""


def terms_of(city_id: int, year: int) -> Terms:
    """The parameters that count at the beginning of a year: one query."""
    told = counting((FORM_SHARE, MINUTES_PER_CELL), date(year, 1, 1), own_parameters(city_id))
    return Terms(told[FORM_SHARE.key], told[MINUTES_PER_CELL.key])


def forms(
    city_id: int, year: int, terms: Terms | None = None, offices: Mapping[str, str] | None = None
) -> list[Listed]:
    """All forms of a year: two queries, however many, and one each for terms and names of offices that are not at hand."""
    rows = list(Request.objects.filter(city_id=city_id, year=year).prefetch_related("columns"))
    told = {row.pk: tuple(row.columns.all()) for row in rows}
    offices = offices_of(city_id) if offices is None else offices
    sponsors = {row.pk: row.outside or offices.get(row.office, row.office) for row in rows}
    minutes = (terms or terms_of(city_id, year)).minutes.value
    return [_listed(row, told, rows, sponsors, minutes) for row in rows]


def form(number: int) -> Request | None:
    """One form with its city."""
    return Request.objects.select_related("city").filter(pk=number).first()


def offices_of(city_id: int) -> dict[str, str]:
    """Names of the city's offices by their codes."""
    return dict(Office.objects.filter(city_id=city_id).values_list("code", "name"))


def listed(row: Request, offices: Mapping[str, str] | None = None) -> Listed:
    """One form among the others of its year; `offices` where their names are at hand."""
    return next(one for one in forms(row.city_id, row.year, offices=offices) if one.row.pk == row.pk)


def _listed(
    row: Request,
    columns: dict[int, tuple[RequestColumn, ...]],
    rows: Sequence[Request],
    sponsors: dict[int, str],
    minutes: Decimal,
) -> Listed:
    mine = columns[row.pk]
    others = [one for one in rows if one.pk != row.pk and one.state in _LIVE]
    asked = [
        (column.label, f"{sponsors[one.pk]}《{one.title}》")
        for one in others
        for column in columns[one.pk]
        if not column.blocked
    ]
    open_cells = sum(not one.blocked for one in mine)
    near = [(one, overlap(_reach(row), _reach(one))) for one in others] if row.state in _LIVE else []
    return Listed(
        row,
        sponsors[row.pk],
        mine,
        burden(open_cells, row.times, minutes, row.schools),
        (len(mine) - open_cells) * row.times,
        twice([one.label for one in mine], asked),
        tuple(one for one in near if one[1]),
    )


def _reach(row: Request) -> Reach:
    return Reach(row.title, frozenset(row.kinds), frozenset(row.counties), months(row.month, row.times))


def baseline(city_id: int, year: int) -> Baseline | None:
    """The baseline that counts for a year."""
    return Baseline.objects.filter(city_id=city_id, year=year).first()


@dataclass(frozen=True, slots=True)
class Meter:
    """减负: how many forms against how many are allowed, and what they cost."""

    filed: int
    most: int | None
    """None while no baseline was set."""
    by_sponsor: tuple[tuple[str, int, int, Decimal], ...]
    """Sponsor, forms, cells and minutes a school a year."""
    by_kind: tuple[tuple[str, int, int, Decimal], ...]
    """Kind of institution, forms, cells and minutes that reach one such school a year."""

    @property
    def share(self) -> int:
        """Percent of the cap that is used, 100 at most: for a bar."""
        return min(100, 100 * self.filed // self.most) if self.most else 100 * bool(self.filed)


def meter(told: Sequence[Listed], of: Baseline | None, terms: Terms | None = None) -> Meter:
    """The burden of the forms that were let through; `terms` where they are at hand."""
    share = (terms or terms_of(of.city_id, of.year)).share.value if of else None
    filed = [one for one in told if one.row.state == Request.State.APPROVED]
    sponsors = dict.fromkeys(one.sponsor for one in filed)
    kinds = sorted({kind for one in filed for kind in one.row.kinds})
    return Meter(
        len(filed),
        None if of is None or share is None else cap(of.items, share),
        tuple(_summed(name, [one for one in filed if one.sponsor == name]) for name in sponsors),
        tuple(_summed(kind, [one for one in filed if not one.row.kinds or kind in one.row.kinds]) for kind in kinds),
    )


def _summed(name: str, some: Sequence[Listed]) -> tuple[str, int, int, Decimal]:
    minutes = sum((one.burden.minutes for one in some), Decimal(0))
    return name, len(some), sum(one.burden.cells for one in some), minutes


def record(one: Held) -> list[str | None]:
    """A held cell as it is kept with the sheet that went out."""
    value = one.value
    words = None if value is None else value.isoformat() if isinstance(value, date) else str(value)
    return [words, one.source, one.definition]


def _typed(column: ReturnColumn, words: str | None) -> Any:
    if words is None or column.kind == "string":
        return words
    if column.kind == "boolean":
        return words == "True"
    if column.kind == "date":
        return date.fromisoformat(words)
    return int(words) if column.kind == "int64" else Decimal(words)


def asked_of(row: Request, sheets: Sequence[Sheet]) -> dict[str, Asked]:
    """The sheets as they went out, by school: what comes back is held against these."""
    of = as_return(row, list(row.columns.all()))
    notes: tuple[str, ...] = (f"{row.outside or row.city.bureau}　{row.number}　依据：{row.basis}",)
    if row.city.imaginary:
        notes = ("演示数据（虚构）", *notes)
    return {
        one.unit: Asked(of, one.period, one.unit, one.name, (AskedRow(_held(of.columns, one)),), notes=notes)
        for one in sheets
    }


def _held(columns: Any, one: Sheet) -> dict[str, Held]:
    told = {"school": Held(one.unit, "学校（机构）名录"), "name": Held(one.name, "学校（机构）名录")}
    for name, (words, source, definition) in one.held.items():
        if name in columns:
            told[name] = Held(_typed(columns[name], words), str(source), str(definition))
    return told


def findings_of(back: Back, checked: Checked) -> list[Finding]:
    """Everything that is to be said of one sheet that came back."""
    return [*back.told, *Report(back.taken, checked).findings()]


def county_of(actor: Actor) -> str | None:
    """The county somebody is confined to; None for the bureau. Who belongs to neither is confined to nothing, a school as well."""
    if actor.role == "school":
        return "-"
    return None if actor.role in _BUREAU else actor.division or "-"


def sheets(row: Request, period: str, county: str | None = None) -> list[Sheet]:
    """What went out in a period, to all or to the schools of a county."""
    found = row.sheets.filter(period=period)
    return list(found if county is None else found.filter(county=county))


def of_schools(codes: Collection[str]) -> list[tuple[Sheet, Filing | None]]:
    """What forms that are let through asked of these schools, the newest first, each with what came back last: two queries."""
    live = Sheet.objects.filter(unit__in=codes, request__state=Request.State.APPROVED).select_related("request__city")
    found = list(live.order_by("-period", "-id"))
    filed = {one.sheet_id: one for one in Filing.objects.filter(sheet__in=found).order_by("id")} if found else {}
    return [(one, filed.get(one.pk)) for one in found]


def periods(row: Request) -> list[str]:
    """The periods in which it went out, newest first."""
    return list(row.sheets.order_by("-period").values_list("period", flat=True).distinct())


def filings(row: Request, period: str) -> dict[int, Filing]:
    """The newest filing of each sheet, by the sheet's id."""
    found = Filing.objects.filter(sheet__request=row, sheet__period=period).order_by("id")
    return {one.sheet_id: one for one in found}


def deposits(row: Request, period: str) -> list[Deposit]:
    """What went into the lake in a period, the newest of a county last."""
    return list(Deposit.objects.filter(request=row, period=period))


def mapping(city_id: int, digest: str) -> TableMapping | None:
    """What was confirmed of a form of this structure, last."""
    return TableMapping.objects.filter(city_id=city_id, digest=digest).select_related("blank").first()


def mappings(city_id: int) -> list[TableMapping]:
    """The newest mapping of each form."""
    told: dict[str, TableMapping] = {}
    for one in TableMapping.objects.filter(city_id=city_id).select_related("blank"):
        told.setdefault(one.digest, one)
    return list(told.values())

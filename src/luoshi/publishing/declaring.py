"""How a sort of publication is declared: which held figures make its tables, what its text says, and by when it is due.

SPENDING = Kind(
    "education_spending",
    "教育经费执行情况统计公告",
    Every.YEAR,
    "{city}{period}教育经费执行情况统计公告",
    tables=(OfMeasures("funds", "一般公共预算教育经费", (Figure("bulletin_spending", "教育经费", "万元", per=10_000),)),),
    text=("{period}，全市一般公共预算教育经费为{bulletin_spending}。",),
    answers=("M29.5",),
)
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from luoshi.words.calendars import Calendar, month_end
from luoshi.words.parameters import Parameter

_DAY = timedelta(days=1)
_MONTHS = 3
_DECEMBER = 12


class Every(StrEnum):
    """Of which time a publication tells."""

    YEAR = "year"
    QUARTER = "quarter"
    DAY = "day"
    """How things stand on a day: lists."""


class Since(StrEnum):
    """From when the days until it has to be public are counted."""

    CASE = "case"
    """From the day a case ended, each by itself."""
    PERIOD = "period"
    """From the last day of the period."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A column that a measure fills, one row a county and the city."""

    measure: str
    """Its key."""
    label: str
    unit: str
    key: str = ""
    """The column's; without, the measure's."""
    part: str = "value"
    """value, part or whole."""
    per: int = 1
    """What it is divided by: 10000 makes 万元 of 元."""
    less: int = 0
    """What is taken off before: 100 makes a growth of a ratio to last year."""
    beside: str = ""
    """Key of another measure that is taken off: a gap in 百分点."""
    places: int = 2
    persons: bool = False
    tells: tuple[str, ...] = ()
    note: str = ""

    @property
    def column(self) -> str:
        """Key of the column."""
        return self.key or self.measure


@dataclass(frozen=True, slots=True)
class OfMeasures:
    """A table of measures by county, the whole city last."""

    key: str
    title: str
    figures: tuple[Figure, ...]
    note: str = ""
    whole: str = ""
    """Key of the column of persons that the other columns of persons add up to."""
    rest: str = ""
    """Label of a column that holds what the others leave of the whole; readers could subtract it, so it is told or withheld too."""


@dataclass(frozen=True, slots=True)
class OfRegister:
    """The public fields of a register's entries that stand."""

    key: str
    title: str
    register: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class OfLists:
    """A table for each register of a kind whose entries tell of no person: a new one needs no line here."""

    key: str
    title: str
    of: type
    """The template that the registers share."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class OfRoster:
    """学校名录: the institutions that stand."""

    key: str
    title: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class OfCases:
    """Cases of a procedure that ended by a decision and that no publication has told yet; in an earlier edition's correction the same."""

    key: str
    title: str
    procedure: str
    fields: tuple[str, ...]
    """Keys of fields that tell of no person."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class OfPoints:
    """Points by unit: how many cases of a procedure ended in the period with each choice, and what they count together."""

    key: str
    title: str
    procedure: str
    choice: str
    """Key of the field that says at which level."""
    points: Mapping[str, int] = field(hash=False)
    """By option."""
    note: str = ""


Asked = OfMeasures | OfRegister | OfLists | OfRoster | OfCases | OfPoints


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when it has to be public."""

    days: Parameter
    """How many: of 个工作日 or 天."""
    since: Since

    def last(self, begins: date, many: int, calendar: Calendar) -> date:
        """The last day, the first not counted; natural days that end on a day off end on the next working day.

        Args:
            begins: the day a case ended, or the last of the period.
            many: the days that count, by the bureau's own value where it has one.
            calendar: of the bureau.
        """
        if self.days.unit == "个工作日":
            return calendar.plus_workdays(begins, many)
        return calendar.next_workday(begins + timedelta(days=many))


@dataclass(frozen=True, slots=True)
class Kind:
    """One sort of publication."""

    key: str
    label: str
    every: Every
    title: str
    """With {city} and {period}."""
    tables: tuple[Asked, ...]
    text: tuple[str, ...] = ()
    """Paragraphs; {key} is the city's figure of a column with its unit, {rows} the number of rows of the first table. A paragraph
    that names a figure nobody knows is left out."""
    basis: str = ""
    doubt: str = ""
    answers: tuple[str, ...] = ()
    """Mechanisms of the plan that it runs."""
    duties: tuple[str, ...] = ()
    """Words by which the office that owes it is found among a bureau's offices."""
    due: Deadline | None = None


def period_of(every: Every, on: date) -> str:
    """The last period that is over on a day: 2020, 2020-Q3; the day itself for lists."""
    if every is Every.DAY:
        return on.isoformat()
    if every is Every.YEAR:
        return str(on.year if on == date(on.year, _DECEMBER, 31) else on.year - 1)
    last = date(on.year, (on.month - 1) // _MONTHS * _MONTHS + 1, 1) - _DAY
    if on == month_end(on.year, on.month) and on.month % _MONTHS == 0:
        last = on
    return f"{last.year}-Q{last.month // _MONTHS}"


def span_of(every: Every, period: str) -> tuple[date, date]:
    """First and last day of a period.

    Raises:
        ValueError: it is no period of this sort.
    """
    if every is Every.DAY:
        day = date.fromisoformat(period)
        return day, day
    if every is Every.YEAR:
        return date(int(period), 1, 1), date(int(period), _DECEMBER, 31)
    year, quarter = period.split("-Q")
    last = int(quarter) * _MONTHS
    return date(int(year), last - _MONTHS + 1, 1), month_end(int(year), last)


def said(every: Every, period: str) -> str:
    """A period in words: 2020年, 2020年第三季度, 截至2020年9月1日."""
    first, _ = span_of(every, period)
    if every is Every.YEAR:
        return f"{first.year}年"
    if every is Every.DAY:
        return f"截至{first.year}年{first.month}月{first.day}日"
    return f"{first.year}年第{'一二三四'[first.month // _MONTHS]}季度"


def kinds(package: ModuleType) -> dict[str, Kind]:
    """The sorts that a package declares, one file each, by key: a file that stands there is one.

    Raises:
        ValueError: two are called by one key, or a figure asked for twice in one table.
    """
    told = dict[str, Kind]()
    for one in _declared(package):
        twice = [table.key for table in one.tables if isinstance(table, OfMeasures) and _twice(table)]
        if one.key in told or twice:
            message = f"{one.key} is there twice" if one.key in told else f"{one.key}: a column twice in {twice}"
            raise ValueError(message)
        told[one.key] = one
    return told


def _twice(table: OfMeasures) -> bool:
    return len({one.column for one in table.figures}) < len(table.figures)


def _declared(package: ModuleType) -> Iterator[Kind]:
    for found in sorted(iter_modules(package.__path__), key=lambda one: one.name):
        module = import_module(f"{package.__name__}.{found.name}")
        yield from (one for one in vars(module).values() if isinstance(one, Kind))

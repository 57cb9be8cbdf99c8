"""What a sort of publication asks for, from what the house holds: nobody types what is held."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from luoshi.bureau.indicators.queries import least_told
from luoshi.bureau.people.models import City
from luoshi.bureau.publications import figured, listed
from luoshi.bureau.publications.parts import Part
from luoshi.publishing.declaring import (
    Asked,
    Kind,
    OfCases,
    OfLists,
    OfMeasures,
    OfPoints,
    OfRegister,
    OfRoster,
    said,
    span_of,
)
from luoshi.publishing.nouns import WITHHELD, Content, Holds, OpenColumn, Table
from luoshi.publishing.safe_tables import Told, made_safe
from luoshi.tracking.showing import number
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


@dataclass(frozen=True, slots=True)
class Gathered:
    """A draft as it is frozen."""

    content: Content
    cases: tuple[int, ...]
    """Keys of the cases whose results it tells."""
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Before:
    """What an edition that is corrected had told."""

    withheld: Mapping[str, Collection[Told]] = field(default_factory=dict)
    """By table."""
    cases: frozenset[int] = frozenset()


_FIRST = Before()


def gather(city: City, kind: Kind, period: str, on: date, before: Before = _FIRST) -> Gathered:
    """A publication as it would be today; some ten queries, whatever its rows.

    Args:
        city: whose.
        kind: what is published.
        period: of which time.
        on: the day lists are told of.
        before: the edition it corrects: what that withheld stays withheld, and its cases are told again.

    Raises:
        RefusedError: nothing is held, or counts of persons do not add up.
    """
    parts = [_part(city, kind, one, period, on, before) for one in listed.expanded(kind.tables)]
    tables = [_safe(city, part.table, on, before) for part in parts if part.table.rows]
    if not tables:
        what = f"{period} 没有可以公布的数或条目"
        rule = "公布件由已入库的报表、已办结的办件和名单生成"
        raise RefusedError(Finding(kind.label, what, rule, "请先核定报表、计算指标，或办结有关办件"))
    words = {"city": city.name, "period": said(kind.every, period)}
    content = Content(
        title=kind.title.format(**words),
        on=on.isoformat(),
        period=period,
        text=_text(kind, tables, words),
        tables=tuple(tables),
        sources=tuple(dict.fromkeys(origin for part in parts for origin in part.sources)),
        basis=kind.basis,
        doubt=kind.doubt,
    )
    cases = tuple(sorted({case for part in parts for case in part.cases}))
    return Gathered(content, cases, tuple(words for part in parts for words in part.left_out))


def _part(city: City, kind: Kind, one: Asked, period: str, on: date, before: Before) -> Part:
    first, last = span_of(kind.every, period)
    match one:
        case OfMeasures():
            return figured.measured(city, one, first.year)
        case OfPoints():
            return figured.pointed(city, one, first, last)
        case OfRegister():
            return listed.entries(city, one, on)
        case OfRoster():
            return listed.roster(city, one, on)
        case OfLists():
            message = f"{one.key} stands for several lists"
            raise TypeError(message)
        case OfCases():
            return listed.decided(city, one, on, before.cases)


def _safe(city: City, table: Table, on: date, before: Before) -> Table:
    if not any(one.persons for one in table.columns):
        return table
    try:
        return made_safe(table, int(least_told(city.pk, on)), before.withheld.get(table.key, ()))
    except ValueError as error:
        what = "各县(市、区)之和与全市不等"
        rule = "人数表的合计须等于各行之和，否则不能判断哪些数会被推算出来"
        raise RefusedError(Finding("人数表", what, rule, "请核对报表，重新计算后再拟稿")) from error


def _text(kind: Kind, tables: Sequence[Table], words: Mapping[str, str]) -> tuple[str, ...]:
    told = {**words, "rows": str(_many(tables[0]))}
    for table in tables:
        if table.total:
            told |= {one.key: _shown(one, value) for one, value in zip(table.columns, table.rows[-1], strict=True)}
    return tuple(paragraph for one in kind.text if (paragraph := _filled(one, told)))


def _many(table: Table) -> int:
    return len(table.rows) - bool(table.total)


def _shown(one: OpenColumn, value: str) -> str:
    if not value or value == WITHHELD:
        return ""
    if one.holds is not Holds.NUMBER:
        return value
    return number(Decimal(value), one.places).replace("\u202f", "") + one.unit


class _Known(dict[str, str]):
    """Figures by name; whoever asks for one that nobody knows is told so."""

    def __missing__(self, key: str) -> str:
        raise LookupError(key)


def _filled(paragraph: str, told: Mapping[str, str]) -> str:
    """A paragraph with its figures; empty where one of them is not known."""
    try:
        made = paragraph.format_map(_Known({key: value for key, value in told.items() if value}))
    except LookupError:
        return ""
    return made.replace("增长-", "下降")

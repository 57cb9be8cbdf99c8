"""明细数据: what the lake holds, as the pages tell it: returns by year, counties by return, the editions of one return."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from luoshi.bureau.forms.returns import titles
from luoshi.bureau.lakes import lake
from luoshi.declared.returns import RETURNS

if TYPE_CHECKING:
    from luoshi.keeping import Edition

SHORT = 12
"""Letters of a digest that a page shows."""


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """One return: rows of each year, and what came in last."""

    key: str
    label: str
    definition: str
    rows: tuple[tuple[str, int | None], ...]
    """By year; None where nothing was handed in."""
    editions: int
    superseded: int
    known: date
    by: str
    digest: str
    """Short, of the rows that came in last."""
    number: int
    """Of the last entry."""


@dataclass(frozen=True, slots=True)
class Cells:
    """A return and the rows of each county, and their sum."""

    key: str
    label: str
    rows: tuple[int | None, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Holdings:
    """All that is kept, as known on a day."""

    years: tuple[str, ...]
    year: str
    """The one whose counties are shown; empty where nothing is kept."""
    lines: tuple[ReturnLine, ...]
    divisions: tuple[str, ...]
    """Names, in protocol order."""
    cells: tuple[Cells, ...]
    entries: int
    head: str
    made_up: bool


def holdings(known: date | None, year: str, names: Mapping[str, str]) -> Holdings:
    """What counted at the end of a day, now for None.

    Args:
        known: the day in UTC+8.
        year: the year whose counties are wanted; the last one for any other.
        names: the city's divisions in protocol order.
    """
    told = lake()
    counting, every = told.counting(known), told.all_editions()
    years = tuple(sorted({one.period[:4] for one in counting}))
    chosen = year if year in years else years[-1] if years else ""
    by_kind, all_by_kind = _grouped(counting), _grouped(every)
    kinds, others = _ordered(by_kind), titles(by_kind)
    mine = [one for one in counting if one.period[:4] == chosen]
    codes = in_protocol_order({one.division for one in mine}, names)
    number, head = told.head
    return Holdings(
        years,
        chosen,
        tuple(_line(label_of(kind, others), by_kind[kind], len(all_by_kind[kind]), years) for kind in kinds),
        tuple(named(code, names) for code in codes),
        tuple(
            _cells(kind, label_of(kind, others), [one for one in by_kind[kind] if one.period[:4] == chosen], codes)
            for kind in kinds
        ),
        number,
        head[:SHORT],
        any(is_made_up(one) for one in counting),
    )


def is_made_up(one: "Edition") -> bool:
    """Whether its source says so."""
    return one.told.startswith("演示数据（虚构）")


def named(code: str, names: Mapping[str, str]) -> str:
    """The name of a division: the city's own, a made-up county's, or its code."""
    return names.get(code) or _made_up_counties().get(code) or code


def in_protocol_order(codes: Iterable[str], names: Mapping[str, str]) -> list[str]:
    """Divisions as the city lists them, the others behind them by code."""
    order = {code: place for place, code in enumerate(dict.fromkeys([*names, *_made_up_counties()]))}
    return sorted(codes, key=lambda code: (order.get(code, len(order)), code))


def _made_up_counties() -> dict[str, str]:
    """Whose rows the demo of a real city shows; its own divisions are others."""
    from luoshi.imagining import county_names  # noqa: PLC0415 -- what draws a city loads slowly, and most pages need it not

    return county_names()


def label_of(kind: str, others: Mapping[str, str] | None = None) -> str:
    """What a return or a form is called; its key where it is neither any more.

    Args:
        kind: as the lake has it.
        others: names of forms by their kinds (`forms.returns.titles`).
    """
    return RETURNS[kind].label if kind in RETURNS else (others or {}).get(kind, kind)


def _grouped(editions: Iterable["Edition"]) -> dict[str, list["Edition"]]:
    found: dict[str, list[Edition]] = defaultdict(list)
    for one in editions:
        found[one.kind].append(one)
    return found


def _ordered(kinds: Iterable[str]) -> list[str]:
    declared = list(RETURNS)
    return sorted(kinds, key=lambda kind: (declared.index(kind) if kind in RETURNS else len(declared), kind))


def _line(label: str, editions: Sequence["Edition"], every: int, years: Iterable[str]) -> ReturnLine:
    last = editions[-1]
    return ReturnLine(
        last.kind,
        label,
        "、".join(dict.fromkeys(one.definition for one in editions)),
        tuple((year, _sum(one.rows for one in editions if one.period[:4] == year)) for year in years),
        len(editions),
        every - len(editions),
        last.known,
        last.by,
        last.total[:SHORT],
        last.number,
    )


def _cells(kind: str, label: str, editions: Sequence["Edition"], codes: Iterable[str]) -> Cells:
    rows = tuple(_sum(one.rows for one in editions if one.division == code) for code in codes)
    return Cells(kind, label, rows, sum(one or 0 for one in rows))


def _sum(rows: Iterable[int]) -> int | None:
    told = list(rows)
    return sum(told) if told else None

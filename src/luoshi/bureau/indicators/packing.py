"""Measurements packed: all divisions of one measure of one run and county in one row, which a page unpacks in microseconds.

Nine million measurements one by one are nine million rows with an index over them; packed by county they are fifty thousand.
What divides (分子 and 分母) is kept exactly, as text; the value is the one division that was made and is made again when it
is read, with the scale the measure had then. A value that no division gives, such as a 差异系数, is kept as it was.
"""

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import lru_cache
from typing import NamedTuple

from luoshi.words import showing
from luoshi.words.measures import Comparison, Measure, Variation
from luoshi.words.rounding import rounded

SCHOOL = "school"
COUNTED, KEPT = 0, -1
"""Scales that are none: the value is the part; the value is kept."""
_DIGITS = Context(prec=28)
_CELL, _COLUMN = "\t", "\n"
_LEVEL = 1
"""Of compression: more takes three times as long and saves a tenth."""


@dataclass(frozen=True)
class Moment:
    """What rows came to for one measure and division, as measuring.Moment; exact numbers as text."""

    measure: str
    level: str
    """city, county, township or school."""
    division: str
    county: str
    """The county it lies in; empty for a city."""
    name: str
    """Of a school, as its register has it."""
    part: str
    """Exact; empty where no row said anything."""
    whole: str
    value: str
    """To 28 digits; empty where nothing is known. Asked for only where no division gives it."""
    shown: str
    rows: int
    used: int


class Form(NamedTuple):
    """How a measure's value comes from part and whole, and how it is shown."""

    scale: int = KEPT
    """part · scale / whole; COUNTED or KEPT."""
    places: int = 2
    unit: str = ""


def form_of(measure: Measure | None) -> Form:
    """That of a declared measure; a measure that is not declared is kept as it is."""
    if measure is None:
        return Form()
    if isinstance(measure, Variation | Comparison):
        return Form(KEPT, measure.places, measure.unit)
    return Form(COUNTED if measure.counted else measure.scale, measure.places, measure.unit)


class Packed(NamedTuple):
    """Divisions of one measure, one after the other in the order of their roster."""

    level: str
    county: str
    measure: str
    form: Form
    body: bytes


class Roster(NamedTuple):
    """Divisions that the packed rows of one level and county speak of."""

    level: str
    county: str
    body: bytes


class Division(NamedTuple):
    """One of them."""

    code: str
    county: str
    name: str


class Slot(NamedTuple):
    """What is kept of one division."""

    part: str
    whole: str
    rows: int
    used: int
    value: Decimal | None
    shown: str


def pack(moments: Iterable[Moment], forms: Callable[[str], Form]) -> tuple[list[Roster], list[Packed]]:
    """Pack the moments of one run; schools by their county, other levels all together.

    Args:
        moments: in any order.
        forms: by key of a measure.
    """
    sheaves = dict[tuple[str, str, str], dict[str, Moment]]()
    named = dict[tuple[str, str], dict[str, Division]]()
    for one in moments:
        within = one.county if one.level == SCHOOL else ""
        sheaves.setdefault((one.level, within, one.measure), {})[one.division] = one
        roster = named.setdefault((one.level, within), {})
        if one.division not in roster or (one.name and not roster[one.division].name):
            roster[one.division] = Division(one.division, one.county, one.name)
    ordered = {key: [some[code] for code in sorted(some)] for key, some in sorted(named.items())}
    rosters = [Roster(*key, _packed(zip(*some, strict=True))) for key, some in ordered.items()]
    packed = [
        Packed(*key, form := forms(key[2]), _body(form, [some.get(one.code) for one in ordered[key[0], key[1]]]))
        for key, some in sorted(sheaves.items())
    ]
    return rosters, packed


def _body(form: Form, some: Sequence[Moment | None]) -> bytes:
    rows = ["" if one is None else str(one.rows) for one in some]
    used = ["" if one is None or one.used == one.rows else str(one.used) for one in some]
    columns = [
        ["" if one is None else one.part for one in some],
        ["" if one is None else one.whole for one in some],
        rows,
        used if any(used) else [],
    ]
    if form.scale == KEPT:
        columns += [
            ["" if one is None else one.value for one in some],
            ["" if one is None else one.shown for one in some],
        ]
    return _packed(columns)


def _packed(columns: Iterable[Iterable[str]]) -> bytes:
    return zlib.compress(_COLUMN.join(_CELL.join(column) for column in columns).encode(), _LEVEL)


def _unpacked(body: bytes) -> list[list[str]]:
    return [column.split(_CELL) for column in zlib.decompress(body).decode().split(_COLUMN)]


@lru_cache(maxsize=512)
def divisions(body: bytes) -> tuple[Division, ...]:
    """Divisions of a roster, by their codes; the same rosters are asked for by every page."""
    return tuple(map(Division, *_unpacked(body)))


@lru_cache(maxsize=512)
def places(body: bytes) -> Mapping[str, int]:
    """Where each division of a roster stands."""
    return {one.code: place for place, one in enumerate(divisions(body))}


def slots(body: bytes, form: Form, wanted: Iterable[int]) -> Iterator[tuple[int, Slot]]:
    """What is kept of the wanted places, those left out of which nothing is kept.

    Args:
        body: packed.
        form: of its measure.
        wanted: places in the roster.
    """
    columns = _unpacked(body)
    parts, wholes, rows, used = columns[:4]
    apart = len(used) > 1 or used[0] != ""
    values, words = columns[4:] if form.scale == KEPT else (None, None)
    for place in wanted:
        asked = rows[place]
        if not asked:
            continue
        part, whole = parts[place], wholes[place]
        if values is not None and words is not None:
            value, shown = Decimal(values[place]) if values[place] else None, words[place]
        else:
            value = divided(form, part, whole)
            shown = worded(form, value)
        counted = (used[place] if apart else "") or asked
        yield place, Slot(part, whole, int(asked), int(counted), value, shown)


def divided(form: Form, part: str, whole: str) -> Decimal | None:
    """The value, to 28 digits where it does not end before; None where nothing is known or there is nothing to divide by."""
    if not part:
        return None
    if form.scale == COUNTED:
        return Decimal(part)
    below = Decimal(whole) if whole else None
    return _DIGITS.divide(Decimal(part) * form.scale, below) if below else None


def worded(form: Form, value: Decimal | None) -> str:
    """The value half up to its places, with its unit."""
    return showing.worded(value, form.places, form.unit, counted=form.scale == COUNTED)


def amount(told: str, places: int) -> str:
    """A part or a whole for show: whole numbers as they are, others half up to so many places."""
    return str(rounded(Decimal(told), places)) if "." in told else told

"""Measurements packed: a row holds all divisions of one measure, or all measures of one division, and is unpacked in microseconds.

Nine million measurements one by one are nine million rows with an index over them; packed by county they are fifty thousand,
and packed by division thirty thousand. A comparison of divisions reads the first, the page of one division the second.
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


class Profile(NamedTuple):
    """All measures of one division, one after the other in the order of the run's legend."""

    level: str
    division: str
    county: str
    name: str
    body: bytes


class Packing(NamedTuple):
    """What a run came to, both ways round."""

    rosters: list[Roster]
    sheaves: list[Packed]
    legend: bytes
    """Measures that profiles speak of, with their forms."""
    profiles: list[Profile]


class Slot(NamedTuple):
    """What is kept of one measure of one division."""

    part: str
    whole: str
    rows: int
    used: int
    value: Decimal | None
    shown: str


def pack(moments: Iterable[Moment], forms: Callable[[str], Form]) -> Packing:
    """Pack the moments of one run; sheaves of schools by their county, of other levels all together.

    Args:
        moments: in any order.
        forms: by key of a measure.
    """
    sheaves = dict[tuple[str, str, str], dict[str, Moment]]()
    profiles = dict[tuple[str, str], dict[str, Moment]]()
    named = dict[tuple[str, str], dict[str, Division]]()
    for one in moments:
        within = one.county if one.level == SCHOOL else ""
        sheaves.setdefault((one.level, within, one.measure), {})[one.division] = one
        profiles.setdefault((one.level, one.division), {})[one.measure] = one
        roster = named.setdefault((one.level, within), {})
        if one.division not in roster or (one.name and not roster[one.division].name):
            roster[one.division] = Division(one.division, one.county, one.name)
    ordered = {key: [some[code] for code in sorted(some)] for key, some in sorted(named.items())}
    form = {key: forms(key) for key in sorted({measure for _level, _within, measure in sheaves})}
    rosters = [Roster(*key, _packed(zip(*some, strict=True))) for key, some in ordered.items()]
    packed = [
        Packed(*key, form[key[2]], _body(form[key[2]].scale == KEPT, _of(some, ordered[key[0], key[1]])))
        for key, some in sorted(sheaves.items())
    ]
    legend = _packed([form, *zip(*(map(str, one) for one in form.values()), strict=True)])
    return Packing(rosters, packed, legend, _profiles(profiles, ordered, form))


def _of(some: Mapping[str, Moment], roster: Iterable[Division]) -> list[Moment | None]:
    return [some.get(one.code) for one in roster]


def _profiles(
    by_division: Mapping[tuple[str, str], Mapping[str, Moment]],
    ordered: Mapping[tuple[str, str], Iterable[Division]],
    forms: Mapping[str, Form],
) -> list[Profile]:
    kept = any(form.scale == KEPT for form in forms.values())
    return [
        Profile(level, *one, _body(kept, [by_division[level, one.code].get(key) for key in forms]))
        for (level, _within), roster in ordered.items()
        for one in roster
    ]


def _body(kept: bool, some: Sequence[Moment | None]) -> bytes:  # noqa: FBT001 -- whether values are kept as they were
    rows = ["" if one is None else str(one.rows) for one in some]
    used = ["" if one is None or one.used == one.rows else str(one.used) for one in some]
    columns = [
        ["" if one is None else one.part for one in some],
        ["" if one is None else one.whole for one in some],
        rows,
        used if any(used) else [],
    ]
    if kept:
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


@lru_cache(maxsize=64)
def legend(body: bytes) -> Mapping[str, tuple[int, Form]]:
    """Measures of a run: where each stands in a profile, and its form; the same legends are asked for by every page."""
    keys, scales, digits, units = _unpacked(body)
    forms = map(Form, map(int, scales), map(int, digits), units)
    return {key: (place, form) for place, (key, form) in enumerate(zip(keys, forms, strict=True))}


def slots(body: bytes, form: Form, wanted: Iterable[int]) -> Iterator[tuple[int, Slot]]:
    """What a sheaf keeps of the wanted places, those left out of which nothing is kept.

    Args:
        body: packed.
        form: of its measure.
        wanted: places in the roster.
    """
    columns = _unpacked(body)
    for place in wanted:
        if (slot := _slot(columns, place, form)) is not None:
            yield place, slot


def measured(body: bytes, wanted: Mapping[str, tuple[int, Form]]) -> Iterator[tuple[str, Form, Slot]]:
    """What a profile keeps of the wanted measures, those left out of which nothing is kept.

    Args:
        body: packed.
        wanted: as the run's legend has them.
    """
    columns = _unpacked(body)
    for key, (place, form) in wanted.items():
        if (slot := _slot(columns, place, form)) is not None:
            yield key, form, slot


def _slot(columns: Sequence[Sequence[str]], place: int, form: Form) -> Slot | None:
    asked = columns[2][place]
    if not asked:
        return None
    part, whole, used = columns[0][place], columns[1][place], columns[3]
    if form.scale == KEPT:
        kept = columns[4][place]
        value, shown = Decimal(kept) if kept else None, columns[5][place]
    else:
        value = divided(form, part, whole)
        shown = worded(form, value)
    counted = (used[place] if len(used) > 1 or used[0] else "") or asked
    return Slot(part, whole, int(asked), int(counted), value, shown)


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

"""Parameters as they count on a day: the document's value, the bureau's own, and whether the doubt was verified."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luoshi.bureau.indicators.models import Confirmation, Measuring, OwnParameter
from luoshi.bureau.indicators.parameters.readers import readers
from luoshi.declared import PARAMETERS
from luoshi.spine import Parameter
from luoshi.words.parameters import counting, in_force

_AUTUMN = 9
Doubted = tuple[str, date, str, str]
"""Key, first day, region and doubt of a declared value."""


@dataclass(frozen=True, slots=True)
class Counting:
    """One parameter on a day."""

    key: str
    declared: Parameter
    """The document's value of the day; before its first day the first there will be."""
    begun: bool
    """Whether that value counts already."""
    own: OwnParameter | None
    """The bureau's value of the day, which goes before."""
    confirmed: Confirmation | None
    """Of the declared value's doubt."""

    @property
    def value(self) -> Decimal:
        """What counts."""
        return self.own.value if self.own else self.declared.value

    @property
    def counts(self) -> bool:
        """Whether any value counts on the day."""
        return self.begun or self.own is not None

    @property
    def doubtful(self) -> bool:
        """Whether its doubt is open: the bureau's own value does not close it, a document does."""
        return bool(self.declared.doubt) and self.confirmed is None


@dataclass(frozen=True, slots=True)
class Apart:
    """A year that was measured with another value than counts for it now."""

    year: int
    key: str
    used: Decimal
    now: Decimal
    measures: tuple[str, ...]
    """Those that were measured with it."""


def own_rows(city_id: int) -> list[OwnParameter]:
    """The bureau's own values as they were set, by key and day: one query."""
    return list(OwnParameter.objects.filter(city_id=city_id).order_by("key", "begun"))


def confirmations(city_id: int) -> dict[Doubted, Confirmation]:
    """The last confirmation of each doubt: one query."""
    found = Confirmation.objects.filter(city_id=city_id).order_by("pk")
    return {(one.key, one.begun, one.region, one.doubt): one for one in found}


def confirmed(one: Parameter, known: Mapping[Doubted, Confirmation]) -> Confirmation | None:
    """Of a declared value."""
    return known.get((one.key, one.begun, one.region, one.doubt))


def on_day(on: date, own: Iterable[OwnParameter], known: Mapping[Doubted, Confirmation]) -> dict[str, Counting]:
    """Every declared parameter on a day, in the order they are declared."""
    declared = counting(PARAMETERS, on)
    first = {one.key: one for one in sorted(PARAMETERS, key=lambda one: one.begun, reverse=True)}
    mine = {one.key: one for one in sorted(own, key=lambda one: one.begun) if one.begun <= on}
    return {
        key: Counting(key, one := declared.get(key, first[key]), key in declared, mine.get(key), confirmed(one, known))
        for key in readers()
    }


def values_of(year: int, own: Iterable[OwnParameter]) -> dict[str, Decimal]:
    """The values a year is measured with, as the job takes them."""
    return values_on(date(year, _AUTUMN, 1), own)


def values_on(on: date, own: Iterable[OwnParameter]) -> dict[str, Decimal]:
    """The values that count on a day, the bureau's own before those of documents."""
    mine = {one.key: one.value for one in sorted(own, key=lambda one: one.begun) if one.begun <= on}
    return {**in_force(PARAMETERS, on), **mine}


def measured_apart(runs: Mapping[int, Measuring], own: Sequence[OwnParameter], keys: Iterable[str]) -> list[Apart]:
    """Years whose last run took another value of some parameter than counts for the year now, the youngest first.

    Args:
        runs: the last of each year.
        own: the bureau's values.
        keys: of the parameters that are asked about.
    """
    asked = [(key, readers()[key].measures) for key in keys if key in readers()]
    told = []
    for year in sorted(runs, reverse=True):
        now, used = values_of(year, own), runs[year].values
        for key, reading in asked:
            of = tuple(one for one in reading if one in runs[year].queries)
            if of and key in used and key in now and Decimal(used[key]) != now[key]:
                told.append(Apart(year, key, Decimal(used[key]), now[key], of))
    return told


def breaks_by(runs: Mapping[int, Measuring], key: str) -> list[int]:
    """Years that were measured with another value than the year measured before: there its series break."""
    years = [year for year in sorted(runs) if key in runs[year].values]
    taken = [Decimal(runs[year].values[key]) for year in years]
    return [year for year, before, now in zip(years[1:], taken, taken[1:], strict=False) if before != now]

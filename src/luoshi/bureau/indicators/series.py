"""What measures came to over years and divisions, as the last run of each year left it. Pages, judgements and exports ask here."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from luoshi.bureau.indicators.models import Measuring, Moment


@dataclass(frozen=True, slots=True)
class Cell:
    """One measure of one division in one year."""

    measure: str
    year: int
    """First year of the school year, or the calendar year."""
    level: str
    """city, county or school."""
    division: str
    county: str
    """The county it lies in; empty for a city."""
    name: str
    """Of a school, as its register has it."""
    part: str
    """分子, exact, as text; empty where no row said anything."""
    whole: str
    """分母; empty for a count."""
    value: Decimal | None
    """To 28 digits; None where nothing is known."""
    shown: str
    rows: int
    """Rows that were asked."""
    used: int
    """Of these, how many are in the sums."""
    run: int
    """Key of the measuring it comes from: its entry of the lake, its parameters, its editions."""


def latest_runs(city_id: int, years: Collection[int] = ()) -> dict[int, Measuring]:
    """The last run of each year, or of the years that are asked for: one query."""
    found = Measuring.objects.filter(city_id=city_id, **({"year__in": years} if years else {}))
    return {one.year: one for one in found.order_by("pk")}


def cells(  # which figures, of whom, when: each by its name
    city_id: int,
    measures: Collection[str],
    *,
    level: str,
    years: Collection[int] = (),
    county: str = "",
    divisions: Collection[str] = (),
) -> list[Cell]:
    """Cells by measure, year and division.

    Args:
        city_id: whose.
        measures: keys.
        level: city, county or school.
        years: those wanted; all that were measured without.
        county: only those that lie in it.
        divisions: only these codes; all without.
    """
    runs = latest_runs(city_id, years)
    year_of = {run.pk: year for year, run in runs.items()}
    found = Moment.objects.filter(measuring__in=year_of, level=level, measure__in=measures)
    if county:
        found = found.filter(county=county)
    if divisions:
        found = found.filter(division__in=divisions)
    return [
        Cell(*units, Decimal(value) if value else None, shown, rows, used, run)
        for units, value, shown, rows, used, run in sorted(
            ((key, year_of[run], of, code, within, name, part, whole), value, shown, rows, used, run)
            for key, run, of, code, within, name, part, whole, value, shown, rows, used in found.values_list(
                "measure",
                "measuring_id",
                "level",
                "division",
                "county",
                "name",
                "part",
                "whole",
                "value",
                "shown",
                "rows",
                "used",
            )
        )
    ]

"""A lake of a small made-up city, handed in county by county, each year known in its October."""

from datetime import UTC, datetime

from luoshi.declared.returns import RETURNS
from luoshi.imagining import City
from luoshi.imagining.city import period_of
from luoshi.keeping import Lake

PAGES = ("institutions", "class_bands", "kindergartens", "staff_counts", "premises", "equipment", "budgets")


def hand_in(
    lake: Lake, schools: int = 60, years: tuple[int, ...] = (2019, 2020), kinds: tuple[str, ...] = PAGES
) -> None:
    """Deposit these returns of every county."""
    city = City(schools, 5, min(years) - 1)
    for year in years:
        frames = city.whole(year)
        for key in kinds:
            of = RETURNS[key]
            for (county,), rows in sorted(frames[key].partition_by("county", as_dict=True).items()):
                lake.deposit(
                    rows,
                    kind=key,
                    period=period_of(key, year),
                    division=str(county),
                    definition=of.basis.label,
                    source="演示数据（虚构）",
                    key=of.keys,
                    at=datetime(year, 10, 20, tzinfo=UTC),
                    by="统计员",
                )

"""The DCAT record of the series of indicators."""

from collections.abc import Mapping

from luoshi.publishing.cataloguing import Dataset, Distribution, catalog
from luoshi.publishing.opening.figures import Collection


def catalogue(told: Collection, tables: Mapping[str, bytes]) -> dict[str, object]:
    """One catalogue with one dataset, whose distributions are the tables."""
    return catalog(told.title, told.publisher, [dataset(told, tables)])


def dataset(told: Collection, tables: Mapping[str, bytes], beside: str = "", page: str = "") -> Dataset:
    """The series as one dataset.

    Args:
        told: what goes out.
        tables: the files by name.
        beside: the folder they lie in, from the catalogue, with its stroke; empty beside it.
        page: where people read them.
    """
    years = [one.period for one in told.figures]
    return Dataset(
        key=f"{told.key}-indicators",
        title=told.title,
        description="。".join(one for one in (told.note, told.description) if one),
        issued=told.made.isoformat(timespec="seconds"),
        files=tuple(Distribution(beside + name, content, name) for name, content in tables.items()),
        keywords=tuple(one.label for one in told.indicators),
        years=(min(years), max(years)) if years else None,
        licence=(told.licence.path or told.licence.name) if told.licence else "",
        page=page,
    )

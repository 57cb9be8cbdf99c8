"""A city is handed in: an edition of the lake for each return, period and county. 演示数据（虚构）.

Whole counties are made together and handed in at once, so memory holds one piece and a stop leaves whole pieces. What an
edition says of its source names the city it was made of, so who asks again finds out what is there without making it.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta, timezone

import numpy as np
import polars as pl

from luoshi.declared.returns import RETURNS
from luoshi.imagining.chance import Ints
from luoshi.imagining.city import MADE_UP, City, period_of
from luoshi.imagining.layout import BLOCK
from luoshi.imagining.registers import county_codes
from luoshi.keeping import Deposit, Edition, Lake
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

BY = f"造数　{MADE_UP}"
"""Who hands in."""
MAKING = 2
"""Grows whenever the same seed makes other rows."""
_OFFICE = timezone(timedelta(hours=8))


def moment_of(year: int) -> datetime:
    """When the returns of a school year are handed in, unless said otherwise: at nine on 5 January, when all have ended."""
    return datetime(year + 1, 1, 5, 9, tzinfo=_OFFICE)


def source_of(city: City, year: int) -> str:
    """What the rows of a year were taken from, in words: all that they follow from."""
    size = "" if city.pupils is None else f"，约{city.pupils}名学生"
    return f"{MADE_UP}：{city.schools}所学校{size}，种子{city.seed}，自{city.first}学年，{year}学年，造法{MAKING}"


def deposit(
    city: City,
    years: Sequence[int],
    lake: Lake,
    tell: Callable[[str], None] = lambda _: None,
    *,
    at: Callable[[int], datetime] = moment_of,
) -> Iterator[list[Edition]]:
    """Hand a city in, some counties at a time; whoever stops asking stops it, and may ask again for the rest.

    Args:
        city: which.
        years: school years, one after another.
        lake: a new one, or one that holds part of the same city.
        tell: takes a line of Chinese about how far it has come.
        at: the moment of a year's entries.

    Yields:
        The editions of each piece once they are in the lake; pieces that were there before are left out.

    Raises:
        RefusedError: the lake holds other rows of one of these counties and periods.
    """
    pieces = city.counties()
    for year in years:
        source = source_of(city, year)
        there = _there(lake, year, source)
        done = 0
        for piece in pieces:
            done += len(piece)
            counties = _codes_of(city, piece)
            if not counties <= there:
                yield _handed_in(lake, city.frames(piece, year), year, source, at(year))
            tell(f"{year}学年：学校 {done}/{city.schools}")
        if not {*_codes_of(city, np.arange(city.schools))} <= _there(lake, year, source, "population"):
            yield _handed_in(lake, city.county_frames(year), year, source, at(year))
        tell(f"{year}学年已入库　{MADE_UP}")


def _there(lake: Lake, year: int, source: str, key: str = "institutions") -> set[str]:
    """Counties whose piece is in the lake; all of a piece was handed in together, so one return tells of all."""
    told = lake.editions(key, period_of(key, year))
    for one in told:
        if one.told != source:
            raise _refused(lake, one)
    return {one.division for one in told}


def _codes_of(city: City, piece: Ints) -> set[str]:
    unit = np.unique(city.townships.unit[piece // BLOCK])
    return {*county_codes(99).gather(pl.Series(unit))}


def _handed_in(
    lake: Lake, frames: Iterator[tuple[str, pl.DataFrame]], year: int, source: str, at: datetime
) -> list[Edition]:
    deposits = (
        Deposit(rows, key, period_of(key, year), str(county), RETURNS[key].basis.label, source, RETURNS[key].keys)
        for key, frame in frames
        for (county,), rows in frame.partition_by("county", as_dict=True, maintain_order=True).items()
    )
    return lake.deposit_all(deposits, at=at, by=BY)


def _refused(lake: Lake, one: Edition) -> RefusedError:
    what = f"已有 {one.division} {one.period} 的行，来自“{one.told or one.source[:12]}”"
    rule = "造数只写到新的数据湖，或写了一半的同一个市"
    return RefusedError(Finding(str(lake.folder), what, rule, "请换一个文件夹，或用上次的学校数、种子和学年"))

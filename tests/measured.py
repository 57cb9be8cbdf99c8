"""Rows of the worked examples as frames, and their measures; 星州's county 99 does not exist."""

from datetime import date
from decimal import Decimal

import polars as pl

from luoshi.declared import PARAMETERS
from luoshi.declared.measures import MEASURES
from luoshi.measuring import Engine, Frames, in_force, measure
from luoshi.words.rounding import rounded

COUNTY, YEAR = "990102", 2020
VALUES = in_force(PARAMETERS, date(2020, 9, 1))


def frames_of(year: int = YEAR, **rows: list[dict]) -> dict[tuple[str, int], pl.DataFrame]:
    return {
        (key, year): pl.DataFrame([{"county": COUNTY, **row} for row in some], infer_schema_length=None)
        for key, some in rows.items()
    }


def value_of(key: str, frames: dict, engine: Engine = Engine.POLARS, division: str = COUNTY, year: int = YEAR):
    told = measure([MEASURES[key]], Frames(frames), year=year, values=VALUES, engine=engine)
    assert not told.unmeasured
    return told.of(key)[division].value


def shown(value, places: int = 2) -> str:
    return str(rounded(Decimal(value.numerator) / Decimal(value.denominator), places))


def school(number: int) -> str:
    return f"2199{number:06d}"


def kindergartens(*natures: tuple[str, int]) -> list[dict]:
    return [
        {"school": f"1199{at:06d}", "nature": nature, "children": many} for at, (nature, many) in enumerate(natures)
    ]

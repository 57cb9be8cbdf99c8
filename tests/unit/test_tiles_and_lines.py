"""Tiles and lines: places, shades and breaks, as numbers a person can check."""

from datetime import date
from decimal import Decimal

from luoshi.bureau.board.points import Point, stretches
from luoshi.bureau.board.series_picture import line
from luoshi.bureau.board.tile_picture import Value, tiles
from luoshi.bureau.people.models import Division


def _point(year: int, value: str, run: int = 1, definition: str = "年报") -> Point:
    return Point(date(year, 9, 1), f"{year}", Decimal(value), value, "", "", definition, "", "", run=run, year=year)


def _value(value: str | None) -> Value:
    return Value(None if value is None else Decimal(value), value or "", "", "")


def test_tiles_without_places_stand_in_the_order_of_their_list() -> None:
    units = [Division(code=str(at), name=f"县{at}") for at in range(7)]
    made = tiles(units, {"0": _value("1"), "6": _value("2")})
    assert made is not None
    assert (made.columns, made.rows, made.placed) == (5, 2, False)


def test_equal_values_share_a_shade_and_what_is_unknown_has_none() -> None:
    units = [Division(code=code, name=code, row=1, column=at) for at, code in enumerate("abcde", 1)]
    made = tiles(units, {"a": _value("0"), "b": _value("0"), "c": _value("9"), "d": _value(None)})
    assert made is not None
    assert [one.shade for one in made.tiles] == [1, 1, 2, 0, 0]
    assert made.placed


def test_one_county_is_no_map() -> None:
    assert tiles([Division(code="a", name="甲")], {"a": _value("1")}) is None


def test_a_missing_year_and_another_definition_break_the_line() -> None:
    every = [_point(2016, "1"), _point(2018, "2"), _point(2019, "3"), _point(2020, "4", 0, "部门月报")]
    assert [[one.year for one in some] for some in stretches(every, {}, ())] == [[2016], [2018, 2019], [2020]]


def test_the_higher_value_is_drawn_higher_and_the_target_between() -> None:
    drawn = line([[_point(2019, "1"), _point(2020, "3")]], (Decimal(2), "目标 2 %"))
    assert drawn is not None
    assert drawn.target is not None
    low, high = (one.y for one in drawn.dots)
    assert high < drawn.target.y < low


def test_a_single_value_is_no_line() -> None:
    assert line([[_point(2020, "3")]]) is None

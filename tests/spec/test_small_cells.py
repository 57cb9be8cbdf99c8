"""小单元格: whoever knows the rule and all that is shown cannot tell a small count. By trying every table there is."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest

from luoshi.publishing.opening import OpenFigure, withhold
from tests.spec.test_open_figures import RATE

LEAST = Decimal(5)
Cells = tuple[tuple[int, int | None], ...]
"""Part and whole of each county; no whole for a count."""


def _figure(division: str, part: int, whole: int | None, level: str = "county", standing: str = "") -> OpenFigure:
    value = str(part) if whole is None else f"{Decimal(part) * 100 / Decimal(whole):f}" if whole else ""
    return replace(
        RATE, persons=True, level=level, division=division, numerator=str(part), value=value, version=division,
        denominator="" if whole is None else str(whole), unit="人" if whole is None else "%",
        standing=standing or RATE.standing,
    )  # fmt: skip


def _table(cells: Cells) -> list[OpenFigure]:
    whole = None if cells[0][1] is None else sum(one or 0 for _, one in cells)
    counties = [_figure(str(at), part, of) for at, (part, of) in enumerate(cells)]
    return [_figure("city", sum(part for part, _ in cells), whole, "city"), *counties]


def _public(cells: Cells) -> tuple[tuple[str, str, bool], ...]:
    """All that anybody sees."""
    return tuple((one.numerator, one.denominator, one.withheld) for one in withhold(_table(cells), LEAST))


def _counts(counties: int, total: int) -> Iterator[Cells]:
    """Every table of counts whose city has so many at most."""
    for cells in product(range(total + 1), repeat=counties):
        if sum(cells) <= total:
            yield tuple((one, None) for one in cells)


def _rates(counties: int, total: int) -> Iterator[Cells]:
    pairs = [(part, whole) for whole in range(total + 1) for part in range(whole + 1)]
    for cells in product(pairs, repeat=counties):
        if sum(whole for _, whole in cells) <= total:
            yield cells


def _small(part: int, whole: int | None) -> bool:
    return any(0 < one < LEAST for one in ((part,) if whole is None else (part, whole - part, whole)))


_BEYOND = 6
"""Where the city is hidden it may have more: tables are held against others with so many more."""


def _told(tables: Iterator[Cells], total: int) -> list[Cells]:
    """Tables of which somebody who sees what is public, and tries every table that looks the same, learns a small cell."""
    alike = defaultdict(list)
    for cells in tables:
        alike[_public(cells)].append(cells)
    learnt = []
    for same in alike.values():
        for at in range(len(same[0])):
            sized = sum(part if whole is None else whole for part, whole in same[0])
            if len({cells[at] for cells in same}) == 1 and _small(*same[0][at]) and sized <= total:
                learnt.append(same[0])
    return learnt


@pytest.mark.parametrize(
    ("counties", "total"), [(1, 14), (2, 20), (3, 13), pytest.param(4, 14, marks=pytest.mark.prove)]
)
def test_no_count_of_one_to_four_persons_is_learnt_from_the_city_and_the_other_counties(
    counties: int, total: int
) -> None:
    assert _told(_counts(counties, total + _BEYOND), total) == []


@pytest.mark.parametrize(("counties", "total"), [(2, 8), pytest.param(2, 16, marks=pytest.mark.prove)])
def test_no_small_part_rest_or_whole_is_learnt_from_rates(counties: int, total: int) -> None:
    assert _told(_rates(counties, total + _BEYOND), total) == []


def test_what_the_hidden_counties_have_together_is_no_small_count_either() -> None:
    for cells in _counts(3, 14):
        city, *counties = withhold(_table(cells), LEAST)
        hidden = [part for (part, _), one in zip(cells, counties, strict=True) if one.withheld]
        assert city.withheld or not 0 < sum(hidden) < LEAST


def test_a_rule_that_hides_only_the_small_ones_would_be_seen_through() -> None:
    naive = defaultdict(list)
    for cells in _counts(3, 14):
        naive[tuple("" if _small(*one) else one[0] for one in cells), sum(part for part, _ in cells)].append(cells)
    assert any(len(same) == 1 and any(_small(*one) for one in same[0]) for same in naive.values())


def test_a_county_is_hidden_in_every_standing_and_definition_of_the_same_day() -> None:
    first = _table(((2, None), (30, None), (40, None), (60, None)))
    again = [replace(one, standing="published", version=f"{one.version}b") for one in first]
    told = withhold([*first, *again], LEAST)
    assert [one.withheld for one in told[:5]] == [one.withheld for one in told[5:]] == [False, True, False, False, True]
    beside = replace(first[4], standing="published", version="other")
    assert withhold([*first, beside], LEAST)[-1].withheld, "it would tell what was hidden beside the small one"

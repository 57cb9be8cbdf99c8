"""A bureau's own values of parameters: kept with their day, never changed, and taken by what checks and what measures."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from luoshi.bureau.indicators.actions import keep_parameters
from luoshi.bureau.indicators.measuring import _values
from luoshi.bureau.indicators.models import OwnParameter
from luoshi.bureau.indicators.queries import own_parameters
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.people.models import City
from luoshi.bureau.returns import actions, queries
from luoshi.bureau.returns.models import Breach, Unit
from luoshi.bureau.returns.words import day_of
from luoshi.declared import PARAMETERS
from luoshi.spine import Parameter
from luoshi.words.returns import Grain
from tests.bureau import collected, witness
from tests.bureau.collected import COUNTIES, rows, table
from tests.bureau.xingzhou import INSTALLER, actor

SOURCE = "虚构的局内通知"


def _own(key: str, value: str, begun: date) -> Parameter:
    declared = next(one for one in PARAMETERS if one.key == key)
    return replace(declared, value=Decimal(value), begun=begun, source=SOURCE)


def test_a_value_is_kept_once_with_its_entry_and_read_as_it_was(city: City) -> None:
    own = _own("class_most", "52.5", date(2021, 9, 1))
    with witness.done("indicators.parameters"):
        assert keep_parameters(INSTALLER, city, [own]) == 1
    assert keep_parameters(INSTALLER, city, [own]) == 0
    (kept,) = own_parameters(city.pk)
    assert (kept.key, kept.value, kept.unit, kept.begun, kept.source) == (
        "class_most",
        own.value,
        "人",
        own.begun,
        SOURCE,
    )
    assert json.loads(Entry.objects.latest("number").detail) == {"班额上限（校验） 2021-09-01": f"52.5人，{SOURCE}"}


def test_a_kept_value_is_not_changed_but_followed(city: City) -> None:
    keep_parameters(INSTALLER, city, [_own("class_most", "60", date(2021, 9, 1))])
    with witness.refused("indicators.parameters", "登记过的值不改"):
        keep_parameters(INSTALLER, city, [_own("class_most", "55", date(2021, 9, 1))])
    assert keep_parameters(INSTALLER, city, [_own("class_most", "55", date(2022, 9, 1))]) == 1
    assert OwnParameter.objects.count() == 2


def test_only_who_sets_up_the_city_brings_values(city: City) -> None:
    with witness.refused("indicators.parameters"):
        keep_parameters(actor("jijiao"), city, [_own("class_most", "55", date(2021, 9, 1))])


@pytest.mark.parametrize(("begun", "asked"), [(date(2020, 9, 1), True), (date(2020, 9, 2), False)])
def test_a_filing_is_asked_by_the_bureau_s_value_of_its_period(city: City, begun: date, *, asked: bool) -> None:
    collected.fill_lake()
    window = collected.opened(city)
    keep_parameters(INSTALLER, city, [_own("class_most", "1", begun)])
    unit = Unit.objects.filter(window=window, county=COUNTIES[1], kind="211").first()
    assert unit
    actions.bring(actor("xianqu"), window.pk, table(rows("class_bands", unit.code)), "班额.csv", unit.code)
    filing = Unit.objects.select_related("filing").get(pk=unit.pk).filing
    told: list[Breach] = [one for one in queries.breaches(filing) if one.rule == "average_size"]
    assert bool(told) is asked
    assert all("平均班额在1人至1人之间" in one.sentence and "class_most=1人" in one.sentence for one in told)


def test_measures_take_the_same_values_from_their_day_on(city: City) -> None:
    keep_parameters(INSTALLER, city, [_own("large_class", "51", date(2021, 9, 1))])
    assert [_values(city, year)["large_class"] for year in (2020, 2021)] == [56, 51]


@pytest.mark.parametrize(
    ("grain", "period", "day"),
    [
        (Grain.SCHOOL_YEAR, "2020", date(2020, 9, 1)),
        (Grain.YEAR, "2020", date(2020, 9, 1)),
        (Grain.TERM, "2020-1", date(2020, 9, 1)),
        (Grain.TERM, "2020-2", date(2021, 3, 1)),
        (Grain.MONTH, "2020-02", date(2020, 2, 1)),
    ],
)
def test_a_period_has_a_day_for_its_parameters(grain: Grain, period: str, day: date) -> None:
    assert day_of(grain, period) == day

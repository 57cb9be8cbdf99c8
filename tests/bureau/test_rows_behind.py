"""The rows behind a county's figure are kept while it is measured, so a page can list them without opening the lake."""

from datetime import date
from decimal import Decimal

import pytest

from luoshi.bureau.indicators import measuring
from luoshi.bureau.indicators.actions import keep_measuring
from luoshi.bureau.indicators.measuring import State
from luoshi.bureau.indicators.models import Measuring
from luoshi.bureau.indicators.rows import rows_behind
from luoshi.bureau.lakes import lake
from luoshi.bureau.people.models import City
from luoshi.declared import PARAMETERS
from luoshi.declared.measures import MEASURES
from luoshi.declared.returns import Classes, Institutions
from luoshi.keeping import Lake
from luoshi.measuring import LakeTables, in_force
from tests.bureau.measured_lake import hand_in
from tests.bureau.xingzhou import actor

pytestmark = pytest.mark.django_db
COUNTY = "990106"
LARGE = "primary_large_class_rate_roll"


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    folder = tmp_path_factory.mktemp("rows") / "lake"
    hand_in(Lake(folder), years=(2020,), kinds=("institutions", "classes"))
    return folder


@pytest.fixture
def run(city: City, rows, settings) -> Measuring:
    settings.LAKE = rows
    entry, head = lake().head
    values = {**in_force(PARAMETERS, date(2020, 9, 1)), "large_class": Decimal(44)}
    made = Measuring(city=city, year=2020, entry=entry, head=head, state="x")
    made.unmeasured = dict.fromkeys(MEASURES.keys() - {LARGE}, "没有问")
    return keep_measuring(actor("jijiao"), made, [], measuring.rows_behind(made, State(2020, entry, head, values)))


def test_the_classes_that_are_too_large_stand_behind_their_county(run: Measuring) -> None:
    tables = LakeTables(lake())
    frame = tables.frame(Classes, 2020)
    too_large = sorted(
        (-one["size"], one["class_id"])
        for one in frame.iter_rows(named=True)
        if (one["county"], one["stage"]) == (COUNTY, "primary") and one["kind"] != "special" and one["size"] >= 44
    )
    told = rows_behind(run.city_id, run.pk, LARGE, COUNTY)
    assert told is not None
    assert too_large
    assert told.total == len(too_large)
    size, key, name = (told.columns.index(one) for one in ("size", "class_id", "name"))
    assert [(-int(row[size]), row[key]) for row in told.rows] == too_large
    register = tables.frame(Institutions, 2020)
    assert {row[name] for row in told.rows} <= set(register["name"])
    assert told.headings[:2] == ("学校", "班级代号")
    assert {row[told.columns.index("stage")] for row in told.rows} == {"小学"}


def test_a_county_without_such_rows_has_none_and_a_measure_without_kept_rows_says_nothing(run: Measuring) -> None:
    none = rows_behind(run.city_id, run.pk, LARGE, "990199")
    assert none is not None
    assert (none.total, none.rows) == (0, ())
    assert rows_behind(run.city_id, run.pk, "compulsory_classes", COUNTY) is None
    assert rows_behind(run.city_id + 1, run.pk, LARGE, COUNTY) is None

"""再核对: a correction that is accepted later makes the rules that look at it be asked again. 演示数据（虚构）."""

import polars as pl
import pytest

from luoshi.bureau.people.models import City
from luoshi.bureau.returns import actions, queries
from luoshi.bureau.returns.models import Breach, Deposit, Unit, Window
from luoshi.declared.returns import RETURNS
from tests.bureau import collected
from tests.bureau.collected import COUNTIES, NAMES, ON, YEAR, accepted_before, frames, seen, table
from tests.bureau.conftest import Enter
from tests.bureau.xingzhou import actor

SECTION = actor("jijiao")
HERE = COUNTIES[1]
pytestmark = pytest.mark.django_db


def _accepted(window: Window, rows: pl.DataFrame) -> None:
    """Rows of one county, all the way into the lake."""
    codes = rows["school"].unique().to_list()
    actions.bring(SECTION, window.pk, table(rows), "班额.csv")
    collected.explained(window, HERE)
    actions.hand_in(SECTION, window.pk, seen(window, *codes, state="imported"), NAMES, ON)
    actions.check_county(SECTION, window.pk, seen(window, *codes, state="handed"), ON)
    actions.accept(SECTION, window.pk, HERE, seen(window, *codes, state="county"), ON)


def _opened_again(window: Window, code: str) -> None:
    unit = Unit.objects.get(window=window, code=code)
    asked = actions.ask_reopening(SECTION, window.pk, code, unit.version, "更正（演示）", ON)
    actions.decide_reopening(actor("fenguan"), asked.pk, "同意", ON, approved=True)


def _fewer_leavers(rows: pl.DataFrame, code: str) -> pl.DataFrame:
    """A year before, the leaving class of one school was in the grade below it: so many cannot have graduated since."""
    mine = pl.col("school") == code
    moved = pl.when(mine).then(pl.col("grade_6")).otherwise(0)
    return rows.with_columns(grade_5=pl.col("grade_5") + moved, grade_6=pl.col("grade_6") - moved)


@pytest.fixture
def window(city: City) -> Window:
    collected.fill_lake()
    for county in COUNTIES:
        rows = frames(year=YEAR - 1)["institutions"].filter(pl.col("county") == county)
        accepted_before("institutions", str(YEAR - 1), county, rows)
    opened = collected.opened(city, kinds=("211",))
    collected.carried(opened, HERE, "accepted")
    return opened


def test_a_corrected_last_year_asks_again_and_nothing_is_unaccepted(city: City, window: Window, enter: Enter) -> None:
    before = collected.opened(city, kinds=("211",), period=str(YEAR - 1), title="2019学年班额年报（演示）")
    owing = set(seen(before, county=HERE)) & set(seen(window, county=HERE, state="accepted"))
    last_year = frames(year=YEAR - 1)["class_bands"].filter(pl.col("school").is_in(owing))
    had = collected.rows("class_bands", *owing).filter(pl.col("graduates") > pl.col("moved_in"))["school"]
    code = last_year.filter((pl.col("grade_6") > 0) & pl.col("school").is_in(had.to_list()))["school"][0]
    _accepted(before, _fewer_leavers(last_year, code))
    unit = Unit.objects.select_related("filing").get(window=window, code=code)
    assert unit.state == "accepted"
    assert unit.filing == unit.accepted
    found = [one for one in queries.breaches(unit.filing) if one.again]
    assert any("毕业生数不多于上年毕业年级" in one.sentence for one in found)
    assert all(RETURNS[one.of].rules[one.rule].aside for one in found)
    assert {one.again.window for one in found if one.again} == {before}
    (stops,) = [one for one in found if one.severity == "stops"]
    assert stops.told[0]["where"].startswith("班数、班额和分年级学生数（学校标识码")
    assert stops.told[0]["what"]
    assert stops.remedy
    assert unit.filing.stops == 1
    others = Breach.objects.filter(filing__holder__window=window, again__isnull=False).exclude(filing=unit.filing)
    assert not others.exists(), "only whose rows changed is asked again"
    assert Deposit.objects.filter(asked_again=False).count() == 0
    browser = enter("jijiao")
    assert "再核对发现" in browser.get(f"/returns/{window.pk}/units/{code}/").content.decode()
    assert "再核对" in browser.get(f"/returns/{window.pk}/findings/?unit={code}").content.decode()
    _opened_again(before, code)
    _accepted(before, last_year.filter(pl.col("school") == code))
    unit.refresh_from_db()
    assert unit.filing
    assert not [one for one in queries.breaches(unit.filing) if one.again], "mended: it counts no more"
    assert Breach.objects.filter(filing=unit.filing, gone__isnull=False).exists(), "and is kept"
    assert Unit.objects.select_related("filing").get(pk=unit.pk).filing.stops == 0  # type: ignore[union-attr]
    assert [step.act for step in queries.steps(unit)][:2] == ["again", "again"]


def test_what_was_left_when_the_machine_went_down_is_asked_by_the_round(window: Window) -> None:
    Deposit.objects.update(asked_again=False)
    assert actions.settle(SECTION) == []
    assert not Deposit.objects.filter(asked_again=False).exists()

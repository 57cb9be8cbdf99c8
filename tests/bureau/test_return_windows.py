"""Windows that close, teaching points, registers, large files: what a window takes and what it leaves out."""

from datetime import date

import polars as pl
import pytest

from luoshi.bureau.board.owing import owed
from luoshi.bureau.board.working import OUTFIT
from luoshi.bureau.jobs.actions.running import run_next
from luoshi.bureau.jobs.models import Job
from luoshi.bureau.lakes import lake
from luoshi.bureau.people.models import City
from luoshi.bureau.reminders.actions import run_round
from luoshi.bureau.reminders.models import Reminder
from luoshi.bureau.returns import actions
from luoshi.bureau.returns.besides import rows_of
from luoshi.bureau.returns.models import Breach, Filing, Merge, Unit, Window
from luoshi.words.errors import RefusedError
from tests.bureau import collected, witness
from tests.bureau.collected import COUNTIES, NAMES, ON, rows, seen, sheet, table
from tests.bureau.xingzhou import actor

SECTION = actor("jijiao")
COUNTY = actor("xianqu")
HERE = COUNTIES[1]


def _again(unit: Unit) -> Unit:
    return Unit.objects.select_related("filing").get(pk=unit.pk)


def _brought(window: Window, unit: Unit) -> None:
    actions.bring(COUNTY, window.pk, table(rows("class_bands", unit.code)), "班额.csv", unit.code)
    collected.explained(window, unit.county)


def test_closed_and_locked_windows_take_nothing_new(window: Window, unit: Unit) -> None:
    window = actions.close_window(SECTION, window.pk, window.version)
    with witness.refused("returns.bring", "已截止"):
        actions.bring(COUNTY, window.pk, sheet(rows("class_bands", unit.code)), "班额.xlsx", unit.code)
    with witness.refused("returns.extend", "不能提前"):
        actions.extend(SECTION, window.pk, window.version, (date(2020, 9, 1), *collected.DUES[1:]), "提前")
    dues = (date(2020, 9, 25), *collected.DUES[1:])
    window = actions.extend(SECTION, window.pk, window.version, dues, "汛情，省厅通知延期（演示）")
    _brought(window, unit)
    actions.hand_in(COUNTY, window.pk, seen(window, unit.code), NAMES, date(2020, 9, 22))
    assert _again(unit).late == 0
    window = actions.close_window(SECTION, window.pk, window.version)
    with witness.refused("returns.lock", "还有 1 个单位在审核"):
        actions.lock_window(SECTION, window.pk, window.version)
    actions.send_back(COUNTY, window.pk, seen(window, unit.code), "请补盖章", ON)
    window = actions.lock_window(SECTION, window.pk, window.version)
    with witness.refused("returns.hand", "已锁定"):
        actions.hand_in(COUNTY, window.pk, seen(window, unit.code), NAMES, ON)


def test_a_teaching_point_files_with_its_school_once_and_for_all(city: City) -> None:
    collected.fill_lake()
    window = collected.opened(city, kinds=())
    point = Unit.objects.filter(window=window, county=HERE, kind="218").first()
    parent = Unit.objects.filter(window=window, county=HERE, kind="211").first()
    assert point
    assert parent
    with witness.refused("returns.merge", "只归并教学点"):
        actions.merge(COUNTY, city, parent.code, point.code, ON)
    with witness.done("returns.merge"):
        actions.merge(COUNTY, city, point.code, parent.code, ON)
    assert Merge.objects.get().by == "县区己"
    assert _again(point).merged_into == parent.code
    with witness.refused("returns.merge", "已经归并过"):
        actions.merge(COUNTY, city, point.code, parent.code, ON)
    both = rows("class_bands", point.code, parent.code)
    told = actions.bring(COUNTY, window.pk, table(both), "班额.csv", parent.code)
    assert told.units == (parent.code,)
    filing = _again(parent).filing
    assert filing
    assert filing.rows == both.height
    assert set(rows_of(window, "class_bands", [filing])["school"]) == {point.code, parent.code}
    with witness.done("returns.unmerge"):
        actions.unmerge(COUNTY, Merge.objects.get().pk, ON)
    assert _again(point).merged_into == ""


def test_a_register_makes_the_units_it_names(city: City) -> None:
    window = collected.opened(city, returns=("institutions",), kinds=(), title="名录")
    assert not Unit.objects.exists()
    frame = rows("institutions", county=HERE)
    told = actions.bring(COUNTY, window.pk, table(frame), "名录.csv")
    assert len(told.units) == frame.height == Unit.objects.filter(window=window, county=HERE).count()


def test_two_units_with_a_row_of_one_key_are_refused_before_anything_is_promised(city: City) -> None:
    collected.fill_lake()
    window = collected.opened(city, returns=("classes",), period="2020-1", kinds=("211",))
    first, second = Unit.objects.filter(window=window, county=HERE)[:2]
    shape = {
        "class_id": "同一班",
        "county": HERE,
        "stage": "primary",
        "grade": 1,
        "size": 40,
        "kind": "ordinary",
        "operator": "public",
        "urban": "210",
    }
    for one in (first, second):
        known = rows("institutions", one.code).row(0, named=True)
        frame = pl.DataFrame([{**shape, "school": one.code, "operator": known["operator"], "urban": known["urban"]}])
        actions.bring(SECTION, window.pk, table(frame), "班级.csv", one.code)
    collected.explained(window, HERE)
    both = seen(window, first.code, second.code)
    filing = _again(first).filing
    if filing and filing.stops:
        pytest.fail(str([one.told for one in Breach.objects.filter(filing=filing)]))
    actions.hand_in(SECTION, window.pk, both, NAMES, ON)
    actions.check_county(SECTION, window.pk, seen(window, first.code, second.code), ON)
    with witness.refused("returns.accept", "两个单位报了同一行"):
        actions.accept(SECTION, window.pk, HERE, seen(window, first.code, second.code), ON)


def test_an_empty_file_is_refused(window: Window, unit: Unit) -> None:
    with pytest.raises(RefusedError, match="没有一行数"):
        actions.bring(COUNTY, window.pk, table(rows("class_bands", unit.code).head(0)), "班额.csv", unit.code)


def test_a_large_file_is_long_work_in_pieces_and_a_worker_that_ends_goes_on(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    from luoshi.bureau.returns import importing

    monkeypatch.setattr(importing, "PIECE", 3)
    frame = rows("class_bands", *seen(window, county=HERE)).cast({"classes": pl.String})
    frame = frame.with_columns(pl.lit("张某").alias("填表人姓名")).with_row_index("n")
    frame = frame.with_columns(
        pl.when(pl.col("n") == 1).then(pl.lit("三个")).otherwise(pl.col("classes")).alias("classes")
    ).drop("n")
    told = actions.bring(COUNTY, window.pk, table(frame), "全县.csv", at_once=5)
    assert told.job
    assert told.persons
    assert not Filing.objects.exists()
    asked = iter([False, False, True])
    worker = actor("guanli")
    assert run_next(worker, "甲", OUTFIT.handlers, lambda: next(asked, True))
    halfway = Filing.objects.count()
    assert 0 < halfway < frame["school"].n_unique()
    assert run_next(worker, "乙", OUTFIT.handlers, lambda: False)
    job = Job.objects.get(pk=told.job)
    assert (job.state, job.findings) == ("done", [])
    assert Filing.objects.count() == frame["school"].n_unique()
    assert set(Filing.objects.values_list("number", "file")) == {(1, None)}
    assert sum("三个" in told["what"] for one in Breach.objects.filter(severity="stops") for told in one.told) == 1


def test_a_job_finds_what_checking_at_once_finds(window: Window) -> None:
    frame = rows("class_bands", *seen(window, county=HERE)).with_columns(classes=pl.col("classes") + 1)
    told = actions.bring(COUNTY, window.pk, table(frame), "全县.csv", at_once=1)
    assert run_next(actor("guanli"), "甲", OUTFIT.handlers, lambda: False)
    assert told.job
    at_work = dict(Filing.objects.values_list("unit__code", "stops"))
    codes = dict(Filing.objects.values_list("unit__code", "code"))
    actions.bring(COUNTY, window.pk, table(frame), "全县.csv")
    again = Filing.objects.filter(number=2)
    assert at_work == dict(again.values_list("unit__code", "stops"))
    assert codes == dict(again.values_list("unit__code", "code"))


def test_a_second_return_of_the_window_is_added_to_the_first(city: City) -> None:
    collected.fill_lake()
    window = collected.opened(city, returns=("class_bands", "kindergartens"), kinds=())
    both = set(rows("class_bands")["school"]) & set(rows("kindergartens")["school"])
    unit = Unit.objects.filter(
        window=window, county=HERE, code__in=both or rows("class_bands")["school"].to_list()
    ).first()
    assert unit
    wrong = rows("class_bands", unit.code).with_columns(classes=pl.col("classes") + 1)
    actions.bring(COUNTY, window.pk, table(wrong), "班额.csv", unit.code)
    first = _again(unit).filing
    frame = rows("kindergartens").head(1).with_columns(school=pl.lit(unit.code), county=pl.lit(HERE))
    actions.bring(COUNTY, window.pk, table(frame), "幼儿园.csv", unit.code)
    second = _again(unit).filing
    assert first
    assert second
    assert set(second.parts) == {"class_bands", "kindergartens"}
    assert second.rows == first.rows + 1
    assert second.stops >= first.stops > 0
    assert second.code != first.code
    right = rows("class_bands", unit.code)
    actions.bring(COUNTY, window.pk, table(right), "班额.csv", unit.code)
    third = _again(unit).filing
    assert third
    assert set(third.parts) == {"class_bands", "kindergartens"}
    assert not Breach.objects.filter(filing=third, of="class_bands", severity="stops").exists()


def test_what_only_counties_report_is_not_asked_of_schools(city: City) -> None:
    with witness.refused("returns.open", "不按学校报"):
        collected.opened(city, returns=("budgets",))
    window = collected.opened(city, returns=("budgets",), owers="counties")
    assert list(Unit.objects.filter(window=window).values_list("code", flat=True)) == list(COUNTIES)


def test_a_wholly_wrong_roster_is_told_by_its_first_rows(window: Window, unit: Unit) -> None:
    frame = pl.concat([rows("class_bands", unit.code)] * 500)
    actions.bring(COUNTY, window.pk, table(frame), "班额.csv", unit.code)
    (twice,) = [one for one in Breach.objects.all() if one.rows >= 500]
    assert len(twice.told) == 200


def test_files_of_a_closed_window_are_merged_in_the_background_and_read_the_same(city: City) -> None:
    collected.fill_lake()
    window = collected.opened(city, kinds=("211",))
    for county in COUNTIES:
        collected.carried(window, county, "accepted")
    before = lake().rows("class_bands", period="2020").collect().sort("school", "stage")
    window = actions.close_window(SECTION, Window.objects.get(pk=window.pk).pk, window.version)
    assert run_next(actor("guanli"), "甲", OUTFIT.handlers, lambda: False)
    job = Job.objects.get()
    assert (job.state, job.result["words"]) == ("done", "已合并 2 版")
    assert lake().rows("class_bands", period="2020").collect().sort("school", "stage").equals(before)
    assert lake().verify() == []
    actions.lock_window(SECTION, window.pk, window.version)
    assert run_next(actor("guanli"), "甲", OUTFIT.handlers, lambda: False)
    assert Job.objects.first().result["words"] == "没有要合并的"  # type: ignore[union-attr]


def test_what_a_window_waits_for_is_told_to_the_county_the_section_and_who_brought_the_file(window: Window) -> None:
    on = ON
    Window.objects.update(opened=date(2020, 9, 1))

    def told() -> dict[str, tuple[str, date]]:
        return {one.key.partition(f"window/{window.pk}/")[2]: (one.what, one.on) for one in owed(window.city, on)}

    there, here = len(seen(window, county=COUNTIES[0])), seen(window, county=HERE)
    mine = set(rows("class_bands", *here)["school"])
    assert told() == {
        f"owing/{HERE}": (f"报表：{window.title}，角阳县{len(here)}个单位未报", window.due_school),
        "owing": (f"报表：{window.title}，{there}个单位未报（所在县(市、区)没有账号）", window.due_school),
    }
    due = next(one for one in owed(window.city, on) if one.divisions)
    assert (due.divisions, due.office, due.people, due.link) == (
        (HERE,),
        "",
        (),
        f"/returns/{window.pk}/counties/{HERE}/",
    )
    actions.bring(SECTION, window.pk, table(rows("class_bands", *here)), "班额.csv")
    assert told()["filler/jijiao"] == (f"报表：{window.title}，您导入的{len(mine)}个单位还没有报出", window.due_school)
    collected.explained(window, HERE)
    actions.hand_in(SECTION, window.pk, seen(window, county=HERE, state="imported"), NAMES, ON)
    assert told()[f"check/{HERE}"] == (f"报表：{window.title}，角阳县{len(mine)}个单位待县级审核", window.due_county)
    assert "filler/jijiao" not in told()
    actions.check_county(SECTION, window.pk, seen(window, county=HERE, state="handed"), ON)
    assert told()["accept"] == (f"报表：{window.title}，{len(mine)}个单位待市级核定", window.due_city)
    actions.close_window(SECTION, window.pk, window.version)
    assert set(told()) == {"accept"}, "nothing new is taken, so nobody is asked for it"


def test_the_daily_round_reminds_a_county_of_its_schools_but_never_on_a_day_off(window: Window) -> None:
    monday, sunday = date(2020, 9, 14), date(2020, 9, 13)
    Window.objects.update(opened=date(2020, 9, 1))
    worker = actor("ducha")
    assert not run_round(worker, window.city, sunday, owed(window.city, sunday)).worked
    assert run_round(worker, window.city, monday, owed(window.city, monday)).worked
    lines = dict(Reminder.objects.values_list("person", "words"))
    assert window.title in lines["xianqu"]
    assert "未报" in lines["xianqu"]
    assert "没有账号" in lines["jijiaolian"]
    assert not any(unit.label in words for unit in Unit.objects.all() for words in lines.values())

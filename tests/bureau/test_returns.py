"""Windows, filings, the way up, explanations, reopening, teaching points: each act with its rights and its entry."""

from datetime import date

import polars as pl
import pytest

from luoshi.bureau.files.models import File
from luoshi.bureau.files.queries import content
from luoshi.bureau.lakes import lake
from luoshi.bureau.people.models import City
from luoshi.bureau.returns import actions, queries
from luoshi.bureau.returns.models import Explanation, Filing, Unit, Window
from tests.bureau import collected, scans, witness
from tests.bureau.collected import COUNTIES, NAMES, ON, broken, rows, seen, sheet, table
from tests.bureau.xingzhou import actor

SECTION = actor("jijiao")
COUNTY = actor("xianqu")
HERE = COUNTIES[1]


def _clean(unit: Unit) -> bytes:
    return sheet(rows("class_bands", unit.code))


def _again(unit: Unit) -> Unit:
    return Unit.objects.select_related("filing").get(pk=unit.pk)


def test_a_window_lists_who_owes_from_the_register(window: Window) -> None:
    register = collected.frames()["institutions"].filter(
        pl.col("kind").is_in(["211", "311", "312"]) & ~pl.col("closed").fill_null(False)
    )
    assert set(Unit.objects.filter(window=window).values_list("code", flat=True)) == set(register["school"])
    assert window.definition == "年报"


def test_a_return_is_collected_once_a_period(window: Window, city: City) -> None:
    with witness.refused("returns.open", "同一报表同一报告期只收一次"):
        collected.opened(city, title="又一期")


@pytest.mark.parametrize(
    ("other", "saying"),
    [
        ({"period": "2020-09"}, "四位年份"),
        ({"returns": ("nothing",)}, "没有报表"),
        ({"returns": ("classes", "class_bands")}, "报告期不同"),
        ({"dues": (date(2020, 10, 1), date(2020, 9, 1), date(2020, 11, 1))}, "先后"),
        ({"office": "??"}, ""),
        ({"kinds": ("999",)}, "办学类型"),
    ],
)
def test_a_window_that_does_not_fit_is_refused(city: City, other: dict[str, object], saying: str) -> None:
    with witness.refused("returns.open", saying):
        actions.open_window(actor("ducha"), city, collected.wanted(**other))


def test_without_a_register_nobody_owes(city: City) -> None:
    with witness.refused("returns.open", "还没有入库的名录"):
        collected.opened(city)


def test_a_clean_file_is_kept_with_rows_and_code(window: Window, unit: Unit) -> None:
    content = _clean(unit)
    with witness.done("returns.bring"):
        told = actions.bring(COUNTY, window.pk, content, "班额.xlsx", unit.code)
    assert told.units == (unit.code,)
    now = _again(unit)
    filing = now.filing
    assert filing
    assert (now.state, filing.number, filing.stops, filing.by) == ("imported", 1, 0, "县区己")
    assert filing.file
    assert filing.file.size == len(content)
    kept = queries_rows(window, filing)
    assert kept.sort("stage").equals(rows("class_bands", unit.code).select(kept.columns).sort("stage"))
    assert len(filing.code) == 12
    assert filing.printed.count("-") == 2


def queries_rows(window: Window, filing: Filing) -> pl.DataFrame:
    from luoshi.bureau.returns.besides import rows_of

    found = rows_of(window, "class_bands", [filing])
    assert found is not None
    return found


def test_the_same_rows_have_the_same_code_and_other_rows_another(window: Window, unit: Unit) -> None:
    codes = []
    same = rows("class_bands", unit.code)
    for frame in (same, same.reverse(), broken(same, up_to_25=99)):
        actions.bring(COUNTY, window.pk, table(frame), "班额.csv", unit.code)
        codes.append(Filing.objects.filter(unit=unit).latest("number").code)
    assert codes[0] == codes[1] != codes[2]


def test_tv_20a_a_broken_must_is_found_with_its_arithmetic_and_stops_handing_in(window: Window, unit: Unit) -> None:
    frame = rows("class_bands", unit.code)
    actions.bring(COUNTY, window.pk, table(broken(frame, classes=frame["classes"][0] + 1)), "班额.csv", unit.code)
    (found,) = [
        one for one in queries.breaches(_again(unit).filing) if one.severity == "stops" and "≠" in one.told[0]["what"]
    ]
    assert "各段班数之和等于班数总计" in found.sentence
    with witness.refused("returns.hand", "逻辑校验"):
        actions.hand_in(COUNTY, window.pk, seen(window, unit.code), NAMES, ON)


def test_a_cell_that_cannot_be_read_stops_too(window: Window, unit: Unit) -> None:
    frame = rows("class_bands", unit.code).cast({"classes": pl.String}).with_columns(classes=pl.lit("三个"))
    actions.bring(COUNTY, window.pk, table(frame), "班额.csv", unit.code)
    filing = _again(unit).filing
    assert filing
    assert filing.stops >= 1
    assert any("三个" in told["what"] for one in queries.breaches(filing) for told in one.told)


def test_a_county_brings_many_schools_and_findings_stay_with_each(window: Window) -> None:
    frame = rows("class_bands", *seen(window, county=HERE))
    first = frame["school"][0]
    altered = frame.with_columns(
        classes=pl.when(pl.col("school") == first).then(pl.col("classes") + 1).otherwise(pl.col("classes"))
    )
    with witness.done("returns.bring"):
        told = actions.bring(COUNTY, window.pk, sheet(altered), "全县.xlsx")
    assert set(told.units) == set(frame["school"])
    stopped = Unit.objects.filter(window=window, filing__stops__gt=0).values_list("code", flat=True)
    assert list(stopped) == [first]
    assert File.objects.filter(name__startswith="class_bands-").count() == 1


def test_rows_of_others_are_left_out_and_told(window: Window, unit: Unit) -> None:
    other = Unit.objects.filter(window=window, county=COUNTIES[0]).first()
    assert other
    told = actions.bring(COUNTY, window.pk, table(rows("class_bands", unit.code, other.code)), "班额.csv")
    assert told.units == (unit.code,)
    assert told.left == ((other.code, "不是本县(市、区)的单位"),)
    with witness.refused("returns.bring", "不是本县"):
        actions.bring(COUNTY, window.pk, table(rows("class_bands", other.code)), "班额.csv")


def test_a_marked_file_is_refused_and_not_kept(window: Window, unit: Unit) -> None:
    frame = rows("class_bands", unit.code).with_columns(pl.lit("机密★5年").alias("备注"))
    for sent, name in ((_clean(unit), "秘密★1年 班额.xlsx"), (table(frame), "班额.csv")):
        with witness.refused("returns.bring", "标志"):
            actions.bring(COUNTY, window.pk, sent, name, unit.code)
    assert not File.objects.exists()


def test_a_file_that_names_persons_is_not_kept_only_its_rows(window: Window, unit: Unit) -> None:
    frame = rows("class_bands", unit.code).with_columns(pl.lit("张某").alias("填表人姓名"))
    told = actions.bring(COUNTY, window.pk, table(frame), "班额.csv", unit.code)
    assert told.persons
    assert _again(unit).filing.file is None  # type: ignore[union-attr]
    assert [one.name for one in File.objects.all()] == ["class_bands-2020.parquet"]
    assert len(_kept_files()) == 1
    assert all("张某".encode() not in content(one) for one in File.objects.all())


def _kept_files() -> list:
    from pathlib import Path

    from django.conf import settings

    return [path for path in (Path(settings.HOME) / "files").rglob("*") if path.is_file()]


@pytest.mark.parametrize("login", ["chayue", "guanli", "xueqian", "ducha", "fenguan"])
def test_others_bring_nothing(window: Window, unit: Unit, login: str) -> None:
    with witness.refused("returns.bring"):
        actions.bring(actor(login), window.pk, _clean(unit), "班额.xlsx", unit.code)


def _brought(window: Window, unit: Unit, frame: pl.DataFrame | None = None) -> Unit:
    actions.bring(
        COUNTY, window.pk, table(rows("class_bands", unit.code) if frame is None else frame), "班额.csv", unit.code
    )
    collected.explained(window, unit.county)
    return _again(unit)


def test_tv_20c_two_days_late_and_reminded_on_friday(window: Window, unit: Unit) -> None:
    from luoshi.bureau.people.queries import calendar_of
    from luoshi.checking.windows import remind_on

    _brought(window, unit)
    with witness.done("returns.hand"):
        actions.hand_in(COUNTY, window.pk, seen(window, unit.code), NAMES, date(2020, 9, 22))
    assert _again(unit).late == 2
    assert remind_on(window.due_school, calendar_of(window.city)) == date(2020, 9, 18)
    (all_of,) = [one for one in queries.completeness([window.pk]) if one.county == HERE]
    assert (all_of.handed, all_of.late, all_of.days_late) == (1, 1, 2)


def test_names_are_asked_for(window: Window, unit: Unit) -> None:
    _brought(window, unit)
    without = actions.Signatures("甲", "", "丙", "1", ON)
    with witness.refused("returns.hand", "没有写统计负责人"):
        actions.hand_in(COUNTY, window.pk, seen(window, unit.code), without, ON)
    with witness.refused("returns.hand", "还没有到"):
        actions.hand_in(COUNTY, window.pk, seen(window, unit.code), NAMES, date(2020, 9, 1))


def _asking(unit: Unit) -> pl.DataFrame:
    """The school with twice the pupils of last year: a should does not hold."""
    frame = rows("class_bands", unit.code)
    bands = [name for name in frame.columns if name.startswith(("up_to_", "from_")) or name == "classes"]
    grades = [name for name in frame.columns if name.startswith("grade_") or name in {"pupils", "girls"}]
    return frame.with_columns(pl.col([*bands, *grades]) * 2)


def test_a_should_without_an_explanation_stops_and_one_of_the_last_try_is_carried_over(
    window: Window, unit: Unit
) -> None:
    frame = _asking(unit)
    actions.bring(COUNTY, window.pk, table(frame), "班额.csv", unit.code)
    filing = _again(unit).filing
    assert filing
    assert filing.asks == filing.unexplained > 0
    if filing.stops:
        pytest.fail(str([one.told for one in queries.breaches(filing) if one.severity == "stops"]))
    with witness.refused("returns.hand", "没有填写说明"):
        actions.hand_in(COUNTY, window.pk, seen(window, unit.code), NAMES, ON)
    collected.explained(window, HERE)
    assert _again(unit).filing.unexplained == 0  # type: ignore[union-attr]
    actions.bring(COUNTY, window.pk, table(frame), "班额.csv", unit.code)
    again = _again(unit).filing
    assert again
    assert (again.number, again.asks, again.unexplained) == (2, filing.asks, 0)
    changed = frame.with_columns(pl.col("pupils") + 1, pl.col("grade_1") + 1)
    actions.bring(COUNTY, window.pk, table(changed), "班额.csv", unit.code)
    assert _again(unit).filing.unexplained  # type: ignore[union-attr]


def test_explanations_travel_upward_with_the_opinion_of_each_level(window: Window, unit: Unit) -> None:
    _brought(window, unit, _asking(unit))
    actions.hand_in(COUNTY, window.pk, seen(window, unit.code), NAMES, ON)
    one = Explanation.objects.filter(unit=unit).first()
    assert one
    with witness.refused("returns.judge", "没有写不认可的理由"):
        actions.judge(COUNTY, window.pk, unit.code, _again(unit).version, one.pk, "returned", "")
    with witness.done("returns.judge"):
        actions.judge(COUNTY, window.pk, unit.code, _again(unit).version, one.pk, "returned", "没有说明原因")
    with witness.refused("returns.check", "没有认可"):
        actions.check_county(COUNTY, window.pk, seen(window, unit.code), ON)
    actions.send_back(COUNTY, window.pk, seen(window, unit.code), "请补说明", ON)
    with witness.refused("returns.hand", "没有填写说明"):
        actions.hand_in(COUNTY, window.pk, seen(window, unit.code), NAMES, ON)
    collected.explained(window, HERE)
    actions.explain(COUNTY, window.pk, unit.code, _again(unit).version, {one.mark: "撤并邻校，转入一个年级（演示）"})
    actions.hand_in(COUNTY, window.pk, seen(window, unit.code), NAMES, ON)
    with witness.done("returns.check"):
        actions.check_county(COUNTY, window.pk, seen(window, unit.code), ON)
    newest = queries.explanations(unit)[one.mark][-1]
    assert [(said.level, said.outcome) for said in newest.opinions.all()] == [("county", "accepted")]
    actions.accept(SECTION, window.pk, HERE, seen(window, unit.code), ON)
    assert [said.level for said in queries.explanations(unit)[one.mark][-1].opinions.all()] == ["county", "city"]


def test_the_way_up_and_back_is_kept_step_by_step(window: Window, unit: Unit) -> None:
    _brought(window, unit)
    actions.hand_in(COUNTY, window.pk, seen(window, unit.code), NAMES, ON)
    with witness.refused("returns.bring", "已报"):
        actions.bring(COUNTY, window.pk, _clean(unit), "班额.xlsx", unit.code)
    with witness.refused("returns.accept", "县级审核通过"):
        actions.accept(SECTION, window.pk, HERE, seen(window, unit.code), ON)
    with witness.refused("returns.back", "没有写退回的理由"):
        actions.send_back(COUNTY, window.pk, seen(window, unit.code), " ", ON)
    actions.check_county(COUNTY, window.pk, seen(window, unit.code), ON)
    with witness.refused("returns.back", "县级退回已报出的"):
        actions.send_back(COUNTY, window.pk, seen(window, unit.code), "县里不能退县核的", ON)
    with witness.done("returns.back"):
        actions.send_back(SECTION, window.pk, seen(window, unit.code), "与学籍不符", ON)
    assert _again(unit).sent_back == 1
    assert [one.act for one in reversed(queries.steps(unit))] == ["bring", "hand", "county", "back"]


def test_whoever_was_slower_is_told(window: Window, unit: Unit) -> None:
    _brought(window, unit)
    before = seen(window, unit.code)
    actions.hand_in(COUNTY, window.pk, before, NAMES, ON)
    with witness.refused("returns.hand", "别人刚刚办过"):
        actions.hand_in(COUNTY, window.pk, before, NAMES, ON)


def test_acceptance_puts_one_edition_a_return_and_county_into_the_lake(window: Window) -> None:
    collected.carried(window, HERE, "accepted")
    (edition,) = lake().editions("class_bands", "2020", HERE)
    listing = File.objects.get(digest=edition.source)
    assert "入库清单" in listing.name
    accepted = Unit.objects.filter(window=window, state="accepted")
    assert accepted.count() == queries.completeness([window.pk], HERE)[0].accepted > 5
    there = lake().rows_of(edition).collect()
    assert set(there["school"]) == set(accepted.values_list("code", flat=True))
    mine = rows("class_bands", *there["school"]).sort("school", "stage")
    assert there.select(mine.columns).sort("school", "stage").equals(mine)


def test_an_accepted_return_is_opened_again_by_another_by_name_and_counts_until_the_next(window: Window) -> None:
    collected.carried(window, HERE, "accepted")
    unit = Unit.objects.filter(window=window, state="accepted", kind="211").first()
    assert unit
    with witness.refused("returns.ask", "没有写重新打开的理由"):
        actions.ask_reopening(COUNTY, window.pk, unit.code, unit.version, "", ON)
    asked = actions.ask_reopening(COUNTY, window.pk, unit.code, unit.version, "漏报一个班", ON)
    with witness.refused("returns.reopen", "由分管局领导"):
        actions.decide_reopening(COUNTY, asked.pk, "", ON, approved=True)
    with witness.done("returns.reopen"):
        actions.decide_reopening(actor("fenguan"), asked.pk, "同意", ON, approved=True)
    asked.refresh_from_db()
    assert (asked.decided_by, asked.approved) == ("分管戊", True)
    frame = rows("class_bands", unit.code)
    _brought(window, unit, broken(frame, girls=frame["girls"][0] - 1))
    assert len(lake().editions("class_bands", "2020", HERE)) == 1
    actions.hand_in(COUNTY, window.pk, seen(window, unit.code), NAMES, ON)
    actions.check_county(COUNTY, window.pk, seen(window, unit.code), ON)
    actions.accept(SECTION, window.pk, HERE, seen(window, unit.code), ON)
    older, newer = lake().editions("class_bands", "2020", HERE)
    assert newer.supersedes == older.number
    assert older.rows == newer.rows


def test_an_own_asking_is_not_decided(window: Window) -> None:
    collected.carried(window, HERE, "accepted")
    unit = Unit.objects.filter(window=window, state="accepted").first()
    assert unit
    asked = actions.ask_reopening(SECTION, window.pk, unit.code, unit.version, "漏报", ON)
    with witness.refused("returns.reopen", "自己的申请"):
        actions.decide_reopening(SECTION, asked.pk, "", ON, approved=True)
    with witness.refused("returns.reopen", "没有写不同意的理由"):
        actions.decide_reopening(actor("fenguan"), asked.pk, "", ON, approved=False)
    actions.decide_reopening(actor("fenguan"), asked.pk, "年报已上报", ON, approved=False)
    assert _again(unit).state == "accepted"


def test_the_signed_sheet_is_bound_by_its_code(window: Window, unit: Unit) -> None:
    _brought(window, unit)
    filing = _again(unit).filing
    assert filing
    scan = ("签章.pdf", scans.PDF)
    with witness.refused("returns.sign", "校验码"):
        actions.sign(COUNTY, window.pk, unit.code, _again(unit).version, scan, "0000-0000-0000", ON)
    with witness.done("returns.sign"):
        actions.sign(COUNTY, window.pk, unit.code, _again(unit).version, scan, filing.printed.upper(), ON)
    with witness.refused("returns.sign", "已经有签章件"):
        actions.sign(COUNTY, window.pk, unit.code, _again(unit).version, scan, filing.printed, ON)

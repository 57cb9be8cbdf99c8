"""公布件: drafted from what is held, agreed to by another, numbered, frozen, corrected in the open; only 公开 leaves."""

import json
from dataclasses import asdict
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

import luoshi.declared.procedures
from luoshi.bureau.board.owing import owed as everything_owed
from luoshi.bureau.handovers.owned import KINDS
from luoshi.bureau.indicators.models import Measuring
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.people.models import City, Person
from luoshi.bureau.publications import actions, queries
from luoshi.bureau.publications.known import known
from luoshi.bureau.publications.listed import expanded
from luoshi.bureau.publications.models import Publication
from luoshi.declared import ROOMS
from luoshi.handling.gathering import answering, procedures, registers
from luoshi.publishing.declaring import Every, Kind, OfCases, OfPoints, OfRegister, period_of, span_of
from luoshi.publishing.nouns import content_of
from luoshi.words.errors import RefusedError
from tests.bureau import published
from tests.bureau.published import ENDED, SECRET, TODAY, adopted, inspected, licensed, seen
from tests.bureau.xingzhou import actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def measured(city: City) -> City:
    with override_settings(LAKE=published.lake()):
        published.measure(city)
    return city


def cell(row: Publication, table: str, line: int, column: str) -> str:
    (found,) = [one for one in content_of(row.content).tables if one.key == table]
    at = [one.key for one in found.columns].index(column)
    return found.rows[line][at]


def test_the_spending_bulletin_is_made_of_the_finance_return_and_nothing_is_typed(measured: City) -> None:
    row = published.published(measured, "education_spending")
    content = content_of(row.content)
    assert row.period == "2020"
    assert [one.key for one in content.tables] == ["funds", "per_pupil", "running"]
    growth, income, gap = (
        Decimal(cell(row, "funds", -1, key)) for key in ("funds_growth", "income_growth", "growth_gap")
    )
    assert growth - income == gap
    assert any("比上年" in one and "万元" in one for one in content.text)
    assert all(one.title for one in content.sources)
    assert queries.number_of(row) == "公布〔2021〕1号"


def test_a_published_table_is_recomputed_from_what_the_house_holds(measured: City) -> None:
    """Per pupil = funds / pupils, growth = this year / last year − 1, share = funds / spending: by hand from the rows."""
    import polars as pl

    from luoshi.imagining import City as Imagined

    row = published.published(measured, "education_spending")
    rows = pl.concat(
        [Imagined(60, 5, 2018).whole(year)["budgets"].with_columns(pl.lit(year).alias("of")) for year in (2019, 2020)]
    )
    final = rows.filter(pl.col("account") == "final")
    now, before = (final.filter(pl.col("of") == year) for year in (2020, 2019))

    def total(frame: pl.DataFrame, column: str) -> Decimal:
        return Decimal(str(frame[column].cast(pl.Float64).sum()))

    funds, earlier = total(now, "bulletin"), total(before, "bulletin")
    told = {
        key: Decimal(cell(row, "funds", -1, key))
        for key in ("bulletin_spending", "funds_growth", "bulletin_spending_share")
    }
    assert abs(told["bulletin_spending"] * 10_000 - funds) < 1
    assert abs(told["funds_growth"] - (funds / earlier - 1) * 100) < Decimal("0.0001")
    assert abs(told["bulletin_spending_share"] - funds / total(now, "total") * 100) < Decimal("0.0001")
    per_pupil = Decimal(cell(row, "per_pupil", -1, "bulletin_spending_per_pupil"))
    assert abs(per_pupil - funds / total(now, "pupils")) < Decimal("0.001")


def test_who_drafted_it_does_not_approve_it(measured: City) -> None:
    row = actions.draft(actor("ducha"), measured, "education_spending", TODAY)
    with pytest.raises(RefusedError, match="两个人"):
        actions.approve(actor("ducha"), seen(row), "同意", TODAY)
    with pytest.raises(RefusedError, match="没有这项权限"):
        actions.approve(actor("jijiao"), seen(row), "同意", TODAY)
    row = actions.approve(actor("ducha2"), seen(row), "同意（代录）", TODAY)
    assert row.stage == "approved"
    assert row.approved_by == "督查乙"


def test_nothing_is_published_that_nobody_approved_or_that_was_changed_underneath(measured: City) -> None:
    row = actions.draft(actor("ducha"), measured, "education_spending", TODAY)
    with pytest.raises(RefusedError, match="不能公布"):
        actions.publish(actor("ducha"), seen(row), TODAY)
    row = actions.approve(actor("fenguan"), seen(row), "同意", TODAY)
    row.content["title"] = "改过的标题"
    row.save()
    with pytest.raises(RefusedError, match="一字不差"):
        actions.publish(actor("ducha"), seen(row), TODAY)
    assert Entry.objects.filter(action="publications.publish", outcome="refused").count() == 2


def test_only_what_is_for_the_public_is_told_the_public(measured: City) -> None:
    inner = published.published(measured, "education_spending", audience="system")
    assert queries.public(measured) == []
    assert queries.public_one(measured, 2021, 1) is None
    inspected(measured)
    outer = published.published(measured, "inspection_results")
    assert [one.kind for one in queries.public(measured)] == ["inspection_results"]
    assert (queries.number_of(inner), queries.number_of(outer)) == ("系统内通报〔2021〕1号", "公布〔2021〕1号")
    assert queries.editions_of(outer) == [outer], "numbers of different audiences are different numbers"


def test_numbers_follow_one_another_and_a_correction_keeps_its_own(measured: City) -> None:
    licensed(measured)
    first = published.published(measured, "training_institutions")
    inspected(measured)
    second = published.published(measured, "inspection_results")
    assert (first.serial, second.serial) == (1, 2)
    licensed(measured, "演示第二中心（虚构）")
    told = actions.correct(actor("ducha"), seen(first), "漏列一家机构", TODAY)
    told = actions.approve(actor("fenguan"), seen(told), "同意", TODAY)
    told = actions.publish(actor("ducha"), seen(told), TODAY)
    assert (told.serial, told.edition) == (1, 2)
    (public,) = [one for one in queries.public(measured) if one.kind == "training_institutions"]
    assert [one.number for one in public.editions] == [1, 2]
    assert public.now.reason == "漏列一家机构"
    assert any(one.before == "（新增）" and "第二中心" in one.row for one in public.now.changes)
    assert public.editions[0].content.digest == first.digest, "the first stays as it was"


def test_a_correction_without_a_difference_is_none(measured: City) -> None:
    row = published.published(measured, "education_spending")
    with pytest.raises(RefusedError, match="没有差别"):
        actions.correct(actor("ducha"), seen(row), "核对", TODAY)


def test_what_is_withdrawn_stays_where_it_was_read_with_the_reason(measured: City) -> None:
    row = published.published(measured, "education_spending")
    with pytest.raises(RefusedError, match="没有写"):
        actions.withdraw(actor("ducha"), seen(row), " ")
    actions.withdraw(actor("ducha"), seen(row), "决算数须重报")
    (told,) = queries.public(measured)
    assert told.withdrawn
    assert told.reason == "决算数须重报"
    actions.draft(actor("ducha"), measured, "education_spending", TODAY)


def test_a_period_is_published_once(measured: City) -> None:
    published.published(measured, "education_spending")
    with pytest.raises(RefusedError, match="只公布一次"):
        actions.draft(actor("ducha"), measured, "education_spending", TODAY)
    with pytest.raises(RefusedError, match="没有可以公布的"):
        actions.draft(actor("ducha"), measured, "education_spending", TODAY, period="2015")
    with pytest.raises(RefusedError, match="才结束"):
        actions.draft(actor("ducha"), measured, "education_spending", date(2020, 6, 1), period="2020")


def test_tv_11b_an_inspection_that_ended_on_24_september_2020_is_public_by_28_october(city: City) -> None:
    inspected(city)
    (waiting,) = queries.owed(city, ENDED)
    assert (waiting.on, waiting.many) == (date(2020, 10, 28), 1)
    assert [one.on for one in everything_owed(city, ENDED) if one.key.startswith("publication/")] == [waiting.on]


def test_tv_11c_an_inspection_that_ended_before_the_long_spring_festival_has_until_27_february(city: City) -> None:
    kind = known()["inspection_results"]
    assert kind.due is not None
    from luoshi.words.calendars import national

    assert kind.due.last(date(2020, 1, 22), 20, national()) == date(2020, 2, 27)


def test_what_was_published_is_owed_no_more_and_what_was_withdrawn_is_owed_again(city: City) -> None:
    inspected(city)
    row = published.published(city, "inspection_results")
    assert queries.owed(city, TODAY) == []
    assert row.told.count() == 1
    with pytest.raises(RefusedError, match="没有可以公布的"):
        actions.draft(actor("ducha"), city, "inspection_results", TODAY)
    actions.withdraw(actor("ducha"), seen(row), "演示")
    assert [one.many for one in queries.owed(city, TODAY)] == [1]


def test_what_an_inspector_wrote_is_not_published(city: City) -> None:
    inspected(city)
    licensed(city)
    for key in ("inspection_results", "training_institutions"):
        row = published.published(city, key)
        assert SECRET not in str(row.content)


def test_points_are_counted_from_what_was_taken_and_told_in_the_order_of_points(city: City) -> None:
    for level, on in (
        ("national", date(2021, 7, 5)),
        ("city", date(2021, 8, 2)),
        ("bureau", date(2021, 9, 1)),
        ("city", date(2021, 10, 8)),
    ):
        adopted(city, level, on)
    row = published.published(city, "adoption_points", TODAY, period="2021-Q3")
    assert cell(row, "points", 0, "unit") == "角阳县"
    assert [cell(row, "points", 0, key) for key in ("n_national", "n_city", "n_bureau", "adopted", "points")] == [
        "1",
        "1",
        "1",
        "3",
        "14",
    ]
    assert cell(row, "points", -1, "points") == "14"
    assert content_of(row.content).text == ("2021年第三季度，各单位信息被采用3条，共计14分。",)


def test_a_quarter_with_pieces_taken_is_owed_within_ten_working_days(city: City) -> None:
    adopted(city, "city", date(2021, 8, 2))
    (waiting,) = queries.owed(city, date(2021, 10, 9))
    assert (waiting.kind.key, waiting.period, waiting.on) == ("adoption_points", "2021-Q3", date(2021, 10, 20))
    assert queries.owed(city, date(2022, 1, 4)) == [], "a quarter in which nothing was taken owes nothing"


def test_a_section_publishes_what_is_its_own_only(city: City) -> None:
    inspected(city)
    with pytest.raises(RefusedError, match="没有这项权限"):
        actions.draft(actor("xianqu"), city, "inspection_results", TODAY)
    assert actions.draft(actor("jijiao"), city, "inspection_results", TODAY).pk


def test_a_draft_is_in_the_hand_of_who_drafted_it(measured: City) -> None:
    actions.draft(actor("ducha"), measured, "education_spending", TODAY)
    (kind,) = [one for one in KINDS if one.key == "publication"]
    assert kind.found(Person.objects.get(username="ducha")).count() == 1


def test_what_is_owed_costs_the_same_whatever_waits(city: City) -> None:
    inspected(city)
    with CaptureQueriesContext(connection) as few:
        queries.owed(city, TODAY)
    for at in range(5):
        inspected(city, f"演示机构{at}（虚构）")
    with CaptureQueriesContext(connection) as many:
        queries.owed(city, TODAY)
    assert len(many) == len(few)
    assert Measuring.objects.count() == 0


@pytest.mark.parametrize("kind", known().values(), ids=lambda one: one.key)
def test_no_sort_asks_for_what_tells_of_a_person(kind: Kind) -> None:
    import luoshi.declared.procedures

    by_key, lists = procedures(luoshi.declared.procedures), registers(luoshi.declared.procedures)
    for one in kind.tables:
        if isinstance(one, OfRegister):
            assert lists[one.register].public
        if isinstance(one, OfCases | OfPoints):
            procedure = by_key[one.procedure]
            assert not procedure.guarded
            asked = one.fields if isinstance(one, OfCases) else (one.choice,)
            assert not any(procedure.declaration.fields[key].private for key in asked)


def test_every_mechanism_that_a_sort_answers_has_a_page_and_a_test() -> None:
    runs = {one.answers for one in ROOMS} | {one for one, _, _ in answering(luoshi.declared.procedures)}
    assert {one for kind in known().values() for one in kind.answers} <= runs


@pytest.mark.parametrize(
    ("every", "on", "period", "last"),
    [
        (Every.YEAR, date(2021, 12, 31), "2021", date(2021, 12, 31)),
        (Every.YEAR, date(2021, 12, 30), "2020", date(2020, 12, 31)),
        (Every.QUARTER, date(2021, 9, 30), "2021-Q3", date(2021, 9, 30)),
        (Every.QUARTER, date(2021, 9, 29), "2021-Q2", date(2021, 6, 30)),
        (Every.QUARTER, date(2021, 1, 1), "2020-Q4", date(2020, 12, 31)),
        (Every.DAY, date(2021, 1, 1), "2021-01-01", date(2021, 1, 1)),
    ],
)
def test_the_last_period_that_is_over(every: Every, on: date, period: str, last: date) -> None:
    assert period_of(every, on) == period
    assert span_of(every, period)[1] == last


def test_content_is_read_back_as_it_was_frozen(city: City) -> None:
    inspected(city)
    row = published.published(city, "inspection_results")
    content = content_of(row.content)
    assert json.loads(json.dumps(asdict(content))) == row.content
    assert content.digest == row.digest


def test_every_list_of_titles_is_published_without_a_line_of_its_own_and_no_persons_list_is(city: City) -> None:
    told = {one.key for one in expanded(known()["titles"].tables) if isinstance(one, OfRegister)}
    assert {"study_bases", "safe_campuses", "star_branches", "civilised_campuses"} <= told
    assert not told & {"principal_ranks", "studio_hosts", "young_awards"}
    assert all(not field.private for key in told for field in registers(luoshi.declared.procedures)[key].public)
    assert city.imaginary

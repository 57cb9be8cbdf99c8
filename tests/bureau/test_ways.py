"""How far, by when, where it goes: on the item's page, the board, 领导参阅, and from the command line."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from typer.testing import CliRunner

from luoshi.bureau.board.courses import reckoned, way_of
from luoshi.bureau.indicators.actions import add_figures
from luoshi.bureau.ledger import queries as ledger
from luoshi.bureau.ledger.actions import confirm
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.people.models import City
from luoshi.bureau.plans.models import Edition, Proposal
from luoshi.cli import app
from tests.bureau import xingzhou
from tests.bureau.conftest import Enter
from tests.bureau.xingzhou import INSTALLER, actor, figure

pytestmark = pytest.mark.django_db
RATE, BUILT = "compulsory_large_class_rate", "kindergartens_added"
ON = date(2021, 11, 20)


@pytest.fixture
def rows(edition: Edition, proposals: dict[str, Proposal]) -> list[Commitment]:
    for one in proposals.values():
        confirm(actor("ducha"), one.pk, one.version)
    xingzhou.issued(edition.pk)
    return list(Commitment.objects.filter(edition=edition))


def _large(rows: list[Commitment]) -> Commitment:
    return next(row for row in rows if "大班额比例" in row.title)


def _built(rows: list[Commitment]) -> Commitment:
    return next(row for row in rows if "幼儿园26所" in row.title)


@pytest.fixture
def falling(city: City, rows: list[Commitment]) -> list[Commitment]:
    """Large classes of 1 000 on four days of the year, too slow for 2.5 %; kindergartens on four days, with last year's 40."""
    told = replace(figure(RATE, "1", "%"), denominator=Decimal(1000), definition="部门月报（虚构）")
    rates = [
        replace(told, on=on, known=on, value=Decimal(part) / 10, numerator=Decimal(part))
        for on, part in (
            (date(2021, 3, 31), 40), (date(2021, 6, 30), 37), (date(2021, 9, 30), 33), (date(2021, 10, 31), 33)
        )
    ]  # fmt: skip
    plain = replace(figure(BUILT, "1", "所"), definition="部门月报（虚构）")
    counts = [
        replace(plain, on=on, known=on, value=Decimal(value))
        for on, value in (
            (date(2020, 12, 31), 40), (date(2021, 6, 30), 6), (date(2021, 8, 31), 14), (date(2021, 10, 31), 19)
        )
    ]  # fmt: skip
    add_figures(INSTALLER, city, [*rates, *counts])
    return rows


def test_the_page_of_an_item_says_how_far_and_draws_the_way(falling: list[Commitment], enter: Enter) -> None:
    row = _built(falling)
    browser = enter("ducha")
    shown = browser.get(f"/items/{row.pk}/?on={ON}").content.decode()
    assert "还差 7 所" in shown
    assert "距时限 41 天" in shown
    assert "序时应达（工程类逐季进度）" in shown
    assert 'class="expected"' in shown
    assert "目标 26 所" in shown
    assert "40 所" not in shown.partition("</svg>")[0].rpartition("<svg")[2], "last year's is another count"
    with CaptureQueriesContext(connection) as asked:
        browser.get(f"/items/{row.pk}/?on={ON}")
    assert len(asked.captured_queries) <= 12


def test_a_rate_is_told_in_classes_and_only_leaders_see_where_it_goes(falling: list[Commitment], enter: Enter) -> None:
    page = f"/items/{_large(falling).pk}/?on={ON}"
    section, leader = (enter(who).get(page).content.decode() for who in ("jijiao", "fenguan"))
    for shown in (section, leader):
        assert "超出 8 个班（0.8 个百分点）" in shown
    assert "按当前进度测算" not in section
    assert "按当前进度测算，2021-12-31 为" in leader


def test_a_stale_figure_is_grey_and_says_since_when(falling: list[Commitment], enter: Enter) -> None:
    shown = enter("ducha").get(f"/items/{_built(falling).pk}/?on=2022-01-01").content.decode()
    assert "series stale" not in shown, "62 days are not yet gone"
    stale = enter("ducha").get(f"/items/{_large(falling).pk}/?on=2022-03-20").content.decode()
    assert "时限已过 79 天" in stale
    early = enter("ducha").get(f"/items/{_built(falling).pk}/?on=2021-08-30").content.decode()
    assert "series stale" not in early
    assert "数已过时" not in early


def test_building_told_in_june_is_stale_in_september(city: City, rows: list[Commitment], enter: Enter) -> None:
    on = date(2021, 6, 1)
    add_figures(INSTALLER, city, [replace(figure(BUILT, "6", "所"), on=on, known=on)])
    shown = enter("ducha").get(f"/items/{_built(rows).pk}/?on=2021-09-01").content.decode()
    assert "series stale" in shown
    assert "数已过时：2021-08-03 起没有近期的数" in shown
    assert "自2021-08-03起没有近期的数" in shown


def test_the_board_tells_units_and_days_of_what_is_not_reached(falling: list[Commitment], enter: Enter) -> None:
    shown = enter("ducha").get(f"/?on={ON}").content.decode()
    assert "还差 7 所 · 距时限 41 天" in shown
    assert "超出 8 个班（0.8 个百分点） · 距时限 41 天" in shown


def test_what_falls_short_stands_before_the_leader_with_its_interval(falling: list[Commitment], enter: Enter) -> None:
    shown = enter("fenguan").get(f"/leader/?on={ON}").content.decode()
    part = shown.partition("到时限达不到目标的")[2].partition("本月新完成")[0]
    assert "义务教育大班额比例" in part
    assert " — " in part
    assert "约有 80 % 的把握" in part
    assert "个班（" in part
    assert "区间内" in part


def test_a_gathered_count_is_forecast_from_nothing_on_the_first_day(
    city: City, edition: Edition, falling: list[Commitment]
) -> None:
    items, today = ledger.stood_on(city, edition, ON)
    item = next(one for one in items if one.row.pk == _built(falling).pk)
    way = way_of(item, item.stood[0], today)
    assert way is not None
    going = way.forecast
    assert going is not None
    assert (going.since, going.points) == (date(2021, 1, 1), 4)
    told = reckoned(item, item.stood[0], today)
    assert told is not None
    assert not told.met
    assert told.apart.startswith("还差")


def test_with_too_few_figures_the_leader_is_told_so(rows: list[Commitment], enter: Enter) -> None:
    assert "同口径的数不足三次，还不能测算" in enter("fenguan").get(f"/leader/?on={ON}").content.decode()


def test_a_kept_ledger_is_judged_from_the_command_line(falling: list[Commitment]) -> None:
    told = CliRunner().invoke(app, ["judge", "星州市", "--on", "2021-11-20", "--json"])
    assert told.exit_code == 0, told.output
    lines = json.loads(told.output)
    large = next(one for one in lines if one["indicator"] == RATE)
    assert (large["numerator"], large["denominator"], large["on"]) == ("33", "1000", "2021-10-31")
    assert (large["apart"], large["days"]) == ("超出 8 个班（0.8 个百分点）", "距时限 41 天")
    assert large["state"] == "behind"
    assert "3.3 %（33 ÷ 1000） ＞ 2.5 %" in large["because"]
    table = CliRunner().invoke(app, ["judge", "xingzhou", "--on", "2021-11-20", "--year", "2021"]).output
    assert "演示数据（虚构）" in table
    assert "还差 7" in table


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["星洲市", "--on", "2021-11-20"], "没有“星洲市”"),
        (["星州市", "--on", "2021-11-20", "--year", "1999"], "没有 1999 年的工作要点"),
    ],
)
def test_what_cannot_be_judged_is_refused_in_four_parts(edition: Edition, arguments: list[str], said: str) -> None:
    told = CliRunner().invoke(app, ["judge", *arguments])
    assert told.exit_code == 2
    assert said in told.output
    assert all(word in told.output for word in ("位置：", "规则：", "处理："))


def test_without_a_city_or_a_plan_the_command_says_what_is_missing() -> None:
    told = CliRunner().invoke(app, ["judge", "星州市", "--on", "2021-11-20"])
    assert told.exit_code == 2
    assert "还没有建立本市" in told.output

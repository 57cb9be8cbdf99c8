"""序时应达 on the pages: by the season of the indicator, and by the bureau's own shares from their day on."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from luoshi.bureau.indicators.actions import add_figures, keep_parameters
from luoshi.bureau.ledger.queries import day
from luoshi.bureau.people.models import City
from luoshi.bureau.plans.models import Edition
from luoshi.declared.seasons import BUILT_BY_JUNE
from luoshi.spine import Comparator, Kind, State, Target
from luoshi.tracking import stand
from tests.bureau.xingzhou import INSTALLER, figure

pytestmark = pytest.mark.django_db
JUNE = date(2021, 6, 30)
BUILT = Target(Comparator.EXACTLY, Decimal(26), "所", 0, 1, due=date(2021, 12, 31), indicator="kindergartens_added")


def test_building_is_behind_its_own_season_not_the_calendar(city: City, edition: Edition) -> None:
    told = replace(figure("kindergartens_added", "8", "所", JUNE), on=JUNE)
    add_figures(INSTALLER, city, [told])
    status = stand(day(city, edition, JUNE, [BUILT]), BUILT, Kind.QUANTITY)
    assert status.state is State.ON_COURSE, status.because
    assert "序时应达 30 %（工程类逐季进度；按天数为 49.5 %）" in status.because


def test_the_bureau_s_own_share_counts_from_its_day_on(city: City, edition: Edition) -> None:
    told = replace(figure("kindergartens_added", "8", "所", JUNE), on=JUNE)
    add_figures(INSTALLER, city, [told])
    own = replace(BUILT_BY_JUNE, value=Decimal(60), begun=date(2021, 1, 1), source="虚构的局内通知")
    keep_parameters(INSTALLER, city, [own])
    status = stand(day(city, edition, JUNE, [BUILT]), BUILT, Kind.QUANTITY)
    assert status.state is State.BEHIND
    assert "序时应达 60 %" in status.because


def test_what_is_told_every_month_is_grey_after_two(city: City, edition: Edition) -> None:
    april = date(2021, 4, 20)
    add_figures(INSTALLER, city, [replace(figure("kindergartens_added", "8", "所", april), on=april)])
    status = stand(day(city, edition, JUNE, [BUILT]), BUILT, Kind.QUANTITY)
    assert status.state is State.UNKNOWN
    assert "距今已超过62天" in status.because

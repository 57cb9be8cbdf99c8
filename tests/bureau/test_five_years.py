"""Every page asks little after years of work on several plans; five years, and how quick the pages are, is a proof."""

import pytest

from luoshi.bureau.people.models import City
from luoshi.bureau.reports.models import Report
from luoshi.bureau.wsgi import settle
from tests.bureau import history
from tests.bureau.conftest import Enter
from tests.bureau.paging import holds

OWN = ("jijiaolian", "jijiao", "fenguan", "xianqu", "ducha")
"""A contact, the head of a section, a leader, a county, 督查室."""


def _worked_pages(house: history.House) -> list[str]:
    plan, item = f"/plans/{house.edition.pk}/", house.heavy.pk
    return [
        "/",
        f"/?plan={house.edition.pk}",
        f"/?plan={house.edition.pk}&on=2021-06-30",
        f"/items/{item}/edit/",
        f"/items/{item}/shares/",
        f"/calls/{house.call.pk}/",
        f"{plan}month/",
        "/escalations/",
        f"/escalations/marks/?plan={house.edition.pk}&on=2026-12-31&office=JJ",
        f"{plan}rectifications/",
        "/agreeing/",
        f"/agreeing/{house.round.pk}/",
        f"{plan}year/",
        f"{plan}next/",
        f"{plan}next/?month=2021-12",
        "/reminders/round/",
        "/bulletins/",
        f"/bulletins/{house.bulletin.pk}/",
        "/jobs/",
        "/messages/",
        "/figures/",
        "/journal/",
    ]


@pytest.mark.parametrize("timed", [False, pytest.param(True, marks=pytest.mark.prove)])
def test_every_page_asks_little_and_is_quick_after_years_of_work(
    city: City, enter: Enter, capsys: pytest.CaptureFixture, *, timed: bool
) -> None:
    """The board, everybody's own items, the item with sixty answers a year, and every page of the working year."""
    years = history.YEARS if timed else history.YEARS[-2:]
    house = history.fill(city, years)
    assert Report.objects.filter(call__commitment=house.heavy).count() >= 60
    assert Report.objects.count() >= len(years) * 12 * 50
    settle()
    people = {login: enter(login) for login in OWN}
    asked = [("ducha", page) for page in _worked_pages(house)]
    asked += [(login, page) for login in OWN for page in ("/mine/", "/reminders/", f"/items/{house.heavy.pk}/")]
    asked += [("jijiao", f"/calls/{house.call.pk}/"), ("fenguan", "/escalations/"), ("xianqu", "/agreeing/")]
    holds([(people[login], login, page) for login, page in asked], capsys, timed=timed)
